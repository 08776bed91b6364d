/** Values and what is computed from them. */
import type { Type } from '../../../golang/types.ts';
import { binaryValue, negate } from '../arithmetic.ts';
import { MAX_UNSEEN } from '../bounds.ts';
import { asserted, hasType, inInterface, isNamedBasic } from '../dynamic-types.ts';
import type { InstructionOf } from '../instructions.ts';
import { callKey, keyOf, equalKey, typeText } from '../keys.ts';
import {
  givenArgument,
  contentOf,
  copyValue,
  newError,
  readFromOutside,
  unknownResult,
  structOf,
  unknownValue,
  zeroValue,
} from '../memory.ts';
import { isPipeEnd } from '../pipe-code.ts';
import { forgetStream, isStream } from '../scanner-code.ts';
import { pureValue } from '../pure-functions.ts';
import { pureResults } from '../pure-results.ts';
import { reachable } from '../reach.ts';
import type { State } from '../state.ts';
import { Func, type ObjectOf, Ref, Sym, Tuple, type Value } from '../values.ts';
import { asError, isError } from './errors.ts';
import { type Outcome, panic, type Step } from './step.ts';

/** Executes an instruction that makes or computes a value. */
export function valueStep(
  step: Step,
  i: InstructionOf<
    | 'const'
    | 'unknown'
    | 'zero'
    | 'move'
    | 'copy'
    | 'named'
    | 'content'
    | 'structof'
    | 'closure'
    | 'iterator'
    | 'tuple'
    | 'pick'
    | 'unary'
    | 'binary'
    | 'choose'
    | 'assert'
    | 'error'
    | 'iserror'
    | 'aserror'
    | 'pure'
    | 'opaque'
    | 'recover'
  >,
): Outcome {
  const { machine, st, regs, get, set } = step;
  switch (i.op) {
    case 'const':
      set(i.dst, typeof i.value === 'string' && i.value.startsWith('const ') ? st.term(i.value) : i.value);
      break;
    case 'unknown': {
      set(i.dst, i.isGiven ? givenArgument(machine.info, st, i.type, i.site) : unknownFrom(step, i));
      break;
    }
    case 'zero':
      set(i.dst, zeroValue(machine.info, st, i.type, i.site));
      break;
    case 'move':
      set(i.dst, regs[i.src] as Value);
      break;
    case 'copy':
      set(i.dst, copyValue(machine.info, st, regs[i.src] as Value));
      break;
    case 'content': {
      const text = contentOf(machine.info, st, get(i.src));
      set(i.dst, text.includes('?') ? st.term(`key(${text})`) : text);
      break;
    }
    case 'structof':
      set(i.dst, structOf(machine.info, st, get(i.src), i.type, i.site));
      break;
    case 'named': {
      const v = get(i.src);
      if (v instanceof Func) set(i.dst, new Func(v.code, v.env, v.recv, i.type));
      else if (isNamedBasic(machine.info, i.type)) set(i.dst, inInterface(i.type, v));
      else {
        if (v instanceof Ref) nameObject(st, v, i.type);
        set(i.dst, v);
      }
      break;
    }
    case 'closure':
      set(
        i.dst,
        new Func(
          i.code,
          i.env.map((r) => regs[r] as Value),
          i.recv === undefined ? undefined : get(i.recv),
        ),
      );
      break;
    case 'iterator': {
      const x = get(i.x);
      set(i.dst, x instanceof Func ? x : new Func(i.over, [x]));
      break;
    }
    case 'tuple':
      set(i.dst, new Tuple(i.items.map(get)));
      break;
    case 'pick': {
      const t = get(i.tuple);
      if (t instanceof Tuple) set(i.dst, t.values[i.index] ?? null);
      else {
        // Of a call about which not even the types are known.
        const v = unknownValue(machine.info, st, i.type, i.site);
        if (i.isLast) st.setOrigin(v, 'outcome');
        set(i.dst, v);
      }
      break;
    }
    case 'unary': {
      const x = get(i.x);
      if (i.operator === '!') set(i.dst, negate(x));
      else if (i.operator === '-' && typeof x === 'number') set(i.dst, -x);
      else if (i.operator === 'trunc') set(i.dst, typeof x === 'number' ? Math.trunc(x) : x);
      else set(i.dst, x instanceof Sym ? st.term(`${i.operator}(?${x.id} )`) : i.operator === '+' ? x : st.fresh());
      break;
    }
    case 'binary': {
      const [x, y] = [get(i.x), get(i.y)];
      if (i.bound) {
        if (x instanceof Sym && typeof y === 'number') return machine.sizes(st, x);
        if (y instanceof Sym && typeof x === 'number') return machine.sizes(st, y);
      }
      if (y === 0 && (i.operator === '/' || i.operator === '%')) return panic(step.f);
      const v = binaryValue(st, i.operator, x, y, machine.wholeProgram);
      if (i.counts && typeof v === 'number' && i.operator === '+' && (x === 1 || y === 1) && machine.isFar(v))
        return machine.giveUp();
      set(i.dst, st.resolve(v));
      break;
    }
    case 'choose': {
      const [c, x, y] = [get(i.cond), get(i.x), get(i.y)];
      if (typeof c === 'boolean') set(i.dst, c ? x : y);
      else if (x === y) set(i.dst, x);
      else if (typeof x === 'boolean' && typeof y === 'boolean') set(i.dst, x ? c : negate(c));
      else set(i.dst, unknownValue(machine.info, st, i.type, i.site));
      break;
    }
    case 'assert': {
      const x = get(i.x);
      const known = hasType(machine.info, st, x, i.type);
      if (known === false && i.ok === undefined) return panic(step.f);
      if (i.ok !== undefined)
        set(i.ok, known ?? st.term(`is(${x instanceof Sym ? `?${x.id} ` : ''}${typeText(i.type)})`));
      const v = x instanceof Sym ? unknownValue(machine.info, st, i.type, i.site) : asserted(machine.info, x, i.type);
      if (v instanceof Sym && i.ok === undefined) st.assume(st.term(equalKey(v, null)), false, i);
      set(i.dst, v);
      break;
    }
    case 'error': {
      const elems = i.wraps.map(get);
      set(i.dst, newError(st, elems, i.site));
      break;
    }
    case 'iserror':
      set(
        i.dst,
        isError(machine.info, st, get(i.x), get(i.y)) ?? st.term(`is(${keyOf(get(i.x))} ,${keyOf(get(i.y))} )`),
      );
      break;
    case 'aserror':
      asErrorOf(step, i);
      break;
    case 'pure': {
      const args = i.args.map(get);
      if (i.type) {
        machine.hasStreams ||= i.name.includes('.New');
        const results = pureResults(st, i.name, args, i.site);
        set(i.dst, results === undefined ? unknownFrom(step, { ...i, type: i.type }) : results);
        break;
      }
      const isStable = args.every((a) => typeof a !== 'object' || (i.ofPlain && a instanceof Sym));
      set(i.dst, pureValue(i.name, args) ?? (isStable ? st.term(callKey(i.name, args)) : st.fresh()));
      break;
    }
    case 'opaque':
      // A program that hands its things to code that is not seen is not there as a whole.
      if (i.escapes && machine.wholeProgram && ++st.unseen > MAX_UNSEEN) return machine.giveUp();
      if (i.escapes) for (const a of i.args) st.open(get(a), i.handedOut);
      else for (const a of i.args) if (get(a) instanceof Func) st.open(get(a));
      // What it is given to call may panic, or have it panic.
      if (i.escapes && i.args.some((a) => get(a) instanceof Func)) step.g.callsUnseen = true;
      // It may read from pipes, or write to them.
      if (machine.hasStreams) loseStreams(st, i.args.map(get));
      set(i.dst, i.origin && machine.isTiny ? unknownFrom(step, i) : unknownResult(machine.info, st, i.type, i.site));
      if (i.reads) readFromOutside(st, get(i.dst), true);
      break;
    case 'recover':
      // Elsewhere code that is not seen may have panicked, but not where a function has come to its operations and to its end.
      if (!step.f.recovering && ((machine.exact && !step.g.callsUnseen) || hasActed(step))) set(i.dst, null);
      else {
        const v = st.fresh();
        // Since Go 1.21 even `panic(nil)` is told apart from no panic.
        if (step.f.recovering) st.suppose(st.term(equalKey(v, null)), false);
        else st.setOrigin(v, 'panic');
        set(i.dst, v);
      }
      break;
  }
  return undefined;
}

