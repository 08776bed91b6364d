/** One scan from start to end. */
import type { CancellationToken } from 'vscode-languageserver';
import type { Engine, FileResult } from '../engine/api.ts';
import type { Finding, Notice } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { DirectoryResult, DirectoryTask } from '../workspace/analyze-directory.ts';
import { LocalAnalyzer } from '../workspace/local-analyzer.ts';
import { scan, type Analyzer } from '../workspace/scan.ts';
import type { NoticeCode } from '../workspace/notices.ts';
import { isForPeople } from './analyzer.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import { nextTurn, type Log } from './log.ts';
import { say } from './messages.ts';
import type { Projects } from './projects.ts';
import type { ScanResult } from './protocol.ts';
import { ScanFileSystem } from './scan-file-system.ts';
import type { ScanProgress } from './scan-progress.ts';
import type { ScanResults } from './scan-results.ts';
import { pathUri, uriPath } from './uris.ts';

/** Milliseconds of work between two chances for other messages. */
const CHUNK_MS = 20;

/** Notices that say that a file or folder was not analysed. */
const SKIPPED: ReadonlySet<string> = new Set<NoticeCode>([
  'binary-file',
  'directory-unreadable',
  'file-too-large',
  'invalid-config',
  'invalid-config-entry',
  'not-a-file',
  'not-go',
  'path-not-found',
  'quarantined',
  'unreadable',
]);

export interface ScanParts {
  engine: Promise<Engine>;
  documents: Documents;
  files: Files;
  projects: Projects;
  results: ScanResults;
  log: Log;
}

export class ScanRun {
  readonly result: ScanResult = { files: 0, findings: 0, durationMs: 0, cancelled: false, skipped: [] };
  private readonly started = performance.now();
  private readonly abort = new AbortController();
  private lastTurn = performance.now();

  constructor(
    private readonly parts: ScanParts,
    private readonly token: CancellationToken,
    private readonly progress: ScanProgress,
    private readonly locale: Locale,
  ) {
    token.onCancellationRequested(() => this.abort.abort());
  }

  /** Scans folders one after the other; what goes wrong in one is in `result.skipped`. */
  async scan(folders: readonly string[]): Promise<ScanResult> {
    for (const [index, folder] of folders.entries()) {
      if (this.token.isCancellationRequested) break;
      try {
        await this.folder(folder, index / folders.length, 1 / folders.length);
      } catch (error) {
        if (this.token.isCancellationRequested) break;
        this.parts.log.error(`Scan of ${folder}`, error);
        this.result.skipped.push({ uri: folder, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    this.result.cancelled = this.token.isCancellationRequested;
    this.result.durationMs = Math.round(performance.now() - this.started);
    return this.result;
  }

  /** `before` and `share`: which part of the progress bar is this folder's. */
  private async folder(folder: string, before: number, share: number): Promise<void> {
    const { documents, files, projects, results } = this.parts;
    const engine = await this.parts.engine;
    const editor = await projects.editorOf(folder);
    if (!editor.enable) return;
    const found = new Set<string>();
    const fs = new ScanFileSystem(files.systemOf(folder).fs, documents, folder);
    const publish = (file: FileResult, locale = this.locale) => this.file(file, folder, fs, found, locale);
    await files.prepareWalk(folder);
    try {
      await scan(
        [uriPath(folder)],
        {
          fs,
          configs: await projects.configsOf(folder),
          analyzer: new StepwiseAnalyzer(new LocalAnalyzer(fs, engine, () => this.breathe()), (task, result) => {
            this.result.files += task.files.length;
            for (const file of result.files) publish(file, task.settings.locale);
          }),
          locale: this.locale,
          adjust: (config) => projects.adjust(config, editor),
          signal: this.abort.signal,
          onProgress: ({ filesDone, filesTotal }) => {
            const args = { done: filesDone, total: filesTotal, findings: this.result.findings };
            this.progress.report(before + share * (filesDone / filesTotal), say('scanProgress', this.locale, args));
          },
        },
        (file) => publish(file),
      );
      // Files that were read and are clean now, and files that are gone.
      results.clear(folder, found);
      for (const key of fs.versions.keys()) results.cover(key);
    } finally {
      files.endWalk(folder);
    }
  }

  private file(
    { path, findings, notices }: FileResult,
    folder: string,
    fs: ScanFileSystem,
    found: Set<string>,
    locale: Locale,
  ): void {
    const key = pathUri(path, folder);
    const shown = notices.filter((notice) => !this.isTold(notice, key));
    if (findings.length === 0 && shown.length === 0) return;
    this.result.findings += findings.filter(({ suppressed }) => !suppressed).length;
    if (!fs.isCurrent(key)) return;
    found.add(key);
    const located = findings.map((finding) => byUri(finding, folder));
    this.parts.results.set(key, located, shown, locale);
  }

  /** Tells of what is no matter of a file's own diagnostics: in the answer when something was skipped, else in the log. */
  private isTold(notice: Notice, key: string): boolean {
    if (SKIPPED.has(notice.code)) this.result.skipped.push({ uri: key, reason: notice.message });
    else if (isForPeople(notice)) return false;
    else this.parts.log.notice(key, notice);
    return true;
  }

  private async breathe(): Promise<void> {
    if (performance.now() - this.lastTurn < CHUNK_MS) return;
    await nextTurn();
    this.lastTurn = performance.now();
  }
}

/** Hands results on directory by directory, where `scan` waits for batches made for workers. */
class StepwiseAnalyzer implements Analyzer {
  readonly concurrency = 1;

  constructor(
    private readonly local: LocalAnalyzer,
    private readonly done: (task: DirectoryTask, result: DirectoryResult) => void,
  ) {}

  async analyze(tasks: DirectoryTask[], signal?: AbortSignal): Promise<DirectoryResult[]> {
    const results: DirectoryResult[] = [];
    for (const task of tasks)
      for (const result of await this.local.analyze([task], signal)) {
        this.done(task, result);
        results.push({ ...result, files: [] });
      }
    return results;
  }
}

/** A scan works with paths, clients with URIs. */
function byUri(finding: Finding, folder: string): Finding {
  const steps = finding.steps.map((step) => ({ ...step, path: pathUri(step.path, folder) }));
  return { ...finding, path: pathUri(finding.path, folder), steps };
}
