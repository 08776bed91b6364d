/** The repair of tickers and timers that are not stopped on every way. */
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { inLoop } from '../../golang/parents.ts';
import { type Acquisition, releaseSpec } from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import type { AssignStmt, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** `defer t.Stop()` behind the statement that makes it; not in a loop, nor where the variable is handed on or gets another one. `title`: its message id. */
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
        : insertAfterStatement(unit, stmt, `defer ${ticker.name}.Stop()`),
  };
}
