/**
 * Whether callers of a package's functions could wake goroutines that are stuck: each method that they can call is tried out on the
 * state in which these are. That a method names what they wait for is not enough: `Put` of a closed queue signals nobody.
 */
import { endsValue } from '../../golang/ending-methods.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncDecl, FuncNode } from '../../syntax/ast.ts';
import { callerCode, functionCallerCode } from './caller-code.ts';
import { advance, settleNew } from './effects.ts';
import { type ClientMethods, type Holder, type Method, ownTarget } from './client-methods.ts';
import { methodText } from './entries.ts';
import { exchanges } from './method-shapes.ts';
import { embeddedIn, heldBy, holds, isOfType, waitInCircle } from './held-values.ts';
import { handedFunction } from './handles.ts';
import { hasChanged, hasLess } from './heap-changes.ts';
import { Machine } from './machine.ts';
import type { Instruction } from './instructions.ts';
import type { CodeSource } from './lowering.ts';
import { leftBehind } from './left-behind.ts';
import { givesBack, leaves } from './lending.ts';
import { type Live, liveGoroutines } from './options.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { stateKey } from './state-key.ts';
import { givenArgument } from './memory.ts';
import { cannotHear } from './told-to-end.ts';
import { type Func, type ObjectOf, Ref, type Site, takenBy, type Value } from './values.ts';

/** Calls tried out in all: who could do more may help. What each may cost stands below. */
const MAX_TRIES = 300;
/** Calls of one method, one after the other. */
const MAX_SAME = 2;

/** As many calls, one after the other, are looked at in any case: of later ones not all need be known. */
const FEW_CALLS = 2;

/** States that their calls lead to. */
const MAX_CHANGES = 60;
const MAX_STATES = 80;
const MAX_STEPS = 1200;

/** The size that is tried where one is not known: what a second thing does, the first has done. */
const HELPER_SIZES = [1];

const NOBODY: ReadonlySet<number> = new Set();

/** Values that a caller has and may give to a method. */
const MAX_GIVEN = 2;

/** States of one exploration that are looked at, in all and of those in which goroutines are blocked in the same places. */
const MAX_LOOKS = 16;
const MAX_ALIKE = 3;
/** What is given back at most, when all give back what they have. */
const MAX_GIVEN_BACK = 8;

/** A method that a client calls. */
export interface Call {
  decl: FuncDecl;
  /** Nobody calls it twice: it ends the value, or goes round as long as that lives. */
  isOnce: boolean;
  /** It ends what another one has given: nobody calls the methods of that then. */
  endsGiven: boolean;
}

/** What is known of those who have the value. */
export interface Clientele {
  /** The methods that the client calls, in order. */
  calls: readonly Call[];
  /** What nobody calls: what makes more of the kind that is there, or takes back what nobody has got. */
  idle: readonly FuncDecl[];
  /** The last thing that the client does ends the value, of which nobody has anything that is to be given back. */
  endsForAll: boolean;
}

/** An argument that callers have. */
interface Given {
  param: number;
  value: Value;
}

/** A call that callers have made. */
interface Done {
  func: FuncNode;
  hasTaken: boolean;
}

/** A call that callers can make, of a method or of a function that they have got. */
type Try = { given?: Given } & (
  | {
      method: Method;
      recv: Ref | undefined;
      /** What callers have put the receiver into, of which it is a method. */
      holder?: Holder;
    }
  | { fun: Func }
);

/** What is called, and where that stands. */
interface Called {
  unit: DeclUnit;
  func: FuncNode;
}

/** Tries out what callers may do in states of one exploration. */
export class OutsideHelp {
  private looks = 0;
  private readonly alike = new Map<string, number>();
  /** A caller that would exchange something with others, and does not get a lock that one of the blocked goroutines of the last look holds. */
  keptOut?: Pending;

  constructor(
    private readonly source: CodeSource,
    private readonly methods: ClientMethods,
    private readonly client: Clientele,
  ) {}

