/** A goroutine sends a result to a receiver that may have left without receiving. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { returnsFailure } from '../../golang/expected-failure.ts';
import type { Launch } from '../../golang/launches.ts';
import type { RuleContext } from '../context.ts';
import { lastStep, stmtAt } from '../leak-sites.ts';
import { type LeakWords, lineOfStep, reportLeaks } from '../model-report.ts';
import { GO_STATEMENT } from '../../golang/goroutines.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { reportAbandonedPaths } from './abandoned-send.paths.ts';
import { text } from './abandoned-send.text.ts';
import { sendFixes } from '../channel-fixes.ts';
import { leakedChannel, startOf } from '../leaked-channel.ts';

export const abandonedSend = defineRule({
  meta: {
    id: 'abandoned-send',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    checkTriggers: [['\\bmake\\(chan\\b', '<-', GO_STATEMENT]],
    fixes: ['make-buffered', 'select-with-context'],
  },
  text,
  check: reportAbandonedPaths,
  checkLeaks(context) {
    const seen = new Set<string>();
    reportLeaks(context, 'abandoned-send', (leak) => {
      const start = startOf(context.analysis, leak);
      // One finding for the sends of a goroutine: they are repaired together.
      const key = start && `${start.unit.file.path}:${start.unit.base + start.stmt.start}:${leak.name}`;
      if (key !== undefined && seen.has(key)) return undefined;
      if (key !== undefined) seen.add(key);
      return { ...describe(context, leak, start), level: failsTest(context, leak) ? 'hint' : undefined };
    });
  },
});

/** True when the receiver leaves with a result that its callers take for the failure of a test. */
function failsTest({ analysis }: RuleContext, leak: Leak): boolean {
  const left = lastStep(leak, 'returned');
  return left !== undefined && returnsFailure(analysis, left.unit, stmtAt(left));
}

function describe(context: RuleContext, leak: Leak, start: Launch | undefined): LeakWords {
  const { analysis, unit } = context;
  const leaked = leakedChannel(analysis, leak);
  const line = lineOfStep(leak, 'returned');
  const fixes = sendFixes(context, leak);
  if (leak.operation === 'select') return { message: 'select' };
  if (!leaked || line === undefined) return { message: 'nobody', fixes };
  const { capacity, object } = leaked.channel;
  // A send in another file is spoken of where the goroutine is started.
  const at =
    start && leak.site.unit.file !== unit.file && start.unit.file === unit.file
      ? { unit: start.unit, node: { start: start.stmt.start, end: start.stmt.start + 'go'.length } }
      : undefined;
  const args = { name: object.name, line, capacity };
  if (at) return { message: capacity === 0 ? 'unbuffered-at-go' : 'full-at-go', args, at, fixes };
  return { message: capacity === 0 ? 'unbuffered' : 'full', args, fixes };
}
