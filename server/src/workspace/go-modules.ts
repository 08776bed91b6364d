/** Which Go module a directory belongs to. */
import type { FileSystem } from './file-system.ts';
import { parseGoMod } from './go-mod.ts';
import { ancestors, child, dirname, join, relativeInside } from './paths.ts';

export interface ModuleInfo {
  /** Directory of the nearest go.mod. */
  root: string;
  /** Module path; absent when go.mod does not say. */
  path?: string;
  /** Language version `major.minor`; `1.16` when go.mod has no `go` line, as the Go command assumes. */
  goVersion: string;
  toolchain?: string;
  /** Modules that its go.mod replaces by local directories, which are absolute here. */
  replaced: { module: string; directory: string }[];
  /** Paths of the modules that go.mod requires directly; absent when there are none. */
  requires?: readonly string[];
}

/** A module whose packages are at hand: those of the import path and below it are in the directory and below it. */
export interface ModuleRoot {
  path: string;
  directory: string;
}

/** Remembers every directory it was asked about; make a new one when go.mod files may have changed. */
export class GoModules {
  private readonly memo = new Map<string, Promise<ModuleInfo | undefined>>();
  private readonly roots = new Map<string, Promise<readonly ModuleRoot[]>>();

  constructor(private readonly fs: FileSystem) {}

  /** The module of a directory; `undefined` outside any module, where the language version is unknown. */
  forDirectory(directory: string): Promise<ModuleInfo | undefined> {
    let info = this.memo.get(directory);
    if (!info) this.memo.set(directory, (info = this.find(directory)));
    return info;
  }

  /** Import path of a directory: `module/sub/dir`; the bare path in the standard library, whose module is called `std`. */
  async importPath(directory: string): Promise<string | undefined> {
    const module = await this.forDirectory(directory);
    const rest = module && relativeInside(module.root, directory);
    if (module?.path === undefined || rest === undefined) return undefined;
    if (module.path === 'std') return rest || undefined;
    return rest ? `${module.path}/${rest}` : module.path;
  }

  /**
   * The modules that code in a directory may import from the workspace: its own, those its go.mod replaces by local directories, and
   * those that the nearest go.work above it uses. The standard library is left out: what it exports is known without its files.
   */
  async around(directory: string): Promise<readonly ModuleRoot[]> {
    const own = await this.forDirectory(directory);
    const key = own?.root ?? directory;
    let roots = this.roots.get(key);
    if (!roots) this.roots.set(key, (roots = this.findRoots(key, own)));
    return roots;
  }

  private async findRoots(directory: string, own: ModuleInfo | undefined): Promise<ModuleRoot[]> {
    const roots = new Map<string, string>();
    const add = (path: string | undefined, at: string): void => {
      if (path !== undefined && path !== 'std' && !roots.has(path)) roots.set(path, at);
    };
    if (own) {
      add(own.path, own.root);
      for (const { module, directory: at } of own.replaced) add(module, at);
    }
    for (const parent of ancestors(directory)) {
      const text = await this.readText(child(parent, 'go.work'));
      if (text === undefined) continue;
      const { use, replace } = parseGoMod(text);
      for (const at of use.map((u) => join(parent, u))) add((await this.forDirectory(at))?.path, at);
      for (const r of replace) add(r.module, join(parent, r.directory));
      break;
    }
    return [...roots].map(([path, at]) => ({ path, directory: at }));
  }

  private async find(directory: string): Promise<ModuleInfo | undefined> {
    const text = await this.readText(child(directory, 'go.mod'));
    if (text === undefined) {
      const parent = dirname(directory);
      return parent === directory ? undefined : this.forDirectory(parent);
    }
    const { module, go, toolchain, replace, require } = parseGoMod(text);
    return {
      root: directory,
      goVersion: go ?? '1.16',
      replaced: replace.map((r) => ({ module: r.module, directory: join(directory, r.directory) })),
      ...(module !== undefined && { path: module }),
      ...(toolchain !== undefined && { toolchain }),
      ...(require.length > 0 && { requires: require }),
    };
  }

  /** An unreadable go.mod counts as absent: the version is then unknown, and unknown is treated as the newest. */
  private async readText(path: string): Promise<string | undefined> {
    if ((await this.fs.stat(path))?.type !== 'file') return undefined;
    try {
      return new TextDecoder().decode(await this.fs.readFile(path));
    } catch {
      return undefined;
    }
  }
}
