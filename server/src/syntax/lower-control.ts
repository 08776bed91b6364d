/** if, for, switch and select: CST → AST. */
import type {
  AssignStmt,
  BlockStmt,
  CaseClause,
  CommClause,
  Expr,
  ExprStmt,
  ForStmt,
  IfStmt,
  RangeStmt,
  SelectStmt,
  Stmt,
  SwitchStmt,
  TypeSwitchStmt,
} from './ast.ts';
import { block, sendStmt, statementList } from './lower-stmt.ts';
import { exprChildren } from './lower-type.ts';
import type { TreeReader } from './tree-reader.ts';

function bad(at: number): Expr {
  return { kind: 'BadExpr', start: at, end: at };
}

function noBlock(at: number): BlockStmt {
  return { kind: 'BlockStmt', start: at, end: at, stmts: [] };
}

function ifStmt(r: TreeReader): IfStmt {
  const { start, end } = r;
  const node: IfStmt = { kind: 'IfStmt', start, end, cond: bad(start), body: noBlock(end) };
  if (!r.down()) return node;
  let hasBody = false;
  do {
    if (r.kind === r.grammar.block) {
      if (hasBody) node.else = block(r);
      else node.body = block(r);
      hasBody = true;
    } else if (r.isExpr()) node.cond = r.expr();
    else if (r.isStmt()) {
      const stmt = r.stmt();
      if (!hasBody) node.init = stmt;
      else if (stmt.kind === 'IfStmt') node.else = stmt;
    }
  } while (r.next());
  r.up();
  checkHeader(r, node.cond);
  return node;
}

/**
 * `if a.ok { f() }` with a block below is read as `if a.ok{f()} {…}`. A header cannot end in a composite literal of a named type
 * without parentheses (https://go.dev/ref/spec#Composite_literals, "parsing ambiguity"), so that such a one is the body of the
 * statement, and the block another statement.
 */
function checkHeader(r: TreeReader, header: Expr | undefined): void {
  let x = header;
  while (x?.kind === 'BinaryExpr' || x?.kind === 'UnaryExpr') x = x.kind === 'BinaryExpr' ? x.y : x.x;
  if (x?.kind !== 'CompositeLit') return;
  if (x.type?.kind === 'Ident' || x.type?.kind === 'SelectorExpr' || x.type?.kind === 'IndexExpr') r.bad = true;
}

function forStmt(r: TreeReader): ForStmt | RangeStmt {
  const { start, end } = r;
  let body: BlockStmt | undefined;
  let node: ForStmt | RangeStmt = { kind: 'ForStmt', start, end, body: noBlock(end) };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.block) body = block(r);
    else if (r.kind === r.grammar.forClause) forClause(r, node as ForStmt);
    else if (r.kind === r.grammar.rangeClause) node = rangeClause(r, start, end);
    else if (r.isExpr() && node.kind === 'ForStmt') node.cond = r.expr();
  } while (r.next());
  r.up();
  if (body) node.body = body;
  checkHeader(r, node.kind === 'RangeStmt' ? node.x : node.cond);
  return node;
}

function forClause(r: TreeReader, node: ForStmt): void {
  if (!r.down()) return;
  let semicolons = 0;
  do {
    if (r.kind === r.grammar.semicolon) semicolons++;
    else if (r.isExpr()) node.cond = r.expr();
    else if (r.isStmt()) {
      if (semicolons === 0) node.init = r.stmt();
      else node.post = r.stmt();
    }
  } while (r.next());
  r.up();
}

function rangeClause(r: TreeReader, start: number, end: number): RangeStmt {
  const node: RangeStmt = { kind: 'RangeStmt', start, end, define: false, x: bad(start), body: noBlock(end) };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.expressionList) {
      const [key, value] = exprChildren(r);
      if (key) node.key = key;
      if (value) node.value = value;
    } else if (r.kind === r.grammar.define) node.define = true;
    else if (r.isExpr()) node.x = r.expr();
  } while (r.next());
  r.up();
  return node;
}

function switchStmt(r: TreeReader): SwitchStmt {
  const { start, end } = r;
  const node: SwitchStmt = { kind: 'SwitchStmt', start, end, cases: [] };
  if (!r.down()) return node;
  do {
    if (isCase(r)) node.cases.push(caseClause(r));
    else if (r.isExpr()) node.tag = r.expr();
    else if (r.isStmt()) node.init = r.stmt();
  } while (r.next());
  r.up();
  return node;
}

