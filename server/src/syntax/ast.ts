/**
 * The Go syntax tree every later layer works on.
 *
 * It follows the vocabulary of Go's own `go/ast`, so a reader who knows that package knows this file.
 * A tree belongs to one top-level declaration. `start` and `end` are UTF-16 offsets **relative to that
 * declaration's first character**, half-open, so that a cached tree stays valid when text above it changes;
 * `Declaration.base` (see `outline.ts`) turns them into file offsets.
 *
 * Trees are plain data: no node keeps a tree-sitter tree alive.
 */

interface NodeBase {
  start: number;
  end: number;
}

/** What an identifier stands for when it is declared inside the same top-level declaration. See `golang/binder.ts`. */
export interface LocalObject {
  kind: 'var' | 'const' | 'type' | 'typeparam';
  /** How a variable came to be; `param`, `result` and `recv` are declared by a function's header. */
  role: 'local' | 'param' | 'result' | 'recv' | 'range' | 'typeswitch' | 'other';
  name: string;
  /** The declaring identifier. */
  decl: Ident;
  /** The node that declares it: AssignStmt, ValueSpec, TypeSpec, Field, RangeStmt, CaseClause … */
  declNode: Node;
  /** The innermost function (declaration or literal) whose scope holds it. */
  func: FuncNode;
  /** Every identifier that denotes it, in source order, the declaring one excluded. */
  uses: Ident[];
  /** True when a function literal inside `func` mentions it. */
  captured: boolean;
  /** True when `&v` is taken (explicitly). */
  addressTaken: boolean;
  /** Identifiers that are assigned to after the declaration (`=`, `op=`, `++`, range without `:=`). */
  writes: Ident[];
}

export interface Ident extends NodeBase {
  kind: 'Ident';
  name: string;
  /** Set by the binder when the name is declared locally; absent for package, file and universe scope. */
  obj?: LocalObject;
}
export interface BasicLit extends NodeBase {
  kind: 'BasicLit';
  lit: 'int' | 'float' | 'imag' | 'char' | 'string';
  /** The literal as written. */
  value: string;
}
export interface CompositeLit extends NodeBase {
  kind: 'CompositeLit';
  type?: Expr;
  elts: Expr[];
}
export interface FuncLit extends NodeBase {
  kind: 'FuncLit';
  type: FuncType;
  body: BlockStmt;
}
export interface ParenExpr extends NodeBase {
  kind: 'ParenExpr';
  x: Expr;
}
export interface SelectorExpr extends NodeBase {
  kind: 'SelectorExpr';
  x: Expr;
  sel: Ident;
}
/** `x[i]` and instantiation `F[A, B]`. */
export interface IndexExpr extends NodeBase {
  kind: 'IndexExpr';
  x: Expr;
  indices: Expr[];
}
export interface SliceExpr extends NodeBase {
  kind: 'SliceExpr';
  x: Expr;
  low?: Expr;
  high?: Expr;
  max?: Expr;
}
/** `x.(T)`; `type` is absent in `x.(type)`. */
export interface TypeAssertExpr extends NodeBase {
  kind: 'TypeAssertExpr';
  x: Expr;
  type?: Expr;
}
export interface CallExpr extends NodeBase {
  kind: 'CallExpr';
  fun: Expr;
  args: Expr[];
  /** True for `f(xs...)`. */
  spread: boolean;
  /** Offset of `(`. */
  lparen: number;
  /** Offset of `)`. */
  rparen: number;
}
export interface StarExpr extends NodeBase {
  kind: 'StarExpr';
  x: Expr;
}
export interface UnaryExpr extends NodeBase {
  kind: 'UnaryExpr';
  /** `<-` is a receive. */
  op: '+' | '-' | '!' | '^' | '&' | '<-' | '~';
  x: Expr;
}
export interface BinaryExpr extends NodeBase {
  kind: 'BinaryExpr';
  op: string;
  x: Expr;
  y: Expr;
}
export interface KeyValueExpr extends NodeBase {
  kind: 'KeyValueExpr';
  key: Expr;
  value: Expr;
}
export interface ArrayType extends NodeBase {
  kind: 'ArrayType';
  /** Absent for a slice; `'...'` for `[...]T`. */
  len?: Expr | '...';
  elem: Expr;
}
export interface StructType extends NodeBase {
  kind: 'StructType';
  fields: Field[];
}
export interface FuncType extends NodeBase {
  kind: 'FuncType';
  typeParams: Field[];
  params: Field[];
  results: Field[];
  /** Offset just after the closing parenthesis of the parameters. */
  paramsEnd: number;
}
export interface InterfaceType extends NodeBase {
  kind: 'InterfaceType';
  methods: { name: Ident; type: FuncType }[];
  /** Embedded types and union terms. */
  embeds: Expr[];
}
export interface MapType extends NodeBase {
  kind: 'MapType';
  key: Expr;
  value: Expr;
}
export interface ChanType extends NodeBase {
  kind: 'ChanType';
  dir: 'both' | 'send' | 'recv';
  value: Expr;
}
/** Source that did not parse. Nothing inside it is ever read. */
export interface BadExpr extends NodeBase {
  kind: 'BadExpr';
}

/** One entry of a parameter, result, type-parameter or field list: `a, b T`. No names: unnamed parameter or embedded field. */
export interface Field extends NodeBase {
  kind: 'Field';
  names: Ident[];
  type: Expr;
  /** True for a final parameter `...T`; `type` is then T. */
  variadic: boolean;
  tag?: string;
}

