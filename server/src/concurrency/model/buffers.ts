/** Buffers of more than a few places, which those who send again and again fill in the end. */
import { MAX_ROOM } from './bounds.ts';
import { eventsOf } from './executions.ts';
import { comesAgain } from './history.ts';
import { reachable } from './reach.ts';
import type { Goroutine, State } from './state.ts';
import { type ObjectOf, Ref, type Value } from './values.ts';

/**
 * Has buffers be full with the one item that the first goroutine has sent: what a client has called may be called again and again while
 * nobody receives, or receives any more. That they hold fewer makes no difference to who finds them full.
 */
export function fillUp(st: State, from: Value): void {
  for (const id of reachable(st, [from])) {
    const o = st.get(id);
    if (o.t !== 'chan' || !isLarge(o) || o.closed || o.buffer.length !== 1) continue;
    const uses = eventsOf(st).filter((e) => e.object === id);
    if (uses.every((e) => (e.kind === 'send') === (e.goroutine === 0))) st.edit<ObjectOf<'chan'>>(id).capacity = 1;
  }
}

/**
 * True for a buffer that is empty and in what a client has, before a goroutine sends to it that comes to this again however often it has
 * been there.
 */
export function isFilledInTime(st: State, g: Goroutine, { id }: Ref): boolean {
  const o = st.as(new Ref(id), 'chan');
  if (g.id === 0 || !o || !isLarge(o) || o.buffer.length > 0) return false;
  if (g.frames.some((f) => f.turns) || !g.frames.some((f) => comesAgain(f.code, f.pc))) return false;
  const [client] = st.goroutines[0]?.frames ?? [];
  return (
    client !== undefined &&
    reachable(
      st,
      client.regs.filter((v) => v !== undefined),
    ).has(id)
  );
}

function isLarge({ open, capacity }: ObjectOf<'chan'>): boolean {
  return !open && capacity !== undefined && capacity > MAX_ROOM;
}
