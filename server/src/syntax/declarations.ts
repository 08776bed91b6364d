/**
 * What a file looks like from above: its package clause, imports, top-level declarations and directive comments.
 * Produced by `outline.ts` without parsing; all offsets are UTF-16 offsets in the file, half-open.
 */

export interface ImportSpec {
  /** Alias as written, `_` and `.` included; absent when the import has none. */
  name?: string;
  path: string;
  start: number;
  end: number;
}

export interface ImportDecl {
  start: number;
  end: number;
  /** Offset of `(` and `)` of a grouped import, else -1. */
  lparen: number;
  rparen: number;
  specs: ImportSpec[];
}

/** One top-level `func`, `type`, `var` or `const` declaration. */
export interface Declaration {
  tok: 'func' | 'type' | 'var' | 'const';
  /** File offset of the keyword. AST offsets of this declaration are relative to it. */
  base: number;
  /** File offset just after the declaration's last token. */
  end: number;
  /** Names it declares; one for func and type, several for a group. */
  names: string[];
  /** Base type name of a method's receiver: `T` for `(t *T[K])`. */
  recv?: string;
  /** File offset of the `{` of a function body, or -1. */
  body: number;
}

/** A `//hygiene:…`, `//nolint…` or `//lint:ignore …` comment. */
export interface Directive {
  /** Comment text without the leading slashes. */
  text: string;
  start: number;
  end: number;
  /** True when nothing but white space precedes it on its line. */
  ownLine: boolean;
}

export interface Outline {
  packageName: string;
  /** Offsets of the package clause, `package` keyword to end of name; -1/-1 when there is none. */
  packageStart: number;
  packageEnd: number;
  imports: ImportDecl[];
  decls: Declaration[];
  directives: Directive[];
  /** Has the `// Code generated … DO NOT EDIT.` line before the package clause. */
  generated: boolean;
  /** Language version from `//go:build go1.N`, e.g. `1.21`. */
  goBuildVersion?: string;
  /** Built only when somebody asks for the tag `ignore`, or names the file. */
  ignored?: boolean;
  /** Left out by newer versions of Go: it stands in for what old ones do not have. */
  forOldGo?: boolean;
  /** False when braces do not balance or the file contains NUL bytes: a note for diagnostics, analysis still goes on. */
  balanced: boolean;
}
