/** Signals that wake one of several goroutines although the change before ends the wait of others too, or of another one. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { changes, NEGATED } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { fieldMentionsOf, type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, inLoop, isFunc, type ParentMap } from '../../golang/parents.ts';
import { runningFunc } from '../../golang/running-func.ts';
import { isShared } from '../../golang/shared-values.ts';
import type { CallSite } from '../../golang/run-states.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains, find, isNil, isZero, pathText, unparen, walk } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, Ident, IncDecStmt, Node, Stmt } from '../../syntax/ast.ts';
import { calls } from './cond-wait.entries.ts';
import { comeByTwo, mayBeMany } from './cond-wait.many.ts';
import { conditionOf, operationAt, type Waiter, waiterAt } from './cond-wait.waiters.ts';
import { type Wake, wakesBy } from './cond-wait.wakes.ts';

/** Who is not woken although the wait is over. */
export interface OneOfMany {
  /** Each signal after such a change. */
  signals: readonly [CallSite, ...CallSite[]];
  /** The change before the first of them. */
  change: { unit: DeclUnit; stmt: Stmt };
  /** The variable that each who waits has for himself: `pos` of `w.durable < pos`. */
  position?: string;
}

/** What ends the waits of several at once. */
interface Awaited {
  field: string;
  position?: Ident;
  /** True for a change that may end the wait of more than the one who has waited longest, with the value that is given if there is one. */
  ends: (change: FieldChange) => boolean;
  /** True for one that is never taken back. */
  isForGood: boolean;
  /** True for a count that has come down to nothing. */
  isCount?: true;
}

interface FieldChange {
  unit: DeclUnit;
  stmt: AssignStmt | IncDecStmt;
  path: string;
  value: Expr | undefined;
}

/**
 * The signals after which somebody who waits at a call sleeps on: the condition compares a field with something that each who waits has for himself,
 * or asks for a flag that ends all waits, several can wait at a time, and the one that is woken wakes nobody.
 */
export function oneOfMany(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): OneOfMany | undefined {
  if (unit.file.isTest || cond.kind !== 'SelectorExpr') return undefined;
  const selected = analysis.types.members.selector(unit, cond);
  const owner = selected?.kind === 'field' ? selected.owner : undefined;
  const mentions = ownMentions(analysis, unit, cond)?.filter((m) => !m.unit.file.isTest);
  const waiters = mentions?.flatMap((m) => waiterAt(analysis, m) ?? []) ?? [];
  const waiter = waiters.find((w) => w.call === wait);
  if (!owner || !mentions?.every((m) => isSeen(analysis, m)) || !waiter) return undefined;
  if (wakesBeside(analysis, unit, wait)) return undefined;
  const callers = mentionsOf(analysis, unit, waiter.method.decl).filter((m) => !m.unit.file.isTest);
  // A function that a caller is given and calls then does so for something else.
  if (callers.some((m) => !m.call || wakesBeside(analysis, m.unit, m.call) === 'surely')) return undefined;
  for (const awaited of awaitedBy(waiter)) {
    if (awaited.isCount && isTaken(analysis, [unit, ...callers.map((m) => m.unit)], owner, waiter)) continue;
    const same = waiters.filter((w) => conditionOf(w) === conditionOf(waiter));
    const isMany = awaited.isCount
      ? comeByTwo(analysis, same)
      : mayBeMany(analysis, waiter, awaited.position) || (awaited.isForGood && comeByTwo(analysis, same));
    if (!isMany) continue;
    const all = changesOf(analysis, unit, owner, awaited.field);
    const ending = all?.filter((c) => awaited.ends(c)) ?? [];
    if (!all || (awaited.isForGood && ending.length < all.length)) continue;
    const helping = ending.filter((c) => c.unit !== unit);
    const found = mentions.flatMap((m) => signalAfter(analysis, m, helping, awaited) ?? []);
    const [first, ...more] = found;
    if (!first) continue;
    const signals = [first.signal, ...more.map((f) => f.signal)] as const;
    return { signals, change: first.change, position: awaited.position?.name };
  }
  return undefined;
}

/** True where one who is woken takes what he has waited for, so that the next one has to wait on: a field of the condition gets another value. */
function isTaken(analysis: Analysis, units: readonly DeclUnit[], owner: NamedType, { method, parts }: Waiter): boolean {
  const asked = parts.flatMap(({ expr }) => nodesWithin(expr).flatMap((n) => fieldOf(n, method.receiver) ?? []));
  return asked.some((field) => {
    const all = changesOf(analysis, method.unit, owner, field);
    return !all || all.some((c) => units.includes(c.unit));
  });
}

