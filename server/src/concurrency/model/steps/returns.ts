/** Ways out of a function: deferred calls, returns, panics. */
import { MAX_COUNT } from '../bounds.ts';
import { cancelContext } from '../contexts.ts';
import { type Code, type InstructionOf, lowered } from '../instructions.ts';
import type { Machine } from '../machine.ts';
import { methodCode } from '../method-code.ts';
import type { Deferred, Frame, Goroutine, State } from '../state.ts';
import { Cancel, Func, type ObjectOf, type Site, Sym, type Value } from '../values.ts';
import { type Outcome, panic, type Step } from './step.ts';

/** Executes a way out of a function, or adds to what happens there. */
export function returnStep(step: Step, i: InstructionOf<'defer' | 'rundefers' | 'return' | 'panic'>): Outcome {
  const { machine, st, g, f, get } = step;
  switch (i.op) {
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
      const to = i.outermost ? st.editFrame(g, 0) : i.of ? frameOf(st, g, i.of) : f;
      if (!to) return machine.giveUp();
      to.defers = [...to.defers, d];
      if (to.defers.length > MAX_COUNT) return machine.giveUp();
      break;
    }
    case 'rundefers': {
      const d = f.defers.at(-1);
      if (d) {
        f.defers = f.defers.slice(0, -1);
        runDeferred(machine, st, g, d);
        return 'moved';
      }
      break;
    }
    case 'return':
      leave(st, g, f, i.src === undefined ? null : get(i.src), i.site);
      return 'moved';
    case 'panic':
      return panic(f);
  }
  return undefined;
}

/** The innermost call of a function that is on its way. */
function frameOf(st: State, g: Goroutine, code: Code): Frame | undefined {
  const n = g.frames.findLastIndex((x) => x.code === code);
  return n < 0 ? undefined : st.editFrame(g, n);
}

/** Hands the result to the caller; a goroutine that has none ends. */
export function leave(st: State, g: Goroutine, f: Frame, value: Value, site: Site | undefined): void {
  g.frames.pop();
  g.acted = Math.min(g.acted ?? 0, g.frames.length);
  if (site && f.code.func) st.events.push({ goroutine: g.id, site, kind: 'return', frame: f.id });
  if (g.frames.length > 0) {
    if (f.dst !== undefined) st.editFrame(g).regs[f.dst] = value;
    return;
  }
  g.status = 'done';
  g.end = site;
  if (g.id === 0) st.open(value, true);
  const e = g.epilogue;
  if (e && g.start) st.events.push({ goroutine: g.id, site: site ?? g.start, kind: 'done', object: e.id });
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
      } else cancelContext(st, group.context, { error: 'Canceled', cause: st.fresh() });
    }
  }
}

/** Runs what a panicking function has deferred; false when the panic ends the process. */
export function unwind(machine: Machine, st: State, g: Goroutine, f: Frame): boolean {
  const d = f.defers.at(-1);
  if (!d) {
    g.frames.pop();
    g.acted = Math.min(g.acted ?? 0, g.frames.length);
    if (g.frames.length === 0) return false;
    st.editFrame(g).panicking = true;
    return true;
  }
  f.defers = f.defers.slice(0, -1);
  const code = d.code ?? (d.fun instanceof Func ? d.fun.code : undefined);
  const recovers = code !== undefined && lowered(code).recovers;
  if (recovers) {
    // The other deferred calls run, then the function returns what its results hold.
    f.panicking = false;
    const end = lowered(f.code).instructions.findLastIndex((i) => i.op === 'rundefers');
    f.pc = end < 0 ? f.code.instructions.length : end;
  }
  runDeferred(machine, st, g, d);
  if (recovers) st.editFrame(g).recovering = true;
  return true;
}

/** Calls what was deferred. */
function runDeferred(machine: Machine, st: State, g: Goroutine, d: Deferred): void {
  if (d.method !== undefined) {
    const code = methodCode(d.site.unit, d.method, d.args.length);
    machine.push(st, g, { code, recv: d.recv }, d.args, false, undefined, d.site);
  } else if (d.code) machine.push(st, g, { code: d.code, recv: d.recv }, d.args, d.spread, undefined, d.site);
  else if (d.fun instanceof Func)
    machine.push(st, g, { code: d.fun.code, env: d.fun.env, recv: d.fun.recv }, d.args, d.spread, undefined, d.site);
  else if (d.fun instanceof Cancel)
    machine.push(st, g, { code: methodCode(d.site.unit, 'cancel', 0), recv: d.fun }, [], false, undefined, d.site);
  else for (const a of d.args) st.open(a);
}
