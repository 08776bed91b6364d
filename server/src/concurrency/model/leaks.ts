/** Names what exploration found: which rule speaks of it, where, and the steps that lead there. */
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { areMissed, hasGivenUp } from './missed.ts';
import { type Cause, causesOf } from './causes.ts';
import { comesAnyway } from './decisions.ts';
import { forgetsClosing } from './closed-for-good.ts';
import type { Environment } from './environment.ts';
import type { Exploration, Panic, Stuck } from './exploration.ts';
import { isUnfair } from './fairness.ts';
import { isLeftByCall, startedBy } from './history.ts';
import { allInstructions, type Instruction } from './instructions.ts';
import { choose, mannerOf, nameAt, operationOf } from './leak-rules.ts';
import { isAssignedSomewhere } from './nil-fields.ts';
import { chanName } from './operand-names.ts';
import { mayHangTogether } from './unequal-sizes.ts';
import { type Pending, siteOf } from './pending.ts';
import { eventsOf } from './executions.ts';
import type { Deferred, State } from './state.ts';
import { Ref, type Site, type Value } from './values.ts';
import { type WitnessEvent, witness } from './witness.ts';

/** Rules that report what the model finds. */
export type LeakRule =
  | 'abandoned-send'
  | 'surplus-senders'
  | 'double-send'
  | 'never-closed-range'
  | 'close-skipped'
  | 'receive-without-sender'
  | 'producer-outlives-consumer'
  | 'nil-channel'
  | 'send-after-close'
  | 'double-close'
  | 'waitgroup-missing-done'
  | 'wait-before-drain'
  | 'missing-unlock'
  | 'double-lock'
  | 'lock-order'
  | 'blocking-under-lock'
  | 'cond-wait'
  | 'once-recursion';

export interface Leak {
  rule: LeakRule;
  /** What kind of operation is blocked. */
  operation: 'send' | 'receive' | 'range' | 'select' | 'wait' | 'lock' | 'rlock' | 'cond' | 'once' | 'close';
  site: Site;
  /**
   * It waits for a context that is never cancelled, for one whose cancel function nobody has any more, or goes round whenever a timer
   * comes. A send takes a place in a buffer that an earlier call has not given back, or waits for the goroutine that sends.
   */
  manner?: 'context' | 'forgotten' | 'ticks' | 'place' | 'self';
  /** The channel, lock or group as written at the site. */
  name: string;
  steps: WitnessEvent[];
  /** The function that was explored, and its first goroutine is the one that is blocked. */
  entry: DeclUnit;
  /**
   * A test alone comes to it, or one that wakes up too early. Or it rests on branches that were guessed, and on an order of calls that nobody is known to
   * make or on a time limit that was left out: it may be ruled out by what is not seen, or be meant. Or a `select` would have to
   * pass over what is ready again and again.
   */
  uncertain?: boolean;
  /** Left behind by a client that has ended the value. */
  afterEnd?: boolean;
  /** It waits when the program ends, and nobody has left it behind before. */
  atExit?: boolean;
  /** A large buffer is full in the end. */
  fillsRoom?: boolean;
  /** Code of others has panicked where panics are stopped. */
  byPanic?: boolean;
  /** Somebody waits for it for ever, or waited until a time limit was over, and that is no guess. */
  holdsUp?: boolean;
  /** The lock is held since a call that has ended without letting go of it, as it does on other ways. */
  isLeft?: boolean;
  /** Another name that matters: the lock that is held. */
  other?: string;
  /** Places in the file of the entry that lead to the site, outermost first. */
  path: Site[];
  /** Where the channel was made that a single operation waits for. */
  made?: Site;
}

/** Rules of what goes wrong between goroutines that hold locks, whoever has called them. */
const OF_LOCKS: ReadonlySet<LeakRule> = new Set([
  'double-lock',
  'lock-order',
  'blocking-under-lock',
  'missing-unlock',
  'once-recursion',
]);

/** Instructions looked at for a `close`. */
const MAX_INSTRUCTIONS = 3000;

