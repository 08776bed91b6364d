/** A loop around a `select` whose `default` does nothing turns as fast as it can until an arm is ready. */
import type { FileEdit } from '../../fixes/file-edit.ts';
import { indentAt, isFirstOnLine, isLastOnLine, lineStart, nextLine } from '../../fixes/source-lines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find } from '../../golang/walk.ts';
import type { CommClause, ForStmt, SelectStmt } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import { idleWay } from './busy-select.idle.ts';
import { text } from './busy-select.text.ts';

const LOOP_OF_SELECT = '\\bfor\\b[^\\n]*\\{\\s*(?://[^\\n]*\\n\\s*)*select\\s*\\{';

export const busySelect = defineRule({
  meta: {
    id: 'busy-select',
    group: 'goroutine',
    level: 'warning',
    // A test may spin on purpose, to see what the scheduler does, and ends soon.
    inTests: 'hint',
    triggers: [
      ['\\bdefault:(?=\\s*(?:(?://[^\\n]*\\n|continue)\\s*)*(?:\\}|case\\b))', '\\bselect\\b', '\\bfor\\b'],
      // What it does hangs on a condition: its own, or that of the one function it calls.
      [LOOP_OF_SELECT, '\\bdefault:\\s*(?://[^\\n]*\\n\\s*)*(?:if\\b|[^\\n]*\\)\\s*(?:\\}|case\\b|continue\\b))'],
    ],
    fixes: ['drop-default'],
    overlaps: ['staticcheck SA5004'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const loop of nodesOfKind(unit.decl, 'ForStmt')) {
      const spin = spinning(loop);
      if (!spin) continue;
      const { select, idle } = spin;
      const isEmpty = idle.body.every((s) => s.kind === 'BranchStmt' && s.tok === 'continue' && !s.label);
      const way = isEmpty ? undefined : idleWay(analysis, unit, idle.body);
      if (!isEmpty && !way) continue;
      context.report({
        node: { start: idle.start, end: idle.colon },
        message: way ? (way.holds ? 'spins-while' : 'spins-unless') : 'spins',
        args: {
          line: context.line({ node: loop }),
          cond: way ? way.unit.text(way.cond).replace(/\s+/g, ' ') : '',
        },
        steps: [
          { node: { start: loop.start, end: loop.start + 'for'.length }, message: 'step-loop' },
          { node: { start: select.start, end: select.start + 'select'.length }, message: 'step-select' },
          ...(way && way.unit !== unit ? [{ unit: way.unit, node: way.cond, message: 'step-condition' }] : []),
        ],
        fixes: isEmpty
          ? [{ id: 'drop-default', title: 'fix-drop', preferred: true, edits: dropDefault(unit, loop, select, idle) }]
          : [],
      });
    }
  },
});

/** The `select` that is all a loop does, and its `default`; none where turns are counted. */
function spinning({ init, post, cond, body }: ForStmt): { select: SelectStmt; idle: CommClause } | undefined {
  const [select, ...others] = body.stmts;
  if (init || post || select?.kind !== 'SelectStmt' || others.length > 0) return undefined;
  // A condition that calls something may work or wait in there.
  if (cond && find(cond, (n) => n.kind === 'CallExpr')) return undefined;
  const idle = select.clauses.find((c) => !c.comm);
  return idle && { select, idle };
}

/** The lines of `default:` away, with what is said in it, where the loop has nothing else to look at while it waits. */
function dropDefault(unit: DeclUnit, loop: ForStmt, select: SelectStmt, idle: CommClause): FileEdit[] | undefined {
  if (loop.cond || select.clauses.length < 2) return undefined;
  const { text } = unit.file;
  const start = unit.base + idle.start;
  const last = idle.body.at(-1);
  const next = select.clauses.find((c) => c.start > idle.start);
  const until = unit.base + (next ? next.start : select.end - 1);
  if (!isFirstOnLine(text, start) || !isFirstOnLine(text, until) || !isLastOnLine(text, unit.base + idle.colon))
    return undefined;
  if (last && !isLastOnLine(text, unit.base + last.end)) return undefined;
  return [
    {
      file: unit.file,
      start: lineStart(text, start),
      end: next ? endOfArm(text, idle, unit.base) : lineStart(text, until),
      newText: '',
    },
  ];
}

/** Where the lines of an arm end: comments that stand no further in than it does belong to the next one. */
function endOfArm(text: string, { start, colon, body }: CommClause, base: number): number {
  const depth = indentAt(text, base + start).length;
  let at = nextLine(text, base + (body.at(-1)?.end ?? colon));
  for (;;) {
    const line = text.slice(at, nextLine(text, at));
    const isOwn = /^\s*$/.test(line) || (/^\s*\/\//.test(line) && indentAt(text, at).length > depth);
    if (!isOwn || line === '') return at;
    at += line.length;
  }
}
