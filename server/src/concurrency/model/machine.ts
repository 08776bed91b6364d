/**
 * Runs goroutines on the instructions of the model. A goroutine runs on its own until it comes to an operation that
 * others can see (`settle`); which of those go on next is the explorer's choice.
 */
import { isErrorType, type Type } from '../../golang/types.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import { isExported } from '../../golang/exported.ts';
import { binaryValue, negate } from './arithmetic.ts';
import { type Code, type Instruction, lowered, type Reg } from './instructions.ts';
import { copyValue, unknownContext, unknownValue, zeroValue } from './memory.ts';
import { methodCode } from './method-code.ts';
import { pureValue } from './pure-functions.ts';
import { resolveMethod } from './methods.ts';
import { embeddedObject, isSharedOperation, syncEffect } from './sync-effects.ts';
import type { CodeSource } from './lowering.ts';
import { type Deferred, type Frame, type Goroutine, isSealed, type State } from './state.ts';
import { Cancel, Func, type ObjectOf, Ref, type Site, Sym, Tuple, type Value } from './values.ts';

/** Sizes that unknown numbers of things are tried with. Not 0: that nothing happens without workers or items is no news. */
const SIZES = [2, 1, 3];
/** Calls into unseen code that a program which is explored as a whole may make. */
const MAX_UNSEEN = 2;
/** Turns of a loop whose condition is not known. */
const MAX_TURNS = 3;
const MAX_FRAMES = 14;
const MAX_RECURSION = 3;
/** Instructions a goroutine may run without coming to an operation. */
const MAX_LOCAL = 3000;
/** Objects in one state. */
const MAX_OBJECTS = 1500;
/** States that may come out of one such run. */
const MAX_SPLITS = 24;
/** Numbers that counting leads to at most; the path is given up above. */
const MAX_COUNT = 40;
export const MAX_GOROUTINES = 12;

/** How a run of a goroutine went on, besides waiting. */
export class Machine {
  /** Set when a path was given up because a bound was met. */
  cut = false;
  /** Functions that have run. */
  readonly explored = new Set<FuncNode>();
  /** Instructions executed so far. */
  private steps = 0;
  private readonly info: TypeInfo;

  constructor(
    readonly source: CodeSource,
    /** Package variables hold what their initialisers say: nobody else runs. */
    readonly wholeProgram: boolean,
    /** Nothing is guessed: executions end where they depend on what is not known. */
    private readonly exact = wholeProgram,
    /** Instructions that may be executed in all. */
    private readonly maxSteps = 40_000,
  ) {
    this.info = source.analysis.types;
  }

  /** The state before the first instruction. */
  start(st: State, code: Code): void {
    const g: Goroutine = { stamp: st.stamp, id: 0, frames: [], status: 'running' };
    st.goroutines.push(g);
    const site: Site = { unit: code.unit, node: code.func ?? code.unit.decl };
    const frame = this.frame(code, undefined, site);
    const types = code.func ? this.parameterTypes(code) : [];
    if (code.recv !== undefined)
      frame.regs[code.recv] = unknownValue(this.info, st, this.receiverType(code), site, true);
    code.params.forEach((p, i) => {
      const v = unknownValue(this.info, st, types[i] ?? { kind: 'unknown' }, site, true);
      frame.regs[p] = v instanceof Sym ? new Sym(v.id, false, undefined, true) : v;
    });
    g.frames.push(frame);
  }

  private parameterTypes(code: Code): Type[] {
    const t = code.func && this.info.signature(code.unit, code.func.type);
    return t ? t.params : [];
  }

  private receiverType(code: Code): Type {
    const recv = code.func?.kind === 'FuncDecl' ? code.func.recv : undefined;
    return recv ? this.info.resolve(code.unit, recv.type) : { kind: 'unknown' };
  }

  private frame(code: Code, dst: Reg | undefined, call: Site | undefined): Frame {
    lowered(code);
    if (code.func) this.explored.add(code.func);
    return { code, pc: 0, regs: new Array<Value>(code.registers).fill(null), defers: [], dst, call };
  }

  /** Runs a goroutine up to its next operation; several states where it depends on what is not known. */
  settle(first: State, id: number): State[] {
    const out: State[] = [];
    const work = [first];
    let splits = 0;
    for (let st = work.pop(); st; st = work.pop()) {
      if (this.exhausted) return out;
      const more = this.run(st, id);
      if (more === 'dead') continue;
      if (more === 'waits') {
        out.push(st);
        continue;
      }
      splits += more.length;
      if (splits > MAX_SPLITS) {
        this.cut = true;
        continue;
      }
      work.push(...more.reverse());
    }
    return out;
  }

  private run(st: State, id: number): 'waits' | 'dead' | State[] {
    const g = st.editGoroutine(id);
    if (st.heap.length > MAX_OBJECTS) return this.giveUp();
    for (let n = 0; n < MAX_LOCAL; n++) {
      if (++this.steps > this.maxSteps) return this.giveUp();
      const f = g.frames.at(-1);
      if (!f) return 'waits';
      if (f.panicking) {
        if (!this.unwind(st, g, f)) return 'dead';
        continue;
      }
      const i = f.code.instructions[f.pc];
      if (!i) {
        this.leave(st, g, f, null, f.call);
        continue;
      }
      if (this.isOperation(st, f, i)) return 'waits';
      const result = this.step(st, g, f, i);
      if (result !== undefined) return result;
    }
    this.cut = true;
    return 'dead';
  }

