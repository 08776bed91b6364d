/** More goroutines send on a channel than values are received from it. */
import { sendFixes } from '../channel-fixes.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './surplus-senders.text.ts';

export const surplusSenders = defineRule({
  meta: {
    id: 'surplus-senders',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    yieldsTo: ['missing-unlock'],
    fixes: ['make-buffered', 'select-with-context'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'surplus-senders', (leak) =>
      leak.operation === 'select' ? { message: 'select' } : { message: 'send', fixes: sendFixes(context, leak) },
    );
  },
});
