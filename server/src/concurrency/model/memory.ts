/** Makes values: zero values, and values about which only the type is known. */
import type { TypeInfo } from '../../golang/type-info.ts';
import { isErrorType, mayFail, type Type } from '../../golang/types.ts';
import { equalKey, operand } from './keys.ts';
import { isInline, type Shape, shapeOf } from './shapes.ts';
import type { State } from './state.ts';
import { type ObjectOf, Ref, type Site, Sym, Tuple, type Value } from './values.ts';

const FRESH = { stamp: 0 };
/** The elements of longer arrays are not told apart. */
const MAX_ARRAY = 8;

/** The zero value of a type. */
export function zeroValue(info: TypeInfo, st: State, type: Type, site: Site): Value {
  const shape = shapeOf(info, type);
  if (isInline(shape)) return newObject(info, st, type, site, false);
  switch (shape) {
    case 'number':
      return 0;
    case 'string':
      return '""';
    case 'bool':
      return false;
    case 'array': {
      const u = info.underlying(type);
      const n = u.kind === 'array' ? u.length : undefined;
      if (u.kind !== 'array' || n === undefined || n > MAX_ARRAY)
        return slice(st, { elems: [], length: st.freshSize(), site });
      return slice(st, { elems: Array.from({ length: n }, () => zeroValue(info, st, u.elem, site)), site });
    }
    case 'other':
      return st.fresh();
    default:
      return null;
  }
}

/** A value of a type about which nothing else is known: code that is not seen may have it, too. */
export function unknownValue(info: TypeInfo, st: State, type: Type, site: Site): Value {
  if (type.kind === 'tuple') return new Tuple(type.elems.map((t) => unknownValue(info, st, t, site)));
  const shape = shapeOf(info, type);
  switch (shape) {
    case 'chan':
      return st.alloc({ ...FRESH, t: 'chan', open: true, capacity: undefined, buffer: [], closed: false, site });
    case 'context':
      return unknownContext(st, site);
    case 'pointer': {
      const u = info.underlying(type);
      if (u.kind === 'pointer' && isInline(shapeOf(info, u.elem))) return newObject(info, st, u.elem, site, true);
      return st.fresh();
    }
    case 'slice':
      return unknownSlice(st, site);
    case 'array': {
      const u = info.underlying(type);
      const n = u.kind === 'array' ? u.length : undefined;
      if (u.kind !== 'array' || n === undefined || n > MAX_ARRAY) return unknownSlice(st, site);
      const elems = Array.from({ length: n }, () => unknownValue(info, st, u.elem, site));
      return st.alloc({ ...FRESH, t: 'slice', open: true, elems, site });
    }
    case 'map':
      return st.alloc({
        ...FRESH,
        t: 'map',
        open: true,
        entries: new Map(),
        partial: true,
        site,
      });
    default:
      return isInline(shape) ? newObject(info, st, type, site, true) : st.fresh();
  }
}

/** What a call yields of which nothing is seen: it may have failed or not. */
export function unknownResult(info: TypeInfo, st: State, type: Type, site: Site): Value {
  const v = unknownValue(info, st, type, site);
  if (mayFail(type)) st.setOrigin(v, 'outcome');
  return v;
}

/** A value that a client gives: a number may be one of things, and what fields, lists and tables hold is up to the client as well. */
export function givenValue(st: State, v: Value, origin: 'given' | 'element' = 'given'): Value {
  if (v instanceof Ref) {
    const { t } = st.get(v.id);
    if (t === 'struct' || t === 'slice' || t === 'map') st.edit<ObjectOf<typeof t>>(v.id).given = true;
    const length = st.as(v, 'slice')?.length;
    if (length) st.setOrigin(length, 'given');
  }
  if (!(v instanceof Sym)) return v;
  st.setOrigin(v, origin);
  return new Sym(v.id, false, undefined, true);
}

/** What a client gives to a function: a function or an interface is not nil. */
export function givenArgument(info: TypeInfo, st: State, type: Type, site: Site): Value {
  const v = givenValue(st, unknownValue(info, st, type, site));
  const { kind } = info.underlying(type);
  if (v instanceof Sym && !isErrorType(type) && (kind === 'func' || kind === 'interface'))
    st.suppose(st.term(equalKey(v, null)) as Sym, false);
  return v;
}

