/** A goroutine holds a lock while it waits for somebody who needs that lock to get there. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { defineRule } from '../rule.ts';
import { lastStep, lineOf } from '../leak-sites.ts';
import { reportLeaks } from '../model-report.ts';
import { CONCURRENT } from '../triggers.ts';
import { reportBlockedArms } from './blocking-under-lock.arms.ts';
import { unlockFirst } from './blocking-under-lock.fixes.ts';
import { text } from './blocking-under-lock.text.ts';

const MESSAGES: Partial<Record<Leak['operation'], string>> = {
  send: 'send',
  receive: 'receive',
  range: 'range',
  select: 'select',
  once: 'once',
};

export const blockingUnderLock = defineRule({
  meta: {
    id: 'blocking-under-lock',
    group: 'sync',
    level: 'warning',
    triggers: [...CONCURRENT],
    checkTriggers: [['\\bselect \\{', '\\.R?Lock\\(']],
    imports: ['sync'],
    fixes: ['unlock-first'],
  },
  text,
  check: reportBlockedArms,
  checkLeaks(context) {
    reportLeaks(context, 'blocking-under-lock', (leak) => {
      const needs = lastStep(leak, 'also-blocked');
      if (!needs) return undefined;
      return {
        message: MESSAGES[leak.operation] ?? 'wait',
        args: { line: lineOf(context, needs) },
        fixes: unlockFirst(context, leak),
      };
    });
  },
});
