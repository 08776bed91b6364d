/** Which ways lead out of a function at once. */
import type { Instruction } from './instructions.ts';
import type { State } from './state.ts';

/** Instructions looked at. */
const MAX_BEFORE_WAY_OUT = 8;
const WAYS: ReadonlySet<Instruction['op']> = new Set(['branch', 'return', 'rundefers', 'end']);

/** One of several states, rather one in which a goroutine stays in its function; none of none. */
export function oneStaying(states: readonly State[], goroutine: number): State[] {
  const found = states.findLast((s) => !leavesSoon(s, goroutine)) ?? states.at(-1);
  return found ? [found] : [];
}

/** True for a goroutine that is about to leave its function, and nothing else comes before. */
function leavesSoon(st: State, id: number): boolean {
  const f = st.goroutines[id]?.frames.at(-1);
  if (!f) return true;
  const next = f.code.instructions.slice(f.pc, f.pc + MAX_BEFORE_WAY_OUT);
  const way = next.find((i) => WAYS.has(i.op));
  return way !== undefined && way.op !== 'branch';
}
