/** A goroutine receives from a channel to which nobody sends any more, and which nobody closes. */
import { defineRule } from '../rule.ts';
import { reportLeaks } from '../model-report.ts';
import { CONCURRENT } from '../triggers.ts';
import { text } from './receive-without-sender.text.ts';

export const receiveWithoutSender = defineRule({
  meta: {
    id: 'receive-without-sender',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    fixes: [],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'receive-without-sender', ({ operation, manner }) => {
      if (manner === 'ticks') return { message: 'ticks' };
      if (manner === 'context') return { message: 'context' };
      return { message: operation === 'select' ? 'select' : 'receive' };
    });
  },
});
