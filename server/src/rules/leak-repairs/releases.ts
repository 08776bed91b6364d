/** Statements that end the wait of others: they close, count down, signal, unlock or hand back. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Site } from '../../concurrency/model/values.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains } from '../../golang/walk.ts';
import type { ExprStmt, FuncNode } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { funcAt, lastName, lastStep } from '../leak-sites.ts';

/** Statements of a function that do the same. */
export interface Release {
  unit: DeclUnit;
  func: FuncNode;
  /** As it is deferred: a call, or a function around a receive. */
  call: string;
  stmts: ExprStmt[];
}

/** Releases in the functions that have to do with a leak. */
export function releasesOf({ analysis }: RuleContext, leak: Leak): Release[] {
  const found: Release[] = [];
  for (const { unit, func } of functionsOf(analysis, leak)) {
    for (const stmt of nodesOfKind(unit.decl, 'ExprStmt')) {
      if (enclosingFunc(analysis.parents(unit), stmt) !== func) continue;
      const call = releaseText(analysis, unit, stmt, leak);
      if (call === undefined) continue;
      const known = found.find((r) => r.func === func && r.call === call);
      if (known) known.stmts.push(stmt);
      else found.push({ unit, func, call, stmts: [stmt] });
    }
  }
  return found;
}

/**
 * The functions in which something happens that the witness tells of, and those of the package that they call; and those that
 * call for the lock that is left.
 */
export function functionsOf(analysis: Analysis, leak: Leak): { unit: DeclUnit; func: FuncNode }[] {
  const found = new Map<FuncNode, DeclUnit>();
  const sites: Site[] = [...leak.steps.map((s) => s.site), ...leak.path];
  for (const site of sites) {
    const func = site.unit.hasError ? undefined : funcAt(site);
    if (func) found.set(func, site.unit);
  }
  for (const [func, unit] of [...found])
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const { own } = contains(func, call) ? analysis.callee(unit, call) : {};
      if (own && !own.unit.hasError) found.set(own.decl, own.unit);
    }
  const locked = leak.operation.endsWith('lock') ? lastStep(leak, 'lock') : undefined;
  const { decl } = locked?.unit ?? {};
  if (locked && decl?.kind === 'FuncDecl')
    for (const { unit, call } of mentionsOf(analysis, locked.unit, decl)) {
      const func = call && enclosingFunc(analysis.parents(unit), call);
      if (func) found.set(func, unit);
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
  const unlocks = leak.operation.endsWith('lock');
  const isRelease =
    (unlocks && /^sync\.(?:RW)?Mutex\.R?Unlock$/.test(callee.name)) ||
    (callee.kind === 'builtin' && callee.name === 'close') ||
    /^sync\.(?:WaitGroup\.Done|Cond\.(?:Broadcast|Signal))$/.test(callee.name) ||
    callee.kind === 'value' ||
    (visible !== undefined &&
      (unlocks ? UNLOCKS : leak.operation === 'send' ? TAKES : RELEASES).test(visible.unit.text(visible.decl)));
  const text = unit.text(x);
  return isRelease && !text.includes('\n') ? text : undefined;
}

/** What ends a wait, in a called function. */
const RELEASES = /\bclose\(|\.Done\(\)|\.(?:Broadcast|Signal)\(\)|<-/;
/** The same for a send: another one helps nobody. */
const TAKES = /\bclose\(|\.Done\(\)|\.(?:Broadcast|Signal)\(\)|(?:^|[{;=(,])\s*<-/m;

const UNLOCKS = /\.R?Unlock\(\)/;
