/** What values lead to. */
import { isSealed, type State } from './state.ts';
import { Cancel, Func, pushSuccessors, Ref, Tuple, type Value } from './values.ts';

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

/** Ids of everything that can be reached from values; `outside` leaves out what only the package's own code can get at. */
export function reachable(
  state: State,
  roots: Iterable<Value>,
  into: Set<number> = new Set(),
  outside = false,
): Set<number> {
  const work: Value[] = [...roots];
  for (let x = work.pop(); x !== undefined; x = work.pop()) {
    if (x instanceof Func) {
      work.push(...x.env);
      if (x.recv !== undefined) work.push(x.recv);
    } else if (x instanceof Tuple) work.push(...x.values);
    else if (x instanceof Cancel) work.push(new Ref(x.context));
    else if (x instanceof Ref && !into.has(x.id)) {
      into.add(x.id);
      const o = state.get(x.id);
      if (outside && o.t === 'struct') {
        for (const [name, f] of o.fields) if (!isSealed(state, o, name)) work.push(f);
      } else pushSuccessors(o, work);
    }
  }
  return into;
}
