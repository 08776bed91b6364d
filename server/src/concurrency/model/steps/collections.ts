/** Slices and maps. */
import { binaryValue } from '../arithmetic.ts';
import { unknownElement } from '../back-fields.ts';
import { MAX_COUNT } from '../bounds.ts';
import type { InstructionOf } from '../instructions.ts';
import { equalKey, keyOf, lengthKey } from '../keys.ts';
import { lookUp } from '../map-keys.ts';
import { bytesOf, lengthOf, sortedValues, substring } from '../pure-functions.ts';
import { slice, unknownSlice, zeroValue } from '../memory.ts';
import type { State } from '../state.ts';
import { type ObjectOf, Ref, type Site, Sym, type Value } from '../values.ts';
import { type Outcome, panic, type Step } from './step.ts';

/** Entries of a map of which it is tried whether an unknown key is theirs: which of several it is may hang together with other choices. */
const MAX_ENTRIES = 1;

/** Executes an instruction that makes a slice or map, or changes or reads it. */
export function collectionStep(
  step: Step,
  i: InstructionOf<
    | 'slice'
    | 'makeslice'
    | 'append'
    | 'reslice'
    | 'map'
    | 'delete'
    | 'clear'
    | 'lose'
    | 'losefield'
    | 'copyto'
    | 'sort'
    | 'index'
    | 'setindex'
    | 'len'
    | 'cap'
  >,
): Outcome {
  const { machine, st, get, set } = step;
  switch (i.op) {
    case 'slice':
      set(i.dst, slice(st, { elems: i.items.map(get), type: i.named, site: i.site }));
      break;
    case 'makeslice': {
      const n = i.length === undefined ? 0 : get(i.length);
      if (n instanceof Sym) return machine.sizes(st, n);
      if (typeof n === 'number' && n <= MAX_COUNT) {
        const elems = Array.from({ length: n }, () => zeroValue(machine.info, st, i.type, i.site));
        set(i.dst, slice(st, { elems, site: i.site }));
      } else {
        const many = unknownSlice(st, i.site);
        const { length } = st.get(many.id) as ObjectOf<'slice'>;
        if (typeof n === 'number' && length) st.setSize(length, n);
        set(i.dst, many);
      }
      break;
    }
    case 'append': {
      const x = get(i.x);
      const s = st.as(x, 'slice');
      const items = i.items.map(get);
      if ((s || x === null) && !s?.length && !i.spread)
        set(i.dst, slice(st, { elems: [...(s?.elems ?? []), ...items], type: s?.type, site: i.site }));
      else if (i.spread && (s || x === null) && !s?.length) {
        const tail = items[0] === null ? { elems: [], length: undefined } : st.as(items[0], 'slice');
        if (tail && !tail.length) set(i.dst, slice(st, { elems: [...(s?.elems ?? []), ...tail.elems], site: i.site }));
        else if (tail && (s?.elems.length ?? 0) === 0) set(i.dst, st.alloc({ ...tail, site: i.site }));
        else set(i.dst, unknownSlice(st, i.site));
      } else {
        for (const v of items) st.open(v);
        set(i.dst, i.spread ? unknownSlice(st, i.site) : atLeast(st, items.length, i.site));
      }
      if (s && s.elems.length > MAX_COUNT) return machine.giveUp();
      break;
    }
    case 'reslice': {
      // No part of nothing but nothing.
      if (get(i.x) === null) {
        set(i.dst, null);
        break;
      }
      const s = st.as(get(i.x), 'slice');
      const low = i.low === undefined ? 0 : get(i.low);
      const high = i.high === undefined ? (s?.length ? st.resolve(s.length) : s?.elems.length) : get(i.high);
      const part = substring(get(i.x), low, high);
      if (part !== undefined) set(i.dst, part);
      else if (s && !s.length && typeof low === 'number' && typeof high === 'number')
        set(i.dst, st.alloc({ ...s, elems: s.elems.slice(low, high), site: i.site }));
      else {
        st.open(get(i.x));
        const cut = st.as(get(i.x), 'slice') ? unknownSlice(st, i.site) : st.fresh();
        const length = st.as(cut, 'slice')?.length;
        if (length && typeof low === 'number' && typeof high === 'number' && low <= high)
          st.setSize(length, high - low);
        set(i.dst, cut);
      }
      break;
    }
    case 'map': {
      const entries = new Map(i.entries.map(([k, v]) => [keyOf(get(k)), [get(k), get(v)] as const]));
      set(
        i.dst,
        st.alloc({
          t: 'map',
          stamp: 0,
          open: false,
          entries,
          partial: false,
          type: i.named,
          site: i.site,
        }),
      );
      break;
    }
    case 'delete': {
      const x = get(i.x);
      const m = st.as(x, 'map');
      if (m && x instanceof Ref) {
        const at = get(i.i);
        const found = lookUp(st, m, at);
        if (found?.kind === 'undecided') return eitherWay(st, found.comparison);
        const entries = new Map(m.entries);
        entries.delete(keyOf(found?.kind === 'entry' ? found.key : at));
        st.edit<ObjectOf<'map'>>(x.id).entries = entries;
      }
      break;
    }
    case 'clear': {
      const x = get(i.x);
      if (x instanceof Ref && st.as(x, 'map')) {
        const m = st.edit<ObjectOf<'map'>>(x.id);
        m.entries = new Map();
        m.partial = m.open;
      } else lose(st, x);
      break;
    }
    case 'lose':
      lose(st, get(i.x));
      break;
    case 'losefield':
      loseField(st, i);
      break;
    case 'copyto':
      set(i.dst, copyTo(st, get(i.x), get(i.y)));
      break;
    case 'sort':
      sort(st, get(i.x));
      break;
    case 'index':
      return index(step, i);
    case 'setindex': {
      const x = get(i.x);
      // A nil map, or a slice without elements.
      if (x === null) return panic(step.f);
      const o = x instanceof Ref ? st.get(x.id) : undefined;
      const at = get(i.i);
      const v = get(i.src);
      if (o?.t === 'map' && x instanceof Ref) {
        const found = lookUp(st, o, at, true);
        if (found?.kind === 'undecided') return eitherWay(st, found.comparison);
        if (o.open) st.open(v);
        const key = found?.kind === 'entry' ? found.key : at;
        st.edit<ObjectOf<'map'>>(x.id).entries = new Map(o.entries).set(keyOf(key), [key, v]);
      } else if (o?.t === 'slice' && x instanceof Ref && typeof at === 'number' && !o.length && at < o.elems.length) {
        st.edit<ObjectOf<'slice'>>(x.id).elems = o.elems.map((e, n) => (n === at ? v : e));
        if (o.open) st.open(v);
      } else {
        st.open(v);
        // It may be any of them.
        if (o?.t === 'slice' && x instanceof Ref && !o.length) {
          st.open(x);
          const changed = st.edit<ObjectOf<'slice'>>(x.id);
          changed.length = st.freshSize();
          st.setSize(changed.length, o.elems.length);
          changed.elems = [];
        }
      }
      break;
    }
    case 'cap': {
      const x = get(i.x);
      const o = x instanceof Ref ? st.get(x.id) : undefined;
      if (x === null) set(i.dst, 0);
      else if (o?.t === 'chan' && o.capacity !== undefined) {
        // How often something happens hangs on a number that was made up.
        if (o.isGuessed) return machine.giveUp();
        set(i.dst, o.capacity);
      } else set(i.dst, st.fresh());
      break;
    }
    case 'len': {
      const x = get(i.x);
      const o = x instanceof Ref ? st.get(x.id) : undefined;
      if (x === null) set(i.dst, 0);
      else if (typeof x === 'string') set(i.dst, lengthOf(x) ?? st.term(`len(${x} )`));
      else if (o?.t === 'slice') set(i.dst, o.length ?? o.elems.length);
      else if (o?.t === 'map') set(i.dst, o.partial ? st.term(lengthKey(x as Ref, o)) : o.entries.size);
      else if (o?.t === 'chan' && !o.open) set(i.dst, o.buffer.length);
      else set(i.dst, x instanceof Sym ? st.term(`len(?${x.id} )`) : st.fresh());
      break;
    }
  }
  return undefined;
}

