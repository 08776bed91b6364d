/** Traversal of the syntax tree, and small questions about single nodes. */
import type { CallExpr, Expr, Field, FuncLit, FuncType, Ident, LocalObject, Node } from '../syntax/ast.ts';
import { spend } from './effort.ts';

type Visit = (node: Node) => void;

function all(nodes: readonly (Node | undefined)[], visit: Visit): void {
  for (const n of nodes) if (n) visit(n);
}

function one(node: Node | undefined, visit: Visit): void {
  if (node) visit(node);
}

function funcType(type: FuncType, visit: Visit): void {
  all(type.typeParams, visit);
  all(type.params, visit);
  all(type.results, visit);
}

/** Calls `visit` for each direct child in source order (the order in which operands are evaluated, but for `=`). */
export function forEachChild(node: Node, visit: Visit): void {
  switch (node.kind) {
    case 'Ident':
    case 'BasicLit':
    case 'BadExpr':
    case 'BadStmt':
    case 'EmptyStmt':
      return;
    case 'CompositeLit':
      one(node.type, visit);
      return all(node.elts, visit);
    case 'FuncLit':
      visit(node.type);
      return visit(node.body);
    case 'ParenExpr':
    case 'StarExpr':
    case 'UnaryExpr':
    case 'ExprStmt':
    case 'IncDecStmt':
      return visit(node.x);
    case 'SelectorExpr':
      visit(node.x);
      return visit(node.sel);
    case 'IndexExpr':
      visit(node.x);
      return all(node.indices, visit);
    case 'SliceExpr':
      visit(node.x);
      return all([node.low, node.high, node.max], visit);
    case 'TypeAssertExpr':
      visit(node.x);
      return one(node.type, visit);
    case 'CallExpr':
      visit(node.fun);
      return all(node.args, visit);
    case 'BinaryExpr':
      visit(node.x);
      return visit(node.y);
    case 'KeyValueExpr':
      visit(node.key);
      return visit(node.value);
    case 'ArrayType':
      if (node.len && node.len !== '...') visit(node.len);
      return visit(node.elem);
    case 'StructType':
      return all(node.fields, visit);
    case 'FuncType':
      return funcType(node, visit);
    case 'InterfaceType':
      for (const m of node.methods) {
        visit(m.name);
        visit(m.type);
      }
      return all(node.embeds, visit);
    case 'MapType':
      visit(node.key);
      return visit(node.value);
    case 'ChanType':
      return visit(node.value);
    case 'Field':
      all(node.names, visit);
      return visit(node.type);
    case 'BlockStmt':
      return all(node.stmts, visit);
    case 'SendStmt':
      visit(node.chan);
      return visit(node.value);
    case 'AssignStmt':
      all(node.lhs, visit);
      return all(node.rhs, visit);
    case 'GoStmt':
    case 'DeferStmt':
      return visit(node.call);
    case 'ReturnStmt':
      return all(node.results, visit);
    case 'BranchStmt':
      return one(node.label, visit);
    case 'IfStmt':
      one(node.init, visit);
      visit(node.cond);
      visit(node.body);
      return one(node.else, visit);
    case 'CaseClause':
      all(node.exprs, visit);
      return all(node.body, visit);
    case 'SwitchStmt':
      one(node.init, visit);
      one(node.tag, visit);
      return all(node.cases, visit);
    case 'TypeSwitchStmt':
      one(node.init, visit);
      one(node.bind, visit);
      visit(node.x);
      return all(node.cases, visit);
    case 'CommClause':
      one(node.comm, visit);
      return all(node.body, visit);
    case 'SelectStmt':
      return all(node.clauses, visit);
    case 'ForStmt':
      one(node.init, visit);
      one(node.cond, visit);
      one(node.post, visit);
      return visit(node.body);
    case 'RangeStmt':
      one(node.key, visit);
      one(node.value, visit);
      visit(node.x);
      return visit(node.body);
    case 'LabeledStmt':
      visit(node.label);
      return visit(node.stmt);
    case 'DeclStmt':
      return visit(node.decl);
    case 'GenDecl':
      return all(node.specs, visit);
    case 'ValueSpec':
      all(node.names, visit);
      one(node.type, visit);
      return all(node.values, visit);
    case 'TypeSpec':
      visit(node.name);
      all(node.typeParams, visit);
      return visit(node.type);
    case 'FuncDecl':
      one(node.recv, visit);
      visit(node.name);
      funcType(node.type, visit);
      return one(node.body, visit);
  }
}

/** Pre-order walk. `enter` returns false to skip a node's children. */
export function walk(node: Node, enter: (node: Node) => boolean | void): void {
  const visit = (n: Node): void => {
    spend();
    if (enter(n) !== false) forEachChild(n, visit);
  };
  visit(node);
}

