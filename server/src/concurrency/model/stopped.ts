/** Where the paths of a program end because nothing more is known of one of its goroutines. */
import type { Machine } from './machine.ts';
import { type Live, liveGoroutines } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';

/** A state of which one goroutine is not followed any more: it may do anything. */
interface Stop {
  state: State;
  live: readonly Live[];
  /** The others, where they have come to an operation and cannot go on. */
  waiting: readonly Pending[];
}

/** The states in which paths were given up since this was asked last, as far as somebody waits in them. */
export function whereStopped(machine: Machine): Stop[] {
  const found = machine.takeStopped().flatMap(({ st, by }): Stop[] => {
    // A limit of time leads to the end of many a program, which may be what comes next.
    if (st.now > 0 || st.fires > 0) return [];
    for (const f of st.goroutines[by]?.frames ?? []) for (const v of f.regs) if (v !== undefined) st.open(v);
    const others = st.goroutines.filter((g) => g.id !== by && g.status !== 'done');
    // Those who were started last have not come to anything yet.
    let states = [st];
    for (const { id } of others)
      states = states.flatMap((s) => (machine.isWaiting(s, s.goroutines[id]) ? [s] : machine.settle(s, id)));
    return states.map((state) => {
      const live = liveGoroutines(machine, state).map(({ p, options }): Live => {
        const mayGoOn = p.goroutine.id === by || !machine.isWaiting(state, p.goroutine);
        return mayGoOn ? { p, options: [{ goroutine: p.goroutine.id, via: 'step' }] } : { p, options };
      });
      return { state, live, waiting: live.filter((l) => l.options.length === 0).map(({ p }) => p) };
    });
  });
  machine.takeStopped();
  return found.filter(({ waiting }) => waiting.length > 0);
}
