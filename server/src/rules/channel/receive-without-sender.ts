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
  checkFile(context) {
    reportLeaks(context, 'receive-without-sender', ({ operation, manner }) => ({
      message: manner ?? (operation === 'select' ? 'select' : 'receive'),
    }));
  },
});
