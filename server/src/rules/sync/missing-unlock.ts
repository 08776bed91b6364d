/** A lock, or a slot of a semaphore, is still held on some way out of the function that took it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { pathName } from '../../golang/access-path.ts';
import type { Kept, Operation } from '../../golang/kept-operation.ts';
import { slotGivers } from '../../golang/given-slots.ts';
import { unlockGivers } from '../../golang/given-unlocks.ts';
import { lockingMakers } from '../../golang/locked-values.ts';
import { slotTakers } from '../../golang/slot-pairs.ts';
import { lockKeepers } from '../../golang/locked-results.ts';
import { callsOf } from '../../golang/maker-calls.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import { takersInTurnsTest } from '../../golang/turn-takers.ts';
import { contains } from '../../golang/walk.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { releaseOnEveryWay } from '../leak-repairs/defer-release.ts';
import { lastStep, lineOf } from '../leak-sites.ts';
import { type LeakWords, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { isFoundByName, isFoundWhereTaken, isLeftLocked, isUnlockedByOthers } from './left-locked.ts';
import { type Release, releaseFixes } from './missing-unlock.fixes.ts';
import { isUnendedLock, reportUnended } from './missing-unlock.ended.ts';
import { reportUncalledUnlocks } from './missing-unlock.given.ts';
import { keptPairs } from './missing-unlock.pairs.ts';
import { heldLocks } from './missing-unlock.search.ts';
import { keptSlots } from './missing-unlock.slots.ts';
import { text } from './missing-unlock.text.ts';
import { type LeftByTurns, leftByTurns } from './missing-unlock.turns.ts';

/** A line behind the lock, as gofmt indents it: in the same block or one within, and nothing on it leaves these. */
const INSIDE =
  '(?:\\1(?![^\\n]*(?:\\b(?:return|goto|break|continue|fallthrough)\\b|Lock\\(\\)|`|/\\*|\\{\\n\\1[^\\s}]))[^\\n]*)?\\n';
/** A lock whose release is deferred at once, or comes at the end of such lines, is not forgotten. */
const RELEASED = `\\s*defer \\2\\.\\3Unlock\\(\\)|[ \\t]*(?://[^\\n]*)?\\n(?:${INSIDE})*?\\1\\2\\.\\3Unlock\\(\\)`;

/** What is sent to a channel that only counts. */
const TOKEN = '(?:struct\\{\\}\\{\\}|true|false|\\d)';
/** Only an early way out can keep a slot. */
const LEAVES = '\\b(?:return|continue|break|goto)\\b';
/** A slot is taken and given back by the same declaration, and not deferred at once. */
const SENT_FIRST = `\\b([\\w.]+) <- ${TOKEN}:?(?!\\s*defer func\\(\\) \\{\\s*<-\\1\\s*\\}\\(\\))[^]*<-\\1\\b`;
const RECEIVED_FIRST = `<-([\\w.]+):?\\s(?!\\s*defer func\\(\\) \\{\\s*\\1 <- )[^]*\\s\\1 <- ${TOKEN}`;

const GIVEN_UNLOCK = '\\b(?:unlock|release)\\(\\)';

export const missingUnlock = defineRule({
  meta: {
    id: 'missing-unlock',
    group: 'sync',
    level: 'warning',
    // A function that unlocks, as another one has given it: nothing else need tell of a lock.
    triggers: ['\\.R?Lock\\(\\)', [`<- ${TOKEN}`, LEAVES], GIVEN_UNLOCK],
    checkTriggers: [
      [`^([ \\t]*)(\\S+)\\.(R?)Lock\\(\\)(?!${RELEASED})`],
      '\\S[ \\t]+\\S+\\.R?Lock\\(\\)',
      [SENT_FIRST],
      [RECEIVED_FIRST],
      GIVEN_UNLOCK,
    ],
    packageTriggers: ['\\.R?Lock\\(\\)', '<- struct\\{\\}', '\\.Acquire\\('],
    fixes: ['defer-unlock', 'unlock-before-return', 'defer-release', 'release-before-return'],
  },
  text,
  packageTest(pkg) {
    const names = [
      ...lockKeepers(pkg),
      ...unlockGivers(pkg),
      ...slotGivers(pkg),
      ...slotTakers(pkg),
      ...lockingMakers(pkg),
    ];
    const tests = [callsOf(names), takersInTurnsTest(pkg)];
    return { inFile: (text) => anyOf(tests.flatMap((t) => t?.inFile(text) ?? [])) };
  },
  importedTests: [
    // The function that unlocks is called.
    { where: '\\(\\)', names: unlockGivers },
    { where: '\\(\\)', names: slotGivers },
    { inPairs: true, names: slotTakers },
    { where: '\\.\\w+\\(', names: lockingMakers },
  ],
  check(context) {
    for (const held of heldLocks(context.analysis, context.unit)) reportLock(context, held);
    for (const kept of keptSlots(context.analysis, context.unit)) reportSlot(context, kept);
    for (const kept of keptPairs(context.analysis, context.unit)) reportSlot(context, kept);
    for (const left of leftByTurns(context.analysis, context.unit)) reportTurns(context, left);
    reportUncalledUnlocks(context);
    reportUnended(context);
  },
  checkLeaks(context) {
    reportLeaks(context, 'missing-unlock', (leak) => leftLocked(context, leak));
    // The goroutine that forgot to unlock may be the one that locks again.
    const own = (leak: Leak): LeakWords | undefined =>
      isLeftLocked(context, leak) ? leftLocked(context, leak) : undefined;
    reportLeaks(context, 'double-lock', own);
  },
});

