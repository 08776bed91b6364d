/** A goroutine loops over a ticker's channel, which is never closed, and has no other way out. */
import { reportEndless } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { hopelessWait } from './ticker-loop-never-ends.awaited.ts';
import { text } from './ticker-loop-never-ends.text.ts';

export const tickerLoopNeverEnds = defineRule({
  meta: {
    id: 'ticker-loop-never-ends',
    group: 'timer',
    level: 'warning',
    // The loop may be in another function than the `go` statement.
    triggers: [...LAUNCHES],
    // A test binary ends with its tests; what they leave behind is the business of leak checks.
    skipsTests: true,
    fixes: ['wrap-context', 'watch-signal'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis } = context;
    reportEndless(context, (endless, launch) => {
      if (!endless.ticker) return undefined;
      const waiting = hopelessWait(analysis, launch, endless);
      return {
        message: 'never-ends',
        args: { chan: endless.unit.text(endless.ticker) },
        awaited: waiting && [
          { unit: waiting.unit, node: waiting.stop, message: 'step-stopped' },
          { unit: waiting.unit, node: waiting.wait, message: 'step-awaited' },
        ],
      };
    });
  },
});
