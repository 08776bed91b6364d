/** Other calls beside one that lacks its context, which show how the same value is used as a rule. */
import { accessPath } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/**
 * True when a call is the one that was forgotten: the function calls some `…Context` of the same value or package, or another function
 * calls this variant of the same field, or through the same embedded value.
 */
export function usesVariants({ analysis, unit }: RuleContext, call: CallExpr, variant: string): boolean {
  const fun = unparen(call.fun);
  const func = enclosingFunc(analysis.parents(unit), call);
  if (!func || fun.kind !== 'SelectorExpr') return false;
  const owner = unit.text(fun.x);
  const isBeside = find(
    func,
    (n) => n.kind === 'SelectorExpr' && /\wContext$/.test(n.sel.name) && unit.text(n.x) === owner,
  );
  if (isBeside) return true;
  const field = fieldOf(analysis, unit, fun.x);
  return field !== undefined && isCalledOn(analysis, unit, variant, field);
}

function isCalledOn(analysis: Analysis, { pkg }: DeclUnit, variant: string, field: string): boolean {
  return declarationsNaming(pkg, variant).some((member) => {
    if (member.file.isTest || member.declaration.tok !== 'func') return false;
    const at = pkg.unit(member);
    return (
      !at.hasError &&
      nodesOfKind(at.decl, 'CallExpr').some((c) => {
        const fun = unparen(c.fun);
        return fun.kind === 'SelectorExpr' && fun.sel.name === variant && fieldOf(analysis, at, fun.x) === field;
      })
    );
  });
}

/** A name for the field of a type of the package that an expression denotes, or for such a type itself: `store.db`, `store`. */
function fieldOf(analysis: Analysis, unit: DeclUnit, expr: Expr): string | undefined {
  const path = accessPath(expr);
  if (!path || typeof path.root === 'string') return undefined;
  const type = deref(analysis.objectType(unit, path.root));
  if (type.kind !== 'named' || type.local || type.pkg !== unit.pkg.path) return undefined;
  return [type.name, ...path.fields].join('.');
}
