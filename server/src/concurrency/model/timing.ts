/**
 * Which of several steps a program that runs would take first. Go gives no order; but who has nothing to wait for goes on before who is asleep, and
 * of those the one that wakes first. Executions that keep to it are looked at before others: they are what is seen when the program
 * is run. The clock only orders executions, and tells no states apart.
 */
import type { Option } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { Ref, type Value } from './values.ts';

/** How often a ticker is waited for before others that come later. */
const MAX_TICKS = 3;

/** Nanoseconds of the model's clock at which somebody can go on in one way. */
export function dueAt(st: State, { goroutine: g, frame, instruction: i }: Pending, { via, arm }: Option): number {
  if (i.op === 'pause') return g.wakes ?? st.now;
  if (via !== 'fire') return st.now;
  const chan = i.op === 'recv' ? i.chan : i.op === 'select' ? i.arms[arm ?? -1]?.chan : undefined;
  const c = chan === undefined ? undefined : st.as(st.resolve(frame.regs[chan] ?? null), 'chan');
  const { due = st.now, ticks = 0 } = (c?.context === undefined ? c : st.as(new Ref(c.context), 'context')) ?? {};
  return ticks < MAX_TICKS ? due : Infinity;
}

/** Steps with when they happen: those that happen together, the soonest first. */
export function byTime<T>(steps: readonly T[], dueOf: (step: T) => number): { due: number; steps: T[] }[] {
  const found = new Map<number, T[]>();
  for (const step of steps) {
    const due = dueOf(step);
    const list = found.get(due);
    if (list) list.push(step);
    else found.set(due, [step]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([due, list]) => ({ due, steps: list }));
}

/** When something that is to happen after a duration does; undefined where that is not known. */
export function dueAfter({ now }: State, duration: Value | undefined): number | undefined {
  return typeof duration === 'number' ? now + duration : undefined;
}
