/** A goroutine sends a result to a receiver that may have left without receiving. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { hearsFromCall } from '../../golang/call-signals.ts';
import { returnsFailure } from '../../golang/expected-failure.ts';
import { GO_STATEMENT, spawns } from '../../golang/goroutines.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { contains } from '../../golang/walk.ts';
import type { RuleContext } from '../context.ts';
import { lastStep, leavingStep, stmtAt } from '../leak-sites.ts';
import { type LeakWords, lineOfStep, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { CONCURRENT } from '../triggers.ts';
import { isUnguardedSend, reportUnguardedSends, SEND_TO_FIELD } from './abandoned-send.guarded.ts';
import { reportAbandonedPaths } from './abandoned-send.paths.ts';
import { text } from './abandoned-send.text.ts';
import { abandonedFixes } from '../channel-fixes.ts';
import { leakedChannel, startOf } from '../leaked-channel.ts';

export const abandonedSend = defineRule({
  meta: {
    id: 'abandoned-send',
    group: 'channel',
    level: 'warning',
    triggers: [...CONCURRENT],
    checkTriggers: [['\\bmake\\(chan\\b', '<-', GO_STATEMENT], SEND_TO_FIELD],
    yieldsTo: ['missing-unlock'],
    fixes: [
      'make-buffered',
      'select-with-context',
      'select-with-stop',
      'close-instead',
      'defer-release',
      'release-before-return',
    ],
  },
  text,
  check(context) {
    reportAbandonedPaths(context);
    reportUnguardedSends(context);
  },
  checkLeaks(context) {
    const seen = new Set<string>();
    reportLeaks(context, 'abandoned-send', (leak) => {
      if (isUnguardedSend(context.analysis, leak.site.unit, leak.site.node)) return undefined;
      const start = startOf(context.analysis, leak);
      // One finding for the sends of a goroutine: they are repaired together.
      const key = start && `${start.unit.file.path}:${start.unit.base + start.stmt.start}:${leak.name}`;
      if (key !== undefined && seen.has(key)) return undefined;
      if (key !== undefined) seen.add(key);
      return { ...describe(context, leak, start), level: isMild(context, leak, start) ? 'hint' : undefined };
    });
  },
});

function isMild(context: RuleContext, leak: Leak, start: Launch | undefined): boolean {
  return failsTest(context, leak) || hasHeardOfSuccess(context, leak, start);
}

/**
 * True when the sender reports what a call returned, and the `select` that receives it may go on with what the call signals once it
 * works: only on some of its ways the call fails after that.
 */
function hasHeardOfSuccess({ analysis }: RuleContext, leak: Leak, start: Launch | undefined): boolean {
  const spawn = start && spawns(analysis, start.unit).find((s) => s.stmt === start.stmt);
  const send = nodesOfKind(leak.site.unit.decl, 'SendStmt').find((s) => s.start === leak.site.node.start);
  const object = leakedChannel(analysis, leak)?.channel.object;
  if (!spawn || !send || !object || spawn.body?.unit !== leak.site.unit) return false;
  return nodesOfKind(spawn.unit.decl, 'SelectStmt').some(({ clauses }) => {
    const arms = clauses.flatMap((c) => (c.comm ? [c.comm] : []));
    const receives = arms.some((a) => object.uses.some((u) => contains(a, u)));
    return receives && arms.some((a) => hearsFromCall(analysis, spawn, send, a));
  });
}

/** True when the receiver leaves with a result that its callers take for the failure of a test. */
function failsTest({ analysis }: RuleContext, leak: Leak): boolean {
  const left = lastStep(leak, 'returned');
  return left !== undefined && returnsFailure(analysis, left.unit, stmtAt(left));
}

function describe(context: RuleContext, leak: Leak, start: Launch | undefined): LeakWords {
  const { analysis, unit } = context;
  const leaked = leakedChannel(analysis, leak);
  const line = lineOfStep(leak, leavingStep(leak));
  const fixes = abandonedFixes(context, leak);
  if (leak.operation === 'select') return { message: 'select' };
  if (leak.manner === 'place' || leak.manner === 'self') return { message: leak.manner, fixes };
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
