/**
 * Explores the interleavings of the goroutines that a function starts, and finds those that stay blocked for ever.
 *
 * Executions with few context switches come first (context bounding, M. Musuvathi and S. Qadeer 2007): they find most
 * errors and make the shortest stories. States seen before are not gone into again, and when a goroutine's next step concerns
 * nothing that others can reach, only that step is taken (persistent sets, P. Godefroid 1996).
 */
import { impatient, isAsleep, MAX_PREEMPTIONS, turnOf } from './turns.ts';
import { CLIENT_SIZES, FEW_TURNS, SIZES_FOR_ROOM } from './bounds.ts';
import { EffortExceeded, spend } from '../../golang/effort.ts';
import { advance, type OnPanic, settleNew } from './effects.ts';
import { budgetOf } from './budgets.ts';
import { isTiny } from './entries.ts';
import { Meeting } from './decisions.ts';
import type { Exploration, Options, Stuck } from './exploration.ts';
import type { Code } from './instructions.ts';
import { leftBehind, roots } from './left-behind.ts';
import type { CodeSource } from './lowering.ts';
import { Machine } from './machine.ts';
import { type Live, liveGoroutines, type Option } from './options.ts';
import { keyOf, type Pending } from './pending.ts';
import { reachable } from './reach.ts';
import { fillRooms, loopsFreely } from './small-rooms.ts';
import { State } from './state.ts';
import { stateKey } from './state-key.ts';
import { whereStopped } from './stopped.ts';
import { onlyTicks, waitForTimers } from './ticking.ts';
import { byTime, dueAt } from './timing.ts';
import { waitsForMore } from './unequal-sizes.ts';
import { Ref } from './values.ts';
import { Worklist } from './worklist.ts';

/** Steps charged for one state (see `golang/effort.ts`). */
const STATE_EFFORT = 100;
const MAX_DEPTH = 400;
const MAX_ALONE = 40;
/** Steps of others that are followed after the last one of `main`. */
const MAX_LINGERING = 8;
const MAX_STUCK = 40;
/** Sets of places where goroutines wait for timers of which it is asked whether only that is left. */
const MAX_LOOKS = 8;
/** Ways to the end of a program that are kept for the same goroutines left behind. */
const MAX_ENDS = 4;

export function explore(source: CodeSource, code: Code, options: Options): Exploration {
  return new Explorer(source, code, options).run();
}

/** One way in which a goroutine goes on, and whether that leaves another one that could, or wakes it too early. */
interface Step {
  p: Pending;
  o: Option;
  isSwitch: boolean;
  isHurried: boolean;
}

class Explorer {
  private readonly machine: Machine;
  private readonly budget: Options['allowance'];
  private readonly seen = new Map<number, Meeting>();
  /** States to go on from, by number of preemptions. */
  private readonly work = Array.from({ length: MAX_PREEMPTIONS + 1 }, () => new Worklist());
  private readonly result: Exploration;
  /** What was found, by where the goroutines are blocked. */
  private readonly sites = new Map<string, Stuck>();
  /** Goroutines that were left behind while nobody had ended yet, by where they are blocked. */
  private readonly early = new Map<string, Stuck>();
  /** Goroutines that wait for ever when the program ends, in the same way. */
  private readonly exits = new Map<string, Stuck[]>();
  /** Where goroutines were when it was asked whether only timers are left. */
  private readonly ticking = new Set<string>();
  /** Where goroutines were when somebody was blocked. */
  private readonly looked = new Set<string>();

  constructor(
    private readonly source: CodeSource,
    private readonly code: Code,
    private readonly options: Options,
  ) {
    this.result = { code, stuck: [], panics: [], states: 0, incomplete: false };
    const { wholeProgram } = options;
    this.budget = budgetOf(code, options);
    const exact = wholeProgram || code.unit.file.isTest;
    this.machine = new Machine(source, wholeProgram, exact, this.budget.steps);
    this.machine.isTiny = exact && isTiny(code.unit.pkg);
    this.machine.followsOne = !exact && isTiny(code.unit.pkg);
    this.machine.isClient = options.isClient === true;
    if (options.isClient) this.machine.usualSizes = CLIENT_SIZES;
    if (options.fewTurns) this.machine.maxTurns = FEW_TURNS;
    this.machine.panics = options.panics === true;
    if (options.smallRooms) Object.assign(this.machine, { smallRooms: true, usualSizes: SIZES_FOR_ROOM });
  }

