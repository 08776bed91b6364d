/** Executions that forget that a channel is closed: a second look at it must find it closed, too. */
import { receivedIn, stepsTo } from './executions.ts';
import type { State } from './state.ts';
import { refId } from './values.ts';

/**
 * True when a receive from a channel that is not seen went through, and a later `select` took its `default` although it would
 * receive from that channel. `isOnlyClosed`: nobody sends on it, so what was received is that it is closed.
 */
export function forgetsClosing(last: State, isOnlyClosed: (st: State, channel: number) => boolean): boolean {
  const received = new Set<number>();
  for (const { before, after } of stepsTo(last))
    for (const e of after.events) {
      if (e.byUnseen === true && e.object !== undefined) received.add(e.object);
      if (e.kind !== 'default' || received.size === 0) continue;
      for (const v of receivedIn(before, e.goroutine)) {
        const id = refId(v);
        if (id !== undefined && received.has(id) && isOnlyClosed(last, id)) return true;
      }
    }
  return false;
}
