/** Who waited in vain for goroutines that are stuck, until a time limit was over. */
import { provides } from './causes.ts';
import { stepsTo } from './executions.ts';
import type { Reg } from './instructions.ts';
import type { Pending } from './pending.ts';
import type { Goroutine, State } from './state.ts';
import { refId, type Value } from './values.ts';

/** Steps looked at, from the last one back. */
const MAX_STEPS = 200;

/**
 * True when somebody has a time limit for what only goroutines could do that are stuck, or had one when they already were. What leaves
 * such goroutines behind is not at its end: it has lost what it waited for.
 *
 * @param blocked all that are stuck
 * @param members those that are the cause
 */
export function areMissed(last: State, blocked: readonly Pending[], members: readonly Pending[]): boolean {
  const isStuck = (id: number): boolean => blocked.some((p) => p.goroutine.id === id);
  const isMissedBy = (st: State, id: number): boolean => {
    const waiting = limited(st, id);
    return waiting !== undefined && isLeftToThem(st, waiting, isStuck);
  };
  if (last.goroutines.some(({ id, status }) => status !== 'done' && !isStuck(id) && isMissedBy(last, id))) return true;
  const steps = [...stepsTo(last)].slice(-MAX_STEPS).reverse();
  for (const { before, after } of steps) {
    // Who has moved since was not stuck.
    if (members.some(({ goroutine: g }) => before.goroutines[g.id] !== last.goroutines[g.id])) return false;
    const fire = after.events.find((e) => e.kind === 'fire');
    if (fire && isMissedBy(before, fire.goroutine)) return true;
  }
  return false;
}

/** True when the first goroutine has come to where it is because what it waited for did not come in time. */
export function hasGivenUp(last: State): boolean {
  for (const { before, after } of stepsTo(last))
    if (after.events.some((e) => e.kind === 'fire' && e.goroutine === 0) && limited(before, 0)) return true;
  return false;
}

/** A `select` with a time limit at which a goroutine waits for something else. */
function limited(st: State, goroutine: number): Pending | undefined {
  const g = st.goroutines[goroutine];
  const instruction = g && st.at(g);
  const frame = g?.frames.at(-1);
  if (instruction?.op !== 'select' || !frame || instruction.arms.some((a) => a.kind === 'default')) return undefined;
  const objects = instruction.arms.flatMap((a): Value[] => {
    const v = a.kind !== 'recv' || a.chan === undefined ? null : st.resolve(frame.regs[a.chan] ?? null);
    const c = st.as(v, 'chan');
    return c && !c.timer && c.context === undefined ? [v] : [];
  });
  const isReady = objects.some((v) => st.as(v, 'chan')?.closed || (st.as(v, 'chan')?.buffer.length ?? 0) > 0);
  return objects.length > 0 && !isReady
    ? { goroutine: g as Pending['goroutine'], frame, instruction, objects }
    : undefined;
}

/** True when of all who are there only those that are stuck could do what is waited for, and none of them is about to. */
function isLeftToThem(st: State, waiting: Pending, isStuck: (id: number) => boolean): boolean {
  const providers = st.goroutines.filter(
    (g) => g !== waiting.goroutine && g.status !== 'done' && provides(st, { goroutine: g }, waiting),
  );
  const wanted = new Set(waiting.objects.map(refId));
  const offers = (g: Goroutine): boolean => offered(st, g).some((v) => wanted.has(refId(v)));
  return providers.length > 0 && providers.every((g) => isStuck(g.id) && !offers(g));
}

/** The channels to which a goroutine is about to send. */
function offered(st: State, g: Goroutine): Value[] {
  const i = st.at(g);
  const regs = g.frames.at(-1)?.regs ?? [];
  const at = (r: Reg): Value => st.resolve(regs[r] ?? null);
  if (i?.op === 'send') return [at(i.chan)];
  if (i?.op !== 'select') return [];
  return i.arms.flatMap((a) => (a.kind === 'send' && a.chan !== undefined ? [at(a.chan)] : []));
}
