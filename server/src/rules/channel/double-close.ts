/** A channel that may be closed already is closed again. */
import { deleteStatement } from '../../fixes/move-statement.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isExplored, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { type EarlyClose, earlyCloses, endsAtOnce } from './double-close.deferred.ts';
import { text } from './double-close.text.ts';

export const doubleClose = defineRule({
  meta: {
    id: 'double-close',
    group: 'channel',
    level: 'error',
    triggers: ['\\bclose\\('],
    checkTriggers: [['\\bdefer close\\(', '^[ \\t]*close\\(']],
    fixes: ['drop-close'],
  },
  text,
  check(context) {
    for (const early of earlyCloses(context.analysis, context.unit)) reportEarly(context, early);
  },
  checkLeaks(context) {
    const { analysis, unit } = context;
    reportLeaks(context, 'double-close', ({ site }) => {
      const early =
        site.unit.file === unit.file
          ? earlyCloses(analysis, site.unit).find((e) => e.deferred.call.start === site.node.start)
          : undefined;
      return { message: 'close', fixes: early && dropEarly({ ...context, unit: site.unit }, early) };
    });
  },
});

/** At the deferred call, where exploring finds the panic as well. */
function reportEarly(context: RuleContext, early: EarlyClose): void {
  const { unit } = context;
  const { deferred, stmt, chan } = early;
  if (isExplored(context, unit, [deferred.call])) return;
  context.report({
    node: deferred.call,
    message: 'close',
    args: { name: unit.text(chan), where: '' },
    steps: [
      { node: stmt, message: 'step-close' },
      { node: deferred.call, message: 'step-panics' },
    ],
    fixes: dropEarly(context, early),
  });
}

/** Leaves closing to the deferred call where that comes right behind. */
function dropEarly({ analysis, unit, line }: RuleContext, { stmt }: EarlyClose): FixSpec[] {
  if (!endsAtOnce(analysis, unit, stmt)) return [];
  const args = { line: line({ unit, node: stmt }) };
  return [{ id: 'drop-close', title: 'fix-drop', args, preferred: true, edits: deleteStatement(unit, stmt) }];
}
