/** A ticker that takes the place of one whose `Stop` is deferred already: the `defer` holds the old one, or a deferred literal stops the last. */
import { combine } from '../../fixes/apply.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { type Acquisition, lostBeforeEnd } from '../../golang/resources.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import type { DeferStmt, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

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

/**
 * Reports a ticker that is replaced in a variable of which a deferred literal stops the last one only. One that a loop replaces is told once, where the
 * loop makes the next.
 * @param acquired all tickers of the declaration
 */
export function reportLostTicker(
  context: RuleContext,
  a: Acquisition,
  ticker: LocalObject,
  acquired: readonly Acquisition[],
  level: 'hint' | undefined,
): void {
  const { analysis, unit } = context;
  const path = lostBeforeEnd(analysis, a);
  if (!path || path.end === 'return' || a.destination.kind !== 'variable') return;
  const next = path.end === 'again' ? a : acquired.find((b) => b.stmt === path.node);
  if (next && next !== a && lostBeforeEnd(analysis, next)?.end === 'again') return;
  context.report({
    node: a.destination.ident,
    message: path.end,
    level,
    args: { name: ticker.name, line: context.line({ node: path.node ?? a.call }) },
    steps: [{ node: a.call, message: 'step-started' }, ...pathSteps(unit, a.func, path)],
    fixes: next ? resetInstead(context, next, ticker) : [],
  });
}
