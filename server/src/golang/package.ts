/** Packages: the declarations of one directory's files (or of an API stub), found by name without parsing bodies. */
import type { Declaration } from '../syntax/declarations.ts';
import { apiPackageSource } from './api/index.ts';
import { type DeclarationParser, SourceFile } from './source-file.ts';
import type { OwnResources } from './own-resources.ts';
import { noteDeclaration } from './reads.ts';
import { DeclUnit } from './unit.ts';

/** Where a package-level name is declared. */
export interface PackageMember {
  file: SourceFile;
  declaration: Declaration;
  /** Declared more than once, in files for different platforms: which body runs is not known. */
  ambiguous?: boolean;
  /** Its other declarations then. */
  twins?: PackageMember[];
}

/**
 * Where a package comes from: it is analysed itself (`own`), is another one of the workspace that is only looked into as far as its callers
 * need it (`imported`), or is known by its API alone (`stub`).
 */
export type Origin = 'own' | 'imported' | 'stub';

export class GoPackage {
  private membersMemo?: Map<string, PackageMember>;
  private methodsMemo?: Map<string, Map<string, PackageMember>>;
  private methodNamesMemo?: ReadonlySet<string>;
  private lengthMemo?: number;
  /** Other packages that it imports, directly or not, and that are analysed together with it. */
  joined: readonly GoPackage[] = [];
  private readonly units = new Map<Declaration, DeclUnit>();
  private readonly headers = new Map<Declaration, DeclUnit>();

  /**
   * @param path import path; for a directory whose import path is unknown any string unique to it
   * @param files the package's files (one package clause name)
   */
  constructor(
    readonly path: string,
    readonly name: string,
    readonly files: readonly SourceFile[],
    readonly origin: Origin = 'own',
  ) {}

  /** True where functions have no bodies. */
  get isStub(): boolean {
    return this.origin === 'stub';
  }

  /** True for code that we bring along. */
  get isBundled(): boolean {
    return this.path.startsWith(BUNDLED);
  }

  /** UTF-16 units in all files. */
  get length(): number {
    return (this.lengthMemo ??= this.files.reduce((sum, f) => sum + f.text.length, 0));
  }

  /** The package-level declaration of a name; methods excluded. */
  member(name: string): PackageMember | undefined {
    if (!this.membersMemo) this.index();
    return (this.membersMemo as Map<string, PackageMember>).get(name);
  }

  /** Methods declared on a type, by name. */
  methods(typeName: string): ReadonlyMap<string, PackageMember> {
    if (!this.methodsMemo) this.index();
    return (this.methodsMemo as Map<string, Map<string, PackageMember>>).get(typeName) ?? NO_METHODS;
  }

  /** True when some type of the package has a method of that name. */
  hasMethodNamed(name: string): boolean {
    this.methodNamesMemo ??= new Set(
      this.files.flatMap((f) => f.outline.decls.flatMap((d) => (d.recv === undefined ? [] : d.names))),
    );
    return this.methodNamesMemo.has(name);
  }

  /** The parsed unit of a declaration of one of this package's files. */
  unit(member: PackageMember): DeclUnit {
    noteDeclaration(member.declaration);
    let unit = this.units.get(member.declaration);
    if (!unit) {
      const tree = member.file.tree(member.declaration);
      unit = new DeclUnit(member.file, member.declaration, tree.decl, this, tree.hasError);
      this.units.set(member.declaration, unit);
    }
    return unit;
  }

  /**
   * A function's declaration without its body: all that its signature needs, and much less to parse. Node offsets are
   * those of the whole declaration. Other declarations come as they are.
   */
  header(member: PackageMember): DeclUnit {
    const { file, declaration } = member;
    if (declaration.body < 0) return this.unit(member);
    const whole = this.units.get(declaration);
    // An error in the body says nothing about the header, whoever has looked at the body before.
    const known = whole && !whole.hasError ? whole : this.headers.get(declaration);
    if (known) return known;
    const header = { ...declaration, end: declaration.body, body: -1 };
    const tree = file.tree(header);
    const unit = new DeclUnit(file, header, tree.decl, this, tree.hasError);
    this.headers.set(declaration, unit);
    return unit;
  }

