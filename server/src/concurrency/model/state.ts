/** One state of the explored program: goroutines, heap, and what has been assumed about unknown values. */
import { isExported } from '../../golang/exported.ts';
import { arithmetic } from '../../golang/operators.ts';
import type { Term } from './constraints.ts';
import type { Decision } from './decisions.ts';
import type { Code, Instruction, Origin, Reg } from './instructions.ts';
import { handOutFunction } from './handles.ts';
import { isFreeChoice, isNoPanic } from './origins.ts';
import { Table } from './table.ts';
import {
  Cancel,
  Func,
  type HeapObject,
  type ObjectOf,
  Ref,
  type Site,
  type StructObject,
  Sym,
  pushSuccessors,
  Tuple,
  type Value,
} from './values.ts';

/** A call that runs when a function returns. */
export interface Deferred {
  code?: Code;
  fun?: Value;
  recv?: Value;
  method?: string;
  args: readonly Value[];
  spread: boolean;
  site: Site;
}

let calls = 0;

/** A call that is on its way. */
export class Frame {
  /** The same in all states in which it is this call. */
  id = ++calls;
  pc = 0;
  defers: readonly Deferred[] = [];
  /** Why the frame is left when its deferred calls have run. */
  panicking = false;
  /** A deferred call that stops a panic. */
  recovering = false;
  /** How often a loop whose condition is not known has gone round, by instruction. */
  turns: ReadonlyMap<number, number> | undefined;
  /** One of these loops asks for something else than what whoever called the function that is explored has chosen. */
  hasUnseenTurns = false;

  constructor(
    /** The state that may change it in place. */
    readonly stamp: number,
    readonly code: Code,
    readonly regs: Value[],
    /** Register of the caller that receives the result. */
    readonly dst: Reg | undefined,
    /** Where the call stands. */
    readonly call: Site | undefined,
  ) {}

  /** The same for the state with that stamp to change. */
  copy(stamp: number): Frame {
    const f = new Frame(stamp, this.code, this.regs.slice(), this.dst, this.call);
    f.id = this.id;
    f.pc = this.pc;
    f.defers = this.defers;
    f.panicking = this.panicking;
    f.recovering = this.recovering;
    f.turns = this.turns;
    f.hasUnseenTurns = this.hasUnseenTurns;
    return f;
  }
}

/** What a goroutine does when its function has returned, besides ending. */
export interface Epilogue {
  kind: 'waitgroup' | 'group';
  id: number;
}

export interface Goroutine {
  stamp: number;
  id: number;
  frames: Frame[];
  /** The `go` statement; undefined for the function that exploration starts with. */
  start?: Site;
  /** What it runs, and what it was given. */
  code?: Code;
  given?: readonly Value[];
  status: 'running' | 'done';
  /** Where it returned. */
  end?: Site;
  epilogue?: Epilogue;
  /** For `Cond.Wait`: it has let go of the lock, and been woken. */
  phase?: 'waiting' | 'woken';
  /** It has called code that is not seen and has functions of the program to call: that may have panicked. */
  callsUnseen?: boolean;
  /** How many of its frames, from the outermost on, have come to an operation. */
  acted?: number;
  /** When it goes on after it has slept, in nanoseconds of the model's clock. */
  wakes?: number;
}

/** One thing that happened. */
export interface Event {
  goroutine: number;
  site: Site;
  kind: string;
  /** The object concerned. */
  object?: number;
  partner?: number;
  /** The call that started a goroutine, or that has returned. */
  frame?: number;
  /** Code that is not seen has made it possible. */
  byUnseen?: boolean;
}

/** Symbols in the key of a term. */
const OPERANDS = /\?\d+/g;

const NOTHING = Table.empty<never, never>();

let stamps = 0;