function nodesWithin(expr: Expr): Expr[] {
  const found: Expr[] = [];
  walk(expr, (n) => void (n.kind === 'SelectorExpr' && found.push(n)));
  return found;
}

/** What is done to a field of values that others hold; undefined where somebody has its address. */
function changesOf(analysis: Analysis, unit: DeclUnit, owner: NamedType, field: string): FieldChange[] | undefined {
  const found: FieldChange[] = [];
  const mentions = fieldMentionsOf(analysis, unit, owner, field);
  for (const { unit: at, node } of mentions ?? []) {
    const stmt = analysis.parents(at).get(node);
    const path = pathText(node);
    if (stmt?.kind === 'UnaryExpr' && stmt.op === '&') return undefined;
    const isTarget = stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node);
    if ((stmt?.kind !== 'IncDecStmt' && !isTarget) || path === undefined || at.file.isTest || !isShared(node)) continue;
    found.push({ unit: at, stmt: stmt as FieldChange['stmt'], path, value: givenValue(stmt, node) });
  }
  return mentions && found;
}

/** True for a mention of which it is known what it does, and that does not wake from time to time. */
function isSeen(analysis: Analysis, mention: OwnMention): boolean {
  if (mention.initial !== undefined) return true;
  const { unit, node } = mention;
  const parents = analysis.parents(unit);
  const user = parents.get(node);
  if (user?.kind === 'AssignStmt') return user.lhs.some((l) => l === node);
  if (user?.kind === 'BinaryExpr') return isNil(user.x) || isNil(user.y);
  const operation = operationAt(analysis, mention);
  if (user === undefined || operation === undefined) return false;
  if (operation === 'L' || operation === 'Wait') return true;
  const call = parents.get(user);
  const loop = ancestor(parents, node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  if (loop && !isFunc(loop) && find(loop, (n) => isTimed(analysis, unit, n))) return false;
  return call?.kind === 'CallExpr' && call.fun === user;
}

function isTimed(analysis: Analysis, unit: DeclUnit, n: Node): boolean {
  if (n.kind === 'CallExpr') return /^(?:Sleep|After)$/.test(calledName(n));
  if (n.kind !== 'RangeStmt' && (n.kind !== 'UnaryExpr' || n.op !== '<-')) return false;
  const type = analysis.types.underlying(analysis.typeOf(unit, n.x));
  return type.kind === 'unknown' || (type.kind === 'chan' && type.elem.kind === 'named' && type.elem.name === 'Time');
}

function awaitedBy({ method, call, parts }: Waiter): Awaited[] {
  const { receiver } = method;
  return parts
    .flatMap(({ expr, is }) => comparisons(expr, is))
    .flatMap(({ x, op, y }): Awaited[] => {
      const flag = fieldOf(x, receiver);
      if (y === undefined || isNil(y)) {
        if (flag === undefined || op === '!=') return [];
        const ends = ({ stmt, path, value }: FieldChange): boolean => {
          if (y) return value !== undefined && !isNil(value);
          return changes(stmt, path, op === 'true' ? 'false' : 'true');
        };
        return [{ field: flag, ends, isForGood: true }];
      }
      if (flag !== undefined && isZero(y) && (op === '>' || op === '!=')) {
        const ends = ({ stmt, path }: FieldChange): boolean => changes(stmt, path, 'less');
        return [{ field: flag, ends, isForGood: false, isCount: true }];
      }
      const position = [x, y].find((e): e is Ident => isPosition(e, call));
      const field = fieldOf(position === x ? y : x, receiver);
      if (!position || field === undefined) return [];
      if (op !== '==') return [{ field, position, ends: isLeap, isForGood: false }];
      // All who have come since the last change wait for the same one.
      const value = position.obj && onlyValue(position.obj);
      const isSince = value !== undefined && fieldOf(value, receiver) === field;
      return isSince ? [{ field, position, ends: () => true, isForGood: false }] : [];
    });
}

/** `op` is `true` or `false` for what is not compared with anything. */
interface Comparison {
  x: Expr;
  op: string;
  y?: Expr;
}

/** What has to be so for a condition to be `is`. */
function comparisons(expr: Expr, is: boolean): Comparison[] {
  const x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '!') return comparisons(x.x, !is);
  if (x.kind !== 'BinaryExpr') return [{ x, op: String(is) }];
  if (x.op === (is ? '&&' : '||')) return [...comparisons(x.x, is), ...comparisons(x.y, is)];
  const op = is ? x.op : NEGATED.get(x.op);
  return op !== undefined && NEGATED.has(op) ? [{ x: unparen(x.x), op, y: unparen(x.y) }] : [];
}

