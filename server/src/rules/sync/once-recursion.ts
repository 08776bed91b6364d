/** The function that a `sync.Once` runs leads to the same `Do` again. */
import { defineRule } from '../rule.ts';
import { reportLeaks } from '../model-report.ts';
import { isDecidedByState } from './once-recursion.guards.ts';
import { text } from './once-recursion.text.ts';

export const onceRecursion = defineRule({
  meta: {
    id: 'once-recursion',
    group: 'sync',
    level: 'error',
    triggers: ['\\.Do\\(', '\\bOnce(?:Func|Values?)\\('],
    imports: ['sync'],
    fixes: [],
  },
  text,
  checkLeaks(context) {
    reportLeaks(context, 'once-recursion', (leak) =>
      isDecidedByState(context.analysis, leak) ? undefined : { message: 'recursion' },
    );
  },
});