/** Pre-order walk that does not enter function literals below `node` (it visits the literal itself, not its inside). */
export function walkShallow(node: Node, enter: (node: Node) => boolean | void): void {
  walk(node, (n) => {
    if (enter(n) === false) return false;
    return n === node || n.kind !== 'FuncLit';
  });
}

/** First node in pre-order for which `test` holds. */
export function find<T extends Node>(node: Node, test: (node: Node) => node is T): T | undefined;
export function find(node: Node, test: (node: Node) => boolean): Node | undefined;
export function find(node: Node, test: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined;
  walk(node, (n) => {
    if (found) return false;
    if (test(n)) found = n;
    return !found;
  });
  return found;
}

/** The expression without enclosing parentheses. */
export function unparen(expr: Expr): Expr {
  while (expr.kind === 'ParenExpr') expr = expr.x;
  return expr;
}

/** The call of a `go` or `defer` statement, when the code is complete enough to have one. */
export function asCall(expr: Expr): CallExpr | undefined {
  const x = unparen(expr);
  return x.kind === 'CallExpr' ? x : undefined;
}

/** What takes the first result of a call: the first target of the assignment or declaration around it. */
export function firstTarget(stmt: Node | undefined): Expr | undefined {
  return stmt?.kind === 'AssignStmt' ? stmt.lhs[0] : stmt?.kind === 'ValueSpec' ? stmt.names[0] : undefined;
}

/** True for an assignment to a variable, among others perhaps. */
export function assigns(node: Node, object: LocalObject): boolean {
  return node.kind === 'AssignStmt' && node.lhs.some((l) => l.kind === 'Ident' && l.obj === object);
}

/** The last part of the name by which a function is called; empty for a literal or the result of a call. */
export function calledName({ fun }: CallExpr): string {
  let x = unparen(fun);
  // f[T](…)
  if (x.kind === 'IndexExpr') x = unparen(x.x);
  return x.kind === 'SelectorExpr' ? x.sel.name : x.kind === 'Ident' ? x.name : '';
}

/** The function literal a `go`, `defer` or call statement runs directly: `func() {…}()`. */
export function calledLiteral(call: CallExpr): FuncLit | undefined {
  const fun = unparen(call.fun);
  return fun.kind === 'FuncLit' ? fun : undefined;
}

/** `x` of `x`, `(x)`, `*x`, `&x`; otherwise undefined. */
export function rootIdent(expr: Expr): Ident | undefined {
  let x = expr;
  for (;;) {
    if (x.kind === 'Ident') return x;
    if (x.kind === 'ParenExpr' || x.kind === 'StarExpr') x = x.x;
    else if (x.kind === 'UnaryExpr' && x.op === '&') x = x.x;
    else return undefined;
  }
}

/** Leftmost identifier of a selector, index, slice or dereference chain: `a` of `a.b[i].c`. */
export function baseIdent(expr: Expr): Ident | undefined {
  let x = expr;
  for (;;) {
    switch (x.kind) {
      case 'Ident':
        return x;
      case 'ParenExpr':
      case 'StarExpr':
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'SliceExpr':
      case 'TypeAssertExpr':
        x = x.x;
        break;
      case 'UnaryExpr':
        if (x.op !== '&') return undefined;
        x = x.x;
        break;
      default:
        return undefined;
    }
  }
}

/** Dotted text of an identifier or selector chain (`s.mu`, `a.b.c`), undefined for anything else. */
export function pathText(expr: Expr): string | undefined {
  const x = unparen(expr);
  if (x.kind === 'Ident') return x.name;
  if (x.kind === 'StarExpr') return pathText(x.x);
  if (x.kind === 'UnaryExpr' && x.op === '&') return pathText(x.x);
  if (x.kind === 'SelectorExpr') {
    const base = pathText(x.x);
    return base === undefined ? undefined : `${base}.${x.sel.name}`;
  }
  return undefined;
}

/** True for the literal `nil`, not shadowed. */
export function isNil(expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.name === 'nil' && !x.obj;
}

/** True for the literal `0`. */
export function isZero(expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'BasicLit' && x.value === '0';
}

/** Parameters flattened to one entry per value: unnamed and grouped ones included. */
export function flattenFields(
  fields: readonly Field[],
): { name?: Ident; type: Expr; variadic: boolean; field: Field }[] {
  const flat: { name?: Ident; type: Expr; variadic: boolean; field: Field }[] = [];
  for (const field of fields) {
    if (field.names.length === 0) flat.push({ type: field.type, variadic: field.variadic, field });
    for (const name of field.names) flat.push({ name, type: field.type, variadic: field.variadic, field });
  }
  return flat;
}

/** The names that fields declare. */
export function fieldNames(fields: readonly Field[]): string[] {
  return fields.flatMap((f) => f.names.map((n) => n.name));
}

/** True when `outer` covers `inner` by position. */
export function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  spend();
  return outer.start <= inner.start && inner.end <= outer.end;
}
