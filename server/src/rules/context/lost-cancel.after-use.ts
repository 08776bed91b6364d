/** Cancels a context of a loop's turn as soon as the one statement that needs it is over. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { isErrorType, type Type } from '../../golang/types.ts';
import { contains, find } from '../../golang/walk.ts';
import type { AssignStmt, ExprStmt, LocalObject, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/**
 * `cancel()` behind the statement, in the place of those on the ways that have one. What the statement gives must not need the context any
 * more: an error, numbers, text.
 */
export function cancelAfterUse(context: RuleContext, a: Acquisition, cancel: LocalObject): FixSpec[] {
  const { analysis, unit } = context;
  const stmt = a.stmt?.kind === 'AssignStmt' && a.stmt.op === ':=' ? a.stmt : undefined;
  const target = stmt?.lhs[0];
  const ctx = target?.kind === 'Ident' ? target.obj : undefined;
  const place = stmt && placeInList(unit, stmt);
  if (!ctx || !place || ctx.declNode !== stmt || ctx.captured || ctx.addressTaken || ctx.writes.length > 0) return [];
  const after = place.list.stmts.slice(place.index + 1);
  const user = after.find((s) => ctx.uses.some((use) => contains(s, use)));
  if (!user || !isOnlyUser(analysis, context, user, ctx)) return [];
  const between = after.slice(0, after.indexOf(user));
  if (between.some((s) => find(s, (n) => n.kind === 'ReturnStmt' || n.kind === 'BranchStmt'))) return [];
  const calls = cancelCalls(context, a, cancel, user);
  if (!calls) return [];
  return [
    {
      id: 'cancel-after-use',
      title: 'fix-after-use',
      args: { name: cancel.name, line: context.line({ node: user }) },
      preferred: true,
      edits: combine(
        insertAfterStatement(unit, user, callOf(a, cancel.name)),
        ...calls.map((call) => deleteStatement(unit, call)),
      ),
    },
  ];
}

/** True for the only statement that mentions the context, when all that it gives is plain. */
function isOnlyUser(
  analysis: Analysis,
  { unit }: RuleContext,
  user: Stmt,
  ctx: LocalObject,
): user is AssignStmt | ExprStmt {
  if (!ctx.uses.every((use) => contains(user, use))) return false;
  if (user.kind !== 'AssignStmt' && user.kind !== 'ExprStmt') return false;
  const given = user.kind === 'AssignStmt' ? user.lhs : [];
  return given.every((x) => (x.kind === 'Ident' && x.name === '_') || isPlain(analysis, analysis.typeOf(unit, x)));
}

function isPlain(analysis: Analysis, type: Type): boolean {
  if (isErrorType(type)) return true;
  const under = analysis.types.underlying(type);
  return under.kind === 'basic' || (under.kind === 'slice' && analysis.types.underlying(under.elem).kind === 'basic');
}

/** Statements `cancel()` behind the last use; undefined where the function is used in another way, too. */
function cancelCalls(
  { analysis, unit }: RuleContext,
  a: Acquisition,
  cancel: LocalObject,
  user: Stmt,
): Stmt[] | undefined {
  const parents = analysis.parents(unit);
  const calls: Stmt[] = [];
  for (const use of cancel.uses) {
    const call = parents.get(use);
    const stmt = call?.kind === 'CallExpr' && call.fun === use ? parents.get(call) : undefined;
    if (stmt?.kind !== 'ExprStmt' || stmt.start < user.end || enclosingFunc(parents, stmt) !== a.func) return undefined;
    const place = placeInList(unit, stmt);
    // A branch would be left with nothing to do.
    if (place && place.list.stmts.length > 1) calls.push(stmt);
  }
  return calls;
}

/** The call of a cancel function: one that takes a cause gets none, which says that the context was cancelled. */
export function callOf({ origin }: Acquisition, name: string): string {
  return origin === 'context.WithCancelCause' ? `${name}(nil)` : `${name}()`;
}
