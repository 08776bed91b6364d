/** The order in which executions are looked at. */
import type { State } from './state.ts';

/**
 * States with the same number of preemptions. An execution is gone through to its end before another one begins; of those that begin, the
 * one that leaves the others earliest comes first: what can happen in the first turn of a loop is not looked for in its last.
 */
export class Worklist {
  private readonly begun: State[] = [];
  private readonly beginnings: (State | undefined)[] = [];
  private taken = 0;

  add(s: State, isBeginning: boolean): void {
    (isBeginning ? this.beginnings : this.begun).push(s);
  }

  next(): State | undefined {
    const begun = this.begun.pop();
    if (begun || this.taken === this.beginnings.length) return begun;
    const beginning = this.beginnings[this.taken];
    this.beginnings[this.taken++] = undefined;
    return beginning;
  }
}
