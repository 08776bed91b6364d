/** HTTP clients whose transport makes up its answers: their responses hold no connection. */
import type { CallExpr, Expr, FuncNode, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { deref } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, find, isNil, unparen, walkShallow } from './walk.ts';

interface Body {
  unit: DeclUnit;
  func: FuncNode;
}

/**
 * True for `client.Do(…)`, `client.Get(…)` on a local `http.Client{Transport: T}` (or `&http.Client{…}`) when T is a
 * function literal converted to a type, or a value of a type of this package, that only ever returns responses written as
 * literals.
 */
export function answersItself(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const { recv, name } = analysis.callee(unit, call);
  const client = recv && name.startsWith('net/http.Client.') ? valueOf(recv) : undefined;
  const literal = client?.kind === 'UnaryExpr' && client.op === '&' ? unparen(client.x) : client;
  if (literal?.kind !== 'CompositeLit') return false;
  for (const e of literal.elts)
    if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === 'Transport') {
      const body = roundTrip(analysis, unit, valueOf(e.value) ?? unparen(e.value));
      return body !== undefined && !asksOthers(analysis, body) && returnsLiterals(body);
    }
  return false;
}

/** What a local variable that is never assigned again was declared with; other expressions are themselves. */
function valueOf(expr: Expr): Expr | undefined {
  const x = unparen(expr);
  if (x.kind !== 'Ident' || !x.obj) return x;
  const d = x.obj.declNode;
  if (x.obj.writes.some((w) => w !== x.obj?.decl) || (d.kind !== 'AssignStmt' && d.kind !== 'ValueSpec'))
    return undefined;
  const targets: readonly Expr[] = d.kind === 'AssignStmt' ? d.lhs : d.names;
  const values = d.kind === 'AssignStmt' ? d.rhs : d.values;
  const value = targets.length === values.length ? values[targets.indexOf(x.obj.decl)] : undefined;
  return value && unparen(value);
}

/** The function that answers: the literal in `roundTripper(func(…) …)`, or the `RoundTrip` method of the value's type. */
function roundTrip(analysis: Analysis, unit: DeclUnit, transport: Expr): Body | undefined {
  if (transport.kind === 'CallExpr' && analysis.callee(unit, transport).kind === 'conversion') {
    const arg = transport.args[0] && valueOf(transport.args[0]);
    return arg?.kind === 'FuncLit' ? { unit, func: arg } : undefined;
  }
  const found = analysis.types.members.find(deref(analysis.typeOf(unit, transport)), 'RoundTrip');
  if (found?.kind !== 'method' || !found.pkg || found.pkg.isStub || !found.member) return undefined;
  const decl = analysis.types.declarationOf(found.pkg, found.member);
  return decl && { unit: decl.unit, func: decl.decl };
}

/** True when the function gets a response from elsewhere, whose body it may hand on. */
function asksOthers(analysis: Analysis, { unit, func }: Body): boolean {
  return (
    find(func, (n) => n.kind === 'CallExpr' && analysis.callee(unit, n).fact?.acquires?.kind === 'response-body') !==
    undefined
  );
}

/** True when every return gives nil or `&http.Response{…}`, which may have been kept in a variable first. */
function returnsLiterals({ func }: Body): boolean {
  const results: (Expr | undefined)[] = [];
  walkShallow(func.body ?? func, (n: Node) => void (n.kind === 'ReturnStmt' && results.push(n.results[0])));
  return results.length > 0 && results.every((r) => r !== undefined && isLiteral(r, func));
}

function isLiteral(expr: Expr, func: FuncNode): boolean {
  if (isNil(expr)) return true;
  const x = unparen(expr);
  const value = valueOf(x);
  if (value === undefined || (x.kind === 'Ident' && x.obj && !contains(func, x.obj.decl))) return false;
  return value.kind === 'UnaryExpr' && value.op === '&' && unparen(value.x).kind === 'CompositeLit';
}