  /**
   * All goroutines that are blocked, when callers of the package know what they wait for, but nothing that they can do helps; none when
   * it might.
   *
   * @param places where they are blocked
   * @param live all goroutines, none of which can go on by itself unless a timer wakes it for nothing
   */
  beyond(
    st: State,
    places: string,
    live: readonly Live[],
    blocked: Pending[],
    explored: ReadonlySet<FuncNode>,
  ): Pending[] {
    const before = this.alike.get(places) ?? 0;
    if (before >= MAX_ALIKE || this.looks >= MAX_LOOKS) return [];
    if (leftBehind(st, live, blocked, undefined, explored).length < blocked.length) return [];
    this.looks++;
    this.alike.set(places, before + 1);
    this.keptOut = undefined;
    const rest = this.notHelped(st, blocked, waitInCircle(st, blocked), this.isEndedFor(st, blocked));
    return blocked.filter((p) => rest.has(p.goroutine.id));
  }

  /**
   * Those of some goroutines of which it is sure that no method which callers can call, once or one after the other, lets them go on.
   * @param tillEnd not even until the value is ended
   * @param isEnding nobody calls methods of the client's value any more
   */
  private notHelped(st: State, blocked: readonly Pending[], tillEnd: boolean, isEnding: boolean): ReadonlySet<number> {
    const rest = new Set(blocked.map((p) => p.goroutine.id));
    const called = this.calledBy(st);
    const ended = this.client.calls.flatMap(({ decl, endsGiven }) =>
      endsGiven && called.includes(decl) ? [decl] : [],
    );
    const last = this.client.calls.at(-1)?.decl;
    if (isEnding && last) ended.push(last);
    if (!tillEnd && this.isGivenBack(st, rest, called, ended)) return NOBODY;
    let count = 0;
    // What one call changes may matter to the next, which may be the same once more where it has taken something out.
    const states: { from: State; by: readonly Done[] }[] = [{ from: st, by: [] }];
    const seen = new Set([keyOf(st)]);
    for (const { from, by } of states) {
      // Who would help does so with few calls.
      const isLate = by.length >= FEW_CALLS;
      if (isLate && states.length > MAX_CHANGES) break;
      const tries = this.triesIn(from, st, called, ended);
      if (!tries) return NOBODY;
      for (const call of tries) {
        const { func } = calledOf(call);
        const before = by.filter((c) => c.func === func);
        const mayCome = before.length < MAX_SAME && before.every((c) => c.hasTaken);
        if (!mayCome || (tillEnd && func.kind === 'FuncDecl' && endsValue(func))) continue;
        if (++count > MAX_TRIES) return isLate ? rest : NOBODY;
        const changed = this.changesBy(from, st, rest, call);
        if (changed === 'cut' && isLate) continue;
        if (!changed || changed === 'cut') return NOBODY;
        for (const [key, c] of changed)
          if (!seen.has(key)) states.push({ from: c, by: [...by, { func, hasTaken: hasLess(from, c) }] });
        for (const key of changed.keys()) seen.add(key);
      }
    }
    return rest;
  }

  /** True when everybody who has got something gives it back, one after the other, and all go on. */
  private isGivenBack(st: State, rest: Set<number>, called: readonly FuncNode[], ended: readonly FuncDecl[]): boolean {
    let from = st;
    const tries = this.triesIn(st, st, called, ended)?.filter(
      (t) => 'fun' in t || (t.recv && !t.given && !t.holder && (givesBack(t.method) || leaves(t.method))),
    );
    for (const call of tries && tries.length > FEW_CALLS ? tries.slice(0, MAX_GIVEN_BACK) : []) {
      const changed = this.changesBy(from, st, rest, call);
      if (!changed) return true;
      const [next] = changed === 'cut' ? [] : changed.values();
      from = next ?? from;
    }
    return false;
  }