/**
 * What a call yields that reads from outside, as far as it tells: what that is is up to whoever sends it.
 * @param mayFail the last of several results says whether it failed
 */
export function readFromOutside(st: State, results: Value, mayFail: boolean): void {
  const values = results instanceof Tuple ? results.values : [results];
  for (const v of mayFail && values.length > 1 ? values.slice(0, -1) : values) {
    // Two calls do not give the same where that is put into a table.
    if (v instanceof Sym) st.setOrigin(v, 'element');
    else if (v instanceof Ref && st.get(v.id).t === 'struct') st.edit<ObjectOf<'struct'>>(v.id).given = true;
  }
}

/** What a cell holds, or the field that it stands for. */
export function cellValue(info: TypeInfo, st: State, { value, field }: ObjectOf<'cell'>, site: Site): Value {
  if (!field) return value;
  const holder = st.get(field.of) as ObjectOf<'struct'>;
  const known = holder.fields.get(field.name);
  if (known !== undefined) return known;
  const v = (holder.open && !holder.sealed ? unknownValue : zeroValue)(info, st, field.type, site);
  st.setField(field.of, field.name, v);
  return v;
}

/** A slice that only the explored code has. */
export function slice(st: State, of: Pick<ObjectOf<'slice'>, 'elems' | 'length' | 'type' | 'site'>): Ref {
  return st.alloc({ ...FRESH, t: 'slice', open: false, ...of });
}

/** An error that wraps others. */
export function newError(st: State, wraps: readonly Value[], site: Site): Ref {
  return st.alloc({ ...FRESH, t: 'cell', open: false, value: slice(st, { elems: wraps, site }), site });
}

/** An error that a package variable holds: always the same one. */
export function sentinel(st: State, key: string, site: Site): Value {
  const known = st.globals.get(key);
  if (known !== undefined) return known;
  const v = st.alloc({ ...FRESH, t: 'cell', open: false, value: null, site });
  st.globals = st.globals.with(key, v);
  return v;
}

/** A slice of unknown length. */
export function unknownSlice(st: State, site: Site): Ref {
  return st.alloc({ ...FRESH, t: 'slice', open: true, elems: [], length: st.freshSize(), site });
}

/** A context that somebody may cancel. */
export function unknownContext(st: State, site: Site): Ref {
  const done = st.alloc({ ...FRESH, t: 'chan', open: false, capacity: 0, buffer: [], closed: false, site });
  const ctx = st.alloc({ ...FRESH, t: 'context', open: true, mayFire: true, done: done.id, children: [], site });
  st.edit<ObjectOf<'chan'>>(done.id).context = ctx.id;
  return ctx;
}

function newObject(info: TypeInfo, st: State, type: Type, site: Site, open: boolean): Ref {
  const base = { ...FRESH, site };
  switch (shapeOf(info, type)) {
    // A lock of something that is not seen is free now and then: whoever holds it lets go of it.
    case 'mutex':
      return st.alloc({ ...base, t: 'mutex', open: false, rw: false, readers: [], holds: [] });
    case 'rwmutex':
      return st.alloc({ ...base, t: 'mutex', open: false, rw: true, readers: [], holds: [] });
    case 'waitgroup':
      return st.alloc({ ...base, t: 'waitgroup', open, count: open ? undefined : 0, madeBy: st.running });
    case 'cond':
      return st.alloc({ ...base, t: 'cond', open, locker: null, waiters: [] });
    case 'once':
      return st.alloc({ ...base, t: 'once', open: false, state: 'new' });
    case 'group':
      return st.alloc({ ...base, t: 'group', open, active: 0 });
    case 'atomic':
      return st.alloc({ ...base, t: 'atomic', open, value: open ? st.fresh() : atomicZero(type) });
    default:
      return st.alloc({ ...base, t: 'struct', open, type, fields: new Map() });
  }
}

/** What an atomic variable holds at first. */
function atomicZero(type: Type): Value {
  const name = type.kind === 'named' ? type.name : '';
  return name === 'Bool' ? false : name === 'Value' || name === 'Pointer' ? null : 0;
}

