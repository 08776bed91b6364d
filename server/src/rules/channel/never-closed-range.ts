/** A loop receives until a channel is closed, and nobody closes it. */
import { closeFix } from './never-closed-range.fixes.ts';
import { closeBehindWait, closeBySender } from '../leak-repairs/close-by-sender.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './never-closed-range.text.ts';

export const neverClosedRange = defineRule({
  meta: {
    id: 'never-closed-range',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    fixes: ['close-channel'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'never-closed-range', (leak) => {
      const fix = closeFix(context, leak) ?? closeBySender(context, leak) ?? closeBehindWait(context, leak);
      return { message: 'range', fixes: fix ? [fix] : [] };
    });
  },
});
