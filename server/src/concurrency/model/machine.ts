/**
 * Runs goroutines on the instructions of the model. A goroutine runs on its own until it comes to an operation that
 * others can see (`settle`); which of those go on next is the explorer's choice.
 */
import type { FuncNode } from '../../syntax/ast.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import type { Type } from '../../golang/types.ts';
import {
  MAX_COUNT,
  MAX_FOLLOWED,
  MAX_LOCAL,
  MAX_OBJECTS,
  MAX_SPLITS,
  MAX_STOPPED,
  MAX_VISIBLE_COUNT,
  SIZES,
} from './bounds.ts';
import type { Callable } from './callable.ts';
import { begun, type Code, type Instruction, lowerMore, type Reg } from './instructions.ts';
import type { CodeSource } from './lowering.ts';
import { slice, unknownValue } from './memory.ts';
import { resolveMethod } from './methods.ts';
import { Frame, type Goroutine, type State } from './state.ts';
import { callStep } from './steps/calls.ts';
import { collectionStep } from './steps/collections.ts';
import { controlStep } from './steps/control.ts';
import { memoryStep } from './steps/memory.ts';
import { isOperation } from './operations.ts';
import { contextStep } from './steps/contexts.ts';
import { leave, returnStep, unwind } from './steps/returns.ts';
import { oneStaying } from './ways-out.ts';
import type { Outcome, Step } from './steps/step.ts';
import { dueAfter } from './timing.ts';
import { syncStep } from './steps/sync.ts';
import { valueStep } from './steps/values.ts';
import { triedSizes } from './tried-sizes.ts';
import { embeddedObject } from './sync-effects.ts';
import { type Ref, type Site, Sym, type Value } from './values.ts';

/** A state in which the path was given up, and the goroutine that ran. */
interface Stopped {
  st: State;
  by: number;
}

/** Executes goroutines; keeps count of the work and of what was given up. */
export class Machine {
  /** Set when a path was given up because a bound was met. */
  cut = false;
  /** An `io.Pipe`, or a reader of known text, was made. */
  hasStreams = false;
  /** Numbers of things for which a buffer of fixed size has no room left, even when one of them is taken out. */
  readonly beyondRoom = new Set<number>();
  /** Larger buffers are made; they are given less room. */
  hasLargeRooms = false;
  smallRooms = false;
  /** Code of others is called where panics are stopped; it does panic. */
  expectsPanics = false;
  panics = false;
  /** Where there are too many ways up to the next operation, one is followed all the same. */
  followsOne = false;
  /** Sizes that are tried where one is not known. */
  usualSizes: readonly number[] = SIZES;
  /** A small program: it is followed where it depends on inputs, and where calls of the standard library may fail. */
  isTiny = false;
  /** A client of a type is run, that has made the value: nobody else has put anything into it. */
  isClient = false;
  /** Some of many beginnings are followed: what a made-up client calls is explored so often that it costs others too much. */
  samplesBeginnings = false;
  /** What the function that is explored first has been called with, where that is not known. */
  readonly arguments = new Set<number>();
  /** Functions that have run, and their code. */
  readonly explored = new Set<FuncNode>();
  readonly entered = new Set<Code>();
  /** States in which paths were given up. */
  private readonly stopped: Stopped[] = [];
  private gaveUp = false;
  /** Turns of a loop each of which comes to an operation. */
  maxTurns: number;
  /** Instructions executed so far, and since the last operation. */
  private steps = 0;
  private local = 0;
  readonly info: TypeInfo;

  constructor(
    readonly source: CodeSource,
    /** Package variables hold what their initialisers say: nobody else runs. */
    readonly wholeProgram: boolean,
    /** Nothing is guessed: executions end where they depend on what is not known. */
    readonly exact = wholeProgram,
    /** Instructions that may be executed in all. */
    private readonly maxSteps = 40_000,
  ) {
    this.info = source.analysis.types;
    this.maxTurns = MAX_VISIBLE_COUNT[wholeProgram ? 'program' : 'other'];
  }

