/** Lets a goroutine hear of the cancellation of a context that it is given without. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { replaceExprs } from '../../fixes/replace-expr.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';

/** `ctx` for `context.WithoutCancel(ctx)` on the way to the leak. Title: `fix-keep-cancel` ({ctx}). */
export function keepCancel(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const units = new Set([...leak.path, ...leak.steps.map((s) => s.site)].map((s) => s.unit));
  for (const unit of units) {
    if (unit.hasError) continue;
    const call = nodesOfKind(unit.decl, 'CallExpr').find(
      (c) => analysis.callee(unit, c).name === 'context.WithoutCancel',
    );
    const [parent] = call?.args ?? [];
    if (!call || !parent) continue;
    const ctx = unit.text(parent);
    const edits = replaceExprs(unit, [call], ctx);
    // Somebody has chosen to leave the cancellation out.
    if (isRepairedBy(context, leak, edits, true))
      return { id: 'keep-cancel', title: 'fix-keep-cancel', args: { ctx }, preferred: false, edits };
  }
  return undefined;
}