  private index(): void {
    const members = (this.membersMemo = new Map<string, PackageMember>());
    const methods = (this.methodsMemo = new Map<string, Map<string, PackageMember>>());
    for (const file of this.files)
      for (const declaration of file.outline.decls) {
        const member = { file, declaration };
        if (declaration.recv !== undefined) {
          let own = methods.get(declaration.recv);
          if (!own) methods.set(declaration.recv, (own = new Map()));
          for (const n of declaration.names) add(own, n, member);
        } else for (const n of declaration.names) add(members, n, member);
      }
  }
}

/** The first declaration of a name stands for all of them. `init` and `_` may be declared at will and are nobody's callee. */
function add(members: Map<string, PackageMember>, name: string, member: PackageMember): void {
  const first = members.get(name);
  if (first) {
    first.ambiguous = true;
    (first.twins ??= []).push(member);
  } else members.set(name, { ...member });
}

const NO_METHODS: ReadonlyMap<string, PackageMember> = new Map();

/** API stubs by import path, parsed when first asked for and kept for the life of the process. */
export class ApiPackages {
  private readonly packages = new Map<string, GoPackage | undefined>();
  constructor(private readonly parser: DeclarationParser) {}

  get(path: string): GoPackage | undefined {
    if (!this.packages.has(path)) {
      const source = apiPackageSource(path);
      let pkg: GoPackage | undefined;
      if (source !== undefined) {
        const file = new SourceFile(`api:${path}`, source, this.parser);
        pkg = new GoPackage(path, file.outline.packageName, [file], 'stub');
      }
      this.packages.set(path, pkg);
    }
    return this.packages.get(path);
  }

  /** A package of Go code that we bring along; the same whenever it is asked for. */
  bundled(name: string, source: string): GoPackage {
    const path = bundledPath(name);
    let pkg = this.packages.get(path);
    if (!pkg) {
      const file = new SourceFile(path, source, this.parser);
      pkg = new GoPackage(path, file.outline.packageName, [file]);
      this.packages.set(path, pkg);
    }
    return pkg;
  }
}

/** What the paths of packages begin with that we bring along as Go code. */
const BUNDLED = 'bundled:';

/** The path of code of ours that stands in for a package. */
export function bundledPath(name: string): string {
  return BUNDLED + name;
}

/** Finds other packages of the workspace by import path; the same package whenever it is asked. */
export type FindImported = (path: string) => GoPackage | undefined;

/** Finds packages by import path: those that are analysed, others of the workspace, then API stubs. */
export class Program {
  private readonly analysed = new Map<string, GoPackage>();

  /**
   * @param own what the config says of functions outside the workspace
   * @param imported the workspace around what is analysed
   * @param covers tells of an import path whether the workspace may have it, without a look at any file
   */
  constructor(
    private readonly api: ApiPackages,
    packages: readonly GoPackage[],
    readonly own?: OwnResources,
    private readonly imported?: FindImported,
    private readonly covers: (path: string) => boolean = () => imported !== undefined,
  ) {
    for (const p of packages) if (!p.name.endsWith('_test') || !this.analysed.has(p.path)) this.analysed.set(p.path, p);
  }

  /** Those that are analysed. */
  get packages(): Iterable<GoPackage> {
    return this.analysed.values();
  }

  /** The same program with one package replaced, as it would be after an edit. */
  replacing(pkg: GoPackage, by: GoPackage): Program {
    const others = [...this.analysed.values()].filter((p) => p !== pkg);
    return new Program(this.api, [by, ...others], this.own, this.imported, this.covers);
  }

  /** The package that stands for another one where its code is run, and is none of the program's. */
  bundled(path: string, source: string): GoPackage {
    return this.api.bundled(path, source);
  }

  /** The package of an import path, if it is one of those that are analysed. */
  given(path: string): GoPackage | undefined {
    return this.analysed.get(path);
  }

  /** True for the import path of a package that may be read and of which nothing is known otherwise, unlike those of the standard library. */
  isOfWorkspace(path: string): boolean {
    return this.analysed.has(path) || (this.covers(path) && apiPackageSource(path) === undefined);
  }

  package(path: string): GoPackage | undefined {
    if (path.startsWith(BUNDLED)) return this.api.get(path);
    return this.analysed.get(path) ?? this.imported?.(path) ?? this.api.get(path);
  }
}
