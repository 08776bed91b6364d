/** Gives a goroutine that goes on, or waits, a context to stop by. */
import { stayOf } from '../concurrency/spawns/stays.ts';
import { combine } from '../fixes/apply.ts';
import { endWith, signalOf } from '../fixes/wrap-with-context.ts';
import { type Launch, launches } from '../golang/launches.ts';
import { bringsLeak } from '../rules/model-report.ts';
import { defineRefactoring, type Refactored, type RefactoringContext, touches } from './refactoring.ts';
import { StoppingContexts } from './stopping-context.ts';

export const goroutineContext = defineRefactoring({
  id: 'wrap-goroutine-with-context',
  title: { en: 'Let the goroutine end with `{ctx}`', 'zh-cn': '让 goroutine 随 `{ctx}` 结束' },
  find(context) {
    const { analysis, unit } = context;
    const touched = launches(analysis, unit).filter(({ stmt }) => touches(context, stmt));
    // The innermost first: the cursor is in its body.
    for (const launch of touched.sort((a, b) => a.stmt.end - a.stmt.start - (b.stmt.end - b.stmt.start))) {
      const found = rewrite(context, launch);
      if (found) return found;
    }
    return undefined;
  },
});

function rewrite(context: RefactoringContext, launch: Launch): Refactored | undefined {
  const { analysis, goAtLeast } = context;
  const stay = stayOf(analysis, launch);
  const given = stay && new StoppingContexts(analysis, launch, stay.waits, goAtLeast).at(stay.unit, stay.stmt);
  const edits = given && combine(given.edits, endWith(analysis, stay, signalOf(given.expr)));
  // Who still sends to the goroutine would wait for ever.
  return edits && !bringsLeak(context, edits) ? { edits, args: { ctx: given.expr } } : undefined;
}
