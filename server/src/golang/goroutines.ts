/** `go` statements, what they run, and whether that can end. */
import type { CallExpr, Expr, FuncNode, GoStmt, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, flattenFields, unparen } from './walk.ts';

/** A `go` statement. */
export interface Spawn {
  unit: DeclUnit;
  stmt: GoStmt;
  call: CallExpr;
  /** The function that contains the statement. */
  func: FuncNode;
  /** What it runs, when that is visible; possibly in another unit. */
  body?: { unit: DeclUnit; func: FuncNode };
}

/** Every `go` statement of a unit. */
export function spawns(analysis: Analysis, unit: DeclUnit): readonly Spawn[] {
  let found = known.get(unit);
  if (!found) known.set(unit, (found = find(analysis, unit)));
  return found;
}

/** Units live as long as one analysis. */
const known = new WeakMap<DeclUnit, readonly Spawn[]>();

function find(analysis: Analysis, unit: DeclUnit): Spawn[] {
  const parents = analysis.parents(unit);
  const found: Spawn[] = [];
  for (const stmt of nodesOfKind(unit.decl, 'GoStmt')) {
    const call = asCall(stmt.call);
    const func = enclosingFunc(parents, stmt);
    if (call && func) found.push({ unit, stmt, call, func, body: analysis.body(unit, call) });
  }
  return found;
}

export { type EndlessLoop, endlessLoops, loopNodes } from './endless-loops.ts';

/**
 * The variable inside a spawned body that stands for `expr` of the spawning function: the same variable when a literal
 * captures it, the parameter when it is passed as argument; undefined when it does not reach the body or is not a variable.
 */
export function boundInside(spawn: Spawn, object: LocalObject): LocalObject[] {
  const body = spawn.body;
  if (!body) return [];
  const inside: LocalObject[] = [];
  if (body.unit === spawn.unit && body.func.kind === 'FuncLit') {
    const lit = body.func;
    if (object.uses.some((u) => lit.body.start <= u.start && u.end <= lit.body.end)) inside.push(object);
  }
  const params = flattenFields(body.func.type.params);
  for (const [i, arg] of spawn.call.args.entries()) {
    const p = params[i];
    if (p?.name?.obj && !p.variadic && isVariable(arg, object)) inside.push(p.name.obj);
  }
  return inside;
}

function isVariable(expr: Expr, object: LocalObject): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj === object;
}

/** True for code that may live as long as the process: `main` and `init` functions of any package, `TestMain`. */
export function isProcessScope(unit: DeclUnit): boolean {
  if (unit.decl.kind !== 'FuncDecl' || unit.decl.recv) return false;
  const name = unit.decl.name.name;
  return name === 'init' || (name === 'main' && unit.pkg.name === 'main') || name === 'TestMain';
}
