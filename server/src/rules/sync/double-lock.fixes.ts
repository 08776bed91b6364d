/** Repairs for a lock that is taken again: unlocked before the call that takes it, or not taken by a helper whose callers hold it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, find } from '../../golang/walk.ts';
import { isWritten } from '../../golang/written-names.ts';
import type { FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { funcAt, lastStep, stmtAt } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';
import { isPlainValue } from './missing-unlock.brief.ts';

/** Titles: `fix-unlock-first` ({call}), `fix-drop-lock` ({call}). */
export function relockFixes(context: RuleContext, leak: Leak): FixSpec[] {
  const fix = dropInnerLock(context, leak) ?? unlockBeforeCall(context, leak);
  return fix ? [fix] : [];
}

/** A lock at the top of a function whose release is deferred in the next statement. */
interface Deferred {
  /** `s.mu` and `Lock` or `RLock`. */
  lock: string;
  method: string;
  stmts: readonly [Stmt, Stmt];
}

function deferredLocks(unit: DeclUnit, func: FuncNode): Deferred[] {
  const stmts = func.body?.stmts ?? [];
  return stmts.flatMap((stmt, i) => {
    const next = stmts[i + 1];
    const taken = stmt.kind === 'ExprStmt' ? /^(.*)\.(R?)Lock\(\)$/.exec(unit.text(stmt.x)) : null;
    const [, lock, read] = taken ?? [];
    if (lock === undefined || next?.kind !== 'DeferStmt' || unit.text(next.call) !== `${lock}.${read}Unlock()`)
      return [];
    return [{ lock, method: `${read}Lock`, stmts: [stmt, next] as const }];
  });
}

/** Unlocks by hand before the call that is the last thing a function does, and before the returns on the way to it. */
function unlockBeforeCall(context: RuleContext, leak: Leak): FixSpec | undefined {
  const held = lastStep(leak, 'lock');
  const func = held && funcAt(held);
  if (!held || !func?.body) return undefined;
  const { unit } = held;
  const parents = context.analysis.parents(unit);
  const last = func.body.stmts.at(-1);
  const way = leak.path.filter((site) => funcAt(site) !== func);
  if (!last || !leak.path.some((site) => site.unit === unit && funcAt(site) === func && stmtAt(site) === last))
    return undefined;
  const lock = deferredLocks(unit, func).find(({ stmts: [taken] }) => taken === stmtAt(held));
  if (!lock || (last.kind !== 'ReturnStmt' && last.kind !== 'ExprStmt')) return undefined;
  // Those on the way to the lock must not rely on it.
  const callers = way.slice(0, -1).flatMap((site) => funcAt(site) ?? []);
  if (readsShared(unit, last) || callers.some((f) => readsShared(unit, f))) return undefined;
  const [, deferred] = lock.stmts;
  const returns = nodesOfKind(unit.decl, 'ReturnStmt').filter(
    (r) => r !== last && r.start > deferred.end && enclosingFunc(parents, r) === func,
  );
  if (returns.some((r) => !r.results.every(isPlainValue) || !meansSameAt(unit, deferred, r))) return undefined;
  const call = `${lock.lock}.${lock.method.replace('Lock', 'Unlock')}()`;
  const edits = combine(
    deleteStatement(unit, deferred),
    ...[...returns, last].map((s) => insertBeforeStatement(unit, s, call)),
  );
  // Nothing is held any more where the other function locks.
  if (!isRepairedBy(context, leak, edits, true)) return undefined;
  return { id: 'unlock-first', title: 'fix-unlock-first', args: { call }, preferred: true, edits };
}

/** True for code that names a field or variable which the package changes: the lock may be there for it. */
function readsShared({ pkg }: DeclUnit, within: Node): boolean {
  const isCalled = new Set<Node>();
  return (
    find(within, (n) => {
      if (n.kind === 'CallExpr' && n.fun.kind === 'SelectorExpr') isCalled.add(n.fun);
      if (n.kind === 'SelectorExpr') return !isCalled.has(n) && isWritten(pkg, n.sel.name);
      return n.kind === 'Ident' && n.obj === undefined && pkg.member(n.name) !== undefined && isWritten(pkg, n.name);
    }) !== undefined
  );
}

/** Takes the lock out of a method that only others of the type call, each of them with the same lock held until it returns. */
function dropInnerLock(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { unit } = leak.site;
  const { decl } = unit;
  const func = funcAt(leak.site);
  if (decl.kind !== 'FuncDecl' || func !== decl || isExported(decl.name.name)) return undefined;
  const [inner, ...others] = deferredLocks(unit, decl);
  const recv = decl.recv?.names[0]?.name;
  if (!inner || others.length > 0 || recv === undefined || !inner.lock.startsWith(`${recv}.`)) return undefined;
  const field = inner.lock.slice(recv.length);
  const mentions = mentionsOf(context.analysis, unit, decl);
  if (mentions.length === 0 || !mentions.every((m) => holds(context.analysis, m, field, inner.method)))
    return undefined;
  const edits = combine(...inner.stmts.map((s) => deleteStatement(unit, s)));
  if (!isRepairedBy(context, leak, edits)) return undefined;
  const call = `${inner.lock}.${inner.method}()`;
  return { id: 'drop-lock', title: 'fix-drop-lock', args: { call }, preferred: true, edits };
}

/** True for a call of another method of the receiver that comes after the lock has been taken for the whole of the function. */
function holds(
  analysis: Analysis,
  { unit, call }: ReturnType<typeof mentionsOf>[number],
  field: string,
  method: string,
): boolean {
  const { decl } = unit;
  const recv = decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.name : undefined;
  if (!call || decl.kind !== 'FuncDecl' || recv === undefined) return false;
  const parents = analysis.parents(unit);
  const fun = asCall(call)?.fun;
  if (enclosingFunc(parents, call) !== decl || parents.get(call)?.kind === 'GoStmt') return false;
  if (fun?.kind !== 'SelectorExpr' || unit.text(fun.x) !== recv) return false;
  return deferredLocks(unit, decl).some(
    (d) => d.lock === `${recv}${field}` && (d.method === 'Lock' || d.method === method) && d.stmts[1].end < call.start,
  );
}