function anyOf(tests: readonly Pick<RegExp, 'test'>[]): Pick<RegExp, 'test'> | undefined {
  return tests.length > 0 ? { test: (text) => tests.some((t) => t.test(text)) } : undefined;
}

/** A lock that somebody waits for, and whose holder has ended: unless the way out on which it was forgotten is reported. */
function leftLocked(context: RuleContext, leak: Leak): LeakWords | undefined {
  const held = lastStep(leak, 'lock');
  if (!held || isFoundWhereTaken(context, leak) || isFoundByName(context, leak)) return undefined;
  if (isUnlockedByOthers(context, leak) || isUnendedLock(context, leak)) return undefined;
  const fix = releaseOnEveryWay(context, leak);
  return { message: 'blocked', args: { line: lineOf(context, held) }, fixes: fix ? [fix] : [] };
}

function reportLock(context: RuleContext, held: Kept): void {
  const { taken, stmt, func, path, turns } = held;
  const name = pathName(taken.path);
  const isRead = taken.method === 'RLock';
  const unlock = isRead ? 'RUnlock' : 'Unlock';
  context.report({
    node: stmt,
    message: messageFor(held, isRead ? READ_LOCK_KEPT : LOCK_KEPT),
    args: { name, unlock, line: context.line({ node: turns ?? endNode(func, path) }) },
    steps: [{ node: stmt, message: 'step-locked', args: { name } }, ...pathSteps(context.unit, func, path)],
    fixes: releaseFixes(context, held, unlocking(context, held, unlock)).filter(
      // Behind a call that may fail there may be nothing to unlock.
      ({ id }) => stmt.kind === 'ExprStmt' || held.search.value === undefined || id !== 'defer-unlock',
    ),
  });
}

function unlocking({ unit }: RuleContext, { taken: { node, path }, stmt }: Kept, unlock: string): Release {
  const locked = stmt.kind === 'ExprStmt' && node.kind === 'CallExpr' ? node.fun : undefined;
  const receiver = locked?.kind === 'SelectorExpr' ? unit.text(locked.x) : pathName(path);
  const text = `${receiver}.${unlock}()`;
  return {
    method: unlock,
    text,
    deferred: `defer ${text}`,
    guards: true,
    prefersDefer: true,
    ids: { defer: 'defer-unlock', before: 'unlock-before-return' },
    titles: {
      defer: 'fix-defer',
      beforeReturn: 'fix-before-return',
      beforeContinue: 'fix-before-continue',
      beforeEach: 'fix-before-each',
    },
    args: { name: receiver, unlock },
  };
}

function reportSlot(context: RuleContext, kept: Kept): void {
  const { taken, stmt, func, path, operations } = kept;
  const name = pathName(taken.path);
  const given = operations.find((o) => o.method !== taken.method && contains(func, o.node)) as Operation;
  const text = context.unit.text(given.node);
  context.report({
    node: stmt,
    message: messageFor(kept, SLOT_KEPT),
    args: { name, release: text, line: context.line({ node: endNode(func, path) }) },
    steps: [{ node: stmt, message: 'step-slot', args: { name } }, ...pathSteps(context.unit, func, path)],
    fixes: releaseFixes(context, kept, {
      method: given.method,
      text,
      deferred: given.node.kind === 'CallExpr' ? `defer ${text}` : `defer func() { ${text} }()`,
      guards: false,
      prefersDefer: false,
      ids: { defer: 'defer-release', before: 'release-before-return' },
      titles: {
        defer: 'slot-fix-defer',
        beforeReturn: 'slot-fix-before-return',
        beforeContinue: 'slot-fix-before-continue',
        beforeEach: 'slot-fix-before-each',
      },
      args: { release: text },
    }),
  });
}

/** At the call that takes one in each turn. */
function reportTurns(context: RuleContext, { call, func, path }: LeftByTurns): void {
  context.report({
    node: call,
    message: 'left-by-turns',
    args: { call: context.unit.text(call.fun).replace(/\s+/g, ' '), line: context.line({ node: path.node }) },
    steps: [{ node: call, message: 'step-turn' }, ...pathSteps(context.unit, func, path)],
  });
}

function endNode(func: FuncNode, path: UnreleasedPath): { start: number; end: number } {
  return path.node ?? { start: func.end - 1, end: func.end };
}

/** Messages by the end of the way. */
interface Messages {
  again: string;
  inTurn?: string;
  atReturn: string;
  atEnd: string;
}

const LOCK_KEPT: Messages = {
  again: 'again',
  inTurn: 'left-in-turn',
  atReturn: 'held-at-return',
  atEnd: 'held-at-end',
};
const READ_LOCK_KEPT: Messages = {
  again: 'read-again',
  inTurn: 'read-left-in-turn',
  atReturn: 'read-held-at-return',
  atEnd: 'read-held-at-end',
};
const SLOT_KEPT: Messages = { again: 'slot-again', atReturn: 'slot-held-at-return', atEnd: 'slot-held-at-end' };

function messageFor({ path, turns }: Kept, { again, inTurn, atReturn, atEnd }: Messages): string {
  if (turns && inTurn !== undefined) return inTurn;
  if (path.end === 'again') return again;
  return path.node ? atReturn : atEnd;
}
