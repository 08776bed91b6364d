/**
 * Which of several steps a program that runs would take first. Go gives no order; but who has nothing to wait for goes on before who is asleep, and
 * of those the one that wakes first. Executions that keep to it are looked at before others: they are what is seen when the program
 * is run. The clock only orders executions, and tells no states apart.
 */
import { type Option, receivedFrom } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { Ref, type Value } from './values.ts';

/** How often a ticker is waited for before others that come later. */
const MAX_TICKS = 3;

/** Nanoseconds of the model's clock at which somebody can go on in one way. */
export function dueAt(st: State, p: Pending, option: Option): number {
  if (p.instruction.op === 'pause') return p.goroutine.wakes ?? st.now;
  const chan = option.via === 'fire' ? receivedFrom(st, p, option) : undefined;
  if (chan?.context !== undefined) return st.as(new Ref(chan.context), 'context')?.due ?? st.now;
  return (chan?.ticks ?? 0) < MAX_TICKS ? (chan?.due ?? st.now) : Infinity;
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
