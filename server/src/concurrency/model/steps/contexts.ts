/** Contexts and timers. */
import { MAX_GOROUTINES } from '../bounds.ts';
import { deriveContext, unknownDone } from '../contexts.ts';
import type { InstructionOf } from '../instructions.ts';
import { typeText } from '../keys.ts';
import { unknownContext } from '../memory.ts';
import { Cancel, Func, type ObjectOf, Ref, Tuple, type Value } from '../values.ts';
import type { Outcome, Step } from './step.ts';

/** Executes an instruction on a context or timer. */
export function contextStep(
  step: Step,
  i: InstructionOf<'context' | 'ctxdone' | 'ctxerr' | 'group' | 'timer' | 'afterfunc' | 'stoptimer'>,
): Outcome {
  const { machine, st, g, get, set } = step;
  switch (i.op) {
    case 'context':
      set(i.dst, context(step, i));
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
      else set(i.dst, c.mayFire || (i.later && done) ? st.fresh() : null);
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
      if (st.goroutines.length >= MAX_GOROUTINES) return machine.giveUp();
      if (fun instanceof Func)
        machine.spawn(st, g.id, i.site, { code: fun.code, env: fun.env, recv: fun.recv }, [], false);
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
  }
  return undefined;
}

/** The context, with its cancel function where there is one. */
function context({ st, get }: Step, i: InstructionOf<'context'>): Value {
  const parent = i.parent === undefined ? undefined : get(i.parent);
  switch (i.kind) {
    case 'root':
    case 'detached':
      return st.alloc({ t: 'context', stamp: 0, open: false, mayFire: false, children: [], site: i.site });
    case 'value':
      return st.as(parent, 'context') ? (parent as Ref) : unknownContext(st, i.site);
    default: {
      const ctx = deriveContext(st, parent, i.kind === 'deadline', i.site);
      return new Tuple([ctx, new Cancel(ctx.id)]);
    }
  }
}
