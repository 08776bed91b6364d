/** Goroutines that have been told to end where they cannot hear it. */
import type { Reg, SelectArm } from './instructions.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import type { Value } from './values.ts';

/**
 * True for a goroutine that waits for one thing when a signal that it asks for in a `select` elsewhere has been given: whoever wrote it
 * wanted it to end then, rather than to wait for somebody who may come. That there is nothing more to do is no such signal: what is under
 * way is brought to its end.
 */
export function cannotHear(st: State, { goroutine: { frames } }: Pending): boolean {
  const isClosed = (v: Value | undefined): boolean => st.as(st.resolve(v ?? null), 'chan')?.closed === true;
  return frames.some(({ code, regs }) =>
    code.instructions.some((i) => i.op === 'select' && i.arms.some((a) => isSignal(a) && isClosed(regs[a.chan]))),
  );
}

/** True for an arm that receives and makes nothing of what it gets. */
function isSignal(arm: SelectArm): arm is SelectArm & { chan: Reg } {
  return arm.kind === 'recv' && arm.chan !== undefined && arm.dst === undefined && arm.ok === undefined;
}
