/**
 * Makes what ends a wait happen on every way out: a statement that closes, counts down, signals or hands back at the end of a function is
 * skipped by every return before it.
 */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Site } from '../../concurrency/model/values.ts';
import type { TextEdit } from '../../engine/finding.ts';
import { combine } from '../../fixes/apply.ts';
import { deferEarlier } from '../../fixes/defer-statement.ts';
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import { insertAfterStatement, insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, walk } from '../../golang/walk.ts';
import type { Expr, ExprStmt, FuncNode, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { funcAt, lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

/** Statements of a function that do the same, each at the end of a way out. */
interface Release {
  unit: DeclUnit;
  func: FuncNode;
  /** As it is deferred: a call, or a function around a receive. */
  call: string;
  stmts: ExprStmt[];
}

/** The model is asked for each: there is hardly ever more than one. */
const MAX_CANDIDATES = 4;

/** `defer` for what the goroutines of a leak do at the end of some ways only. Title: `fix-defer-call` ({call}). */
export function deferRelease(context: RuleContext, leak: Leak): FixSpec | undefined {
  for (const release of releasesOf(context, leak).slice(0, MAX_CANDIDATES)) {
    const edits = deferEdits(context.analysis, release);
    if (!isRepairedBy(context, leak, edits)) continue;
    return { id: 'defer-release', title: 'fix-defer-call', args: { call: release.call }, preferred: true, edits };
  }
  return undefined;
}

function releasesOf({ analysis, unit: here }: RuleContext, leak: Leak): Release[] {
  const found: Release[] = [];
  for (const { unit, func } of functionsOf(analysis, leak)) {
    if (unit.file !== here.file) continue;
    for (const stmt of nodesOfKind(unit.decl, 'ExprStmt')) {
      if (enclosingFunc(analysis.parents(unit), stmt) !== func) continue;
      const call = releaseText(analysis, unit, stmt, leak);
      if (call === undefined || !isAtEnd(analysis, unit, func, stmt)) continue;
      const known = found.find((r) => r.func === func && r.call === call);
      if (known) known.stmts.push(stmt);
      else found.push({ unit, func, call, stmts: [stmt] });
    }
  }
  return found;
}

/** The functions in which something happens that the witness tells of, and those of the package that they call. */
function functionsOf(analysis: Analysis, leak: Leak): { unit: DeclUnit; func: FuncNode }[] {
  const found = new Map<FuncNode, DeclUnit>();
  const sites: Site[] = [...leak.steps.map((s) => s.site), ...leak.path];
  for (const site of sites) {
    const func = site.unit.hasError ? undefined : funcAt(site);
    if (func) found.set(func, site.unit);
  }
  for (const [func, unit] of [...found])
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const { visible } = contains(func, call) ? analysis.callee(unit, call) : {};
      if (visible && !visible.unit.hasError) found.set(visible.decl, visible.unit);
    }
  return [...found].map(([func, unit]) => ({ unit, func }));
}

/** What is deferred instead of a statement that others may wait for. */
function releaseText(analysis: Analysis, unit: DeclUnit, { x }: ExprStmt, leak: Leak): string | undefined {
  if (x.kind === 'UnaryExpr')
    return x.op === '<-' && leak.operation === 'send' && lastName(unit.text(x.x)) === lastName(leak.name)
      ? `func() { ${unit.text(x)} }()`
      : undefined;
  if (x.kind !== 'CallExpr') return undefined;
  const callee = analysis.callee(unit, x);
  const { visible } = callee;
  const isRelease =
    (callee.kind === 'builtin' && callee.name === 'close') ||
    /^sync\.(?:WaitGroup\.Done|Cond\.(?:Broadcast|Signal))$/.test(callee.name) ||
    callee.kind === 'value' ||
    (visible !== undefined && RELEASES.test(visible.unit.text(visible.decl)));
  const text = unit.text(x);
  return isRelease && !text.includes('\n') ? text : undefined;
}

/** What ends a wait, in a called function. */
const RELEASES = /\bclose\(|\.Done\(\)|\.(?:Broadcast|Signal)\(\)|<-/;

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

/** The `defer` goes to the top of the function, or behind the declaration of what it needs. */
function deferEdits(analysis: Analysis, { unit, func, call, stmts }: Release): TextEdit[] | undefined {
  const { body } = func;
  if (!body) return undefined;
  const last = lastNeeded(func, stmts);
  const made = last && body.stmts.find((s) => contains(s, last.decl));
  if (last) {
    const parent = ancestor(analysis.parents(unit), last.decl, (n) => n.kind === 'BlockStmt' || isFunc(n));
    if (!made || parent !== body || stmts.some((s) => contains(made, s))) return undefined;
  }
  const insert = (lines: string): TextEdit[] | undefined => {
    if (!made) return insertAtBlockStart(unit, body, lines);
    return made.kind === 'AssignStmt'
      ? insertAfterErrorCheck(unit, made, lines)
      : insertAfterStatement(unit, made, lines);
  };
  const [only, ...others] = stmts;
  // One statement keeps its comments; of several, each has its own.
  if (only?.x.kind === 'CallExpr' && others.length === 0) return deferEarlier(unit, only, only.x, insert);
  const edits = insert(`defer ${call}`);
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
