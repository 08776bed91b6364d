/**
 * A budget for the work of answering questions about one declaration. Work is counted in steps, not in time, so that the
 * same text gives the same findings on every machine. Analysis is synchronous: the budget in force is a variable here, so
 * that the loops which do the work need not be handed it.
 */
import { noteOrderForAll } from './reads.ts';

/** Thrown when the budget in force is used up. Only who set the budget catches it. */
export class EffortExceeded extends Error {
  constructor() {
    super('the analysis of this declaration takes too much work');
  }
}

/** Weight of all questions that may wait for the answer of another at the same time: stacks are finite. */
const MAX_PENDING = 1000;

/** Steps for one question whose answer is remembered. */
const SHARED = 1_000_000;

/** Weights: of a question about the type of something, and of one about what a function does. */
export const EXPRESSION = 2;
export const DECLARATION = 10;

let left = Infinity;
let pending = 0;

/** Counts work that one question repeats for every node, path or mention it looks at. */
export function spend(steps = 1): void {
  left -= steps;
  if (left < 0) throw new EffortExceeded();
}

/** Runs `work` with a budget of its own; throws `EffortExceeded` when that is not enough. */
export function withEffort<T>(steps: number, work: () => T): T {
  const before = { left, pending };
  left = steps;
  try {
    return work();
  } finally {
    ({ left, pending } = before);
  }
}

/**
 * Answers a question whose answer is remembered for all who ask, and which may lead to the same one about something else,
 * such as what a called function does. It has a budget of its own: what others can afford must not depend on who asked
 * first. When that is used up, or so many levels down that no code written by hand gets there, the answer is `otherwise`.
 */
export function nested<T>(weight: number, otherwise: T, work: () => T): T {
  if (pending + weight > MAX_PENDING) {
    noteOrderForAll();
    return otherwise;
  }
  const before = { left, pending };
  left = SHARED;
  pending += weight;
  try {
    return work();
  } catch (e) {
    if (!(e instanceof EffortExceeded)) throw e;
    return otherwise;
  } finally {
    ({ left, pending } = before);
  }
}
