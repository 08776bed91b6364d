/** Goroutines that have been told to end where they cannot hear it. */
import { eventsOf } from './executions.ts';
import type { Reg, SelectArm } from './instructions.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { Ref, type Value } from './values.ts';

/**
 * True for a goroutine that waits for one thing when a signal that it asks for in a `select` elsewhere has been given: whoever wrote it
 * wanted it to end then, rather than to wait for somebody who may come. It has not heard it yet. That there is nothing more to do is no such signal: what is under
 * way is brought to its end.
 */
export function cannotHear(st: State, { goroutine: { id, frames } }: Pending): boolean {
  const isGiven = (v: Value | undefined): boolean => {
    const signal = st.resolve(v ?? null);
    if (!(signal instanceof Ref) || !st.as(signal, 'chan')?.closed) return false;
    return !eventsOf(st).some((e) => e.goroutine === id && e.kind === 'recv' && e.object === signal.id);
  };
  return frames.some(({ code, regs }) =>
    code.instructions.some((i) => i.op === 'select' && i.arms.some((a) => isSignal(a) && isGiven(regs[a.chan]))),
  );
}

/** True for an arm that receives and makes nothing of what it gets. */
function isSignal(arm: SelectArm): arm is SelectArm & { chan: Reg } {
  return arm.kind === 'recv' && arm.chan !== undefined && arm.dst === undefined && arm.ok === undefined;
}
