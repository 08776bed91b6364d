/** Whether what is looked up in a map is one of its keys, where these are not known. */
import { equalKey, keyOf } from './keys.ts';
import { basesOf, isFreeKey } from './origins.ts';
import type { State } from './state.ts';
import { type MapObject, Sym, type Value } from './values.ts';

/** Keys that are compared one after the other. */
const MAX_COMPARED = 3;

/** What a map has under a key: one of its entries, nothing, or what a client decides by what it has given: whether a comparison holds. */
export type LookUp =
  { kind: 'entry'; key: Value; value: Value } | { kind: 'nothing' } | { kind: 'undecided'; comparison: string };

/**
 * Looks up a key; undefined where nothing can be said.
 * @param isSet something is put there: elements of what a client gives are different ones
 */
export function lookUp(st: State, { partial, entries }: MapObject, at: Value, isSet = false): LookUp | undefined {
  const own = entries.get(keyOf(at));
  if (own) return { kind: 'entry', key: own[0], value: own[1] };
  if (partial || entries.size === 0 || entries.size > MAX_COMPARED) return undefined;
  for (const [key, value] of entries.values()) {
    const unknown = [at, key].filter((v) => v instanceof Sym);
    if (unknown.length === 0) {
      if (at instanceof Object || key instanceof Object) return undefined;
      continue;
    }
    const ends = endsOfPair(key, at);
    const comparison = ends ? equalKey(...ends) : equalKey(key, at);
    const areEqual = st.resolve(st.term(comparison));
    if (areEqual === true) return { kind: 'entry', key, value };
    if (areEqual === false) continue;
    if (ends) return { kind: 'undecided', comparison };
    // What is computed from the same numbers as the key may never be equal to it.
    const bases = unknown.flatMap((v) => [...basesOf(st, v.id)]);
    if (new Set(bases).size < bases.length) return undefined;
    const isChoice = unknown.every((v) => isFreeKey(st, v.id) && !(isSet && st.origins.get(v.id) === 'element'));
    return isChoice ? { kind: 'undecided', comparison } : undefined;
  }
  return { kind: 'nothing' };
}

/** The two numbers of which one key is the smaller and another one the greater: the keys are equal when these are. */
function endsOfPair(a: Value, b: Value): [Value, Value] | undefined {
  const [x, y] = [a, b].map((v) => (v instanceof Sym ? v.expression : undefined));
  if (!x || !y || x.op === y.op || !EXTREMES.has(x.op) || !EXTREMES.has(y.op)) return undefined;
  const areSame = equalKey(x.x, x.y) === equalKey(y.x, y.y);
  return areSame ? [x.x, x.y] : undefined;
}

const EXTREMES: ReadonlySet<string> = new Set(['min', 'max']);
