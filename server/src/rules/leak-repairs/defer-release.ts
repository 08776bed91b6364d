/**
 * Makes what ends a wait happen on every way out: a statement that closes, counts down, signals or hands back at the end of a function is
 * skipped by every return before it.
 */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { combine } from '../../fixes/apply.ts';
import { deferEarlier } from '../../fixes/defer-statement.ts';
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import { insertAfterStatement, insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, walk } from '../../golang/walk.ts';
import type { BlockStmt, Expr, ExprStmt, FuncNode, LocalObject, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';
import { changesLater, counterpart, isConditional, isTested, returnsWhenClosed } from './defer-place.ts';
import { isLeftOut, keepsOnSuccess, releaseBeforeReturn } from './release-before-return.ts';
import { type Release, releasesOf } from './releases.ts';

/** The model is asked for each: there is hardly ever more than one. */
const MAX_CANDIDATES = 4;

/** What is skipped on some ways out on all of them: with a `defer`, or else where it is missing. Titles: `DEFER_MESSAGES`. */
export function releaseOnEveryWay(
  context: RuleContext,
  leak: Leak,
  wanted: (release: Release) => boolean = () => true,
): FixSpec | undefined {
  return deferRelease(context, leak, wanted) ?? releaseBeforeReturn(context, leak, wanted);
}

/** `defer` for what the goroutines of a leak do at the end of some ways only. Title: `fix-defer-call` ({call}). */
export function deferRelease(
  context: RuleContext,
  leak: Leak,
  wanted: (release: Release) => boolean = () => true,
): FixSpec | undefined {
  const { analysis } = context;
  const candidates = releasesOf(context, leak).flatMap((release) => {
    const stmts = release.stmts.filter((s) => isAtEnd(analysis, release.unit, release.func, s));
    return stmts.length > 0 && wanted(release) ? [{ ...release, stmts }] : [];
  });
  for (const release of candidates.slice(0, MAX_CANDIDATES)) {
    const follows = isLeftOut(analysis, leak, release);
    const edits = deferEdits(analysis, release).find((e) => isRepairedBy(context, leak, e, follows));
    if (!edits) continue;
    return { id: 'defer-release', title: 'fix-defer-call', args: { call: release.call }, preferred: true, edits };
  }
  return undefined;
}

/** True when nothing happens behind a statement any more but the return. */
function isAtEnd(analysis: Analysis, unit: DeclUnit, func: FuncNode, stmt: ExprStmt): boolean {
  const cfg = analysis.cfg(unit, func);
  if (!cfg.where.has(stmt)) return false;
  return [...nodesAfter(cfg, stmt)].every(
    (n) => n.kind === 'BranchStmt' || (n.kind === 'ReturnStmt' && !n.results.some((r) => mayWait(analysis, unit, r))),
  );
}

/** True for a result that calls something of the package, or waits: what is deferred comes after it. */
function mayWait(analysis: Analysis, unit: DeclUnit, result: Expr): boolean {
  return (
    find(result, (n) => {
      if (n.kind === 'UnaryExpr') return n.op === '<-';
      if (n.kind !== 'CallExpr') return false;
      const { kind, visible, name } = analysis.callee(unit, n);
      return kind === 'value' || kind === 'unknown' || visible !== undefined || /\.Wait$/.test(name);
    }) !== undefined
  );
}

/**
 * The `defer` goes behind the declaration of what it needs, or behind the lock; else behind what takes from the same value, or to the top of the
 * function.
 */
function deferEdits(analysis: Analysis, release: Release): FileEdit[][] {
  const { unit, func, call, stmts } = release;
  const { body } = func;
  if (
    !body ||
    keepsOnSuccess(analysis, release) ||
    isConditional(unit, func, stmts) ||
    returnsWhenClosed(analysis, unit, func, stmts)
  )
    return [];
  const last = lastNeeded(func, stmts);
  const lock = call.replace(/Unlock\(\)$/, 'Lock()');
  const taken = lock === call ? undefined : body.stmts.find((s) => s.kind === 'ExprStmt' && unit.text(s.x) === lock);
  const made = taken ?? (last && body.stmts.find((s) => contains(s, last.decl)));
  if (last && !taken) {
    const parent = ancestor(analysis.parents(unit), last.decl, (n) => n.kind === 'BlockStmt' || isFunc(n));
    if (!made || parent !== body || stmts.some((s) => contains(made, s)) || isTested(body, made, stmts)) return [];
  }
  const places = made ? [made] : [counterpart(unit, body, stmts), undefined];
  return places.flatMap((place, i) =>
    i > 0 && place === places[0] ? [] : [deferBehind(unit, body, release, place) ?? []].filter((e) => e.length > 0),
  );
}

/** @param place a statement of the body; undefined for its top */
function deferBehind(
  unit: DeclUnit,
  body: BlockStmt,
  { call, stmts }: Release,
  place: Stmt | undefined,
): FileEdit[] | undefined {
  const insert = (lines: string): FileEdit[] | undefined => {
    if (!place) return insertAtBlockStart(unit, body, lines);
    return place.kind === 'AssignStmt'
      ? insertAfterErrorCheck(unit, place, lines)
      : insertAfterStatement(unit, place, lines);
  };
  const [only, ...others] = stmts;
  const isLate = changesLater(stmts, place?.end ?? body.start);
  // One statement keeps its comments; of several, each has its own.
  if (only?.x.kind === 'CallExpr' && others.length === 0 && !isLate) return deferEarlier(unit, only, only.x, insert);
  const edits = insert(isLate ? `defer func() { ${call} }()` : `defer ${call}`);
  return edits && combine(edits, ...stmts.map((s) => deleteStatement(unit, s)));
}

/** Of the variables that are declared in the function and that the statement names, the one that comes last. */
function lastNeeded({ body }: FuncNode, [stmt]: readonly ExprStmt[]): LocalObject | undefined {
  let last: LocalObject | undefined;
  if (!stmt || !body) return undefined;
  walk(stmt, (n) => {
    if (n.kind !== 'Ident' || !n.obj || !contains(body, n.obj.decl) || contains(stmt, n.obj.decl)) return;
    if (!last || n.obj.decl.start > last.decl.start) last = n.obj;
  });
  return last;
}
