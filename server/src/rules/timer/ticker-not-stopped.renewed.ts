/** A ticker that takes the place of one whose `Stop` is deferred already: the `defer` holds the old one. */
import { combine } from '../../fixes/apply.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import type { DeferStmt, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** `defer t.Stop()` in front of `t = time.NewTicker(d)`. */
export function stopOfFormer(
  { analysis, unit }: RuleContext,
  a: Acquisition,
  ticker: LocalObject,
): DeferStmt | undefined {
  if (a.stmt?.kind !== 'AssignStmt' || a.stmt === ticker.declNode) return undefined;
  const parents = analysis.parents(unit);
  for (const use of ticker.uses) {
    const deferred = ancestor(parents, use, (n) => n.kind === 'DeferStmt' || isFunc(n));
    const isBefore = use.end < a.call.start && enclosingFunc(parents, use) === a.func;
    if (deferred?.kind === 'DeferStmt' && isBefore && unit.text(deferred.call) === `${ticker.name}.Stop()`)
      return deferred;
  }
  return undefined;
}

/** `t.Reset(d)` in the place of `t = time.NewTicker(d)`, where the variable has a ticker already. */
export function resetInstead(context: RuleContext, a: Acquisition, ticker: LocalObject): FixSpec[] {
  const { analysis, unit } = context;
  const { stmt, call } = a;
  const made = ticker.declNode;
  const first = made?.kind === 'AssignStmt' && made.rhs.length === 1 ? asCall(made.rhs[0]) : undefined;
  const isPlain =
    stmt?.kind === 'AssignStmt' && stmt.op === '=' && stmt.lhs.length === 1 && unparen(stmt.rhs[0] ?? call) === call;
  const [every] = call.args;
  if (!isPlain || !every || !first || !context.goAtLeast('1.15')) return [];
  if ([first, call].some((c) => analysis.callee(unit, c).name !== 'time.NewTicker')) return [];
  const place = placeInList(unit, stmt);
  const before = place?.list.stmts[place.index - 1];
  const isStopped = before?.kind === 'ExprStmt' && unit.text(before) === `${ticker.name}.Stop()`;
  return [
    {
      id: 'reset-ticker',
      title: 'fix-reset',
      args: { name: ticker.name },
      preferred: true,
      edits: combine(
        isStopped ? deleteStatement(unit, before) : [],
        replaceNode(unit, stmt, `${ticker.name}.Reset(${unit.text(every)})`),
      ),
    },
  ];
}
