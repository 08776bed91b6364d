/** `wg.Add(1); go func() { defer wg.Done(); … }()` is `wg.Go(func() { … })` since Go 1.25. */
import { combine } from '../fixes/apply.ts';
import { deleteStatement } from '../fixes/move-statement.ts';
import { replaceNode } from '../fixes/replace-expr.ts';
import { placeInList } from '../fixes/statement-site.ts';
import { pathName } from '../golang/access-path.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import type { Stmt } from '../syntax/ast.ts';
import { bindingLines, countedGoroutine, countsOne, groupCalls } from './counted-goroutines.ts';
import { defineRefactoring, type Refactored, type RefactoringContext, touches } from './refactoring.ts';

export const waitGroupGo = defineRefactoring({
  id: 'use-wait-group-go',
  title: { en: 'Start the goroutine with `{group}.Go`', 'zh-cn': '改用 `{group}.Go` 启动 goroutine' },
  find(context) {
    const { unit, goAtLeast } = context;
    if (!goAtLeast('1.25')) return undefined;
    const calls = groupCalls(context.analysis, unit);
    if (calls.length === 0) return undefined;
    for (const stmt of nodesOfKind(unit.decl, 'GoStmt')) {
      const found = countedGoroutine(context.analysis, unit, stmt, calls);
      const place = found && placeInList(unit, stmt);
      const add = place?.list.stmts[place.index - 1];
      if (!found || !add || !countsOne(add, found.group, calls)) continue;
      // From `Add` to what is deferred: further down it is about something else.
      if (touches(context, { start: add.start, end: found.done.end })) return rewrite(context, found, add);
    }
    return undefined;
  },
});

function rewrite(
  { unit }: RefactoringContext,
  { stmt, lit, done, group, bindings }: NonNullable<ReturnType<typeof countedGoroutine>>,
  add: Stmt,
): Refactored | undefined {
  const name = pathName(group);
  const edits = combine(
    deleteStatement(unit, add),
    replaceNode(
      unit,
      { start: stmt.start, end: lit.body.start },
      `${bindingLines(unit, stmt, bindings)}${name}.Go(func() `,
    ),
    deleteStatement(unit, done),
    replaceNode(unit, { start: lit.end, end: stmt.end }, ')'),
  );
  return edits && { edits, args: { group: name } };
}
