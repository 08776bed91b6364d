/** Which rule speaks of goroutines that are stuck, and of which of them. */
import { isOfLibrary } from './prelude/index.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { contains } from '../../golang/walk.ts';
import { type Cause, provides } from './causes.ts';
import { isClosed } from './closes.ts';
import { roots } from './left-behind.ts';
import { comesAgain, hasDefaulted, haveReceiversLeft, isRepeated, sentInOtherCall } from './history.ts';
import { type Code, type Instruction, lowered } from './instructions.ts';
import type { Leak, LeakRule } from './leaks.ts';
import { chanName, lastName, lockName } from './operand-names.ts';
import type { Pending } from './pending.ts';
import { eventsOf } from './executions.ts';
import { reachable } from './reach.ts';
import type { Goroutine, State } from './state.ts';
import { isOfCalls } from './steps/contexts.ts';
import { Ref, type Site, takenBy, type Value } from './values.ts';

/** The goroutine of a cause to report, and how. */
export interface Choice {
  pending: Pending;
  rule: LeakRule;
  other?: string;
  /** Who wants the lock that is held, when it is not one of the members. */
  against?: Pending;
  manner?: Leak['manner'];
}

/**
 * What to say of a cause; undefined where it is meant, or other rules speak of it.
 * @param keptOut who might help, but for a lock that one of the members holds
 */
export function choose(
  st: State,
  { members, isAwaited }: Cause,
  all: readonly Instruction[],
  keptOut?: Pending,
): Choice | undefined {
  const parked = members.filter((p) => isParked(st, p));
  // That a context never ends matters when others wait for who waits for it.
  if (parked.some((p) => !waitsForContext(st, p))) return undefined;
  const [alone] = members.length === 1 && !isAwaited ? parked : [];
  if (alone)
    return waitsForForgotten(st, alone)
      ? { pending: alone, rule: 'receive-without-sender', manner: 'forgotten' }
      : undefined;
  // Of what was written in one go some may be left to read, but not for ever.
  if (members.some((p) => isReadOnce(p, members.length))) return undefined;
  const first = members.find((p) => !parked.includes(p)) ?? (members[0] as Pending);
  if (members.length === 1) {
    const other = keptOut && holds(st, first);
    if (other !== undefined) return { pending: first, rule: 'blocking-under-lock', other, against: keptOut };
    return heldAgainst(st, first) ?? single(st, first, all);
  }
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

/** True for a read from a pipe that no loop repeats, or that others wait for. */
function isReadOnce({ frame, goroutine }: Pending, members: number): boolean {
  if (frame.code.name !== 'pipe.Read') return false;
  const around = goroutine.frames.at(-2);
  return members > 1 || !around || !isRepeated(around);
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
  if (p.frame.code.name === 'afterDone' || isOfLibrary(p.frame.code)) return true;
  if (i.op !== 'recv' && i.op !== 'select') return false;
  // A time that has been received already, or never comes, is not waited for on purpose.
  if (i.op === 'recv' && p.objects.every((v) => st.as(v, 'chan')?.timer === 'stopped' && !isOfCalls(st, v)))
    return false;
  if (i.op === 'select' && hasLostAll(st, p)) return false;
  return p.objects.every((v) => {
    if (v === null) return i.op === 'select';
    const c = v instanceof Ref ? st.get(v.id) : undefined;
    return c?.t === 'chan' && (c.context !== undefined || c.timer !== undefined);
  });
}

/** A select of variables that are nil now, and timers that are stopped; `ctx.Done()` may be nil from the start, and then is no mistake. */
function hasLostAll(st: State, { instruction: i, objects }: Pending): boolean {
  if (i.op !== 'select' || i.arms.length < 2 || !objects.includes(null)) return false;
  if (objects.some((v) => v !== null && st.as(v, 'chan')?.timer !== 'stopped')) return false;
  return i.arms.some((a) => !a.isTimer) && i.arms.every((a) => a.kind !== 'default' && !chanName(a.site).endsWith(')'));
}

function waitsForContext(st: State, p: Pending): boolean {
  return p.objects.some((v) => st.as(v, 'chan')?.context !== undefined);
}

/**
 * True for who waits for contexts that were made to be cancelled, and whose cancel functions nobody else has any more, and else for
 * nothing but the next time that a ticker sends.
 */
function waitsForForgotten(st: State, { objects }: Pending): boolean {
  const isForgotten = (v: Value): boolean => {
    const done = st.as(v, 'chan');
    const ctx = done?.context === undefined ? undefined : st.get(done.context);
    return ctx?.t === 'context' && !ctx.mayFire && !ctx.open && !done?.open;
  };
  return objects.some(isForgotten) && objects.every((v) => isForgotten(v) || st.as(v, 'chan')?.timer === 'ticker');
}

/** Why a receive does not end, when there is more to say than that nobody sends. */
export function mannerOf(st: State, p: Pending): Leak['manner'] {
  const { op } = p.instruction;
  if (op !== 'recv' && op !== 'select') return undefined;
  const timers = p.objects.map((v) => st.as(v, 'chan')?.timer);
  if (timers.some((t) => t === 'ticker' || t === 'once')) return 'ticks';
  return isParked(st, p) ? 'context' : undefined;
}

/** True for a select that sends, unless the channel is nil for now. */
function isSendSelect({ instruction: i, frame }: Pending): boolean {
  return (
    i.op === 'select' && i.arms.some((a) => a.kind === 'send' && a.chan !== undefined && frame.regs[a.chan] !== null)
  );
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
    const taken = o && takenBy(o, p.goroutine.id);
    if (taken)
      return {
        pending: p,
        rule: 'blocking-under-lock',
        other: lockName(taken),
        against: { goroutine: g, frame, instruction: i, objects: [] },
      };
  }
  return undefined;
}