/** Notes the type of an object, or of what a pointer points to. */
function nameObject(st: State, { id }: Ref, type: Type): void {
  const { t } = st.get(id);
  if (t === 'cell') st.edit<ObjectOf<'cell'>>(id).type = type.kind === 'pointer' ? type.elem : type;
  else if (t === 'chan' || t === 'slice' || t === 'map') st.edit<ObjectOf<typeof t>>(id).type = type;
}

/** Code that is not seen may use the pipes and readers that it is given. */
function loseStreams(st: State, values: readonly Value[]): void {
  for (const id of reachable(st, values)) {
    const v = new Ref(id);
    if (isPipeEnd(st, v)) st.open(v);
    else if (isStream(st, v)) forgetStream(st, v);
  }
}

/** A value of which only the type is known, and perhaps where it comes from. */
function unknownFrom(
  { machine, st }: Step,
  { type, origin, site }: Pick<InstructionOf<'unknown' | 'opaque'>, 'type' | 'origin' | 'site'>,
): Value {
  const v = unknownValue(machine.info, st, type, site);
  if (origin && machine.isTiny) st.setOrigin(v, origin);
  return v;
}

/** Puts what `errors.As` finds into its target. */
function asErrorOf({ machine, st, get, set }: Step, i: InstructionOf<'aserror'>): void {
  const target = get(i.cell);
  const cell = st.as(target, 'cell');
  const found = cell && !cell.field ? asError(machine.info, st, get(i.x), i.type) : undefined;
  set(i.dst, found === undefined ? st.term(`as(${keyOf(get(i.x))} ,${typeText(i.type)})`) : found !== null);
  if (found === null) return;
  if (cell && target instanceof Ref && !cell.field)
    st.edit<ObjectOf<'cell'>>(target.id).value = found ?? unknownValue(machine.info, st, i.type, i.site);
  else st.open(target);
}

/** True when the function whose deferred call runs has come to an operation. */
function hasActed({ g }: Step): boolean {
  return (g.acted ?? 0) >= g.frames.length - 1;
}
