/** Numbers of things that are not known are tried out. */
import { isFeasible } from './constraints.ts';
import type { State } from './state.ts';
import { Sym } from './values.ts';

/**
 * The states in which a size has one of the values that are tried, or what it is computed from has.
 *
 * @param values in which order: what is found with the first of them takes the fewest states
 */
export function triedSizes(st: State, sym: Sym, values: readonly number[]): State[] {
  const { expression } = sym;
  if (expression)
    for (const v of [expression.x, expression.y]) {
      const operand = st.resolve(v);
      if (operand instanceof Sym) return triedSizes(st, operand, values);
    }
  return values
    .map((n, at) => {
      // Nobody else goes on from the state itself.
      const s = at < values.length - 1 ? st.split() : st;
      s.boundsTried = true;
      s.setSize(sym, n);
      return s;
    })
    .filter((s) => isFeasible(s, sym.id));
}
