/** Calls and the start of goroutines. */
import { MAX_EXACT_FRAMES, MAX_FRAMES, MAX_GOROUTINES, MAX_RECURSION } from '../bounds.ts';
import { isErrorType, mayFail } from '../../../golang/types.ts';
import { type Code, type InstructionOf, lowered, type Reg } from '../instructions.ts';
import type { Callable } from '../callable.ts';
import { readFromOutside, unknownResult } from '../memory.ts';
import { methodCode } from '../method-code.ts';
import { syncEffect } from '../sync-effects.ts';
import type { State } from '../state.ts';
import { Cancel, Func, type Site, Sym, type Value } from '../values.ts';
import { type Outcome, panic, type Step } from './step.ts';

/** The frame that calls and its caller's. */
const MAX_FROM_RECOVERY = 2;

/** Executes a call or the start of a goroutine. */
export function callStep(step: Step, i: InstructionOf<'call' | 'invoke' | 'go'>): Outcome {
  const { machine, st, g, get } = step;
  switch (i.op) {
    case 'call':
    case 'invoke':
      return call(step, i);
    case 'go': {
      if (st.goroutines.filter((x) => x.status !== 'done').length >= MAX_GOROUTINES) return machine.giveUp();
      const target = callee(step, i);
      const args = i.args.map(get);
      if (!target) {
        for (const a of args) st.open(a);
        if (i.recv !== undefined) st.open(get(i.recv));
        if (i.fun !== undefined) st.open(get(i.fun));
      } else machine.spawn(st, g.id, i.site, target, args, i.spread);
      break;
    }
  }
  return undefined;
}

function call(step: Step, i: InstructionOf<'call' | 'invoke'>): Outcome {
  const { machine, st, g, f, regs, get, set } = step;
  const fun = i.op === 'call' && i.fun !== undefined ? get(i.fun) : undefined;
  if (fun === null) return panic(f);
  if (i.op === 'invoke') {
    const found = machine.method(st, regs[i.recv] as Value, i.method);
    if (found && !found.code) {
      const value = syncEffect(machine, st, g, found.recv, i.method, i.args.map(get), i.site);
      if (value === 'dead') return 'dead';
      set(i.dst, value);
      return undefined;
    }
  }
  const target = callee(
    step,
    i.op === 'call' ? { ...i, method: undefined } : { ...i, code: undefined, fun: undefined },
  );
  if (!target && i.op === 'invoke' && i.seenOnly) {
    set(i.dst, unknownResult(machine.info, st, i.type, i.site));
    return undefined;
  }
  const args = i.args.map(get);
  const depth = target ? g.frames.filter((x) => x.code === target.code).length : 0;
  if (!target || depth >= MAX_RECURSION || g.frames.length >= (machine.isTiny ? MAX_EXACT_FRAMES : MAX_FRAMES)) {
    if (target) machine.cut = true;
    const isOfClient = !target && isClients(step, i, fun);
    for (const a of args) st.open(a, isOfClient);
    for (const v of target?.env ?? []) st.open(v);
    if (i.recv !== undefined) st.open(regs[i.recv] as Value);
    if (fun !== undefined) st.open(fun);
    const results = unknownResult(machine.info, st, i.type, i.site);
    set(i.dst, results);
    // What a method of a value of others reads is up to whoever has made that.
    if (!target && i.op === 'invoke' && mayFail(i.type)) readFromOutside(st, results, true);
    // What a function gives that a client has given is up to that as well.
    else if (!target && fun instanceof Sym && st.origins.get(fun.id) === 'given' && !isErrorType(i.type))
      readFromOutside(st, results, mayFail(i.type));
    if (target || !i.mayPanic || !isPanicExpected(step)) return undefined;
    machine.expectsPanics = true;
    return machine.panics ? orPanic(step, i.site) : undefined;
  }
  machine.push(st, g, target, args, i.spread, i.dst, i.site);
  return undefined;
}

/**
 * True where the function that calls stops panics, or the one that has called it: it is written for code of others that panics. In a
 * program that is there as a whole that does not happen.
 */
function isPanicExpected({ machine, g }: Step): boolean {
  if (machine.exact) return false;
  return g.frames.slice(-MAX_FROM_RECOVERY).some(({ defers }) =>
    defers.some(({ code, fun }) => {
      const deferred = code ?? (fun instanceof Func ? fun.code : undefined);
      return deferred !== undefined && lowered(deferred).recovers;
    }),
  );
}

/** The state after a call that returns, and the one after the same call when it panics. */
function orPanic({ st, g, f }: Step, site: Site): State[] {
  f.pc++;
  const s = st.split();
  s.guesses++;
  s.events.push({ goroutine: g.id, site, kind: 'panic' });
  s.editFrame(s.editGoroutine(g.id)).panicking = true;
  return [st, s];
}

/** True for a function that a client has given, or a method of what it has, unless that may be a type of the package. */
function isClients({ st, get }: Step, i: InstructionOf<'call' | 'invoke'>, fun: Value | undefined): boolean {
  if (!st.keepsFunctions) return false;
  if (i.op === 'call') return fun instanceof Sym && st.origins.get(fun.id) === 'given';
  return get(i.recv) instanceof Sym && !i.site.unit.pkg.hasMethodNamed(i.method);
}

/** What a call, `go` or `defer` runs; undefined when it is not known. */
function callee(
  { machine, st, get }: Step,
  i: { code?: Code; fun?: Reg; recv?: Reg; method?: string; site: Site; args: Reg[] },
): Callable | undefined {
  const recv = i.recv === undefined ? undefined : get(i.recv);
  if (i.code) return { code: i.code, recv };
  if (i.method !== undefined) {
    const found = recv === undefined ? undefined : machine.method(st, recv, i.method);
    if (found?.code) return { code: found.code, recv: found.recv };
    return found ? { code: methodCode(i.site.unit, i.method, i.args.length), recv: found.recv } : undefined;
  }
  const fun = i.fun === undefined ? undefined : get(i.fun);
  if (fun instanceof Func) return { code: fun.code, env: fun.env, recv: fun.recv };
  if (fun instanceof Cancel) return { code: methodCode(i.site.unit, 'cancel', 0), recv: fun };
  return undefined;
}
