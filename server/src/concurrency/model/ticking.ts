/** Loops that wake for their timer again and again: they never stand still, and may still never come to anything else. */
import { advance } from './effects.ts';
import type { Machine } from './machine.ts';
import { type Live, liveGoroutines, type Option } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { stateKey } from './state-key.ts';

/** States that are looked at. */
const MAX_STATES = 24;

/** What no other goroutine waits for. */
const UNNOTICED: ReadonlySet<Option['via']> = new Set(['step', 'announce', 'default']);

/** True when all who can go on wait for timers. */
export function waitForTimers(st: State, able: readonly Live[]): boolean {
  return able.every(({ p, options }) => options.every((o) => isTick(st, p, o)));
}

/**
 * True when from a state on timers come again and again, and nothing else ever happens that another goroutine could wait
 * for: all states that can be come to are looked at, there are few, and no path is given up.
 */
export function onlyTicks(machine: Machine, st: State): boolean {
  const before = machine.cut;
  machine.cut = false;
  const found = isClosed(machine, st) && !machine.cut;
  machine.cut ||= before;
  return found;
}

function isClosed(machine: Machine, first: State): boolean {
  const seen = new Set([stateKey(first).key]);
  const ended = countEnded(first);
  const work = [first];
  for (let st = work.pop(); st; st = work.pop())
    for (const { p, options } of liveGoroutines(machine, st))
      for (const o of options) {
        if (o.passive) continue;
        if (!isTick(st, p, o) && !UNNOTICED.has(o.via)) return false;
        const after = advance(machine, st, o, st.now, () => undefined);
        // Where nothing comes after, it is not known what would.
        if (after.length === 0) return false;
        for (const s of after) {
          if (countEnded(s) > ended || machine.exhausted) return false;
          const { key } = stateKey(s);
          if (seen.has(key)) continue;
          if (seen.add(key).size > MAX_STATES) return false;
          work.push(s);
        }
      }
  return true;
}

/** True for the receipt of what a timer sends. */
function isTick(st: State, { frame, instruction: i }: Pending, { via, arm }: Option): boolean {
  const chan = i.op === 'recv' ? i.chan : i.op === 'select' ? i.arms[arm ?? -1]?.chan : undefined;
  if (via !== 'fire' || chan === undefined) return false;
  return st.as(st.resolve(frame.regs[chan] ?? null), 'chan')?.timer !== undefined;
}

function countEnded(st: State): number {
  return st.goroutines.filter((g) => g.status === 'done').length;
}
