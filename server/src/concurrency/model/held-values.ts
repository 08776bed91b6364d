/** Values that callers of a package have, in structs that they write down. */
import type { Holder } from './client-methods.ts';
import type { State } from './state.ts';
import { type HeapObject, Ref, type Site } from './values.ts';

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
