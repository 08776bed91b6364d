/** Which Go module a directory belongs to. */
import type { FileSystem } from './file-system.ts';
import { parseGoMod } from './go-mod.ts';
import { child, dirname, join, relativeInside } from './paths.ts';

export interface ModuleInfo {
  /** Directory of the nearest go.mod. */
  root: string;
  /** Module path; absent when go.mod does not say. */
  path?: string;
  /** Language version `major.minor`; `1.16` when go.mod has no `go` line, as the Go command assumes. */
  goVersion: string;
  toolchain?: string;
}

/** Remembers every directory it was asked about; make a new one when go.mod files may have changed. */
export class GoModules {
  private readonly memo = new Map<string, Promise<ModuleInfo | undefined>>();

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

  /** Absolute module directories that the go.work file of a directory uses; empty without one. */
  async workspaceModules(directory: string): Promise<string[]> {
    const text = await this.readText(child(directory, 'go.work'));
    return text === undefined ? [] : parseGoMod(text).use.map((use) => join(directory, use));
  }

  private async find(directory: string): Promise<ModuleInfo | undefined> {
    const text = await this.readText(child(directory, 'go.mod'));
    if (text === undefined) {
      const parent = dirname(directory);
      return parent === directory ? undefined : this.forDirectory(parent);
    }
    const { module, go, toolchain } = parseGoMod(text);
    return {
      root: directory,
      goVersion: go ?? '1.16',
      ...(module !== undefined && { path: module }),
      ...(toolchain !== undefined && { toolchain }),
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
