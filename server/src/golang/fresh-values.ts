/** Values that a function has made for itself, at once or by functions of the workspace, and that nobody else holds. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { deref, isNamed, type NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { type ReleaseSpec, useEffect } from './uses.ts';
import { unparen, walkShallow } from './walk.ts';

/** Functions that call one another to make a value. */
const MAX_MAKERS = 3;

/** What a variable is declared with, or the call of which it takes the first result; `zero` for none. */
export function declaredWith({ declNode: d, decl }: LocalObject): Expr | 'zero' | undefined {
  if (d.kind === 'AssignStmt') {
    if (d.lhs.length === d.rhs.length) return d.rhs[d.lhs.indexOf(decl)];
    return d.lhs[0] === decl ? d.rhs[0] : undefined;
  }
  if (d.kind !== 'ValueSpec') return undefined;
  if (d.values.length === 0) return 'zero';
  return d.names.length === d.values.length || d.names[0] === decl ? d.values[d.names.indexOf(decl)] : undefined;
}

/** True for a variable that holds nothing but a value which is made for it, and which nobody else has got when control comes to a node. */
export function isOwnUntil(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  node: Node,
  spec: ReleaseSpec,
): boolean {
  if (object.role !== 'local' || object.writes.length > 0 || object.addressTaken) return false;
  const made = declaredWith(object);
  const type = made === undefined ? undefined : deref(analysis.objectType(unit, object));
  if (made === undefined || type?.kind !== 'named' || !isFresh(analysis, unit, made, type, spec)) return false;
  return object.uses.every(
    (use) => use.start >= node.start || useEffect(analysis, unit, use, object, spec) !== 'handoff',
  );
}

/**
 * True for a value that is made here and that nobody else holds: `T{…}`, `&T{…}`, `new(T)`, or the result of a function of the
 * workspace that returns such a value.
 * @param spec what would release it: a function that does so to the value it makes gives back another one
 */
export function isFresh(
  analysis: Analysis,
  unit: DeclUnit,
  expr: Expr | 'zero',
  type: NamedType,
  spec: ReleaseSpec,
  depth = 0,
): boolean {
  if (expr === 'zero') return true;
  let x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
  if (x.kind === 'CompositeLit') return isNamed(deref(analysis.typeOf(unit, x)), type.pkg, type.name);
  if (x.kind !== 'CallExpr' || depth >= MAX_MAKERS) return false;
  const callee = analysis.callee(unit, x);
  if (callee.kind === 'builtin') return callee.name === 'new';
  if (!callee.visible) return false;
  const receiver = callee.recv && givesReceiver(analysis, callee.visible, spec) ? callee.recv : undefined;
  return receiver
    ? isFresh(analysis, unit, receiver, type, spec, depth + 1)
    : returnsFresh(analysis, callee.visible, type, spec, depth + 1);
}

/** True for a method that returns the value it is called on and has nobody else keep it: `newWorker().named("a")`. */
function givesReceiver(analysis: Analysis, { unit, decl }: VisibleFunc, spec: ReleaseSpec): boolean {
  const self = decl.recv?.names[0]?.obj;
  if (!self || self.writes.length > 0 || !decl.body || unit.hasError) return false;
  let returns = 0;
  let others = 0;
  walkShallow(decl.body, (n) => {
    if (n.kind !== 'ReturnStmt') return;
    const x = n.results[0] && unparen(n.results[0]);
    if (x?.kind === 'Ident' && x.obj === self && n.results.length === 1) returns++;
    else others++;
  });
  return returns > 0 && others === 0 && isOnlyReturned(analysis, unit, self, spec);
}

function returnsFresh(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
  type: NamedType,
  spec: ReleaseSpec,
  depth: number,
): boolean {
  if (!decl.body || unit.hasError) return false;
  const results: Expr[] = [];
  walkShallow(decl.body, (n) => void (n.kind === 'ReturnStmt' && n.results[0] && results.push(n.results[0])));
  return (
    results.length > 0 &&
    results.every((r) => {
      const x = unparen(r);
      if (x.kind !== 'Ident') return isFresh(analysis, unit, x, type, spec, depth);
      if (x.name === 'nil' && !x.obj) return true;
      const { obj } = x;
      const value = obj?.role === 'local' && obj.writes.length === 0 ? declaredWith(obj) : undefined;
      if (!obj || value === undefined || !isFresh(analysis, unit, value, type, spec, depth)) return false;
      return isOnlyReturned(analysis, unit, obj, spec);
    })
  );
}

/** True for a variable whose value the function gives to its caller and to nobody else. */
function isOnlyReturned(analysis: Analysis, unit: DeclUnit, object: LocalObject, spec: ReleaseSpec): boolean {
  const parents = analysis.parents(unit);
  return object.uses.every(
    (use) => parents.get(use)?.kind === 'ReturnStmt' || useEffect(analysis, unit, use, object, spec) === 'neutral',
  );
}
