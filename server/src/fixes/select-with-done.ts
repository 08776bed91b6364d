/** Makes blocking channel operations give up when a context is done. */
import type { AssignStmt, CommClause, ExprStmt, Node, RangeStmt, SelectStmt, SendStmt, Stmt } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import { isFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { pathText, unparen } from '../golang/walk.ts';
import { combine, tidyEdits } from './apply.ts';
import { doneReturn } from './done-return.ts';
import { indentLines } from './indent.ts';
import { insertAfterStatement, insertAtBlockStart } from './insert-statement.ts';
import { endsFunction, jumpsOutOf, type Loop } from './jumps.ts';
import { breakOutOfLoop, loopLabel } from './label-break.ts';
import { freshName } from './names.ts';
import { replaceNode } from './replace-expr.ts';
import {
  eolOf,
  indentAt,
  isFirstOnLine,
  isLastOnLine,
  layLines,
  lineEnd,
  lineStart,
  nextLine,
} from './source-lines.ts';
import { StatementSite, type StatementList } from './statement-site.ts';

/** The lines of an arm that waits on `done` and leaves the function. */
function doneArm(done: string, leave: string): string {
  return `case <-${done}:\n\t${leave}`;
}

/**
 * A send or receive statement as one arm of a `select`, beside an arm that waits on `done`.
 *
 * Where the statement declares variables (`v := <-ch`), the statements after it move into its arm. Where the function returns
 * right after it anyway, the other arm is left empty.
 * @param stmt `ch <- v`, `<-ch`, `x = <-ch` or `x := <-ch`
 * @param done Go expression of a channel, e.g. `ctx.Done()`; it must be in scope and mean the same there
 * @param shift how much further in other edits put the statement
 * @returns undefined when the function's results leave no right way to give up, or when code that would move jumps
 */
export function selectWithDone(unit: DeclUnit, stmt: Stmt, done: string, shift = ''): FileEdit[] | undefined {
  if (isChannelOperation(stmt) && stmt.kind === 'AssignStmt' && stmt.op === ':=' && !isLastInList(unit, stmt))
    return takingRest(unit, stmt, done);
  return selectWithStops(unit, stmt, [{ done }], shift);
}

/** What tells to give up. */
export interface Stop {
  /** Go expression of a channel, e.g. `s.quit`. */
  done: string;
  /** What a function returns whose last result is an `error`, where that is not the error of a context. */
  error?: string;
}

/** The same for a statement that declares nothing, with an arm for each of several channels. */
export function selectWithStops(
  unit: DeclUnit,
  stmt: Stmt,
  stops: readonly Stop[],
  shift = '',
): FileEdit[] | undefined {
  if (!isChannelOperation(stmt)) return undefined;
  const site = StatementSite.of(unit, stmt);
  if (!site || site.item !== stmt) return undefined;
  const next = site.list.stmts[site.index + 1];
  const arms: string[] = [];
  for (const { done, error } of stops) {
    const way = endsFunction(unit, stmt) ? '' : doneReturn(unit, stmt, done, error);
    if (way === undefined) return undefined;
    const isNext = next?.kind === 'ReturnStmt' && unit.text(next) === way;
    arms.push(isNext || way === '' ? `case <-${done}:` : doneArm(done, way));
  }
  return besideDone(unit, stmt, site, arms.join('\n'), shift);
}

function isLastInList(unit: DeclUnit, stmt: Stmt): boolean {
  const site = StatementSite.of(unit, stmt);
  return !site || site.index === site.list.stmts.length - 1;
}

/**
 * A send as one arm of a `select`, beside an arm that waits on `done` and does nothing: the function goes on behind both.
 * @param done as for `selectWithDone`
 */
export function selectAndGoOn(unit: DeclUnit, stmt: SendStmt, done: string): FileEdit[] | undefined {
  const site = StatementSite.of(unit, stmt);
  return site?.item === stmt ? besideDone(unit, stmt, site, `case <-${done}:`, '') : undefined;
}

function besideDone(
  unit: DeclUnit,
  stmt: Stmt,
  site: StatementSite,
  other: string,
  shift: string,
): FileEdit[] | undefined {
  const { eol } = site;
  const indent = site.indent + shift;
  return tidyEdits([
    ...site.edits,
    insertionIn(unit.file, unit.base + stmt.start, `select {${eol}${indent}case `),
    insertionIn(unit.file, unit.base + stmt.end, site.shares ? `:${eol}${layLines(`${other}\n}`, indent, eol)}` : ':'),
    ...(site.shares ? [] : [site.below(layLines(`${other}\n}`, shift, '\n'))]),
  ]);
}

