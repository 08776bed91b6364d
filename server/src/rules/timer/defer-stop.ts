/** The repair of tickers and timers that are not stopped on every way. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { enclosingFunc, enclosingStmt, inLoop } from '../../golang/parents.ts';
import { type Acquisition, releaseSpec } from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import type { AssignStmt, LocalObject, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/**
 * `defer t.Stop()` behind the statement that makes it, in the place of those right before a return; not in a loop, nor where the variable is
 * handed on or gets another one.
 * @param title its message id
 */
export function deferStop(
  context: RuleContext,
  a: Acquisition,
  stmt: AssignStmt,
  ticker: LocalObject,
  title: string,
): FixSpec {
  const { analysis, unit } = context;
  const handedOn = ticker.uses.some((u) => useEffect(analysis, unit, u, ticker, releaseSpec(a.acquires)) === 'handoff');
  const replaced = ticker.writes.length > 0;
  return {
    id: 'defer-stop',
    title,
    args: { name: ticker.name },
    preferred: true,
    safe: true,
    edits:
      handedOn || replaced || inLoop(analysis.parents(unit), a.call)
        ? undefined
        : combine(
            insertAfterStatement(unit, stmt, `defer ${ticker.name}.Stop()`),
            ...needlessStops(context, a, ticker).map((stop) => deleteStatement(unit, stop)),
          ),
  };
}

/** `t.Stop()` right before a return of the function that makes the timer. */
function needlessStops({ analysis, unit }: RuleContext, a: Acquisition, ticker: LocalObject): Stmt[] {
  const parents = analysis.parents(unit);
  return ticker.uses.flatMap((use) => {
    const stmt = enclosingStmt(parents, use);
    const place = stmt?.kind === 'ExprStmt' ? placeInList(unit, stmt) : undefined;
    const next = place?.list.stmts[place.index + 1];
    const isStop = stmt && unit.text(stmt) === `${ticker.name}.Stop()`;
    return isStop && next?.kind === 'ReturnStmt' && enclosingFunc(parents, stmt) === a.func ? [stmt] : [];
  });
}
