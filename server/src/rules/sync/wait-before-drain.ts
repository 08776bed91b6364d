/** A `Wait` waits for goroutines that themselves wait for something that only comes after the `Wait`. */
import { defineRule } from '../rule.ts';
import { lastStep, lineOf } from '../leak-sites.ts';
import { reportLeaks } from '../model-report.ts';
import { CONCURRENT } from '../triggers.ts';
import { reportWaitBeforeCancel } from './wait-before-drain.cancels.ts';
import { drainFixes } from './wait-before-drain.fixes.ts';
import { reportShortRoom } from './wait-before-drain.room.ts';
import { reportWaitedHandlers } from './wait-before-drain.servers.ts';
import { reportHeldSubtests } from './wait-before-drain.subtests.ts';
import { text } from './wait-before-drain.text.ts';

export const waitBeforeDrain = defineRule({
  meta: {
    id: 'wait-before-drain',
    group: 'sync',
    level: 'warning',
    triggers: [...CONCURRENT],
    fixes: [
      'wait-in-goroutine',
      'wait-after-receives',
      'close-before-wait',
      'cancel-before-wait',
      'make-buffered',
      'release-before-return',
    ],
    // The model looks for the rest.
    checkTriggers: ['\\.Wait\\(\\)', '\\bhttptest\\.New\\w*Server\\(', '\\.Shutdown\\(', '\\.Parallel\\(\\)'],
    yieldsTo: ['wait-in-spawn-loop'],
  },
  text,
  check(context) {
    reportShortRoom(context);
    reportWaitedHandlers(context);
    reportHeldSubtests(context);
    reportWaitBeforeCancel(context);
  },
  checkLeaks(context) {
    reportLeaks(context, 'wait-before-drain', (leak) => {
      // How much room there is tells more.
      if (leak.fillsRoom) return undefined;
      const blocked = lastStep(leak, 'also-blocked');
      return {
        message: blocked ? 'blocked' : 'wait',
        args: blocked && { line: lineOf(context, blocked) },
        fixes: drainFixes(context, leak),
      };
    });
  },
});
