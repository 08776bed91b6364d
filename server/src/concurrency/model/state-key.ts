/**
 * A number that is equal for states that go on equally: objects and symbols are numbered in the order in which goroutines
 * lead to them, registers that are not read again and objects that nobody leads to are left out.
 */
import { codeId } from './code-ids.ts';
import { liveRegisters } from './liveness.ts';
import type { Term } from './constraints.ts';
import type { Deferred, Goroutine, State } from './state.ts';
import { symmetricOrder } from './symmetry.ts';
import { Cancel, Func, type HeapObject, Ref, Sym, type Value } from './values.ts';

const strings = new Map<string, number>();

function stringId(s: string): number {
  let n = strings.get(s);
  if (n === undefined) strings.set(s, (n = strings.size + 1));
  return n;
}

const sorted = new WeakMap<object, readonly string[]>();

/** Names of fields in an order that does not depend on when they were set. Tables of fields are shared by many states. */
function sortedKeys(fields: ReadonlyMap<string, unknown>): readonly string[] {
  let keys = sorted.get(fields);
  if (!keys) sorted.set(fields, (keys = [...fields.keys()].sort()));
  return keys;
}

/** The key of a state, and the symbols that can still be asked about. */
export function stateKey(state: State): { key: number; symbols: ReadonlyMap<number, number> } {
  const w = new Writer(state);
  return { key: w.write(), symbols: w.symbols };
}

const MIX_A = 0x01000193;
const MIX_B = 0x5bd1e995;

class Writer {
  /** Two hashes of 32 bits (FNV-1a and a multiplicative one): together 53 bits, so that different states practically never collide. */
  private a = 0x811c9dc5;
  private b = 0x2f0b4c47;
  private readonly objects = new Map<number, number>();
  private readonly queue: number[] = [];
  readonly symbols = new Map<number, number>();
  private readonly goroutines: readonly Goroutine[];
  /** Places of goroutines by id, where they are compared in another order than that of their start. */
  private readonly places: readonly number[] | undefined;

  constructor(private readonly state: State) {
    const { goroutines, places } = symmetricOrder(state);
    this.goroutines = goroutines;
    this.places = places;
  }

  write(): number {
    for (const g of this.goroutines) {
      if (g.status === 'done') {
        this.num(1);
        continue;
      }
      this.num(2);
      this.str(g.phase ?? '');
      if (g.callsUnseen) this.num(24);
      if (g.epilogue) {
        this.str(g.epilogue.kind);
        this.ref(g.epilogue.id);
      }
      for (const f of g.frames) {
        this.num(codeId(f.code));
        this.num(f.pc);
        if (f.panicking) this.num(3);
        if (f.recovering) this.num(23);
        if (f.turns) for (const [pc, n] of f.turns) this.num(pc * 8 + n);
        for (const r of liveRegisters(f.code, f.pc)) {
          this.num(r);
          this.value(f.regs[r] ?? null);
        }
        for (const d of f.defers) this.deferred(d);
      }
      this.num(4);
    }
    for (const [key, v] of this.state.globals.entries()) {
      this.str(key);
      this.value(v);
    }
    for (let i = 0; i < this.queue.length; i++) this.object(this.state.get(this.queue[i] as number));
    this.assumptions();
    return (this.a >>> 0) * 0x200000 + ((this.b >>> 0) & 0x1fffff);
  }

  private num(n: number): void {
    this.a = Math.imul(this.a ^ n, MIX_A);
    this.a ^= this.a >>> 15;
    this.b = Math.imul(this.b + n + 0x9e3779b9, MIX_B);
    this.b ^= this.b >>> 13;
  }

  private str(s: string): void {
    this.num(-stringId(s));
  }

  private place(goroutine: number | undefined): number {
    return goroutine === undefined ? -1 : (this.places?.[goroutine] ?? goroutine);
  }

  private placesOf(goroutines: readonly number[]): readonly number[] {
    return this.places && goroutines.length > 1
      ? goroutines.map((g) => this.place(g)).sort((a, b) => a - b)
      : goroutines.map((g) => this.place(g));
  }

  private deferred(d: Deferred): void {
    this.num(d.code ? codeId(d.code) : 5);
    this.str(d.method ?? '');
    this.num(d.site.node.start);
    this.value(d.fun);
    this.value(d.recv);
    for (const v of d.args) this.value(v);
  }

  private value(v: Value | undefined): void {
    switch (typeof v) {
      case 'undefined':
        return this.num(6);
      case 'number':
        this.num(7);
        return this.num(Number.isInteger(v) ? v : Math.round(v * 1024));
      case 'boolean':
        return this.num(v ? 8 : 9);
      case 'string':
        return this.str(v);
      default:
    }
    if (v === null) return this.num(10);
    if (v instanceof Ref) return this.ref(v.id);
    if (v instanceof Sym) {
      let n = this.symbols.get(v.id);
      if (n === undefined) this.symbols.set(v.id, (n = this.symbols.size));
      this.num(v.negated ? 11 : 12);
      this.num(n);
      // What it is computed from may get a size yet.
      if (v.expression) {
        this.value(v.expression.x);
        this.value(v.expression.y);
      }
      return;
    }
    if (v instanceof Func) {
      this.num(13);
      this.num(codeId(v.code));
      for (const e of v.env) this.value(e);
      return this.value(v.recv);
    }
    if (v instanceof Cancel) {
      this.num(14);
      return this.ref(v.context);
    }
    this.num(15);
    for (const e of v.values) this.value(e);
  }

