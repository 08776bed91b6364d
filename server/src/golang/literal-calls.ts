/** Where a function runs the literals in it that it keeps for itself. */
import type { CallExpr, FuncLit, FuncNode } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { runningFunc } from './running-func.ts';
import type { DeclUnit } from './unit.ts';
import { callsOfValue } from './value-calls.ts';

/** Literals in literals that are followed. */
const MAX_DEPTH = 3;

/**
 * The calls in `func` by which it runs a literal: those of the variable that holds it, or of what is known to call its argument
 * before it returns, such as `filepath.WalkDir`. Calls by another literal are those of that one.
 * @returns undefined when it may run otherwise, on a goroutine of its own or when the function has returned
 */
export function callsOfLiteral(
  analysis: Analysis,
  unit: DeclUnit,
  literal: FuncLit,
  func: FuncNode,
  depth = 0,
): CallExpr[] | undefined {
  const parents = analysis.parents(unit);
  const found: CallExpr[] = [];
  for (const call of directCalls(analysis, unit, literal) ?? [undefined]) {
    const up = call && parents.get(call)?.kind;
    if (!call || up === 'GoStmt' || up === 'DeferStmt') return undefined;
    const running = runningFunc(parents, call);
    if (running === func) found.push(call);
    else {
      if (running?.kind !== 'FuncLit' || depth === MAX_DEPTH) return undefined;
      const outer = callsOfLiteral(analysis, unit, running, func, depth + 1);
      if (!outer) return undefined;
      found.push(...outer);
    }
  }
  return found;
}

function directCalls(analysis: Analysis, unit: DeclUnit, literal: FuncLit): CallExpr[] | undefined {
  const call = analysis.parents(unit).get(literal);
  if (call?.kind === 'CallExpr' && call.fun !== literal) {
    const param = call.args.indexOf(literal);
    const { fact } = analysis.callee(unit, call);
    if (fact?.calls?.some((c) => c.param === param && c.when === 'sync')) return [call];
  }
  const calls = callsOfValue(analysis, unit, literal);
  return calls?.every((c) => c.unit === unit) ? calls.map((c) => c.call) : undefined;
}
