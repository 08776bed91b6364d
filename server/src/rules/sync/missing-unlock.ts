/** A lock is still held on some way out of the function that took it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { pathName } from '../../golang/access-path.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import type { RuleContext } from '../context.ts';
import { releaseOnEveryWay } from '../leak-repairs/defer-release.ts';
import { lastStep, lineOf } from '../leak-sites.ts';
import { type LeakWords, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { isFoundByName, isFoundWhereTaken, isLeftLocked, isUnlockedByOthers } from './left-locked.ts';
import { unlockFixes } from './missing-unlock.fixes.ts';
import { type HeldLock, heldLocks } from './missing-unlock.search.ts';
import { text } from './missing-unlock.text.ts';

/** A line behind the lock, as gofmt indents it: in the same block or one within, and nothing on it leaves these. */
const INSIDE =
  '(?:\\1(?![^\\n]*(?:\\b(?:return|goto|break|continue|fallthrough)\\b|Lock\\(\\)|`|/\\*|\\{\\n\\1[^\\s}]))[^\\n]*)?\\n';
/** A lock whose release is deferred at once, or comes at the end of such lines, is not forgotten. */
const RELEASED = `\\s*defer \\2\\.\\3Unlock\\(\\)|[ \\t]*(?://[^\\n]*)?\\n(?:${INSIDE})*?\\1\\2\\.\\3Unlock\\(\\)`;

export const missingUnlock = defineRule({
  meta: {
    id: 'missing-unlock',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.R?Lock\\(\\)'],
    checkTriggers: [[`^([ \\t]*)(\\S+)\\.(R?)Lock\\(\\)(?!${RELEASED})`], '\\S[ \\t]+\\S+\\.R?Lock\\(\\)'],
    imports: ['sync'],
    findsImported: true,
    fixes: ['defer-unlock', 'unlock-before-return', 'defer-release', 'release-before-return'],
  },
  text,
  check(context) {
    for (const held of heldLocks(context.analysis, context.unit)) report(context, held);
  },
  checkLeaks(context) {
    reportLeaks(context, 'missing-unlock', (leak) => leftLocked(context, leak));
    // The goroutine that forgot to unlock may be the one that locks again.
    const own = (leak: Leak): LeakWords | undefined =>
      isLeftLocked(context, leak) ? leftLocked(context, leak) : undefined;
    reportLeaks(context, 'double-lock', own);
  },
});

/** A lock that somebody waits for, and whose holder has ended: unless the way out on which it was forgotten is reported. */
function leftLocked(context: RuleContext, leak: Leak): LeakWords | undefined {
  const held = lastStep(leak, 'lock');
  if (!held || isFoundWhereTaken(context, leak) || isFoundByName(context, leak)) return undefined;
  if (isUnlockedByOthers(context, leak)) return undefined;
  const fix = releaseOnEveryWay(context, leak);
  return { message: 'blocked', args: { line: lineOf(context, held) }, fixes: fix ? [fix] : [] };
}

function report(context: RuleContext, held: HeldLock): void {
  const { lock, stmt, path } = held;
  const { func } = lock;
  const name = pathName(lock.path);
  const end = path.node ?? { start: func.end - 1, end: func.end };
  const isRead = lock.method === 'RLock';
  const unlock = isRead ? 'RUnlock' : 'Unlock';
  context.report({
    node: stmt,
    message: messageFor(path, isRead),
    args: { name, unlock, line: context.line({ node: end }) },
    steps: [{ node: stmt, message: 'step-locked', args: { name } }, ...pathSteps(context.unit, func, path)],
    fixes: unlockFixes(context, held, unlock),
  });
}

function messageFor(path: UnreleasedPath, isRead: boolean): string {
  if (path.end === 'again') return isRead ? 'read-again' : 'again';
  if (path.node) return isRead ? 'read-held-at-return' : 'held-at-return';
  return isRead ? 'read-held-at-end' : 'held-at-end';
}
