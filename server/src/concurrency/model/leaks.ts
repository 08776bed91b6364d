/** Names what exploration found: which rule speaks of it, where, and the steps that lead there. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { contains } from '../../golang/walk.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { type Cause, causesOf, provides } from './causes.ts';
import { type Exploration, type Panic, roots } from './explore.ts';
import { forgetsClosing } from './closed-for-good.ts';
import type { Environment } from './environment.ts';
import { isUnfair } from './fairness.ts';
import { allInstructions, type Code, type Instruction, lowered } from './instructions.ts';
import { isAssignedSomewhere } from './nil-fields.ts';
import { comesAgain, hasDefaulted, haveReceiversLeft, isLeftByCall, sentInOtherCall } from './history.ts';
import { isClosed } from './closes.ts';
import { chanName, lastName, lockName } from './operand-names.ts';
import { type Pending, siteOf } from './pending.ts';
import { eventsOf, type Goroutine, reachable, type State } from './state.ts';
import { Ref, type Site } from './values.ts';
import { isOfCalls } from './steps/contexts.ts';
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
  /** It waits for a context that is never cancelled, or goes round whenever a timer comes. */
  manner?: 'context' | 'ticks';
  /** The channel, lock or group as written at the site. */
  name: string;
  steps: WitnessEvent[];
  /** The function that was explored, and its first goroutine is the one that is blocked. */
  entry: DeclUnit;
  /**
   * A test alone comes to it. Or it rests on branches that were guessed, and on an order of calls that nobody is known to
   * make or on a time limit that was left out: it may be ruled out by what is not seen, or be meant. Or a `select` would have to
   * pass over what is ready again and again.
   */
  uncertain?: boolean;
  /** The lock is held since a call that has ended without letting go of it, as it does on other ways. */
  isLeft?: boolean;
  /** Another name that matters: the lock that is held. */
  other?: string;
  /** Places in the file of the entry that lead to the site, outermost first. */
  path: Site[];
}

/** Instructions looked at for a `close`. */
const MAX_INSTRUCTIONS = 3000;

/** Every leak of an exploration, causes only. */
export function leaksOf(analysis: Analysis, environment: Environment, entry: DeclUnit, result: Exploration): Leak[] {
  const leaks: Leak[] = [];
  if (result.stuck.length === 0 && result.panics.length === 0) return leaks;
  const instructions = allInstructions([result.code], MAX_INSTRUCTIONS);
  for (const stuck of result.stuck)
    for (const cause of causesOf(stuck)) {
      const leak = describe(entry, stuck.state, cause, instructions);
      // Whoever makes a value of the type without its package may set what is missing; and where nil comes from a branch that
      // was guessed, it may never come.
      if (
        leak?.rule === 'nil-channel' &&
        (stuck.state.clientMade || (stuck.state.guesses > 0 && leak.operation === 'range'))
      )
        continue;
      // A program without inputs does one thing: what hangs on a guess about it may be ruled out by what it computes.
      if (leak?.rule === 'receive-without-sender' && stuck.state.guesses > 0 && takesNothing(entry)) continue;
      if (!leak) continue;
      const guessed = stuck.byClient === true || cause.members.some((p) => isWithoutLimit(p));
      // What only a test leaves behind ends with the test's process.
      const inTestOnly =
        entry.file.isTest && (!leak.site.unit.file.isTest || isExampleToRead(entry) || isToldByUnseen(stuck.state));
      // A program has no clients but its own code, which may never do that; and clients may have to call another method first.
      const byNobody =
        stuck.closesFirst === true ||
        (stuck.byClient === true && entry.pkg.name === 'main') ||
        (stuck.byClient === true && leak.rule === 'nil-channel' && isAssignedSomewhere(analysis, leak.site));
      const uncertain =
        inTestOnly ||
        byNobody ||
        (guessed && stuck.state.guesses > 0) ||
        isUnfair(stuck.state) ||
        forgetsClosing(stuck.state, (st, channel) => environment.isOnlyClosed(st, channel));
      leaks.push({ ...leak, uncertain });
    }
  for (const p of result.panics) {
    const leak = panic(entry, p);
    if (leak) leaks.push(leak);
  }
  return leaks;
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

function panic(entry: DeclUnit, { state, kind }: Panic): Leak | undefined {
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
  };
}

