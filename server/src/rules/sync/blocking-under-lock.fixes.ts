/** Lets go of a lock before an operation that waits. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement, moveStatementBefore } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find } from '../../golang/walk.ts';
import { isWritten } from '../../golang/written-names.ts';
import type { CallExpr, Expr, Node, SelectorExpr, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { stmtAt } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

const LOCKS = new Set(['Mutex', 'RWMutex', 'Locker']);

/** Lets go of the lock before the operation, the last thing the function does, where nothing the lock protects is used by it. */
export function unlockFirst(context: RuleContext, leak: Leak): FixSpec[] {
  const fix = moveUnlock(context, leak) ?? unlockByHand(context, leak);
  return fix ? [fix] : [];
}

/** Moves the unlock that stands directly behind the operation in front of it, where nothing the lock protects is used by the operation. */
function moveUnlock(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { unit } = leak.site;
  const operation = stmtAt(leak.site);
  const place = operation && placeInList(unit, operation);
  const unlock = place?.list.stmts[place.index + 1];
  if (!operation || unlock?.kind !== 'ExprStmt') return undefined;
  const call = syncCalls(analysis, unit, unlock, LOCKS).find((c) => c.call === unlock.x);
  if (
    !call?.method.endsWith('Unlock') ||
    !isOfLock(leak, unit.text(call.call)) ||
    !needsNoLock(analysis, unit, operation)
  )
    return undefined;
  const edits = moveStatementBefore(unit, unlock, operation);
  if (!isRepairedBy(context, leak, edits)) return undefined;
  return {
    id: 'unlock-first',
    title: 'fix-unlock-first',
    args: { call: unit.text(call.call) },
    preferred: true,
    edits,
  };
}

/** Unlocks by hand, before the operation and before the returns on the way to it, what a `defer` behind the lock would unlock too late. */
function unlockByHand(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { unit } = leak.site;
  const operation = stmtAt(leak.site);
  const func = operation && enclosingFunc(analysis.parents(unit), operation);
  if (!operation || !func?.body || func.body.stmts.at(-1) !== operation) return undefined;
  const [call, ...others] = syncCalls(analysis, unit, func, LOCKS).filter(
    (c) => c.method.endsWith('Unlock') && isOfLock(leak, unit.text(c.call)),
  );
  const deferred = func.body.stmts.find((s) => s.kind === 'DeferStmt' && call && contains(s, call.call));
  if (!call || others.length > 0 || !deferred || !needsNoLock(analysis, unit, operation)) return undefined;
  const between = nodesOfKind(unit.decl, 'ReturnStmt').filter(
    (r) => r.start > deferred.end && enclosingFunc(analysis.parents(unit), r) === func,
  );
  const unlock = unit.text(call.call);
  const edits = combine(
    deleteStatement(unit, deferred),
    ...[...between, operation].map((s) => insertBeforeStatement(unit, s, unlock)),
  );
  if (
    between.some((r) => r.results.length > 0 || !meansSameAt(unit, deferred, r)) ||
    !isRepairedBy(context, leak, edits)
  )
    return undefined;
  return { id: 'unlock-first', title: 'fix-unlock-first', args: { call: unlock }, preferred: true, edits };
}

/** True for `mu.Unlock()` when the lock that is held was taken by `mu.Lock()`, in the same function. */
function isOfLock(leak: Leak, unlock: string): boolean {
  const taken = leak.steps.filter((s) => s.kind === 'lock').map(({ site }) => site.unit.text(site.node));
  return taken.includes(unlock.replace(/Unlock\(\)$/, 'Lock()'));
}

/** True when an operation names only local variables, constants, and fields that are set when their value is made. */
function needsNoLock(analysis: Analysis, unit: DeclUnit, operation: Stmt): boolean {
  const parts = partsOf(operation);
  if (!parts) return false;
  const isShared = (n: Node): boolean => {
    if (n.kind === 'SelectorExpr') return !isMethodName(analysis, unit, n) && isWritten(unit.pkg, n.sel.name);
    if (n.kind === 'Ident')
      return n.obj === undefined && unit.pkg.member(n.name) !== undefined && isWritten(unit.pkg, n.name);
    // What a call does may need the lock.
    if (n.kind === 'CallExpr') return !isWait(analysis, unit, n);
    return n.kind === 'IndexExpr' || n.kind === 'StarExpr' || n.kind === 'FuncLit';
  };
  return parts.every((p) => find(p, isShared) === undefined);
}

/** What a send, a receive or a wait looks at; undefined when it stores something that is not local. */
function partsOf(operation: Stmt): Expr[] | undefined {
  switch (operation.kind) {
    case 'SendStmt':
      return [operation.chan, operation.value];
    case 'ExprStmt':
      return [operation.x];
    case 'AssignStmt':
      return operation.op === ':=' ? [...operation.rhs] : undefined;
    default:
      return undefined;
  }
}

function isMethodName(analysis: Analysis, unit: DeclUnit, n: SelectorExpr): boolean {
  const parent = analysis.parents(unit).get(n);
  return parent?.kind === 'CallExpr' && parent.fun === n && isWait(analysis, unit, parent);
}

function isWait(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  return /\.(?:WaitGroup|Group)\.Wait$/.test(analysis.callee(unit, call).name);
}
