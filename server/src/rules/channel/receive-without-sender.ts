/** A goroutine receives from a channel to which nobody sends any more, and which nobody closes. */
import { defineRule } from '../rule.ts';
import { deferRelease } from '../leak-repairs/defer-release.ts';
import { giveUp } from '../leak-repairs/give-up.ts';
import { keepValue } from '../leak-repairs/keep-value.ts';
import { saysLostCancel } from '../lost-cancels.ts';
import { reportLeaks } from '../model-report.ts';
import { CONCURRENT } from '../triggers.ts';
import { saysUnstopped } from '../unstopped-starts.ts';
import { reportUnansweredReceives } from './receive-without-sender.fields.ts';
import { text } from './receive-without-sender.text.ts';

export const receiveWithoutSender = defineRule({
  meta: {
    id: 'receive-without-sender',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    // An unexported field, not in an arm of a `select`.
    checkTriggers: ['<-(?<!\\bcase [^\\n]*)[ \\t]*(?:\\w+\\.)+(?!C\\b)[a-z]\\w*\\b(?!\\()'],
    yieldsTo: ['missing-unlock'],
    fixes: ['make-buffered', 'defer-release', 'watch-context'],
  },
  text,
  check: reportUnansweredReceives,
  checkLeaks(context) {
    reportLeaks(context, 'receive-without-sender', (leak) => {
      if (saysUnstopped(context.analysis, leak)) return undefined;
      const { operation, manner } = leak;
      if (manner === 'ticks') return { message: 'ticks' };
      if (manner === 'context') return { message: 'context' };
      if (manner === 'forgotten')
        return saysLostCancel(context.analysis, leak.made) ? undefined : { message: 'forgotten' };
      const fix = deferRelease(context, leak) ?? keepValue(context, leak) ?? giveUp(context, leak);
      return { message: operation === 'select' ? 'select' : 'receive', fixes: fix ? [fix] : [] };
    });
  },
});
