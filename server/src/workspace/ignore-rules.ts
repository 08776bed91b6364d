/** Nested `.gitignore` files. */
import ignore from 'ignore';
import type { FileSystem } from './file-system.ts';
import { child, relativeInside } from './paths.ts';

interface Layer {
  directory: string;
  rules: ignore.Ignore;
}

/** The ignore rules in force in one directory; immutable, so that siblings share those of their parent. */
export class IgnoreRules {
  static readonly none = new IgnoreRules([]);

  private constructor(private readonly layers: readonly Layer[]) {}

  /** These rules plus those of a directory's `.gitignore`, if it has one that can be read. */
  async enter(fs: FileSystem, directory: string): Promise<IgnoreRules> {
    let bytes: Uint8Array;
    try {
      bytes = await fs.readFile(child(directory, '.gitignore'));
    } catch {
      return this;
    }
    const rules = ignore({ allowRelativePaths: false }).add(new TextDecoder().decode(bytes));
    return new IgnoreRules([...this.layers, { directory, rules }]);
  }

  /** Whether git would ignore a path. The deepest `.gitignore` that says anything about it decides. */
  ignores(path: string, isDirectory: boolean): boolean {
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { directory, rules } = this.layers[i]!;
      const inside = relativeInside(directory, path);
      if (!inside) continue;
      const { ignored, unignored } = rules.test(isDirectory ? `${inside}/` : inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}
