/** Unknown numbers that were tried with different values. */
import type { Pending } from './pending.ts';
import type { State } from './state.ts';

/**
 * True where everybody who is blocked receives, and unknown numbers have got different values: that more are waited for than
 * there are senders may be ruled out by how the numbers hang together, as a quorum is no larger than what it is one of. With
 * equal numbers it is a leak all the same.
 */
export function waitsForMore(st: State, blocked: readonly Pending[]): boolean {
  return st.boundsTried && blocked.every((p) => p.instruction.op === 'recv') && new Set(st.sizes.values()).size > 1;
}
