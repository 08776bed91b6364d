/** A few worker threads that analyse directories. A worker that dies or hangs is replaced; the scan decides what to retry. */
import { Worker } from 'node:worker_threads';
import type { DirectoryResult, DirectoryTask } from '../workspace/analyze-directory.ts';
import type { Analyzer } from '../workspace/scan.ts';
import type { WorkerOptions, WorkerRequest, WorkerResponse } from './worker-protocol.ts';

/** A batch of real code needs a thirtieth of this; what takes longer is quarantined rather than waited for. */
const TIME_LIMIT_MS = 30_000;
/** How many times the limit a thread is waited for that works, but hardly gets any CPU time. */
const MAX_EXTENSIONS = 10;
/** For objects that die young, in MB; three times as much, which is the default, saves no time that can be measured. */
const YOUNG_GENERATION = 16;
/** The part of the time in which a thread that works is not idle. */
const BUSY = 0.1;

interface Job {
  tasks: DirectoryTask[];
  signal: AbortSignal | undefined;
  resolve(results: DirectoryResult[]): void;
  reject(error: unknown): void;
}

export class WorkerPool implements Analyzer {
  private readonly idle: Worker[] = [];
  private readonly workers = new Set<Worker>();
  private readonly waiting: Job[] = [];

  /**
   * @param script absolute path of the worker's bundle
   * @param concurrency number of threads; they start when there is work for them
   * @param timeLimitMs for one call of `analyze`, from the moment a thread takes it up: CPU time while the thread works
   * @param cpuMs CPU time of the process until now
   */
  constructor(
    private readonly script: string,
    readonly concurrency: number,
    private readonly options: WorkerOptions,
    private readonly timeLimitMs = TIME_LIMIT_MS,
    private readonly cpuMs: () => number = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  ) {}

  analyze(tasks: DirectoryTask[], signal?: AbortSignal): Promise<DirectoryResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ tasks, signal, resolve, reject });
      this.next();
    });
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.terminate()));
    this.workers.clear();
    this.idle.length = 0;
  }

  private next(): void {
    for (let job; (job = this.waiting[0]);) {
      if (job.signal?.aborted) {
        this.waiting.shift();
        job.reject(job.signal.reason);
        continue;
      }
      const worker = this.idle.pop() ?? (this.workers.size < this.concurrency ? this.start() : undefined);
      if (!worker) return;
      this.waiting.shift();
      this.run(worker, job);
    }
  }

  private start(): Worker {
    const worker = new Worker(this.script, {
      workerData: this.options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.workers.add(worker);
    // An idle worker must not keep the process alive.
    worker.unref();
    return worker;
  }

  private run(worker: Worker, { tasks, signal, resolve, reject }: Job): void {
    const finish = (reusable: boolean, settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
      if (reusable) this.idle.push(worker);
      else this.discard(worker);
      settle();
      this.next();
    };
    const startedAt = this.cpuMs();
    const before = worker.performance.eventLoopUtilization();
    let extensions = 0;
    const onTimeout = (): void => {
      const { utilization } = worker.performance.eventLoopUtilization(before);
      if (++extensions < MAX_EXTENSIONS && utilization > BUSY && this.isStarved(startedAt)) {
        timer = setTimeout(onTimeout, this.timeLimitMs);
        return;
      }
      finish(false, () => reject(new Error(`no result after ${this.timeLimitMs / 1000} s`)));
    };
    let timer = setTimeout(onTimeout, this.timeLimitMs);
    const onAbort = () => finish(false, () => reject(signal?.reason));
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('message', ({ results }: WorkerResponse) => finish(true, () => resolve(results)));
    worker.on('error', (error) => finish(false, () => reject(error)));
    worker.on('exit', (code) => finish(false, () => reject(new Error(`worker ended with code ${code}`))));
    worker.postMessage({ tasks } satisfies WorkerRequest);
  }

  /**
   * True when the threads at work have had less CPU time than the limit allows each of them: others use the machine. Node tells the time of
   * the process only, of which a thread that never waits has its share at least.
   */
  private isStarved(startedAt: number): boolean {
    const atWork = this.workers.size - this.idle.length;
    return this.cpuMs() - startedAt < this.timeLimitMs * atWork;
  }

  private discard(worker: Worker): void {
    this.workers.delete(worker);
    // A late error of a worker that was given up has nobody left to tell.
    worker.on('error', () => undefined);
    void worker.terminate();
  }
}
