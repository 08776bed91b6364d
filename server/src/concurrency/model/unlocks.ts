/** Whether a goroutine may let go of a lock that another one has taken. */
import { type Code, type Instruction, lowered, nextInstructions } from './instructions.ts';
import { lastName, lockName } from './operand-names.ts';
import { valuesFrom } from './reach.ts';
import { reachable } from './reach.ts';
import type { Goroutine, State } from './state.ts';
import { Func, Ref, type Value } from './values.ts';

const MAX_CALLS = 20;

/**
 * True when a goroutine comes to an `Unlock` of the lock without having taken it before, or has `mu.Unlock` as a function.
 * @param values all it can get at
 */
export function mayUnlock(st: State, g: Goroutine, values: readonly Value[], mutex: number): boolean {
  if (leadsToUnlock(st, values, mutex)) return true;
  if (!reachable(st, values).has(mutex)) return false;
  const names = new Set((st.as(new Ref(mutex), 'mutex')?.holds ?? []).map((h) => lastName(lockName(h.site))));
  const search = new UnlockSearch(names);
  return g.frames.some(
    (f) =>
      search.from(f.code, f.pc) ||
      f.defers.some((d) => (d.recv instanceof Ref && d.recv.id === mutex) || (d.code && search.from(d.code, 0))),
  );
}

/** True when values lead to `mu.Unlock` as a function: whoever has it may let go of a lock that another goroutine holds. */
function leadsToUnlock(st: State, values: readonly Value[], mutex: number): boolean {
  for (const x of valuesFrom(st, values))
    if (x instanceof Func && x.recv instanceof Ref && x.recv.id === mutex && /^R?Unlock$/.test(x.code.name))
      return true;
  return false;
}

/** Looks for an `Unlock` that no `Lock` comes before; locks are told apart by the last part of their name. */
class UnlockSearch {
  private readonly seen = new Set<Code>();

  constructor(private readonly names: ReadonlySet<string>) {}

  from(code: Code, pc: number): boolean {
    const { instructions } = lowered(code);
    const reached = new Set([pc]);
    for (const at of reached) {
      const i = instructions[at];
      if (!i || this.isOfLock(i, /^R?Lock$/)) continue;
      if (this.isOfLock(i, /^R?Unlock$/)) return true;
      if (
        (i.op === 'call' || i.op === 'closure' || i.op === 'defer') &&
        i.code &&
        this.isNew(i.code) &&
        this.from(i.code, 0)
      )
        return true;
      for (const next of nextInstructions(code, at)) reached.add(next);
    }
    return false;
  }

  private isNew(code: Code): boolean {
    if (this.seen.has(code) || this.seen.size > MAX_CALLS) return false;
    this.seen.add(code);
    return true;
  }

  private isOfLock(i: Instruction, method: RegExp): boolean {
    if (i.op !== 'sync' && i.op !== 'invoke' && i.op !== 'defer') return false;
    return method.test(i.method ?? '') && this.names.has(lastName(lockName(i.site)));
  }
}
