/** Which rule speaks of a leak, where the syntax says more than the state in which it was found. */
import type { Leak, LeakRule } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { ancestor, isFunc } from '../golang/parents.ts';
import { contains } from '../golang/walk.ts';
import { channelVariable, startOf } from './leaked-channel.ts';

/** Goroutines that a loop starts are too many for one channel only where they share it. */
export function ruleOf(analysis: Analysis, leak: Leak): LeakRule {
  if (leak.rule !== 'surplus-senders') return leak.rule;
  const start = startOf(analysis, leak);
  const variable = start && channelVariable(analysis, leak);
  if (!variable || variable.unit !== start.unit) return leak.rule;
  const loop = ancestor(
    analysis.parents(start.unit),
    start.stmt,
    (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n),
  );
  return loop && !isFunc(loop) && contains(loop, variable.object.decl) ? 'abandoned-send' : leak.rule;
}
