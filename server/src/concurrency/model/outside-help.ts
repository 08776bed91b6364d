/**
 * Whether callers of a package's functions could wake goroutines that are stuck: each method that they can call is tried out on the
 * state in which these are. That a method names what they wait for is not enough: `Put` of a closed queue signals nobody.
 */
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncDecl, FuncNode } from '../../syntax/ast.ts';
import { advance, settleNew } from './effects.ts';
import type { ClientMethods, Method } from './client-methods.ts';
import { Machine } from './machine.ts';
import type { CodeSource } from './lowering.ts';
import { leftBehind } from './left-behind.ts';
import { type Live, liveGoroutines } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { unknownValue } from './memory.ts';
import { type HeapObject, type ObjectOf, Ref, type Site, Sym, type Value } from './values.ts';

/** Methods tried out in all, and what each may cost: who does more may help. */
const MAX_METHODS = 20;
/** States that their calls lead to. */
const MAX_CHANGES = 5;
const MAX_STATES = 40;
const MAX_STEPS = 1200;

/** States of one exploration that are looked at. */
const MAX_LOOKS = 8;

/** A method that a client calls. */
export interface Call {
  decl: FuncDecl;
  /** Nobody calls it twice: it ends the value, or goes round as long as that lives. */
  isOnce: boolean;
}

/** Tries out what callers may do in states of one exploration. */
export class OutsideHelp {
  private looks = 0;

  constructor(
    private readonly source: CodeSource,
    private readonly methods: ClientMethods,
    /** The methods that the client calls, in order. */
    private readonly calls: readonly Call[],
    /** Methods that take what nobody has got. */
    private readonly idle: readonly FuncDecl[] = [],
  ) {}

  /**
   * All goroutines that are blocked, when callers of the package know what they wait for, but nothing that they can do helps; none when
   * it might.
   *
   * @param live all goroutines, none of which can go on by itself unless a timer wakes it for nothing
   */
  beyond(st: State, live: readonly Live[], blocked: Pending[], explored: ReadonlySet<FuncNode>): Pending[] {
    if (this.looks >= MAX_LOOKS || leftBehind(st, live, blocked, undefined, explored).length < blocked.length)
      return [];
    this.looks++;
    return this.mayCome(st, new Set(blocked.map((p) => p.goroutine.id))) ? [] : blocked;
  }

  /** True unless it is sure that no method which callers can call, once or one after the other, lets one of some goroutines go on. */
  private mayCome(st: State, stuck: ReadonlySet<number>): boolean {
    const called = this.calledBy(st);
    let count = 0;
    const ids = [...st.heap.keys()].filter((id) => {
      const o = st.get(id);
      return o.t === 'struct' && o.open && this.methods.isOwn(o.type);
    });
    // What one call changes may matter to the next: ending a value once more changes nothing.
    const states = [st];
    for (const from of states)
      for (const id of ids) {
        const o = from.get(id);
        const methods = o.t === 'struct' ? this.methods.of(o.type) : undefined;
        if (!methods) return true;
        for (const method of methods) {
          if (called.includes(method.decl)) continue;
          const changed = ++count > MAX_METHODS ? undefined : this.changesBy(from, stuck, new Ref(id), method);
          if (!changed) return true;
          states.push(...changed);
          if (states.length > MAX_CHANGES) return true;
        }
      }
    return ids.length === 0;
  }

  /** What it is no use to call: what the client is in, what it has called by then and nobody calls twice, and what nobody can call. */
  private calledBy({ goroutines: [client] }: State): readonly FuncNode[] {
    const at = this.calls.findIndex((m) => client?.frames.some((f) => f.code.func === m.decl));
    const before = client?.status === 'done' ? this.calls : this.calls.slice(0, at + 1);
    return [...before.filter((m, n) => n === at || m.isOnce).map((m) => m.decl), ...this.idle];
  }

  /** True for a method that gives a channel or a function: what callers do with it is up to them. */
  private givesMeans(unit: DeclUnit, { type }: FuncDecl): boolean {
    const { types } = this.source.analysis;
    return type.results.some((r) => {
      const { kind } = types.underlying(types.resolve(unit, r.type));
      return kind === 'chan' || kind === 'func';
    });
  }

  /** The states after a call of a method that has changed something; undefined when it may let a goroutine go on, or does not come to its end. */
  private changesBy(from: State, stuck: ReadonlySet<number>, ref: Ref, { unit, decl }: Method): State[] | undefined {
    const code = this.source.code(unit, decl);
    if (!code || this.givesMeans(unit, decl)) return undefined;
    const machine = new Machine(this.source, false, false, MAX_STEPS);
    const first = from.fork();
    const site: Site = { unit, node: decl.name };
    const args = machine.info.signature(unit, decl.type).params.map((t) => unknownValue(machine.info, first, t, site));
    const caller = first.goroutines.length;
    machine.spawn(first, 0, site, { code, recv: ref }, args, true);
    const work = settleNew(machine, first, caller);
    const found: State[] = [];
    for (let n = 0, st = work.pop(); st; st = work.pop(), n++) {
      if (n >= MAX_STATES) return undefined;
      const live = liveGoroutines(machine, st);
      if (live.some((l) => l.options.length > 0 && stuck.has(l.p.goroutine.id))) return undefined;
      const callers = live.filter(({ p }) => p.goroutine.id >= caller);
      const steps = callers.flatMap(({ options }) => options);
      if (steps.length === 0 && hasChanged(from.heap, st)) {
        if (callers.length > 0) return undefined;
        found.push(st);
      }
      for (const step of steps) work.push(...advance(machine, st, step, 0, () => undefined));
    }
    return machine.cut || machine.exhausted ? undefined : found;
  }
}

/** True when something that was there before holds other values. Locks are let go of again. */
function hasChanged(before: readonly HeapObject[], { heap }: State): boolean {
  return before.some((o, id) => {
    const now = heap[id] as HeapObject;
    if (now === o || o.t === 'mutex') return false;
    if (o.t === 'atomic' && now.t === 'atomic') return !isSame(o.value, now.value);
    if (o.t === 'map' && now.t === 'map') return o.partial !== now.partial || !hasSame(o.entries, now.entries);
    if (o.t !== 'struct' || now.t !== 'struct') return true;
    return [...now.fields].some(([name, v]) => {
      const old = o.fields.get(name);
      return old === undefined ? !isZero(heap, v) : !isSame(old, v);
    });
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