  /** True for what other goroutines can see, so that it matters when it happens. */
  private isOperation(st: State, f: Frame, i: Instruction): boolean {
    switch (i.op) {
      case 'send':
      case 'recv':
      case 'close':
      case 'select':
        return true;
      case 'sync':
      case 'invoke':
        return isSharedOperation(st, f.regs[i.recv] as Value, i.method, (v, m) => this.method(st, v, m));
      case 'call':
        return i.fun !== undefined && f.regs[i.fun] instanceof Cancel;
      default:
        return false;
    }
  }

  private method(st: State, recv: Value, name: string): ReturnType<typeof resolveMethod> {
    return resolveMethod(this.source, st, recv, name);
  }

  /** One local instruction: undefined to go on. */
  private step(st: State, g: Goroutine, f: Frame, i: Instruction): 'dead' | State[] | undefined {
    const { regs } = f;
    const get = (r: Reg): Value => st.resolve(regs[r] as Value);
    const set = (r: Reg, v: Value): void => void (regs[r] = v);
    switch (i.op) {
      case 'const':
        set(i.dst, typeof i.value === 'string' && i.value.startsWith('const ') ? st.term(i.value) : i.value);
        break;
      case 'unknown':
        set(i.dst, unknownValue(this.info, st, i.type, i.site, true));
        break;
      case 'zero':
        set(i.dst, zeroValue(this.info, st, i.type, i.site));
        break;
      case 'client': {
        st.clientMade = true;
        const v = zeroValue(this.info, st, i.type, i.site);
        if (v instanceof Ref) {
          const o = st.edit<ObjectOf<'struct'>>(v.id);
          o.open = true;
          o.sealed = true;
        }
        set(i.dst, v);
        break;
      }
      case 'move':
        set(i.dst, regs[i.src] as Value);
        break;
      case 'copy':
        set(i.dst, copyValue(st, regs[i.src] as Value));
        break;
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
      case 'cell':
        set(
          i.dst,
          st.alloc({ t: 'cell', stamp: 0, open: false, value: i.src === undefined ? null : get(i.src), site: i.site }),
        );
        break;
      case 'load': {
        const c = st.as(get(i.cell), 'cell');
        // What others may change has any value.
        if (c) set(i.dst, c.open && !(c.value instanceof Ref) && !(c.value instanceof Func) ? st.fresh() : c.value);
        else set(i.dst, get(i.cell) instanceof Ref ? get(i.cell) : st.fresh());
        break;
      }
      case 'store': {
        const v = get(i.cell);
        const c = st.as(v, 'cell');
        if (c && v instanceof Ref) {
          st.edit<ObjectOf<'cell'>>(v.id).value = get(i.src);
          if (c.open) st.open(get(i.src));
        } else st.open(get(i.src));
        break;
      }
      case 'global':
        return this.global(st, g, f, i);
      case 'setglobal':
        st.globals = new Map(st.globals).set(i.key, get(i.src));
        if (!this.wholeProgram) st.open(get(i.src));
        break;
      case 'field':
        set(i.dst, this.readField(st, get(i.x), i.name, i.type, i.site));
        break;
      case 'setfield': {
        const x = get(i.x);
        const o = st.as(x, 'struct');
        if (o && x instanceof Ref) {
          st.edit<ObjectOf<'struct'>>(x.id).fields = new Map(o.fields).set(i.name, get(i.src));
          if (o.open && !isSealed(st, o, i.name)) st.open(get(i.src));
        } else if (x !== null) {
          const c = st.as(x, 'cond');
          if (c && x instanceof Ref && i.name === 'L') st.edit<ObjectOf<'cond'>>(x.id).locker = get(i.src);
          else st.open(get(i.src));
        } else return this.panic(f);
        break;
      }
      case 'forget': {
        const x = get(i.x);
        const o = st.as(x, 'struct');
        if (o && x instanceof Ref) {
          const old = o.fields.get(i.name);
          if (old !== undefined) st.open(old);
          st.edit<ObjectOf<'struct'>>(x.id).fields = new Map(o.fields).set(
            i.name,
            unknownValue(this.info, st, i.type, i.site, true),
          );
        }
        break;
      }
      case 'index':
        return this.index(st, f, i);
      case 'setindex': {
        const x = get(i.x);
        const o = x instanceof Ref ? st.get(x.id) : undefined;
        const at = get(i.i);
        const v = get(i.src);
        if (o?.t === 'map' && x instanceof Ref) {
          if (o.open) st.open(v);
          const m = st.edit<ObjectOf<'map'>>(x.id);
          m.entries = new Map(o.entries).set(keyOf(at), [at, v]);
        } else if (o?.t === 'slice' && x instanceof Ref && typeof at === 'number' && !o.length && at < o.elems.length) {
          st.edit<ObjectOf<'slice'>>(x.id).elems = o.elems.map((e, n) => (n === at ? v : e));
          if (o.open) st.open(v);
        } else {
          st.open(v);
          // It may be any of them.
          if (o?.t === 'slice' && x instanceof Ref && !o.length) {
            st.open(x);
            const slice = st.edit<ObjectOf<'slice'>>(x.id);
            slice.length = st.freshSize();
            st.setSize(slice.length, o.elems.length);
            slice.elems = [];
          }
        }
        break;
      }
      case 'delete': {
        const x = get(i.x);
        const m = st.as(x, 'map');
        if (m && x instanceof Ref) {
          const entries = new Map(m.entries);
          entries.delete(keyOf(get(i.i)));
          st.edit<ObjectOf<'map'>>(x.id).entries = entries;
        }
        break;
      }
      case 'append': {
        const x = get(i.x);
        const s = st.as(x, 'slice');
        const items = i.items.map(get);
        if ((s || x === null) && !s?.length && !i.spread)
          set(
            i.dst,
            st.alloc({
              t: 'slice',
              stamp: 0,
              open: false,
              elems: [...(s?.elems ?? []), ...items],
              elemType: i.type,
              site: i.site,
            }),
          );
        else if (i.spread && (s || x === null) && !s?.length) {
          const tail = items[0] === null ? { elems: [], length: undefined } : st.as(items[0], 'slice');
          if (tail && !tail.length)
            set(
              i.dst,
              st.alloc({
                t: 'slice',
                stamp: 0,
                open: false,
                elems: [...(s?.elems ?? []), ...tail.elems],
                elemType: i.type,
                site: i.site,
              }),
            );
          else set(i.dst, this.unknownSlice(st, i.type, i.site));
        } else {
          for (const v of items) st.open(v);
          set(i.dst, this.unknownSlice(st, i.type, i.site));
        }
        if (s && s.elems.length > MAX_COUNT) return this.giveUp();
        break;
      }
      case 'reslice': {
        const s = st.as(get(i.x), 'slice');
        const low = i.low === undefined ? 0 : get(i.low);
        const high = i.high === undefined ? s?.elems.length : get(i.high);
        if (s && !s.length && typeof low === 'number' && typeof high === 'number')
          set(i.dst, st.alloc({ ...s, elems: s.elems.slice(low, high), site: i.site }));
        else {
          st.open(get(i.x));
          set(i.dst, st.as(get(i.x), 'slice') ? this.unknownSlice(st, i.type, i.site) : st.fresh());
        }
        break;
      }
      case 'slice':
        set(
          i.dst,
          st.alloc({
            t: 'slice',
            stamp: 0,
            open: false,
            elems: i.items.map(get),
            elemType: i.type,
            type: i.named,
            site: i.site,
          }),
        );
        break;
      case 'makeslice': {
        const n = i.length === undefined ? 0 : get(i.length);
        if (n instanceof Sym) return this.sizes(st, n);
        if (typeof n === 'number' && n <= MAX_COUNT) {
          const elems = Array.from({ length: n }, () => zeroValue(this.info, st, i.type, i.site));
          set(i.dst, st.alloc({ t: 'slice', stamp: 0, open: false, elems, elemType: i.type, site: i.site }));
        } else set(i.dst, this.unknownSlice(st, i.type, i.site));
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
            elemType: i.type,
            type: i.named,
            site: i.site,
          }),
        );
        break;
      }
      case 'struct': {
        const fields = new Map(i.fields.map(([name, r]) => [name, get(r)]));
        set(i.dst, st.alloc({ t: 'struct', stamp: 0, open: false, type: i.type, fields, site: i.site }));
        break;
      }
      case 'len': {
        const x = get(i.x);
        const o = x instanceof Ref ? st.get(x.id) : undefined;
        if (x === null) set(i.dst, 0);
        else if (o?.t === 'slice') set(i.dst, o.length ?? o.elems.length);
        else if (o?.t === 'map') set(i.dst, o.partial ? st.term(lengthKey(x as Ref, o)) : o.entries.size);
        else if (o?.t === 'chan' && !o.open) set(i.dst, o.buffer.length);
        else set(i.dst, x instanceof Sym ? st.term(`len(?${x.id} )`) : st.fresh());
        break;
      }
      case 'unary': {
        const x = get(i.x);
        if (i.operator === '!') set(i.dst, negate(x));
        else if (i.operator === '-' && typeof x === 'number') set(i.dst, -x);
        else set(i.dst, x instanceof Sym ? st.term(`${i.operator}(?${x.id} )`) : i.operator === '+' ? x : st.fresh());
        break;
      }
      case 'binary': {
        const [x, y] = [get(i.x), get(i.y)];
        if (i.bound) {
          if (x instanceof Sym && typeof y === 'number') return this.sizes(st, x);
          if (y instanceof Sym && typeof x === 'number') return this.sizes(st, y);
        }
        const v = binaryValue(st, i.operator, x, y);
        if (typeof v === 'number' && v > MAX_COUNT && i.operator === '+' && (x === 1 || y === 1)) return this.giveUp();
        set(i.dst, st.resolve(v));
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
      case 'assert': {
        const x = get(i.x);
        const known = this.hasType(st, x, i.type);
        if (i.ok !== undefined)
          set(i.ok, known ?? st.term(`is(${x instanceof Sym ? `?${x.id} ` : ''}${typeText(i.type)})`));
        const v = x instanceof Sym ? unknownValue(this.info, st, i.type, i.site, true) : x;
        if (v instanceof Sym && i.ok === undefined) st.assume(st.term(nilTest(v)), false);
        set(i.dst, v);
        break;
      }
      case 'tuple':
        set(i.dst, new Tuple(i.items.map(get)));
        break;
      case 'pick': {
        const t = get(i.tuple);
        set(
          i.dst,
          t instanceof Tuple ? (t.values[i.index] ?? null) : unknownValue(this.info, st, i.type, i.site, true),
        );
        break;
      }
      case 'range':
        return this.range(st, f, i);
      case 'jump':
        f.pc = i.target;
        return undefined;
      case 'branch': {
        const c = get(i.cond);
        if (typeof c === 'boolean') {
          f.pc = c ? i.yes : i.no;
          return undefined;
        }
        const sym = c instanceof Sym ? c : st.fresh();
        // In a program that is there as a whole what happens is no guess: calls of unseen code go well, and where that does
        // not settle a branch nothing is said of what follows.
        if (this.exact) {
          const nil = st.errorTest(sym);
          if (nil === undefined) return this.giveUp();
          f.pc = nil !== sym.negated ? i.yes : i.no;
          return undefined;
        }
        const turns = i.loop ? (f.turns?.get(f.pc) ?? 0) : 0;
        return [true, false].flatMap((value) => {
          if (i.loop && turns >= MAX_TURNS && isBackward(f.code, f.pc, value ? i.yes : i.no)) return [];
          const s = st.fork();
          s.assume(sym, value);
          const top = s.editGoroutine(g.id).frames.at(-1) as Frame;
          if (i.loop) top.turns = new Map(top.turns).set(f.pc, turns + 1);
          top.pc = value ? i.yes : i.no;
          return [s];
        });
      }
      case 'choose':
        return i.targets.map((target) => {
          const s = st.fork();
          (s.editGoroutine(g.id).frames.at(-1) as Frame).pc = target;
          return s;
        });
      case 'call':
      case 'invoke':
        return this.call(st, g, f, i);
      case 'go': {
        if (st.goroutines.filter((x) => x.status !== 'done').length >= MAX_GOROUTINES) return this.giveUp();
        const target = this.callee(st, f, i);
        const args = i.args.map(get);
        if (!target) {
          for (const a of args) st.open(a);
          if (i.recv !== undefined) st.open(get(i.recv));
          if (i.fun !== undefined) st.open(get(i.fun));
        } else this.spawn(st, g.id, i.site, target, args, i.spread);
        break;
      }
      case 'defer': {
        const d: Deferred = {
          code: i.code,
          fun: i.fun === undefined ? undefined : get(i.fun),
          recv: i.recv === undefined ? undefined : get(i.recv),
          method: i.method,
          args: i.args.map(get),
          spread: i.spread,
          site: i.site,
        };
        const to = i.outermost ? (g.frames[0] as Frame) : f;
        to.defers = [...to.defers, d];
        if (to.defers.length > MAX_COUNT) return this.giveUp();
        break;
      }
      case 'error': {
        const elems = i.wraps.map(get);
        const value = st.alloc({ t: 'slice', stamp: 0, open: false, elems, site: i.site });
        set(i.dst, st.alloc({ t: 'cell', stamp: 0, open: false, value, site: i.site }));
        break;
      }
      case 'iserror':
        set(i.dst, isError(st, get(i.x), get(i.y)) ?? st.term(`is(${keyOf(get(i.x))} ,${keyOf(get(i.y))} )`));
        break;
      case 'pure': {
        const args = i.args.map(get);
        const v = pureValue(i.name, args);
        set(
          i.dst,
          v ?? (args.some((a) => typeof a === 'object') ? st.fresh() : st.term(`${i.name}(${args.map(keyOf).join()})`)),
        );
        break;
      }
      case 'opaque':
        // A program that hands its things to code that is not seen is not there as a whole.
        if (i.escapes && this.wholeProgram && ++st.unseen > MAX_UNSEEN) return this.giveUp();
        if (i.escapes) for (const a of i.args) st.open(get(a), i.handedOut);
        else for (const a of i.args) if (get(a) instanceof Func) st.open(get(a));
        set(i.dst, unknownValue(this.info, st, i.type, i.site, true));
        break;
      case 'rundefers': {
        const d = f.defers.at(-1);
        if (d) {
          f.defers = f.defers.slice(0, -1);
          this.runDeferred(st, g, d);
          return undefined;
        }
        break;
      }
      case 'return':
        this.leave(st, g, f, i.src === undefined ? null : get(i.src), i.site);
        return undefined;
      case 'panic':
        return this.panic(f);
      case 'recover':
        set(i.dst, st.fresh());
        break;
      case 'end':
        if (i.why === 'unsupported') this.cut = true;
        return 'dead';
      case 'makechan': {
        const n = i.size === undefined ? 0 : get(i.size);
        if (n instanceof Sym) return this.sizes(st, n);
        set(
          i.dst,
          st.alloc({
            t: 'chan',
            stamp: 0,
            open: false,
            capacity: typeof n === 'number' ? n : undefined,
            buffer: [],
            closed: false,
            site: i.site,
          }),
        );
        break;
      }
      case 'newcond':
        set(i.dst, st.alloc({ t: 'cond', stamp: 0, open: false, locker: get(i.locker), waiters: [], site: i.site }));
        break;
      case 'context':
        this.context(st, f, i);
        break;
      case 'ctxdone': {
        const c = st.as(get(i.x), 'context');
        set(i.dst, c ? (c.done === undefined ? null : new Ref(c.done)) : unknownDone(st, i.site));
        break;
      }
      case 'ctxerr': {
        const c = st.as(get(i.x), 'context');
        const done = c?.done === undefined ? undefined : (st.get(c.done) as ObjectOf<'chan'>);
        if (!c) set(i.dst, st.fresh());
        else if (done?.closed) set(i.dst, new Ref(done.context ?? 0));
        else set(i.dst, c.mayFire ? st.fresh() : null);
        break;
      }
      case 'group': {
        const ctx = this.derive(st, get(i.parent), false, i.site);
        const group = st.alloc({ t: 'group', stamp: 0, open: false, active: 0, context: ctx.id, site: i.site });
        set(i.dst, new Tuple([group, ctx]));
        break;
      }
      case 'timer': {
        const chan = st.alloc({
          t: 'chan',
          stamp: 0,
          open: false,
          capacity: 1,
          buffer: [],
          closed: false,
          timer: i.kind === 'ticker' || i.kind === 'tick' ? 'ticker' : 'once',
          site: i.site,
        });
        if (i.kind === 'after' || i.kind === 'tick') set(i.dst, chan);
        else {
          const type = i.type.kind === 'pointer' ? i.type.elem : i.type;
          set(
            i.dst,
            st.alloc({ t: 'struct', stamp: 0, open: false, type, fields: new Map([['C', chan]]), site: i.site }),
          );
        }
        break;
      }
      case 'afterfunc': {
        const fun = get(i.fun);
        if (st.goroutines.length >= MAX_GOROUTINES) return this.giveUp();
        if (fun instanceof Func)
          this.spawn(st, g.id, i.site, { code: fun.code, env: fun.env, recv: fun.recv }, [], false);
        else st.open(fun);
        set(i.dst, st.fresh());
        break;
      }
      case 'stoptimer': {
        const s = st.as(get(i.x), 'struct');
        const c = s?.fields.get('C');
        const chan = st.as(c, 'chan');
        if (chan && c instanceof Ref) {
          const ticker = s && typeText(s.type).endsWith('Ticker');
          st.edit<ObjectOf<'chan'>>(c.id).timer = i.again ? (ticker ? 'ticker' : 'once') : 'stopped';
        }
        set(i.dst, st.fresh());
        break;
      }
      case 'sync': {
        const n = i.method === 'Add' ? get(i.args[0] as Reg) : undefined;
        if (n instanceof Sym && isSize(st, n) && st.as(get(i.recv), 'waitgroup')) return this.sizes(st, n);
        const value = syncEffect(this, st, g, get(i.recv), i.method, i.args.map(get), i.site);
        if (value === 'dead') return 'dead';
        set(i.dst, value);
        break;
      }
      default:
        return this.giveUp();
    }
    f.pc++;
    return undefined;
  }

  /** No more work may be done. */
  get exhausted(): boolean {
    return this.steps > this.maxSteps;
  }

  giveUp(): 'dead' {
    this.cut = true;
    return 'dead';
  }

  private unknownSlice(st: State, elemType: Type, site: Site): Ref {
    return st.alloc({ t: 'slice', stamp: 0, open: true, elems: [], length: st.freshSize(), elemType, site });
  }

  /** The states in which a size has one of the values that are tried. */
  private sizes(st: State, sym: Sym): State[] {
    if (this.exact) {
      this.cut = true;
      return [];
    }
    const { expression } = sym;
    if (expression)
      for (const v of [expression.x, expression.y]) {
        const operand = st.resolve(v);
        if (operand instanceof Sym) return this.sizes(st, operand);
      }
    return SIZES.map((n) => {
      const s = st.fork();
      s.boundsTried = true;
      s.setSize(sym, n);
      return s;
    });
  }

  private panic(f: Frame): undefined {
    f.panicking = true;
    return undefined;
  }

  /** Runs what a panicking function has deferred; false when the panic ends the process. */
  private unwind(st: State, g: Goroutine, f: Frame): boolean {
    const d = f.defers.at(-1);
    if (!d) {
      g.frames.pop();
      const caller = g.frames.at(-1);
      if (!caller) return false;
      caller.panicking = true;
      return true;
    }
    f.defers = f.defers.slice(0, -1);
    const code = d.code ?? (d.fun instanceof Func ? d.fun.code : undefined);
    if (code && lowered(code).recovers) {
      // The other deferred calls run, then the function returns what its results hold.
      f.panicking = false;
      const end = f.code.instructions.findLastIndex((i) => i.op === 'rundefers');
      f.pc = end < 0 ? f.code.instructions.length : end;
    }
    this.runDeferred(st, g, d);
    return true;
  }

  private runDeferred(st: State, g: Goroutine, d: Deferred): void {
    if (d.method !== undefined) {
      const code = methodCode(d.site.unit, d.method, d.args.length);
      this.push(st, g, { code, recv: d.recv }, d.args, false, undefined, d.site);
    } else if (d.code) this.push(st, g, { code: d.code, recv: d.recv }, d.args, d.spread, undefined, d.site);
    else if (d.fun instanceof Func)
      this.push(st, g, { code: d.fun.code, env: d.fun.env, recv: d.fun.recv }, d.args, d.spread, undefined, d.site);
    else if (d.fun instanceof Cancel)
      this.push(st, g, { code: methodCode(d.site.unit, 'cancel', 0), recv: d.fun }, [], false, undefined, d.site);
    else for (const a of d.args) st.open(a);
  }

  private callee(
    st: State,
    f: Frame,
    i: { code?: Code; fun?: Reg; recv?: Reg; method?: string; site: Site; args: Reg[] },
  ): Callable | undefined {
    const recv = i.recv === undefined ? undefined : st.resolve(f.regs[i.recv] as Value);
    if (i.code) return { code: i.code, recv };
    if (i.method !== undefined) {
      const found = recv === undefined ? undefined : this.method(st, recv, i.method);
      if (found?.code) return { code: found.code, recv: found.recv };
      return found ? { code: methodCode(i.site.unit, i.method, i.args.length), recv: found.recv } : undefined;
    }
    const fun = i.fun === undefined ? undefined : st.resolve(f.regs[i.fun] as Value);
    if (fun instanceof Func) return { code: fun.code, env: fun.env, recv: fun.recv };
    if (fun instanceof Cancel) return { code: methodCode(i.site.unit, 'cancel', 0), recv: fun };
    return undefined;
  }

  private call(
    st: State,
    g: Goroutine,
    f: Frame,
    i: Extract<Instruction, { op: 'call' | 'invoke' }>,
  ): 'dead' | undefined {
    const fun = i.op === 'call' && i.fun !== undefined ? st.resolve(f.regs[i.fun] as Value) : undefined;
    if (fun === null) return this.panic(f) ?? undefined;
    if (i.op === 'invoke') {
      const found = this.method(st, f.regs[i.recv] as Value, i.method);
      if (found && !found.code) {
        const value = syncEffect(
          this,
          st,
          g,
          found.recv,
          i.method,
          i.args.map((r) => st.resolve(f.regs[r] as Value)),
          i.site,
        );
        if (value === 'dead') return 'dead';
        f.regs[i.dst] = value;
        f.pc++;
        return undefined;
      }
    }
    const target = this.callee(
      st,
      f,
      i.op === 'call' ? { ...i, method: undefined } : { ...i, code: undefined, fun: undefined },
    );
    const args = i.args.map((r) => st.resolve(f.regs[r] as Value));
    f.pc++;
    const depth = target ? g.frames.filter((x) => x.code === target.code).length : 0;
    if (!target || depth >= MAX_RECURSION || g.frames.length >= MAX_FRAMES) {
      if (target) this.cut = true;
      for (const a of args) st.open(a);
      for (const v of target?.env ?? []) st.open(v);
      if (i.recv !== undefined) st.open(f.regs[i.recv] as Value);
      if (fun !== undefined) st.open(fun);
      f.regs[i.dst] = unknownValue(this.info, st, i.type, i.site, true);
      return undefined;
    }
    this.push(st, g, target, args, i.spread, i.dst, i.site);
    return undefined;
  }

  push(
    st: State,
    g: Goroutine,
    t: Callable,
    args: readonly Value[],
    spread: boolean,
    dst: Reg | undefined,
    site: Site,
  ): void {
    const frame = this.frame(t.code, dst, site);
    if (t.code.recv !== undefined) frame.regs[t.code.recv] = t.recv ?? null;
    t.code.captures.forEach((r, n) => (frame.regs[r] = t.env?.[n] ?? null));
    t.code.params.forEach((r, n) => {
      const last = t.code.variadic && n === t.code.params.length - 1;
      if (last && !spread) frame.regs[r] = st.alloc({ t: 'slice', stamp: 0, open: false, elems: args.slice(n), site });
      else frame.regs[r] = args[n] ?? (n < args.length ? null : st.fresh());
    });
    g.frames.push(frame);
  }

  spawn(st: State, from: number, site: Site, t: Callable, args: readonly Value[], spread: boolean): Goroutine {
    const g: Goroutine = { stamp: st.stamp, id: st.goroutines.length, frames: [], status: 'running', start: site };
    st.goroutines.push(g);
    this.push(st, g, t, args, spread, undefined, site);
    st.events.push({ goroutine: from, site, kind: 'go', partner: g.id });
    return g;
  }

  private leave(st: State, g: Goroutine, f: Frame, value: Value, site: Site | undefined): void {
    g.frames.pop();
    const caller = g.frames.at(-1);
    if (caller) {
      if (f.dst !== undefined) caller.regs[f.dst] = value;
      return;
    }
    g.status = 'done';
    g.end = site;
    if (g.id === 0) st.open(value, true);
    const e = g.epilogue;
    if (e?.kind === 'waitgroup') {
      const w = st.edit<ObjectOf<'waitgroup'>>(e.id);
      if (w.count !== undefined) w.count--;
    } else if (e?.kind === 'group') {
      const group = st.edit<ObjectOf<'group'>>(e.id);
      group.active--;
      // A member that fails cancels the group's context.
      if (group.context !== undefined && value !== null) {
        if (value instanceof Sym) {
          const c = st.edit<ObjectOf<'context'>>(group.context);
          c.mayFire = true;
        } else cancelContext(st, group.context);
      }
    }
  }

  /** What a package variable holds. */
  private global(st: State, g: Goroutine, f: Frame, i: Extract<Instruction, { op: 'global' }>): undefined {
    const known = st.globals.get(i.key);
    if (known !== undefined) {
      f.regs[i.dst] = known;
      f.pc++;
      return undefined;
    }
    // An error that is compared with is always the same one.
    if (i.init && (this.wholeProgram || isErrorType(i.type))) {
      st.globals = new Map(st.globals).set(i.key, st.fresh());
      this.push(st, g, { code: i.init }, [], false, i.dst, i.site);
      return undefined;
    }
    const v = unknownValue(this.info, st, i.type, i.site, true);
    st.globals = new Map(st.globals).set(i.key, v);
    f.regs[i.dst] = v;
    f.pc++;
    return undefined;
  }

  readField(st: State, x: Value, name: string, type: Type, site: Site): Value {
    const o = st.as(x, 'struct');
    if (o && x instanceof Ref) {
      const known = o.fields.get(name);
      if (known !== undefined) return known;
      const isZero = !o.open || (o.sealed && !isExported(name));
      const v = isZero ? zeroValue(this.info, st, type, site) : unknownValue(this.info, st, type, site, true);
      const now = st.edit<ObjectOf<'struct'>>(x.id);
      now.fields = new Map(now.fields).set(name, v);
      return v;
    }
    const c = st.as(x, 'cond');
    if (c && name === 'L') return c.locker;
    const cell = st.as(x, 'cell');
    if (cell) return this.readField(st, cell.value, name, type, site);
    if (x instanceof Sym && !isReference(type)) return st.term(`.${name}(?${x.id} )`);
    return unknownValue(this.info, st, type, site, true);
  }

  private index(st: State, f: Frame, i: Extract<Instruction, { op: 'index' }>): undefined {
    const x = st.resolve(f.regs[i.x] as Value);
    const at = st.resolve(f.regs[i.i] as Value);
    const o = x instanceof Ref ? st.get(x.id) : undefined;
    let v: Value | undefined;
    let ok: Value = st.fresh();
    if (o?.t === 'map') {
      const found = o.entries.get(keyOf(at));
      const exact = !o.partial && !(at instanceof Sym) && ![...o.entries.values()].some(([k]) => k instanceof Sym);
      if (found) [v, ok] = [found[1], true];
      else if (exact) [v, ok] = [zeroValue(this.info, st, i.type, i.site), false];
    } else if (x === null) [v, ok] = [zeroValue(this.info, st, i.type, i.site), false];
    else if (o?.t === 'slice' && typeof at === 'number' && !o.length) {
      v = o.elems[at];
      if (v === undefined) {
        f.panicking = true;
        return undefined;
      }
    } else if (o?.t === 'slice' && o.elems.length === 1 && !o.length) v = o.elems[0];
    if (v === undefined && o && (o.t === 'slice' || o.t === 'map')) {
      // One of them, it is not known which.
      const elems = o.t === 'slice' ? o.elems : [...o.entries.values()].map(([, e]) => e);
      for (const e of elems) st.open(e);
    }
    f.regs[i.dst] = v === undefined ? unknownValue(this.info, st, i.type, i.site, true) : v;
    if (i.ok !== undefined) f.regs[i.ok] = ok;
    f.pc++;
    return undefined;
  }

  private range(st: State, f: Frame, i: Extract<Instruction, { op: 'range' }>): State[] | 'dead' | undefined {
    const x = st.resolve(f.regs[i.x] as Value);
    const at = f.regs[i.iter] as number;
    const o = x instanceof Ref ? st.get(x.id) : undefined;
    const take = (key: Value, value: Value): undefined => {
      if (i.key !== undefined) f.regs[i.key] = key;
      if (i.value !== undefined) f.regs[i.value] = value;
      f.regs[i.iter] = at + 1;
      f.pc = i.body;
      return undefined;
    };
    const stop = (): undefined => {
      f.pc = i.exit;
      return undefined;
    };
    if (x === null) return stop();
    if (at > MAX_COUNT) return this.giveUp();
    if (typeof x === 'number') return at < x ? take(at, null) : stop();
    if (o?.t === 'slice') {
      const length = o.length && st.resolve(o.length);
      if (length instanceof Sym) return this.sizes(st, length);
      const n = typeof length === 'number' ? length : o.elems.length;
      if (at >= n) return stop();
      let v = o.elems[at];
      if (v === undefined) {
        // The same one each time somebody looks.
        v = unknownValue(this.info, st, i.valueType, i.site, true);
        st.edit<ObjectOf<'slice'>>((x as Ref).id).elems = Object.assign([...o.elems], { [at]: v });
      }
      return take(at, v);
    }
    if (o?.t === 'map' && !o.partial) {
      const entry = [...o.entries.values()][at];
      return entry ? take(entry[0], entry[1]) : stop();
    }
    const count =
      o?.t === 'map' ? st.term(lengthKey(x as Ref, o)) : x instanceof Sym ? st.term(`len(?${x.id} )`) : st.fresh();
    const n = st.resolve(count);
    if (n instanceof Sym) return this.sizes(st, n);
    if (typeof n !== 'number' || at >= n) return stop();
    return take(o?.t === 'map' ? st.fresh() : at, unknownValue(this.info, st, i.valueType, i.site, true));
  }

  private context(st: State, f: Frame, i: Extract<Instruction, { op: 'context' }>): void {
    const parent = i.parent === undefined ? undefined : st.resolve(f.regs[i.parent] as Value);
    let v: Value;
    switch (i.kind) {
      case 'root':
      case 'detached':
        v = st.alloc({ t: 'context', stamp: 0, open: false, mayFire: false, children: [], site: i.site });
        break;
      case 'value':
        v = st.as(parent, 'context') ? (parent as Ref) : unknownContext(st, i.site);
        break;
      default: {
        const ctx = this.derive(st, parent, i.kind === 'deadline', i.site);
        v = new Tuple([ctx, new Cancel(ctx.id)]);
      }
    }
    f.regs[i.dst] = v;
  }

  /** A context that ends with its parent. */
  private derive(st: State, parent: Value | undefined, deadline: boolean, site: Site): Ref {
    const p = st.as(parent, 'context');
    const done = st.alloc({ t: 'chan', stamp: 0, open: false, capacity: 0, buffer: [], closed: false, site });
    const parentDone = p?.done === undefined ? undefined : (st.get(p.done) as ObjectOf<'chan'>);
    const ctx = st.alloc({
      t: 'context',
      stamp: 0,
      open: false,
      parent: p && parent instanceof Ref ? parent.id : undefined,
      done: done.id,
      mayFire: deadline || !p || p.mayFire,
      children: [],
      site,
    });
    const c = st.edit<ObjectOf<'chan'>>(done.id);
    c.context = ctx.id;
    c.closed = parentDone?.closed ?? false;
    if (p && parent instanceof Ref && p.done !== undefined) {
      const edited = st.edit<ObjectOf<'context'>>(parent.id);
      edited.children = [...edited.children, ctx.id];
    }
    return ctx;
  }

  /** Whether a value has a type; undefined when that is not known. */
  private hasType(st: State, x: Value, type: Type): boolean | undefined {
    if (x === null) return false;
    if (!(x instanceof Ref)) return undefined;
    const o = st.get(x.id);
    if (o.t !== 'struct' || o.type.kind !== 'named') return undefined;
    const t = type.kind === 'pointer' ? type.elem : type;
    if (t.kind !== 'named' || this.info.underlying(t).kind === 'interface') return undefined;
    return t.pkg === o.type.pkg && t.name === o.type.name;
  }

  /** Object that a sync method of a value works on: itself or a struct it embeds. */
  embedded(st: State, v: Value, method: string): Ref | undefined {
    return embeddedObject(st, v, method, (x, m) => this.method(st, x, m));
  }
}

