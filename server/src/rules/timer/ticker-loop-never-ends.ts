/** A goroutine loops over a ticker's channel, which is never closed, and has no other way out. */
import { endlessGoroutine } from '../../golang/endless-goroutines.ts';
import { launches } from '../../golang/launches.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { wrapWithContext } from '../../fixes/wrap-with-context.ts';
import { endlessSteps, goHeader, loopLine } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { text } from './ticker-loop-never-ends.text.ts';

export const tickerLoopNeverEnds = defineRule({
  meta: {
    id: 'ticker-loop-never-ends',
    group: 'timer',
    level: 'warning',
    // The loop may be in another function than the `go` statement.
    triggers: [...LAUNCHES],
    fixes: ['wrap-context'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    if (unit.file.isTest) return;
    for (const launch of launches(analysis, unit)) {
      const endless = endlessGoroutine(analysis, launch);
      if (!endless?.ticker || runsOncePerProcess(analysis, unit, launch.stmt)) continue;
      context.report({
        node: goHeader(launch),
        message: 'never-ends',
        args: { line: loopLine(context, endless), chan: endless.unit.text(endless.ticker) },
        steps: endlessSteps(endless),
        fixes: [
          {
            id: 'wrap-context',
            title: 'fix-wrap-context',
            preferred: true,
            ...wrapWithContext(analysis, unit.file, endless),
          },
        ],
      });
    }
  },
});
