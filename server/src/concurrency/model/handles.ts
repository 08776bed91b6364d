/** Functions of the package that callers have got: they may call them, but cannot get at what these have captured. */
import { valuesFrom } from './reach.ts';
import type { State } from './state.ts';
import { Cancel, Func, type HeapObject, Ref, type Value } from './values.ts';

/** Stands for what callers have: no type of a program is called that. */
const HANDLE = 'func()';
const FUNCTION = 'function';

/** Notes that callers have a function from now on. Contexts that it may cancel may end at any time. */
export function handOutFunction(st: State, f: Func): void {
  if (st.heap.some((o) => isSame(handedFunction(o), f))) return;
  for (const v of valuesFrom(st, [f])) if (v instanceof Cancel) st.open(new Ref(v.context), true);
  st.alloc({
    t: 'struct',
    stamp: 0,
    open: true,
    sealed: true,
    type: { kind: 'named', pkg: st.home, name: HANDLE, args: [] },
    fields: new Map([[FUNCTION, f]]),
  });
}

/** The function that callers have, for an object that stands for one. */
export function handedFunction(o: HeapObject): Func | undefined {
  if (o.t !== 'struct' || o.type.kind !== 'named' || o.type.name !== HANDLE) return undefined;
  const f = o.fields.get(FUNCTION);
  return f instanceof Func ? f : undefined;
}

function isSame(x: Func | undefined, y: Func): boolean {
  if (x?.code !== y.code || !isSameValue(x.recv, y.recv)) return false;
  return x.env.length === y.env.length && x.env.every((v, n) => isSameValue(v, y.env[n]));
}

function isSameValue(x: Value | undefined, y: Value | undefined): boolean {
  return x === y || (x instanceof Ref && y instanceof Ref && x.id === y.id);
}
