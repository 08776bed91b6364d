/** Contexts and timers. */
import { MAX_FRAMES, MAX_GOROUTINES } from '../bounds.ts';
import { deriveContext, endedBy, unknownDone, valueIn, withValue } from '../contexts.ts';
import type { InstructionOf, Reg } from '../instructions.ts';
import type { Machine } from '../machine.ts';
import { typeText } from '../keys.ts';
import { unknownValue } from '../memory.ts';
import { Cancel, Func, type ObjectOf, Ref, refId, Tuple, type Value } from '../values.ts';
import type { State } from '../state.ts';
import { dueAfter } from '../timing.ts';
import type { Outcome, Step } from './step.ts';

/** Calls a method of a context that the program has made itself; false when there is none. */
function runsOwnMethod({ machine, st, g, get }: Step, i: InstructionOf<'ctxdone' | 'ctxerr'>, name: string): boolean {
  const found = machine.method(st, get(i.x), name);
  if (!found?.code || g.frames.length >= MAX_FRAMES) return false;
  machine.push(st, g, { code: found.code, recv: found.recv }, [], false, i.dst, i.site);
  return true;
}

/** Field of a timer that calls a function; no field of Go has such a name. */
const CALLS = '#calls';

/** Executes an instruction on a context or timer. */
export function contextStep(
  step: Step,
  i: InstructionOf<
    'context' | 'ctxwith' | 'ctxdone' | 'ctxvalue' | 'ctxerr' | 'group' | 'timer' | 'afterfunc' | 'stoptimer'
  >,
): Outcome {
  const { machine, st, g, get, set } = step;
  switch (i.op) {
    case 'context':
      set(i.dst, context(step, i));
      break;
    case 'ctxdone': {
      const c = st.as(get(i.x), 'context');
      if (!c && runsOwnMethod(step, i, 'Done')) break;
      set(i.dst, c ? (c.done === undefined ? null : new Ref(c.done)) : unknownDone(st, i.site));
      break;
    }
    case 'ctxwith':
      set(i.dst, withValue(st, get(i.parent), get(i.by), get(i.added), i.site));
      break;
    case 'ctxvalue': {
      const v = valueIn(st, get(i.x), get(i.by));
      set(i.dst, v === undefined ? unknownValue(machine.info, st, i.type, i.site) : v);
      break;
    }
    case 'ctxerr': {
      const own = st.as(get(i.x), 'context');
      const c = own?.base === undefined ? own : (st.get(own.base) as ObjectOf<'context'>);
      if (!c && runsOwnMethod(step, i, 'Err')) break;
      const done = c?.done === undefined ? undefined : (st.get(c.done) as ObjectOf<'chan'>);
      const unknown = (): Value => {
        const v = st.fresh();
        st.setOrigin(v, 'outcome');
        return v;
      };
      if (!c) set(i.dst, unknown());
      else if (done?.closed) set(i.dst, endedBy(st, c, i.isCause === true, i.site));
      // In a program that is there as a whole deadlines are long enough for what it does without waiting.
      else if (machine.exact && c.mayFire && !i.later) set(i.dst, null);
      else set(i.dst, c.mayFire || (i.later && done) ? unknown() : null);
      break;
    }
    case 'group': {
      const ctx = deriveContext(st, get(i.parent), false, i.site);
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
        ...timesOf(st, i.after === undefined ? undefined : get(i.after)),
        site: i.site,
      });
      if (i.kind === 'after' || i.kind === 'tick') set(i.dst, chan);
      else {
        const type = i.type.kind === 'pointer' ? i.type.elem : i.type;
        set(
          i.dst,
          st.alloc({
            t: 'struct',
            stamp: 0,
            open: false,
            type,
            fields: new Map<string, Value>([
              ['C', chan],
              [CALLS, i.kind === 'func'],
            ]),
            site: i.site,
          }),
        );
      }
      break;
    }
    case 'afterfunc': {
      const fun = get(i.fun);
      if (st.goroutines.length >= MAX_GOROUTINES) return machine.giveUp();
      if (fun instanceof Func)
        machine.spawn(st, g.id, i.site, { code: fun.code, env: fun.env, recv: fun.recv }, [], false);
      else st.open(fun);
      set(i.dst, st.fresh());
      break;
    }
    case 'stoptimer':
      set(i.dst, stopTimer(machine, st, i, get));
      break;
  }
  return undefined;
}

function timesOf(st: State, period: Value | undefined): Pick<ObjectOf<'chan'>, 'due' | 'period'> {
  return typeof period === 'number' ? { due: st.now + period, period } : {};
}

/** The channel of a timer that calls a function when its time has come. */
export function callingTimer(st: State, timer: Value): Ref | undefined {
  const s = st.as(timer, 'struct');
  const c = s?.fields.get('C');
  return s?.fields.get(CALLS) === true && c instanceof Ref ? c : undefined;
}

/** True for the channel of a timer that calls a function: nobody else waits for it but by mistake, and when it never expires. */
export function isOfCalls(st: State, chan: Value): boolean {
  return (
    chan instanceof Ref &&
    st.heap.some((o) => o.t === 'struct' && o.fields.get(CALLS) === true && refId(o.fields.get('C')) === chan.id)
  );
}

/** Stops or resets a timer; what the method returns. */
export function stopTimer(
  { wholeProgram }: Machine,
  st: State,
  { x, again, asked, after }: InstructionOf<'stoptimer'>,
  get: (r: Reg) => Value,
): Value {
  const timer = get(x);
  const s = st.as(timer, 'struct');
  const c = s?.fields.get('C');
  const chan = st.as(c, 'chan');
  if (!s || !chan || !(c instanceof Ref)) return st.fresh();
  const isRunning = chan.timer === 'once';
  // Whether a time is on its way to a channel is not known, but by the clock of a program; a function has been called, or it has not.
  const isEarly = wholeProgram && chan.due !== undefined && chan.due > st.now;
  const was = callingTimer(st, timer) || isEarly ? isRunning : isRunning ? st.fresh() : false;
  // Before Go 1.23 whoever is told that it has expired can still receive the time.
  if (isRunning && asked && !again && typeof was !== 'boolean') return was;
  const edited = st.edit<ObjectOf<'chan'>>(c.id);
  edited.timer = !again ? 'stopped' : typeText(s.type).endsWith('Ticker') ? 'ticker' : 'once';
  if (again)
    Object.assign(edited, {
      due: undefined,
      period: undefined,
      ...timesOf(st, after === undefined ? undefined : get(after)),
    });
  return was;
}

/** The context, with its cancel function where there is one. */
function context({ st, get }: Step, i: InstructionOf<'context'>): Value {
  const parent = i.parent === undefined ? undefined : get(i.parent);
  switch (i.kind) {
    case 'root':
    case 'detached':
      return st.alloc({
        t: 'context',
        stamp: 0,
        open: false,
        mayFire: false,
        children: [],
        values: i.kind === 'root' ? new Map() : st.as(parent, 'context')?.values,
        site: i.site,
      });
    default: {
      const ctx = deriveContext(st, parent, i.kind === 'deadline', i.site);
      const due = i.after === undefined ? undefined : dueAfter(st, get(i.after));
      if (due !== undefined) st.edit<ObjectOf<'context'>>(ctx.id).due = due;
      return new Tuple([ctx, new Cancel(ctx.id)]);
    }
  }
}
