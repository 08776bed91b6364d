/** Somebody stops the ticker of a loop and waits for the goroutine that is in it. */
import { accessPath } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { awaitedEnds } from '../../golang/awaited-ends.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import type { EndlessGoroutine } from '../../golang/endless-goroutines.ts';
import type { Launch } from '../../golang/launches.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import type { CallExpr, ExprStmt } from '../../syntax/ast.ts';

/** A function that never gets past its wait. */
export interface HopelessWait {
  unit: DeclUnit;
  stop: CallExpr;
  wait: ExprStmt;
}

/**
 * The first place where the ticker is stopped and then the end of the goroutine waited for: whoever wrote that takes the loop to end with the
 * ticker.
 */
export function hopelessWait(
  analysis: Analysis,
  launch: Launch,
  { unit, ticker }: EndlessGoroutine,
): HopelessWait | undefined {
  const x = ticker && unparen(ticker);
  if (x?.kind !== 'SelectorExpr') return undefined;
  const waits = awaitedEnds(analysis, launch);
  const mentions = waits.length > 0 ? (ownMentions(analysis, unit, x.x) ?? []) : [];
  for (const m of mentions) {
    const parents = analysis.parents(m.unit);
    const method = m.initial ? undefined : parents.get(m.node);
    const stop = method?.kind === 'SelectorExpr' && method.sel.name === 'Stop' ? parents.get(method) : undefined;
    if (stop?.kind !== 'CallExpr' || stop.fun !== method || parents.get(stop)?.kind !== 'ExprStmt') continue;
    const func = enclosingFunc(parents, stop);
    const cfg = func && analysis.cfg(m.unit, func);
    const at = cfg && cfgNode(cfg.where, parents, stop);
    if (!at) continue;
    const after = nodesAfter(cfg, at);
    const wait = waits.find(
      (w) =>
        w.unit === m.unit &&
        after.has(w.stmt) &&
        // Of one and the same value.
        accessPath(w.signal)?.root === accessPath(m.node)?.root,
    );
    if (wait) return { unit: m.unit, stop, wait: wait.stmt };
  }
  return undefined;
}
