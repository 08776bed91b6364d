/** A value that contains a lock, a group or an atomic is copied: the copy and the original do not know of each other. */
import { lockCopyTest } from '../../golang/lock-copy-text.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { LockPath } from '../../golang/lock-types.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { copyFixes } from './copied-lock.fixes.ts';
import { type Copy, copies, isFresh } from './copied-lock.search.ts';
import { text } from './copied-lock.text.ts';

export const copiedLock = defineRule({
  meta: {
    id: 'copied-lock',
    group: 'sync',
    level: 'warning',
    // What is copied is told from the names of the package.
    triggers: [],
    packageTriggers: [
      '\\bsync\\.(?:Cond|Map|Mutex|Once|Pool|RWMutex|WaitGroup)\\b(?<!\\*sync\\.\\w+)',
      '\\batomic\\.(?:Bool|U?[Ii]nt(?:32|64|ptr)|Pointer)\\b(?<!\\*atomic\\.\\w+)',
    ],
    imports: ['sync', 'sync/atomic'],
    fixes: ['take-pointer', 'clone'],
    overlaps: ['go vet copylocks'],
  },
  text,
  packageTest: lockCopyTest,
  check(context) {
    for (const copy of copies(context)) report(context, copy);
  },
});

function report(context: RuleContext, copy: Copy): void {
  const { unit } = context;
  const named = copy.how === 'receiver' || copy.how === 'parameter' ? copy.field.names[0] : undefined;
  const what = unit.text(named ?? copy.node).replace(/\s+/g, ' ');
  context.report({
    node: copy.node,
    message: `${placeOf(copy)}-${kindOf(copy.lock)}`,
    level: isHarmless(context, copy) ? 'hint' : undefined,
    args: { what, path: describe(copy.lock) },
    fixes: copyFixes(context, copy),
  });
}

/**
 * The lock of a value that nobody else has seen yet is free, and the original is not used again. A test passes values on to be printed
 * and compared. Of a `Once` each copy most often is meant to have its own.
 */
function isHarmless(context: RuleContext, copy: Copy): boolean {
  if (kindOf(copy.lock) === 'once') return true;
  if (copy.lock.at(-1) === 'sync.Pool' && copy.how === 'receiver' && !usesPool(context)) return true;
  return isFresh(context, copy) || (copy.how === 'argument' && context.unit.file.isTest);
}

/** A copied pool is a pool of its own; where nothing is taken from it or put back that makes no difference. */
function usesPool({ analysis, unit }: RuleContext): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some((c) => /^sync\.Pool\./.test(analysis.callee(unit, c).name));
}

function placeOf({ how }: Copy): string {
  return how === 'receiver' || how === 'parameter' || how === 'element' || how === 'turn' ? how : 'copy';
}

/** What goes wrong depends on what the lock is for. */
function kindOf(lock: LockPath): string {
  const last = lock[lock.length - 1] ?? '';
  if (last === 'sync.WaitGroup' || last === 'errgroup.Group') return 'group';
  if (last === 'sync.Once') return 'once';
  // A pool, and a type without fields that is there for its methods.
  if (last === 'sync.Pool' || /^nocopy$/i.test(last)) return 'marked';
  return last.startsWith('atomic.') ? 'atomic' : 'lock';
}

/** `Cache` contains `shard` contains `sync.Mutex`, as code. */
function describe(lock: LockPath): string {
  return lock.map((name) => `\`${name}\``).join(' → ');
}
