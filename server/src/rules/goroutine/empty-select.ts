/** A `select {}` that is no park of `main`: whoever comes to it stays for ever. */
import { parkUntilDone } from '../../fixes/park-until-done.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type ContextInScope, contextInScope } from '../../golang/context-in-scope.ts';
import { isSeenToStart } from '../../golang/goroutine-starts.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { getsOnlyRoots, isRootContext } from '../../golang/root-contexts.ts';
import { runningFunc } from '../../golang/running-func.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncNode, SelectStmt } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import { isMeantToStay, isUnconditional } from './empty-select.intent.ts';
import { text } from './empty-select.text.ts';

export const emptySelect = defineRule({
  meta: {
    id: 'empty-select',
    group: 'goroutine',
    level: 'warning',
    // Tests park on purpose, to have something that hangs, and their process ends soon.
    skipsTests: true,
    triggers: ['\\bselect\\s*\\{\\s*\\}'],
    fixes: ['wait-for-context'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const parents = analysis.parents(unit);
    for (const select of nodesOfKind(unit.decl, 'SelectStmt')) {
      const func = select.clauses.length === 0 ? runningFunc(parents, select) : undefined;
      if (!func || !isReached(analysis, unit, select)) continue;
      const always = isUnconditional(parents, select, func);
      const ctx = endingContext(analysis, unit, select, func);
      // Without a context, one that some case leads to may well be meant, and who calls a literal is not known.
      if (!ctx && (!always || func.kind === 'FuncLit')) continue;
      if (livesAsLongAsProcess(analysis, unit, select) || isMeantToStay(analysis, unit, select, func)) continue;
      // `goroutine-never-exits` speaks of goroutines, at their start.
      if (isSeenToStart(analysis, unit, select)) continue;
      const name = func.kind === 'FuncDecl' ? func.name.name : '';
      context.report({
        node: select,
        message: ctx ? 'ignores' : 'parks',
        args: ctx ? { ctx: ctx.expr } : { func: name },
        level: ctx && always ? undefined : 'hint',
        fixes: ctx
          ? [
              {
                id: 'wait-for-context',
                title: 'fix-wait',
                args: { ctx: ctx.expr },
                preferred: true,
                edits: parkUntilDone(unit, select, `${ctx.expr}.Done()`),
              },
            ]
          : [],
      });
    }
  },
});

function isReached(analysis: Analysis, unit: DeclUnit, select: SelectStmt): boolean {
  const func = enclosingFunc(analysis.parents(unit), select);
  const cfg = func && analysis.cfg(unit, func);
  const head = cfg?.heads.get(select);
  return head !== undefined && cfg !== undefined && cfg.reachable.has(head);
}

function livesAsLongAsProcess(analysis: Analysis, unit: DeclUnit, select: SelectStmt): boolean {
  return runsOncePerProcess(analysis, unit, select) || runsInCommand(analysis, unit, select);
}

/** A context of the function's own that may end, and that still is the one it was given. */
function endingContext(
  analysis: Analysis,
  unit: DeclUnit,
  select: SelectStmt,
  func: FuncNode,
): ContextInScope | undefined {
  const found = contextInScope(analysis, unit, select, (o) => o.func === func && o.writes.length === 0);
  if (!found) return undefined;
  const { expr, object } = found;
  const from = expr === object.name ? 'context' : 'request';
  const isRoot =
    isRootContext(analysis, unit, object.decl) ||
    (object.role === 'param' && getsOnlyRoots(analysis, unit, { object, func, text: expr, from }));
  return isRoot ? undefined : found;
}
