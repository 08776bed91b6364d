/** In which ways a goroutine that waits can go on. */
import type { Reg } from './instructions.ts';
import type { Machine } from './machine.ts';
import { type Pending, pendingOf } from './pending.ts';
import type { Frame, State } from './state.ts';
import { type ObjectOf, Ref, type Value } from './values.ts';

/** One way in which a waiting goroutine can go on. */
export interface Option {
  goroutine: number;
  /** How: `rendezvous` with a partner, and so on. `default` and `may` may happen or not. */
  via: 'open' | 'buffer' | 'closed' | 'rendezvous' | 'fire' | 'panic' | 'default' | 'step' | 'announce';
  arm?: number;
  partner?: number;
  partnerArm?: number;
  /** The receiver's view of a step that is the sender's. */
  passive?: boolean;
  /** Goroutine woken by a signal. */
  wakes?: number;
}

/** A goroutine that has not ended, with the ways in which it can go on. */
export interface Live {
  p: Pending;
  options: Option[];
}

/** The channel that a goroutine receives from when it goes on in one way; undefined for other ways, and for what is no channel. */
export function receivedFrom(
  st: State,
  { frame, instruction: i }: Pending,
  { arm }: Option,
): ObjectOf<'chan'> | undefined {
  const chan = i.op === 'recv' ? i.chan : i.op === 'select' ? i.arms[arm ?? -1]?.chan : undefined;
  return chan === undefined ? undefined : st.as(st.resolve(frame.regs[chan] ?? null), 'chan');
}

/** The goroutines that have not ended. */
export function liveGoroutines(machine: Machine, st: State): Live[] {
  return st.goroutines.flatMap((g) => {
    const p = pendingOf(machine, st, g);
    return p ? [{ p, options: optionsOf(machine, st, p) }] : [];
  });
}

/** The ways in which a goroutine can go on; none when it is blocked. */
export function optionsOf(machine: Machine, st: State, p: Pending): Option[] {
  const { frame: f, instruction: i, goroutine: g } = p;
  const goroutine = g.id;
  switch (i.op) {
    case 'send':
      return sends(st, goroutine, f, i.chan);
    case 'recv':
      return receives(st, goroutine, f, i.chan);
    case 'close':
      return [{ goroutine, via: 'step' }];
    case 'call':
    case 'stoptimer':
    case 'pause':
      return [{ goroutine, via: 'step' }];
    case 'select': {
      const found = i.arms.flatMap((a, arm) =>
        a.chan === undefined
          ? []
          : (a.kind === 'send' ? sends(st, goroutine, f, a.chan) : receives(st, goroutine, f, a.chan)).map((o) => ({
              ...o,
              arm,
            })),
      );
      const fallback = i.arms.findIndex((a) => a.kind === 'default');
      // The other side of a rendezvous may not have come there yet.
      const certain = found.some((o) => o.via === 'buffer' || o.via === 'closed');
      if (fallback >= 0 && !certain) found.push({ goroutine, via: 'default', arm: fallback });
      // A program that is run has time enough for what is ready.
      if (certain && machine.exact) return found.filter((o) => o.via !== 'fire' || !i.arms[o.arm as number]?.isTimer);
      return found;
    }
    case 'sync':
    case 'invoke':
      return syncOptions(machine, st, p, i.method);
    default:
      return [];
  }
}

function sends(st: State, goroutine: number, f: Frame, chan: Reg): Option[] {
  const v = st.resolve(f.regs[chan] as Value);
  if (v === null) return [];
  const c = st.as(v, 'chan');
  if (!c || c.open) return [{ goroutine, via: 'open' }];
  if (c.closed) return [{ goroutine, via: 'panic' }];
  if (c.capacity === undefined || c.buffer.length < c.capacity) return [{ goroutine, via: 'buffer' }];
  if (c.capacity > 0) return [];
  return partners(st, goroutine, v as Ref, 'recv');
}

