/** Executions in which a `select` is never lucky: Go takes one of the arms that are ready at random. */
import type { State } from './state.ts';
import { refId } from './values.ts';

/** How often in a row an arm that is ready may be passed over: a coin that shows the same side ten times is no coin. */
const MAX_PASSED_OVER = 8;

/** True when some `select` on the way to a state has passed over the same arm, though it was ready, again and again. */
export function isUnfair(last: State): boolean {
  const chain: State[] = [];
  for (let st: State | undefined = last; st; st = st.parent) chain.push(st);
  const passed = new Map<string, number>();
  for (let n = chain.length - 2; n >= 0; n--) {
    const { events } = chain[n] as State;
    for (const e of events) {
      const before = chain[n + 1] as State;
      for (const [key, isTaken] of readyArms(before, e.goroutine, e.object)) {
        const times = isTaken ? 0 : (passed.get(key) ?? 0) + 1;
        if (times >= MAX_PASSED_OVER) return true;
        passed.set(key, times);
      }
    }
  }
  return false;
}

/** Channels with something in them from which a goroutine's `select` may receive, and whether it has taken that one. */
function readyArms(st: State, goroutine: number, taken: number | undefined): [key: string, isTaken: boolean][] {
  const g = st.goroutines[goroutine];
  const i = g && st.at(g);
  const regs = g?.frames.at(-1)?.regs;
  if (i?.op !== 'select' || !regs) return [];
  return i.arms.flatMap((a): [string, boolean][] => {
    const v = a.kind === 'recv' && a.chan !== undefined ? st.resolve(regs[a.chan] ?? null) : null;
    const c = st.as(v, 'chan');
    if (!c || (c.buffer.length === 0 && !c.closed)) return [];
    return [[`${goroutine}:${String(refId(v))}`, refId(v) === taken]];
  });
}
