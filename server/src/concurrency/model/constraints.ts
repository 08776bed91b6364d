/** Whether what was assumed of an unknown number fits together: comparisons with constants bound it from both sides. */
import type { State, Term } from './state.ts';
import type { Sym } from './values.ts';

/** What a term says about numbers, read from its shape. */
export interface Bounds {
  /** The least value it may have: that of a length, or of `max(x, 1)`. */
  least: number;
  /** It compares a symbol with a constant. */
  comparison?: { op: '<' | '=='; constant: number; constantFirst: boolean };
  /** It compares two symbols. */
  pair?: '<' | '==';
}

/** True when some integer meets every comparison that is assumed of a symbol. */
export function isFeasible(st: State, symbol: number): boolean {
  let low = -Infinity;
  let high = Infinity;
  let others: Set<number> | undefined;
  const size = st.sizes.get(symbol);
  if (size !== undefined) low = high = size;
  for (const t of st.terms.values()) {
    if (t.id === symbol) low = Math.max(low, boundsOf(t).least);
    if (!t.operands.includes(symbol)) continue;
    const fact = st.facts.get(t.id);
    if (fact === undefined) continue;
    if (t.operands.length === 2 && holds(st, t) === !fact) return false;
    const { comparison } = boundsOf(t);
    if (!comparison) continue;
    const { op, constant, constantFirst } = comparison;
    if (op === '==') {
      if (fact) [low, high] = [Math.max(low, constant), Math.min(high, constant)];
      else (others ??= new Set()).add(constant);
    } else if (constantFirst !== fact) {
      // The symbol is less than the constant, or not greater than it.
      high = Math.min(high, fact ? constant - 1 : constant);
    } else low = Math.max(low, fact ? constant + 1 : constant);
  }
  while (others?.has(low)) low++;
  while (others?.has(high)) high--;
  return low <= high;
}

/** True when a truth that was just assumed of a comparison fits what is known of the number that is compared. */
export function fits(st: State, comparison: number): boolean {
  for (const { id, operands } of st.terms.values())
    if (id === comparison) return operands.length !== 1 || isFeasible(st, operands[0] as number);
  return true;
}

/** What a comparison of a number with 0 yields when the number is a size, which is never tried as 0; undefined for others. */
export function asWithItems(st: State, { id, negated }: Sym): boolean | undefined {
  for (const t of st.terms.values()) {
    if (t.id !== id) continue;
    const { comparison } = boundsOf(t);
    if (comparison?.constant !== 0) return undefined;
    return (comparison.op === '<' && comparison.constantFirst) !== negated;
  }
  return undefined;
}

/** Whether a comparison of two symbols holds; undefined until both have a size. */
function holds(st: State, t: Term): boolean | undefined {
  const { pair } = boundsOf(t);
  if (!pair) return undefined;
  const [x, y] = t.operands.map((id) => st.sizes.get(id));
  if (x === undefined || y === undefined) return undefined;
  return pair === '<' ? x < y : x === y;
}

/** Terms are shared by many states: each is read once. */
function boundsOf(t: Term): Bounds {
  return (t.bounds ??= read(t.shape));
}

/** `<(3,?)`, `<(?,3)`, `==(3,?)`: see `arithmetic.ts`. */
const COMPARISON = /^(<|==)\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/;
const PAIR = /^(<|==)\(\? ?,\? ?\)$/;
const MAX = /^max\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/;

function read(shape: string): Bounds {
  if (shape.startsWith('len(')) return { least: 0 };
  const max = MAX.exec(shape);
  if (max) return { least: Number(max[1] ?? max[2]) };
  const least = -Infinity;
  const pair = PAIR.exec(shape);
  if (pair) return { least, pair: pair[1] as '<' | '==' };
  const m = COMPARISON.exec(shape);
  if (!m) return { least };
  const [, op, left, right] = m;
  return {
    least,
    comparison: { op: op as '<' | '==', constant: Number(left ?? right), constantFirst: left !== undefined },
  };
}
