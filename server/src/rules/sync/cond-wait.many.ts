/** Whether several goroutines can wait at the same place for the same condition variable. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { isExported } from '../../golang/exported.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, calledName, contains, find, pathText } from '../../golang/walk.ts';
import type { CallExpr, FuncDecl, Ident, Node } from '../../syntax/ast.ts';
import type { Waiter } from './cond-wait.waiters.ts';

/** Callers that are followed to the statement that starts the goroutine. */
const MAX_DEPTH = 3;

/**
 * True where the code reckons with several: it draws a number for each who waits, counts those who wait or have come, or starts goroutines in a
 * loop that wait for one value.
 * @param position what each of them has for himself
 */
export function mayBeMany(analysis: Analysis, waiter: Waiter, position: Ident | undefined): boolean {
  const { method } = waiter;
  return (
    drawsNumber(waiter, position) ||
    counts(waiter, position !== undefined) ||
    startsMany(analysis, method.unit, method.decl, false, 0)
  );
}

/**
 * True where callers of the package can come to waits for one condition by two methods: nothing lets only the first of them pass, and no
 * lock keeps one out while the other waits.
 */
export function comeByTwo(analysis: Analysis, waiters: readonly Waiter[]): boolean {
  const entries = new Set<FuncDecl>();
  for (const { method, call } of waiters) addEntries(analysis, method.unit, method.decl, call, entries, 0);
  return entries.size > 1;
}

function addEntries(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  call: CallExpr,
  entries: Set<FuncDecl>,
  depth: number,
): void {
  const isOwn = enclosingFunc(analysis.parents(unit), call) === decl && startOf(analysis, unit, call) === undefined;
  if (!isOwn || depth > MAX_DEPTH || isGuarded(decl, call) || (depth > 0 && holdsLock(unit, call))) return;
  const { names, recv } = unit.declaration;
  if (isExported(names[0] ?? '') && recv !== undefined && isExported(recv)) return void entries.add(decl);
  for (const m of mentionsOf(analysis, unit, decl)) {
    if (!m.call || m.unit.file.isTest || m.unit.decl.kind !== 'FuncDecl') continue;
    const root = baseIdent(m.call.fun);
    if (root && isOfReceiver(root, 0)) addEntries(analysis, m.unit, m.unit.decl, m.call, entries, depth + 1);
  }
}

/** True for what a method has found in its receiver: others may have it as well. */
function isOfReceiver({ obj }: Ident, steps: number): boolean {
  if (!obj || obj.role === 'recv') return obj !== undefined;
  const d: Node = obj.declNode;
  const value = d.kind === 'RangeStmt' ? d.x : givenValue(d, obj.decl);
  if (!value || steps > MAX_DEPTH || find(value, (n) => n.kind === 'CompositeLit')) return false;
  return find(value, (n) => n.kind === 'Ident' && n.obj !== obj && isOfReceiver(n, steps + 1)) !== undefined;
}

/** True where a flag which the method sets lets only the first one come to the wait. */
function isGuarded(decl: FuncDecl, call: CallExpr): boolean {
  const written = nodesOfKind(decl, 'AssignStmt').flatMap(({ op, lhs }) => (op === ':=' ? [] : lhs.map(pathText)));
  return nodesOfKind(decl, 'IfStmt').some(({ cond, start }) => {
    if (start > call.start) return false;
    const isFlag = (n: Node): boolean => n.kind === 'SelectorExpr' && written.includes(pathText(n));
    return find(cond, (n) => isFlag(n) || (n.kind === 'CallExpr' && /Swap/.test(calledName(n)))) !== undefined;
  });
}

/** True for a position that is taken from a field which the method changes: `w.written++; pos := w.written`. */
function drawsNumber(waiter: Waiter, position: Ident | undefined): boolean {
  const value = position?.obj && onlyValue(position.obj);
  if (!value) return false;
  return changedBefore(waiter).some((path) => find(value, (n) => n.kind === 'SelectorExpr' && pathText(n) === path));
}

/** True for a method that counts who comes, and who goes unless they all wait for one change. */
function counts({ method, call }: Waiter, hasPosition: boolean): boolean {
  const counted = nodesOfKind(method.decl, 'IncDecStmt').filter((s) => baseIdent(s.x)?.name === method.receiver);
  const up = counted.filter((s) => s.op === '++' && s.start < call.start);
  return up.some((s) => {
    const path = pathText(s.x);
    const isGone = counted.some((o) => o.op === '--' && pathText(o.x) === path);
    return path !== undefined && (isGone || (hasPosition && isCompared(method.decl, s.end, call.start, path)));
  });
}

/** True for a count that is compared with how many there have to be. */
function isCompared(decl: FuncDecl, from: number, to: number, path: string): boolean {
  return nodesOfKind(decl, 'BinaryExpr').some(
    (b) => b.start >= from && b.end <= to && /^[=!<>]/.test(b.op) && (pathText(b.x) === path || pathText(b.y) === path),
  );
}

function changedBefore({ method, call }: Waiter): string[] {
  const targets = [
    ...nodesOfKind(method.decl, 'IncDecStmt').flatMap((s) => (s.start < call.start ? [s.x] : [])),
    ...nodesOfKind(method.decl, 'AssignStmt').flatMap((s) => (s.start < call.start && s.op !== ':=' ? s.lhs : [])),
  ];
  return targets.flatMap((t) => (t.kind === 'SelectorExpr' ? (pathText(t) ?? []) : []));
}

/** True when a loop starts goroutines that call a function for a value which is not made in the loop, and hold no lock meanwhile. */
function startsMany(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, isStarted: boolean, depth: number): boolean {
  return mentionsOf(analysis, unit, decl).some((m) => {
    const { call, unit: at } = m;
    if (!call || at.file.isTest || at.decl === decl) return false;
    const parents = analysis.parents(at);
    const root = baseIdent(call.fun);
    if (!root || holdsLock(at, call)) return false;
    const start = isStarted ? call : startOf(analysis, at, call);
    const loop =
      start && ancestor(parents, start, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n === at.decl);
    const isMany = start && loop && loop !== at.decl && enclosingFunc(parents, loop) === enclosingFunc(parents, start);
    const values = root.obj ? [root] : call.args.flatMap((a) => baseIdent(a) ?? []);
    if (isMany && values.every((v) => !v.obj || !contains(loop, v.obj.decl))) return true;
    const isOuter = root.obj?.role === 'recv' || root.obj?.role === 'param';
    if (!isOuter || depth >= MAX_DEPTH || at.decl.kind !== 'FuncDecl') return false;
    return startsMany(analysis, at, at.decl, start !== undefined, depth + 1);
  });
}

/** The `go` statement that runs a call. */
function startOf(analysis: Analysis, unit: DeclUnit, call: CallExpr): Node | undefined {
  return ancestor(analysis.parents(unit), call, (n) => n.kind === 'GoStmt');
}

/** True where a lock has been taken before a call, and not been released in between. */
function holdsLock({ decl }: DeclUnit, call: CallExpr): boolean {
  const deferred = nodesOfKind(decl, 'DeferStmt');
  const last = nodesOfKind(decl, 'CallExpr')
    .filter((c) => c.end <= call.start && /^(?:Unl|L)ock$/.test(calledName(c)) && !deferred.some((d) => contains(d, c)))
    .at(-1);
  return last !== undefined && calledName(last) === 'Lock';
}