/**
 * Adds an arm that waits on `done` as the first one of a `select`; one that is there and goes on gets the way out at its end.
 * `undefined` as for `selectWithDone`.
 */
export function addDoneArm(unit: DeclUnit, select: SelectStmt, done: string): FileEdit[] | undefined {
  const { text } = unit.file;
  const first = select.clauses[0];
  const leave = doneReturn(unit, select, done);
  const own = select.clauses.find((c) => c.comm && unit.text(c.comm) === `<-${done}`);
  if (own) return leave === undefined ? undefined : leaveAtEnd(unit, own, leave);
  const brace = unit.base + select.start + unit.text(select).indexOf('{');
  if (!first || leave === undefined || !isFirstOnLine(text, unit.base + first.start)) return undefined;
  if (!isLastOnLine(text, brace + 1)) return undefined;
  const eol = eolOf(text);
  const indent = indentAt(text, unit.base + first.start);
  return [insertionIn(unit.file, lineEnd(text, brace), eol + layLines(doneArm(done, leave), indent, eol))];
}

/** Ends an arm with a statement that leaves. */
function leaveAtEnd(unit: DeclUnit, arm: CommClause, leave: string): FileEdit[] | undefined {
  const last = arm.body.at(-1);
  if (last?.kind === 'BranchStmt') return last.label ? undefined : replaceNode(unit, last, leave);
  if (last) return insertAfterStatement(unit, last, leave);
  return insertAtBlockStart(unit, arm, leave);
}

/**
 * `for range ticker.C { body }` as an endless loop around a `select` with an arm that waits on `done` and an arm with
 * the body. Only for a channel that is never closed, such as a ticker's: an endless loop does not notice `close`.
 * @param channel Go expression to receive from; needed where the loop's own would make another channel on each turn
 */
export function rangeWithDone(
  unit: DeclUnit,
  loop: RangeStmt,
  done: string,
  channel: string = unit.text(loop.x),
): FileEdit[] | undefined {
  const leave = doneReturn(unit, loop, done);
  if (leave === undefined || loop.value) return undefined;
  const key = loop.key && unit.text(loop.key) !== '_' ? `${unit.text(loop.key)} ${loop.define ? ':=' : '='} ` : '';
  return combine(
    breakOutOfLoop(unit, jumpsOutOf(loop.body.stmts).breaks, loop),
    aroundBody(unit, loop, `select {\n${doneArm(done, leave)}\ncase ${key}<-${channel}:`),
  );
}

/**
 * `for v := range ch { body }` as an endless loop around a `select` with an arm that waits on `done` and an arm that receives, and leaves the
 * loop when the channel is closed.
 * @returns undefined, too, where the channel may be another one on the next turn
 */
export function closableRangeWithDone(unit: DeclUnit, loop: RangeStmt, done: string): FileEdit[] | undefined {
  const leave = doneReturn(unit, loop, done);
  const channel = unparen(loop.x);
  const isFixed = channel.kind === 'SelectorExpr' || (channel.kind === 'Ident' && !channel.obj?.writes.length);
  if (leave === undefined || loop.value || !isFixed || pathText(channel) === undefined) return undefined;
  if (loop.key && (!loop.define || loop.key.kind !== 'Ident')) return undefined;
  const label = endsFunction(unit, loop) ? undefined : loopLabel(unit, loop);
  const end = endsFunction(unit, loop) ? 'return' : label && `break ${label.name}`;
  if (end === undefined) return undefined;
  const ok = freshName(unit, loop.body, 'ok', 'isOpen');
  const value = loop.key ? unit.text(loop.key) : '_';
  const arm = `case ${value}, ${ok} := <-${unit.text(loop.x)}:\n\tif !${ok} {\n\t\t${end}\n\t}`;
  return combine(
    label?.edits ?? [],
    jumpsOutOf(loop.body.stmts).breaks.flatMap((b) => replaceNode(unit, b, end)),
    aroundBody(unit, loop, `select {\n${doneArm(done, leave)}\n${arm}`),
  );
}

