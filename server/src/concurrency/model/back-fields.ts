/** Values that are not known, of which it is known that they lead back to what holds them. */
import { backReference } from '../../golang/back-references.ts';
import type { Type } from '../../golang/types.ts';
import type { Machine } from './machine.ts';
import { givenValue, unknownValue } from './memory.ts';
import type { State } from './state.ts';
import { type HeapObject, type ObjectOf, Ref, type Site, type Value } from './values.ts';

/** Notes of a value that a field has turned out to hold where it leads back to. */
export function linkBack(machine: Machine, st: State, holder: Ref, name: string, v: Value): void {
  const { type } = st.get(holder.id) as ObjectOf<'struct'>;
  if (!(v instanceof Ref) || type.kind !== 'named') return;
  const held = st.get(v.id);
  if (held.t !== 'struct' && held.t !== 'slice' && held.t !== 'map') return;
  const field = backReference(machine.source.analysis, type, name);
  if (field === undefined) return;
  if (held.t === 'struct') st.setField(v.id, field, holder);
  else st.edit<ObjectOf<'slice' | 'map'>>(v.id).back = { field, to: holder.id };
}

/** An element of a slice or map of which nothing is known but, perhaps, where it leads back to. */
export function unknownElement(machine: Machine, st: State, of: HeapObject | undefined, type: Type, site: Site): Value {
  const known = unknownValue(machine.info, st, type, site);
  const isGiven = (of?.t === 'slice' || of?.t === 'map') && of.given;
  const v = isGiven ? givenValue(st, known, 'element') : known;
  const back = of?.t === 'slice' || of?.t === 'map' ? of.back : undefined;
  if (back && v instanceof Ref && st.get(v.id).t === 'struct') st.setField(v.id, back.field, new Ref(back.to));
  return v;
}
