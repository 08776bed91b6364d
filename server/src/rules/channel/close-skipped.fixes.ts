/** Closes a channel on every way out. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { deferEarlier } from '../../fixes/defer-statement.ts';
import { insertAfterStatement, insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { enclosingFunc, enclosingStmt } from '../../golang/parents.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';
import { leakedChannel, type LeakedChannel } from '../leaked-channel.ts';

/** `defer close(ch)` at the top of the producer, or behind `make` in the function that makes the channel. */
export function deferFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const leaked = leakedChannel(context.analysis, leak);
  const edits = leaked && deferClose(context, leaked);
  if (!edits || !isRepairedBy(context, leak, edits)) return undefined;
  const { name } = leaked.channel.object;
  return { id: 'defer-close', title: 'fix-defer', args: { name }, preferred: true, edits };
}

function deferClose({ analysis }: RuleContext, { unit: home, channel, uses }: LeakedChannel): FileEdit[] | undefined {
  const [close, ...others] = uses.filter((u) => u.use.kind === 'close');
  if (!close || others.length > 0 || close.use.kind !== 'close') return undefined;
  const { unit, func } = close;
  const { node } = close.use;
  const parents = analysis.parents(unit);
  const stmt = enclosingStmt(parents, node);
  if (stmt?.kind !== 'ExprStmt' || node.kind !== 'CallExpr' || enclosingFunc(parents, node) !== func) return undefined;
  const { body } = func;
  if (func !== channel.object.func)
    return body && deferEarlier(unit, stmt, node, (lines) => insertAtBlockStart(unit, body, lines));
  const made = enclosingStmt(analysis.parents(home), channel.make);
  return made && deferEarlier(unit, stmt, node, (lines) => insertAfterStatement(unit, made, lines));
}
