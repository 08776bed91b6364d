/** Variables and fields. */
import { isExported } from '../../../golang/exported.ts';
import { isErrorType, type Type } from '../../../golang/types.ts';
import { linkBack } from '../back-fields.ts';
import type { InstructionOf } from '../instructions.ts';
import type { Machine } from '../machine.ts';
import { cellValue, sentinel, unknownValue, zeroValue } from '../memory.ts';
import { isSealed, type State } from '../state.ts';
import { Func, type ObjectOf, Ref, type Site, Sym, type Value } from '../values.ts';
import { type Outcome, panic, type Step } from './step.ts';

/** Executes an instruction on variables and on fields of structs. */
export function memoryStep(
  step: Step,
  i: InstructionOf<
    | 'cell'
    | 'load'
    | 'store'
    | 'overwrite'
    | 'global'
    | 'setglobal'
    | 'struct'
    | 'client'
    | 'field'
    | 'setfield'
    | 'fieldptr'
    | 'forget'
  >,
): Outcome {
  const { machine, st, f, regs, get, set } = step;
  switch (i.op) {
    case 'cell':
      set(
        i.dst,
        st.alloc({ t: 'cell', stamp: 0, open: false, value: i.src === undefined ? null : get(i.src), site: i.site }),
      );
      break;
    case 'load':
      set(i.dst, load(step, i));
      break;
    case 'store': {
      const v = get(i.cell);
      const c = st.as(v, 'cell');
      if (c?.field) {
        const { of, name } = c.field;
        const owner = st.get(of) as ObjectOf<'struct'>;
        st.setField(of, name, get(i.src));
        if (c.open || (owner.open && !isSealed(st, owner, name))) st.open(get(i.src));
      } else if (c && v instanceof Ref) {
        st.edit<ObjectOf<'cell'>>(v.id).value = get(i.src);
        if (c.open) st.open(get(i.src));
      } else st.open(get(i.src));
      break;
    }
    case 'overwrite': {
      const to = regs[i.dst] as Value;
      const from = regs[i.src] as Value;
      if (to instanceof Ref && from instanceof Ref) {
        const { open, t } = st.get(to.id);
        const o = st.get(from.id);
        if (o.t === t) {
          st.edit(to.id);
          st.heap[to.id] = { ...o, stamp: st.stamp, open };
          if (open) st.open(from);
        }
      }
      break;
    }
    case 'global':
      return global(step, i);
    case 'setglobal':
      st.globals = st.globals.with(i.key, get(i.src));
      if (!machine.wholeProgram) st.open(get(i.src));
      break;
    case 'struct': {
      const fields = new Map(i.fields.map(([name, r]) => [name, get(r)]));
      set(i.dst, st.alloc({ t: 'struct', stamp: 0, open: false, type: i.type, fields, site: i.site }));
      break;
    }
    case 'client': {
      st.clientMade = true;
      const v = zeroValue(machine.info, st, i.type, i.site);
      if (v instanceof Ref && st.get(v.id).t === 'struct') {
        const o = st.edit<ObjectOf<'struct'>>(v.id);
        o.open = true;
        o.sealed = true;
        o.given = true;
        o.fields = new Map([...o.fields, ...i.fields.map(([name, r]): [string, Value] => [name, get(r)])]);
      }
      set(i.dst, v);
      break;
    }
    case 'field':
      if (get(i.x) === null && !i.isUnseen) return panic(f);
      set(i.dst, (i.isUnseen ? unseenField : readField)(machine, st, get(i.x), i.name, i.type, i.site));
      break;
    case 'setfield': {
      const x = get(i.x);
      const o = st.as(x, 'struct');
      if (o && x instanceof Ref) {
        st.setField(x.id, i.name, get(i.src));
        // A function that others find in a field is called by them, no more.
        const src = get(i.src);
        if (o.open && !isSealed(st, o, i.name)) st.open(src, st.keepsFunctions && src instanceof Func);
      } else if (x !== null) {
        const c = st.as(x, 'cond');
        if (c && x instanceof Ref && i.name === 'L') st.edit<ObjectOf<'cond'>>(x.id).locker = get(i.src);
        else st.open(get(i.src));
      } else return panic(f);
      break;
    }
    case 'fieldptr': {
      const x = get(i.x);
      if (x === null) return panic(f);
      const field = st.as(x, 'struct') && x instanceof Ref ? { of: x.id, name: i.name, type: i.type } : undefined;
      set(i.dst, field ? st.alloc({ t: 'cell', stamp: 0, open: false, value: null, field, site: i.site }) : st.fresh());
      break;
    }
    case 'forget': {
      const x = get(i.x);
      const o = st.as(x, 'struct');
      if (o && x instanceof Ref) {
        const old = o.fields.get(i.name);
        if (old !== undefined) st.open(old);
        st.setField(x.id, i.name, unknownValue(machine.info, st, i.type, i.site));
      }
      break;
    }
  }
  return undefined;
}

