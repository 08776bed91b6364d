/** What values have to do with one another: structs that callers write down, embedded structs, locks and those who hold them. */
import type { Holder } from './client-methods.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { type HeapObject, Ref, type Site, takenBy, type Value } from './values.ts';

/** True for a struct of a holder's type that has an object in its field. */
export function holds(o: HeapObject, { type, field }: Holder, id: number): boolean {
  if (o.t !== 'struct' || o.type.kind !== 'named' || o.type.name !== type.name) return false;
  const v = o.fields.get(field);
  return v instanceof Ref && v.id === id;
}

/** A struct that callers have written down, with a value in one of its fields. */
export function heldBy(st: State, { type, field }: Holder, v: Ref, site: Site): Ref {
  return st.alloc({ t: 'struct', stamp: 0, open: true, sealed: true, type, fields: new Map([[field, v]]), site });
}

/** True for two structs of one type. */
export function isOfType(o: HeapObject, like: HeapObject): boolean {
  return (
    o.t === 'struct' &&
    like.t === 'struct' &&
    o.type.kind === 'named' &&
    like.type.kind === 'named' &&
    o.type.name === like.type.name
  );
}

/** The struct that embedded fields lead to from another one; undefined where it is not known. */
export function embeddedIn(st: State, id: number, fields: readonly string[] = []): Ref | undefined {
  let at: Value | undefined = new Ref(id);
  for (const name of fields) at = st.as(at ?? null, 'struct')?.fields.get(name);
  return at instanceof Ref ? at : undefined;
}

/** True when one of some goroutines holds a lock that another one wants, and waits for something else: they do nothing more before the end. */
export function waitInCircle(st: State, blocked: readonly Pending[]): boolean {
  return blocked.some(({ objects }) =>
    objects.some((v) => {
      const lock = st.as(v, 'mutex');
      const holders = lock ? blocked.filter(({ goroutine }) => takenBy(lock, goroutine.id)) : [];
      return holders.some((h) => h.objects.some((o) => st.as(o, 'chan') !== undefined));
    }),
  );
}