  run(): Exploration {
    try {
      const st = new State();
      const { pkg } = this.code.unit;
      st.home = pkg.path;
      st.homes = new Set([pkg, ...pkg.joined].map((p) => p.path));
      st.sealing = !this.options.wholeProgram;
      st.keepsFunctions = this.options.isClient === true;
      this.machine.start(st, this.code);
      for (const s of this.machine
        .settle(st, 0)
        .flatMap((x) => settleNew(this.machine, x, 1))
        .reverse())
        if (this.isNew(s)) this.add(s);
      this.findLeftWhereStopped();
      for (let s = this.next(); s; s = this.next()) {
        if (
          this.machine.exhausted ||
          this.result.states >= this.budget.states ||
          this.result.stuck.length >= MAX_STUCK
        ) {
          this.result.incomplete = true;
          break;
        }
        this.result.states++;
        spend(STATE_EFFORT);
        this.visit(s);
      }
    } catch (e) {
      if (!(e instanceof EffortExceeded)) throw e;
      this.result.incomplete = true;
    }
    if (this.machine.cut) this.result.incomplete = true;
    const { hasLargeRooms, entered, expectsPanics } = this.machine;
    this.result.expectsPanics = expectsPanics;
    this.result.mayFillRooms = hasLargeRooms && [...entered].some((c) => loopsFreely(this.source.analysis, c));
    for (const [key, stuck] of this.early) if (!this.sites.has(key)) this.result.stuck.push(stuck);
    for (const [key, ends] of this.exits) {
      const [first] = ends;
      const known = this.sites.get(key) ?? this.early.get(key);
      if (known) known.ends = ends;
      else if (first) this.result.stuck.push({ ...first, ends });
    }
    this.options.allowance.states -= this.result.states;
    this.options.allowance.steps -= this.machine.executed;
    return this.result;
  }

  private readonly onPanic: OnPanic = (state, kind) => {
    if (this.result.panics.length < MAX_STUCK) this.result.panics.push({ state: state.fork(), kind });
  };

  private next(): State | undefined {
    for (const list of this.work) {
      const s = list.next();
      if (s) return s;
    }
    return undefined;
  }

  /** True for a state that was not seen before and is not too far away. */
  private isNew(s: State): boolean {
    if (s.preemptions > MAX_PREEMPTIONS || s.depth > MAX_DEPTH) {
      this.result.incomplete = true;
      return false;
    }
    // Where no other goroutine was ever started, one goes its way: there is hardly anything to compare it with.
    if (s.depth > MAX_ALONE || s.goroutines.length > 1) {
      const { key, symbols } = stateKey(s);
      const known = this.seen.get(key);
      known?.ways.push(s.decided);
      if (known) return false;
      const meeting = new Meeting([s.decided]);
      this.seen.set(key, meeting);
      if (s.decided) s.decided = meeting;
      s.forget(symbols);
    }
    return true;
  }

  /** @param after what it came out of; absent for the first ones */
  private add(s: State, after?: State): void {
    const turn = turnOf(s);
    (this.work[turn] as Worklist).add(s, after !== undefined && turnOf(after) < turn);
  }

  private visit(st: State): void {
    // The process ends with `main`.
    const hasEnded = this.options.process && st.goroutines[0]?.status === 'done';
    if (hasEnded && !this.options.wholeProgram) return;
    const live = liveGoroutines(this.machine, st);
    const able = impatient(live.filter((l) => l.options.length > 0));
    if (hasEnded) {
      this.findLeftAtExit(st, live);
      return this.linger(st, able);
    }
    if (live.some((l) => l.options.length === 0)) this.findStuck(st, live, able.length === 0);
    if (able.length === 0) return;
    // Who sleeps gives others the time they need; that it is not enough comes after all else.
    const [asleep, awake] = [able.filter(isAsleep), able.filter((l) => !isAsleep(l))];
    const isEarly = asleep.length > 0 && this.wakesEarly(st, asleep, awake);
    const first = isEarly ? awake : able;
    const chosen = this.persistent(st, live, first) ?? first;
    // Programs may tick as long as they run.
    if (
      !this.options.process &&
      waitForTimers(st, able) &&
      this.isNewsOfTimers(st, live) &&
      onlyTicks(this.machine, st)
    )
      this.findStuck(
        st,
        live.map(({ p }) => ({ p, options: [] })),
        true,
      );
    const last = this.runner(st, awake);
    const isSwitch = ({ p }: Live, o: Option): boolean =>
      last !== undefined &&
      chosen.length > 1 &&
      last.p.goroutine.id !== p.goroutine.id &&
      o.partner !== last.p.goroutine.id;
    const steps = chosen.flatMap((l) =>
      l.options.map((o): Step => ({ p: l.p, o, isSwitch: isSwitch(l, o), isHurried: false })),
    );
    const hurried = isEarly ? asleep : [];
    steps.push(...hurried.flatMap(({ p, options }) => options.map((o) => ({ p, o, isSwitch: true, isHurried: true }))));
    this.goOn(st, steps);
  }

