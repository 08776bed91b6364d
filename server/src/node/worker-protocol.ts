/** What the scan and its worker threads tell each other. */
import type { MessagePort } from 'node:worker_threads';
import type { Engine } from '../engine/api.ts';
import { analyzeDirectory } from '../workspace/analyze-directory.ts';
import type { DirectoryResult, DirectoryTask } from '../workspace/analyze-directory.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { ImportedFiles } from '../workspace/workspace-imports.ts';

export interface WorkerRequest {
  tasks: DirectoryTask[];
}
export interface WorkerResponse {
  results: DirectoryResult[];
}
/** What a worker is started with. */
export interface WorkerOptions {
  timing: boolean;
}

/** Answers requests one after the other, in the order they came. An engine that cannot start ends the worker with its error. */
export function serve(port: MessagePort, fs: FileSystem, engine: Promise<Engine>): void {
  const imported = new ImportedFiles(fs);
  let queue: Promise<unknown> = engine;
  port.on('message', ({ tasks }: WorkerRequest) => {
    queue = queue.then(async () => {
      const results: DirectoryResult[] = [];
      for (const task of tasks) results.push(await analyzeDirectory(fs, imported, await engine, task));
      port.postMessage({ results } satisfies WorkerResponse);
    });
  });
}
