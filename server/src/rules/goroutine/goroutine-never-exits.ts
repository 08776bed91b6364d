/** A goroutine runs into a loop that nothing can make it leave. */
import { endlessGoroutine } from '../../golang/endless-goroutines.ts';
import { launches } from '../../golang/launches.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { wrapWithContext } from '../../fixes/wrap-with-context.ts';
import { endlessSteps, goHeader, loopLine, waitText } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { text } from './goroutine-never-exits.text.ts';

export const goroutineNeverExits = defineRule({
  meta: {
    id: 'goroutine-never-exits',
    group: 'goroutine',
    level: 'warning',
    triggers: [...LAUNCHES],
    fixes: ['wrap-context'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    // A test binary ends with its tests; what they leave behind is the business of leak checks.
    if (unit.file.isTest) return;
    for (const launch of launches(analysis, unit)) {
      const endless = endlessGoroutine(analysis, launch);
      // `ticker-loop-never-ends` speaks of those.
      if (!endless || endless.ticker || runsOncePerProcess(analysis, unit, launch.stmt)) continue;
      const waits = waitText(endless);
      const parked = endless.loop.stmt.kind === 'SelectStmt' && !waits;
      context.report({
        node: goHeader(launch),
        message: parked ? 'parked' : waits ? 'waits' : 'works',
        args: { line: loopLine(context, endless), waits: waits ?? '' },
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
