/** `FileSystem` on node. */
import * as fs from 'node:fs';
import type { DirectoryEntry, FileStat, FileSystem, ImmediateFileSystem } from '../workspace/file-system.ts';

/**
 * Calls are synchronous inside: for the many small files of a Go tree that is several times cheaper than a trip through
 * node's thread pool per file. Callers still see promises, so a host with real asynchronous access can take its place.
 */
export class NodeFileSystem implements FileSystem {
  readonly immediate: ImmediateFileSystem = { readFile, readDirectory };

  async readFile(path: string): Promise<Uint8Array> {
    return readFile(path);
  }

  async readDirectory(path: string): Promise<DirectoryEntry[]> {
    return readDirectory(path);
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const stat = statIfPresent(path);
    return stat && { type: typeOf(stat), size: stat.size, mtimeMs: stat.mtimeMs };
  }
}

function readFile(path: string): Uint8Array {
  // O_NONBLOCK: opening a pipe must not wait for its writer.
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    if (!fs.fstatSync(descriptor).isFile()) throw new Error(`not a regular file: ${path}`);
    return fs.readFileSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function readDirectory(path: string): DirectoryEntry[] {
  return fs.readdirSync(path, { withFileTypes: true }).map((entry) => {
    if (!entry.isSymbolicLink()) return { name: entry.name, type: typeOf(entry) };
    const target = statIfPresent(`${path}/${entry.name}`);
    return { name: entry.name, type: target ? typeOf(target) : 'other', symlink: true };
  });
}

function typeOf(entry: { isFile(): boolean; isDirectory(): boolean }): FileStat['type'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}

/** A link into a loop (`ELOOP`) or below a file (`ENOTDIR`) counts as nothing there, like a missing file. */
function statIfPresent(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
