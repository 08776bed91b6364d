/** Where the goroutine is started that runs some code. */
import type { Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { type Launch, launches } from './launches.ts';
import { runningFunc } from './running-func.ts';
import type { DeclUnit } from './unit.ts';
import { asCall } from './walk.ts';

/** Callers of callers that are looked at. */
const MAX_DEPTH = 2;

/**
 * The launches of the goroutines that the code at `node` runs on: of the statement itself, of the literal it is in, or of the
 * function it is in or one that calls that. Empty when it also runs elsewhere, or when nothing is known of who runs it.
 */
export function launchesOf(analysis: Analysis, unit: DeclUnit, node: Node, depth = 0): Launch[] {
  const parents = analysis.parents(unit);
  const own = launches(analysis, unit);
  const direct = own.find((l) => l.stmt.kind === 'GoStmt' && asCall(l.stmt.call) === node);
  if (direct) return [direct];
  const func = runningFunc(parents, node);
  if (!func || depth > MAX_DEPTH) return [];
  if (func.kind === 'FuncLit') return own.filter((l) => l.body?.func === func);
  const found: Launch[] = [];
  for (const { unit: at, call } of mentionsOf(analysis, unit, func)) {
    if (at.file.isTest) continue;
    const from = call ? launchesOf(analysis, at, call, depth + 1) : [];
    if (from.length === 0) return [];
    found.push(...from);
  }
  return found;
}

/**
 * True when the code at `node` may run on a goroutine of which a `go` statement, or a call that starts one, is seen in its package:
 * one with which it begins, or one that comes to it by calls.
 */
export function isSeenToStart(analysis: Analysis, unit: DeclUnit, node: Node, depth = 0): boolean {
  const own = launches(analysis, unit);
  if (own.some((l) => l.stmt.kind === 'GoStmt' && asCall(l.stmt.call) === node)) return true;
  const func = runningFunc(analysis.parents(unit), node);
  if (!func || depth > MAX_DEPTH) return false;
  if (func.kind === 'FuncLit') return own.some((l) => l.body?.func === func);
  return mentionsOf(analysis, unit, func).some(({ unit: at, call }) =>
    call ? isSeenToStart(analysis, at, call, depth + 1) : launches(analysis, at).some((l) => l.body?.func === func),
  );
}
