/** Which of the goroutines that are blocked nobody can wake any more (cf. the goroutine leak profile of Go 1.26). */
import type { FuncNode } from '../../syntax/ast.ts';
import type { Environment } from './environment.ts';
import { liveRegisters } from './liveness.ts';
import type { Live } from './options.ts';
import type { Pending } from './pending.ts';
import { reachable } from './reach.ts';
import type { Goroutine, State } from './state.ts';
import { mayUnlock } from './unlocks.ts';
import { Ref, type Value } from './values.ts';

/**
 * Blocked goroutines that wait for things which none of the others can reach.
 * @param environment what callers of the package's functions may do; absent for a program, which nobody calls
 * @param explored functions that have run
 */
export function leftBehind(
  st: State,
  live: readonly Live[],
  blocked: readonly Pending[],
  environment: Environment | undefined,
  explored: ReadonlySet<FuncNode>,
): Pending[] {
  const marked = new Set<number>();
  for (const { p, options } of live) if (options.length > 0) reachable(st, roots(p.goroutine), marked);
  const open: Value[] = [];
  // Whoever has left something makes no use of it any more.
  st.heap.forEach((o, id) => o.open && !(o.t === 'struct' && o.isOver) && open.push(new Ref(id)));
  // Callers of the package's functions get at all that hangs on what they have.
  const outside = [...open, ...st.globals.values()];
  const known = environment && reachable(st, outside);
  const free = reachable(st, outside, new Set(), true);
  const alive = new Set(live.filter((l) => l.options.length > 0).map((l) => l.p.goroutine.id));
  let rest = [...blocked];
  for (let changed = true; changed;) {
    changed = false;
    rest = rest.filter((p) => {
      const woken =
        p.objects.some((v) => v instanceof Ref && (free.has(v.id) || marked.has(v.id)) && isHelped(st, v, alive)) ||
        (known !== undefined && environment?.mayWake(st, p, known, explored, blocked) === true);
      if (!woken) return true;
      reachable(st, roots(p.goroutine), marked);
      alive.add(p.goroutine.id);
      changed = true;
      return false;
    });
  }
  return rest;
}

/** True when somebody who is not stuck may do what is waited for; of a lock it is known who has to let go of it, of a `Once` who runs it. */
function isHelped(st: State, v: Ref, alive: ReadonlySet<number>): boolean {
  const o = st.get(v.id);
  if (o.t === 'once') return o.runner === undefined || alive.has(o.runner);
  if (o.t !== 'mutex') return true;
  const holders = [...(o.writer === undefined ? [] : [o.writer]), ...o.readers];
  if (holders.length === 0 || holders.some((h) => alive.has(h))) return true;
  return st.goroutines.some((g) => alive.has(g.id) && mayUnlock(st, g, roots(g), v.id));
}

/** Everything a goroutine can get at. */
export function roots(g: Goroutine): Value[] {
  const found: Value[] = [];
  for (const f of g.frames) {
    // A frame has no room yet for what statements need that nobody has come to.
    for (const r of liveRegisters(f.code, f.pc)) found.push(f.regs[r] ?? null);
    for (const d of f.defers) {
      if (d.fun !== undefined) found.push(d.fun);
      if (d.recv !== undefined) found.push(d.recv);
      found.push(...d.args);
    }
  }
  if (g.epilogue) found.push(new Ref(g.epilogue.id));
  return found;
}