/** An endless loop in the place of another one, with its body in the last arm of a `select`. */
function aroundBody(unit: DeclUnit, loop: RangeStmt, head: string): FileEdit[] | undefined {
  const { text } = unit.file;
  const start = unit.base + loop.start;
  const open = unit.base + loop.body.start + 1;
  const close = unit.base + loop.body.end - 1;
  if (!isFirstOnLine(text, start) || !isFirstOnLine(text, close) || !isLastOnLine(text, open)) return undefined;
  const eol = eolOf(text);
  const indent = indentAt(text, start);
  return combine(
    [{ file: unit.file, start, end: open, newText: `for {${eol}${layLines(head, `${indent}\t`, eol)}` }],
    indentLines(unit, nextLine(text, open), lineStart(text, close)),
    [insertionIn(unit.file, lineStart(text, close), `${indent}\t}${eol}`)],
  );
}

/**
 * `for { <-ticker.C; body }`: the receive and everything after it in its block become an arm of a `select`.
 * Also what `selectWithDone` does for a receive that declares variables.
 */
export function receiveLoopWithDone(unit: DeclUnit, receive: Stmt, done: string): FileEdit[] | undefined {
  return isChannelOperation(receive) ? takingRest(unit, receive, done) : undefined;
}

function takingRest(unit: DeclUnit, stmt: ChannelOperation, done: string): FileEdit[] | undefined {
  const { text } = unit.file;
  const site = StatementSite.of(unit, stmt);
  const leave = doneReturn(unit, stmt, done);
  if (!site || site.item !== stmt || site.shares || leave === undefined || site.list.close < 0) return undefined;
  const close = unit.base + site.list.close;
  if (!isFirstOnLine(text, close)) return undefined;
  const rest = site.list.stmts.slice(site.index + 1);
  const { breaks } = jumpsOutOf(rest);
  const loop = breaks.length > 0 ? brokenLoop(unit, site.list) : undefined;
  if (breaks.length > 0 && !loop) return undefined;
  if (rest.some((s) => s.kind === 'LabeledStmt')) return undefined;
  const { indent, eol } = site;
  return combine(
    [
      insertionIn(
        unit.file,
        unit.base + stmt.start,
        `${layLines(`select {\n${doneArm(done, leave)}\ncase `, indent, eol).slice(indent.length)}`,
      ),
      insertionIn(unit.file, unit.base + stmt.end, ':'),
    ],
    loop ? breakOutOfLoop(unit, breaks, loop) : [],
    indentLines(unit, nextLine(text, unit.base + stmt.end), lineStart(text, close)),
    [insertionIn(unit.file, lineStart(text, close), `${indent}}${eol}`)],
  );
}

type ChannelOperation = SendStmt | ExprStmt | AssignStmt;

/** Statements that may stand behind `case` in a select. */
function isChannelOperation(stmt: Stmt): stmt is ChannelOperation {
  if (stmt.kind === 'SendStmt') return true;
  const isReceive = (x: Stmt & { kind: 'AssignStmt' | 'ExprStmt' }): boolean => {
    const expr = x.kind === 'ExprStmt' ? x.x : x.rhs[0];
    const bare = expr && unparen(expr);
    return bare?.kind === 'UnaryExpr' && bare.op === '<-';
  };
  if (stmt.kind === 'ExprStmt') return isReceive(stmt);
  return stmt.kind === 'AssignStmt' && stmt.rhs.length === 1 && /^:?=$/.test(stmt.op) && isReceive(stmt);
}

/** The loop an unlabelled `break` in a list of statements ends; undefined when it ends a `switch` or `select`. */
function brokenLoop(unit: DeclUnit, list: StatementList): Loop | undefined {
  const parents = parentsOf(unit.decl);
  for (let n: Node | undefined = list.owner; n && !isFunc(n); n = parents.get(n)) {
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') return n;
    if (n.kind === 'CaseClause' || n.kind === 'CommClause') return undefined;
  }
  return undefined;
}