export type TypeExpr = ArrayType | StructType | FuncType | InterfaceType | MapType | ChanType;
export type Expr =
  | Ident
  | BasicLit
  | CompositeLit
  | FuncLit
  | ParenExpr
  | SelectorExpr
  | IndexExpr
  | SliceExpr
  | TypeAssertExpr
  | CallExpr
  | StarExpr
  | UnaryExpr
  | BinaryExpr
  | KeyValueExpr
  | TypeExpr
  | BadExpr;

export interface BlockStmt extends NodeBase {
  kind: 'BlockStmt';
  /** `start` is the offset of `{`, `end` is just after `}`. */
  stmts: Stmt[];
}
export interface ExprStmt extends NodeBase {
  kind: 'ExprStmt';
  x: Expr;
}
export interface SendStmt extends NodeBase {
  kind: 'SendStmt';
  chan: Expr;
  value: Expr;
}
export interface IncDecStmt extends NodeBase {
  kind: 'IncDecStmt';
  x: Expr;
  op: '++' | '--';
}
export interface AssignStmt extends NodeBase {
  kind: 'AssignStmt';
  lhs: Expr[];
  /** `=`, `:=`, `+=` … */
  op: string;
  rhs: Expr[];
}
export interface GoStmt extends NodeBase {
  kind: 'GoStmt';
  /** Any expression while the code is incomplete; a CallExpr in valid code. */
  call: Expr;
}
export interface DeferStmt extends NodeBase {
  kind: 'DeferStmt';
  call: Expr;
}
export interface ReturnStmt extends NodeBase {
  kind: 'ReturnStmt';
  results: Expr[];
}
export interface BranchStmt extends NodeBase {
  kind: 'BranchStmt';
  tok: 'break' | 'continue' | 'goto' | 'fallthrough';
  label?: Ident;
}
export interface IfStmt extends NodeBase {
  kind: 'IfStmt';
  init?: Stmt;
  cond: Expr;
  body: BlockStmt;
  else?: IfStmt | BlockStmt;
}
/** `case a, b:` of a switch or type switch; `isDefault` for `default:`. */
export interface CaseClause extends NodeBase {
  kind: 'CaseClause';
  isDefault: boolean;
  exprs: Expr[];
  body: Stmt[];
  /** Offset just after the colon. */
  colon: number;
}
export interface SwitchStmt extends NodeBase {
  kind: 'SwitchStmt';
  init?: Stmt;
  tag?: Expr;
  cases: CaseClause[];
}
export interface TypeSwitchStmt extends NodeBase {
  kind: 'TypeSwitchStmt';
  init?: Stmt;
  bind?: Ident;
  x: Expr;
  cases: CaseClause[];
}
/** `case <-ch:`, `case v := <-ch:`, `case ch <- v:`; no `comm` for `default:`. */
export interface CommClause extends NodeBase {
  kind: 'CommClause';
  comm?: SendStmt | ExprStmt | AssignStmt;
  body: Stmt[];
  /** Offset just after the colon. */
  colon: number;
}
export interface SelectStmt extends NodeBase {
  kind: 'SelectStmt';
  clauses: CommClause[];
}
export interface ForStmt extends NodeBase {
  kind: 'ForStmt';
  init?: Stmt;
  cond?: Expr;
  post?: Stmt;
  body: BlockStmt;
}
export interface RangeStmt extends NodeBase {
  kind: 'RangeStmt';
  key?: Expr;
  value?: Expr;
  /** True for `:=`. */
  define: boolean;
  x: Expr;
  body: BlockStmt;
}
export interface LabeledStmt extends NodeBase {
  kind: 'LabeledStmt';
  label: Ident;
  stmt: Stmt;
}
export interface DeclStmt extends NodeBase {
  kind: 'DeclStmt';
  decl: GenDecl;
}
export interface EmptyStmt extends NodeBase {
  kind: 'EmptyStmt';
}
/** Source that did not parse. Nothing inside it is ever read. */
export interface BadStmt extends NodeBase {
  kind: 'BadStmt';
}
export type Stmt =
  | BlockStmt
  | ExprStmt
  | SendStmt
  | IncDecStmt
  | AssignStmt
  | GoStmt
  | DeferStmt
  | ReturnStmt
  | BranchStmt
  | IfStmt
  | SwitchStmt
  | TypeSwitchStmt
  | SelectStmt
  | ForStmt
  | RangeStmt
  | LabeledStmt
  | DeclStmt
  | EmptyStmt
  | BadStmt;

export interface ValueSpec extends NodeBase {
  kind: 'ValueSpec';
  names: Ident[];
  type?: Expr;
  values: Expr[];
}
export interface TypeSpec extends NodeBase {
  kind: 'TypeSpec';
  name: Ident;
  typeParams: Field[];
  type: Expr;
  /** True for `type A = B`. */
  alias: boolean;
}
/** `var`, `const` or `type` declaration, grouped or not. Imports are read by `outline.ts`. */
export interface GenDecl extends NodeBase {
  kind: 'GenDecl';
  tok: 'var' | 'const' | 'type';
  specs: (ValueSpec | TypeSpec)[];
}
export interface FuncDecl extends NodeBase {
  kind: 'FuncDecl';
  name: Ident;
  recv?: Field;
  type: FuncType;
  /** Absent for functions implemented elsewhere. */
  body?: BlockStmt;
}
export type Decl = FuncDecl | GenDecl;
export type FuncNode = FuncDecl | FuncLit;
export type Node = Expr | Stmt | Decl | Field | ValueSpec | TypeSpec | CaseClause | CommClause;

/** A parsed top-level declaration. */
export interface DeclTree {
  decl: Decl;
  /** True when tree-sitter found an ERROR or MISSING node anywhere inside: rules do not look at such a declaration. */
  hasError: boolean;
}
