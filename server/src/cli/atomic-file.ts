/** A file that appears complete or not at all. */
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../workspace/notices.ts';
import { UsageError } from './host.ts';

/** Text is kept until `commit`, which writes a temporary file beside the target and renames it: readers never see half a report. */
export class AtomicFile {
  private readonly parts: string[] = [];

  /** Throws `UsageError` when the file cannot be written, so that a scan does not run in vain. */
  constructor(private readonly path: string) {
    try {
      accessSync(dirname(path), constants.W_OK);
    } catch (error) {
      throw this.problem(error);
    }
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw this.problem('is a directory');
  }

  write(text: string): void {
    this.parts.push(text);
  }

  /** Throws `UsageError` when the file system refuses; the target is then as it was. */
  commit(): void {
    const temporary = join(dirname(this.path), `.${basename(this.path)}.${process.pid}.tmp`);
    try {
      writeFileSync(temporary, this.parts.join(''), { flag: 'wx' });
      renameSync(temporary, this.path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw this.problem(error);
    }
  }

  private problem(error: unknown): UsageError {
    return new UsageError(`cannot write ${this.path}: ${reasonOf(error)}`);
  }
}
