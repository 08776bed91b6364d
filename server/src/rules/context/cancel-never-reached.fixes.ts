/** How a context whose cancel function is never reached comes to be cancelled. */
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mayWaitFor } from '../../golang/goroutine-signals.ts';
import { spawns } from '../../golang/goroutines.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { waitsAt } from '../../golang/waits.ts';
import type { LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import type { Holder } from './cancel-never-reached.ts';

/**
 * `defer cancel()` in the function that makes the context, where that function goes on working after it has started the
 * goroutine and does not wait for it: the goroutine ends with the function then, and not at once.
 */
export function cancelFromOwner(
  context: RuleContext,
  a: Acquisition,
  cancel: LocalObject,
  ctx: LocalObject,
  holders: readonly Holder[],
): FixSpec {
  const { analysis, unit } = context;
  const fits =
    a.stmt?.kind === 'AssignStmt' &&
    !inLoop(analysis.parents(unit), a.call) &&
    staysHere(analysis, a, ctx) &&
    holders.every((h) => h.launch && worksOn(analysis, a, h));
  return {
    id: 'cancel-from-owner',
    title: 'fix-owner',
    args: { cancel: cancel.name },
    edits:
      fits && a.stmt?.kind === 'AssignStmt' ? insertAfterStatement(unit, a.stmt, `defer ${cancel.name}()`) : undefined,
  };
}

/** True for a context that is only passed to calls, and waited for. */
function staysHere(analysis: Analysis, { unit }: Acquisition, ctx: LocalObject): boolean {
  const parents = analysis.parents(unit);
  return ctx.uses.every((use) => {
    const kind = parents.get(use)?.kind;
    return kind === 'CallExpr' || kind === 'SelectorExpr';
  });
}

/** True when the function that starts the goroutine waits for something after that, and for nothing the goroutine does. */
function worksOn(analysis: Analysis, { unit, func }: Acquisition, { launch }: Holder): boolean {
  const spawn = spawns(analysis, unit).find((s) => s.stmt === launch?.stmt);
  if (!spawn || spawn.func !== func || enclosingFunc(analysis.parents(unit), spawn.stmt) !== func) return false;
  const later = [...analysis.cfg(unit, func).reachable]
    .flatMap((b) => b.nodes)
    .filter((n) => n.start > spawn.stmt.end && n.kind !== 'GoStmt');
  return (
    later.some((n) => n.kind !== 'DeferStmt' && waitsAt(analysis, unit, n).length > 0) &&
    !later.some((n) => mayWaitFor(analysis, spawn, n))
  );
}