function describe(entry: DeclUnit, st: State, cause: Cause, all: readonly Instruction[]): Leak | undefined {
  const found = choose(st, cause, all);
  if (!found) return undefined;
  const { pending: p, rule, other } = found;
  const site = siteOf(p.goroutine, p.frame, p.instruction);
  if (site.node.end === 0) return undefined;
  // A panic is on its way up: what waits then is not what the code is about.
  if (cause.members.some((m) => m.goroutine.frames.some((f) => f.panicking))) return undefined;
  // How often two loops go round may hang together in a way that is not seen.
  if (st.boundsTried && cause.members.some((m) => m.goroutine.frames.some((f) => f.turns))) return undefined;
  const [v] = p.objects;
  const involved = found.against ? [...cause.members, found.against] : cause.members;
  return {
    rule,
    operation: operationOf(p),
    manner: mannerOf(st, p),
    site,
    name: nameAt(p, site),
    steps: witness(st, p, v instanceof Ref ? v.id : undefined, undefined, involved),
    entry,
    other,
    isLeft: rule === 'double-lock' && cause.members.length === 1 && isLeftByCall(st, p),
    path: [
      ...p.goroutine.frames.flatMap((f) => (f.call ? [f.call] : [])),
      ...(p.goroutine.start ? [p.goroutine.start] : []),
      site,
    ],
  };
}

interface Choice {
  pending: Pending;
  rule: LeakRule;
  other?: string;
  /** Who wants the lock that is held, when it is not one of the members. */
  against?: Pending;
}

function choose(st: State, { members, isAwaited }: Cause, all: readonly Instruction[]): Choice | undefined {
  const parked = members.filter((p) => isParked(st, p));
  // That a context never ends matters when others wait for who waits for it.
  if (parked.some((p) => !waitsForContext(st, p) || (members.length === 1 && !isAwaited))) return undefined;
  const first = members.find((p) => !parked.includes(p)) ?? (members[0] as Pending);
  if (members.length === 1) return heldAgainst(st, first) ?? single(st, first, all);
  const locks = members.filter((p) => kindOf(st, p) === 'mutex');
  if (locks.length === members.length) return lockCircle(st, members);
  if (locks.length > 0) {
    // Somebody holds a lock and waits for what only those can do who want the lock.
    const holder = members.find((p) => kindOf(st, p) !== 'mutex' && holds(st, p) !== undefined);
    if (holder) return { pending: holder, rule: 'blocking-under-lock', other: holds(st, holder) };
  }
  const wait = members.find((p) => kindOf(st, p) === 'waitgroup' || kindOf(st, p) === 'group');
  // Of whom it waits for somebody may need another one, who waits in turn.
  const awaited = wait ? members.filter((p) => p !== wait && provides(st, p, wait)) : [];
  if (wait && (awaited.length === 0 || awaited.some((p) => provides(st, wait, p))))
    return { pending: wait, rule: 'wait-before-drain' };
  const cond = members.find((p) => kindOf(st, p) === 'cond');
  if (cond) return { pending: cond, rule: 'cond-wait' };
  const send =
    members.find((p) => p.instruction.op === 'send') ??
    members.find((p) => p.instruction.op === 'select' && isSendSelect(p));
  const isOneOfMany = (p: Pending): boolean =>
    p.objects.some((v) => (st.as(v, 'chan')?.capacity ?? 0) > 0) ||
    awaited.some((q) => q !== p && q.goroutine.start === p.goroutine.start);
  if (send && awaited.includes(send) && isOneOfMany(send)) return { pending: send, rule: 'surplus-senders' };
  return single(st, send ?? awaited[0] ?? first, all);
}

function kindOf(st: State, p: Pending): string {
  const [v] = p.objects;
  return v instanceof Ref ? st.get(v.id).t : 'nil';
}

/**
 * `select {}` and `<-make(chan T)`, which says the same; and what waits for a context that is never cancelled: other rules
 * speak of those.
 */
