/** Whether what was assumed of an unknown number fits together: comparisons with constants bound it from both sides. */
import type { State } from './state.ts';
import type { Sym } from './values.ts';

/** What a term says about numbers, read from its shape. */
export interface Bounds {
  /** The least value it may have: that of a length, or of `max(x, 1)`. */
  least: number;
  /** It compares a symbol with a constant. */
  comparison?: { op: '<' | '=='; constant: number; constantFirst: boolean };
  /** It compares two symbols. */
  pair?: '<' | '==';
  /** It adds a constant to a symbol, or takes one from the other. */
  sum?: { sign: 1 | -1; offset: number };
}

/** An expression over symbols. */
export interface Term {
  id: number;
  /** Its text with `?` for each operand. */
  shape: string;
  operands: readonly number[];
  /** What the shape says about numbers, once somebody has asked. */
  bounds?: Bounds;
}

/** A number that is computed from a symbol: `sign * symbol + offset`. */
interface Linear {
  symbol: number;
  sign: 1 | -1;
  offset: number;
}

/** True when some integer meets every comparison that is assumed of a symbol, and of what is counted up or down from it. */
export function isFeasible(st: State, symbol: number): boolean {
  const computed = computedTerms(st);
  const of = linear(computed, symbol);
  let low = -Infinity;
  let high = Infinity;
  let others: Set<number> | undefined;
  const within = ({ sign, offset }: Linear, least: number, greatest: number): void => {
    const [a, b] = sign > 0 ? [least - offset, greatest - offset] : [offset - greatest, offset - least];
    low = Math.max(low, a);
    high = Math.min(high, b);
  };
  const own = { symbol: of.symbol, sign: 1, offset: 0 } as const;
  const size = st.sizes.get(of.symbol);
  if (size !== undefined) within(own, size, size);
  for (const t of st.terms.values()) {
    if (t.id === of.symbol) within(own, boundsOf(t).least, Infinity);
    const fact = st.facts.get(t.id);
    if (fact === undefined) continue;
    if (t.operands.length === 2 && t.operands.includes(symbol) && holds(st, t) === !fact) return false;
    const { comparison } = boundsOf(t);
    if (!comparison) continue;
    const x = linear(computed, t.operands[0] as number);
    if (x.symbol !== of.symbol) continue;
    const { op, constant, constantFirst } = comparison;
    if (op === '==') {
      if (fact) within(x, constant, constant);
      else (others ??= new Set()).add(x.sign * (constant - x.offset));
    } else if (constantFirst !== fact) {
      // The number is less than the constant, or not greater than it.
      within(x, -Infinity, fact ? constant - 1 : constant);
    } else within(x, fact ? constant + 1 : constant, Infinity);
  }
  while (others?.has(low)) low++;
  while (others?.has(high)) high--;
  return low <= high;
}

/** Terms that add a constant to a symbol or take one from the other, by what they are. */
function computedTerms(st: State): Map<number, Linear> | undefined {
  let found: Map<number, Linear> | undefined;
  for (const t of st.terms.values()) {
    const { sum } = boundsOf(t);
    if (sum) (found ??= new Map<number, Linear>()).set(t.id, { symbol: t.operands[0] as number, ...sum });
  }
  return found;
}

/** What a number is computed from. */
function linear(computed: ReadonlyMap<number, Linear> | undefined, id: number): Linear {
  let x: Linear = { symbol: id, sign: 1, offset: 0 };
  for (let inner = computed?.get(id); inner; inner = computed?.get(inner.symbol))
    x = { symbol: inner.symbol, sign: x.sign === inner.sign ? 1 : -1, offset: x.sign * inner.offset + x.offset };
  return x;
}

/** True when a truth that was just assumed of a comparison fits what is known of the number that is compared. */
export function fits(st: State, comparison: number): boolean {
  for (const { id, operands } of st.terms.values())
    if (id === comparison) return operands.length !== 1 || isFeasible(st, operands[0] as number);
  return true;
}

/** True when a count that is known was compared with an unknown number, which no size was tried for. */
export function countsUpTo(st: State): boolean {
  for (const t of st.terms.values()) {
    const { comparison } = boundsOf(t);
    if (comparison?.op !== '<' || comparison.constant < 1 || st.facts.get(t.id) === undefined) continue;
    if (st.sizes.get(linear(computedTerms(st), t.operands[0] as number).symbol) === undefined) return true;
  }
  return false;
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
const SUM = /^([+-])\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/;
const MAX = /^max\((?:(-?\d+) ?,\? ?|\? ?,(-?\d+) ?)\)$/;

function read(shape: string): Bounds {
  if (shape.startsWith('len(')) return { least: 0 };
  const max = MAX.exec(shape);
  if (max) return { least: Number(max[1] ?? max[2]) };
  const least = -Infinity;
  const pair = PAIR.exec(shape);
  if (pair) return { least, pair: pair[1] as '<' | '==' };
  const sum = SUM.exec(shape);
  if (sum) {
    const [, op, left, right] = sum;
    if (op === '+') return { least, sum: { sign: 1, offset: Number(left ?? right) } };
    return {
      least,
      sum: left === undefined ? { sign: 1, offset: -Number(right) } : { sign: -1, offset: Number(left) },
    };
  }
  const m = COMPARISON.exec(shape);
  if (!m) return { least };
  const [, op, left, right] = m;
  return {
    least,
    comparison: { op: op as '<' | '==', constant: Number(left ?? right), constantFirst: left !== undefined },
  };
}
