/** Function literals that are part of the function around them. */
import type { FuncNode, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { enclosingFunc, type ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';

/** True for a function literal that runs where it is written: `func() {…}()` and `defer func() {…}()`. */
export function runsInPlace(parents: ParentMap, func: FuncNode): boolean {
  let n: Node = func;
  for (let p = parents.get(n); p?.kind === 'ParenExpr'; p = parents.get(n)) n = p;
  const call = parents.get(n);
  return call?.kind === 'CallExpr' && call.fun === n && parents.get(call)?.kind !== 'GoStmt';
}

/** The same with literals that `sync.Once` runs: if not now, they have run before. */
export function runsByNow(analysis: Analysis, unit: DeclUnit, func: FuncNode): boolean {
  const parents = analysis.parents(unit);
  if (runsInPlace(parents, func)) return true;
  const call = parents.get(func);
  if (call?.kind !== 'CallExpr' || call.args[0] !== func || parents.get(call)?.kind === 'GoStmt') return false;
  return analysis.callee(unit, call).name === 'sync.Once.Do';
}

/** The function that runs the code at `node`: literals that run where they are written belong to the one around them. */
export function runningFunc(parents: ParentMap, node: Node): FuncNode | undefined {
  let func = enclosingFunc(parents, node);
  while (func && func.kind === 'FuncLit' && runsInPlace(parents, func)) func = enclosingFunc(parents, func);
  return func;
}
