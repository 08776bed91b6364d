/** Packages of the workspace that an analysed one imports, made when somebody asks for them. */
import { GoPackage } from '../golang/package.ts';
import { type DeclarationParser, SourceFile } from '../golang/source-file.ts';
import type { GoFile, Imports } from './api.ts';
import { byPackageName, importable } from './importable.ts';

type Files = readonly GoFile[];

/** Makes packages of files. Those of files that stay as they are stay, too, with everything parsed of them, for as long as the caller keeps the files. */
export class ImportedPackages {
  private readonly made = new WeakMap<Files, { path: string; pkg: GoPackage }>();

  constructor(private readonly parser: DeclarationParser) {}

  /** The packages around one analysis. */
  of(imports: Imports): AskedPackages {
    return new AskedPackages(imports, (path, files) => this.package(path, files));
  }

  private package(path: string, files: Files): GoPackage {
    let made = this.made.get(files);
    if (made?.path !== path) {
      const byName = byPackageName(files.map((f) => new SourceFile(f.path, f.text, this.parser)));
      const name = importable(byName) ?? '';
      this.made.set(files, (made = { path, pkg: new GoPackage(path, name, byName.get(name) ?? [], 'imported') }));
    }
    return made.pkg;
  }
}

/** What one analysis was told of the packages around it. */
export class AskedPackages {
  private readonly answers = new Map<string, { files: Files | undefined; pkg?: GoPackage }>();

  constructor(
    private readonly imports: Imports,
    private readonly make: (path: string, files: Files) => GoPackage,
  ) {}

  /** The package of an import path; undefined for one that is not in the workspace. */
  package(path: string): GoPackage | undefined {
    let answer = this.answers.get(path);
    if (!answer) {
      const files = this.imports.files(path);
      answer = { files, ...(files && { pkg: this.make(path, files) }) };
      this.answers.set(path, answer);
    }
    return answer.pkg;
  }

  /** Takes over what another analysis was told, whose results go into this one. */
  adopt(other: AskedPackages): void {
    for (const [path, answer] of other.answers) if (!this.answers.has(path)) this.answers.set(path, answer);
  }

  /** True when others would be told the same about all that was asked. */
  agreesWith(imports: Imports | undefined): boolean {
    for (const [path, { files }] of this.answers) if (imports?.files(path) !== files) return false;
    return true;
  }
}
