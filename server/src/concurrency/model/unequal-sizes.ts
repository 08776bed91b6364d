/** Unknown numbers that were tried with different values, or that others are compared with. */
import { countsUpTo } from './constraints.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { inLoop, parentsOf } from '../../golang/parents.ts';
import type { Pending } from './pending.ts';
import type { Goroutine, State } from './state.ts';
import { Ref } from './values.ts';

/**
 * True where everybody who is blocked receives, and unknown numbers have got different values: that more are waited for than
 * there are senders may be ruled out by how the numbers hang together, as a quorum is no larger than what it is one of. So it may be where
 * the answers are counted until there are as many as an unknown number says. With equal numbers it is a leak all the same.
 */
export function waitsForMore(st: State, blocked: readonly Pending[]): boolean {
  if (!st.boundsTried || !blocked.every((p) => p.instruction.op === 'recv')) return false;
  return new Set(st.sizes.values()).size > 1 || countsUpTo(st);
}

/**
 * True where a goroutine is in a loop that goes round as often as something says which may have to do with the sizes that were tried. It
 * has not where each of several goroutines has one place of a buffer, and goes on sending for as long as arguments of the call say.
 */
export function mayHangTogether(st: State, { goroutine: g, instruction: i, objects }: Pending): boolean {
  const loops = g.frames.filter((f) => f.turns);
  if (loops.length === 0) return false;
  if (i.op !== 'send' || loops.some((f) => f.hasUnseenTurns)) return true;
  const [channel] = objects;
  const o = channel instanceof Ref ? st.as(channel, 'chan') : undefined;
  // Only one number was tried, and it is that of the places as well as that of the goroutines.
  if (!o?.isGuessed || [...st.sizes.values()].length > 1 || !isStartedInLoop(g)) return true;
  const alike = st.goroutines.filter(({ start }) => start?.node === g.start?.node).length;
  return alike < 2 || o.capacity !== alike;
}

function isStartedInLoop({ start }: Goroutine): boolean {
  if (!start) return false;
  const { decl } = start.unit;
  const stmt = nodesOfKind(decl, 'GoStmt').find((s) => s.start === start.node.start);
  return stmt !== undefined && inLoop(parentsOf(decl), stmt);
}
