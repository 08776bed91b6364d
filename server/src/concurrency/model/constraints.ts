/** Whether what was assumed of an unknown number fits together: comparisons with constants bound it from both sides. */
import type { State, Term } from './state.ts';

/** True when some integer meets every comparison that is assumed of a symbol. */
export function isFeasible(st: State, symbol: number): boolean {
  let low = -Infinity;
  let high = Infinity;
  const others = new Set<number>();
  const size = st.sizes.get(symbol);
  if (size !== undefined) low = high = size;
  for (const t of st.terms.values()) {
    if (t.id === symbol) low = Math.max(low, leastOf(t));
    if (!t.operands.includes(symbol)) continue;
    const fact = st.facts.get(t.id);
    if (t.operands.length === 2 && fact !== undefined && holds(st, t) === !fact) return false;
    if (t.operands.length !== 1) continue;
    const m = fact === undefined ? undefined : COMPARISON.exec(t.shape);
    if (!m) continue;
    const [, op, left, right] = m;
    const c = Number(left ?? right);
    if (op === '==') {
      if (fact) [low, high] = [Math.max(low, c), Math.min(high, c)];
      else others.add(c);
    } else if ((left === undefined) === fact) {
      // The symbol is less than the constant, or not greater than it.
      high = Math.min(high, fact ? c - 1 : c);
    } else low = Math.max(low, fact ? c + 1 : c);
  }
  while (others.has(low)) low++;
  while (others.has(high)) high--;
  return low <= high;
}

/** True when a truth that was just assumed of a comparison fits what is known of the number that is compared. */
export function fits(st: State, comparison: number): boolean {
  for (const { id, operands } of st.terms.values())
    if (id === comparison) return operands.length !== 1 || isFeasible(st, operands[0] as number);
  return true;
}

/** Whether a comparison of two symbols holds; undefined until both have a size. */
function holds(st: State, { shape, operands }: Term): boolean | undefined {
  const [x, y] = operands.map((id) => st.sizes.get(id));
  if (x === undefined || y === undefined) return undefined;
  const op = /^(<|==)\(\? ?,\? ?\)$/.exec(shape)?.[1];
  return op === undefined ? undefined : op === '<' ? x < y : x === y;
}

/** `<(3,?)`, `<(?,3)`, `==(3,?)`: see `arithmetic.ts`. */
const COMPARISON = /^(<|==)\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/;

/** The least value of a length, and of `max(x, 1)`. */
function leastOf({ shape }: Term): number {
  if (shape.startsWith('len(')) return 0;
  const m = /^max\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/.exec(shape);
  return m ? Number(m[1] ?? m[2]) : -Infinity;
}
