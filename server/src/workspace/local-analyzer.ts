/** Analyses in the calling thread. */
import type { Engine } from '../engine/api.ts';
import { analyzeDirectory } from './analyze-directory.ts';
import type { DirectoryResult, DirectoryTask } from './analyze-directory.ts';
import type { FileSystem } from './file-system.ts';
import type { Analyzer } from './scan.ts';
import { ImportedFiles } from './workspace-imports.ts';

export class LocalAnalyzer implements Analyzer {
  readonly concurrency = 1;
  private readonly imported: ImportedFiles;

  constructor(
    private readonly fs: FileSystem,
    private readonly engine: Engine,
    /** Awaited between directories: lets a server answer requests, and a terminal deliver Ctrl+C. */
    private readonly breathe: () => Promise<void> = async () => undefined,
  ) {
    this.imported = new ImportedFiles(fs);
  }

  async analyze(tasks: DirectoryTask[], signal?: AbortSignal): Promise<DirectoryResult[]> {
    const results: DirectoryResult[] = [];
    for (const task of tasks) {
      await this.breathe();
      signal?.throwIfAborted();
      results.push(await analyzeDirectory(this.fs, this.imported, this.engine, task));
    }
    return results;
  }
}
