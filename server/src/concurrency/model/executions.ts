/** How an execution came to a state, step by step. */
import type { Event, State } from './state.ts';
import type { Value } from './values.ts';

/** The states on the way to a state, each with the one before, from the first step on. */
export function* stepsTo(last: State): Iterable<{ before: State; after: State }> {
  const chain: State[] = [];
  for (let st: State | undefined = last; st; st = st.parent) chain.push(st);
  for (let n = chain.length - 2; n >= 0; n--) yield { before: chain[n + 1] as State, after: chain[n] as State };
}

/** Everything that has happened, in order. */
export function eventsOf(st: State): Event[] {
  const chain: State[] = [];
  for (let s: State | undefined = st; s; s = s.parent) chain.push(s);
  return chain.reverse().flatMap((s) => s.events);
}

/** The channels from which the `select` at which a goroutine is would receive; none when it is at something else. */
export function receivedIn(st: State, goroutine: number): Value[] {
  const g = st.goroutines[goroutine];
  const i = g && st.at(g);
  const regs = g?.frames.at(-1)?.regs;
  if (i?.op !== 'select' || !regs) return [];
  return i.arms.flatMap((a) => (a.kind === 'recv' && a.chan !== undefined ? [st.resolve(regs[a.chan] ?? null)] : []));
}
