/** What the explorer is asked, and what it finds. */
import type { Decision } from './decisions.ts';
import type { Environment } from './environment.ts';
import type { Code } from './instructions.ts';
import type { OutsideHelp } from './outside-help.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';

/** Goroutines that are blocked for ever in one state. */
export interface Stuck {
  state: State;
  /** What was decided in the executions that come to this. */
  ways: (Decision | undefined)[];
  blocked: Pending[];
  /** No goroutine at all can go on, but for timers that change nothing. */
  total: boolean;
  /** Who might help, but for a lock that one of the blocked holds; not one of the goroutines of the state. */
  keptOut?: Pending;
  /** Found by what a client of a type might do, and how that goes on. */
  byClient?: boolean;
  /** It closes the value before. */
  closesFirst?: boolean;
  /** Two call the same method, as anybody may. */
  atOnce?: boolean;
  /** It asks again for what it has been served. */
  comesAgain?: boolean;
  /** It calls a method after a loop that it runs may have ended; its last call ends the value. */
  runs?: boolean;
  isEnded?: boolean;
  /** The program has ended by then. */
  atExit?: boolean;
  /** A large buffer is full that was given less room. */
  fillsRoom?: boolean;
  /** Code of others has panicked. */
  byPanic?: boolean;
  /** The same goroutines in the same places when the program has ended, in some of the ways in which that happens. */
  ends?: readonly Stuck[];
}

/** A channel operation that panics. */
export interface Panic {
  state: State;
  kind: 'send-after-close' | 'double-close';
  /** Found by what a client of a type might do. */
  byClient?: boolean;
}

export interface Exploration {
  /** What was explored. */
  code: Code;
  stuck: Stuck[];
  panics: Panic[];
  states: number;
  /** Some executions were not looked at. */
  incomplete: boolean;
  /** Buffers were made that have more room than can be filled here, and something may do that in time. */
  mayFillRooms?: boolean;
  /** Code of others was called where panics are stopped. */
  expectsPanics?: boolean;
}

export interface Options {
  wholeProgram: boolean;
  /** What is left behind when the function returns ends with the process. */
  process: boolean;
  /** The function starts no goroutine by itself: what it waits for, others do. */
  isQuiet?: boolean;
  /** Loops are followed for few turns: what comes about early may be hidden behind many that are all alike. */
  fewTurns?: boolean;
  /** Large buffers are small. */
  smallRooms?: boolean;
  /** Code of others panics where panics are stopped. */
  panics?: boolean;
  environment: Environment;
  /** The same for when a client has ended the value, and its call has returned. */
  afterwards?: Environment;
  /** A client of a type is explored, that makes the value itself. */
  isClient?: boolean;
  /** What else callers of the package may do, for a client of one of its types that shares the value with others. */
  outside?: OutsideHelp;
  /** What may be spent at most; what is spent is taken off. */
  allowance: { states: number; steps: number };
}
