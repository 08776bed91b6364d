/** Scans folders: discovers directories, analyses them in this thread or in workers, streams results in a fixed order. */
import type { EngineStatistics, FileResult } from '../engine/api.ts';
import { addStatistics, emptyStatistics } from '../engine/statistics.ts';
import type { Notice, Severity } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { DirectoryResult, DirectoryTask } from './analyze-directory.ts';
import { engineSettings } from './config.ts';
import type { Config, Configs } from './config.ts';
import { DEFAULT_MAX_FILE_SIZE } from './decode.ts';
import { discover } from './discover.ts';
import type { FileSystem } from './file-system.ts';
import { GoModules } from './go-modules.ts';
import { analyzeOrQuarantine } from './quarantine.ts';

/** Analyses batches; an implementation decides where: in this thread, or in a pool of workers. */
export interface Analyzer {
  /** How many batches may be under way at once. */
  readonly concurrency: number;
  /** Rejects only when the analyser itself failed (a worker died or took too long), or when the signal aborts. */
  analyze(tasks: DirectoryTask[], signal?: AbortSignal): Promise<DirectoryResult[]>;
}

export interface ScanProgress {
  filesDone: number;
  filesTotal: number;
  /** The directory finished last. */
  directory: string;
}

export interface ScanOptions {
  fs: FileSystem;
  configs: Configs;
  /** The analyser, or what makes one once it is known how many files there are. */
  analyzer: Analyzer | ((files: number) => Analyzer | Promise<Analyzer>);
  /** Language of messages where no config sets one. */
  locale: Locale;
  /** Last word on the settings of a directory: command-line options. */
  adjust?: (config: Config) => Config;
  /** Say of every goroutine how it ends, too. */
  goroutines?: boolean;
  /** Findings below this level are not wanted, and rules that can give no others do not run. Others may be given all the same. */
  least?: Severity;
  /** Overrides `tests` of every config. */
  tests?: boolean;
  /** Bytes. */
  maxFileSize?: number;
  onProgress?: (progress: ScanProgress) => void;
  signal?: AbortSignal;
}

export interface ScanSummary {
  directories: number;
  /** Go files to report on; those that are only read because they share a package with one do not count. */
  files: number;
  bytesRead: number;
  engine: EngineStatistics;
}

/** Go files per message to a worker: enough that the message costs nothing, few enough that two workers end together. */
const FILES_PER_BATCH = 48;

/**
 * Scans absolute paths. Calls `onFile` once per file with a finding, a notice or a goroutine that was asked for, sorted by path within each directory and
 * directories sorted by path, whatever the number of workers; notices about the walk come first. Results are not kept.
 * Rejects when the signal aborts.
 */
export async function scan(
  paths: readonly string[],
  options: ScanOptions,
  onFile: (result: FileResult) => void | Promise<void>,
): Promise<ScanSummary> {
  const { directories, notices } = await discover(paths, options);
  for (const [path, own] of groupByPath(notices)) await onFile({ path, findings: [], notices: own });
  const modules = new GoModules(options.fs);
  const tasks: DirectoryTask[] = [];
  for (const { directory, files, targets, config } of directories) {
    const goVersion = (await modules.forDirectory(directory))?.goVersion;
    const importPath = await modules.importPath(directory);
    const around = await modules.around(directory);
    tasks.push({
      directory,
      files,
      ...(targets && { targets }),
      ...(goVersion !== undefined && { goVersion }),
      ...(importPath !== undefined && { importPath }),
      ...(around.length > 0 && { modules: around }),
      ...(options.goroutines && { goroutines: true }),
      settings: {
        ...engineSettings(options.adjust?.(config) ?? config, options.locale),
        ...(options.least && { least: options.least }),
      },
      maxFileSize: options.maxFileSize ?? DEFAULT_MAX_FILE_SIZE,
    });
  }
  const filesTotal = tasks.reduce((sum, task) => sum + reportedFiles(task), 0);
  const summary: ScanSummary = {
    directories: tasks.length,
    files: filesTotal,
    bytesRead: 0,
    engine: emptyStatistics(),
  };
  const sizes = new Map(tasks.map((task) => [task.directory, reportedFiles(task)]));
  let filesDone = 0;
  const { analyzer: given } = options;
  const analyzer = typeof given === 'function' ? await given(filesTotal) : given;
  await runInOrder(batches(tasks), analyzer, options.signal, async (results) => {
    for (const result of results) {
      summary.bytesRead += result.bytesRead;
      addStatistics(summary.engine, result.statistics);
      for (const file of result.files) await onFile(file);
      filesDone += sizes.get(result.directory) ?? 0;
      options.onProgress?.({ filesDone, filesTotal, directory: result.directory });
    }
  });
  return summary;
}

function reportedFiles({ files, targets }: DirectoryTask): number {
  return (targets ?? files).length;
}

function groupByPath(notices: readonly Notice[]): Map<string, Notice[]> {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) groups.set(notice.path, [...(groups.get(notice.path) ?? []), notice]);
  return groups;
}

function batches(tasks: readonly DirectoryTask[]): DirectoryTask[][] {
  const result: DirectoryTask[][] = [];
  let files = Infinity;
  for (const task of tasks) {
    if (files + task.files.length > FILES_PER_BATCH) {
      result.push([]);
      files = 0;
    }
    result.at(-1)!.push(task);
    files += task.files.length;
  }
  return result;
}

/** Runs up to `concurrency` batches at once; emits their results in the order of the batches. */
async function runInOrder(
  queue: readonly DirectoryTask[][],
  analyzer: Analyzer,
  signal: AbortSignal | undefined,
  emit: (results: DirectoryResult[]) => Promise<void>,
): Promise<void> {
  const running: Promise<DirectoryResult[]>[] = [];
  // More are started than can run, so that a slow batch at the front does not leave workers idle.
  const ahead = analyzer.concurrency === 1 ? 1 : analyzer.concurrency * 4;
  let next = 0;
  try {
    while (next < queue.length || running.length > 0) {
      signal?.throwIfAborted();
      while (running.length < ahead && next < queue.length) {
        const started = analyzeOrQuarantine(analyzer, queue[next++]!, signal);
        // The failure is seen when its turn comes; until then it must not count as unhandled.
        started.catch(() => undefined);
        running.push(started);
      }
      await emit(await running.shift()!);
    }
  } finally {
    await Promise.allSettled(running);
  }
}
