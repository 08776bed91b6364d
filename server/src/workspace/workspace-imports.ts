/** Finds the files of packages that others import, in the modules of the workspace. */
import type { GoFile, Imports } from '../engine/api.ts';
import { scanOutline } from '../syntax/outline.ts';
import { decodeGoFile } from './decode.ts';
import type { DirectoryEntry, FileSystem, ImmediateFileSystem } from './file-system.ts';
import type { ModuleRoot } from './go-modules.ts';
import { child, compareNames, join, relativeInside } from './paths.ts';

/** Times that something is analysed again because packages it imports had to be read first. Each goes one import further. */
export const MAX_ROUNDS = 8;

/** UTF-16 units of all packages together that are kept. One that does not fit any more is read again when it is next asked for. */
const KEPT_LENGTH = 4_000_000;

/** Bytes in which the imports of most files end. */
const HEAD = 4096;
const DECLARATION = /^(?:func|type|var|const)\b/m;

/** Go files of directories, read when they are first asked for. Tests are left out, since nobody can import them. */
export class ImportedFiles {
  private readonly directories = new Map<string, readonly GoFile[]>();
  /** What the files of a directory import: little to keep of much that was read. */
  private readonly imports = new Map<string, ReadonlySet<string>>();
  private length = 0;
  private readonly missing = new Set<string>();

  /**
   * @param nameOf what a file is called in findings, by its path
   * @param kept UTF-16 units to keep
   */
  constructor(
    private readonly fs: FileSystem,
    private readonly nameOf: (path: string) => string = (path) => path,
    private readonly kept = KEPT_LENGTH,
  ) {}

  /** The packages that code may import which sees these modules. */
  from(modules: readonly ModuleRoot[]): Imports {
    return {
      files: (importPath) => {
        const directory = directoryOf(modules, importPath);
        return directory === undefined ? undefined : this.in(directory);
      },
      covers: (importPath) => directoryOf(modules, importPath) !== undefined,
      importsOf: (importPath) => {
        const directory = directoryOf(modules, importPath);
        return directory === undefined ? undefined : this.importsIn(directory);
      },
    };
  }

  /** Reads what was asked for and was not there, on hosts that cannot do so at once. True when there was any: who asked may now get other answers. Never rejects. */
  async load(): Promise<boolean> {
    const missing = [...this.missing];
    this.missing.clear();
    for (const directory of missing) {
      const files: GoFile[] = [];
      const entries = await this.fs.readDirectory(directory).catch(() => []);
      for (const path of goFiles(directory, entries)) {
        const bytes = await this.fs.readFile(path).catch(() => undefined);
        if (bytes) this.add(files, path, bytes);
      }
      this.keep(directory, files);
    }
    return missing.length > 0;
  }

  /** Reads a directory again when it is next asked for. True when it had been asked for. */
  forget(directory: string): boolean {
    const hadImports = this.imports.delete(directory);
    return this.drop(directory) || hadImports;
  }

  private drop(directory: string): boolean {
    const files = this.directories.get(directory);
    if (files) this.length -= lengthOf(files);
    return this.directories.delete(directory);
  }

  private in(directory: string): readonly GoFile[] | undefined {
    const known = this.directories.get(directory);
    const files = known ?? this.readNow(directory);
    if (!files) return undefined;
    if (known) {
      // Last in the map is what was asked for last.
      this.directories.delete(directory);
      this.directories.set(directory, known);
    } else this.keep(directory, files);
    return files.length > 0 ? files : undefined;
  }

  private readNow(directory: string): GoFile[] | undefined {
    const { immediate } = this.fs;
    if (!immediate) {
      this.missing.add(directory);
      return undefined;
    }
    const files: GoFile[] = [];
    for (const [path, bytes] of readFiles(immediate, directory)) this.add(files, path, bytes);
    return files;
  }

  private importsIn(directory: string): ReadonlySet<string> | undefined {
    const { immediate } = this.fs;
    let imports = this.imports.get(directory);
    if (imports || !immediate) return imports;
    const heads =
      this.directories.get(directory)?.map(({ text }) => text) ??
      Array.from(readFiles(immediate, directory), ([, bytes]) => headOf(bytes));
    imports = new Set(heads.flatMap((text) => scanOutline(text).imports.flatMap((d) => d.specs.map((s) => s.path))));
    this.imports.set(directory, imports);
    return imports;
  }

  /** A file that is no text is left out; who scans its own directory says so. */
  private add(files: GoFile[], path: string, bytes: Uint8Array): void {
    const { text } = decodeGoFile(path, bytes, 'en');
    if (text !== undefined) files.push({ path: this.nameOf(path), text });
  }

  private keep(directory: string, files: readonly GoFile[]): void {
    this.directories.set(directory, files);
    this.length += lengthOf(files);
    for (const oldest of this.directories.keys()) {
      if (this.length <= this.kept || oldest === directory) break;
      this.drop(oldest);
    }
  }
}

/** The directory of a package: that of the module whose path is the longest part of the import path. */
function directoryOf(modules: readonly ModuleRoot[], importPath: string): string | undefined {
  let best: { length: number; directory: string } | undefined;
  for (const { path, directory } of modules) {
    const rest = relativeInside(path, importPath);
    if (rest === undefined || path.length <= (best?.length ?? 0)) continue;
    // An import path that leads out of its module is none.
    if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(rest)) continue;
    best = { length: path.length, directory: rest === '' ? directory : join(directory, rest) };
  }
  return best?.directory;
}

function goFiles(directory: string, entries: readonly DirectoryEntry[]): string[] {
  return entries
    .filter(({ name, type }) => type === 'file' && /^[^._].*\.go$/.test(name) && !name.endsWith('_test.go'))
    .map(({ name }) => child(directory, name))
    .sort(compareNames);
}

function* readFiles(fs: ImmediateFileSystem, directory: string): Generator<[path: string, bytes: Uint8Array]> {
  for (const path of goFiles(directory, attempt(() => fs.readDirectory(directory)) ?? [])) {
    const bytes = attempt(() => fs.readFile(path));
    if (bytes) yield [path, bytes];
  }
}

/** The text of a file up to its first declaration, before which all imports stand. */
function headOf(bytes: Uint8Array): string {
  const decoder = new TextDecoder();
  const begin = decoder.decode(bytes.subarray(0, HEAD));
  const text = bytes.length <= HEAD || DECLARATION.test(begin) ? begin : decoder.decode(bytes);
  return text.slice(0, DECLARATION.exec(text)?.index);
}

function lengthOf(files: readonly GoFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
