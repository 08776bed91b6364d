/** Who waits for whom among goroutines that are stuck: which of them are the cause, and which only wait for those. */
import { type Code, type Instruction, lowered, nextInstructions } from './instructions.ts';
import { roots, type Stuck } from './explore.ts';
import type { Pending } from './pending.ts';
import { reachable, type State } from './state.ts';
import { Ref, type Value } from './values.ts';

/** Goroutines that wait for one another in a circle, or one that waits for nobody who is left. */
export interface Cause {
  members: Pending[];
}

const MAX_CALLS = 40;

export function causesOf({ state, blocked }: Stuck): Cause[] {
  const waitsFor = blocked.map((p) => blocked.flatMap((q, n) => (p !== q && provides(state, q, p) ? [n] : [])));
  const reach = blocked.map((_, n) => closure(waitsFor, n));
  const causes: Cause[] = [];
  const taken = new Set<number>();
  blocked.forEach((_, n) => {
    if (taken.has(n)) return;
    const to = reach[n] as Set<number>;
    // Somebody it waits for does not wait for it: that one is the cause.
    if ([...to].some((m) => !(reach[m] as Set<number>).has(n))) return;
    const members = [n, ...[...to].filter((m) => m !== n)].sort((a, b) => a - b);
    for (const m of members) taken.add(m);
    causes.push({ members: members.map((m) => blocked[m] as Pending) });
  });
  return causes;
}

function closure(edges: readonly number[][], from: number): Set<number> {
  const found = new Set<number>();
  const work = [...(edges[from] as number[])];
  for (let n = work.pop(); n !== undefined; n = work.pop()) {
    if (found.has(n)) continue;
    found.add(n);
    work.push(...(edges[n] as number[]));
  }
  return found;
}

/** True when goroutine `q`, could it go on, might do what `p` waits for. */
function provides(st: State, q: Pending, p: Pending): boolean {
  const { instruction: i } = p;
  const mine = (v: Value): boolean => v instanceof Ref && reachable(st, roots(q.goroutine)).has(v.id);
  switch (i.op) {
    case 'send':
      return p.objects.some(mine) && mayStill(q, (x) => x.op === 'recv' || isArm(x, 'recv'));
    case 'recv':
      return (
        p.objects.some(mine) &&
        mayStill(q, (x) => x.op === 'close' || (!i.range && (x.op === 'send' || isArm(x, 'send'))))
      );
    case 'select':
      return p.objects.some(mine) && mayStill(q, (x) => ['send', 'recv', 'close', 'select'].includes(x.op));
    case 'sync':
    case 'invoke': {
      const [v] = p.objects;
      const o = v instanceof Ref ? st.get(v.id) : undefined;
      if (!o || !(v instanceof Ref)) return false;
      if (o.t === 'mutex')
        return (
          o.writer === q.goroutine.id ||
          o.readers.includes(q.goroutine.id) ||
          (o.waiting === q.goroutine.id && i.method === 'RLock')
        );
      if (o.t === 'waitgroup' || o.t === 'group')
        return q.goroutine.epilogue?.id === v.id || (mine(v) && mayStill(q, (x) => isMethod(x, 'Done')));
      if (o.t === 'cond') return mine(v) && mayStill(q, (x) => isMethod(x, 'Signal') || isMethod(x, 'Broadcast'));
      if (o.t === 'once') return o.runner === q.goroutine.id;
      return false;
    }
    default:
      return false;
  }
}

function isArm(i: Instruction, kind: 'send' | 'recv'): boolean {
  return i.op === 'select' && i.arms.some((a) => a.kind === kind);
}

function isMethod(i: Instruction, name: string): boolean {
  return (i.op === 'sync' || i.op === 'invoke' || i.op === 'defer') && i.method === name;
}

/** True when a goroutine may come to such an instruction behind the one it is at. */
function mayStill({ goroutine, frame }: Pending, test: (i: Instruction) => boolean): boolean {
  const seen = new Set<Code>();
  const inside = (code: Code | undefined): boolean => {
    if (!code || seen.has(code) || seen.size > MAX_CALLS) return false;
    seen.add(code);
    return lowered(code).instructions.some((i) => matches(i));
  };
  const matches = (i: Instruction): boolean =>
    test(i) || ((i.op === 'call' || i.op === 'closure' || i.op === 'go' || i.op === 'defer') && inside(i.code));
  for (const f of goroutine.frames) {
    if (after(f.code, f.pc, f === frame).some(matches)) return true;
    for (const d of f.defers) {
      if (inside(d.code)) return true;
      if (d.fun instanceof Object && 'code' in d.fun && inside(d.fun.code)) return true;
      if (d.method !== undefined && test({ op: 'invoke', method: d.method, site: d.site } as Instruction)) return true;
    }
    for (const v of f.regs) if (v instanceof Object && 'code' in v && inside(v.code)) return true;
  }
  return false;
}

/** Instructions that can come next; the one a goroutine waits at counts when a loop leads back to it. */
function after(code: Code, pc: number, waits: boolean): Instruction[] {
  const seen = new Set<number>();
  const work = waits ? nextInstructions(code, pc) : [pc];
  for (let n = work.pop(); n !== undefined; n = work.pop()) {
    if (seen.has(n) || n >= code.instructions.length || n < 0) continue;
    seen.add(n);
    work.push(...nextInstructions(code, n));
  }
  return [...seen].map((n) => code.instructions[n] as Instruction);
}
