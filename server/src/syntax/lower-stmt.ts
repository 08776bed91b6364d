/** Statements: CST → AST. Switches, loops and their clauses are in `lower-control.ts`. */
import type {
  AssignStmt,
  BlockStmt,
  BranchStmt,
  EmptyStmt,
  Expr,
  ExprStmt,
  GoStmt,
  DeferStmt,
  GenDecl,
  Ident,
  IncDecStmt,
  LabeledStmt,
  ReturnStmt,
  SendStmt,
  Stmt,
} from './ast.ts';
import { CONTROL } from './lower-control.ts';
import { genDecl } from './lower-decl.ts';
import { exprChildren, ident, onlyChild } from './lower-type.ts';
import type { TreeReader } from './tree-reader.ts';

function bad(at: number): Expr {
  return { kind: 'BadExpr', start: at, end: at };
}

/** Reads a `block`. */
export function block(r: TreeReader): BlockStmt {
  const { start, end } = r;
  const stmts: Stmt[] = [];
  if (r.down(true)) {
    do {
      if (r.kind === r.grammar.statementList) statementList(r, stmts);
      else if (r.isError) stmts.push(r.stmt());
    } while (r.next(true));
    r.up();
  }
  return { kind: 'BlockStmt', start, end, stmts };
}

/** Appends the statements of a `statement_list` to `stmts`; source that did not parse becomes a BadStmt. */
export function statementList(r: TreeReader, stmts: Stmt[]): void {
  if (!r.down(true)) return;
  do if (r.isStmt() || r.isError) stmts.push(r.stmt());
  while (r.next(true));
  r.up();
}

function exprStmt(r: TreeReader): ExprStmt {
  const { start, end } = r;
  return { kind: 'ExprStmt', start, end, x: onlyChild(r) };
}

/** Reads a `send_statement`. */
export function sendStmt(r: TreeReader): SendStmt {
  const { start, end } = r;
  const [chan, value] = exprChildren(r);
  return { kind: 'SendStmt', start, end, chan: chan ?? bad(start), value: value ?? bad(end) };
}

function incDec(op: IncDecStmt['op']): (r: TreeReader) => IncDecStmt {
  return (r) => {
    const { start, end } = r;
    return { kind: 'IncDecStmt', start, end, x: onlyChild(r), op };
  };
}

function assign(r: TreeReader): AssignStmt {
  const { start, end } = r;
  const node: AssignStmt = { kind: 'AssignStmt', start, end, lhs: [], op: '', rhs: [] };
  if (!r.down()) return node;
  do {
    if (r.kind !== r.grammar.expressionList) node.op = r.grammar.types[r.kind] ?? '';
    else if (node.op === '') node.lhs = exprChildren(r);
    else node.rhs = exprChildren(r);
  } while (r.next());
  r.up();
  return node;
}

function label(r: TreeReader): Ident | undefined {
  let name: Ident | undefined;
  if (r.down()) {
    do if (r.kind === r.grammar.labelName) name = ident(r);
    while (r.next());
    r.up();
  }
  return name;
}

function branch(tok: BranchStmt['tok']): (r: TreeReader) => BranchStmt {
  return (r) => {
    const node: BranchStmt = { kind: 'BranchStmt', start: r.start, end: r.end, tok };
    const name = tok === 'fallthrough' ? undefined : label(r);
    if (name) node.label = name;
    return node;
  };
}

function labeled(r: TreeReader): LabeledStmt {
  const { start, end } = r;
  let name: Ident = { kind: 'Ident', start, end: start, name: '' };
  let stmt: Stmt | undefined;
  let colon = end;
  if (r.down()) {
    do {
      if (r.kind === r.grammar.labelName) name = ident(r);
      else if (r.kind === r.grammar.colon) colon = r.end;
      else if (!stmt && r.isStmt()) stmt = r.stmt();
    } while (r.next());
    r.up();
  }
  stmt ??= { kind: 'EmptyStmt', start: colon, end: colon };
  return { kind: 'LabeledStmt', start, end, label: name, stmt };
}

function returnStmt(r: TreeReader): ReturnStmt {
  const { start, end } = r;
  let results: Expr[] = [];
  if (r.down()) {
    do if (r.kind === r.grammar.expressionList) results = exprChildren(r);
    while (r.next());
    r.up();
  }
  return { kind: 'ReturnStmt', start, end, results };
}

function goStmt(r: TreeReader): GoStmt {
  const { start, end } = r;
  return { kind: 'GoStmt', start, end, call: onlyChild(r) };
}

function deferStmt(r: TreeReader): DeferStmt {
  const { start, end } = r;
  return { kind: 'DeferStmt', start, end, call: onlyChild(r) };
}

function declStmt(tok: GenDecl['tok']): (r: TreeReader) => Stmt {
  return (r) => {
    const decl = genDecl(r, tok);
    return { kind: 'DeclStmt', start: decl.start, end: decl.end, decl };
  };
}

function emptyStmt(r: TreeReader): EmptyStmt {
  return { kind: 'EmptyStmt', start: r.start, end: r.end };
}

/** Readers of statement nodes by CST node name. */
export const STATEMENTS: Readonly<Record<string, (r: TreeReader) => Stmt>> = {
  ...CONTROL,
  block,
  expression_statement: exprStmt,
  send_statement: sendStmt,
  inc_statement: incDec('++'),
  dec_statement: incDec('--'),
  assignment_statement: assign,
  short_var_declaration: assign,
  labeled_statement: labeled,
  return_statement: returnStmt,
  go_statement: goStmt,
  defer_statement: deferStmt,
  break_statement: branch('break'),
  continue_statement: branch('continue'),
  goto_statement: branch('goto'),
  fallthrough_statement: branch('fallthrough'),
  var_declaration: declStmt('var'),
  const_declaration: declStmt('const'),
  type_declaration: declStmt('type'),
  empty_statement: emptyStmt,
};
