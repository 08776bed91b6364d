/**
 * Goroutines that run the same code are interchangeable: which of three workers waits for the lock makes no difference
 * (symmetry reduction, C. N. Ip and D. L. Dill 1996). States are compared with their goroutines in an order that does not
 * depend on who was started first.
 */
import { codeId } from './code-ids.ts';
import { liveRegisters } from './liveness.ts';
import type { Goroutine, State } from './state.ts';
import { Ref, type Value } from './values.ts';

/** The goroutines in the order in which they are compared, and at which place of it each of them is, by id. */
export interface Order {
  goroutines: readonly Goroutine[];
  /** Undefined where they stand as they were started. */
  places?: readonly number[];
}

export function symmetricOrder({ goroutines }: State): Order {
  if (!haveTwins(goroutines)) return { goroutines };
  const prints = goroutines.map(printOf);
  const [first = 0, ...others] = goroutines.keys();
  // Where two are told apart by objects only, they stay as they are: then a state may be visited twice.
  others.sort((a, b) => (prints[a] as number) - (prints[b] as number) || a - b);
  const order = [first, ...others];
  const places: number[] = [];
  for (const [place, id] of order.entries()) places[id] = place;
  return { goroutines: order.map((id) => goroutines[id] as Goroutine), places };
}

/** True when two of those that were started run the same code. */
function haveTwins(goroutines: readonly Goroutine[]): boolean {
  if (goroutines.length < 3) return false;
  const codes = new Set<unknown>();
  for (const [n, g] of goroutines.entries()) {
    if (n === 0) continue;
    if (codes.has(g.code)) return true;
    codes.add(g.code);
  }
  return false;
}

/** A number for where a goroutine is and what it knows but for the objects. */
function printOf(g: Goroutine): number {
  if (g.status === 'done') return 0;
  let hash = g.phase === undefined ? 1 : g.phase.length;
  const add = (n: number): void => {
    hash = Math.imul(hash ^ n, 0x01000193);
    hash ^= hash >>> 15;
  };
  for (const { code, pc, regs, defers } of g.frames) {
    add(codeId(code));
    add(pc);
    add(defers.length);
    for (const r of liveRegisters(code, pc)) add(printOfValue(regs[r]));
  }
  return hash;
}

function printOfValue(v: Value | undefined): number {
  switch (typeof v) {
    case 'number':
      return v;
    case 'boolean':
      return v ? -1 : -2;
    case 'string':
      return -3 - v.length;
    case 'undefined':
      return -4;
    default:
      return v === null ? -5 : v instanceof Ref ? -6 : -7;
  }
}
