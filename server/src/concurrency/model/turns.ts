/** Who may go on, and in which order states are taken up. */
import type { Live } from './options.ts';
import type { State } from './state.ts';

/** Context switches away from goroutines that could have gone on. */
export const MAX_PREEMPTIONS = 3;
const FEW_FIRES = 4;

/**
 * A loop that a timer wakes may go round for ever: what else can happen comes first. So does what clients see of one worker before what
 * they see of several.
 */
export function turnOf(s: State): number {
  const several = s.keepsFunctions && [...s.sizes.values()].some((n) => n > 1) ? 2 : 0;
  return Math.min(MAX_PREEMPTIONS, s.preemptions + Math.floor(s.fires / FEW_FIRES) + several);
}

/** Without those who wait until nobody else can go on, while somebody can. */
export function impatient(able: Live[]): Live[] {
  const waits = ({ p: { instruction: i } }: Live): boolean => i.op === 'pause' && i.untilIdle === true;
  if (!able.some(waits)) return able;
  const others = able.filter((l) => !waits(l));
  return others.some((l) => l.options.some((o) => o.via !== 'fire')) ? others : able;
}

export function isAsleep({ p: { instruction: i } }: Live): boolean {
  return i.op === 'pause' && i.asleep === true;
}
