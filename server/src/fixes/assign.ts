/** Gives a name to a value that is thrown away with `_`. */
import type { AssignStmt, Expr, Ident } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import { parentsOf } from '../golang/parents.ts';
import { scopeOf } from '../golang/scopes.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { insertBeforeStatement } from './insert-statement.ts';

/**
 * Replaces a blank `_` on the left of an assignment or in a `var` by a name. In a plain assignment (`=`) the name has to
 * be declared: `=` becomes `:=` when every other variable on the left was declared in the same scope, so that none is
 * shadowed; otherwise a `var name type` goes before the statement.
 * @param name a free name, see `freshName`; the fix must also add a use of it
 * @param type Go type for that `var`, e.g. `context.CancelFunc`; without it such a statement is declined
 */
export function nameBlank(unit: DeclUnit, blank: Ident, name: string, type?: string): FileEdit[] | undefined {
  if (blank.name !== '_') return undefined;
  const parent = parentsOf(unit.decl).get(blank);
  const rename = { file: unit.file, start: unit.base + blank.start, end: unit.base + blank.end, newText: name };
  if (parent?.kind === 'ValueSpec' && parent.names.includes(blank)) return [rename];
  if (parent?.kind !== 'AssignStmt' || !parent.lhs.includes(blank)) return undefined;
  if (parent.op === ':=') return [rename];
  if (parent.op !== '=') return undefined;
  if (parent.lhs.every((target) => target === blank || canRedeclare(unit, parent, target))) {
    const at = operatorOffset(unit, parent);
    return at === undefined
      ? undefined
      : combine([rename], [{ file: unit.file, start: at, end: at + 1, newText: ':=' }]);
  }
  return type === undefined ? undefined : combine(insertBeforeStatement(unit, parent, `var ${name} ${type}`), [rename]);
}

/** True when `:=` would assign to the variable rather than declare another one. */
function canRedeclare(unit: DeclUnit, stmt: AssignStmt, target: Expr): boolean {
  if (target.kind !== 'Ident') return false;
  if (target.name === '_') return true;
  const parents = parentsOf(unit.decl);
  return target.obj !== undefined && scopeOf(parents, target.obj.decl) === scopeOf(parents, stmt);
}

/** File offset of the `=` between the two sides. */
function operatorOffset(unit: DeclUnit, stmt: AssignStmt): number | undefined {
  const [left, right] = [stmt.lhs.at(-1), stmt.rhs[0]];
  if (!left || !right) return undefined;
  const between = unit.file.text.slice(unit.base + left.end, unit.base + right.start);
  return /^[ \t]*=[ \t]*$/.test(between) ? unit.base + left.end + between.indexOf('=') : undefined;
}
