/** Operators on values of which some are symbols. */
import { equalKey, operand } from './keys.ts';
import { arithmetic, floatArithmetic } from '../../golang/operators.ts';
import { concatenated } from './pure-functions.ts';
import type { State } from './state.ts';
import { Ref, Sym, type Value, weightOf } from './values.ts';

export function negate(v: Value): Value {
  if (typeof v === 'boolean') return !v;
  return v instanceof Sym ? new Sym(v.id, !v.negated) : v;
}

/**
 * `x op y`; a symbol where the answer is not known, the same one for the same operands.
 * @param exact whether measured things are computed with: elsewhere sums of them decide nothing, and are all alike
 */
export function binaryValue(st: State, op: string, x: Value, y: Value, exact = false): Value {
  switch (op) {
    case '==':
      return equal(st, x, y);
    case '!=':
      return negate(equal(st, x, y));
    case '<':
      return less(st, x, y);
    case '>':
      return less(st, y, x);
    case '>=':
      return negate(less(st, x, y));
    case '<=':
      return negate(less(st, y, x));
    default:
  }
  const isMeasured =
    (typeof x === 'number' && !Number.isInteger(x)) ||
    (typeof y === 'number' && !Number.isInteger(y)) ||
    op === 'float/';
  if (isMeasured && !exact && !(x instanceof Sym) && !(y instanceof Sym)) return 0.5;
  if (typeof x === 'number' && typeof y === 'number') {
    const n = isMeasured ? floatArithmetic(op, x, y) : arithmetic(op, x, y);
    if (n !== undefined) return n;
  }
  if (op === '+' && typeof x === 'string' && typeof y === 'string') {
    const both = concatenated(x, y);
    if (both !== undefined) return both;
  }
  if ((op === '-' || op === '+') && x instanceof Sym && y === 0) return x;
  if (op === '+' && y instanceof Sym && x === 0) return y;
  const undone = x instanceof Sym ? undoing(op, x, y) : undefined;
  if (undone !== undefined) return undone;
  // Each turn of a loop makes it longer, and `n += n` doubles it.
  const weight = weightOf(x) + weightOf(y);
  // What is counted on and on is any number: states that differ in nothing else are alike.
  const isCounted = typeof x === 'number' || typeof y === 'number';
  if (!exact && weight >= (isCounted ? MAX_COUNTED : MAX_SUMMED)) return st.freshSize();
  const isHuge = weight > MAX_WEIGHT;
  return st.term(`${op}(${operand(x)},${operand(y)})`, isHuge ? undefined : { op, x, y });
}

/** Operations in an expression that can still be computed when its symbols get values. */
const MAX_WEIGHT = 64;
/** The same where a program is not there as a whole, of counters and of sums of unknown numbers. */
const MAX_COUNTED = 2;
const MAX_SUMMED = 6;

/** What is left when what was added is taken away again, or the other way round. */
function undoing(op: string, x: Sym, y: Value): Value | undefined {
  if (!(y instanceof Sym) || y.negated || x.negated) return undefined;
  const isY = (v: Value): boolean => v instanceof Sym && v.id === y.id;
  if (op === '-' && isY(x)) return 0;
  const e = x.expression;
  if (!e) return undefined;
  if (op === '-' && e.op === '+') return isY(e.y) ? e.x : isY(e.x) ? e.y : undefined;
  return op === '+' && e.op === '-' && isY(e.y) ? e.x : undefined;
}

function equal(st: State, x: Value, y: Value): Value {
  if (x instanceof Sym && y instanceof Sym) {
    if (x.id === y.id) return x.negated === y.negated;
    // Two values that have nothing to do with each other differ; lengths and what is computed may well be equal.
    const areApart = !st.mayCoincide && !x.expression && !y.expression;
    if (areApart && !x.isSize && !y.isSize && !x.negated && !y.negated) return false;
  }
  if (x instanceof Sym || y instanceof Sym) {
    if (typeof y === 'boolean') return y ? x : negate(x);
    if (typeof x === 'boolean') return x ? y : negate(y);
    // What is made here and given to nobody is not what others made.
    if (y instanceof Ref && !st.get(y.id).open && !isContextLike(st, y)) return false;
    if (x instanceof Ref && !st.get(x.id).open && !isContextLike(st, x)) return false;
    return st.term(equalKey(x, y));
  }
  if (x instanceof Ref && y instanceof Ref) return x.id === y.id;
  if (typeof x === 'object' || typeof y === 'object') return x === null && y === null;
  return x === y;
}

/** Errors that packages keep in variables may come from anywhere. */
function isContextLike(st: State, ref: Ref): boolean {
  const { t } = st.get(ref.id);
  return t === 'cell' || t === 'context' || t === 'chan';
}

/** A symbol as another one with a number added. */
function fromBase(x: Sym): { base: Sym; offset: number } {
  const e = x.expression;
  const { x: left, y: right } = e ?? {};
  if (left instanceof Sym && typeof right === 'number' && (e?.op === '+' || e?.op === '-')) {
    const { base, offset } = fromBase(left);
    return { base, offset: e.op === '+' ? offset + right : offset - right };
  }
  return { base: x, offset: 0 };
}

function less(st: State, x: Value, y: Value): Value {
  if (typeof x === 'number' && typeof y === 'number') return x < y;
  if (typeof x === 'string' && typeof y === 'string') return x < y;
  // Different unknown values are taken to differ, so that an order made by comparing two of them is an order.
  if (x instanceof Sym && y instanceof Sym) {
    const [a, b] = [fromBase(x), fromBase(y)];
    if (a.base.id === b.base.id) return a.offset < b.offset;
    // Time goes by between two looks at the clock.
    if (st.origins.get(x.id) === 'clock' && st.origins.get(y.id) === 'clock') return x.id < y.id;
    if (x.id > y.id) return negate(st.term(`<(${operand(y)},${operand(x)})`));
  }
  return st.term(`<(${operand(x)},${operand(y)})`);
}