/** Which elements a map or slice has, or what plain values a pointer leads to, is not known any more. */
function lose(st: State, x: Value): void {
  if (!(x instanceof Ref)) return;
  const o = st.get(x.id);
  const plain = (v: Value): Value => (v instanceof Object ? v : st.fresh());
  if (o.t === 'cell') {
    if (!(o.value instanceof Object)) st.edit<ObjectOf<'cell'>>(x.id).value = st.fresh();
  } else if (o.t === 'struct')
    st.edit<ObjectOf<'struct'>>(x.id).fields = new Map([...o.fields].map(([name, v]) => [name, plain(v)]));
  else if (o.t === 'map') st.edit<ObjectOf<'map'>>(x.id).partial = true;
  // Statements that deal with what is waited for are not left out: only plain values may have changed.
  else if (o.t === 'slice') st.edit<ObjectOf<'slice'>>(x.id).elems = o.elems.map(plain);
}

/** Of which value the field is set is not known. */
function loseField(st: State, { name, owner, elements }: InstructionOf<'losefield'>): void {
  for (const [id, o] of [...st.heap].entries()) {
    if (o?.t !== 'struct' || o.type.kind !== 'named' || o.type.pkg !== owner.pkg || o.type.name !== owner.name)
      continue;
    const v = o.fields.get(name);
    if (elements) lose(st, v ?? null);
    else st.setField(id, name, st.fresh());
  }
}

