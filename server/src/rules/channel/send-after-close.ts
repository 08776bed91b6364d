/** A send on a channel that may be closed. */
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './send-after-close.text.ts';

export const sendAfterClose = defineRule({
  meta: {
    id: 'send-after-close',
    group: 'channel',
    level: 'error',
    triggers: [...CONCURRENT],
    fixes: [],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'send-after-close', () => ({ message: 'send' }));
  },
});
