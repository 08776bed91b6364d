/** Arms of a `select` that can never come: it holds the lock under which alone their channel is closed or sent on. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { ownerKey } from '../../concurrency/locks/lock-links.ts';
import { type Acquire, LockSummaries } from '../../concurrency/locks/lock-summary.ts';
import { pathName } from '../../golang/access-path.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { type Wait, waitsAt } from '../../golang/waits.ts';
import { calledName, unparen } from '../../golang/walk.ts';
import { isTickerChannel } from '../../golang/tickers.ts';
import type { Node, SelectStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { takesFirst } from './blocking-under-lock.taken-first.ts';

/**
 * Reports each `select` under a lock one of whose arms waits for a signal that others give only with that lock held, or after they had it: while
 * the `select` waits they cannot. Arms that time or a `default` ends are another way on.
 */
export function reportBlockedArms(context: RuleContext): void {
  const { analysis, unit } = context;
  const held = new HeldLocks(context);
  for (const select of nodesOfKind(unit.decl, 'SelectStmt')) {
    const [wait] = waitsAt(analysis, unit, select);
    if (wait?.kind !== 'select' || wait.hasDefault || wait.arms.some((arm) => isTimed(context, arm))) continue;
    const locks = held.at(unit, select);
    if (locks.length === 0) continue;
    for (const arm of wait.arms) reportArm(context, held, select, locks, arm, wait.arms);
  }
}

function reportArm(
  context: RuleContext,
  held: HeldLocks,
  select: SelectStmt,
  locks: readonly NamedLock[],
  arm: Wait,
  arms: readonly Wait[],
): void {
  const { analysis, unit } = context;
  if (arm.kind !== 'receive') return;
  const channel = channelOf(analysis, unit, arm.chan);
  if (channel?.kind !== 'field') return;
  const { complete, closes, sends } = channelFacts(analysis, channel);
  const [first, ...others] = [...closes, ...sends];
  if (!complete || !first) return;
  const lock = locks.find((l) => [first, ...others].every((place) => held.excludes(l, place)));
  if (!lock) return;
  context.report({
    node: { start: select.start, end: select.start + 'select'.length },
    message: 'arm',
    // What the package itself receives or sends may come in time, and a context may end.
    level: arms.some((a) => a !== arm && (isOfContext(a) || isOfPackage(context, a))) ? 'hint' : undefined,
    args: {
      name: unit.text(unparen(arm.chan)),
      other: pathName(lock.acquire.path),
      line: context.line(first),
    },
    steps: [
      ...lock.acquire.sites.slice(0, 1).map((site) => ({ ...site, message: 'step-locked' })),
      { unit, node: arm.node, message: 'step-arm' },
      { ...first, message: 'step-signal' },
    ],
  });
}

/** True for a channel that only code of the package has. */
function isOfPackage({ analysis, unit }: RuleContext, arm: Wait): boolean {
  const channel = arm.kind === 'send' || arm.kind === 'receive' ? channelOf(analysis, unit, arm.chan) : undefined;
  return channel !== undefined && channelFacts(analysis, channel).complete;
}

/** `case <-ctx.Done():` */
function isOfContext(arm: Wait): boolean {
  const x = arm.kind === 'receive' ? unparen(arm.chan) : undefined;
  return x?.kind === 'CallExpr' && calledName(x) === 'Done';
}

/** True for an arm that time, or a call that is not known, makes ready. */
function isTimed({ analysis, unit }: RuleContext, arm: Wait): boolean {
  if (arm.kind !== 'receive' || isOfContext(arm)) return false;
  const x = unparen(arm.chan);
  return (
    x.kind === 'CallExpr' || isTickerChannel(analysis, unit, x) || (x.kind === 'SelectorExpr' && x.sel.name === 'C')
  );
}

interface NamedLock {
  key: string;
  acquire: Acquire;
}

/** Which locks code surely holds; all functions of the package that are called on the way are followed. */
class HeldLocks {
  private readonly summaries: LockSummaries;

  constructor(private readonly context: RuleContext) {
    const all = { has: () => true };
    this.summaries = new LockSummaries(context.analysis, { mayLock: all, mayKeep: all });
  }

  at(unit: DeclUnit, node: Node): NamedLock[] {
    const { analysis } = this.context;
    const func = enclosingFunc(analysis.parents(unit), node);
    const held = func && this.summaries.of(unit, func).heldAt.get(node);
    return (held ?? []).flatMap((acquire) => {
      const key = acquire.opaque ? undefined : ownerKey(analysis, unit, acquire.path);
      return key === undefined ? [] : [{ key, acquire }];
    });
  }

  /** True for a `close` under the same lock, or one that comes after it was taken, unless both have it for reading. */
  excludes({ key, acquire: { mode } }: NamedLock, place: Place): boolean {
    const { unit, node } = place;
    if (node.kind !== 'CallExpr' || calledName(node) !== 'close') return false;
    return (
      this.at(unit, node).some((l) => l.key === key && (l.acquire.mode === 'write' || mode === 'write')) ||
      takesFirst(this.context.analysis, this.summaries, place, { key, isExclusive: mode === 'write' })
    );
  }
}
