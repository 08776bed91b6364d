/** Loops that wake for their timer again and again: they never stand still, and may still never come to anything else. */
import { advance } from './effects.ts';
import { allInstructions, type Code, nextInstructions, type Reg } from './instructions.ts';
import { roots } from './left-behind.ts';
import type { Machine } from './machine.ts';
import { type Live, liveGoroutines, type Option, receivedFrom } from './options.ts';
import type { Pending } from './pending.ts';
import { valuesFrom } from './reach.ts';
import type { State } from './state.ts';
import { stateKey } from './state-key.ts';
import { Cancel, Func } from './values.ts';

/** States that are looked at. */
const MAX_STATES = 24;
/** Instructions of a function, and of those that it calls, that are looked at. */
const MAX_INSTRUCTIONS = 600;

/** What no other goroutine waits for. */
const UNNOTICED: ReadonlySet<Option['via']> = new Set(['step', 'announce', 'default']);

/** True when all who can go on wait for timers. */
export function waitForTimers(st: State, able: readonly Live[]): boolean {
  return able.every(({ p, options }) => options.every((o) => isTick(st, p, o)));
}

/**
 * True when from a state on timers come again and again, and nothing else ever happens that another goroutine could wait
 * for: all states that can be come to are looked at, there are few, and no path is given up. Where something is counted there
 * are many; then what is waited for must bring everybody back to where they wait.
 */
export function onlyTicks(machine: Machine, st: State): boolean {
  const before = machine.cut;
  machine.cut = false;
  const found = search(machine, st);
  const isCut = machine.cut;
  machine.cut ||= before;
  return (
    !isCut &&
    (found === 'closed' || (found === 'many' && liveGoroutines(machine, st).every(({ p }) => comesBack(st, p))))
  );
}

function search(machine: Machine, first: State): 'closed' | 'many' | 'else' {
  const seen = new Set([stateKey(first).key]);
  const ended = countEnded(first);
  const work = [first];
  for (let st = work.pop(); st; st = work.pop()) {
    const live = liveGoroutines(machine, st);
    // Who stands still in the end does so elsewhere.
    if (live.every(({ options }) => options.length === 0)) return 'else';
    for (const { p, options } of live)
      for (const o of options) {
        if (o.passive) continue;
        if (!isTick(st, p, o) && !UNNOTICED.has(o.via)) return 'else';
        const after = advance(machine, st, o, st.now, () => undefined);
        // Where nothing comes after, it is not known what would.
        if (after.length === 0) return 'else';
        for (const s of after) {
          if (countEnded(s) > ended || machine.exhausted || hasReturned(first, s)) return 'else';
          const { key } = stateKey(s);
          if (seen.has(key)) continue;
          if (seen.add(key).size > MAX_STATES) return 'many';
          work.push(s);
        }
      }
  }
  return 'closed';
}

/**
 * True for who waits for the ticks of tickers, each of which leads back there: to leave the function it needs one of the other arms,
 * and it has nothing with which to make them ready itself.
 */
function comesBack(st: State, { goroutine, frame: { code, pc, regs }, instruction: wait }: Pending): boolean {
  const isTicker = (chan: Reg | undefined): boolean =>
    chan !== undefined && st.as(st.resolve(regs[chan] ?? null), 'chan')?.timer === 'ticker';
  const ways =
    wait.op === 'recv' && isTicker(wait.chan)
      ? [pc + 1]
      : wait.op === 'select'
        ? wait.arms.flatMap((a) => (isTicker(a.chan) ? [a.target] : []))
        : [];
  if (ways.length === 0) return false;
  const seen = new Set(ways);
  // What is added on the way is visited, too.
  for (const at of seen) {
    if (at === pc) continue;
    const next = nextInstructions(code, at);
    const i = code.instructions[at];
    if (next.length === 0 || i?.op === 'close' || i?.op === 'send') return false;
    if (i?.op === 'call' && i.code && actsOnOthers(i.code)) return false;
    for (const n of next) seen.add(n);
  }
  for (const x of valuesFrom(st, roots(goroutine)))
    if (x instanceof Cancel || (x instanceof Func && actsOnOthers(x.code))) return false;
  return true;
}

function actsOnOthers(code: Code): boolean {
  return allInstructions([code], MAX_INSTRUCTIONS).some(({ op }) => op === 'close' || op === 'send' || op === 'select');
}

/** True for the receipt of what a timer sends. */
function isTick(st: State, p: Pending, option: Option): boolean {
  return option.via === 'fire' && receivedFrom(st, p, option)?.timer !== undefined;
}

/** True when a function that a timer or a caller has called has come to its end since. */
function hasReturned(first: State, st: State): boolean {
  return first.goroutines.some(
    ({ frames }, n) => frames.length > 1 && !frames[0]?.code.func && st.goroutines[n]?.frames.length === 1,
  );
}

function countEnded(st: State): number {
  return st.goroutines.filter((g) => g.status === 'done').length;
}
