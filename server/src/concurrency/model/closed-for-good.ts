/** Executions that forget that a channel is closed: a second look at it must find it closed, too. */
import type { State } from './state.ts';
import { refId } from './values.ts';

/**
 * True when a receive from a channel that is not seen went through, and a later `select` took its `default` although it would
 * receive from that channel. `isOnlyClosed`: nobody sends on it, so what was received is that it is closed.
 */
export function forgetsClosing(last: State, isOnlyClosed: (st: State, channel: number) => boolean): boolean {
  const chain: State[] = [];
  for (let st: State | undefined = last; st; st = st.parent) chain.push(st);
  const received = new Set<number>();
  for (let n = chain.length - 2; n >= 0; n--)
    for (const e of (chain[n] as State).events) {
      if (e.byUnseen === true && e.object !== undefined) received.add(e.object);
      if (e.kind !== 'default' || received.size === 0) continue;
      for (const id of channelsOf(chain[n + 1] as State, e.goroutine))
        if (received.has(id) && isOnlyClosed(last, id)) return true;
    }
  return false;
}

/** Channels from which the `select` at which a goroutine is would receive. */
function channelsOf(st: State, goroutine: number): number[] {
  const g = st.goroutines[goroutine];
  const i = g && st.at(g);
  const regs = g?.frames.at(-1)?.regs;
  if (i?.op !== 'select' || !regs) return [];
  return i.arms.flatMap((a) => {
    const id = a.kind === 'recv' && a.chan !== undefined ? refId(st.resolve(regs[a.chan] ?? null)) : undefined;
    return id === undefined ? [] : [id];
  });
}
