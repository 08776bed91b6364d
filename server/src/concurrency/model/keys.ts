/** Keys of values, and text of the terms that stand for what is not known of them. */
import type { Type } from '../../golang/types.ts';
import { Func, type ObjectOf, Ref, Sym, type Value } from './values.ts';

/** Key of a value: equal for values that are known to be the same. */
export function keyOf(v: Value): string {
  if (v instanceof Sym) return `?${v.id}`;
  if (v instanceof Ref) return `#${v.id}`;
  return JSON.stringify(v);
}

/** A type as terms name it. */
export function typeText(t: Type): string {
  if (t.kind === 'pointer') return `*${typeText(t.elem)}`;
  return t.kind === 'named' ? `${t.pkg}.${t.name}` : t.kind;
}

/** Key of the length of a map of which not all entries are known. */
export function lengthKey(ref: Ref, map: ObjectOf<'map'>): string {
  return `len(#${ref.id}+${map.entries.size})`;
}

/** An operand inside the key of a term. */
export function operand(v: Value): string {
  if (v === null) return 'nil';
  if (v instanceof Sym) return `${v.negated ? '!' : ''}?${v.id} `;
  if (v instanceof Ref) return `#${v.id}`;
  if (v instanceof Func) return 'func';
  return typeof v === 'object' ? 'value' : JSON.stringify(v);
}

/** Key of the term `x == y`, whichever of the two comes first. */
export function equalKey(x: Value, y: Value): string {
  return `==(${[operand(x), operand(y)].sort().join()})`;
}

/** What terms for results of functions begin with. */
const CALL = 'call ';

/** Key of what a function gives, which gives the same whenever it is given the same. */
export function callKey(name: string, args: readonly Value[]): string {
  return `${CALL}${name}(${args.map(operand).join()})`;
}

/** True for a term, given its key without operands, that stands for what a function gives. */
export function isCall(shape: string): boolean {
  return shape.startsWith(CALL);
}
