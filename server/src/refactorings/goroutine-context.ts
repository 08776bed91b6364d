/** Gives a goroutine that goes on, or waits, a context to stop by. */
import { channelFacts } from '../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../concurrency/spawns/channels.ts';
import { combine } from '../fixes/apply.ts';
import { endWith, type Stay } from '../fixes/wrap-with-context.ts';
import type { Analysis } from '../golang/analysis.ts';
import { endlessGoroutine } from '../golang/endless-goroutines.ts';
import { type Launch, launches } from '../golang/launches.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { type Wait, waitsAt } from '../golang/waits.ts';
import { unparen } from '../golang/walk.ts';
import type { Expr, Stmt } from '../syntax/ast.ts';
import { defineRefactoring, type Refactored, type RefactoringContext, touches } from './refactoring.ts';
import { StoppingContexts } from './stopping-context.ts';

export const goroutineContext = defineRefactoring({
  id: 'wrap-goroutine-with-context',
  title: { en: 'Let the goroutine end with `{ctx}`', 'zh-cn': '让 goroutine 随 `{ctx}` 结束' },
  find(context) {
    const { analysis, unit } = context;
    const touched = launches(analysis, unit).filter(({ stmt }) => touches(context, stmt));
    // The innermost first: the cursor is in its body.
    for (const launch of touched.sort((a, b) => a.stmt.end - a.stmt.start - (b.stmt.end - b.stmt.start))) {
      const found = rewrite(context, launch);
      if (found) return found;
    }
    return undefined;
  },
});

function rewrite({ analysis, goAtLeast }: RefactoringContext, launch: Launch): Refactored | undefined {
  const stay = stayOf(analysis, launch);
  const given = stay && new StoppingContexts(analysis, launch, stay.waits, goAtLeast).at(stay.unit, stay.stmt);
  const edits = given && combine(given.edits, endWith(analysis, stay, given.expr));
  return edits && { edits, args: { ctx: given.expr } };
}

/** Where a goroutine stays: in an endless loop, in one over a channel, or in a `select`. */
function stayOf(analysis: Analysis, launch: Launch): Stay | undefined {
  const endless = endlessGoroutine(analysis, launch);
  if (endless) return { ...endless, stmt: endless.loop.stmt };
  const { body } = launch;
  if (!body?.func.body || body.unit.hasError) return undefined;
  const { unit, func } = body;
  for (const stmt of body.func.body.stmts) {
    const waits = staysIn(stmt) ? waitsAt(analysis, unit, stmt) : [];
    if (waits.length > 0 && waits.every((w) => isUnended(analysis, unit, w))) return { unit, func, stmt, waits };
  }
  return undefined;
}

function staysIn(stmt: Stmt): boolean {
  return stmt.kind === 'RangeStmt' || (stmt.kind === 'SelectStmt' && stmt.clauses.length > 0);
}

/** True for a wait that no close, timer, context or `default` is seen to end. */
function isUnended(analysis: Analysis, unit: DeclUnit, wait: Wait): boolean {
  if (wait.kind === 'select') return !wait.hasDefault && wait.arms.every((w) => isUnended(analysis, unit, w));
  return wait.kind !== 'call' && isOpen(analysis, unit, wait.chan);
}

function isOpen(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const x = unparen(chan);
  if (x.kind === 'CallExpr' || (x.kind === 'SelectorExpr' && x.sel.name === 'C')) return false;
  const channel = channelOf(analysis, unit, x);
  return !channel || channelFacts(analysis, channel).closes.length === 0;
}
