/** Loops that go on with the zero values of a channel which the package closes. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { untilClosed } from '../../fixes/until-closed.ts';
import type { EndlessGoroutine } from '../../golang/endless-goroutines.ts';
import { contains } from '../../golang/walk.ts';
import type { Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import type { EndlessWords } from '../endless-report.ts';
import { bringsLeak } from '../model-report.ts';

/** What to say where the one channel that the loop receives from, by a plain receive, is closed by somebody; undefined elsewhere. */
export function closedWords(context: RuleContext, endless: EndlessGoroutine): EndlessWords | undefined {
  const { analysis } = context;
  const { unit, loop, waits } = endless;
  const { stmt } = loop;
  const [wait, ...others] = waits.filter((w) => w.kind !== 'call' && w.kind !== 'send');
  if (stmt.kind !== 'ForStmt' || wait?.kind !== 'receive' || wait.node.kind !== 'UnaryExpr' || others.length > 0)
    return undefined;
  const receive = stmt.body.stmts.find((s) => contains(s, wait.node));
  const channel = channelOf(analysis, unit, wait.chan);
  const facts = channel && channelFacts(analysis, channel);
  if (!receive || !facts?.complete || facts.closes.length === 0 || readsOk(receive)) return undefined;
  const chan = unit.text(wait.chan);
  const edits = untilClosed(unit, stmt, receive, facts.makes.length === 1);
  const fix: FixSpec = { id: 'until-closed', title: 'fix-until-closed', args: { chan }, preferred: true, edits };
  return {
    message: 'closed',
    args: { chan },
    fixes: edits && !bringsLeak(context, edits) ? [fix] : undefined,
  };
}

/** `v, ok := <-ch` hears of the end, whatever it makes of it. */
function readsOk(receive: Stmt): boolean {
  return receive.kind === 'AssignStmt' && receive.lhs.length === 2;
}