function typeSwitchStmt(r: TreeReader): TypeSwitchStmt {
  const { start, end } = r;
  const node: TypeSwitchStmt = { kind: 'TypeSwitchStmt', start, end, x: bad(start), cases: [] };
  if (!r.down()) return node;
  do {
    if (isCase(r)) node.cases.push(caseClause(r));
    else if (r.kind === r.grammar.expressionList) {
      const [name] = exprChildren(r);
      if (name?.kind === 'Ident') node.bind = name;
      else r.bad = true;
    } else if (r.isExpr()) node.x = r.expr();
    else if (r.isStmt()) node.init = r.stmt();
  } while (r.next());
  r.up();
  return node;
}

function isCase(r: TreeReader): boolean {
  const { kind, grammar } = r;
  return kind === grammar.expressionCase || kind === grammar.typeCase || kind === grammar.defaultCase;
}

function caseClause(r: TreeReader): CaseClause {
  const { start, end } = r;
  const isDefault = r.kind === r.grammar.defaultCase;
  const node: CaseClause = { kind: 'CaseClause', start, end, isDefault, exprs: [], body: [], colon: end };
  if (!r.down(true)) return node;
  let colon = -1;
  do {
    if (r.kind === r.grammar.colon) colon = r.end;
    else if (r.kind === r.grammar.statementList) statementList(r, node.body);
    else if (r.isError) {
      if (colon >= 0) node.body.push(r.stmt());
    } else if (r.kind === r.grammar.expressionList) node.exprs = exprChildren(r);
    else if (r.isExpr()) node.exprs.push(r.expr());
  } while (r.next(true));
  r.up();
  finishClause(node, colon);
  return node;
}

/** A clause ends with its last statement: the CST node runs on over the line break after it. */
function finishClause(node: CaseClause | CommClause, colon: number): void {
  if (colon >= 0) node.colon = colon;
  node.end = node.body.at(-1)?.end ?? node.colon;
}

function selectStmt(r: TreeReader): SelectStmt {
  const { start, end } = r;
  const node: SelectStmt = { kind: 'SelectStmt', start, end, clauses: [] };
  if (!r.down()) return node;
  do {
    if (r.kind === r.grammar.communicationCase || r.kind === r.grammar.defaultCase) node.clauses.push(commClause(r));
  } while (r.next());
  r.up();
  return node;
}

function commClause(r: TreeReader): CommClause {
  const { start, end } = r;
  const isDefault = r.kind === r.grammar.defaultCase;
  const node: CommClause = { kind: 'CommClause', start, end, body: [], colon: end };
  if (!r.down(true)) return node;
  let colon = -1;
  do {
    if (r.kind === r.grammar.colon) colon = r.end;
    else if (r.kind === r.grammar.statementList) statementList(r, node.body);
    else if (r.isError) {
      if (colon >= 0) node.body.push(r.stmt());
    } else if (r.kind === r.grammar.receiveStatement) node.comm = receiveStmt(r);
    else if (r.isStmt()) node.comm = sendStmt(r);
  } while (r.next(true));
  r.up();
  if (!isDefault && !node.comm) {
    r.bad = true;
    node.comm = { kind: 'ExprStmt', start: node.start, end: node.start, x: bad(node.start) };
  }
  finishClause(node, colon);
  return node;
}

function receiveStmt(r: TreeReader): ExprStmt | AssignStmt {
  const { start, end } = r;
  let lhs: Expr[] | undefined;
  let define = false;
  let x: Expr = bad(end);
  if (r.down()) {
    do {
      if (r.kind === r.grammar.expressionList) lhs = exprChildren(r);
      else if (r.kind === r.grammar.define) define = true;
      else if (r.isExpr()) x = r.expr();
    } while (r.next());
    r.up();
  }
  if (!lhs) return { kind: 'ExprStmt', start, end, x };
  return { kind: 'AssignStmt', start, end, lhs, op: define ? ':=' : '=', rhs: [x] };
}

/** Readers of control flow statements by CST node name. */
export const CONTROL: Readonly<Record<string, (r: TreeReader) => Stmt>> = {
  if_statement: ifStmt,
  for_statement: forStmt,
  expression_switch_statement: switchStmt,
  type_switch_statement: typeSwitchStmt,
  select_statement: selectStmt,
};
