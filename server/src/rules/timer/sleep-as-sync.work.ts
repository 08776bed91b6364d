/** Whether a goroutine does one piece of work. */
import { NO_BINDINGS } from '../../concurrency/spawns/bindings.ts';
import { gatesOf } from '../../concurrency/spawns/gates.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { spend } from '../../golang/effort.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { walkShallow } from '../../golang/walk.ts';
import type { FuncNode } from '../../syntax/ast.ts';

/** Calls followed one after the other. */
const MAX_DEPTH = 3;

/** True for a function that works until it is done: it waits for nobody, neither polls nor repeats, and does not sleep. */
export function isOneShot(analysis: Analysis, unit: DeclUnit, func: FuncNode): boolean {
  const { gates, returns } = gatesOf(analysis, unit, func, NO_BINDINGS);
  return returns && gates.length === 0 && !bidesTime(analysis, unit, func, 0);
}

/** True for a function with a loop that neither counts nor ranges, or that sleeps. */
function bidesTime(analysis: Analysis, unit: DeclUnit, func: FuncNode, depth: number): boolean {
  if (!func.body || unit.hasError) return true;
  let bides = false;
  walkShallow(func.body, (n) => {
    spend();
    if (bides || n.kind === 'GoStmt') return false;
    if (n.kind === 'ForStmt') bides = n.cond === undefined || n.post === undefined;
    if (n.kind === 'SelectStmt') bides = true;
    if (n.kind !== 'CallExpr') return !bides;
    if (/^time\.(?:Sleep|After|Tick|New\w+)$/.test(analysis.callee(unit, n).name)) bides = true;
    const body = depth < MAX_DEPTH ? analysis.body(unit, n) : undefined;
    if (body && body.func !== func) bides ||= bidesTime(analysis, body.unit, body.func, depth + 1);
    return !bides;
  });
  return bides;
}
