/** Jumps, branches and loops over things. */
import type { Stmt } from '../../../syntax/ast.ts';
import { MAX_TURNS } from '../bounds.ts';
import { asWithItems, fits } from '../constraints.ts';
import { type Code, type InstructionOf, lowerMore } from '../instructions.ts';
import { keyOf, lengthKey } from '../keys.ts';
import { givenValue } from '../memory.ts';
import { bytesOf } from '../pure-functions.ts';
import type { State } from '../state.ts';
import { unknownElement } from '../back-fields.ts';
import { type ObjectOf, Ref, Sym, Tuple, type Value } from '../values.ts';
import { isComputedFrom, isFromOutside, isSuccess } from '../origins.ts';
import type { Outcome, Step } from './step.ts';

/** Executes an instruction that says where to go on within a function. */
export function controlStep(step: Step, i: InstructionOf<'jump' | 'branch' | 'range' | 'end'>): Outcome {
  const { machine, st, g, f, get } = step;
  switch (i.op) {
    case 'jump':
      f.pc = i.target;
      return 'moved';
    case 'branch': {
      const c = get(i.cond);
      if (typeof c === 'boolean') {
        f.pc = c ? i.yes : i.no;
        return 'moved';
      }
      if (i.unsure !== undefined) {
        const way = c instanceof Sym ? asWithItems(st, c) : undefined;
        f.pc = way === undefined ? i.unsure : way ? i.yes : i.no;
        return 'moved';
      }
      const sym = c instanceof Sym ? c : st.fresh();
      // In a program that is there as a whole what happens is no guess: nothing is said of what follows.
      const isInput = machine.exact && isFromOutside(st, sym.id);
      if (machine.exact) {
        const [yes, no] = [endsAtOnce(f.code, i.yes), endsAtOnce(f.code, i.no)];
        // But it is meant to succeed.
        const meant = yes !== no ? no : isSuccess(st, sym.id) ? !sym.negated : undefined;
        if (meant === undefined && !isInput) return machine.giveUp();
        if (meant !== undefined) {
          st.suppose(sym, meant);
          f.pc = meant ? i.yes : i.no;
          return 'moved';
        }
      }
      const turns = i.loop ? (f.turns?.get(f.pc) ?? 0) : 0;
      return [true, false].flatMap((value) => {
        if (i.loop && turns >= MAX_TURNS && isBackward(f.code, f.pc, value ? i.yes : i.no)) return [];
        // Nobody else goes on from the state itself.
        const s = value ? st.split() : st;
        if (isInput) s.suppose(sym, value);
        else s.assume(sym, value, i);
        if (!fits(s, sym.id)) return [];
        const top = s.editFrame(s.editGoroutine(g.id));
        if (i.loop) {
          top.turns = new Map(top.turns).set(f.pc, turns + 1);
          top.hasUnseenTurns ||= !isComputedFrom(s, sym.id, machine.arguments);
        }
        top.pc = value ? i.yes : i.no;
        return [s];
      });
    }
    case 'range':
      return range(step, i);
    case 'end':
      if (i.why === 'unsupported') machine.cut = true;
      return 'dead';
  }
}

/** True when the program or test ends with what comes next: it reports that it failed. */
function endsAtOnce(code: Code, from: number): boolean {
  const { instructions } = code;
  for (let pc = from; pc < from + MAX_AHEAD; pc++) {
    while (pc >= instructions.length && !BRANCHES.has(code.upcoming?.kind) && lowerMore(code));
    const i = instructions[pc];
    if (i?.op === 'end') return i.why === 'exit';
    if (!i || STEPS_ASIDE.has(i.op)) return false;
  }
  return false;
}