/** What a cell holds. What others may change has any value. */
function load({ machine, st, get }: Step, i: InstructionOf<'load'>): Value {
  const cell = get(i.cell);
  const c = st.as(cell, 'cell');
  if (!c) return cell instanceof Ref ? cell : st.fresh();
  if (c.field) return cellValue(machine.info, st, c, i.site);
  if (!c.open || c.value instanceof Ref || c.value instanceof Func) return c.value;
  if (!i.type || c.value !== null || !(cell instanceof Ref)) return st.fresh();
  // How many there are is not known, but the same whenever somebody looks.
  const many = unknownValue(machine.info, st, i.type, i.site);
  st.edit<ObjectOf<'cell'>>(cell.id).value = many;
  return many;
}

/** What a package variable holds. */
function global({ machine, st, g, set }: Step, i: InstructionOf<'global'>): Outcome {
  const known = st.globals.get(i.key);
  if (known !== undefined) {
    set(i.dst, known);
    return undefined;
  }
  // An error that is compared with is always the same one.
  if (i.init && (machine.wholeProgram || isErrorType(i.type))) {
    st.globals = st.globals.with(i.key, st.fresh());
    machine.push(st, g, { code: i.init }, [], false, i.dst, i.site);
    return 'moved';
  }
  if (i.isSentinel) {
    set(i.dst, sentinel(st, i.key, i.site));
    return undefined;
  }
  const v = chosen(unknownValue(machine.info, st, i.type, i.site));
  st.globals = st.globals.with(i.key, v);
  set(i.dst, v);
  return undefined;
}

/** A number in a package variable or a field is one that somebody has chosen: any of them will do. */
function chosen(v: Value): Value {
  return v instanceof Sym ? new Sym(v.id, false, undefined, true) : v;
}

/** What a field holds, from now on. */
function readField(machine: Machine, st: State, x: Value, name: string, type: Type, site: Site): Value {
  const o = st.as(x, 'struct');
  if (o && x instanceof Ref) {
    const known = o.fields.get(name);
    if (known !== undefined) return known;
    const isZero = !o.open || (o.sealed && !isExported(name));
    const v = isZero ? zeroValue(machine.info, st, type, site) : unreadField(machine, st, o, name, type, site);
    st.setField(x.id, name, v);
    if (!isZero) linkBack(machine, st, x, name, v);
    return v;
  }
  const c = st.as(x, 'cond');
  if (c && name === 'L') return c.locker;
  const cell = st.as(x, 'cell');
  if (cell) return readField(machine, st, cell.value, name, type, site);
  return unseenField(machine, st, x, name, type, site);
}

/** True for a field that a client can set, or that comes with a value of another package which it has. */
function isForClients({ home }: State, { type }: ObjectOf<'struct'>, name: string): boolean {
  return isExported(name) || (type.kind === 'named' && type.pkg !== home);
}

/** What a field holds of a struct about which nothing is known. */
function unreadField(machine: Machine, st: State, o: ObjectOf<'struct'>, name: string, type: Type, site: Site): Value {
  const v = unknownValue(machine.info, st, type, site);
  const same = o.unread && st.term(`.${name}(?${o.unread.id} )`);
  if (v instanceof Sym) {
    if (o.given && !same && isForClients(st, o, name)) st.setOrigin(v, 'given');
    return chosen(same ?? v);
  }
  if (v instanceof Ref && st.get(v.id).t === 'struct') {
    const inner = st.edit<ObjectOf<'struct'>>(v.id);
    inner.given = o.given;
    inner.unread = same;
  }
  return v;
}

/** A field of a type that is not seen: not known, but the same whenever somebody looks. */
function unseenField(machine: Machine, st: State, x: Value, name: string, type: Type, site: Site): Value {
  if (x instanceof Sym && !isReference(type)) return st.term(`.${name}(?${x.id} )`);
  return unknownValue(machine.info, st, type, site);
}

/** True for types whose values are references, or may be. */
function isReference(type: Type): boolean {
  return ['chan', 'pointer', 'slice', 'map', 'named', 'struct', 'func'].includes(type.kind);
}
