/** What values lead to. */
import type { State } from './state.ts';
import { Func, pushSuccessors, Ref, Tuple, type Value } from './values.ts';

/** Some values and all that can be got at from them: what functions have captured, and what is in objects, each of which is gone into once. */
export function* valuesFrom(st: State, values: readonly Value[]): Iterable<Value> {
  const seen = new Set<number>();
  const work: Value[] = [...values];
  for (let x = work.pop(); x !== undefined; x = work.pop()) {
    yield x;
    if (x instanceof Func) work.push(...x.env, ...(x.recv === undefined ? [] : [x.recv]));
    else if (x instanceof Tuple) work.push(...x.values);
    else if (x instanceof Ref && !seen.has(x.id)) {
      seen.add(x.id);
      pushSuccessors(st.get(x.id), work);
    }
  }
}
