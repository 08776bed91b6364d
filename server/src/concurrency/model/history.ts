/** What goroutines did earlier on the way to a state. */
import {
  allInstructions,
  type Code,
  type Instruction,
  lowered,
  nextInstructions,
  reachableFrom,
} from './instructions.ts';
import { lastName, lockName } from './operand-names.ts';
import type { Pending } from './pending.ts';
import { eventsOf } from './executions.ts';
import type { Event, Frame, State } from './state.ts';
import { Ref, type Site, takenBy } from './values.ts';

/** Instructions looked at for what a function does besides. */
const MAX_INSTRUCTIONS = 600;

/** The calls a goroutine was in when it last did something; undefined when it never did. */
function framesAt(st: State, goroutine: number, did: (e: Event) => boolean): readonly Frame[] | undefined {
  for (let s: State | undefined = st; s; s = s.parent)
    if (s.events.some((e) => e.goroutine === goroutine && did(e)))
      return (s.parent ?? s).goroutines[goroutine]?.frames ?? [];
  return undefined;
}

/** The calls in which a goroutine and those that led to it were started, outermost first, and the `go` statements. */
export function startedBy(st: State, goroutine: number): Site[] {
  const { start } = st.goroutines[goroutine] ?? {};
  if (!start) return [];
  const starter = eventsOf(st).find((e) => e.kind === 'go' && e.partner === goroutine)?.goroutine;
  if (starter === undefined || starter === goroutine) return [start];
  const frames = framesAt(st, starter, (e) => e.kind === 'go' && e.partner === goroutine) ?? [];
  return [...startedBy(st, starter), ...frames.flatMap((f) => (f.call ? [f.call] : [])), start];
}

/** How many of the calls that a goroutine was in it still is in. */
function common(before: readonly Frame[], now: readonly Frame[]): number {
  const n = before.findIndex((f, at) => f.id !== now[at]?.id);
  return n < 0 ? before.length : n;
}

/** True when a loop leads from an instruction back to it. */
export function comesAgain(code: Code, pc: number): boolean {
  if (code.bodyOf) return true;
  return reachableFrom(code, nextInstructions(code, pc)).has(pc);
}

/**
 * True when the lock that a goroutine waits for is held by itself since a call that has ended, and that lets go of it on other
 * ways. A helper that locks for its callers does not.
 */
export function isLeftByCall(st: State, { goroutine: g, objects: [v] }: Pending): boolean {
  if (!(v instanceof Ref)) return false;
  const mutex = st.as(v, 'mutex');
  const taken = mutex && takenBy(mutex, g.id);
  if (!taken) return false;
  const before = framesAt(st, g.id, (e) => e.kind === 'lock' && e.object === v.id && e.site.node === taken.node);
  const left = before?.[common(before, g.frames)];
  if (!left) return false;
  const name = lastName(lockName(taken));
  const isUnlock = (i: Instruction): boolean =>
    (i.op === 'sync' || i.op === 'invoke' || i.op === 'defer') && /^R?Unlock$/.test(i.method ?? '');
  // As a function value it is of use to the one that calls it.
  const callsValue = lowered(left.code).instructions.some(
    (i) => (i.op === 'call' || i.op === 'defer') && i.fun !== undefined,
  );
  return ownInstructions(left.code).some(
    (i) => isUnlock(i) && (i.site.node.end > 0 ? lastName(lockName(i.site)) === name : callsValue),
  );
}

/** What a function does, and those that it calls: not the goroutines that it starts. */
function ownInstructions(code: Code): Instruction[] {
  const { instructions } = lowered(code);
  const started = new Set(
    instructions.flatMap((i) => (i.op === 'go' ? [i.fun] : i.op === 'sync' && i.method === 'Go' ? i.args : [])),
  );
  const inner = instructions.flatMap((i) =>
    (i.op === 'call' || i.op === 'defer' || (i.op === 'closure' && !started.has(i.dst))) && i.code ? [i.code] : [],
  );
  return [...instructions, ...allInstructions(inner, MAX_INSTRUCTIONS)];
}

/** True when a goroutine sent on a channel before in another call than the one it is in, which no loop repeats. */
export function sentInOtherCall(st: State, { goroutine: g }: Pending, channel: number): boolean {
  const before = framesAt(st, g.id, (e) => e.kind === 'send' && e.object === channel);
  if (!before) return false;
  const n = common(before, g.frames);
  const [then, now, around] = [before[n], g.frames[n], g.frames[n - 1]];
  return then !== undefined && now !== undefined && then.call !== now.call && !!around && !isRepeated(around);
}

/** True when the call that a function is in may come again. */
export function isRepeated({ code, pc }: Frame): boolean {
  // Behind the call the program counter has moved on, or not yet.
  return comesAgain(code, pc) || (pc > 0 && comesAgain(code, pc - 1));
}

/** True when a goroutine that was to receive once, started by the one that sends, has ended without. */
export function hasDefaulted(st: State, events: readonly Event[], sender: number, channel: number): boolean {
  const received = new Set(events.flatMap((e) => (e.kind === 'recv' && e.object === channel ? [e.goroutine] : [])));
  return events.some((e) => {
    if (e.kind !== 'go' || e.goroutine !== sender || e.partner === undefined || received.has(e.partner)) return false;
    const { status, code } = st.goroutines[e.partner] ?? {};
    if (status !== 'done') return false;
    return code !== undefined && lowered(code).instructions.some((i, pc) => i.op === 'recv' && !comesAgain(code, pc));
  });
}

/** True when those who received from a channel did so in loops of goroutines of their own, all of which have ended. */
export function haveReceiversLeft(st: State, events: readonly Event[], sender: number, channel: number): boolean {
  const receivers = new Set(
    events.flatMap((e) => (e.kind === 'recv' && e.object === channel && e.goroutine !== 0 ? [e.goroutine] : [])),
  );
  const others = events.some((e) => e.kind === 'recv' && e.object === channel && !receivers.has(e.goroutine));
  return (
    receivers.size > 0 &&
    !others &&
    [...receivers].every((r) => {
      const startsSender = events.some((e) => e.kind === 'go' && e.goroutine === r && e.partner === sender);
      const frame = framesAt(st, r, (e) => e.kind === 'recv' && e.object === channel)?.at(-1);
      return !startsSender && st.goroutines[r]?.status === 'done' && !!frame && comesAgain(frame.code, frame.pc);
    })
  );
}
