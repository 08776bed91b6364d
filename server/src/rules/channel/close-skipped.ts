/** A channel is not closed on every way out of the goroutine that closes it. */
import { deferFix } from './close-skipped.fixes.ts';
import { releaseOnEveryWay } from '../leak-repairs/defer-release.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './close-skipped.text.ts';

export const closeSkipped = defineRule({
  meta: {
    id: 'close-skipped',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    fixes: ['defer-close', 'defer-release', 'release-before-return'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'close-skipped', (leak) => {
      const fix = deferFix(context, leak) ?? releaseOnEveryWay(context, leak);
      return { message: messageFor(leak.operation), fixes: fix ? [fix] : [] };
    });
  },
});

function messageFor(operation: string): string {
  if (operation === 'range') return 'range';
  return operation === 'select' ? 'select' : 'receive';
}
