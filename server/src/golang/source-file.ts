/** One Go file: text, outline, line table, and the declarations read from it so far. */
import type { Declaration, Outline } from '../syntax/declarations.ts';
import type { DeclTree } from '../syntax/ast.ts';
import { LineIndex } from '../syntax/line-index.ts';
import { scanOutline } from '../syntax/outline.ts';
import { editedOutline } from '../syntax/outline-edit.ts';
import { bind } from './binder.ts';
import { DeclarationText, ownCopy } from './declaration-text.ts';

/** Local name → import path, for names a file's imports introduce. */
export type ImportTable = Map<string, string>;

/** Parses one declaration; `slot` names its place, so that an incremental parser knows what it was before. */
export interface DeclarationParser {
  parseDeclaration(text: string, slot?: string): DeclTree;
}

/** What no program imports, but tests and their helpers do. */
const FOR_TESTS = [
  'testing',
  ...['assert', 'require', 'suite'].map((name) => `github.com/stretchr/testify/${name}`),
  'gopkg.in/check.v1',
];

/** Nothing but comments stands before the package clause. */
const CLAUSE = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*package[ \t]+([A-Za-z_]\w*)[ \t]*(?:\/\/|;|\r?\n|$)/;

export class SourceFile {
  private linesMemo?: LineIndex;
  private importsMemo?: ImportTable;
  private readonly texts = new WeakMap<Declaration, DeclarationText>();

  constructor(
    readonly path: string,
    readonly text: string,
    private readonly parser: DeclarationParser,
    /** Trees of declarations by their text; shared between versions of the file so that unchanged ones are not parsed again. */
    private readonly trees: Map<string, DeclTree> = new Map(),
    /** Where it is known already. */
    private outlineMemo?: Outline,
  ) {}

  /** The same file with another text; declarations that stay as they are need not be parsed again. */
  withText(text: string): SourceFile {
    return new SourceFile(this.path, text, this.parser, this.trees);
  }

  /** True for a version that has taken over from another: somebody types. */
  isSuccessor = false;

  /** Takes over from the version before what its edit has left alone. */
  takeOver(before: SourceFile): void {
    this.isSuccessor = true;
    this.outlineMemo ??= editedOutline(before.outline, before.text, this.text);
    const [old, now] = [before.outline.decls, this.outline.decls];
    const others = old.length === now.length ? undefined : new Map(old.map((d) => [before.textOf(d), d]));
    for (const [i, d] of now.entries()) {
      const text = this.textOf(d);
      const was = others ? others.get(text) : old[i];
      const known = was && before.declarationText(was);
      this.texts.set(d, known?.text === text ? known : new DeclarationText(ownCopy(text)));
    }
  }

  /** The last element of the path. */
  get name(): string {
    return this.path.replace(/^.*[/\\]/, '');
  }

  /** Source text of a declaration of this file. */
  textOf({ base, end }: Pick<Declaration, 'base' | 'end'>): string {
    return this.text.slice(base, end);
  }

  /** The same, as an object that stays while versions of the file come and go. */
  declarationText(declaration: Declaration): DeclarationText {
    let text = this.texts.get(declaration);
    if (!text) this.texts.set(declaration, (text = new DeclarationText(this.textOf(declaration))));
    return text;
  }

  /** The name in the package clause, found without a look at the rest where that is not needed otherwise. */
  get packageName(): string {
    return (this.outlineMemo ? undefined : CLAUSE.exec(this.text)?.[1]) ?? this.outline.packageName;
  }

  get outline(): Outline {
    return (this.outlineMemo ??= scanOutline(this.text));
  }

  get lines(): LineIndex {
    return (this.linesMemo ??= new LineIndex(this.text));
  }

  /** True for code that only tests run: `_test.go` files, and others that import `testing` or what is built on it. */
  get isTest(): boolean {
    return this.path.endsWith('_test.go') || this.importsAnyOf(FOR_TESTS);
  }

  /** The parsed and bound tree of one of this file's declarations. */
  tree(decl: Declaration): DeclTree {
    const { text } = this.declarationText(decl);
    let tree = this.trees.get(text);
    if (!tree) {
      // Trees outlive the version of the file they were made from.
      const own = ownCopy(text);
      tree = this.parser.parseDeclaration(own, `${this.path}\0${decl.recv ?? ''}.${decl.names[0] ?? ''}`);
      bind(tree.decl);
      this.trees.set(own, tree);
    }
    return tree;
  }

  /** True when an import lets its names be used without its own: which names those are is not known. */
  get hasDotImports(): boolean {
    return this.outline.imports.some((d) => d.specs.some((s) => s.name === '.'));
  }

  /** Names introduced by imports; `_` and `.` imports are left out. */
  get imports(): ImportTable {
    if (this.importsMemo) return this.importsMemo;
    const table: ImportTable = new Map();
    for (const decl of this.outline.imports)
      for (const spec of decl.specs) {
        const name = spec.name ?? defaultPackageName(spec.path);
        if (name !== '_' && name !== '.') table.set(name, spec.path);
      }
    return (this.importsMemo = table);
  }

  /** What the file imports, in source order. */
  get importPaths(): string[] {
    return this.outline.imports.flatMap((d) => d.specs.map((s) => s.path));
  }

  /** True when the file imports one of these packages. */
  importsAnyOf(paths: readonly string[]): boolean {
    return this.outline.imports.some((d) => d.specs.some((s) => paths.includes(s.path)));
  }
}

/**
 * The name a package most probably has, from its import path: the last element without a major version
 * (`v2`, `.v2`), a `go-` prefix or a `-go`/`.go` suffix.
 */
export function defaultPackageName(path: string): string {
  const parts = path.split('/');
  let last = parts.pop() ?? path;
  if (/^v\d+$/.test(last) && parts.length) last = parts.pop() as string;
  return last
    .replace(/\.v\d+$/, '')
    .replace(/^go-/, '')
    .replace(/[-.]go$/, '')
    .replace(/[^\p{L}\p{N}_]/gu, '');
}