function fieldOf(expr: Expr, receiver: string): string | undefined {
  const x = unparen(expr);
  return x.kind === 'SelectorExpr' && pathText(x.x) === receiver ? x.sel.name : undefined;
}

/** True for a variable that has been given its value before the wait, once. */
function isPosition(x: Expr, wait: CallExpr): x is Ident {
  if (x.kind !== 'Ident' || !x.obj || x.obj.writes.length > 0 || x.obj.decl.start > wait.start) return false;
  return x.obj.role === 'param' || x.obj.role === 'local';
}

/** Steps of one wake one after the other, in the order in which they have come to wait. */
function isLeap({ stmt, value }: FieldChange): boolean {
  if (stmt.kind === 'IncDecStmt') return false;
  const x = stmt.op === '=' ? value && unparen(value) : stmt.rhs[0];
  if (!x) return stmt.op === '=';
  return x.kind !== 'BasicLit' && (stmt.op !== '=' || x.kind !== 'BinaryExpr');
}

/** A single `Signal` behind one of the changes, both in one function or in what it calls. */
function signalAfter(
  analysis: Analysis,
  mention: OwnMention,
  changing: readonly FieldChange[],
  awaited: Awaited,
): { signal: CallSite; change: FieldChange } | undefined {
  const { unit, node } = mention;
  if (operationAt(analysis, mention) !== 'Signal') return undefined;
  const call = ancestor(analysis.parents(unit), node, (n) => n.kind === 'CallExpr');
  if (call?.kind !== 'CallExpr' || unit.decl.kind !== 'FuncDecl' || unit.hasError) return undefined;
  const callers = mentionsOf(analysis, unit, unit.decl).filter((m) => !m.unit.file.isTest);
  if (callers.some((m) => !m.call)) return undefined;
  const sites = [{ unit, call }, ...callers.flatMap((m) => (m.call ? [{ unit: m.unit, call: m.call }] : []))];
  for (const site of sites) {
    const change = changing.find((c) => isBefore(analysis, c, site));
    if (change && isOnly(analysis, site, awaited)) return { signal: { unit, call }, change };
  }
  return undefined;
}

/** True for a change that a function makes, itself or in a call, before it calls something, and as often. */
function isBefore(analysis: Analysis, { unit, stmt }: FieldChange, { unit: at, call }: CallSite): boolean {
  const parents = analysis.parents(at);
  const isDeferred = parents.get(call)?.kind === 'DeferStmt';
  const places: Node[] = unit === at ? [stmt] : [];
  if (unit.decl.kind === 'FuncDecl')
    for (const m of mentionsOf(analysis, unit, unit.decl)) if (m.unit === at && m.call) places.push(m.call);
  return places.some(
    (p) =>
      !contains(p, call) &&
      enclosingFunc(parents, p) === enclosingFunc(parents, call) &&
      (isDeferred || (p.start < call.start && loopAround(parents, p) === loopAround(parents, call))),
  );
}

function loopAround(parents: ParentMap, node: Node): Node | undefined {
  return ancestor(parents, node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
}

/** Whether a function wakes somebody after a call, or in the next turn of its loop. */
function wakesBeside(analysis: Analysis, unit: DeclUnit, call: CallExpr): Wake | undefined {
  const parents = analysis.parents(unit);
  const loop = loopAround(parents, call);
  const wakes = nodesOfKind(unit.decl, 'CallExpr').map((c) => {
    if (c === call || runningFunc(parents, c) !== runningFunc(parents, call)) return undefined;
    const isDeferred = ancestor(parents, c, (n) => n.kind === 'DeferStmt') !== undefined;
    const isLater = c.start > call.start || isDeferred || (loop && !isFunc(loop) && contains(loop, c));
    return isLater ? wakesBy(analysis, unit, c) : undefined;
  });
  return wakes.find((w) => w === 'surely') ?? wakes.find((w) => w !== undefined);
}

/** True where nothing else is woken, by this function or by those who call it. */
function isOnly(analysis: Analysis, { unit, call }: CallSite, { isForGood, isCount }: Awaited): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || calls(analysis, unit, /^Broadcast$/, 2)) return false;
  if (nodesOfKind(decl, 'CallExpr').some((c) => c !== call && wakesBy(analysis, unit, c))) return false;
  return !mentionsOf(analysis, unit, decl).some((m) => {
    if (m.unit.file.isTest) return false;
    // Whoever closes once for each who waits has them all woken.
    if (!m.call || (isForGood && inLoop(analysis.parents(m.unit), m.call))) return true;
    const wake = wakesBeside(analysis, m.unit, m.call);
    // What is served until somebody counts down is no way to wake those who wait for that.
    return isCount ? wake === 'surely' : wake !== undefined;
  });
}