  private ref(id: number): void {
    let n = this.objects.get(id);
    if (n === undefined) {
      this.objects.set(id, (n = this.objects.size));
      this.queue.push(id);
    }
    this.num(16);
    this.num(n);
  }

  private object(o: HeapObject): void {
    this.str(o.t);
    if (o.open) this.num(17);
    switch (o.t) {
      case 'cell':
        if (o.field) {
          this.ref(o.field.of);
          this.str(o.field.name);
        }
        return this.value(o.value);
      case 'atomic':
        return this.value(o.value);
      case 'struct':
        for (const name of sortedKeys(o.fields)) {
          this.str(name);
          this.value(o.fields.get(name));
        }
        if (o.unread) this.value(o.unread);
        return;
      case 'chan':
        this.num(o.capacity ?? -1);
        if (o.closed) this.num(18);
        this.str(o.timer ?? '');
        for (const v of o.buffer) this.value(v);
        if (o.context !== undefined) this.ref(o.context);
        return;
      case 'mutex':
        this.num(this.place(o.writer));
        for (const r of this.placesOf(o.readers)) this.num(r);
        return this.num(-2 - this.place(o.waiting));
      case 'waitgroup':
        return this.num(o.count ?? -1);
      case 'cond':
        this.value(o.locker);
        for (const w of o.waiters) this.num(this.place(w));
        return;
      case 'once':
        this.str(o.state);
        return this.num(this.place(o.runner));
      case 'context':
        if (o.mayFire) this.num(19);
        if (o.done !== undefined) this.ref(o.done);
        for (const c of o.children) this.ref(c);
        if (o.base !== undefined) this.ref(o.base);
        this.str(o.error ?? '');
        if (o.cause !== undefined) this.value(o.cause);
        for (const [key, v] of o.values ?? []) {
          this.str(key);
          this.value(v);
        }
        return;
      case 'group':
        this.num(o.active);
        this.num(o.limit ?? -1);
        if (o.context !== undefined) this.ref(o.context);
        return;
      case 'slice':
        this.value(o.length);
        for (const v of o.elems) this.value(v);
        if (o.back) this.ref(o.back.to);
        return;
      case 'map':
        if (o.partial) this.num(20);
        if (o.back) this.ref(o.back.to);
        for (const [, [k, v]] of o.entries) {
          this.value(k);
          this.value(v);
        }
        return;
    }
  }

  private assumptions(): void {
    const { facts, sizes, terms } = this.state;
    const operands = this.operands();
    for (const t of this.ordered([...terms.values()])) {
      const fact = facts.get(t.id);
      const size = sizes.get(t.id);
      if (fact === undefined && size === undefined && !this.symbols.has(t.id) && !operands.has(t.id)) continue;
      if (t.operands.length === 0 && fact === undefined && size === undefined) continue;
      this.str(t.shape);
      for (const x of t.operands) this.num(this.symbols.get(x) as number);
      this.num(this.symbols.get(t.id) ?? -1);
      if (fact !== undefined) this.num(fact ? 21 : 22);
      if (size !== undefined) this.num(30 + size);
      // What was assumed is not forgotten while it can be asked about again.
      if (!this.symbols.has(t.id)) this.symbols.set(t.id, this.symbols.size);
    }
    for (const [id, n] of this.symbols) {
      const fact = facts.get(id);
      if (fact !== undefined) this.num(n * 2 + (fact ? 1 : 0));
      const size = sizes.get(id);
      if (size !== undefined) this.num(-n * 64 - size);
    }
  }

  /**
   * The expressions over symbols that are still there: they keep their symbols, and what was assumed about them. Where goroutines are
   * compared in another order than that of their start, so are these; operands come before what is made of them.
   */
  private *ordered(terms: readonly Term[]): Iterable<Term> {
    const isThere = (t: Term): boolean => t.operands.every((x) => this.symbols.has(x));
    if (!this.places) {
      for (const t of terms) if (isThere(t)) yield t;
      return;
    }
    const number = (x: number): number => this.symbols.get(x) as number;
    for (let left = terms; ;) {
      const there = left.filter(isThere);
      if (there.length === 0) return;
      left = left.filter((t) => !isThere(t));
      const keys = new Map(there.map((t) => [t, [stringId(t.shape), ...t.operands.map(number)]]));
      yield* there.sort((a, b) => compare(keys.get(a) as number[], keys.get(b) as number[]));
    }
  }

  /** Symbols of which expressions are made that something was assumed about, as of `x.f` in `len(x.f)`. */
  private operands(): ReadonlySet<number> {
    const { facts, sizes, terms } = this.state;
    const found = new Set<number>();
    // Operands are older than what is made of them.
    for (const t of [...terms.values()].reverse()) {
      const isKnown = facts.get(t.id) !== undefined || sizes.get(t.id) !== undefined;
      if (isKnown || this.symbols.has(t.id) || found.has(t.id)) for (const x of t.operands) found.add(x);
    }
    return found;
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const n = a.findIndex((x, i) => x !== b[i]);
  return n < 0 ? 0 : (a[n] as number) - (b[n] ?? -1);
}
