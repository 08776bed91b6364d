/** A goroutine runs into a loop that nothing can make it leave. */
import { reportEndless, waitText } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { text } from './goroutine-never-exits.text.ts';

export const goroutineNeverExits = defineRule({
  meta: {
    id: 'goroutine-never-exits',
    group: 'goroutine',
    level: 'warning',
    triggers: [...LAUNCHES],
    // A test binary ends with its tests; what they leave behind is the business of leak checks.
    skipsTests: true,
    fixes: ['wrap-context'],
    daemon: true,
  },
  text,
  check(context) {
    reportEndless(context, (endless) => {
      // `ticker-loop-never-ends` speaks of those.
      if (endless.ticker) return undefined;
      const waits = waitText(endless);
      const parked = endless.loop.stmt.kind === 'SelectStmt' && !waits;
      return { message: parked ? 'parked' : waits ? 'waits' : 'works', args: { waits: waits ?? '' } };
    });
  },
});
