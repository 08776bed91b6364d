/** A goroutine runs into a loop that nothing can make it leave, or that waits for what never happens. */
import type { EndlessGoroutine } from '../../golang/endless-goroutines.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { untilNil } from '../leak-repairs/until-nil.ts';
import { reportEndless, waitText } from '../endless-report.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { closedWords } from './goroutine-never-exits.closed.ts';
import { closedNetFixes } from './goroutine-never-exits.net.ts';
import { reportDroppedEntries } from './goroutine-never-exits.dropped.ts';
import { reportReplacedSignals } from './goroutine-never-exits.replaced.ts';
import { reportMissingSignals } from './goroutine-never-exits.signals.ts';
import { text } from './goroutine-never-exits.text.ts';

export const goroutineNeverExits = defineRule({
  meta: {
    id: 'goroutine-never-exits',
    group: 'goroutine',
    level: 'warning',
    triggers: [...LAUNCHES],
    // A test binary ends with its tests; what they leave behind is the business of leak checks.
    skipsTests: true,
    fixes: ['wrap-context', 'watch-signal', 'until-closed', 'loop-until-nil', 'end-old', 'end-dropped'],
    daemon: true,
  },
  text,
  check(context) {
    reportEndless(context, (endless) => {
      // `ticker-loop-never-ends` speaks of those.
      if (endless.ticker) return undefined;
      const closed = closedWords(context, endless);
      if (closed) return closed;
      const waits = waitText(endless);
      const parked = endless.loop.stmt.kind === 'SelectStmt' && !waits;
      const message = parked ? 'parked' : waits ? 'waits' : 'works';
      return { message, args: { waits: waits ?? '' }, fixes: ownFixes(context, endless) };
    });
    reportMissingSignals(context);
    reportReplacedSignals(context);
    reportDroppedEntries(context);
  },
});

/** What comes before the fixes that all rules about such goroutines have; undefined where there is nothing. */
function ownFixes(context: RuleContext, endless: EndlessGoroutine): FixSpec[] | undefined {
  const closed = closedNetFixes(context, endless);
  return closed.length > 0 ? closed : untilNilFixes(context, endless);
}

/** A condition for a loop that goes on when all its channels are closed and set to nil. */
function untilNilFixes(context: RuleContext, { unit, loop: { stmt } }: EndlessGoroutine): FixSpec[] | undefined {
  if (stmt.kind !== 'ForStmt') return undefined;
  const found = untilNil(context.analysis, unit, stmt);
  if (!found) return undefined;
  const { condition, edits } = found;
  return [{ id: 'loop-until-nil', title: 'fix-until-nil', args: { condition }, preferred: true, edits }];
}
