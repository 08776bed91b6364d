/** Everything that starts a goroutine with a visible body: `go` statements and calls such as `g.Go(f)`. */
import type { CallExpr, ExprStmt, FuncNode, GoStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { functionValue } from './function-values.ts';
import { spawns } from './goroutines.ts';
import { nodesOfKind } from './node-index.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** A `go` statement, or a statement that hands a function to something that runs it on a goroutine of its own. */
export interface Launch {
  unit: DeclUnit;
  stmt: GoStmt | ExprStmt;
  call: CallExpr;
  /** What runs, when that is visible; possibly in another unit. */
  body?: { unit: DeclUnit; func: FuncNode };
}

/** Every launch of a unit in source order of its kind: `go` statements, then calls of groups, timers and handlers. */
export function launches(analysis: Analysis, unit: DeclUnit): Launch[] {
  const found: Launch[] = [...spawns(analysis, unit)];
  for (const n of nodesOfKind(unit.decl, 'ExprStmt')) {
    const call = unparen(n.x);
    if (call.kind !== 'CallExpr') continue;
    const { fact } = analysis.callee(unit, call);
    for (const { param, when } of fact?.calls ?? []) {
      const arg = when === 'async' && fact?.startsGoroutine ? call.args[param] : undefined;
      const body = arg && functionValue(analysis, unit, arg);
      if (body) found.push({ unit, stmt: n, call, body });
    }
  }
  return found;
}
