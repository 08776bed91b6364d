/** One Go file: text, outline, line table, and the declarations read from it so far. */
import type { Declaration, Outline } from '../syntax/declarations.ts';
import type { DeclTree } from '../syntax/ast.ts';
import { LineIndex } from '../syntax/line-index.ts';
import { scanOutline } from '../syntax/outline.ts';
import { bind } from './binder.ts';

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

export class SourceFile {
  private outlineMemo?: Outline;
  private linesMemo?: LineIndex;
  private importsMemo?: ImportTable;

  constructor(
    readonly path: string,
    readonly text: string,
    private readonly parser: DeclarationParser,
    /** Trees of declarations by their text; shared between versions of the file so that unchanged ones are not parsed again. */
    private readonly trees: Map<string, DeclTree> = new Map(),
  ) {}

  /** The same file with another text; declarations that stay as they are need not be parsed again. */
  withText(text: string): SourceFile {
    return new SourceFile(this.path, text, this.parser, this.trees);
  }

  /** The last element of the path. */
  get name(): string {
    return this.path.replace(/^.*[/\\]/, '');
  }

  /** Source text of a declaration of this file. */
  textOf({ base, end }: Pick<Declaration, 'base' | 'end'>): string {
    return this.text.slice(base, end);
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
    const text = this.textOf(decl);
    let tree = this.trees.get(text);
    if (!tree) {
      tree = this.parser.parseDeclaration(text, `${this.path}\0${decl.recv ?? ''}.${decl.names[0] ?? ''}`);
      bind(tree.decl);
      this.trees.set(text, tree);
    }
    return tree;
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