/** A copy of a value of struct type, inner structs included. */
export function copyValue(info: TypeInfo, st: State, v: Value, depth = 0): Value {
  if (!(v instanceof Ref) || depth > 4) return v;
  const o = st.get(v.id);
  switch (o.t) {
    case 'struct': {
      const fields = new Map<string, Value>();
      for (const [name, x] of o.fields)
        fields.set(name, isOwned(info, st, o.type, name, x) ? copyValue(info, st, x, depth + 1) : x);
      const unread = o.open ? unreadOf(st, v) : undefined;
      return st.alloc({ ...o, fields, unread });
    }
    case 'mutex':
    case 'waitgroup':
    case 'once':
    case 'cond':
    case 'group':
    case 'atomic':
    case 'slice':
      return st.alloc({ ...o });
    default:
      return v;
  }
}

/** What stands for the fields of a struct that are not known and that nobody has looked at. */
function unreadOf(st: State, { id }: Ref): Sym {
  const o = st.edit<ObjectOf<'struct'>>(id);
  if (!o.unread) {
    o.unread = st.fresh();
    if (o.given) st.setOrigin(o.unread, 'given');
  }
  return o.unread;
}

/** True for what is part of the struct, not something a field points to. */
function isOwned(info: TypeInfo, st: State, type: Type, field: string, v: Value): boolean {
  if (!(v instanceof Ref)) return false;
  const found = info.members.find(type, field);
  if (found) {
    const shape = shapeOf(info, found.type);
    return isInline(shape) || shape === 'array';
  }
  // Sync objects in structs are nearly always part of them.
  const { t } = st.get(v.id);
  return t === 'mutex' || t === 'waitgroup' || t === 'once' || t === 'atomic';
}

/** Text of a value that is compared by what it contains; symbols as terms name them. */
export function contentOf(info: TypeInfo, st: State, v: Value, depth = 0): string {
  const o = v instanceof Ref ? st.get(v.id) : undefined;
  if (o?.t === 'slice' && !o.length && depth < MAX_DEPTH)
    return `[${o.elems.map((x) => contentOf(info, st, x, depth + 1)).join()}]`;
  const u = o?.t === 'struct' ? info.underlying(o.type) : undefined;
  if (o?.t !== 'struct' || u?.kind !== 'struct' || depth >= MAX_DEPTH) return operand(st.resolve(v));
  const fields = u.node.fields.flatMap((f) => {
    const type = info.resolve(u.unit, f.type);
    const isPart = isInline(shapeOf(info, type)) || type.kind === 'array';
    return f.names.map(({ name }) => {
      const x = o.fields.get(name);
      if (x === undefined) return o.open ? `${operand(st.fresh())}` : (ZERO[shapeOf(info, type)] ?? 'nil');
      return isPart ? contentOf(info, st, x, depth + 1) : operand(st.resolve(x));
    });
  });
  return `{${fields.join()}}`;
}

const MAX_DEPTH = 3;
/** Keys of zero values; the others are nil. */
const ZERO: Partial<Record<Shape, string>> = { number: '0', string: JSON.stringify('""'), bool: 'false' };

/** The struct of that content, for keys of maps; one of which nothing is known where parts are not plain, or not known. */
export function structOf(info: TypeInfo, st: State, content: Value, type: Type, site: Site): Value {
  const u = info.underlying(type);
  const names = u.kind === 'struct' ? u.node.fields.flatMap((f) => f.names.map(({ name }) => name)) : [];
  const parts = typeof content === 'string' ? partsOf(content) : undefined;
  if (parts?.length !== names.length) return unknownValue(info, st, type, site);
  const fields = new Map(names.map((name, n) => [name, parts[n] ?? null]));
  return st.alloc({ t: 'struct', stamp: 0, open: false, type, fields, site });
}

function partsOf(content: string): Value[] | undefined {
  try {
    const parts = JSON.parse(content.replace(/^\{(.*)\}$/, '[$1]')) as unknown[];
    return parts.every((x) => /^(?:string|number|boolean)$/.test(typeof x)) ? (parts as Value[]) : undefined;
  } catch {
    return undefined;
  }
}
