/** A goroutine uses a channel that nothing has made. */
import { isMadeWhereUsed } from './nil-channel.conditions.ts';
import { makeElements, makeInLiteral } from './nil-channel.fields.ts';
import { makeFix, untilNilFix } from './nil-channel.fixes.ts';
import { reportUnmade } from './nil-channel.unmade.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './nil-channel.text.ts';

/** A loop with at most one variable over something in a field. */
const RANGE = 'for (?:\\w+ :?= )?range [\\w.]+\\.\\w+ \\{';

export const nilChannel = defineRule({
  meta: {
    id: 'nil-channel',
    group: 'channel',
    level: 'error',
    triggers: [...CONCURRENT, RANGE],
    checkTriggers: ['<-\\s*[\\w.]+\\.\\w', '[\\w.]\\.\\w+ <-', RANGE],
    fixes: ['make-channel', 'loop-until-nil', 'guard-nil'],
  },
  text,
  check: reportUnmade,
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