  /** Before the process ends `main` may be kept from running a while, in which others go on. */
  private linger(st: State, able: readonly Live[]): void {
    if (st.lingers >= MAX_LINGERING) return;
    const steps = able.flatMap(({ p, options }) =>
      options.filter((o) => o.via !== 'fire').map((o): Step => ({ p, o, isSwitch: false, isHurried: false })),
    );
    st.lingers++;
    this.goOn(st, steps);
  }

  /** True when one of those who sleep may wake although others could go on before, or at the same time. */
  private wakesEarly(st: State, asleep: readonly Live[], awake: readonly Live[]): boolean {
    const wake = Math.min(...asleep.flatMap(({ p, options }) => options.map((o) => this.dueAt(st, p, o))));
    return awake.some(({ p, options }) => options.some((o) => o.via !== 'fire' && this.dueAt(st, p, o) <= wake));
  }

  /**
   * The goroutine that ran last, if it could go on now. Who waits for what another is about to do is not kept from going on. Where they take
   * turns it is the one after that.
   */
  private runner(st: State, awake: readonly Live[]): Live | undefined {
    if (this.options.fewTurns) return awake.find(({ p }) => p.goroutine.id > st.last) ?? awake[0];
    return awake.find(
      ({ p, options }) =>
        p.goroutine.id === st.last &&
        p.instruction.op !== 'pause' &&
        options.some((o) => !o.passive && o.via !== 'fire' && this.dueAt(st, p, o) <= st.now),
    );
  }

  /** Takes each of some steps. What happens later comes after what happens soon, if that leads to anything. */
  private goOn(st: State, steps: readonly Step[]): void {
    const next: State[] = [];
    let isLate = false;
    const active = steps.filter(({ o }) => !o.passive);
    for (const { due, steps: together } of byTime(active, ({ p, o }) => this.dueAt(st, p, o))) {
      for (const { o, isSwitch, isHurried } of together)
        for (const s of this.advance(st, o, due)) {
          if (isSwitch || isLate) s.preemptions++;
          s.hurried ||= isHurried;
          if (this.isNew(s)) next.push(s);
        }
      isLate = next.length > 0;
    }
    // The first is taken up first.
    for (const s of next.reverse()) this.add(s, st);
  }

  private advance(st: State, o: Option, due: number): State[] {
    const next = advance(this.machine, st, o, due, this.onPanic);
    this.findLeftWhereStopped();
    return next;
  }

  /** Nothing that a goroutine may still do, of which no more is known, helps those whom it cannot reach. */
  private findLeftWhereStopped(): void {
    for (const { state, live, waiting } of whereStopped(this.machine)) {
      const dead = this.leftBehind(state, live, waiting);
      const key = keyOf(dead);
      if (dead.length === 0 || this.sites.has(key)) continue;
      if (this.options.smallRooms && !fillRooms(this.source.analysis, state, dead)) continue;
      const stuck = { state, ways: [state.decided], blocked: dead, total: false };
      this.sites.set(key, stuck);
      this.result.stuck.push(stuck);
    }
  }

  /** When a step happens. How long calls take that are not seen is not known: the clock is for programs that are there as a whole. */
  private dueAt(st: State, p: Pending, o: Option): number {
    return this.options.wholeProgram ? dueAt(st, p, o) : st.now;
  }