/** Known numbers and strings are put in order; of others it is not known which comes first. */
function sort(st: State, x: Value): void {
  const s = st.as(x, 'slice');
  if (!s || !(x instanceof Ref)) return;
  const sorted = sortedValues(s.elems);
  if (sorted) st.edit<ObjectOf<'slice'>>(x.id).elems = sorted;
  else lose(st, x);
}

/** Copies the elements of a slice, or what a text is made of, into another slice; how many. */
function copyTo(st: State, x: Value, y: Value): Value {
  const [to, from] = [st.as(x, 'slice'), st.as(y, 'slice')];
  if (x === null || y === null) return 0;
  if (!(x instanceof Ref) || !to || !from || to.length || from.length || to.open) {
    st.open(y);
    if (to) lose(st, x);
    return st.fresh();
  }
  const copied = from.elems.slice(0, to.elems.length);
  st.edit<ObjectOf<'slice'>>(x.id).elems = [...copied, ...to.elems.slice(copied.length)];
  return copied.length;
}

/** The states in which something holds that a client decides, and in which it does not; both look again. */
function eitherWay(st: State, key: string): State[] {
  return [true, false].map((holds) => {
    const s = holds ? st.split() : st;
    s.suppose(s.term(key), holds);
    return s;
  });
}

/** Reads an element. */
function index(step: Step, i: InstructionOf<'index'>): Outcome {
  const { machine, st, f, get, set } = step;
  const x = get(i.x);
  const at = get(i.i);
  const o = x instanceof Ref ? st.get(x.id) : undefined;
  let v: Value | undefined;
  let ok: Value = st.fresh();
  if (o?.t === 'map') {
    const found = lookUp(st, o, at);
    if (found?.kind === 'undecided') return eitherWay(st, found.comparison);
    const isUncertain = (k: Value): boolean =>
      k instanceof Sym || (i.isAnyKey === true && st.as(k, 'struct') !== undefined);
    const isEmpty = !o.partial && o.entries.size === 0;
    const isTold =
      found?.kind === 'nothing' || (!isUncertain(at) && ![...o.entries.values()].some(([k]) => isUncertain(k)));
    if (found?.kind === 'entry') [v, ok] = [found.value, true];
    else if ((isTold && !o.partial) || (isEmpty && (machine.wholeProgram || (machine.isClient && !o.open))))
      [v, ok] = [zeroValue(machine.info, st, i.type, i.site), false];
    else if (!found && machine.isClient && !o.open && !o.partial && !isEmpty && o.entries.size <= MAX_ENTRIES)
      return eachEntry(step, i, o);
    else if (isEmpty && (i.ok !== undefined || machine.info.underlying(i.type).kind !== 'basic')) {
      // Nothing is found where nobody has put anything; others may have, whoever calls this.
      const nothing = foundNothing(step, i);
      foundUnknown(step, i, o);
      f.pc++;
      return [nothing, st];
    }
  } else if (x === null && i.isSlice) return panic(f);
  else if (x === null) [v, ok] = [zeroValue(machine.info, st, i.type, i.site), false];
  else if (o?.t === 'slice' && typeof at === 'number' && !o.length) {
    v = o.elems[at];
    if (v === undefined) return panic(f);
  } else if (o?.t === 'slice' && o.elems.length === 1 && !o.length) v = o.elems[0];
  else if (typeof x === 'string' && typeof at === 'number') {
    const bytes = bytesOf(x);
    if (bytes && at >= bytes.length) return panic(f);
    v = bytes?.[at];
  }
  if (v === undefined && (o?.t === 'map' || o?.t === 'slice')) {
    foundUnknown(step, i, o);
    return undefined;
  }
  set(i.dst, v === undefined ? unknownElement(machine, st, o, i.type, i.site) : v);
  if (i.ok !== undefined) set(i.ok, ok);
  return undefined;
}