  /** The state before the first instruction. */
  start(st: State, code: Code): void {
    const g: Goroutine = { stamp: st.stamp, id: 0, frames: [], status: 'running' };
    this.samplesBeginnings = code.func !== undefined;
    st.goroutines.push(g);
    const site: Site = { unit: code.unit, node: code.func ?? code.unit.decl };
    const frame = this.frame(st, code, undefined, site);
    const types = code.func ? this.parameterTypes(code) : [];
    if (code.recv !== undefined) frame.regs[code.recv] = unknownValue(this.info, st, this.receiverType(code), site);
    code.params.forEach((p, i) => {
      const v = unknownValue(this.info, st, types[i] ?? { kind: 'unknown' }, site);
      if (v instanceof Sym) this.arguments.add(v.id);
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

  private frame(st: State, code: Code, dst: Reg | undefined, call: Site | undefined): Frame {
    begun(code);
    this.entered.add(code);
    if (code.func) this.explored.add(code.func);
    return new Frame(st.stamp, code, new Array<Value>(code.registers).fill(null), dst, call);
  }

  /** Runs a goroutine up to its next operation; several states where it depends on what is not known. */
  settle(first: State, id: number): State[] {
    const out: State[] = [];
    const work = [first];
    let splits = 0;
    for (let st = work.pop(); st; st = work.pop()) {
      if (this.exhausted) return out;
      this.gaveUp = false;
      const more = this.run(st, id);
      if (more === 'dead') {
        if (this.gaveUp && this.wholeProgram && !this.exhausted && this.stopped.length < MAX_STOPPED)
          this.stopped.push({ st, by: id });
        continue;
      }
      if (more === 'waits') {
        out.push(st);
        continue;
      }
      splits += more.length;
      if (splits <= MAX_SPLITS) work.push(...more.reverse());
      else {
        this.cut = true;
        // Of too many ways one goes on, rather one that stays in the function.
        if (this.followsOne && splits <= MAX_FOLLOWED) work.push(...oneStaying(more, id));
      }
    }
    return out;
  }

  /** The states in which paths of a program were given up since somebody has asked last. */
  takeStopped(): Stopped[] {
    return this.stopped.splice(0);
  }

  /** True for a goroutine that has come to an operation, and has not ended. */
  isWaiting(st: State, g: Goroutine | undefined): boolean {
    const f = g?.frames.at(-1);
    const i = f?.code.instructions[f.pc];
    return f !== undefined && i !== undefined && !f.panicking && isOperation(this, st, f, i);
  }

  private run(st: State, id: number): 'waits' | 'dead' | State[] {
    const g = st.editGoroutine(id);
    st.running = id;
    if (st.heap.length > MAX_OBJECTS) return this.giveUp();
    const step = this.stepOf(st, g);
    for (this.local = 0; this.local < MAX_LOCAL; this.local++) {
      if (++this.steps > this.maxSteps) return this.giveUp();
      if (g.frames.length === 0) return 'waits';
      const f = st.editFrame(g);
      step.f = f;
      step.regs = f.regs;
      if (f.panicking) {
        if (!unwind(this, st, g, f)) return 'dead';
        continue;
      }
      const i = f.code.instructions[f.pc];
      // Registers come with the statements that need them.
      while (f.regs.length < f.code.registers) f.regs.push(null);
      if (!i) {
        if (lowerMore(f.code)) continue;
        leave(st, g, f, null, f.call);
        continue;
      }
      if (isOperation(this, st, f, i)) {
        if (i.op === 'pause') g.wakes = dueAfter(st, i.after === undefined ? undefined : step.get(i.after));
        return 'waits';
      }
      const outcome = this.step(step, i);
      if (outcome === undefined) f.pc++;
      else if (outcome !== 'moved') return outcome;
    }
    this.cut = true;
    return 'dead';
  }

  /** The method that a call by name comes to. */
  method(st: State, recv: Value, name: string): ReturnType<typeof resolveMethod> {
    return resolveMethod(this.source, st, recv, name);
  }

  /** What the instructions of a goroutine work on; `run` sets the frame for each of them. */
  private stepOf(st: State, g: Goroutine): Step {
    const step: Step = {
      machine: this,
      st,
      g,
      f: g.frames.at(-1) as Frame,
      regs: [],
      get: (r) => st.resolve(step.regs[r] as Value),
      set: (r, v) => void (step.regs[r] = v),
    };
    return step;
  }

  /** Executes an instruction that others cannot see. */
  private step(step: Step, i: Instruction): Outcome {
    switch (i.op) {
      case 'const':
      case 'unknown':
      case 'zero':
      case 'move':
      case 'copy':
      case 'named':
      case 'content':
      case 'structof':
      case 'closure':
      case 'iterator':
      case 'tuple':
      case 'pick':
      case 'unary':
      case 'binary':
      case 'choose':
      case 'assert':
      case 'error':
      case 'iserror':
      case 'aserror':
      case 'pure':
      case 'opaque':
      case 'recover':
        return valueStep(step, i);
      case 'cell':
      case 'load':
      case 'store':
      case 'overwrite':
      case 'global':
      case 'setglobal':
      case 'struct':
      case 'client':
      case 'field':
      case 'setfield':
      case 'fieldptr':
      case 'forget':
        return memoryStep(step, i);
      case 'slice':
      case 'makeslice':
      case 'append':
      case 'reslice':
      case 'map':
      case 'delete':
      case 'clear':
      case 'lose':
      case 'losefield':
      case 'copyto':
      case 'sort':
      case 'index':
      case 'setindex':
      case 'len':
      case 'cap':
        return collectionStep(step, i);
      case 'jump':
      case 'branch':
      case 'range':
      case 'end':
        return controlStep(step, i);
      case 'call':
      case 'invoke':
      case 'go':
        return callStep(step, i);
      case 'defer':
      case 'rundefers':
      case 'return':
      case 'panic':
        return returnStep(step, i);
      case 'context':
      case 'ctxdone':
      case 'ctxwith':
      case 'ctxvalue':
      case 'ctxerr':
      case 'group':
      case 'timer':
      case 'afterfunc':
      case 'stoptimer':
        return contextStep(step, i);
      case 'pause':
        return undefined;
      case 'makechan':
      case 'newcond':
      case 'fillup':
      case 'over':
      case 'pipe':
      case 'sync':
        return syncStep(step, i);
      default:
        return this.giveUp();
    }
  }

  /** Instructions executed so far. */
  get executed(): number {
    return this.steps;
  }

  /** No more work may be done. */
  get exhausted(): boolean {
    return this.steps > this.maxSteps;
  }

  /** True when counting has come too far for what happens on the way. */
  isFar(count: number): boolean {
    return count > (this.local < count ? this.maxTurns : MAX_COUNT);
  }

  /** Ends the path: a bound was met. */
  giveUp(): 'dead' {
    this.cut = true;
    this.gaveUp = true;
    return 'dead';
  }

  /** The states in which a size has one of the values that are tried; see `triedSizes`. */
  sizes(st: State, sym: Sym, values = this.usualSizes): State[] {
    if (!this.exact) return triedSizes(st, sym, [...values, ...this.beyondRoom]);
    this.cut = true;
    return [];
  }

  /** Calls a function. `dst`: the register of the caller that takes the result. */
  push(
    st: State,
    g: Goroutine,
    t: Callable,
    args: readonly Value[],
    spread: boolean,
    dst: Reg | undefined,
    site: Site,
  ): void {
    const frame = this.frame(st, t.code, dst, site);
    if (t.code.recv !== undefined) frame.regs[t.code.recv] = t.recv ?? null;
    t.code.captures.forEach((r, n) => (frame.regs[r] = t.env?.[n] ?? null));
    t.code.params.forEach((r, n) => {
      const last = t.code.variadic && n === t.code.params.length - 1;
      if (last && !spread) frame.regs[r] = slice(st, { elems: args.slice(n), site });
      else frame.regs[r] = args[n] ?? (n < args.length ? null : st.fresh());
    });
    g.frames.push(frame);
  }

  /** Starts a goroutine. */
  spawn(st: State, from: number, site: Site, t: Callable, args: readonly Value[], spread: boolean): Goroutine {
    const g: Goroutine = {
      stamp: st.stamp,
      id: st.goroutines.length,
      frames: [],
      status: 'running',
      start: site,
      code: t.code,
      given: [...args, ...(t.env ?? []), t.recv ?? null],
    };
    const frame = st.goroutines[from]?.frames.findLast((f) => f.code.func)?.id;
    st.goroutines.push(g);
    this.push(st, g, t, args, spread, undefined, site);
    st.events.push({ goroutine: from, site, kind: 'go', partner: g.id, frame });
    return g;
  }

  /** Object that a sync method of a value works on: itself or a struct it embeds. */
  embedded(st: State, v: Value, method: string): Ref | undefined {
    return embeddedObject(st, v, method, (x, m) => this.method(st, x, m));
  }
}
