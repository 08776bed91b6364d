/** A goroutine uses a channel that nothing has made. */
import { isMadeWhereUsed } from './nil-channel.conditions.ts';
import { makeElements, makeInLiteral } from './nil-channel.fields.ts';
import { makeFix, untilNilFix } from './nil-channel.fixes.ts';
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
    fixes: ['make-channel', 'loop-until-nil'],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'nil-channel', (leak) => {
      if (isMadeWhereUsed(context.analysis, leak)) return undefined;
      const fix =
        makeFix(context, leak) ??
        makeInLiteral(context, leak) ??
        makeElements(context, leak) ??
        untilNilFix(context, leak);
      return { message: messageFor(leak.operation), fixes: fix ? [fix] : [] };
    });
  },
});

function messageFor(operation: string): string {
  if (operation === 'range' || operation === 'select') return operation;
  return operation === 'send' ? 'send' : 'receive';
}