function isParked(st: State, p: Pending): boolean {
  const { instruction: i } = p;
  if (i.op === 'recv' && chanName(i.site).startsWith('make(chan ')) return true;
  if (i.op === 'select' && p.objects.length === 0) return true;
  if (p.frame.code.name === 'afterDone') return true;
  if (i.op !== 'recv' && i.op !== 'select') return false;
  // A time that has been received already, or never comes, is not waited for on purpose.
  if (i.op === 'recv' && p.objects.every((v) => st.as(v, 'chan')?.timer === 'stopped' && !isOfCalls(st, v)))
    return false;
  if (i.op === 'select' && hasLostAll(p)) return false;
  return p.objects.every((v) => {
    if (v === null) return i.op === 'select';
    const c = v instanceof Ref ? st.get(v.id) : undefined;
    return c?.t === 'chan' && (c.context !== undefined || c.timer !== undefined);
  });
}

/** A select of variables that are nil now; `ctx.Done()` may be nil from the start, and then is no mistake. */
function hasLostAll({ instruction: i, objects }: Pending): boolean {
  if (i.op !== 'select' || i.arms.length < 2 || objects.some((v) => v !== null)) return false;
  return i.arms.every((a) => a.kind !== 'default' && !a.isTimer && !chanName(a.site).endsWith(')'));
}

function waitsForContext(st: State, p: Pending): boolean {
  return p.objects.some((v) => st.as(v, 'chan')?.context !== undefined);
}

/** Why a receive does not end, when there is more to say than that nobody sends. */
function mannerOf(st: State, p: Pending): Leak['manner'] {
  const { op } = p.instruction;
  if (op !== 'recv' && op !== 'select') return undefined;
  const timers = p.objects.map((v) => st.as(v, 'chan')?.timer);
  if (timers.some((t) => t === 'ticker' || t === 'once')) return 'ticks';
  return isParked(st, p) ? 'context' : undefined;
}

function isSendSelect(p: Pending): boolean {
  return p.instruction.op === 'select' && p.instruction.arms.some((a) => a.kind === 'send');
}

/** A send that holds a lock, and whose receiver wants that lock. */
function heldAgainst(st: State, p: Pending): Choice | undefined {
  const [v] = p.objects;
  if (p.instruction.op !== 'send' || !(v instanceof Ref)) return undefined;
  const received = eventsOf(st).filter((e) => e.kind === 'recv' && e.object === v.id);
  for (const { goroutine } of received) {
    const g = st.goroutines[goroutine];
    const frame = g?.frames.at(-1);
    const i = g && st.at(g);
    if (!g || !frame || (i?.op !== 'sync' && i?.op !== 'invoke')) continue;
    const o = st.as(frame.regs[i.recv], 'mutex');
    if (o?.taken && (o.writer === p.goroutine.id || o.readers.includes(p.goroutine.id)))
      return {
        pending: p,
        rule: 'blocking-under-lock',
        other: lockName(o.taken),
        against: { goroutine: g, frame, instruction: i, objects: [] },
      };
  }
  return undefined;
}

/** The name of a lock that a goroutine holds. */
function holds(st: State, p: Pending): string | undefined {
  for (const o of st.heap)
    if (o.t === 'mutex' && (o.writer === p.goroutine.id || o.readers.includes(p.goroutine.id)) && o.taken)
      return lockName(o.taken);
  return undefined;
}

function lockCircle(st: State, members: readonly Pending[]): Choice {
  const objects = new Set(members.flatMap((p) => p.objects.map((v) => (v instanceof Ref ? v.id : -1))));
  if (objects.size === 1) {
    // A reader wants to read again while a writer waits.
    const again = members.find((p) => operationOf(p) === 'rlock') ?? (members[0] as Pending);
    return { pending: again, rule: 'double-lock' };
  }
  const last = members.reduce((a, b) => (b.instruction.site.node.start > a.instruction.site.node.start ? b : a));
  return { pending: last, rule: 'lock-order', other: holds(st, last) };
}

function single(st: State, p: Pending, all: readonly Instruction[]): Choice | undefined {
  const { instruction: i } = p;
  const [v] = p.objects;
  const pending = p;
  if (i.op === 'send' || i.op === 'recv') {
    if (v === null || v === undefined) return { pending, rule: 'nil-channel' };
    return { pending, rule: i.op === 'send' ? sendRule(st, p) : receiveRule(st, p, all) };
  }
  if (i.op === 'select' && hasLostAll(p)) return { pending, rule: 'nil-channel' };
  if (i.op === 'select') return { pending, rule: isSendSelect(p) ? sendRule(st, p) : receiveRule(st, p, all) };
  const o = v instanceof Ref ? st.get(v.id) : undefined;
  switch (o?.t) {
    case 'mutex': {
      const held = [...(o.writer === undefined ? [] : [o.writer]), ...o.readers];
      return { pending, rule: held.includes(p.goroutine.id) ? 'double-lock' : 'missing-unlock' };
    }
    case 'waitgroup':
    case 'group':
      return { pending, rule: 'waitgroup-missing-done' };
    case 'cond':
      return { pending, rule: 'cond-wait' };
    case 'once':
      return { pending, rule: 'once-recursion' };
    default:
      return undefined;
  }
}

