/** Executions in which a `select` is never lucky: Go takes one of the arms that are ready at random. */
import { receivedIn, stepsTo } from './executions.ts';
import type { State } from './state.ts';
import { refId } from './values.ts';

/** How often in a row an arm that is ready may be passed over: a coin that shows the same side ten times is no coin. */
const MAX_PASSED_OVER = 8;

/** True when some `select` on the way to a state has passed over the same arm, though it was ready, again and again. */
export function isUnfair(last: State): boolean {
  const passed = new Map<string, number>();
  for (const { before, after } of stepsTo(last))
    for (const e of after.events)
      for (const [key, isTaken] of readyArms(before, e.goroutine, e.object)) {
        const times = isTaken ? 0 : (passed.get(key) ?? 0) + 1;
        if (times >= MAX_PASSED_OVER) return true;
        passed.set(key, times);
      }
  return false;
}

/** Channels with something in them from which a goroutine's `select` may receive, and whether it has taken that one. */
function readyArms(st: State, goroutine: number, taken: number | undefined): [key: string, isTaken: boolean][] {
  return receivedIn(st, goroutine).flatMap((v): [string, boolean][] => {
    const c = st.as(v, 'chan');
    if (!c || (c.buffer.length === 0 && !c.closed)) return [];
    return [[`${goroutine}:${String(refId(v))}`, refId(v) === taken]];
  });
}
