/** A file that appears complete or not at all. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '../workspace/notices.ts';
import { UsageError } from './host.ts';

/** Text goes to a temporary file beside the target, which `commit` renames: readers never see half a report. */
export class AtomicFile {
  private readonly temporary: string;
  private descriptor: number | undefined;

  /** Throws `UsageError` when the directory cannot be written to, so that a scan does not run in vain. */
  constructor(private readonly path: string) {
    this.temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    try {
      this.descriptor = openSync(this.temporary, 'wx', 0o666);
    } catch (error) {
      throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`);
    }
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor!, bytes, done);
  }

  /** Throws `UsageError` when the target cannot be replaced, for example because it is a directory. */
  commit(): void {
    this.close();
    try {
      renameSync(this.temporary, this.path);
    } catch (error) {
      this.discard();
      throw new UsageError(`cannot write ${this.path}: ${reasonOf(error)}`);
    }
  }

  /** Leaves the target as it was. Harmless after `commit`. */
  discard(): void {
    this.close();
    rmSync(this.temporary, { force: true });
  }

  private close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
