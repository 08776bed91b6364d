/** Packages of the workspace that an analysed one imports, made when somebody asks for them. */
import { GoPackage } from '../golang/package.ts';
import { type DeclarationParser, SourceFile } from '../golang/source-file.ts';
import type { GoFile, Imports } from './api.ts';
import { byPackageName, importable } from './importable.ts';

type Files = readonly GoFile[];

/** Packages whose imports are looked at, the nearest first: what comes from further away is hardly named where it ends up. */
const MAX_SEARCHED = 60;

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
  private readonly importAnswers = new Map<string, ReadonlySet<string> | undefined>();

  constructor(
    private readonly imports: Imports,
    private readonly make: (path: string, files: Files) => GoPackage,
  ) {}

  /** True for an import path that may be one of the workspace. */
  covers(path: string): boolean {
    return this.imports.covers(path);
  }

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

  /**
   * Whether one of these packages is of the workspace and imports, itself or through others of the workspace, one of those that are
   * wanted. True where it cannot be told at once.
   */
  areImported(wanted: readonly string[], by: Iterable<string>): boolean {
    const paths = [...by].filter((path) => this.imports.covers(path));
    const seen = new Set(paths);
    for (let i = 0; i < paths.length && i < MAX_SEARCHED; i++) {
      const imports = this.importsOf(paths[i]!);
      if (!imports || wanted.some((path) => imports.has(path))) return true;
      for (const path of imports)
        if (!seen.has(path) && this.imports.covers(path)) {
          seen.add(path);
          paths.push(path);
        }
    }
    return false;
  }

  private importsOf(path: string): ReadonlySet<string> | undefined {
    if (!this.importAnswers.has(path)) this.importAnswers.set(path, this.imports.importsOf(path));
    return this.importAnswers.get(path);
  }

  /** Takes over what another analysis was told, whose results go into this one. */
  adopt(other: AskedPackages): void {
    for (const [path, answer] of other.answers) if (!this.answers.has(path)) this.answers.set(path, answer);
    for (const [path, answer] of other.importAnswers)
      if (!this.importAnswers.has(path)) this.importAnswers.set(path, answer);
  }

  /** True when others would be told the same about all that was asked. */
  agreesWith(imports: Imports | undefined): boolean {
    for (const [path, { files }] of this.answers) if (imports?.files(path) !== files) return false;
    for (const [path, answer] of this.importAnswers) if (imports?.importsOf(path) !== answer) return false;
    return true;
  }
}
