/** Receives from channels of fields that nothing in the package sends on or closes. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { isNamedIn } from '../../concurrency/spawns/settled-ways.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { contains, unparen } from '../../golang/walk.ts';
import type { UnaryExpr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { isExplored } from '../model-report.ts';

/**
 * Reports receives outside of a `select` from an unexported field that is given channels, and that nothing in the package sends on or
 * closes: no function of the package needs to be explored to see that.
 */
export function reportUnansweredReceives(context: RuleContext): void {
  const { analysis, unit } = context;
  for (const receive of nodesOfKind(unit.decl, 'UnaryExpr')) {
    if (receive.op !== '<-' || isArm(context, receive)) continue;
    const channel = channelOf(analysis, unit, receive.x);
    if (channel?.kind !== 'field' || isNamedIn(channel, 'received')) continue;
    const { complete, sends, closes, makes } = channelFacts(analysis, channel);
    const [made] = makes;
    if (!complete || !made || sends.length > 0 || closes.length > 0 || isExplored(context, unit, [receive])) continue;
    context.report({
      node: receive,
      message: 'unanswered',
      args: { name: unit.text(unparen(receive.x)) },
      steps: [{ unit: made.unit, node: made.call, message: 'step-made' }],
    });
  }
}

function isArm({ analysis, unit }: RuleContext, receive: UnaryExpr): boolean {
  const clause = ancestor(analysis.parents(unit), receive, (n) => n.kind === 'CommClause' || isFunc(n));
  return clause?.kind === 'CommClause' && clause.comm !== undefined && contains(clause.comm, receive);
}