export interface Callable {
  code: Code;
  env?: readonly Value[];
  recv?: Value;
}

/** Closes a context's channel and those of its descendants. */
export function cancelContext(st: State, id: number): void {
  const work = [id];
  for (let c = work.pop(); c !== undefined; c = work.pop()) {
    const ctx = st.get(c) as ObjectOf<'context'>;
    if (ctx.done === undefined) continue;
    if ((st.get(ctx.done) as ObjectOf<'chan'>).closed) continue;
    st.edit<ObjectOf<'chan'>>(ctx.done).closed = true;
    work.push(...ctx.children);
  }
}

/** True for a branch target from which a loop leads back to the branch. */
function isBackward(code: Code, pc: number, target: number): boolean {
  const end = code.instructions.findLastIndex((x, n) => n > pc && x.op === 'jump' && x.target <= pc);
  return end >= 0 && target <= end && target > pc;
}

/** `errors.Is`; undefined when it is not known. */
function isError(st: State, x: Value, y: Value, depth = 0): boolean | undefined {
  if (x === null || y === null) return x === y;
  if (x instanceof Sym && y instanceof Sym && x.id === y.id) return true;
  if (!(x instanceof Ref) || !(y instanceof Ref) || depth > 5) return undefined;
  if (x.id === y.id) return true;
  const wrapped = st.as(st.as(x, 'cell')?.value, 'slice');
  if (!wrapped) return undefined;
  const inner = wrapped.elems.map((e) => isError(st, e, y, depth + 1));
  if (inner.includes(true)) return true;
  return inner.includes(undefined) ? undefined : false;
}

