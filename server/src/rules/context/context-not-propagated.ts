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
  const param = contextsAt(analysis, unit, call).find((p) => isVisible(context, call, p));
  if (!param || isDetachedOnPurpose(context, call, arg, param, root) || watchesConnection(context, call)) return;
  const callee = analysis.callee(unit, call);
  // No context could end what does not wait for its end.
  const holds = (question: typeof usesValuesOnly): boolean =>
    holdsForCallee(analysis, callee, call.args.indexOf(arg), question);
  if (holds(usesValuesOnly) || holds(watchesOwnContext)) return;
  if (isLogging(analysis.parents(unit), call, callee.name) || endsApart(context, call, param)) return;
  const derives = /(?:^|\/)context\.With/.test(callee.name);
  context.report({
    node: arg,
    // Where no caller has anything but a root context there is nothing to propagate yet.
    level: getsOnlyRoots(analysis, unit, param) || mayBelongElsewhere(context, call, param) ? 'hint' : undefined,
    message: derives ? 'derived-context' : 'own-context',
    args: { call: unit.text(call.fun).replace(/\s+/g, ' '), root: unit.text(arg), ctx: param.text },
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

/** True when the parameter's name means the parameter at `call`. */
function isVisible(context: RuleContext, call: CallExpr, param: ContextParam): boolean {
  return isUnshadowed(
    context.unit,
    call,
    param.object.name,
    (o) => o !== param.object && o.decl.start > param.object.decl.start,
  );
}
