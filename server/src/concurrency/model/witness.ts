/** The few steps that lead to a blocked operation, out of everything that happened. */
import { contains } from '../../golang/walk.ts';
import { departures, endOfStarter } from './departures.ts';
import { eventsOf } from './executions.ts';
import type { Event, State } from './state.ts';
import { type Pending, siteOf } from './pending.ts';
import { Ref, type Site, takenBy } from './values.ts';

/** One step of a witness. */
export interface WitnessEvent {
  kind:
    | 'start'
    | 'send'
    | 'receive'
    | 'close'
    | 'lock'
    | 'call'
    | 'made'
    | 'cancel'
    | 'fires'
    | 'default'
    | 'signal'
    | 'panics'
    | 'departs'
    | 'returned'
    | 'also-blocked'
    | 'blocked';
  site: Site;
}

const MAX_STEPS = 6;
const KINDS: Record<string, WitnessEvent['kind']> = {
  send: 'send',
  recv: 'receive',
  close: 'close',
  lock: 'lock',
  cancel: 'cancel',
  fire: 'fires',
  default: 'default',
  signal: 'signal',
  broadcast: 'signal',
};

/**
 * @param p the blocked goroutine; absent for an operation that panics
 * @param object what it waits for
 * @param last the operation that panics
 * @param members goroutines that wait for one another
 */
export function witness(
  st: State,
  p: Pending | undefined,
  object: number | undefined,
  last: Event | undefined,
  members: readonly Pending[] = [],
): WitnessEvent[] {
  const events = eventsOf(st);
  const steps: { at: number; event: WitnessEvent }[] = [];
  const add = (at: number, kind: WitnessEvent['kind'], site: Site): void => {
    if (site.node.end > 0 && !steps.some((s) => s.event.site.node === site.node && s.event.kind === kind))
      steps.push({ at, event: { kind, site } });
  };
  const blocked = p?.goroutine;
  if (blocked?.start) add(startOf(events, blocked.id), 'start', blocked.start);
  // What happened to the channel or lock last; of a lock, who holds it: others may have given it back.
  const all = events.flatMap((e, n) => (e.object === object && object !== undefined && e !== last ? [{ e, n }] : []));
  const about = all.filter(({ e }) => e.kind !== 'lock' || isHeld(st, e));
  for (const { e, n } of about.slice(-2)) {
    const kind = KINDS[e.kind];
    if (kind) add(n, kind, e.site);
  }
  events.forEach((e, n) => e.kind === 'panic' && e.goroutine !== blocked?.id && add(n, 'panics', e.site));
  // Whoever might have helped has left, or is stuck as well. Others who send do not help a send.
  const sends = p?.instruction.op === 'send';
  const starter = blocked && events[startOf(events, blocked.id)]?.goroutine;
  const startedIt = starter !== undefined && st.goroutines[starter]?.status === 'done';
  const gone = p ? departures(st, p, events) : [];
  for (const g of st.goroutines) {
    if (g.id === blocked?.id) continue;
    const departure = gone.find((d) => d.goroutine === g.id);
    const isOver = g.status === 'done' && g.end !== undefined;
    const isConcerned =
      g.id === starter ||
      (g.id === 0 && !startedIt) ||
      about.some(({ e }) => e.goroutine === g.id && !(sends && e.kind === 'send'));
    if (!departure && !(isOver && isConcerned)) continue;
    if (departure && g.start && !blocked?.start) add(startOf(events, g.id), 'start', g.start);
    const until = departure?.at ?? events.length - 1;
    const reason = events.findLastIndex(
      (e, n) => n <= until && e.goroutine === g.id && (e.kind === 'fire' || e.kind === 'default' || e.kind === 'recv'),
    );
    const e = events[reason];
    if (e && e.object !== object) add(reason, KINDS[e.kind] as WitnessEvent['kind'], e.site);
    const left = departure?.site ?? (g.id === starter ? endOfStarter(events, blocked?.id as number) : undefined);
    if (left && left.node !== g.end?.node) add(departure?.at ?? events.length, 'departs', left);
    if (isOver) add(events.length, 'returned', g.end as Site);
  }
  for (const m of members)
    if (m.goroutine !== blocked) {
      if (m.goroutine.start) add(startOf(events, m.goroutine.id), 'start', m.goroutine.start);
      const taken = events.findLastIndex((e) => e.goroutine === m.goroutine.id && isHeld(st, e));
      const e = events[taken];
      if (e) add(taken, 'lock', e.site);
      add(events.length + 1, 'also-blocked', siteOf(m.goroutine, m.frame, m.instruction));
    }
  if (p && object !== undefined) for (const site of callsSinceTaken(st, p, object)) add(events.length, 'call', site);
  if (members.length > 1 && blocked) {
    const taken = events.findLastIndex((e) => e.goroutine === blocked.id && isHeld(st, e));
    const e = events[taken];
    if (e) add(taken, 'lock', e.site);
  }
  steps.sort((a, b) => a.at - b.at);
  const list = steps.map((s) => s.event);
  if (p && list.length === 0) list.push(...background(st, p, object, events));
  while (list.length >= MAX_STEPS) {
    const call = list.findLastIndex((s) => s.kind === 'call');
    list.splice(call < 0 ? 1 : call, 1);
  }
  if (p) list.push({ kind: 'blocked', site: siteOf(p.goroutine, p.frame, p.instruction) });
  else if (last) list.push({ kind: 'blocked', site: last.site });
  return list;
}

/** True for the event in which a goroutine took a lock that it still holds. */
function isHeld(st: State, { kind, object, goroutine, site }: Event): boolean {
  if (kind !== 'lock' || object === undefined) return false;
  const mutex = st.as(new Ref(object), 'mutex');
  return mutex?.holds.some((h) => h.by === goroutine && h.site.node === site.node) === true;
}

/** Calls that lead a goroutine from where it took a lock to where it wants the same lock again, outermost first. */
function callsSinceTaken(st: State, { goroutine: g }: Pending, object: number): Site[] {
  const mutex = st.as(new Ref(object), 'mutex');
  const taken = mutex && takenBy(mutex, g.id);
  if (!taken) return [];
  const holder = g.frames.findLastIndex(
    ({ code: { func, unit } }) => func && unit === taken.unit && contains(func, taken.node),
  );
  return g.frames.slice(holder + 1).flatMap((f) => (f.call ? [f.call] : []));
}

/** What there is to say of a wait to which nobody else belongs: the calls that lead there, what it passed over, where the channel is made. */
function background(
  st: State,
  { goroutine: g, frame }: Pending,
  object: number | undefined,
  events: readonly Event[],
): WitnessEvent[] {
  const o = object === undefined ? undefined : st.get(object);
  const made = o?.t === 'chan' && o.site ? [{ kind: 'made' as const, site: o.site }] : [];
  const calls = g.frames.flatMap(({ call }, n) =>
    call && g.frames[n - 1]?.code.func ? [{ kind: 'call' as const, site: call }] : [],
  );
  const passed = events.findLast((e) => e.goroutine === g.id && (e.kind === 'default' || e.kind === 'fire'));
  const isMadeHere = o?.site?.unit === frame.code.unit;
  const steps: WitnessEvent[] = isMadeHere ? [...calls, ...made] : [...made, ...calls];
  if (passed) steps.push({ kind: KINDS[passed.kind] as WitnessEvent['kind'], site: passed.site });
  return steps.filter(({ site }) => site.node.end > 0);
}

function startOf(events: readonly Event[], goroutine: number): number {
  return events.findIndex((e) => e.kind === 'go' && e.partner === goroutine);
}