/** Every leak of an exploration, causes only. */
export function leaksOf(analysis: Analysis, environment: Environment, entry: DeclUnit, result: Exploration): Leak[] {
  const leaks: Leak[] = [];
  if (result.stuck.length === 0 && result.panics.length === 0) return leaks;
  const instructions = allInstructions([result.code], MAX_INSTRUCTIONS);
  for (const stuck of result.stuck)
    for (const cause of causesOf(stuck)) {
      const leak = describe(entry, stuck, cause, instructions);
      // Whoever makes a value of the type without its package may set what is missing; and where nil comes from a branch that
      // was guessed, it may never come.
      if (
        leak?.rule === 'nil-channel' &&
        (stuck.state.clientMade ||
          // That a client waits for a context which never ends is its choice.
          (stuck.byClient && leak.name.endsWith('.Done()')) ||
          (stuck.state.guesses > 0 && leak.operation === 'range'))
      )
        continue;
      // A program without inputs does one thing: what hangs on a guess about it may be ruled out by what it computes.
      if (leak?.rule === 'receive-without-sender' && stuck.state.guesses > 0 && takesNothing(entry)) continue;
      if (!leak || cause.members.some((p) => isCountedByUnseen(stuck.state, p))) continue;
      // A context that ends with the process is not cancelled by many.
      if (leak.manner === 'forgotten' && (stuck.atExit || stuck.byClient || stuck.state.guesses > 0)) continue;
      const isHolding = holdsUp(stuck, cause);
      // What waits for an end in a program that gives up and ends is not missed by anybody.
      if (leak.rule === 'close-skipped' && stuck.atExit && !isHolding && stuck.ends?.every((e) => hasGivenUp(e.state)))
        continue;
      // Two calls at once are no misuse where one of them waits for an answer to the other: it is there for that.
      if (stuck.atOnce && !cause.members.every((p) => isForAnother(stuck.state, p))) continue;
      // A call that comes back for the lock it holds does so whatever else the client has done; so does who waits for itself.
      const comesBack =
        (leak.rule === 'double-lock' && !leak.isLeft && cause.members.length === 1) ||
        cause.members.some((p) => joinsItself(stuck.state, p));
      const guessed =
        (stuck.byClient === true && !stuck.atOnce && !comesBack) || cause.members.some((p) => isWithoutLimit(p));
      // What only a test leaves behind ends with the test's process; that it hangs does not, unless for a time limit that it never comes
      // to, nor that locks are taken in circles.
      const hangs = isHolding && hangsItself(stuck);
      const isOfTest = leak.site.unit.file.isTest || hangs || OF_LOCKS.has(leak.rule);
      const inTestOnly = entry.file.isTest && (!isOfTest || isExampleToRead(entry) || isToldByUnseen(stuck.state));
      // A program has no clients but its own code, which may never do that; and clients may have to call another method first.
      const byNobody =
        stuck.closesFirst === true ||
        (stuck.comesAgain === true && cause.members.some(isNotServed)) ||
        stuck.runs === true ||
        (stuck.byClient === true && entry.pkg.name === 'main') ||
        (stuck.byClient === true && leak.rule === 'nil-channel' && isAssignedSomewhere(analysis, leak.site));
      const uncertain =
        inTestOnly ||
        byNobody ||
        stuck.state.hurried ||
        (guessed && !comesAnyway(stuck.ways)) ||
        isUnfair(stuck.state) ||
        forgetsClosing(stuck.state, (st, channel) => environment.isOnlyClosed(st, channel));
      const { atExit, isEnded: afterEnd, fillsRoom, byPanic } = stuck;
      leaks.push({ ...leak, uncertain, afterEnd, atExit, fillsRoom, byPanic, holdsUp: isHolding });
    }
  for (const p of result.panics) {
    const leak = panic(entry, p);
    if (leak) leaks.push(leak);
  }
  return leaks;
}

/**
 * True when the function that was explored does not come to its end for what is stuck, or somebody waited for that until a time limit was
 * over, there or by the time the program ended.
 */
function holdsUp({ state, blocked, ends = [] }: Stuck, { members }: Cause): boolean {
  if (state.guesses > 0) return false;
  if (blocked.some((p) => p.goroutine.id === 0) || areMissed(state, blocked, members)) return true;
  const areMembers = (p: Pending): boolean => members.some((m) => m.instruction === p.instruction);
  return ends.some((end) => areMissed(end.state, end.blocked, end.blocked.filter(areMembers)));
}

/** True when the function that was explored is one of those that are stuck, and no time limit was over before. */
function hangsItself({ state, blocked }: Stuck): boolean {
  return blocked.some((p) => p.goroutine.id === 0) && !eventsOf(state).some((e) => e.kind === 'fire');
}

/** True for a client whose request nobody takes any more: it may be known how many there are. */
function isNotServed({ goroutine, instruction: { op } }: Pending): boolean {
  return goroutine.id === 0 && op === 'send';
}

/** True for a wait for what another goroutine has made. */
function isForAnother(st: State, { goroutine, objects }: Pending): boolean {
  return objects.some((v) => {
    const by = v instanceof Ref ? st.get(v.id).madeBy : undefined;
    return by !== undefined && by !== goroutine.id;
  });
}

/** A select whose time limit was left out: whoever chose that wants to wait. */
function isWithoutLimit({ instruction: i, frame }: Pending): boolean {
  return i.op === 'select' && i.arms.some((a) => a.isTimer && a.chan !== undefined && frame.regs[a.chan] === null);
}

/**
 * True when code that is not seen is taken to have sent what the code under test received, as on the channel of a tomb, or to
 * have sent on a channel of the program that it was given: a test knows whether that happens.
 */
