/** A goroutine sends a second value where one is received. */
import { bufferFix } from '../channel-fixes.ts';
import { returnFix } from './double-send.fixes.ts';
import { lastStep } from '../leak-sites.ts';
import { lineOfStep, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './double-send.text.ts';

export const doubleSend = defineRule({
  meta: {
    id: 'double-send',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    yieldsTo: ['missing-unlock'],
    fixes: ['insert-return', 'make-buffered'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'double-send', (leak) => {
      if (leak.operation === 'select') return { message: 'select' };
      const line = lineOfStep(leak, lastStep(leak, 'send'));
      const fixes = [returnFix(context, leak) ?? bufferFix(context, leak)].filter((f) => f !== undefined);
      return line === undefined ? { message: 'again', fixes } : { message: 'send', args: { line }, fixes };
    });
  },
});
