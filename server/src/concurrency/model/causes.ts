/** Who waits for whom among goroutines that are stuck: which of them are the cause, and which only wait for those. */
import { type Code, type Instruction, lowered, nextInstructions, reachableFrom } from './instructions.ts';
import type { Stuck } from './exploration.ts';
import { roots } from './left-behind.ts';
import { chanName, lastName } from './operand-names.ts';
import type { Pending } from './pending.ts';
import { reachable } from './reach.ts';
import type { Frame, State } from './state.ts';
import { Cancel, Func, Ref, type Site, type Value } from './values.ts';

/** Goroutines that wait for one another in a circle, or one that waits for nobody who is left. */
export interface Cause {
  members: Pending[];
  /** Others wait for them. */
  isAwaited: boolean;
}

const MAX_CALLS = 40;

export function causesOf({ state, blocked: all }: Stuck): Cause[] {
  // What a stopped timer would have called is not called: nobody waits there.
  const blocked = all.filter((p) => !isStoppedTimer(state, p));
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
    const isAwaited = waitsFor.some((to, m) => !members.includes(m) && to.some((x) => members.includes(x)));
    causes.push({ members: members.map((m) => blocked[m] as Pending), isAwaited });
  });
  return causes;
}

function isStoppedTimer(st: State, { frame, objects: [v] }: Pending): boolean {
  return frame.code.name === 'afterTimer' && v instanceof Ref && st.as(v, 'chan')?.timer === 'stopped';
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

/** A goroutine, and the frame in which it waits: absent when what it is at counts as something that it may still do. */
type Helper = Pick<Pending, 'goroutine'> & { frame?: Frame };

/** True when goroutine `q`, could it go on, might do what `p` waits for. */
export function provides(st: State, q: Helper, p: Pending): boolean {
  const { instruction: i } = p;
  const mine = (v: Value): boolean => v instanceof Ref && reachable(st, roots(q.goroutine)).has(v.id);
  const test = wantedBy(st, p);
  if (test && p.objects.some(mine) && mayStill(q, test)) return true;
  if (i.op === 'recv' || i.op === 'select') return mayCancel(st, q, p);
  if (i.op !== 'sync' && i.op !== 'invoke') return false;
  const [v] = p.objects;
  const o = v instanceof Ref ? st.get(v.id) : undefined;
  if (!o || !(v instanceof Ref)) return false;
  if (o.t === 'mutex')
    return (
      o.writer === q.goroutine.id ||
      o.readers.includes(q.goroutine.id) ||
      (o.waiting === q.goroutine.id && i.method === 'RLock')
    );
  if (o.t === 'waitgroup' || o.t === 'group') return q.goroutine.epilogue?.id === v.id;
  return o.t === 'once' && o.runner === q.goroutine.id;
}

/** Which instructions do what a goroutine waits for; undefined where others have to end something that they have begun. */
export function wantedBy(st: State, p: Pending): ((i: Instruction) => boolean) | undefined {
  const { instruction: i } = p;
  const fields = new Set(p.objects.flatMap((v) => (v instanceof Ref ? fieldsWith(st, v.id) : [])));
  const [v] = p.objects;
  switch (i.op) {
    case 'send':
      return (x) => does(x, ['recv'], fields);
    case 'recv':
      return (x) => does(x, i.range ? ['close'] : ['close', 'send'], fields);
    case 'select':
      return (x) => does(x, ['send', 'recv', 'close'], fields);
    case 'sync':
    case 'invoke': {
      const t = v instanceof Ref ? st.get(v.id).t : undefined;
      if (t === 'waitgroup' || t === 'group') return (x) => isMethod(x, 'Done');
      return t === 'cond' ? (x) => isMethod(x, 'Signal') || isMethod(x, 'Broadcast') : undefined;
    }
    default:
      return undefined;
  }
}

/** True when a goroutine has the cancel function of a context, or of an ancestor, that another one waits for. */
function mayCancel(st: State, q: Helper, p: Pending): boolean {
  const contexts = p.objects.flatMap((v) => st.as(v, 'chan')?.context ?? []);
  if (contexts.length === 0) return false;
  const within = (x: Value): boolean => x instanceof Cancel && contexts.some((c) => reachable(st, [x]).has(c));
  const seen = new Set<Value>();
  const holds = (x: Value | undefined): boolean => {
    if (x === undefined || x === null || seen.has(x)) return false;
    seen.add(x);
    if (within(x)) return true;
    if (x instanceof Func) return [...x.env, x.recv].some(holds);
    if (x instanceof Ref) {
      const o = st.as(x, 'cell') ?? st.as(x, 'struct');
      return o?.t === 'cell' ? holds(o.value) : o?.t === 'struct' && [...o.fields.values()].some(holds);
    }
    return false;
  };
  return roots(q.goroutine).some(holds);
}

/** True for an operation on a channel that may be the one that some fields hold. */
function does(i: Instruction, kinds: readonly string[], fields: ReadonlySet<string>): boolean {
  if (i.op === 'select') return i.arms.some((a) => kinds.includes(a.kind) && mayBeIn(a.site, fields));
  return kinds.includes(i.op) && mayBeIn(i.site, fields);
}

/** False for what is written as a field that holds another channel. */
function mayBeIn(site: Site, fields: ReadonlySet<string>): boolean {
  const name = chanName(site);
  return !/^[\w.]+\.\w+$/.test(name) || fields.has(lastName(name));
}

/** Names of the fields that hold an object. */
function fieldsWith(st: State, id: number): string[] {
  return st.heap.flatMap((o) =>
    o.t === 'struct' ? [...o.fields].flatMap(([name, v]) => (v instanceof Ref && v.id === id ? [name] : [])) : [],
  );
}

function isMethod(i: Instruction, name: string): boolean {
  return (i.op === 'sync' || i.op === 'invoke' || i.op === 'defer') && i.method === name;
}

/** True when a goroutine may come to such an instruction behind the one it is at. */
function mayStill({ goroutine, frame }: Helper, test: (i: Instruction) => boolean): boolean {
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
  const { instructions } = lowered(code);
  const reached = reachableFrom(code, waits ? nextInstructions(code, pc) : [pc]);
  return [...reached].flatMap((n) => instructions[n] ?? []);
}