/** Instructions looked at for the end of a program. */
const MAX_AHEAD = 20;
/** Statements that end nothing at once; to lower them is much work. */
const BRANCHES: ReadonlySet<Stmt['kind'] | undefined> = new Set([
  'IfStmt',
  'ForStmt',
  'RangeStmt',
  'SwitchStmt',
  'TypeSwitchStmt',
  'SelectStmt',
]);
/** Instructions after which something else comes next. */
const STEPS_ASIDE: ReadonlySet<string> = new Set(['jump', 'branch', 'range', 'select', 'return', 'panic']);

/** Goes round the loop once more, or leaves it. */
function range({ machine, st, f, regs, get }: Step, i: InstructionOf<'range'>): Outcome {
  const x = get(i.x);
  const iter = regs[i.iter] as number | Tuple;
  const at = typeof iter === 'number' ? iter : (iter.values[0] as number);
  const o = x instanceof Ref ? st.get(x.id) : undefined;
  const take = (key: Value, value: Value): Outcome => {
    if (i.key !== undefined) regs[i.key] = key;
    if (i.value !== undefined) regs[i.value] = value;
    const { [i.iter]: now } = regs;
    regs[i.iter] = now instanceof Tuple ? new Tuple([(now.values[0] as number) + 1, ...now.values.slice(1)]) : at + 1;
    f.pc = i.body;
    return 'moved';
  };
  const stop = (): Outcome => {
    f.pc = i.exit;
    return 'moved';
  };
  if (x === null) return stop();
  if (machine.isFar(at)) return machine.giveUp();
  if (i.isCount && x instanceof Sym) return machine.sizes(st, x);
  if (typeof x === 'number') return at < x ? take(at, null) : stop();
  const characters = bytesOf(x);
  if (characters) return at < characters.length ? take(at, characters[at] as number) : stop();
  if (o?.t === 'slice') {
    const length = o.length && st.resolve(o.length);
    if (length instanceof Sym) return machine.sizes(st, length);
    const n = typeof length === 'number' ? length : o.elems.length;
    if (at >= n) return stop();
    let v = o.elems[at];
    if (v === undefined) {
      // The same one each time somebody looks.
      v = unknownElement(machine, st, o, i.valueType, i.site);
      st.edit<ObjectOf<'slice'>>((x as Ref).id).elems = Object.assign([...o.elems], { [at]: v });
    }
    return take(at, v);
  }
  if (o?.t === 'map' && (!o.partial || o.entries.size > 0 || iter instanceof Tuple)) {
    // Entries may be deleted on the way.
    const keys = iter instanceof Tuple ? iter.values.slice(1) : [...o.entries.values()].map(([k]) => k);
    const next = keys.findIndex((k, n) => n >= at && o.entries.has(keyOf(k)));
    const entry = next < 0 ? undefined : o.entries.get(keyOf(keys[next] as Value));
    if (entry) {
      regs[i.iter] = new Tuple([next, ...keys]);
      return take(entry[0], entry[1]);
    }
    // Of the entries that are not known, one stands for all.
    if (!o.partial || at > keys.length) return stop();
    regs[i.iter] = new Tuple([keys.length, ...keys]);
    return take(unknownKey(st, o), unknownElement(machine, st, o, i.valueType, i.site));
  }
  const count =
    o?.t === 'map' ? st.term(lengthKey(x as Ref, o)) : x instanceof Sym ? st.term(`len(?${x.id} )`) : st.fresh();
  const n = st.resolve(count);
  if (n instanceof Sym) return machine.sizes(st, n);
  if (typeof n !== 'number' || at >= n) return stop();
  return take(o?.t === 'map' ? unknownKey(st, o) : at, unknownElement(machine, st, o, i.valueType, i.site));
}

function unknownKey(st: State, { given }: ObjectOf<'map'>): Value {
  return given ? givenValue(st, st.fresh(), 'element') : st.fresh();
}

/** True for a branch target from which a loop leads back to the branch. */
function isBackward(code: Code, pc: number, target: number): boolean {
  const end = code.instructions.findLastIndex((x, n) => n > pc && x.op === 'jump' && x.target <= pc);
  return end >= 0 && target <= end && target > pc;
}
