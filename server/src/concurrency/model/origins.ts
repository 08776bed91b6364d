/** Where the values come from that decide at a branch. */
import type { Origin } from './instructions.ts';
import { isCall } from './keys.ts';
import type { State } from './state.ts';

const INPUTS: ReadonlySet<Origin> = new Set(['input', 'clock']);
const FREE: ReadonlySet<Origin> = new Set(['input', 'clock', 'outcome', 'given', 'element']);

/** True for a symbol that comes from outside, and for what is computed from such and constants alone. */
export function isFromOutside(st: State, symbol: number): boolean {
  return comesFrom(st, symbol, INPUTS);
}

/** True for a condition that the world around decides: whether a call has failed, or what a client has given. */
export function isFreeChoice(st: State, condition: number): boolean {
  // An error is compared with nil.
  return st.origins.get(condition) !== 'outcome' && comesFrom(st, condition, FREE);
}

/** The same for a key that is compared with another one: functions may have computed it, which can give what they give for another choice. */
export function isFreeKey(st: State, symbol: number): boolean {
  return comesFrom(st, symbol, FREE, true);
}

/** @param byCalls what functions compute counts, although it is not known which results they have */
function comesFrom(st: State, symbol: number, origins: ReadonlySet<Origin>, byCalls = false): boolean {
  const origin = st.origins.get(symbol);
  if (origin) return origins.has(origin);
  for (const t of st.terms.values())
    if (t.id === symbol)
      return (
        t.operands.length > 0 &&
        (byCalls || !isCall(t.shape)) &&
        t.operands.every((x) => comesFrom(st, x, origins, byCalls))
      );
  return false;
}

/** The symbols that a symbol is computed from, each once: itself when it stands for no term. */
export function basesOf(st: State, symbol: number): ReadonlySet<number> {
  for (const t of st.terms.values())
    if (t.id === symbol) return new Set(t.operands.flatMap((x) => [...basesOf(st, x)]));
  return new Set([symbol]);
}

/** True for one of some symbols, and for what is computed from such and constants alone. */
export function isComputedFrom(st: State, symbol: number, from: ReadonlySet<number>): boolean {
  if (from.has(symbol)) return true;
  for (const t of st.terms.values())
    if (t.id === symbol) return t.operands.length > 0 && t.operands.every((x) => isComputedFrom(st, x, from));
  return false;
}

/** True for the comparison with nil of an error that there should not be. */
export function isSuccess(st: State, comparison: number): boolean {
  return isWithNil(st, comparison, 'success');
}

/** The same for what `recover` gives. */
export function isNoPanic(st: State, comparison: number): boolean {
  return isWithNil(st, comparison, 'panic');
}

function isWithNil(st: State, comparison: number, origin: Origin): boolean {
  for (const t of st.terms.values())
    if (t.id === comparison)
      return /^==\((?:nil,\? ?|\? ?,nil)\)$/.test(t.shape) && st.origins.get(t.operands[0] as number) === origin;
  return false;
}