export class State {
  stamp = ++stamps;
  heap: HeapObject[] = [];
  goroutines: Goroutine[] = [];
  /** Truth of boolean symbols. */
  facts: Table<number, boolean> = NOTHING;
  /** Sizes that symbols have been given. */
  sizes: Table<number, number> = NOTHING;
  /** Symbols of expressions over symbols. */
  terms: Table<string, Term> = NOTHING;
  globals: Table<string, Value> = NOTHING;
  /** Symbols of which more is known than their type. */
  origins: Table<number, Origin> = NOTHING;
  symbols = 0;
  /** Branches taken on what is not known. */
  guesses = 0;
  /** These, but for the ones that the world around decides: whether a call fails, what a client gives. */
  decided?: Decision;
  /** Calls into code that is not seen. */
  unseen = 0;
  /** The value whose methods are called was made without the help of its package. */
  clientMade = false;
  /** A test or program has woken up before others came to their end. */
  hurried = false;
  /** It was asked whether something is in a map of which not all is known. */
  asksUnknownMap = false;
  /** Unknown numbers decide how often loops go round. */
  boundsTried = false;
  /** Import path of the explored package. */
  home = '';
  /** Of that and those that are looked at together with it: who else uses their unexported fields is seen; and whether that is taken into account. */
  homes: ReadonlySet<string> = new Set();
  sealing = true;
  /** What callers do with functions that they get is tried out. */
  keepsFunctions = false;
  /** Values that have nothing to do with each other may still be equal: what callers do is of interest where it fits. */
  mayCoincide = false;
  /** Context switches away from goroutines that could have gone on. */
  preemptions = 0;
  /** How often a timer or a context that may end has done so. */
  fires = 0;
  depth = 0;
  /** Steps since `main` has come to its end. */
  lingers = 0;
  /** Nanoseconds of the model's clock (see `timing.ts`). */
  now = 0;
  parent?: State;
  /** What happened since the parent. */
  events: Event[] = [];
  /** The goroutine that ran last. */
  last = 0;
  /** The goroutine that runs. */
  running?: number;

  /** A copy that shares everything until it is changed. */
  fork(): State {
    const s = new State();
    s.heap = this.heap.slice();
    s.goroutines = this.goroutines.slice();
    s.facts = this.facts;
    s.sizes = this.sizes;
    s.terms = this.terms;
    s.globals = this.globals;
    s.symbols = this.symbols;
    s.boundsTried = this.boundsTried;
    s.origins = this.origins;
    s.unseen = this.unseen;
    s.guesses = this.guesses;
    s.decided = this.decided;
    s.clientMade = this.clientMade;
    s.hurried = this.hurried;
    s.asksUnknownMap = this.asksUnknownMap;
    s.home = this.home;
    s.homes = this.homes;
    s.sealing = this.sealing;
    s.keepsFunctions = this.keepsFunctions;
    s.mayCoincide = this.mayCoincide;
    s.preemptions = this.preemptions;
    s.fires = this.fires;
    s.depth = this.depth;
    s.lingers = this.lingers;
    s.now = this.now;
    s.parent = this.parent;
    s.events = this.events.slice();
    s.last = this.last;
    return s;
  }

  /** A copy; this one goes on as well, as another state, and shares everything until it is changed. */
  split(): State {
    const s = this.fork();
    this.stamp = ++stamps;
    return s;
  }

  /** A new state that follows this one. */
  next(goroutine: number): State {
    const s = this.fork();
    s.parent = this;
    s.events = [];
    s.depth++;
    s.last = goroutine;
    return s;
  }

  alloc(o: HeapObject): Ref {
    o.stamp = this.stamp;
    this.heap.push(o);
    return new Ref(this.heap.length - 1);
  }

  get(id: number): HeapObject {
    return this.heap[id] as HeapObject;
  }

  /** The object, when the value leads to one of that kind. */
  as<T extends HeapObject['t']>(v: Value | undefined, t: T): ObjectOf<T> | undefined {
    if (!(v instanceof Ref)) return undefined;
    const o = this.get(v.id);
    return o.t === t ? (o as ObjectOf<T>) : undefined;
  }

  /** The object to be changed. */
  edit<T extends HeapObject>(id: number): T {
    let o = this.get(id);
    if (o.stamp !== this.stamp) this.heap[id] = o = { ...o, stamp: this.stamp };
    return o as T;
  }

  /** The goroutine to be changed; for its frames see `editFrame`. */
  editGoroutine(id: number): Goroutine {
    let g = this.goroutines[id] as Goroutine;
    if (g.stamp !== this.stamp) {
      g = { ...g, stamp: this.stamp, frames: g.frames.slice() };
      this.goroutines[id] = g;
    }
    return g;
  }

  /** A frame to be changed, the innermost one unless another is asked for, of a goroutine that may be changed. */
  editFrame(g: Goroutine, n = g.frames.length - 1): Frame {
    let f = g.frames[n] as Frame;
    if (f.stamp !== this.stamp) g.frames[n] = f = f.copy(this.stamp);
    return f;
  }

  fresh(): Sym {
    return new Sym(this.symbols++);
  }

  /** An unknown length, or another number that may well be equal to one. */
  freshSize(): Sym {
    return new Sym(this.symbols++, false, undefined, true);
  }

  /** The symbol of an expression over symbols, written as `?id ` in the key: the same one for the same expression. */
  term(key: string, expression?: Sym['expression']): Sym {
    const known = this.terms.get(key);
    const isSize = key.startsWith('len(');
    if (known) return new Sym(known.id, false, expression, isSize);
    const s = new Sym(this.symbols++, false, expression, isSize);
    const operands: number[] = [];
    const shape = key.replace(OPERANDS, (x) => {
      operands.push(Number(x.slice(1)));
      return '?';
    });
    this.terms = this.terms.with(key, { id: s.id, shape, operands });
    return s;
  }

