/** Goroutines that cannot end, decided once for all rules that speak of them. */
import type { CallExpr, Expr, FuncNode, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type EndlessLoop, endlessLoops, loopNodes } from './endless-loops.ts';
import type { Launch } from './launches.ts';
import { isTickerChannel } from './tickers.ts';
import type { DeclUnit } from './unit.ts';
import { operations, type Wait, waitsAt } from './waits.ts';

/** An endless loop that a goroutine runs into. */
export interface EndlessGoroutine {
  /** The function that holds the loop: the goroutine's own body, or one that it calls. */
  unit: DeclUnit;
  func: FuncNode;
  loop: EndlessLoop & { stmt: Stmt };
  /** Calls that lead from the goroutine's body to that function, outermost first. */
  calls: { unit: DeclUnit; call: CallExpr }[];
  /** What the loop waits for, in source order. */
  waits: Wait[];
  /** Channel of a ticker among them: it is never closed, whatever happens to the ticker. */
  ticker?: Expr;
}

const MAX_CALLS = 4;

/** The endless loop a started goroutine runs into; undefined when there is none, or the body is not visible. */
export function endlessGoroutine(analysis: Analysis, launch: Launch): EndlessGoroutine | undefined {
  return launch.body && endlessIn(analysis, launch.body.unit, launch.body.func, new Set());
}

/** As `endlessGoroutine`, for a function body that runs on some goroutine. */
export function endlessIn(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  seen: Set<FuncNode> = new Set(),
): EndlessGoroutine | undefined {
  if (unit.hasError || seen.has(func) || seen.size > MAX_CALLS) return undefined;
  seen.add(func);
  const cfg = analysis.cfg(unit, func);
  for (const loop of endlessLoops(cfg)) {
    const { stmt } = loop;
    if (!stmt) continue;
    const waits = loopNodes(loop).flatMap((n) => waitsAt(analysis, unit, n));
    const ticker = operations(waits).find((w) => w.kind === 'receive' && isTickerChannel(analysis, unit, w.chan));
    return {
      unit,
      func,
      loop: { ...loop, stmt },
      calls: [],
      waits,
      ticker: ticker?.kind === 'receive' ? ticker.chan : undefined,
    };
  }
  for (const block of cfg.reachable)
    for (const node of block.nodes) {
      const call = node.kind === 'ExprStmt' && node.x.kind === 'CallExpr' ? node.x : undefined;
      const body = call && analysis.body(unit, call);
      const inner = body && endlessIn(analysis, body.unit, body.func, seen);
      if (call && inner) return { ...inner, calls: [{ unit, call }, ...inner.calls] };
    }
  return undefined;
}