function receives(st: State, goroutine: number, f: Frame, chan: Reg): Option[] {
  const v = st.resolve(f.regs[chan] as Value);
  if (v === null) return [];
  const c = st.as(v, 'chan');
  // Whoever has a context may end it, but nobody sends to it.
  if (c?.open && c.context !== undefined && !c.closed) return [{ goroutine, via: 'fire' }];
  if (!c || c.open) return [{ goroutine, via: 'open' }];
  if (c.buffer.length > 0) return [{ goroutine, via: 'buffer' }];
  if (c.closed) return [{ goroutine, via: 'closed' }];
  if (c.timer === 'once' || c.timer === 'ticker') return [{ goroutine, via: 'fire' }];
  if (c.context !== undefined && (st.get(c.context) as ObjectOf<'context'>).mayFire)
    return [{ goroutine, via: 'fire' }];
  // The step is the sender's, but whoever waits in a select must know that it can go on.
  return partners(st, goroutine, v as Ref, 'send').map((o) => ({ ...o, passive: true }));
}

/** Goroutines that wait on the other side of a channel, alone or in a select. */
function partners(st: State, goroutine: number, chan: Ref, side: 'send' | 'recv'): Option[] {
  const options: Option[] = [];
  for (const other of st.goroutines) {
    if (other.id === goroutine || other.status === 'done') continue;
    const frame = other.frames.at(-1);
    const i = frame?.code.instructions[frame.pc];
    if (!frame || !i) continue;
    const same = (r: Reg): boolean => {
      const x = st.resolve(frame.regs[r] as Value);
      return x instanceof Ref && x.id === chan.id;
    };
    const option: Option = { goroutine, via: 'rendezvous', partner: other.id };
    if (i.op === side && same(i.chan)) options.push(option);
    else if (i.op === 'select')
      i.arms.forEach((a, partnerArm) => {
        if (a.kind === side && a.chan !== undefined && same(a.chan)) options.push({ ...option, partnerArm });
      });
  }
  return options;
}

function syncOptions(machine: Machine, st: State, p: Pending, method: string): Option[] {
  const goroutine = p.goroutine.id;
  const step: Option[] = [{ goroutine, via: 'step' }];
  const [v] = p.objects;
  const o = v instanceof Ref ? st.get(v.id) : undefined;
  // Whoever else has it, nobody but the goroutine that runs the function of a `Once` comes to its end.
  if (o?.t === 'once' && o.state === 'running' && o.runner === goroutine) return [];
  if (!o || o.open) return step;
  switch (o.t) {
    case 'mutex':
      if (method.startsWith('Try')) return step;
      if (method === 'RLock') return o.writer === undefined && o.waiting === undefined ? step : [];
      if (o.writer === undefined && o.readers.length === 0 && (o.waiting === undefined || o.waiting === goroutine))
        return step;
      if (o.rw && o.readers.length > 0 && o.waiting === undefined) return [{ goroutine, via: 'announce' }];
      return [];
    case 'waitgroup':
      return o.count === undefined || o.count <= 0 ? step : [];
    case 'group':
      if (method === 'Go') return o.active < (o.limit ?? Infinity) ? step : [];
      return o.active === 0 ? step : [];
    case 'once':
      return o.state === 'running' ? [] : step;
    case 'cond': {
      if (method === 'Broadcast') return step;
      if (method === 'Signal')
        return o.waiters.length > 1 ? o.waiters.map((wakes) => ({ goroutine, via: 'step' as const, wakes })) : step;
      if (p.goroutine.phase === undefined) return step;
      if (p.goroutine.phase === 'waiting') return [];
      const locker = machine.embedded(st, o.locker, 'Lock');
      const mu = st.as(locker, 'mutex');
      const isFree = mu?.writer === undefined && (o.reads === true || mu?.readers.length === 0);
      return !mu || mu.open || isFree ? step : [];
    }
    default:
      return step;
  }
}
