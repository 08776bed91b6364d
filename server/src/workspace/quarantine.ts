/** Gives up as little as possible when an analyser dies or hangs. */
import type { FileResult } from '../engine/api.ts';
import { addStatistics, emptyStatistics } from '../engine/statistics.ts';
import type { DirectoryResult, DirectoryTask } from './analyze-directory.ts';
import { makeNotice, reasonOf } from './notices.ts';
import { compareNames } from './paths.ts';
import type { Analyzer } from './scan.ts';

/** Files of one directory that may fail before the rest of it is given up: each may cost the whole time limit. */
const MAX_FAILURES = 3;

/**
 * Analyses a batch. When that fails, its directories are tried one by one, then the files of the one that fails again; what
 * still fails becomes a notice. Rejects only when the signal aborts.
 */
export async function analyzeOrQuarantine(
  analyzer: Analyzer,
  tasks: DirectoryTask[],
  signal?: AbortSignal,
): Promise<DirectoryResult[]> {
  try {
    return await analyzer.analyze(tasks, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (tasks.length === 1) return [await fileByFile(analyzer, tasks[0]!, error, signal)];
    const results: DirectoryResult[] = [];
    for (const task of tasks) results.push(...(await analyzeOrQuarantine(analyzer, [task], signal)));
    return results;
  }
}

async function fileByFile(
  analyzer: Analyzer,
  task: DirectoryTask,
  error: unknown,
  signal?: AbortSignal,
): Promise<DirectoryResult> {
  const targets = task.targets ?? task.files;
  const total: DirectoryResult = { directory: task.directory, files: [], statistics: emptyStatistics(), bytesRead: 0 };
  if (targets.length === 1) total.files.push(quarantined(task, targets[0]!, error));
  else {
    let failures = 0;
    for (const target of targets) {
      if (failures === MAX_FAILURES) {
        total.files.push(quarantined(task, task.directory, error));
        break;
      }
      try {
        for (const result of await analyzer.analyze([{ ...task, targets: [target] }], signal)) add(total, result);
      } catch (reason) {
        signal?.throwIfAborted();
        failures++;
        total.files.push(quarantined(task, target, reason));
      }
    }
  }
  total.files.sort((a, b) => compareNames(a.path, b.path));
  return total;
}

function add(total: DirectoryResult, { files, statistics, bytesRead }: DirectoryResult): void {
  total.files.push(...files);
  addStatistics(total.statistics, statistics);
  // Every attempt reads the whole package.
  total.bytesRead = Math.max(total.bytesRead, bytesRead);
}

function quarantined({ settings }: DirectoryTask, path: string, error: unknown): FileResult {
  const notice = makeNotice('quarantined', path, settings.locale, { reason: reasonOf(error) });
  return { path, findings: [], notices: [notice] };
}
