/** `nil` passed where a context is expected. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { Callee } from '../../golang/callee.ts';
import { hasToPanic } from '../../golang/expected-failure.ts';
import { holdsForCallee, toleratesNil } from '../../golang/nil-tolerance.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { isContext } from '../../golang/types.ts';
import { isNil } from '../../golang/walk.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './nil-context.text.ts';
import { usableContext } from './nil-context.fixes.ts';

export const nilContext = defineRule({
  meta: {
    id: 'nil-context',
    group: 'context',
    level: 'warning',
    inTests: 'hint',
    // A context is the first parameter, or the second behind a *testing.T.
    triggers: [
      '\\((?<=\\w\\()(?<!\\b(?:append|byte|error|panic|string|Sum|NewBuffer|NewReader)\\()\\s*(?:[tb],\\s*)?nil\\s*[,)]',
    ],
    imports: ['context', 'golang.org/x/net/context'],
    fixes: ['use-context', 'use-todo'],
    overlaps: ['staticcheck SA1012'],
  },
  text,
  check(context) {
    for (const call of nodesOfKind(context.unit.decl, 'CallExpr')) {
      if (call.spread) continue;
      for (const [i, arg] of call.args.slice(0, 2).entries()) if (isNil(arg)) checkArgument(context, call, arg, i);
    }
  },
});

function checkArgument(context: RuleContext, call: CallExpr, arg: Expr, index: number): void {
  const { analysis, unit } = context;
  const callee = analysis.callee(unit, call);
  if (!expectsContext(callee, index)) return;
  // The logger replaces nil by the background context, and handlers look at values only.
  if (callee.name.startsWith('log/slog.')) return;
  if (holdsForCallee(analysis, callee, index, toleratesNil) || hasToPanic(analysis, unit, call)) return;
  const derives = /^(?:golang\.org\/x\/net\/)?context\.With/.test(callee.name);
  context.report({
    node: arg,
    message: derives ? 'nil-parent' : 'nil-argument',
    args: { call: unit.text(call.fun) },
    fixes: [useContext(context, arg)],
  });
}

function expectsContext(callee: Callee, index: number): boolean {
  const t = callee.signature;
  if (callee.kind === 'conversion' || t?.kind !== 'func') return false;
  const param = t.params[index];
  return param !== undefined && !(t.variadic && index >= t.params.length - 1) && isContext(param);
}

function useContext(context: RuleContext, arg: Expr): FixSpec {
  const { unit } = context;
  const usable = usableContext(context, arg);
  if (usable !== undefined)
    return {
      id: 'use-context',
      title: 'fix-use',
      args: { ctx: usable },
      preferred: true,
      edits: replaceNode(unit, arg, usable),
    };
  const found = importEdits(unit.file, 'context', { unit, node: arg });
  const todo = `${found?.name ?? 'context'}.TODO()`;
  return {
    id: 'use-todo',
    title: 'fix-use',
    args: { ctx: todo },
    preferred: true,
    edits: found && combine(found.edits, replaceNode(unit, arg, todo)),
  };
}
