/** A request handler calls out under the context of the request, which has no deadline unless somebody gives it one. */
import { combine } from '../../fixes/apply.ts';
import { importEdits } from '../../fixes/add-import.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { isFree } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { endsWithRequest, type Handler, handlerOf } from '../../golang/handlers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, enclosingStmt, inLoop } from '../../golang/parents.ts';
import { unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, FuncNode } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './handler-without-deadline.text.ts';

export const handlerWithoutDeadline = defineRule({
  meta: {
    id: 'handler-without-deadline',
    group: 'context',
    level: 'off',
    skipsTests: true,
    triggers: [['\\bhttp\\.ResponseWriter\\b', '\\bContext\\(\\)']],
    imports: ['net/http'],
    fixes: ['limit-context'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    if (LIMITS.some((name) => declarationsNaming(unit.pkg, name).length > 0)) return;
    const seen = new Set<FuncNode>();
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const func = enclosingFunc(analysis.parents(unit), call);
      const handler = func && !seen.has(func) ? handlerOf(analysis, unit, func) : undefined;
      const ctx = handler?.kind === 'http' ? contextOf(context, handler, call) : undefined;
      if (!func || !ctx) continue;
      seen.add(func);
      report(context, call, ctx);
    }
  },
});

/** Where a package names one of these, some handler or client of it has a limit. */
const LIMITS = ['WithTimeout', 'WithDeadline', 'WithTimeoutCause', 'TimeoutHandler', 'Timeout'];

/** The context of the request, given to a call that waits for a database, a process or another server. */
function contextOf({ analysis, unit }: RuleContext, handler: Handler, call: CallExpr): Expr | undefined {
  const { fact } = analysis.callee(unit, call);
  const index = fact?.blocks === 'io' ? fact.takesContext : undefined;
  const ctx = index === undefined ? undefined : call.args[index];
  return ctx && endsWithRequest(analysis, unit, handler, ctx) ? ctx : undefined;
}

function report(context: RuleContext, call: CallExpr, ctx: Expr): void {
  const { unit } = context;
  context.report({
    node: call.fun,
    message: 'unlimited',
    args: { call: unit.text(call.fun).replace(/\s+/g, ' '), ctx: unit.text(ctx) },
    fixes: [limit(context, call, ctx)],
  });
}

/** `ctx, cancel := context.WithTimeout(r.Context(), 30*time.Second)` in front of the statement. */
function limit({ analysis, unit }: RuleContext, call: CallExpr, ctx: Expr): FixSpec {
  const stmt = enclosingStmt(analysis.parents(unit), call);
  const [pkg, time] = [
    importEdits(unit.file, 'context', { unit, node: call }),
    importEdits(unit.file, 'time', { unit, node: call }),
  ];
  const isRequest = unparen(ctx).kind === 'CallExpr';
  const fits =
    stmt &&
    isRequest &&
    !inLoop(analysis.parents(unit), call) &&
    isFree(unit, call, 'ctx') &&
    isFree(unit, call, 'cancel');
  return {
    id: 'limit-context',
    title: 'fix-limit',
    edits:
      fits && pkg && time
        ? combine(
            pkg.edits,
            time.edits,
            insertBeforeStatement(
              unit,
              stmt,
              `ctx, cancel := ${pkg.name}.WithTimeout(${unit.text(ctx)}, 30*${time.name}.Second)\ndefer cancel()`,
            ),
            replaceNode(unit, ctx, 'ctx'),
          )
        : undefined,
  };
}
