/**
 * What the rest of the program needs to know of a file system. Paths are absolute and `/`-separated on every platform
 * (`C:/src` on Windows). The node implementation is `node/node-file-system.ts`; a browser host supplies its own.
 */

export interface DirectoryEntry {
  name: string;
  /** Of the target when the entry is a symbolic link; `other` for pipes, sockets, devices and links that lead nowhere. */
  type: 'file' | 'directory' | 'other';
  /** Present when the entry is a symbolic link. */
  symlink?: true;
}

export interface FileStat {
  type: 'file' | 'directory' | 'other';
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  mtimeMs: number;
}

/** The same without waiting, where a host can. Both throw for what cannot be read. */
export interface ImmediateFileSystem {
  readFile(path: string): Uint8Array;
  readDirectory(path: string): DirectoryEntry[];
}

export interface FileSystem {
  /** Absent where files come from elsewhere, as they do in a browser. */
  readonly immediate?: ImmediateFileSystem;
  /** Rejects when the file is missing, unreadable or not a regular file; never waits for a pipe. */
  readFile(path: string): Promise<Uint8Array>;
  /** Entries in no particular order, `.` and `..` excluded. Rejects when the directory cannot be read. */
  readDirectory(path: string): Promise<DirectoryEntry[]>;
  /** Follows symbolic links; `undefined` when there is nothing at the path. */
  stat(path: string): Promise<FileStat | undefined>;
}
