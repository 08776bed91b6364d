/** A `break` that was meant to leave the loop only leaves the `select` or `switch` around it. */
import type { Node } from '../../syntax/ast.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { doneReturn } from '../../fixes/done-return.ts';
import { breakOutOfLoop } from '../../fixes/label-break.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { type Inner, misplacedBreaks } from './break-inside-select.search.ts';
import { text } from './break-inside-select.text.ts';

export const breakInsideSelect = defineRule({
  meta: {
    id: 'break-inside-select',
    group: 'goroutine',
    level: 'error',
    triggers: [
      [
        '\\bbreak[ \\t]*(?:$|[\\r;}/])',
        '\\bfor\\s*(?:[^{\\n]*;\\s*;[^{\\n]*)?\\{',
        '\\b(?:select|switch)\\b',
        // What announces an end.
        '<-|\\bEOF\\b|\\.Err\\(\\)',
      ],
    ],
    fixes: ['leave-loop'],
    overlaps: ['staticcheck SA4011'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const inner of misplacedBreaks(analysis, unit, unit.decl)) {
      const { jump, left, loop, reason } = inner;
      context.report({
        node: jump,
        message: reason.endless ? 'never-ends' : 'goes-on',
        args: {
          what: left.kind === 'SelectStmt' ? 'select' : 'switch',
          when: reason.when,
          line: context.line({ node: loop }),
        },
        steps: [
          { node: reason.node, message: 'step-when' },
          { node: { start: loop.start, end: loop.start + 3 }, message: 'step-loop' },
        ],
        fixes: [
          { id: 'leave-loop', title: 'fix-leave-loop', preferred: true, edits: leaveLoop(context, inner, reason.node) },
        ],
      });
    }
  },
});

/** Where nothing follows the loop, a function with results has to return some; elsewhere the `break` gets a label. */
function leaveLoop(context: RuleContext, { jump, loop }: Inner, end: Node): FileEdit[] | undefined {
  const { unit } = context;
  const func = enclosingFunc(context.analysis.parents(unit), loop);
  const place = placeInList(unit, loop);
  const isLast = place !== undefined && place.index === place.list.stmts.length - 1;
  if (!isLast || !func?.type.results.length || inLoop(context.analysis.parents(unit), loop))
    return breakOutOfLoop(unit, [jump], loop);
  const done = end.kind === 'UnaryExpr' ? unit.text(end.x) : '';
  const leave = doneReturn(unit, jump, done);
  return leave === undefined ? undefined : replaceNode(unit, jump, leave);
}