function sendRule(st: State, p: Pending): LeakRule {
  const object = p.objects.find((v) => v instanceof Ref);
  const id = object instanceof Ref ? object.id : undefined;
  const events = eventsOf(st);
  const sends = events.filter((e) => e.kind === 'send' && id !== undefined && e.object === id);
  const earlier = sends.filter((e) => e.goroutine === p.goroutine.id);
  const { site } = p.instruction;
  const { code, pc } = p.frame;
  const before = new Set(earlier.map((e) => e.site.node.start));
  const isProducer =
    (comesAgain(code, pc) && (earlier.length > 0 || !isMadeByTurn(site))) ||
    [code, ...loopBodies(code)].some((c) =>
      lowered(c).instructions.some((x, n) => before.has(x.site.node.start) && isOperation(x) && comesAgain(c, n)),
    );
  const { id: sender, start: started } = p.goroutine;
  if (isProducer)
    return id !== undefined && hasDefaulted(st, events, sender, id) ? 'abandoned-send' : 'producer-outlives-consumer';
  if (earlier.length > 0) {
    const isSame = earlier.some((e) => e.site.node.start === site.node.start);
    return isSame && !sentInOtherCall(st, p, id as number) ? 'producer-outlives-consumer' : 'double-send';
  }
  if (id !== undefined && haveReceiversLeft(st, events, sender, id)) return 'abandoned-send';
  const start = started?.node;
  const sendsToo = (g: Goroutine): boolean =>
    sends.some((e) => e.goroutine === g.id) || (id !== undefined && reachable(st, roots(g)).has(id));
  if (start && st.goroutines.some((g) => g !== p.goroutine && g.start?.node === start && sendsToo(g)))
    return 'surplus-senders';
  return 'abandoned-send';
}

/** Bodies of loops over functions. */
function loopBodies(code: Code): Code[] {
  return lowered(code).instructions.flatMap((i) => (i.op === 'closure' && i.code.bodyOf ? [i.code] : []));
}

function isOperation({ op }: Instruction): boolean {
  return op === 'send' || op === 'select';
}

/** True for a send on a channel that comes with each turn of a loop: `for req := range requests { req.done <- v }`. */
function isMadeByTurn({ unit: { decl }, node }: Site): boolean {
  const root = nodesOfKind(decl, 'Ident').find((n) => n.start === node.start)?.obj?.decl;
  const loops = [...nodesOfKind(decl, 'ForStmt'), ...nodesOfKind(decl, 'RangeStmt')];
  return root !== undefined && loops.some((loop) => contains(loop, node) && contains(loop, root));
}

/** The channel's name, or one that it is given in a call, tells whether the program closes it at all. */
function receiveRule(st: State, p: Pending, all: readonly Instruction[]): LeakRule {
  if (mannerOf(st, p)) return 'receive-without-sender';
  const name = lastName(nameAt(p, p.instruction.site));
  if (isClosed(all, name)) return 'close-skipped';
  return p.instruction.op === 'recv' && p.instruction.range ? 'never-closed-range' : 'receive-without-sender';
}

function operationOf(p: Pending): Leak['operation'] {
  const { instruction: i } = p;
  switch (i.op) {
    case 'send':
      return 'send';
    case 'recv':
      return i.range ? 'range' : 'receive';
    case 'select':
      return 'select';
    case 'sync':
    case 'invoke':
      if (i.method === 'Lock') return 'lock';
      if (i.method === 'RLock') return 'rlock';
      return i.method === 'Do' ? 'once' : i.method === 'Wait' && p.goroutine.phase ? 'cond' : 'wait';
    default:
      return 'receive';
  }
}

/** The channel or lock as written. */
function nameAt(p: Pending, site: Site): string {
  const { op } = p.instruction;
  return op === 'sync' || op === 'invoke' ? lockName(site) : chanName(site);
}
