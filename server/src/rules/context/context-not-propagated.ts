/** `context.Background()` or `TODO()` passed on although the function has a context of its own. */
import { isUnshadowed } from '../../fixes/names.ts';
import { replaceExprs } from '../../fixes/replace-expr.ts';
import { usesValuesOnly } from '../../golang/context-values.ts';
import { type ContextParam, contextsAt, rootContextCall } from '../../golang/contexts.ts';
import { isLogging } from '../../golang/logging.ts';
import { holdsForCallee, watchesOwnContext } from '../../golang/nil-tolerance.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { getsOnlyRoots } from '../../golang/root-contexts.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './context-not-propagated.text.ts';
import { callerWithContext } from './context-not-propagated.callers.ts';
import { watchesConnection } from './context-not-propagated.close-notify.ts';
import { endsApart, mayBelongElsewhere } from './context-not-propagated.independent.ts';
import { isDetachedOnPurpose } from './context-not-propagated.purpose.ts';

export const contextNotPropagated = defineRule({
  meta: {
    id: 'context-not-propagated',
    group: 'context',
    level: 'warning',
    triggers: ['\\b(?:Background|TODO)\\(\\)'],
    fixes: ['use-context'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr'))
      for (const arg of call.args) {
        const root = rootContextCall(analysis, unit, arg);
        if (root) checkArgument(context, call, arg, root);
      }
  },
});

function checkArgument(context: RuleContext, call: CallExpr, arg: Expr, root: 'Background' | 'TODO'): void {
  const { analysis, unit } = context;
  const params = contextsAt(analysis, unit, call);
  if (params.length === 0) checkCallers(context, call, arg, root);
  const param = params.find((p) => isVisible(context, call, p));
  if (!param || isDetachedOnPurpose(context, call, arg, param, root) || watchesConnection(context, call)) return;
  if (isIndifferent(context, call, arg) || endsApart(context, call, param)) return;
  context.report({
    node: arg,
    // Where no caller has anything but a root context there is nothing to propagate yet.
    level: getsOnlyRoots(analysis, unit, param) || mayBelongElsewhere(context, call, param) ? 'hint' : undefined,
    message: derives(context, call) ? 'derived-context' : 'own-context',
    args: { call: callText(context, call), root: unit.text(arg), ctx: param.text },
    steps: [{ node: param.object.decl, message: 'step-parameter', args: { ctx: param.text } }],
    fixes: [
      {
        id: 'use-context',
        title: 'fix-use',
        args: { ctx: param.text },
        preferred: true,
        edits: replaceExprs(unit, [arg], param.text),
      },
    ],
  });
}

/** The function has no context, but one of those that lead to it has. */
function checkCallers(context: RuleContext, call: CallExpr, arg: Expr, root: 'Background' | 'TODO'): void {
  const { analysis, unit } = context;
  if (isDetachedOnPurpose(context, call, arg, undefined, root) || isIndifferent(context, call, arg)) return;
  const caller = callerWithContext(analysis, unit, call);
  if (!caller) return;
  context.report({
    node: arg,
    // To hand it on takes a parameter more.
    level: 'hint',
    message: derives(context, call) ? 'derived-for-caller' : 'own-for-caller',
    args: { call: callText(context, call), root: unit.text(arg), caller: caller.name, ctx: caller.param.text },
    steps: [{ unit: caller.unit, node: caller.call, message: 'step-caller', args: { ctx: caller.param.text } }],
  });
}

/** True for a call that no context could end, since it does not wait for the end of one. */
function isIndifferent({ analysis, unit }: RuleContext, call: CallExpr, arg: Expr): boolean {
  const callee = analysis.callee(unit, call);
  const holds = (question: typeof usesValuesOnly): boolean =>
    holdsForCallee(analysis, callee, call.args.indexOf(arg), question);
  return holds(usesValuesOnly) || holds(watchesOwnContext) || isLogging(analysis.parents(unit), call, callee.name);
}

function derives({ analysis, unit }: RuleContext, call: CallExpr): boolean {
  return /(?:^|\/)context\.With/.test(analysis.callee(unit, call).name);
}

function callText({ unit }: RuleContext, call: CallExpr): string {
  return unit.text(call.fun).replace(/\s+/g, ' ');
}

/** True when the parameter's name means the parameter at `call`. */
function isVisible(context: RuleContext, call: CallExpr, param: ContextParam): boolean {
  return isUnshadowed(
    context.unit,
    call,
    param.object.name,
    (o) => o !== param.object && o.decl.start > param.object.decl.start,
  );
}