function unknownDone(st: State, site: Site): Ref {
  return new Ref((st.get(unknownContext(st, site).id) as ObjectOf<'context'>).done as number);
}

/** True for a length, and for what is computed from one. */
function isSize(st: State, v: Value): boolean {
  const x = st.resolve(v);
  if (typeof x === 'number') return true;
  if (!(x instanceof Sym)) return false;
  return x.isSize || (x.expression !== undefined && isSize(st, x.expression.x) && isSize(st, x.expression.y));
}

/** Key of the length of a map of which not all entries are known. */
function lengthKey(ref: Ref, map: ObjectOf<'map'>): string {
  return `len(#${ref.id}+${map.entries.size})`;
}

/** Key of the comparison of a symbol with nil, as `arithmetic.ts` makes it. */
function nilTest(v: Sym): string {
  return `==(${['nil', `?${v.id} `].sort().join()})`;
}

function keyOf(v: Value): string {
  if (v instanceof Sym) return `?${v.id}`;
  if (v instanceof Ref) return `#${v.id}`;
  return JSON.stringify(v);
}

function typeText(t: Type): string {
  if (t.kind === 'pointer') return `*${typeText(t.elem)}`;
  return t.kind === 'named' ? `${t.pkg}.${t.name}` : t.kind;
}

function isReference(type: Type): boolean {
  return ['chan', 'pointer', 'slice', 'map', 'named', 'struct', 'func'].includes(type.kind);
}