function isToldByUnseen(st: State): boolean {
  return eventsOf(st).some((e) => e.byUnseen === true && (!e.site.unit.file.isTest || isMadeHere(st, e.object)));
}

/**
 * True when a receiver was told something by code that is not seen, which a goroutine that blocks, or one of its kind, has called
 * for that: how often it tells so, and when, hangs together with where the goroutine is.
 */
function isCountedByUnseen(st: State, { goroutine: g, instruction: i }: Pending): boolean {
  if (i.op !== 'send' || !g.start) return false;
  return eventsOf(st).some((e) => {
    if (e.byUnseen !== true || e.kind !== 'recv' || e.goroutine === g.id) return false;
    const o = e.object === undefined ? undefined : st.get(e.object);
    const giver = o?.t === 'chan' && o.capacity !== undefined ? o.givenBy : undefined;
    return giver !== undefined && st.goroutines[giver]?.start?.node === g.start?.node;
  });
}

/** True for a goroutine that waits for a group which it leaves itself when it ends. */
function joinsItself(st: State, { goroutine, objects: [group] }: Pending): boolean {
  if (!(group instanceof Ref) || !st.as(group, 'waitgroup')) return false;
  const leaves = ({ method, recv }: Deferred): boolean =>
    method === 'Done' && recv instanceof Ref && recv.id === group.id;
  return goroutine.frames.some((f) => f.defers.some(leaves));
}

function isMadeHere(st: State, object: number | undefined): boolean {
  const o = object === undefined ? undefined : st.get(object);
  return o?.t === 'chan' && o.capacity !== undefined;
}

/** An example without an `Output:` comment is compiled, and never run. */
function isExampleToRead({ decl, file, base }: DeclUnit): boolean {
  if (decl.kind !== 'FuncDecl' || decl.recv || !/^Example($|[^a-z])/.test(decl.name.name)) return false;
  return !/\/\/\s*(?:unordered )?output:/i.test(file.text.slice(base + decl.start, base + decl.end));
}

function takesNothing({ decl }: DeclUnit): boolean {
  return decl.kind === 'FuncDecl' && !decl.recv && decl.type.params.length === 0 && decl.type.results.length === 0;
}

function panic(entry: DeclUnit, { state, kind, byClient }: Panic): Leak | undefined {
  const event = state.events.findLast((e) => e.kind === kind);
  if (!event) return undefined;
  return {
    rule: kind,
    operation: kind === 'double-close' ? 'close' : 'send',
    site: event.site,
    name: chanName(event.site),
    steps: witness(state, undefined, event.object, event),
    entry,
    path: [event.site],
    // What a map tells of its elements keeps apart who was there before from who was not.
    uncertain: state.hurried || state.asksUnknownMap || (byClient === true && !comesAnyway([state.decided])),
  };
}

function describe(
  entry: DeclUnit,
  { state: st, keptOut }: Stuck,
  cause: Cause,
  all: readonly Instruction[],
): Leak | undefined {
  const found = choose(st, cause, all, keptOut);
  if (!found) return undefined;
  const { pending: p, rule, other } = found;
  const site = siteOf(p.goroutine, p.frame, p.instruction);
  if (site.node.end === 0) return undefined;
  // A panic is on its way up: what waits then is not what the code is about.
  if (cause.members.some((m) => m.goroutine.frames.some((f) => f.panicking))) return undefined;
  // How often two loops go round may hang together in a way that is not seen.
  if (st.boundsTried && cause.members.some((m) => mayHangTogether(st, m))) return undefined;
  const [v] = p.objects;
  const involved = found.against ? [...cause.members, found.against] : cause.members;
  return {
    rule,
    operation: operationOf(p),
    manner: found.manner ?? mannerOf(st, p),
    site,
    name: nameAt(p, site),
    steps: witness(st, p, v instanceof Ref ? v.id : undefined, undefined, involved),
    entry,
    other,
    isLeft: rule === 'double-lock' && cause.members.length === 1 && isLeftByCall(st, p),
    path: [...pathTo(entry, st, p), site],
    made: madeAt(st, v),
  };
}

/** Calls and `go` statements that lead to an operation; how its goroutine came to be started matters where nothing else is in the package. */
function pathTo(entry: DeclUnit, st: State, { goroutine: g, frame }: Pending): Site[] {
  const calls = g.frames.flatMap((f) => (f.call ? [f.call] : []));
  const isElsewhere = (s: Site): boolean => s.unit.pkg !== entry.pkg;
  const path = [...calls, ...(g.start ? [g.start] : [])];
  return frame.code.unit.pkg !== entry.pkg && path.every(isElsewhere) ? [...startedBy(st, g.id), ...path] : path;
}

function madeAt(st: State, v: Value | undefined): Site | undefined {
  const o = v instanceof Ref ? st.get(v.id) : undefined;
  return o?.t === 'chan' ? o.site : undefined;
}
