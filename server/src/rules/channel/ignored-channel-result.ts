/** The channel that a function returns is dropped, and the goroutine that sends on it blocks. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { GO_STATEMENT, spawns } from '../../golang/goroutines.ts';
import { channelUses, localChannel, type LocatedUse } from '../../golang/local-channels.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncDecl, GoStmt, Node, SendStmt } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import { text } from './ignored-channel-result.text.ts';

export const ignoredChannelResult = defineRule({
  meta: {
    id: 'ignored-channel-result',
    group: 'channel',
    level: 'information',
    // The function that makes the channel: calls do not show what they return.
    triggers: ['\\bmake\\(chan\\b'],
    // One of its results is a channel: the last line of its header, or one of the lines before.
    checkTriggers: [['\\bchan\\b.*[{,][ \\t]*(?:$|/[/*])', GO_STATEMENT]],
    fixes: [],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl') return;
    flattenFields(decl.type.results).forEach(({ type }, result) => {
      const sender = type.kind === 'ChanType' ? senderOn(analysis, unit, decl, result) : undefined;
      if (!sender) return;
      for (const { unit: at, call } of mentionsOf(analysis, unit, decl))
        if (call && at.file === unit.file && isDropped(analysis, at, call, result))
          context.report({
            unit: at,
            node: call,
            message: 'ignored',
            args: { func: decl.name.name, line: context.line({ unit: sender.unit, node: sender.send }) },
            steps: [
              { node: sender.start, message: 'step-go' },
              { unit: sender.unit, node: sender.send, message: 'step-send' },
            ],
          });
    });
  },
});

/** True when nobody gets a result of a call. */
function isDropped(analysis: Analysis, unit: DeclUnit, call: CallExpr, result: number): boolean {
  const parents = analysis.parents(unit);
  let node: Node = call;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  if (parent?.kind === 'ExprStmt' || parent?.kind === 'DeferStmt' || parent?.kind === 'GoStmt') return true;
  if (parent?.kind !== 'AssignStmt' && parent?.kind !== 'ValueSpec') return false;
  const [targets, values]: (readonly Node[])[] =
    parent.kind === 'AssignStmt' ? [parent.lhs, parent.rhs] : [parent.names, parent.values];
  const target = targets?.[values?.length === 1 ? result : (values?.indexOf(node) ?? -1)];
  return target?.kind === 'Ident' && target.name === '_';
}

interface Sender {
  unit: DeclUnit;
  send: SendStmt;
  start: GoStmt;
}

/** The goroutine that sends on a result of a function from which nobody but the caller can receive. */
function senderOn(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, result: number): Sender | undefined {
  const parents = analysis.parents(unit);
  const returned = nodesOfKind(unit.decl, 'ReturnStmt').flatMap((r) => {
    const x = enclosingFunc(parents, r) === decl ? r.results[result] : undefined;
    return x ? [unparen(x)] : [];
  });
  const variable = returned.find((x) => x.kind === 'Ident' && x.obj);
  const channel = variable?.kind === 'Ident' && variable.obj ? localChannel(variable.obj) : undefined;
  if (!channel || channel.capacity > 0) return undefined;
  const started = spawns(analysis, unit);
  const uses = channelUses(analysis, unit, channel.object, started);
  const isKnown = ({ use }: LocatedUse): boolean =>
    use.kind === 'escape' ? returned.some((x) => x === use.node) : use.kind !== 'receive';
  if (!uses.every(isKnown)) return undefined;
  for (const { unit: at, func, use } of uses) {
    const start = started.find((s) => s.body?.func === func && s.func === decl);
    if (use.kind === 'send' && !use.select && start) return { unit: at, send: use.stmt, start: start.stmt };
  }
  return undefined;
}
