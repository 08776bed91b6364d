/** Channels and sync objects: what is done at once. */
import { isExported } from '../../../golang/exported.ts';
import { CAPACITIES, CLIENT_CAPACITIES, MAX_ROOM, SMALL_ROOM } from '../bounds.ts';
import { fillUp } from '../buffers.ts';
import type { InstructionOf, Reg } from '../instructions.ts';
import { newPipe } from '../pipe-code.ts';
import { isGivenConstant } from '../small-rooms.ts';
import type { State } from '../state.ts';
import { syncEffect } from '../sync-effects.ts';
import { type ObjectOf, Ref, Sym, type Value } from '../values.ts';
import type { Outcome, Step } from './step.ts';

/** Executes an instruction on a channel or sync object that never waits. */
export function syncStep(
  step: Step,
  i: InstructionOf<'makechan' | 'fillup' | 'over' | 'newcond' | 'pipe' | 'sync'>,
): Outcome {
  const { machine, st, g, get, set } = step;
  switch (i.op) {
    case 'makechan': {
      const n = i.size === undefined ? 0 : get(i.size);
      if (n instanceof Sym) return machine.sizes(st, n, machine.isClient ? CLIENT_CAPACITIES : CAPACITIES);
      const written = i.size === undefined ? undefined : step.regs[i.size];
      if (typeof written === 'number' && written > 1 && written <= MAX_ROOM) machine.beyondRoom.add(written + 2);
      const isFixed =
        i.isFixed === true || (i.parameter !== undefined && isGivenConstant(machine.source.analysis, g, i.parameter));
      const isLarge = isFixed && typeof n === 'number' && n > MAX_ROOM;
      machine.hasLargeRooms ||= isLarge;
      const isShrunk = isLarge && machine.smallRooms;
      set(
        i.dst,
        st.alloc({
          t: 'chan',
          stamp: 0,
          open: false,
          capacity: isShrunk ? SMALL_ROOM : typeof n === 'number' ? n : undefined,
          ...(isShrunk && { isShrunk }),
          ...(written instanceof Sym && { isGuessed: true }),
          buffer: [],
          closed: false,
          madeBy: g.id,
          site: i.site,
        }),
      );
      break;
    }
    case 'fillup':
      fillUp(st, get(i.x));
      break;
    case 'over': {
      const x = get(i.x);
      const struct = st.as(x, 'struct');
      if (!struct || !(x instanceof Ref)) break;
      st.edit<ObjectOf<'struct'>>(x.id).isOver = true;
      for (const [name, v] of struct.fields)
        if (isExported(name) && v instanceof Ref && st.as(v, 'chan')?.madeBy !== undefined) st.edit(v.id).open = false;
      break;
    }
    case 'newcond':
      set(i.dst, st.alloc({ t: 'cond', stamp: 0, open: false, locker: get(i.locker), waiters: [], site: i.site }));
      break;
    case 'pipe':
      machine.hasStreams = true;
      set(i.dst, newPipe(st, i.site));
      break;
    case 'sync': {
      const n = i.method === 'Add' ? get(i.args[0] as Reg) : undefined;
      if (n instanceof Sym && isSize(st, n) && st.as(get(i.recv), 'waitgroup')) return machine.sizes(st, n);
      const value = syncEffect(machine, st, g, get(i.recv), i.method, i.args.map(get), i.site);
      if (value === 'dead') return 'dead';
      set(i.dst, value);
      break;
    }
  }
  return undefined;
}

/** True for a length, and for what is computed from one. */
function isSize(st: State, v: Value): boolean {
  const x = st.resolve(v);
  if (typeof x === 'number') return true;
  if (!(x instanceof Sym)) return false;
  return x.isSize || (x.expression !== undefined && isSize(st, x.expression.x) && isSize(st, x.expression.y));
}