  /**
   * The calls that callers can make; undefined where they have nothing, or the methods of what they have are not known.
   * @param first the state in which others got stuck
   * @param called methods that nobody calls on the value that was there then
   * @param ended methods of a value of which nobody calls any
   */
  private triesIn(
    from: State,
    first: State,
    called: readonly FuncNode[],
    ended: readonly FuncDecl[],
  ): Try[] | undefined {
    const functions = functionsOf(from);
    const ids = [...from.heap.keys()].filter((id) => {
      const o = from.get(id);
      return o.t === 'struct' && o.open && this.methods.isOwn(o.type) && !handedFunction(o);
    });
    if (ids.length === 0 && functions.length === 0) return undefined;
    // Of a function that is not written in the program nobody knows what it does.
    if (functions.some((f) => !f.code.func)) return undefined;
    const found: Try[] = functions.map((fun) => ({ fun }));
    for (const id of ids) {
      const o = from.get(id);
      const methods = o.t === 'struct' ? this.methods.of(o.type) : undefined;
      if (!methods) return undefined;
      // Of which of several values the client has called a method is not known here.
      const old = ids.filter((other) => other < first.heap.length && isOfType(from.get(other), o));
      const isAlone = old.length === 1 && old[0] === id;
      const isOver = o.t === 'struct' && o.isOver === true;
      const isEnded = isOver || (isAlone && methods.some((m) => ended.includes(m.decl)));
      if (isEnded && !methods.some((m) => this.givesMeans(m.unit, m.decl))) continue;
      for (const method of methods.filter((m) => !isAlone || !called.includes(m.decl))) {
        const recv = method.decl.recv ? embeddedIn(from, id, method.through) : undefined;
        if (!recv && method.decl.recv) return undefined;
        found.push(...this.givenTo(from, method, ids).map((given) => ({ method, recv, given })));
      }
      const { type } = o as ObjectOf<'struct'>;
      for (const holder of this.methods.holdersOf(type)) {
        // They have one already.
        if (ids.some((other) => holds(from.get(other), holder, id))) continue;
        const others = this.methods.of(holder.type);
        if (!others) return undefined;
        for (const method of others.filter((m) => m.decl.recv)) found.push({ method, recv: new Ref(id), holder });
      }
    }
    return found;
  }

  /** True when the client ends the value, and waits for a goroutine that cannot hear it. */
  private isEndedFor(st: State, blocked: readonly Pending[]): boolean {
    const { calls, endsForAll } = this.client;
    const isIn = blocked.some(
      ({ goroutine: g }) => g.id === 0 && g.frames.some((f) => f.code.func === calls.at(-1)?.decl),
    );
    return endsForAll && isIn && blocked.some((p) => p.goroutine.id !== 0 && cannotHear(st, p));
  }

  /** What it is no use to call: what the client is in, what it has called by then and nobody calls twice, and what nobody can call. */
  private calledBy({ goroutines: [client] }: State): readonly FuncNode[] {
    const { calls, idle } = this.client;
    const [bottom] = client?.frames ?? [];
    const started = bottom && calledIn(bottom.code.instructions.slice(0, bottom.pc + 1));
    const before = client?.status === 'done' ? calls : calls.filter((m) => started?.has(m.decl));
    const isIn = (m: Call): boolean => client?.frames.some((f) => f.code.func === m.decl) === true;
    return [...before.filter((m) => isIn(m) || m.isOnce).map((m) => m.decl), ...idle];
  }

  /** True for what gives a channel: what callers do with it is up to them. */
  private givesMeans(unit: DeclUnit, { type }: FuncNode): boolean {
    const { types } = this.source.analysis;
    return type.results.some((r) => types.underlying(types.resolve(unit, r.type)).kind === 'chan');
  }

  /** What callers may call a method with: something that nobody has seen here, or what the package has given them. */
  private givenTo(st: State, { unit, decl }: Method, ids: readonly number[]): (Given | undefined)[] {
    const { types } = this.source.analysis;
    const found: Given[] = [];
    let comesFromPackage = false;
    for (const [param, type] of types.signature(unit, decl.type).params.entries()) {
      const target = ownTarget(unit.pkg, type);
      if (target === undefined) continue;
      comesFromPackage ||= this.methods.isOnlyMade(unit.pkg, target);
      for (const id of ids) {
        const o = st.get(id);
        if (o.t === 'struct' && o.type.kind === 'named' && o.type.name === target && o.type.pkg === unit.pkg.path)
          found.push({ param, value: new Ref(id) });
      }
      if (found.length > 0) break;
    }
    // A function is tried for what it is given, and nobody gives what nobody has got.
    return [...(decl.recv && !comesFromPackage ? [undefined] : []), ...found.slice(0, MAX_GIVEN)];
  }

