/** Lets a function that waits give up when the context it was given is done. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { selectWithDone } from '../../fixes/select-with-done.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { funcAt, stmtAt } from '../leak-sites.ts';
import { operand } from '../leaked-channel.ts';
import { isRepairedBy } from '../model-report.ts';

/**
 * A `select` with the operation and the end of a context that is a parameter of the function, for a channel in a field: what happens to that is
 * not up to one call. Title: `fix-give-up` ({ctx}).
 */
export function giveUp(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { unit } = leak.site;
  const func = funcAt(leak.site);
  const stmt = stmtAt(leak.site);
  const channel = operand(leak);
  const held = channel?.kind === 'SelectorExpr' ? channelOf(context.analysis, unit, channel) : undefined;
  // One that is only closed tells of an end that somebody forgets to tell.
  if (!held || channelFacts(context.analysis, held).sends.length === 0) return undefined;
  if (!func || !stmt) return undefined;
  const found = contextInScope(
    context.analysis,
    unit,
    stmt,
    (o) => o.role === 'param' && o.func === func && o.writes.length === 0,
  );
  const edits = found && selectWithDone(unit, stmt, `${found.expr}.Done()`);
  // Whoever gave the context ends the wait, whatever else the model would have to try.
  if (!isRepairedBy(context, leak, edits, true)) return undefined;
  return { id: 'watch-context', title: 'fix-give-up', args: { ctx: found?.expr ?? '' }, preferred: true, edits };
}
