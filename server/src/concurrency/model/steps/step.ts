/** What instructions that others cannot see work on, and how they end. */
import type { Reg } from '../instructions.ts';
import type { Machine } from '../machine.ts';
import type { Frame, Goroutine, State } from '../state.ts';
import type { Value } from '../values.ts';

/** One instruction's surroundings. */
export interface Step {
  machine: Machine;
  st: State;
  g: Goroutine;
  /** The innermost frame of the goroutine. */
  f: Frame;
  /** The frame's registers. */
  regs: Value[];
  /** Value of a register, as far as it is known by now. */
  get(r: Reg): Value;
  set(r: Reg, v: Value): void;
}

/**
 * How an instruction ends: undefined to go on with the next one, `'moved'` when the frame already says where to go on,
 * `'dead'` when the path ends, or the states to go on from.
 */
export type Outcome = 'moved' | 'dead' | State[] | undefined;

/** The function panics. */
export function panic(f: Frame): 'moved' {
  f.panicking = true;
  return 'moved';
}
