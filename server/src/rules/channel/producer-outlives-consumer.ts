/** A goroutine goes on sending when its receiver has left. */
import { contextFix } from '../channel-fixes.ts';
import { leavingStep } from '../leak-sites.ts';
import { deferRelease } from '../leak-repairs/defer-release.ts';
import { closeInstead } from '../leak-repairs/close-instead.ts';
import { keepCancel } from '../leak-repairs/keep-cancel.ts';
import { cancelByCaller, stopFix } from '../leak-repairs/stop-producer.ts';
import { lineOfStep, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { saysUnstopped } from '../unstopped-starts.ts';
import { text } from './producer-outlives-consumer.text.ts';

export const producerOutlivesConsumer = defineRule({
  meta: {
    id: 'producer-outlives-consumer',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    yieldsTo: ['missing-unlock'],
    fixes: [
      'select-with-context',
      'select-with-stop',
      'stop-producer',
      'close-instead',
      'keep-cancel',
      'defer-release',
    ],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'producer-outlives-consumer', (leak) => {
      if (saysUnstopped(context.analysis, leak)) return undefined;
      const deferred = deferRelease(context, leak);
      if (leak.operation === 'select') {
        const fix = deferred ?? closeInstead(context, leak) ?? keepCancel(context, leak);
        return { message: 'select', fixes: fix ? [fix] : [] };
      }
      const line = lineOfStep(leak, leavingStep(leak));
      // A context that the caller has for longer does not end the sender when the caller leaves.
      const fix = cancelByCaller(context, leak) ?? contextFix(context, leak) ?? stopFix(context, leak);
      if (deferred && fix) deferred.preferred = false;
      const fixes = [fix, deferred].filter((f) => f !== undefined);
      return line === undefined ? { message: 'send', fixes } : { message: 'left', args: { line }, fixes };
    });
  },
});
