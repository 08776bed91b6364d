/** A goroutine uses a channel that nothing has made. */
import { isMadeWhereUsed } from './nil-channel.conditions.ts';
import { makeFix } from './nil-channel.fixes.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './nil-channel.text.ts';

export const nilChannel = defineRule({
  meta: {
    id: 'nil-channel',
    group: 'channel',
    level: 'error',
    triggers: [...CONCURRENT],
    fixes: ['make-channel'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'nil-channel', (leak) => {
      if (isMadeWhereUsed(context.analysis, leak)) return undefined;
      const fix = makeFix(context, leak);
      return { message: messageFor(leak.operation), fixes: fix ? [fix] : [] };
    });
  },
});

function messageFor(operation: string): string {
  if (operation === 'range') return 'range';
  return operation === 'send' ? 'send' : 'receive';
}