/** One of the elements of a map or slice, it is not known which. */
function foundUnknown(
  { machine, st, set, get }: Step,
  i: InstructionOf<'index'>,
  o: ObjectOf<'map'> | ObjectOf<'slice'>,
): void {
  // That a map which is not known has such an element, so that it is not nil, is a guess; a number is one in any case.
  if (o.t === 'map' && machine.info.underlying(i.type).kind !== 'basic') st.guess(i);
  if (o.t === 'map' && i.ok !== undefined) st.asksUnknownMap = true;
  const elems = o.t === 'slice' ? o.elems : [...o.entries.values()].map(([, e]) => e);
  for (const e of elems) st.open(e);
  const found = unknownElement(machine, st, o, i.type, i.site);
  const x = get(i.x);
  const at = get(i.i);
  // Who looks there again finds the same.
  if (o.t === 'map' && x instanceof Ref && i.ok === undefined && found instanceof Ref)
    st.edit<ObjectOf<'map'>>(x.id).entries = new Map(o.entries).set(keyOf(at), [at, found]);
  set(i.dst, found);
  if (i.ok !== undefined) set(i.ok, st.fresh());
}

/** The states in which a key is that of one of the entries of a map, of which all are known, and in which it is none. */
function eachEntry(step: Step, i: InstructionOf<'index'>, { entries }: ObjectOf<'map'>): State[] {
  const { st, g } = step;
  const at = step.get(i.i);
  const keys = [...entries.values()].map(([key]) => key);
  const isEqual = (s: State, key: Value, is: boolean): void => s.suppose(s.term(equalKey(key, at)), is);
  const found = [...entries.values()].map(([key, value]) => {
    const s = st.split();
    s.guess(i);
    for (const k of keys) isEqual(s, k, k === key);
    const frame = s.editFrame(s.editGoroutine(g.id));
    frame.regs[i.dst] = value;
    if (i.ok !== undefined) frame.regs[i.ok] = true;
    frame.pc++;
    return s;
  });
  const nothing = foundNothing(step, i);
  nothing.guess(i);
  for (const k of keys) isEqual(nothing, k, false);
  return [...found, nothing];
}

/** The state in which a map has no such element. */
function foundNothing({ machine, st, g }: Step, i: InstructionOf<'index'>): State {
  const s = st.split();
  const frame = s.editFrame(s.editGoroutine(g.id));
  frame.regs[i.dst] = zeroValue(machine.info, s, i.type, i.site);
  if (i.ok !== undefined) frame.regs[i.ok] = false;
  frame.pc++;
  return s;
}

/** A list of which it is only known that it has some elements. */
function atLeast(st: State, count: number, site: Site): Ref {
  const list = unknownSlice(st, site);
  const { length } = st.get(list.id) as ObjectOf<'slice'>;
  const isMore = length && binaryValue(st, '<', count - 1, length);
  if (isMore instanceof Sym) st.suppose(isMore, true);
  return list;
}
