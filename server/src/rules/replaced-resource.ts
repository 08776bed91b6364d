/** Resources in fields that a method replaces by another one without releasing them. */
import { insertBeforeStatement } from '../fixes/insert-statement.ts';
import type { Analysis } from '../golang/analysis.ts';
import { endsValue } from '../golang/ending-methods.ts';
import { givenValue } from '../golang/only-value.ts';
import { fieldMentionsOf } from '../golang/own-mentions.ts';
import { replacements } from '../golang/replaced-fields.ts';
import type { Acquisition } from '../golang/resources.ts';
import type { NamedType } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { isNil, unparen } from '../golang/walk.ts';
import type { AssignStmt, Expr, Node } from '../syntax/ast.ts';
import type { FixSpec, RuleContext } from './context.ts';
import { releaseArguments } from './release-arguments.ts';

/**
 * Reports acquisitions that go into a field of the receiver which holds one already, and is released only later. A rule that calls this
 * spreads `REPLACED_MESSAGES` and has a message `replaced`.
 */
export function reportReplaced(context: RuleContext, acquired: readonly Acquisition[]): void {
  if (acquired.length === 0) return;
  const { analysis, unit } = context;
  const goesOn = (at: DeclUnit, mention: Node): boolean => isOnlyUsed(analysis, at, mention, acquired);
  const given = (stmt: AssignStmt, target: Expr): Acquisition | undefined =>
    acquired.find((a) => goesTo(analysis, a, stmt, target));
  const isWanted = (stmt: AssignStmt, target: Expr): boolean => given(stmt, target) !== undefined;
  for (const { stmt, target, owner, first, before, method } of replacements(analysis, unit, isWanted, goesOn)) {
    const a = given(stmt, target);
    if (!a) continue;
    if (before === 'made' && !isClosedAtEnd(analysis, unit, owner, target.sel.name, a.acquires.release)) continue;
    const name = unit.text(target);
    const [release = 'Close'] = a.acquires.release;
    const args = releaseArguments(context, a, release);
    const call = `${name}.${release}(${args ?? ''})`;
    context.report({
      node: target,
      message: 'replaced',
      args: { name, method: method.name.name },
      steps: [
        {
          unit: first.unit,
          node: first.node,
          message: before === 'made' ? 'step-first' : before === 'again' ? 'step-each-call' : 'step-filled',
        },
        { node: a.call, message: 'step-next' },
      ],
      fixes: [
        {
          id: 'close-old',
          title: 'fix-close-old',
          args: { call },
          preferred: true,
          edits:
            args === undefined ? undefined : insertBeforeStatement(unit, stmt, `if ${name} != nil {\n\t${call}\n}`),
        } satisfies FixSpec,
      ],
    });
  }
}

/** True for an acquisition whose result a statement gives to its target, and nobody else has got it who may release it. */
function goesTo(analysis: Analysis, a: Acquisition, stmt: AssignStmt, target: Expr): boolean {
  const { destination } = a;
  if (destination.kind === 'elsewhere') return destination.target === target;
  const given = givenValue(stmt, target);
  const x = given && unparen(given);
  if (destination.kind !== 'variable' || x?.kind !== 'Ident' || x.obj !== destination.object) return false;
  const parents = analysis.parents(a.unit);
  return destination.object.uses.every((use) => {
    const user = parents.get(use);
    if (use === x || user?.kind === 'BinaryExpr') return true;
    // What is released before has failed.
    if (user?.kind === 'SelectorExpr') return use.start < stmt.start || !a.acquires.release.includes(user.sel.name);
    return user?.kind === 'CallExpr' && user.fun !== use && analysis.callee(a.unit, user).visible === undefined;
  });
}

/** True for `s.file.Sync()`, and for another name that is used like that: the file is there, and stays open. */
function isOnlyUsed(analysis: Analysis, unit: DeclUnit, mention: Node, acquired: readonly Acquisition[]): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(mention);
  if (parent?.kind === 'SelectorExpr') {
    const user = parents.get(parent);
    // `<-s.ticker.C`
    if (user?.kind === 'UnaryExpr' ? user.op === '<-' : user?.kind === 'RangeStmt') return true;
    if (user?.kind !== 'CallExpr' || user.fun !== parent) return false;
    if (analysis.callee(unit, user).fact?.releasesReceiver) return false;
    return !acquired.some(({ acquires }) => acquires.release.includes(parent.sel.name));
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
