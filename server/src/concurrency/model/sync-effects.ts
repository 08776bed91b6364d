/** What methods of locks, groups and the like do at once, and which of them others can see. */
import { binaryValue } from './arithmetic.ts';
import type { FoundMethod } from './methods.ts';
import type { Machine } from './machine.ts';
import type { Goroutine, State } from './state.ts';
import { Cancel, Func, type ObjectOf, Ref, type Site, Sym, type Value } from './values.ts';

type Resolve = (v: Value, method: string) => FoundMethod | undefined;

const SHARED: Record<string, ReadonlySet<string>> = {
  mutex: new Set(['Lock', 'RLock', 'TryLock', 'TryRLock']),
  waitgroup: new Set(['Wait']),
  cond: new Set(['Wait', 'Signal', 'Broadcast']),
  once: new Set(['Do']),
  group: new Set(['Wait']),
};

/**
 * True for operations that may wait, or that wake others. Letting go of a lock and counting a group down are not: they
 * never wait, and doing them at once leads to every state in which goroutines are stuck (R. Lipton 1975, left movers).
 */
export function isSharedOperation(st: State, recv: Value, method: string, resolve: Resolve): boolean {
  const v = st.resolve(recv);
  if (v instanceof Cancel) return true;
  if (!(v instanceof Ref)) return false;
  let o = st.get(v.id);
  if (o.t === 'struct' || o.t === 'cell') {
    const found = resolve(v, method);
    if (!found || found.code || !(found.recv instanceof Ref)) return false;
    o = st.get(found.recv.id);
  }
  if (o.open && o.t !== 'once') return false;
  if (o.t === 'group' && o.limit !== undefined && method === 'Go') return true;
  return SHARED[o.t]?.has(method) ?? false;
}

/** The object a method works on: the value itself or what it embeds. */
export function embeddedObject(st: State, v: Value, method: string, resolve: Resolve): Ref | undefined {
  const x = st.resolve(v);
  if (!(x instanceof Ref)) return undefined;
  const { t } = st.get(x.id);
  if (t !== 'struct' && t !== 'cell') return x;
  const found = resolve(x, method);
  return found && !found.code && found.recv instanceof Ref ? found.recv : undefined;
}

/** Executes a method that never waits; `'dead'` when the program ends there. */
export function syncEffect(
  m: Machine,
  st: State,
  g: Goroutine,
  recv: Value,
  method: string,
  args: readonly Value[],
  site: Site,
): Value | 'dead' {
  const ref = m.embedded(st, recv, method);
  const o = ref && st.get(ref.id);
  if (!ref || !o || (o.open && o.t !== 'atomic' && o.t !== 'once')) {
    for (const a of args) st.open(a);
    return st.fresh();
  }
  switch (o.t) {
    case 'mutex':
      release(st, ref.id, method, g.id);
      return method === 'RLocker' ? ref : null;
    case 'waitgroup':
      return count(m, st, ref, o, g, method, args, site);
    case 'once':
      if (method === 'finished') st.edit<ObjectOf<'once'>>(ref.id).state = 'done';
      return null;
    case 'group':
      return groupEffect(m, st, ref, g, method, args, site);
    case 'atomic':
      return atomic(st, ref, o, method, args);
    default:
      return null;
  }
}

function release(st: State, id: number, method: string, by: number): void {
  const mu = st.edit<ObjectOf<'mutex'>>(id);
  if (method === 'Unlock') {
    mu.writer = undefined;
    mu.holds = [];
  } else if (method === 'RUnlock') {
    const i = Math.max(0, mu.readers.lastIndexOf(by));
    mu.readers = mu.readers.filter((_, n) => n !== i);
    mu.holds = mu.holds.filter((_, n) => n !== i);
  }
}

function count(
  m: Machine,
  st: State,
  ref: Ref,
  o: ObjectOf<'waitgroup'>,
  g: Goroutine,
  method: string,
  args: readonly Value[],
  site: Site,
): Value | 'dead' {
  const w = st.edit<ObjectOf<'waitgroup'>>(ref.id);
  switch (method) {
    case 'Add': {
      const n = args[0];
      if (o.count === undefined || typeof n !== 'number') w.count = undefined;
      else w.count = o.count + n;
      break;
    }
    case 'Done':
      if (o.count !== undefined) w.count = o.count - 1;
      st.events.push({ goroutine: g.id, site, kind: 'done', object: ref.id });
      break;
    case 'Go': {
      if (o.count !== undefined) w.count = o.count + 1;
      const f = args[0];
      if (!(f instanceof Func)) {
        w.count = undefined;
        st.open(f ?? null);
        return null;
      }
      const started = m.spawn(st, g.id, site, { code: f.code, env: f.env, recv: f.recv }, [], false);
      started.epilogue = { kind: 'waitgroup', id: ref.id };
      break;
    }
    default:
  }
  // A negative counter panics.
  return w.count !== undefined && w.count < 0 ? 'dead' : null;
}

function groupEffect(
  m: Machine,
  st: State,
  ref: Ref,
  g: Goroutine,
  method: string,
  args: readonly Value[],
  site: Site,
): Value {
  const group = st.edit<ObjectOf<'group'>>(ref.id);
  const [f] = args;
  if (method === 'SetLimit') group.limit = typeof f === 'number' && f > 0 ? f : undefined;
  else if (method === 'Go' || method === 'TryGo') {
    if (!(f instanceof Func)) {
      group.open = true;
      st.open(f ?? null);
    } else startMember(m, st, ref, g, f, site);
    return method === 'Go' ? null : st.fresh();
  }
  return null;
}

/** Starts a member of an errgroup. */
export function startMember(m: Machine, st: State, ref: Ref, g: Goroutine, f: Func, site: Site): void {
  st.edit<ObjectOf<'group'>>(ref.id).active++;
  const started = m.spawn(st, g.id, site, { code: f.code, env: f.env, recv: f.recv }, [], false);
  started.epilogue = { kind: 'group', id: ref.id };
}

function atomic(st: State, ref: Ref, o: ObjectOf<'atomic'>, method: string, args: readonly Value[]): Value {
  const a = st.edit<ObjectOf<'atomic'>>(ref.id);
  const known = (v: Value | undefined): boolean => v !== undefined && !(v instanceof Sym);
  // The zero value of a flag is false.
  const current = o.value === 0 && typeof args[0] === 'boolean' ? false : o.value;
  if (o.open) {
    for (const v of args) st.open(v);
    a.value = st.fresh();
    return a.value;
  }
  switch (method) {
    case 'Load':
      return o.value;
    case 'Store':
      a.value = args[0] ?? null;
      return null;
    case 'Swap':
      a.value = args[0] ?? null;
      return current;
    case 'Add':
      a.value = st.resolve(binaryValue(st, '+', st.resolve(o.value), args[0] ?? 0));
      return a.value;
    case 'CompareAndSwap':
      if (known(current) && known(args[0])) {
        if (current !== args[0]) return false;
        a.value = args[1] ?? null;
        return true;
      }
      a.value = st.fresh();
      return st.fresh();
    default:
      return st.fresh();
  }
}