  /** One goroutine whose step nobody else can see or hinder, when there is one. */
  private persistent(st: State, live: readonly Live[], able: readonly Live[]): Live[] | undefined {
    if (able.length < 2) return undefined;
    const candidates = able.filter(
      ({ p, options }) =>
        p.objects.length > 0 &&
        !options.some((o) => o.via === 'open' || o.via === 'rendezvous') &&
        // A ticker comes again and again: in a program the others would never get their turn.
        !(this.options.wholeProgram && p.objects.some((v) => st.as(v, 'chan')?.timer === 'ticker')) &&
        !p.objects.some((v) => v instanceof Ref && st.get(v.id).open),
    );
    if (candidates.length === 0) return undefined;
    const reach = live.map(({ p }) => ({ g: p.goroutine, ids: reachable(st, roots(p.goroutine)) }));
    const shared = reachable(st, st.globals.values());
    const alone = candidates.find(({ p }) =>
      p.objects.every(
        (v) =>
          !(v instanceof Ref) ||
          (!shared.has(v.id) && reach.every(({ g, ids }) => g === p.goroutine || !ids.has(v.id))),
      ),
    );
    return alone && [alone];
  }

  private findStuck(st: State, live: readonly Live[], total: boolean): void {
    const blocked = live.filter((l) => l.options.length === 0).map((l) => l.p);
    let dead = blocked;
    let early = false;
    let keptOut: Pending | undefined;
    if (!total || !this.options.wholeProgram) {
      // While somebody runs who knows what a goroutine waits for, it may be woken (cf. the goroutine leak profile of Go 1.26).
      early = !total && !st.goroutines.some((g) => g.status === 'done');
      if (early && !this.isNews(st, blocked)) return;
      dead = this.leftBehind(st, live, blocked);
      const { outside } = this.options;
      const places = keyOf(blocked);
      if (dead.length === 0 && total && outside && !this.sites.has(places)) {
        dead = outside.beyond(st, places, live, blocked, this.machine.explored);
        keptOut = outside.keptOut;
      }
      if (dead.length === 0) return;
    }
    if (waitsForMore(st, dead)) return;
    if (this.options.smallRooms && !fillRooms(this.source.analysis, st, dead)) return;
    const key = keyOf(dead);
    const known = this.sites.get(key);
    if (known) {
      known.ways.push(st.decided);
      // That it needs no hurry tells more.
      if (known.state.hurried && !st.hurried) Object.assign(known, { state: st, blocked: dead, total });
      return;
    }
    // Later somebody may have left: then the story has an end.
    if (early) {
      const before = this.early.get(key);
      if (before) before.ways.push(st.decided);
      else this.early.set(key, { state: st, ways: [st.decided], blocked: dead, total });
      return;
    }
    const stuck = { state: st, ways: [st.decided], blocked: dead, total, keptOut };
    this.sites.set(key, stuck);
    this.result.stuck.push(stuck);
  }

  private findLeftAtExit(st: State, live: readonly Live[]): void {
    const blocked = this.leftBehind(
      st,
      live,
      live.filter((l) => l.options.length === 0).map((l) => l.p),
    );
    if (blocked.length === 0) return;
    const key = keyOf(blocked);
    const ends = this.exits.get(key) ?? [];
    this.exits.set(key, ends);
    if (ends.length < MAX_ENDS) ends.push({ state: st, ways: [st.decided], blocked, total: false, atExit: true });
  }

  private leftBehind(st: State, live: readonly Live[], blocked: readonly Pending[]): Pending[] {
    const { environment, afterwards, wholeProgram } = this.options;
    const hasReturned = st.goroutines[0]?.status === 'done';
    const others = wholeProgram ? undefined : ((hasReturned ? afterwards : undefined) ?? environment);
    return leftBehind(st, live, blocked, others, this.machine.explored);
  }

  /** True where nobody has looked yet with goroutines in these places. */
  private isNewsOfTimers({ hurried }: State, live: readonly Live[]): boolean {
    const key = `${hurried} ${keyOf(live.map(({ p }) => p))}`;
    return this.ticking.size < MAX_LOOKS && addNew(this.ticking, key);
  }

  /** True when these goroutines were not seen blocked while all others run where they are; what they can reach changes little. */
  private isNews(st: State, blocked: readonly Pending[]): boolean {
    const at = st.goroutines.map((g) => {
      const f = g.frames.at(-1);
      return `${f?.code.unit.file.path}:${f?.code.unit.base}:${f?.pc}${blocked.some((p) => p.goroutine === g) ? '!' : ''}`;
    });
    return addNew(this.looked, at.join());
  }
}

/** True for what was not in a set before. */
function addNew<T>(set: Set<T>, value: T): boolean {
  const { size } = set;
  return set.add(value).size > size;
}
