/** Lets an endless loop of a goroutine end with a context that is in scope. */
import type { ForStmt, RangeStmt, SendStmt, Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { Analysis } from '../golang/analysis.ts';
import { type Stay, stayIn } from '../concurrency/spawns/stays.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import type { EndlessGoroutine } from '../golang/endless-goroutines.ts';
import { inLoop, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { find, unparen, walkShallow } from '../golang/walk.ts';
import { combine } from './apply.ts';
import { doneReturn } from './done-return.ts';
import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from './insert-statement.ts';
import type { Loop } from './jumps.ts';
import { freshName } from './names.ts';
import { parkUntilDone } from './park-until-done.ts';
import {
  addDoneArm,
  closableRangeWithDone,
  rangeWithDone,
  receiveLoopWithDone,
  selectWithDone,
} from './select-with-done.ts';
import { sleepWithDone } from './sleep-with-done.ts';

/**
 * Edits that make the loop watch the nearest context visible at it: an arm `case <-ctx.Done(): return` in its `select`,
 * a `select` around its receive, send or `time.Sleep`, or a test of `ctx.Err()` in a loop that waits for nothing.
 * @returns the context's name, and undefined edits when there is no context in scope or no such place in the loop
 */
export function wrapWithContext(
  analysis: Analysis,
  endless: EndlessGoroutine,
): { args: { ctx: string }; edits: FileEdit[] | undefined } {
  const { unit, loop } = endless;
  const found = contextInScope(analysis, unit, loop.stmt);
  const ctx = found?.object;
  // A context that is assigned anew may not be the one that ends; that of a request is not for goroutines that outlive it.
  if (!ctx || found.expr !== ctx.name || ctx.writes.length > 0) return { args: { ctx: '' }, edits: undefined };
  return { args: { ctx: ctx.name }, edits: endWith(analysis, stayIn(endless), signalOf(ctx.name)) };
}

/** What tells a goroutine to end; expressions must be in scope where it stays. */
export interface Signal {
  /** Go expression of a channel that is closed then: `ctx.Done()`. */
  done: string;
  /** A statement that tests it without waiting, with `{leave}` for what follows from it. */
  test: string;
}

/** A context as such a signal. */
export function signalOf(ctx: string): Signal {
  return { done: `${ctx}.Done()`, test: `if ${ctx}.Err() != nil {\n\t{leave}\n}` };
}

/** Edits that make a loop or `select` watch a signal; undefined, too, where a variable in it has the name of the signal's. */
export function endWith(analysis: Analysis, stay: Stay, signal: Signal): FileEdit[] | undefined {
  const name = signal.done.replace(/\..*$/, '');
  if (find(stay.stmt, (n) => n.kind === 'Ident' && n.name === name && n.obj?.decl === n)) return undefined;
  return combine(edit(analysis, stay, signal), stopTicker(analysis, stay));
}

/** A goroutine that can end has to stop its ticker: `defer ticker.Stop()` where nothing does so yet. */
function stopTicker(analysis: Analysis, { unit, func, ticker }: Stay): FileEdit[] | undefined {
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
function rangeOverTicker(analysis: Analysis, unit: DeclUnit, loop: RangeStmt, done: string): FileEdit[] | undefined {
  const x = unparen(loop.x);
  const call = x.kind === 'SelectorExpr' ? unparen(x.x) : x;
  const duration = call.kind === 'CallExpr' ? call.args[0] : undefined;
  if (call.kind !== 'CallExpr') return rangeWithDone(unit, loop, done);
  if (!duration || call.fun.kind !== 'SelectorExpr' || inLoop(analysis.parents(unit), loop)) return undefined;
  const name = freshName(unit, loop, 'ticker');
  const made = `${name} := ${unit.text(call.fun.x)}.NewTicker(${unit.text(duration)})\ndefer ${name}.Stop()`;
  return combine(insertBeforeStatement(unit, loop, made), rangeWithDone(unit, loop, done, `${name}.C`));
}

function edit(analysis: Analysis, stay: Stay, signal: Signal): FileEdit[] | undefined {
  const { unit, stmt, ticker, waits } = stay;
  const { done } = signal;
  if (stmt.kind === 'SelectStmt')
    return stmt.clauses.length === 0 ? parkUntilDone(unit, stmt, done) : addDoneArm(unit, stmt, done);
  if (stmt.kind === 'RangeStmt')
    return ticker
      ? combine(rangeOverTicker(analysis, unit, stmt, done), sendsWithDone(unit, stmt, done, '\t'))
      : combine(closableRangeWithDone(unit, stmt, done), sendsWithDone(unit, stmt, done, '\t'));
  if (stmt.kind !== 'ForStmt' || stmt.cond) return undefined;
  for (const s of stmt.body.stmts) {
    if (s.kind === 'SelectStmt' && s.clauses.every((c) => c.comm))
      return combine(addDoneArm(unit, s, done), sendsWithDone(unit, stmt, done));
    if (s.kind === 'SendStmt') return sendsWithDone(unit, stmt, done);
    const taking = receiveLoopWithDone(unit, s, done);
    if (taking) return combine(taking, sendsWithDone(unit, stmt, done, '\t', s));
    const edits = sleepWithDone(analysis, unit, s, done);
    // A channel in an expression, or a call that blocks, would keep the goroutine all the same.
    if (edits) return waits.every((w) => w.kind === 'call' && passes(w.name)) ? edits : undefined;
  }
  return waits.length === 0 ? testAtStart(unit, stmt, signal) : undefined;
}

/** True for calls that do not wait for long: sleeps and locks. */
function passes(name: string): boolean {
  return name === 'time.Sleep' || /\.R?Lock$/.test(name);
}

/**
 * A `select` around each send of a loop: one that nobody receives would keep the goroutine as well. A channel that the loop itself receives
 * from, such as a semaphore, is left alone.
 * @param shift how much further in the sends stand after other edits
 * @param from the statement whose followers move, when not all of the loop's body does
 */
function sendsWithDone(unit: DeclUnit, loop: Loop, done: string, shift = '', from?: Stmt): FileEdit[] | undefined {
  const sends: SendStmt[] = [];
  const received = new Set<string>();
  const parents = parentsOf(unit.decl);
  walkShallow(loop.body, (n) => {
    if (n.kind === 'UnaryExpr' && n.op === '<-') received.add(unit.text(n.x));
    if (n.kind === 'SendStmt' && parents.get(n)?.kind !== 'CommClause') sends.push(n);
  });
  return combine(
    ...sends
      .filter(({ chan }) => !received.has(unit.text(chan)))
      .map((s) => selectWithDone(unit, s, done, !from || s.start > from.start ? shift : '')),
  );
}

function testAtStart(unit: DeclUnit, loop: ForStmt, { done, test }: Signal): FileEdit[] | undefined {
  const leave = doneReturn(unit, loop, done);
  return leave === undefined ? undefined : insertAtBlockStart(unit, loop.body, test.replace('{leave}', leave));
}
