/** Unknown numbers that were tried with different values, or that others are compared with. */
import { countsUpTo } from './constraints.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';

/**
 * True where everybody who is blocked receives, and unknown numbers have got different values: that more are waited for than
 * there are senders may be ruled out by how the numbers hang together, as a quorum is no larger than what it is one of. So it may be where
 * the answers are counted until there are as many as an unknown number says. With equal numbers it is a leak all the same.
 */
export function waitsForMore(st: State, blocked: readonly Pending[]): boolean {
  if (!st.boundsTried || !blocked.every((p) => p.instruction.op === 'recv')) return false;
  return new Set(st.sizes.values()).size > 1 || countsUpTo(st);
}
