/** What a function assigns to that belongs to others: variables around a literal, and what lies behind parameters and receivers. */
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { spend } from './effort.ts';
import type { DeclUnit } from './unit.ts';
import { contains, flattenFields, unparen, walkShallow } from './walk.ts';

export interface SharedWrite {
  /** The variable it starts at is one of those that the function has from outside. For an element, the path of what holds it. */
  path: AccessPath & { root: LocalObject };
  /** Where it is assigned to, possibly in a function that is called. */
  unit: DeclUnit;
  node: Node;
}

/** Calls followed one after the other. */
const MAX_DEPTH = 3;

/** Every such assignment of a function and of the visible functions that it calls, its own first. */
export function sharedWrites(analysis: Analysis, unit: DeclUnit, func: FuncNode, depth = 0): SharedWrite[] {
  if (unit.hasError || !func.body) return [];
  const own: SharedWrite[] = [];
  const calls: CallExpr[] = [];
  const add = (target: Expr): void => {
    let x = unparen(target);
    const isElement = x.kind === 'IndexExpr';
    while (x.kind === 'IndexExpr') x = unparen(x.x);
    const path = accessPath(x);
    if (!path || typeof path.root === 'string') return;
    const { root, fields } = path;
    if (isShared(analysis, unit, func, root, isElement || fields.length > 0 || x.kind === 'StarExpr'))
      own.push({ path: { root, fields }, unit, node: x });
  };
  walkShallow(func.body, (n) => {
    spend();
    if (n.kind === 'AssignStmt' && n.op !== ':=') n.lhs.forEach(add);
    else if (n.kind === 'IncDecStmt') add(n.x);
    // What another goroutine does is its own affair.
    if (n.kind === 'GoStmt') return false;
    if (n.kind === 'CallExpr') calls.push(n);
    return true;
  });
  if (depth === MAX_DEPTH) return own;
  const called = calls.flatMap((call) => {
    const body = analysis.body(unit, call);
    if (!body || body.func === func) return [];
    return writesOfCall(analysis, unit, call, sharedWrites(analysis, body.unit, body.func, depth + 1), body.func);
  });
  const isOuter = ({ path: { root, fields } }: SharedWrite): boolean =>
    isShared(analysis, unit, func, root, fields.length > 0);
  return [...own, ...called.filter(isOuter)];
}

/** What a function that is called, or started, writes, as paths of those who call it. */
export function writesOfCall(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  writes: readonly SharedWrite[],
  func: FuncNode,
): SharedWrite[] {
  if (writes.length === 0) return [];
  const params = flattenFields(func.type.params);
  const { recv } = analysis.callee(unit, call);
  return writes.flatMap((w) => {
    const { root, fields } = w.path;
    // A literal shares the variables around it.
    if (func.kind === 'FuncLit' && !contains(func, root.decl)) return [w];
    const index = params.findIndex((p) => p.name?.obj === root && !p.variadic);
    const given = root.role === 'recv' ? recv : call.args[index];
    const path = given && accessPath(given);
    if (!path || typeof path.root === 'string') return [];
    return [{ ...w, path: { root: path.root, fields: [...path.fields, ...fields] } }];
  });
}

/** True for a variable around a literal, and for what a parameter or receiver leads to. */
function isShared(analysis: Analysis, unit: DeclUnit, func: FuncNode, root: LocalObject, isBehind: boolean): boolean {
  if (func.kind === 'FuncLit' && !contains(func, root.decl)) return true;
  if ((root.role !== 'param' && root.role !== 'recv') || root.func !== func || root.writes.length > 0) return false;
  const { kind } = analysis.types.underlying(analysis.objectType(unit, root));
  return isBehind && (kind === 'pointer' || kind === 'map' || kind === 'slice');
}
