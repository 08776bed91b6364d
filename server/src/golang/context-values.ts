/** Functions that look only at what a context carries: it may end when it likes. */
import type { Expr, Ident, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { isLogging } from './logging.ts';
import { flattenFields, isNil } from './walk.ts';

/** Functions that are followed, one calling the other. */
const MAX_DEPTH = 3;

/** True when a visible function never looks at its `index`-th parameter, a context, or only at the values in it. */
export function usesValuesOnly(analysis: Analysis, f: VisibleFunc, index: number, depth = 0): boolean {
  const p = flattenFields(f.decl.type.params)[index];
  if (!f.decl.body || !p || p.variadic) return false;
  const object = p.name?.obj;
  return !object || object.uses.every((use) => isValueUse(analysis, f, object, use, depth));
}

function isValueUse(analysis: Analysis, f: VisibleFunc, object: LocalObject, use: Ident, depth: number): boolean {
  const parents = analysis.parents(f.unit);
  const parent = parents.get(use);
  switch (parent?.kind) {
    case 'SelectorExpr':
      return parent.sel.name === 'Value';
    case 'BinaryExpr':
      return isNil(parent.x) || isNil(parent.y);
    case 'AssignStmt':
      return object.writes.includes(use);
    default:
      return isValueArgument(analysis, f, object, use, depth);
  }
}

/** The same of an argument: the context that a variable holds, or one made from it. */
function isValueArgument(analysis: Analysis, f: VisibleFunc, from: LocalObject, arg: Expr, depth: number): boolean {
  const { unit } = f;
  const parents = analysis.parents(unit);
  const call = parents.get(arg);
  const index = call?.kind === 'CallExpr' ? call.args.indexOf(arg) : -1;
  if (call?.kind !== 'CallExpr' || index < 0) return false;
  const { name, visible } = analysis.callee(unit, call);
  if (name === 'context.WithValue') return isCarriedOn(analysis, f, from, call, depth);
  if (isLogging(parents, call, name)) return true;
  if (visible) return depth < MAX_DEPTH && usesValuesOnly(analysis, visible, index, depth + 1);
  return /From\w*(?:Context|Ctx)$/.test(name);
}

/** The same of what `context.WithValue` makes: it is passed on, or held by a variable. */
function isCarriedOn(analysis: Analysis, f: VisibleFunc, from: LocalObject, made: Expr, depth: number): boolean {
  const stmt = analysis.parents(f.unit).get(made);
  if (stmt?.kind !== 'AssignStmt') return isValueArgument(analysis, f, from, made, depth);
  const [target, ...others] = stmt.lhs;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  if (!object || others.length > 0 || object.addressTaken) return false;
  // All uses of the same variable are looked at anyway.
  if (object.decl !== target) return object === from;
  return object.uses.every((use) => isValueUse(analysis, f, object, use, depth));
}
