/** A channel that may be closed already is closed again. */
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { text } from './double-close.text.ts';

export const doubleClose = defineRule({
  meta: {
    id: 'double-close',
    group: 'channel',
    level: 'error',
    triggers: ['\\bclose\\('],
    fixes: [],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'double-close', () => ({ message: 'close' }));
  },
});
