/** What exploring one function may cost. */
import { isTiny } from './entries.ts';
import type { Options } from './exploration.ts';
import type { Code } from './instructions.ts';

/**
 * States and instructions at most: of tiny packages, and of others, in which what has not come to an end by then hardly ever
 * does; for programs that are there as a whole or make all they use, for functions that start no goroutine themselves, and for others.
 */
const BUDGETS = {
  tiny: {
    alone: { states: 500, steps: 17_000 },
    quiet: { states: 200, steps: 6_000 },
    other: { states: 400, steps: 12_000 },
  },
  larger: {
    alone: { states: 200, steps: 4_000 },
    quiet: { states: 60, steps: 1_600 },
    other: { states: 100, steps: 2_000 },
  },
};

/** How much of that another look may cost. */
const SECOND_LOOK = 0.3;

/** States and instructions for a function, of what is left for its file. */
export function budgetOf(
  code: Code,
  { wholeProgram, isQuiet, allowance, smallRooms, panics }: Options,
): Options['allowance'] {
  const { alone, quiet, other } = isTiny(code.unit.pkg) ? BUDGETS.tiny : BUDGETS.larger;
  const { states, steps } = wholeProgram || takesNothing(code) ? alone : isQuiet ? quiet : other;
  // A second look is at what comes about early.
  const part = smallRooms || panics ? SECOND_LOOK : 1;
  return { states: Math.min(states * part, allowance.states), steps: Math.min(steps * part, allowance.steps) };
}

/** True for a function that makes all it uses. Its header is read: it may not have been lowered yet. */
export function takesNothing({ func }: Code): boolean {
  return func !== undefined && func.type.params.length === 0 && !(func.kind === 'FuncDecl' && func.recv);
}
