/** What happens when a goroutine goes on in one of its ways. */
import { closeChannel, completeSend, deliver, receive, send } from './channel-effects.ts';
import { cancelContext } from './contexts.ts';
import type { Instruction, Reg, SelectArm } from './instructions.ts';
import { KEPT_BEGINNINGS, MAX_BEGINNINGS } from './bounds.ts';
import type { Machine } from './machine.ts';
import type { Option } from './options.ts';
import type { Frame, Goroutine, State } from './state.ts';
import { stopTimer } from './steps/contexts.ts';
import { Cancel, type Value } from './values.ts';
import { waitEffect } from './wait-effects.ts';

/** Is told of channel operations that panic. */
export type OnPanic = (st: State, kind: 'send-after-close' | 'double-close') => void;

/** A goroutine that goes on. */
export interface Advance {
  machine: Machine;
  st: State;
  g: Goroutine;
  f: Frame;
  option: Option;
  onPanic: OnPanic;
}

/**
 * Goes on in one way; several states when what follows depends on what is not known.
 * @param due when, in nanoseconds of the model's clock; of what has passed or never comes it is now
 */
export function advance(machine: Machine, from: State, option: Option, due: number, onPanic: OnPanic): State[] {
  const st = from.next(option.goroutine);
  const isInTime = due > st.now && due < Infinity;
  if (isInTime) st.now = due;
  else if (option.via === 'fire') st.fires++;
  const g = st.editGoroutine(option.goroutine);
  const f = st.editFrame(g);
  const i = f.code.instructions[f.pc] as Instruction;
  const others = execute({ machine, st, g, f, option, onPanic }, i);
  if (others === 'dead') return [];
  for (const id of [g.id, ...others]) {
    const acting = st.editGoroutine(id);
    acting.acted = acting.frames.length;
  }
  let states = machine.settle(st, g.id);
  for (const id of others) states = states.flatMap((s) => machine.settle(s, id));
  // Goroutines that were started run up to their first operation.
  return states.flatMap((s) => settleNew(machine, s, from.goroutines.length));
}

/** Runs the goroutines from number `first` on up to their first operations. */
export function settleNew(machine: Machine, st: State, first: number): State[] {
  let states = [st];
  const count = (): number => Math.max(0, ...states.map((s) => s.goroutines.length));
  for (let id = first; id < count(); id++) {
    states = states.flatMap((s) => (id < s.goroutines.length ? machine.settle(s, id) : [s]));
    // Each of many goroutines begins in one of several ways: nobody looks at all combinations.
    if (states.length > MAX_BEGINNINGS) {
      machine.cut = true;
      states = machine.samplesBeginnings ? sample(states, KEPT_BEGINNINGS) : [];
    }
  }
  return states;
}

/** Some of many, spread over all of them: the first, the last, and as many between. */
function sample<T>(all: readonly T[], count: number): T[] {
  const last = all.length - 1;
  return Array.from({ length: count }, (_, n) => all[Math.floor((n * last) / (count - 1))] as T);
}

/** Executes the operation; the other goroutines that go on with it. */
function execute(a: Advance, i: Instruction): number[] | 'dead' {
  const { st, g, f, option } = a;
  switch (i.op) {
    case 'send':
      return send(a, i.chan, i.value, i.site, f.pc + 1);
    case 'recv': {
      const v = receive(a, i.chan, i.site, i.type);
      if (option.via !== 'rendezvous') deliver(f, i, v);
      return completeSend(a, i.chan);
    }
    case 'select': {
      const arm = i.arms[option.arm as number] as SelectArm;
      if (arm.kind === 'default') {
        f.pc = arm.target;
        st.events.push({ goroutine: g.id, site: arm.site, kind: 'default' });
        return [];
      }
      if (arm.kind === 'send') return send(a, arm.chan as Reg, arm.value as Reg, arm.site, arm.target);
      const v = receive(a, arm.chan as Reg, arm.site, undefined);
      if (option.via !== 'rendezvous') deliver(f, arm, v);
      return completeSend(a, arm.chan as Reg);
    }
    case 'close':
      return closeChannel(a, i.chan, i.site);
    case 'call': {
      const v = st.resolve(f.regs[i.fun as Reg] as Value);
      if (v instanceof Cancel)
        cancelContext(st, v.context, {
          error: 'Canceled',
          cause: i.args[0] === undefined ? null : st.resolve(f.regs[i.args[0]] as Value),
        });
      st.events.push({
        goroutine: g.id,
        site: i.site,
        kind: 'cancel',
        object: v instanceof Cancel ? v.context : undefined,
      });
      f.pc++;
      return [];
    }
    case 'stoptimer':
      f.regs[i.dst] = stopTimer(a.machine, st, i, (r) => st.resolve(f.regs[r] as Value));
      f.pc++;
      return [];
    case 'pause':
      f.pc++;
      return [];
    case 'sync':
    case 'invoke':
      return waitEffect(a, i);
    default:
      return 'dead';
  }
}
