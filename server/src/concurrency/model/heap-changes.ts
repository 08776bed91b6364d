/** What a call has changed of what was there before. */
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { State } from './state.ts';
import { isFieldNeverAsked } from './unasked.ts';
import { type HeapObject, type ObjectOf, Ref, Sym, type Value } from './values.ts';

/** True when something that was there before holds other values, that somebody asks for. Locks are let go of again. */
export function hasChanged(
  analysis: Analysis,
  before: readonly HeapObject[],
  { heap }: State,
  unit: DeclUnit,
): boolean {
  return before.some((o, id) => {
    const now = heap[id] as HeapObject;
    if (now === o || o.t === 'mutex') return false;
    if (o.t === 'atomic' && now.t === 'atomic') return !isSame(o.value, now.value);
    if (o.t === 'map' && now.t === 'map') return o.partial !== now.partial || !hasSame(o.entries, now.entries);
    if (o.t !== 'struct' || now.t !== 'struct') return true;
    return [...now.fields].some(([name, v]) => {
      const old = o.fields.get(name);
      if (old === undefined ? isZero(heap, v) : isSame(old, v)) return false;
      return o.type.kind !== 'named' || !isFieldNeverAsked(analysis, unit, o.type, name);
    });
  });
}

/** True when there is less of something than before: of items, of what is to be done, or of what is counted. */
export function hasLess(before: State, now: State): boolean {
  const size = (st: State, v: Value | undefined): number => {
    if (typeof v === 'number') return v;
    const o = v instanceof Ref ? st.heap[v.id] : undefined;
    if (o?.t === 'map') return o.entries.size;
    if (o?.t === 'slice') return o.elems.length;
    if (o?.t === 'chan') return o.buffer.length;
    return o?.t === 'waitgroup' ? (o.count ?? 0) : 0;
  };
  return before.heap.some((o, id) => {
    if (o.t !== 'struct') return size(now, new Ref(id)) < size(before, new Ref(id));
    const { fields } = now.heap[id] as ObjectOf<'struct'>;
    return [...o.fields].some(([name, v]) => size(now, fields.get(name)) < size(before, v));
  });
}

function hasSame(before: ObjectOf<'map'>['entries'], now: ObjectOf<'map'>['entries']): boolean {
  return before.size === now.size && [...before].every(([key, [, v]]) => isSame(v, now.get(key)?.[1] ?? null));
}

/** True for what a field holds that nobody has set, and that was looked at for the first time. */
function isZero(heap: readonly HeapObject[], v: Value): boolean {
  if (!(v instanceof Ref)) return v === null || v === 0 || v === false || v === '';
  const o = heap[v.id];
  if (o?.t === 'atomic') return isZero(heap, o.value);
  return o?.t === 'once' ? o.state === 'new' : o?.t === 'waitgroup' ? o.count === 0 : o?.t === 'mutex';
}

function isSame(x: Value | undefined, y: Value): boolean {
  if (x instanceof Ref && y instanceof Ref) return x.id === y.id;
  if (x instanceof Sym && y instanceof Sym) return x.id === y.id && x.negated === y.negated;
  return x === y;
}