/** The name of a lock that a goroutine holds. */
function holds(st: State, p: Pending): string | undefined {
  for (const o of st.heap) {
    const taken = o.t === 'mutex' ? takenBy(o, p.goroutine.id) : undefined;
    if (taken) return lockName(taken);
  }
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
    const manner = i.op === 'send' ? sendManner(st, p) : undefined;
    if (manner) return { pending, rule: 'abandoned-send', manner };
    return { pending, rule: i.op === 'send' ? sendRule(st, p) : receiveRule(st, p, all) };
  }
  if (i.op === 'select' && hasLostAll(st, p)) return { pending, rule: 'nil-channel' };
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

/** Why nobody receives from a buffer that is full, when there is more to say than that. */
function sendManner(
  st: State,
  { goroutine, frame, instruction: i, objects: [v] }: Pending,
): 'place' | 'self' | undefined {
  const c = st.as(v, 'chan');
  if (!c || !(v instanceof Ref) || (c.capacity ?? 0) === 0) return undefined;
  const events = eventsOf(st).filter((e) => e.object === v.id);
  const receivers = new Set(events.flatMap((e) => (e.kind === 'recv' ? [e.goroutine] : [])));
  if (goroutine.start && receivers.size === 1 && receivers.has(goroutine.id)) return 'self';
  const name = chanName(i.site);
  const givesBack = lowered(frame.code).instructions.some((x) => x.op === 'recv' && chanName(x.site) === name);
  const isTaken = events.some((e) => e.kind === 'send' && e.site.node === i.site.node);
  return givesBack && isTaken ? 'place' : undefined;
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

/** What kind of operation a goroutine is blocked at. */
export function operationOf(p: Pending): Leak['operation'] {
  const { instruction: i } = p;
  switch (i.op) {
    case 'send':
      return 'send';
    case 'recv':
      return i.range ? 'range' : 'receive';
    case 'select':
      return p.frame.code.name === 'pipe.Write' ? 'send' : p.frame.code.name === 'pipe.Read' ? 'receive' : 'select';
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
export function nameAt(p: Pending, site: Site): string {
  const { op } = p.instruction;
  const isMethod = op === 'sync' || op === 'invoke' || (op === 'select' && p.instruction.site.node.end === 0);
  return isMethod ? lockName(site) : chanName(site);
}
