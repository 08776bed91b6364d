/** Resources in fields that a method replaces by another one without closing them. */
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import { givenValue } from '../../golang/only-value.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { replacements } from '../../golang/replaced-fields.ts';
import type { Acquisition } from '../../golang/resources.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { isNil, unparen } from '../../golang/walk.ts';
import type { AssignStmt, Expr, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** Reports acquisitions that go into a field of the receiver which has held one since the value was made, and is never closed but at its end. */
export function reportReplaced(context: RuleContext, acquired: readonly Acquisition[]): void {
  const { analysis, unit } = context;
  const goesOn = (at: DeclUnit, mention: Node): boolean => isOnlyUsed(analysis, at, mention, acquired);
  const given = (stmt: AssignStmt, target: Expr): Acquisition | undefined =>
    acquired.find((a) => goesTo(a, stmt, target));
  const isWanted = (stmt: AssignStmt, target: Expr): boolean => given(stmt, target) !== undefined;
  for (const { stmt, target, owner, first, method } of replacements(analysis, unit, isWanted, goesOn)) {
    const a = given(stmt, target);
    if (!a || !isClosedAtEnd(analysis, unit, owner, target.sel.name, a.acquires.release)) continue;
    const name = unit.text(target);
    const call = `${name}.${a.acquires.release[0] ?? 'Close'}()`;
    context.report({
      node: target,
      message: 'replaced',
      args: { name, method: method.name.name },
      steps: [
        { unit: first.unit, node: first.node, message: 'step-first' },
        { node: a.call, message: 'step-acquired', args: { name } },
      ],
      fixes: [
        {
          id: 'close-old',
          title: 'fix-close-old',
          args: { call },
          preferred: true,
          edits: insertBeforeStatement(unit, stmt, `if ${name} != nil {\n\t${call}\n}`),
        },
      ],
    });
  }
}

/** True for an acquisition whose result a statement gives to its target. */
function goesTo({ destination }: Acquisition, stmt: AssignStmt, target: Expr): boolean {
  if (destination.kind === 'elsewhere') return destination.target === target;
  const given = givenValue(stmt, target);
  const x = given && unparen(given);
  return destination.kind === 'variable' && x?.kind === 'Ident' && x.obj === destination.object;
}

/** True for `s.file.Sync()`, and for another name that is used like that: the file is there, and stays open. */
function isOnlyUsed(analysis: Analysis, unit: DeclUnit, mention: Node, acquired: readonly Acquisition[]): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(mention);
  if (parent?.kind === 'SelectorExpr') {
    const call = parents.get(parent);
    const isCall = call?.kind === 'CallExpr' && call.fun === parent;
    return isCall && !acquired.some(({ acquires }) => acquires.release.includes(parent.sel.name));
  }
  const [to, ...others] = parent?.kind === 'AssignStmt' && parent.op === ':=' ? parent.lhs : [];
  if (to?.kind !== 'Ident' || !to.obj || others.length > 0) return false;
  return to.obj.uses.every((use) => {
    const user = parents.get(use);
    if (user?.kind === 'BinaryExpr') return isNil(user.x) || isNil(user.y);
    return user?.kind === 'SelectorExpr' && isOnlyUsed(analysis, unit, use, acquired);
  });
}

/** True when the package closes what is in the field, and only in methods that end the value. */
function isClosedAtEnd(
  analysis: Analysis,
  unit: DeclUnit,
  owner: NamedType,
  field: string,
  release: readonly string[],
): boolean {
  const mentions = fieldMentionsOf(analysis, unit, owner, field) ?? [];
  const closing = mentions.filter(({ unit: at, node }) => {
    const selector = analysis.parents(at).get(node);
    return selector?.kind === 'SelectorExpr' && release.includes(selector.sel.name);
  });
  return closing.length > 0 && closing.every(({ unit: { decl } }) => decl.kind === 'FuncDecl' && endsValue(decl));
}
