/** What `errors.Is` and `errors.As` find in a chain of errors. */
import type { TypeInfo } from '../../../golang/type-info.ts';
import type { Type } from '../../../golang/types.ts';
import { asserted, hasType, namedTypeOf, ofNamedBasic } from '../dynamic-types.ts';
import type { State } from '../state.ts';
import { Ref, Sym, type Value } from '../values.ts';

/** Errors that wrap one another which are looked through. */
const MAX_DEPTH = 5;

/** What an error wraps; undefined when that is not known. */
function wrappedBy(info: TypeInfo, st: State, x: Value): readonly Value[] | undefined {
  const own = ofNamedBasic(x)?.type ?? namedTypeOf(st, x);
  // Methods of these names may say anything.
  if (own) return ['Is', 'As', 'Unwrap'].every((m) => info.members.find(own, m) === undefined) ? [] : undefined;
  return st.as(st.as(x, 'cell')?.value, 'slice')?.elems;
}

/** Whether an error is another one or wraps it; undefined when that is not known. */
export function isError(info: TypeInfo, st: State, x: Value, y: Value, depth = 0): boolean | undefined {
  if (x === null || y === null) return x === y;
  if (x instanceof Sym && y instanceof Sym && x.id === y.id) return true;
  if (x === y || (x instanceof Ref && y instanceof Ref && x.id === y.id)) return true;
  if (x instanceof Sym || y instanceof Sym || depth > MAX_DEPTH) return undefined;
  const inner = wrappedBy(info, st, x)?.map((e) => isError(info, st, e, y, depth + 1));
  if (inner?.includes(true)) return true;
  return !inner || inner.includes(undefined) ? undefined : false;
}

/** The first error of a chain that has a type, as a value of that; null when none has it, and undefined when that is not known. */
export function asError(info: TypeInfo, st: State, x: Value, type: Type, depth = 0): Value | undefined {
  if (x === null) return null;
  if (x instanceof Sym || depth > MAX_DEPTH) return undefined;
  const is = namedTypeOf(st, x) || ofNamedBasic(x) ? hasType(info, st, x, type) : false;
  if (is === undefined) return undefined;
  if (is) return asserted(info, x, type);
  const wrapped = wrappedBy(info, st, x);
  if (!wrapped) return undefined;
  for (const e of wrapped) {
    const found = asError(info, st, e, type, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