  /**
   * The states, by their keys, after a call that has changed something of what was there when others got `stuck`; undefined when it may let
   * all others go on, `cut` when it was not followed to its end.
   * @param rest those whom nothing has helped so far; whom this helps is taken out, and goes on
   */
  private changesBy(
    from: State,
    stuck: State,
    rest: Set<number>,
    call: Try,
  ): ReadonlyMap<string, State> | 'cut' | undefined {
    const { unit, func } = calledOf(call);
    const called = 'fun' in call ? call.fun.code : this.source.code(unit, func);
    const target = 'fun' in call ? call.fun : call.recv;
    if (!called || (this.givesMeans(unit, func) && !isOwnAffair(from, stuck, target))) return undefined;
    const machine = new Machine(this.source, false, false, MAX_STEPS);
    machine.usualSizes = HELPER_SIZES;
    const first = from.fork();
    first.mayCoincide = true;
    const site: Site = { unit, node: func.kind === 'FuncDecl' ? func.name : func };
    const { given } = call;
    const args = machine.info
      .signature(unit, func.type)
      .params.map((t, n) => (n === given?.param ? given.value : givenArgument(machine.info, first, t, site)));
    const caller = first.goroutines.length;
    const code = 'fun' in call ? functionCallerCode(unit, args.length) : callerCode(unit, called, args.length);
    const on = 'method' in call && call.recv && call.holder ? heldBy(first, call.holder, call.recv, site) : target;
    machine.spawn(first, 0, site, { code, recv: on }, args, true);
    const work = settleNew(machine, first, caller);
    // Which of several that are alike has gone on makes no difference.
    const found = new Map<string, State>();
    for (let n = 0, st = work.pop(); st; st = work.pop(), n++) {
      if (n >= MAX_STATES) return 'cut';
      const live = liveGoroutines(machine, st);
      for (const l of live) if (l.options.length > 0) rest.delete(l.p.goroutine.id);
      if (rest.size === 0) return undefined;
      const callers = live.filter(({ p }) => p.goroutine.id >= caller);
      const steps = live.flatMap(({ p, options }) => (rest.has(p.goroutine.id) ? [] : options));
      if (steps.length === 0 && 'method' in call) this.keptOut ??= keptOut(st, callers, rest, call.method);
      if (
        steps.length === 0 &&
        (givesMore(from, st) || hasChanged(this.source.analysis, from.heap.slice(0, stuck.heap.length), st, unit))
      )
        found.set(keyOf(st), st);
      for (const step of steps) work.push(...advance(machine, st, step, 0, () => undefined));
    }
    return machine.cut || machine.exhausted ? 'cut' : found;
  }
}

/** The functions that some instructions call, themselves or on a goroutine of their own. */
function calledIn(instructions: readonly Instruction[]): ReadonlySet<FuncNode | undefined> {
  const codes = instructions.flatMap((i) => {
    if (i.op === 'go') return i.code ? [...calledIn(i.code.instructions)] : [];
    return i.op === 'call' ? [i.code?.func] : [];
  });
  return new Set(codes);
}

function calledOf(call: Try): Called {
  if ('method' in call) return { unit: call.method.unit, func: call.method.decl };
  return { unit: call.fun.code.unit, func: call.fun.code.func as FuncNode };
}

/** The functions that callers have got. */
function functionsOf(st: State): Func[] {
  return st.heap.flatMap((o) => handedFunction(o) ?? []);
}

/** True where callers have got a function, or something that was there before. */
function givesMore(from: State, now: State): boolean {
  if (functionsOf(now).length > functionsOf(from).length) return true;
  return from.heap.some((o, id) => o.t === 'struct' && !o.open && now.heap[id]?.open === true);
}

/** Key of a state, and of how many functions callers have in it. */
function keyOf(st: State): string {
  return `${stateKey(st).key} ${functionsOf(st).length}`;
}

/** True for a value that was made after others got stuck: what callers do with its channels matters to none that was there before. */
function isOwnAffair(from: State, { heap, goroutines }: State, recv: Value | undefined): boolean {
  if (!(recv instanceof Ref) || recv.id < heap.length) return false;
  return from.goroutines
    .slice(0, goroutines.length)
    .every((g, n) => g.frames.at(-1)?.pc === goroutines[n]?.frames.at(-1)?.pc);
}

/** A caller that waits for a lock that one of some goroutines holds, in a method that is there to exchange something. */
function keptOut(st: State, callers: readonly Live[], stuck: ReadonlySet<number>, m: Method): Pending | undefined {
  const wanting = callers.find(({ p: { objects } }) =>
    objects.some((v) => {
      const lock = st.as(v, 'mutex');
      return lock !== undefined && [...stuck].some((id) => takenBy(lock, id) !== undefined);
    }),
  );
  const owner = m.unit.declaration.recv ?? '';
  if (!wanting || !exchanges(methodText(m.unit.pkg, m.unit, owner))) return undefined;
  // Nobody has started it that could be shown.
  return { ...wanting.p, goroutine: { ...wanting.p.goroutine, start: undefined } };
}
