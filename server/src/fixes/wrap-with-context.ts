/** Lets an endless loop of a goroutine end with a context that is in scope. */
import type { ForStmt, RangeStmt } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import type { Analysis } from '../golang/analysis.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import type { EndlessGoroutine } from '../golang/endless-goroutines.ts';
import { inLoop } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { unparen } from '../golang/walk.ts';
import { combine } from './apply.ts';
import { doneReturn } from './done-return.ts';
import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from './insert-statement.ts';
import { freshName } from './names.ts';
import { replaceNode } from './replace-expr.ts';
import { addDoneArm, rangeWithDone, receiveLoopWithDone, selectWithDone } from './select-with-done.ts';
import { sleepWithDone } from './sleep-with-done.ts';

/**
 * Edits that make the loop watch the nearest context visible at it: an arm `case <-ctx.Done(): return` in its `select`,
 * a `select` around its receive, send or `time.Sleep`, or a test of `ctx.Err()` in a loop that waits for nothing.
 *
 * @param file the fix's own file: a loop elsewhere is left alone
 * @returns the context's name, and undefined edits when there is no context in scope or no such place in the loop
 */
export function wrapWithContext(
  analysis: Analysis,
  file: DeclUnit['file'],
  endless: EndlessGoroutine,
): { args: { ctx: string }; edits: TextEdit[] | undefined } {
  const { unit, loop } = endless;
  const found = unit.file === file ? contextInScope(analysis, unit, loop.stmt) : undefined;
  const ctx = found?.object;
  // A context that is assigned anew may not be the one that ends; that of a request is not for goroutines that outlive it.
  if (!ctx || found.expr !== ctx.name || ctx.writes.length > 0) return { args: { ctx: '' }, edits: undefined };
  const stop = stopTicker(analysis, endless);
  return { args: { ctx: ctx.name }, edits: combine(edit(analysis, endless, ctx.name), stop) };
}

/** A goroutine that can end has to stop its ticker: `defer ticker.Stop()` where nothing does so yet. */
function stopTicker(analysis: Analysis, { unit, func, ticker }: EndlessGoroutine): TextEdit[] | undefined {
  const owner = ticker?.kind === 'SelectorExpr' ? unparen(ticker.x) : undefined;
  const object = owner?.kind === 'Ident' ? owner.obj : undefined;
  const made = object?.declNode;
  if (!object || made?.kind !== 'AssignStmt' || !func.body) return [];
  const parents = analysis.parents(unit);
  const value = made.rhs.length === 1 && made.rhs[0] ? unparen(made.rhs[0]) : undefined;
  const isOwn = value?.kind === 'CallExpr' && analysis.callee(unit, value).name === 'time.NewTicker';
  // Whoever gets the ticker besides may stop it.
  const onlyRead = object.uses.every((use) => {
    const parent = parents.get(use);
    return parent?.kind === 'SelectorExpr' && parent.sel.name === 'C';
  });
  if (!isOwn || !onlyRead) return [];
  const line = `defer ${object.name}.Stop()`;
  return object.func === func ? insertAfterStatement(unit, made, line) : insertAtBlockStart(unit, func.body, line);
}

/** A ticker that is made in the loop's head is made once, before the loop. */
function rangeOverTicker(analysis: Analysis, unit: DeclUnit, loop: RangeStmt, done: string): TextEdit[] | undefined {
  const x = unparen(loop.x);
  const call = x.kind === 'SelectorExpr' ? unparen(x.x) : x;
  const duration = call.kind === 'CallExpr' ? call.args[0] : undefined;
  if (call.kind !== 'CallExpr') return rangeWithDone(unit, loop, done);
  if (!duration || call.fun.kind !== 'SelectorExpr' || inLoop(analysis.parents(unit), loop)) return undefined;
  const name = freshName(unit, loop, 'ticker');
  const made = `${name} := ${unit.text(call.fun.x)}.NewTicker(${unit.text(duration)})\ndefer ${name}.Stop()`;
  return combine(insertBeforeStatement(unit, loop, made), rangeWithDone(unit, loop, done, `${name}.C`));
}

function edit(
  analysis: Analysis,
  { unit, loop, ticker, waits }: EndlessGoroutine,
  ctx: string,
): TextEdit[] | undefined {
  const done = `${ctx}.Done()`;
  const { stmt } = loop;
  if (stmt.kind === 'SelectStmt' && stmt.clauses.length === 0) return replaceNode(unit, stmt, `<-${done}`);
  if (stmt.kind === 'RangeStmt') return ticker && rangeOverTicker(analysis, unit, stmt, done);
  if (stmt.kind !== 'ForStmt' || stmt.cond) return undefined;
  for (const s of stmt.body.stmts) {
    if (s.kind === 'SelectStmt' && s.clauses.every((c) => c.comm)) return addDoneArm(unit, s, done);
    if (s.kind === 'SendStmt') return selectWithDone(unit, s, done);
    const edits = receiveLoopWithDone(unit, s, done) ?? sleepWithDone(analysis, unit, s, done);
    if (edits) return edits;
  }
  return waits.length === 0 ? testAtStart(unit, stmt, ctx) : undefined;
}

function testAtStart(unit: DeclUnit, loop: ForStmt, ctx: string): TextEdit[] | undefined {
  const leave = doneReturn(unit, loop, `${ctx}.Done()`);
  return leave === undefined
    ? undefined
    : insertAtBlockStart(unit, loop.body, `if ${ctx}.Err() != nil {\n\t${leave}\n}`);
}
