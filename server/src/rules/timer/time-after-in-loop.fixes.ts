/** Makes one timer before a loop and sets it anew on each turn. */
import type { TextEdit } from '../../engine/finding.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { neverReturnsAfter } from '../../golang/cfg-reach.ts';
import { ancestor, enclosingFunc, inLoop } from '../../golang/parents.ts';
import { dependsOnInside } from '../../golang/scopes.ts';
import { find } from '../../golang/walk.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import type { Loop } from './time-after-in-loop.ts';

/** Declined where the limit is not known before the loop, or the loop is part of another one, which would defer many stops. */
export function hoistTimer(context: RuleContext, call: CallExpr, loop: Loop): TextEdit[] | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const [limit] = call.args;
  const receive = parents.get(call);
  const select = ancestor(parents, call, (n) => n.kind === 'SelectStmt');
  const func = enclosingFunc(parents, call);
  if (!limit || !func || receive?.kind !== 'UnaryExpr' || select?.kind !== 'SelectStmt' || inLoop(parents, loop))
    return undefined;
  if (dependsOnInside(limit, loop) || hasEffects(context, limit)) return undefined;
  const name = freshName(unit, loop, 'timer');
  const time = unit.text(call.fun).replace(/\.\s*After$/, '');
  const duration = unit.text(limit);
  const made = [`${name} := ${time}.NewTimer(${duration})`];
  const cfg = analysis.cfg(unit, func);
  // Where the function never returns there is nothing to defer.
  if (!cfg.where.has(select) || !neverReturnsAfter(cfg, select)) made.push(`defer ${name}.Stop()`);
  const reset = `${name}.Reset(${duration})`;
  return combine(
    insertBeforeStatement(unit, loop, made.join('\n')),
    insertBeforeStatement(unit, select, context.goAtLeast('1.23') ? reset : `${drain(name)}\n${reset}`),
    replaceNode(unit, call, `${name}.C`),
  );
}

/** Before Go 1.23 a value that the timer has sent already stays in its channel, and the next turn would take it for its own. */
function drain(name: string): string {
  return `if !${name}.Stop() {\n\tselect {\n\tcase <-${name}.C:\n\tdefault:\n\t}\n}`;
}

/** True when an expression calls something: the fix would have it called twice on the first turn. */
function hasEffects({ analysis, unit }: RuleContext, expr: Expr): boolean {
  return (
    find(expr, (n) => {
      if (n.kind === 'UnaryExpr') return n.op === '<-';
      return n.kind === 'CallExpr' && analysis.callee(unit, n).kind !== 'conversion';
    }) !== undefined
  );
}
