/** Where goroutines went away from what another one waits for. */
import { provides, wantedBy } from './causes.ts';
import { roots } from './left-behind.ts';
import { allInstructions } from './instructions.ts';
import type { Pending } from './pending.ts';
import { reachable } from './reach.ts';
import type { Event, Frame, Goroutine, State } from './state.ts';
import { Ref, type Site, type Value } from './values.ts';

/** A goroutine that might have ended a wait, and has gone another way. */
export interface Departure {
  goroutine: number;
  /** The statement by which it left. */
  site: Site;
  /** Number of the first event on that way. */
  at: number;
}

/** States looked at, from the last one back. */
const MAX_STATES = 80;
/** Instructions looked at for what a goroutine was to do. */
const MAX_INSTRUCTIONS = 600;

/**
 * Goroutines that might have ended a wait once, and have nothing left that leads to what is waited for.
 * @param events everything that has happened up to the state
 */
export function departures(st: State, p: Pending, events: readonly Event[]): Departure[] {
  const ids = p.objects.flatMap((v) => (v instanceof Ref ? [v.id] : []));
  if (ids.length === 0) return [];
  const has = (s: State, g: Goroutine): boolean => g.status !== 'done' && leadsTo(s, roots(g), ids);
  const rest = new Set(st.goroutines.filter((g) => g.id !== p.goroutine.id && !has(st, g)).map((g) => g.id));
  const found: Departure[] = [];
  let at = events.length;
  let now = st;
  for (let n = 0; now.parent && rest.size > 0 && n < MAX_STATES; n++) {
    const before: State = now.parent;
    at -= now.events.length;
    for (const id of rest) {
      const g = before.goroutines[id];
      if (!g || !has(before, g)) continue;
      rest.delete(id);
      if (!provides(before, { goroutine: g }, p) || now.events.some((e) => hasDone(e, id, ids))) continue;
      const site = wayOut(before, now, g, ids, events.slice(at));
      if (site) found.push({ goroutine: id, site, at });
    }
    now = before;
  }
  return [...found, ...withoutWaiting(st, p, ids, events, rest)];
}

/** Goroutines that were given it to do something with, and ended without coming to any operation on it. */
function withoutWaiting(
  st: State,
  p: Pending,
  ids: readonly number[],
  events: readonly Event[],
  goroutines: ReadonlySet<number>,
): Departure[] {
  const test = wantedBy(st, p);
  if (!test) return [];
  return [...goroutines].flatMap((id) => {
    const { status, end, code, given } = st.goroutines[id] as Goroutine;
    if (status !== 'done' || !end || !code || !given || !leadsTo(st, given, ids)) return [];
    if (events.some((e) => e.goroutine === id && e.object !== undefined && ids.includes(e.object))) return [];
    return allInstructions([code], MAX_INSTRUCTIONS).some(test)
      ? [{ goroutine: id, site: end, at: events.length }]
      : [];
  });
}

/** True when a goroutine has counted a group down: it has done its part. */
function hasDone({ kind, goroutine, object }: Event, id: number, ids: readonly number[]): boolean {
  return kind === 'done' && goroutine === id && object !== undefined && ids.includes(object);
}

/** Where the call that started a goroutine came to its end. */
export function endOfStarter(events: readonly Event[], goroutine: number): Site | undefined {
  const start = events.find((e) => e.kind === 'go' && e.partner === goroutine);
  return start && events.find((e) => e.kind === 'return' && e.frame === start.frame)?.site;
}

function leadsTo(st: State, values: readonly Value[], ids: readonly number[]): boolean {
  const found = reachable(st, values);
  return ids.some((id) => found.has(id));
}

/** The return of the outermost call that had it, or else the operation behind which nothing leads there any more. */
function wayOut(
  before: State,
  now: State,
  g: Goroutine,
  ids: readonly number[],
  events: readonly Event[],
): Site | undefined {
  const owner = g.frames.find((f) => leadsTo(before, roots({ ...g, frames: [f], epilogue: undefined }), ids));
  const own = now.events.filter((e) => e.goroutine === g.id);
  const isReturn = (e: Event): boolean => e.kind === 'return' && e.frame === owner?.id;
  const returned = own.find(isReturn);
  if (returned) return returned.site;
  const left = now.goroutines[g.id]?.frames.find((f) => f.id === owner?.id);
  if (left && isLeaving(left)) return events.find(isReturn)?.site;
  return own[0]?.site;
}

/** True for a call that is on its way out, and runs what was deferred. */
function isLeaving({ code, pc, panicking }: Frame): boolean {
  return panicking || code.instructions[pc]?.op === 'rundefers';
}
