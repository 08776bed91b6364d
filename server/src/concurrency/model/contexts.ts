/** Contexts in the heap of a state: how they depend on one another. */
import { equalKey, keyOf } from './keys.ts';
import { sentinel, unknownContext } from './memory.ts';
import type { State } from './state.ts';
import { type ObjectOf, Ref, type Site, Sym, type Value } from './values.ts';

/** A context that ends with its parent. */
export function deriveContext(st: State, parent: Value | undefined, deadline: boolean, site: Site): Ref {
  const p = st.as(parent, 'context');
  const done = st.alloc({ t: 'chan', stamp: 0, open: false, capacity: 0, buffer: [], closed: false, site });
  const parentDone = p?.done === undefined ? undefined : (st.get(p.done) as ObjectOf<'chan'>);
  const ctx = st.alloc({
    t: 'context',
    stamp: 0,
    open: false,
    done: done.id,
    mayFire: deadline || !p || p.mayFire,
    deadline,
    values: p?.values,
    children: [],
    site,
  });
  const c = st.edit<ObjectOf<'chan'>>(done.id);
  c.context = ctx.id;
  c.closed = parentDone?.closed ?? false;
  if (p && parent instanceof Ref && p.done !== undefined) {
    const edited = st.edit<ObjectOf<'context'>>(p.base ?? parent.id);
    edited.children = [...edited.children, ctx.id];
  }
  return ctx;
}

/** A context that ends with its parent and has a value besides. */
export function withValue(st: State, parent: Value | undefined, key: Value, value: Value, site: Site): Value {
  const p = st.as(parent, 'context');
  if (!p || !(parent instanceof Ref)) return unknownContext(st, site);
  const values = p.values && !(key instanceof Sym) ? new Map(p.values).set(keyOf(key), value) : undefined;
  return st.alloc({ ...p, children: [], base: p.base ?? parent.id, values, site });
}

/** The value of a context for a key; undefined where that is not known. */
export function valueIn(st: State, ctx: Value, key: Value): Value | undefined {
  const values = st.as(ctx, 'context')?.values;
  return values && !(key instanceof Sym) ? (values.get(keyOf(key)) ?? null) : undefined;
}

/** The `Done` channel of a context about which nothing is known. */
export function unknownDone(st: State, site: Site): Ref {
  return new Ref((st.get(unknownContext(st, site).id) as ObjectOf<'context'>).done as number);
}

/** What `Err`, or `Cause`, returns of a context that has ended. */
export function endedBy(st: State, { error, cause }: ObjectOf<'context'>, isCause: boolean, site: Site): Value {
  if (isCause && cause !== undefined && cause !== null) return cause;
  if (error) return sentinel(st, `context.${error}`, site);
  const unknown = st.fresh();
  st.suppose(st.term(equalKey(unknown, null)), false);
  return unknown;
}

/**
 * Closes a context's channel and those of its descendants.
 * @param why what they say then, and what for; absent where that is not known
 */
export function cancelContext(st: State, id: number, why?: Pick<ObjectOf<'context'>, 'error' | 'cause'>): void {
  const work = [id];
  for (let c = work.pop(); c !== undefined; c = work.pop()) {
    const ctx = st.get(c) as ObjectOf<'context'>;
    if (ctx.done === undefined) continue;
    if ((st.get(ctx.done) as ObjectOf<'chan'>).closed) continue;
    st.edit<ObjectOf<'chan'>>(ctx.done).closed = true;
    if (why) Object.assign(st.edit<ObjectOf<'context'>>(c), why);
    work.push(...ctx.children);
  }
}
