/** Gives a send to a loop up when the loop has ended. */
import { selectAndGoOn, selectWithStops } from '../../fixes/select-with-done.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { waitsAt } from '../../golang/waits.ts';
import { deref } from '../../golang/types.ts';
import { pathText, unparen } from '../../golang/walk.ts';
import type { SendStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { errorWhenClosed } from '../leak-repairs/closed-error.ts';
import type { EndSignal } from './abandoned-send.guarded.ts';

/** `select { case h.leave <- c: case <-h.done: }`; the function is left with an error that says so, and where it would wait for something else afterwards. */
export function guardedFixes(context: RuleContext, send: SendStmt, end: EndSignal): FixSpec[] {
  const { analysis, unit } = context;
  const chan = unparen(send.chan);
  const base = chan.kind === 'SelectorExpr' ? pathText(chan.x) : undefined;
  const type = chan.kind === 'SelectorExpr' ? deref(analysis.typeOf(unit, chan.x)) : undefined;
  if (base === undefined || type?.kind !== 'named' || type.name !== end.owner.name || type.pkg !== end.owner.pkg)
    return [];
  const done = `${base}.${end.text}`;
  const error = end.channel && errorWhenClosed(analysis, unit, send, end.channel);
  const leaves = error !== undefined || waitsLater(context, send);
  return [
    {
      id: 'select-with-stop',
      title: 'fix-stop',
      args: { done },
      preferred: true,
      edits: leaves ? selectWithStops(unit, send, [{ done, error }]) : selectAndGoOn(unit, send, done),
    },
  ];
}

/** True where the function waits for others once it has sent: for an answer, most likely. */
function waitsLater({ analysis, unit }: RuleContext, send: SendStmt): boolean {
  const func = enclosingFunc(analysis.parents(unit), send);
  if (!func) return true;
  return [...nodesAfter(analysis.cfg(unit, func), send)].some((n) =>
    waitsAt(analysis, unit, n).some((w) => w.kind !== 'call' || w.blocks === 'sync'),
  );
}
