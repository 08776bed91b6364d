/** Makes the context of a turn a variable of that turn. */
import type { FileEdit } from '../../fixes/file-edit.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { scopeOf } from '../../golang/scopes.ts';
import { contains } from '../../golang/walk.ts';
import type { AssignStmt, Expr, Ident, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/**
 * `ctx := ctx` before the condition under which it is derived. Declined when anything outside the rest of that block needs what is
 * assigned.
 */
export function declareBefore(context: RuleContext, condition: Stmt, ctx: Expr, loop: Node): FileEdit[] | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const scope = scopeOf(parents, condition);
  const object = ctx.kind === 'Ident' ? ctx.obj : undefined;
  if (!scope || !object || scopeOf(parents, object.decl) === scope) return undefined;
  const isRead = (use: Ident): boolean => !object.writes.includes(use);
  const others = object.uses.filter((use) => !contains(scope, use) && isRead(use));
  if (others.some((use) => contains(loop, use) || use.start >= loop.end)) return undefined;
  return insertBeforeStatement(unit, condition, `${object.name} := ${object.name}`);
}

/**
 * `ctx = context.WithValue(ctx, …)` with `:=`. Declined when anything outside the rest of the block needs what is assigned, or
 * a variable would be left that nobody uses.
 */
export function declareInLoop(context: RuleContext, stmt: AssignStmt, loop: Node): FileEdit[] | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const scope = scopeOf(parents, stmt);
  const [last, value] = [stmt.lhs.at(-1), stmt.rhs[0]];
  if (!scope || !last || !value) return undefined;
  const gap = unit.text({ start: last.end, end: value.start });
  if (!/^\s*=\s*$/.test(gap)) return undefined;
  const at = unit.base + last.end + gap.indexOf('=');
  const parts: FileEdit[][] = [[{ file: unit.file, start: at, end: at, newText: ':' }]];
  for (const target of stmt.lhs) {
    if (target.kind !== 'Ident') return undefined;
    if (target.name === '_') continue;
    const { obj } = target;
    if (!obj || scopeOf(parents, obj.decl) === scope) return undefined;
    const isRead = (use: Ident): boolean => !obj.writes.includes(use);
    const later = obj.uses.filter((use) => use.start >= stmt.end && isRead(use));
    if (later.length === 0 || !later.every((use) => contains(scope, use))) return undefined;
    // In a closure made before the loop, the name means the variable of all turns.
    if (obj.captured && obj.func !== target.obj?.func) return undefined;
    if (obj.uses.some((use) => isRead(use) && !contains(loop, use)) || stays(obj, stmt)) continue;
    const declaration = obj.declNode.kind === 'ValueSpec' ? parents.get(obj.declNode) : undefined;
    const declStmt = declaration && parents.get(declaration);
    const isAlone = obj.declNode.kind === 'ValueSpec' && obj.declNode.names.length === 1 && !obj.declNode.values.length;
    if (declaration?.kind !== 'GenDecl' || declaration.specs.length > 1 || declStmt?.kind !== 'DeclStmt' || !isAlone)
      return undefined;
    const removed = deleteStatement(unit, declStmt);
    if (!removed) return undefined;
    parts.push(removed);
  }
  return combine(...parts);
}

/** True for a parameter, and for a variable that the statement itself reads before it declares another one. */
function stays(obj: LocalObject, stmt: AssignStmt): boolean {
  return obj.role !== 'local' || obj.uses.some((use) => use.start >= (stmt.rhs[0]?.start ?? 0) && use.end <= stmt.end);
}