  /** Drops what is known about symbols that nobody can ask about any more. */
  forget(symbols: ReadonlyMap<number, number>): void {
    this.facts = this.facts.filter((id) => symbols.has(id));
    this.sizes = this.sizes.filter((id) => symbols.has(id));
    this.origins = this.origins.filter((id) => symbols.has(id));
    this.terms = this.terms.filter((_, t) => t.operands.every((x) => symbols.has(x)));
  }

  /** Takes one of two ways that are both possible. `at`: the instruction that asks. */
  assume(sym: Sym, value: boolean, at: Instruction): void {
    this.guesses++;
    // Nothing panics as a rule.
    const isUsual = value !== sym.negated && isNoPanic(this, sym.id);
    if (!isUsual && !isFreeChoice(this, sym.id)) this.decided = { at, value, before: this.decided };
    this.suppose(sym, value);
  }

  /** Takes for granted what need not be so. */
  guess(at: Instruction): void {
    this.guesses++;
    this.decided = { at, value: true, before: this.decided };
  }

  /** Notes what a boolean is. */
  suppose(sym: Sym, value: boolean): void {
    this.facts = this.facts.with(sym.id, sym.negated ? !value : value);
  }

  /** Notes where a symbol, or the error among several results, comes from. */
  setOrigin(v: Value, origin: Origin): void {
    const values = v instanceof Tuple ? (origin === 'input' ? v.values : v.values.slice(-1)) : [v];
    for (const x of values) if (x instanceof Sym) this.origins = this.origins.with(x.id, origin);
  }

  setSize(sym: Sym, size: number): void {
    this.sizes = this.sizes.with(sym.id, size);
  }

  /** The value with what is known about symbols filled in. */
  resolve(v: Value): Value {
    if (!(v instanceof Sym)) return v;
    const size = this.sizes.get(v.id);
    if (size !== undefined) return size;
    const fact = this.facts.get(v.id);
    if (fact !== undefined) return fact !== v.negated;
    const e = v.expression;
    if (!e) return v;
    const [x, y] = [this.resolve(e.x), this.resolve(e.y)];
    return typeof x === 'number' && typeof y === 'number' ? (arithmetic(e.op, x, y) ?? v) : v;
  }

  /** Sets a field of a struct, which other states may share. */
  setField(id: number, name: string, v: Value): void {
    const o = this.edit<StructObject>(id);
    o.fields = new Map(o.fields).set(name, v);
  }

  /** Everything a value leads to becomes open: unseen code has it. `handedOut`: to callers of the package, whose fields they cannot use. */
  open(v: Value, handedOut = false): void {
    const work: Value[] = [v];
    for (let x = work.pop(); x !== undefined; x = work.pop()) {
      if (x instanceof Func && handedOut && this.keepsFunctions) handOutFunction(this, x);
      else if (x instanceof Func) work.push(...x.env, ...(x.recv === undefined ? [] : [x.recv]));
      else if (x instanceof Tuple) work.push(...x.values);
      else if (x instanceof Cancel) work.push(new Ref(x.context));
      else if (x instanceof Ref) {
        const o = this.get(x.id);
        if (o.open && (handedOut || o.t !== 'struct' || !o.sealed)) continue;
        this.edit(x.id).open = true;
        if (o.t === 'cell' && o.field) this.setField(o.field.of, o.field.name, this.fresh());
        if (o.t === 'chan') this.edit<ObjectOf<'chan'>>(x.id).givenBy ??= this.running;
        if (o.t === 'struct') this.edit<StructObject>(x.id).sealed = handedOut;
        if (o.t === 'struct' && handedOut) {
          for (const [name, f] of o.fields) if (!isSealed(this, o, name)) work.push(f);
        } else pushSuccessors(o, work);
      }
    }
  }

  /** The instruction a goroutine is at. */
  at(g: Goroutine): Instruction | undefined {
    const f = g.frames.at(-1);
    return f?.code.instructions[f.pc];
  }
}

/** Anybody could take the lock of a value that embeds it, but its methods are there to do so. */
const EMBEDDED_LOCK = /^(?:RW)?Mutex$/;

/** True for a field that code outside the struct's package cannot use, or does not. */
export function isSealed(state: State, o: StructObject, field: string): boolean {
  return (
    state.sealing &&
    (!o.open || o.sealed === true) &&
    (!isExported(field) || EMBEDDED_LOCK.test(field)) &&
    o.type.kind === 'named' &&
    state.homes.has(o.type.pkg)
  );
}
