import type { DirectoryEntry, FileStat, FileSystem } from '../../src/workspace/file-system.ts';
import { child, dirname } from '../../src/workspace/paths.ts';

/** A file system from a table of paths. A path that ends in `/` is an empty directory; `null` is a pipe or a broken link. */
export class MemoryFileSystem implements FileSystem {
  private readonly nodes = new Map<string, Uint8Array | 'directory' | 'other'>();
  readonly reads: string[] = [];

  constructor(files: Record<string, string | Uint8Array | null>) {
    for (const [path, content] of Object.entries(files)) {
      const isDirectory = path.endsWith('/');
      const clean = isDirectory ? path.slice(0, -1) : path;
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      this.nodes.set(clean, isDirectory ? 'directory' : (bytes ?? 'other'));
      for (let at = dirname(clean); !this.nodes.has(at); at = dirname(at)) this.nodes.set(at, 'directory');
    }
  }

  async readFile(path: string): Promise<Uint8Array> {
    this.reads.push(path);
    const node = this.nodes.get(path);
    if (!(node instanceof Uint8Array)) throw Object.assign(new Error(`cannot read ${path}`), { code: 'ENOENT' });
    return node;
  }

  async readDirectory(path: string): Promise<DirectoryEntry[]> {
    if (this.nodes.get(path) !== 'directory') throw Object.assign(new Error(path), { code: 'ENOTDIR' });
    const entries: DirectoryEntry[] = [];
    for (const [node, content] of this.nodes) {
      if (node === path || dirname(node) !== path) continue;
      entries.push({ name: node.slice(child(path, '').length), type: typeOf(content) });
    }
    return entries.reverse();
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const node = this.nodes.get(path);
    if (node === undefined) return undefined;
    return { type: typeOf(node), size: node instanceof Uint8Array ? node.length : 0, mtimeMs: 0 };
  }
}

function typeOf(node: Uint8Array | 'directory' | 'other'): FileStat['type'] {
  return node instanceof Uint8Array ? 'file' : node;
}
