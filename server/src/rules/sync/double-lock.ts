/** A goroutine takes a lock that it already holds: directly, in a function it calls, or in a callback. */
import { lockedCallbacks, lockedCallers } from '../../concurrency/locks/foreign-callbacks.ts';
import { type IndirectLock, indirectLocks } from '../../concurrency/locks/indirect-locks.ts';
import { type ReadInRead, readsInReads } from '../../concurrency/locks/read-in-read.ts';
import type { Leak } from '../../concurrency/model/leaks.ts';
import { modelOf } from '../../concurrency/model/model.ts';
import { pathName } from '../../golang/access-path.ts';
import type { LockSite } from '../../concurrency/locks/lock-summary.ts';
import { contains } from '../../golang/walk.ts';
import type { Node } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import type { RuleContext } from '../context.ts';
import { lastStep, lineOf } from '../leak-sites.ts';
import { type LeakWords, reportLeaks } from '../model-report.ts';
import { relockFixes } from './double-lock.fixes.ts';
import { text } from './double-lock.text.ts';
import { isFoundWhereTaken, isLeftLocked, isUnlockedByOthers } from './left-locked.ts';

export const doubleLock = defineRule({
  meta: {
    id: 'double-lock',
    group: 'sync',
    level: 'error',
    triggers: ['\\.R?Lock\\(\\)'],
    imports: ['sync'],
    findsImported: true,
    fixes: ['drop-lock', 'unlock-first'],
  },
  text,
  importedTests: [{ withLiteral: true, names: lockedCallers }],
  check(context) {
    reportCallbacks(context);
  },
  checkFile(context) {
    const { analysis, unit } = context;
    for (const nested of readsInReads(analysis, unit.pkg))
      if (nested.unit.file === unit.file) reportReadInRead(context, nested);
    reportBehindCalls(context);
  },
  checkLeaks(context) {
    reportLeaks(context, 'double-lock', (leak) =>
      isLeftLocked(context, leak) || isFoundWhereTaken(context, leak) || isLeftToOthers(context, leak)
        ? undefined
        : { ...describe(context, leak), fixes: relockFixes(context, leak) },
    );
  },
});

/** True where one call has kept the lock for a function that lets go of it, and another call wants it. */
function isLeftToOthers(context: RuleContext, leak: Leak): boolean {
  const held = lastStep(leak, 'lock');
  return held?.node.start === leak.site.node.start && isUnlockedByOthers(context, leak);
}

/** At the call that leads to the second `RLock`; exploring a program tells of it where it is taken. */
function reportReadInRead(context: RuleContext, { unit, held, then, writer }: ReadInRead): void {
  const [call] = then.sites;
  const lock = then.sites.at(-1);
  const first = held.sites.at(-1);
  if (!call || !lock || !first || modelOf(context.analysis).leaks(unit.pkg, unit.file).some(isReadInRead)) return;
  context.report({
    unit,
    node: call.node,
    message: 'read-in-read',
    args: { name: pathName(held.path), where: '' },
    steps: [
      { unit: first.unit, node: first.node, message: 'step-read' },
      { unit: lock.unit, node: lock.node, message: 'step-read-again' },
      { unit: writer.unit, node: writer.node, message: 'step-writer' },
    ],
  });
}

/** Where the lock is taken again, once for all that leads there. */
function reportBehindCalls(context: RuleContext): void {
  const { analysis, unit } = context;
  const reported = new Set<Node>();
  for (const found of indirectLocks(analysis, unit.pkg)) {
    const lock = found.then.sites.at(-1);
    if (lock?.unit.file !== unit.file || reported.has(lock.node)) continue;
    reported.add(lock.node);
    const leaks = modelOf(analysis).leaks(unit.pkg, unit.file);
    if (
      !leaks.some(
        ({ rule, site }) => rule === 'double-lock' && site.unit === lock.unit && contains(site.node, lock.node),
      )
    )
      reportAgain(context, found, lock);
  }
}

function reportAgain(context: RuleContext, { held, then, writer }: IndirectLock, lock: LockSite): void {
  const { call, given, sites } = then;
  const first = held.sites.at(-1);
  if (!first || lock.node.kind !== 'CallExpr' || lock.node.fun.kind !== 'SelectorExpr' || call.node.kind !== 'CallExpr')
    return;
  context.report({
    ...lock,
    message: writer ? 'read-in-read-by' : 'again-by',
    args: {
      name: lock.unit.text(lock.node.fun.x),
      call: call.unit.text(call.node.fun),
      place: `${call.unit.file.name}:${context.line(call)}`,
    },
    steps: [
      { unit: first.unit, node: first.node, message: writer ? 'step-read' : 'step-held' },
      ...(given ? [{ unit: given.unit, node: given.node, message: 'step-given' }] : []),
      ...sites.map(({ unit, node }, i) => {
        const isLast = i === sites.length - 1;
        return { unit, node, message: !isLast ? 'step-calls' : writer ? 'step-read-again' : 'step-locked-again' };
      }),
      ...(writer ? [{ unit: writer.unit, node: writer.node, message: 'step-writer' }] : []),
    ],
  });
}

/** At the call in a literal that leads to the second lock. */
function reportCallbacks(context: RuleContext): void {
  const reported = new Set<Node>();
  for (const { held, call, given, then } of lockedCallbacks(context.analysis, context.unit)) {
    const [site, ...behind] = then.sites;
    const first = held.sites.at(-1);
    if (!site || !first || call.node.kind !== 'CallExpr' || reported.has(site.node)) continue;
    reported.add(site.node);
    context.report({
      node: site.node,
      message: 'again-by',
      args: {
        name: pathName(held.path),
        call: call.unit.text(call.node.fun),
        place: `${call.unit.file.name}:${context.line(call)}`,
      },
      steps: [
        { unit: first.unit, node: first.node, message: 'step-held' },
        { unit: context.unit, node: given.fun, message: 'step-given' },
        { unit: call.unit, node: call.node, message: 'step-calls' },
        ...behind.map(({ unit, node }, i) => ({
          unit,
          node,
          message: i === behind.length - 1 ? 'step-locked-again' : 'step-calls',
        })),
      ],
    });
  }
}

function isReadInRead({ rule, operation }: Leak): boolean {
  return rule === 'double-lock' && operation === 'rlock';
}

function describe(context: RuleContext, leak: Leak): LeakWords {
  const held = lastStep(leak, 'lock');
  // Somebody else waits to write between two reads of this goroutine.
  if (lastStep(leak, 'also-blocked')) return { message: leak.operation === 'rlock' ? 'read-in-read' : 'again' };
  // A helper that locks for its callers.
  if (!held || held.node.start === leak.site.node.start) return { message: 'again' };
  const isRead = held.unit.text(held.node).includes('.RLock(');
  const message = leak.operation === 'rlock' ? 'read-in-write' : isRead ? 'write-in-read' : 'again-since';
  return { message, args: { line: lineOf(context, held) } };
}
