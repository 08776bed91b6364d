/** Ways past a wait, judged by what the package does to the channels. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Launch } from '../../golang/launches.ts';
import { enclosingFunc, inLoop, isFunc } from '../../golang/parents.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { unparen } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import type { Channel } from './channels.ts';
import type { CallExpr, Node } from '../../syntax/ast.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Bound } from './bindings.ts';
import { type ChannelFacts, channelFacts, type Place } from './channel-facts.ts';
import type { Gate } from './gates.ts';
import type { WayOut } from './ways-out.ts';

export interface SettledWay extends WayOut {
  /** The `close` that ends the wait, when it is visible. */
  close?: Place;
  /** Everything about the channel is known, and nobody does what the wait needs. */
  never?: boolean;
  /** The channel has a buffer. */
  buffered?: boolean;
}

/**
 * The ways of a gate with what is known of their channels; none for a send that a buffer takes up. Whether a buffer is
 * large enough is known only for `launch`es that can be counted.
 */
export function refined(analysis: Analysis, gate: Gate, launch: Launch | undefined): SettledWay[] {
  const ways = gate.ways.map((way): SettledWay | undefined => {
    if (way.kind === 'done' && way.context) return { ...way, never: isNeverDone(analysis, way.context, 0) };
    if (!way.channel) return way;
    const facts = channelFacts(analysis, way.channel);
    switch (way.kind) {
      case 'closed': {
        const close = facts.closes[0];
        return { ...way, ...(close && { close }), never: facts.complete && !close };
      }
      case 'received': {
        const close = facts.closes[0];
        if (close && facts.sends.length === 0) return { ...way, kind: 'closed', close };
        const buffered = facts.makes.length > 0 && capacityOf(facts) !== 0;
        return { ...way, buffered, never: facts.complete && !close && facts.sends.length === 0 };
      }
      case 'sent':
        if (!gate.loop && isTakenUp(analysis, facts, launch)) return undefined;
        return { ...way, never: facts.complete && facts.receives.length === 0 && capacityOf(facts) === 0 };
      default:
        return way;
    }
  });
  return ways.every((w) => w !== undefined) ? ways : [];
}

/** True for a way that the text of the package rules out to be missing: something of that name is closed, sent on or received from. */
export function isGiven(analysis: Analysis, { kind, channel, context }: WayOut): boolean {
  if (kind === 'done') return !context || !isNeverDone(analysis, context, 0);
  if (!channel || channel.kind === 'local' || (kind !== 'closed' && kind !== 'received' && kind !== 'sent'))
    return true;
  return isNamedIn(channel, kind);
}

/** The same of a channel in a field or variable, and what somebody waits to happen to it. */
export function isNamedIn(
  channel: Exclude<Channel, { kind: 'local' }>,
  awaited: 'closed' | 'received' | 'sent',
): boolean {
  const { pkg, name } = channel;
  const owner = channel.kind === 'field' ? channel.owner.name : undefined;
  const place = `((?:\\w+\\.)*)${name}\\b`;
  const close = `\\bclose\\(${place}\\)`;
  const given = {
    closed: close,
    received: `${close}|\\b${place}\\s*<-(?!chan\\b)`,
    sent: `<-\\s*${place}|\\brange ${place}`,
  };
  const gives = new RegExp(given[awaited], 'g');
  return textsNaming(pkg, name).some(({ declaration, text }) => {
    const isOther = declaration.recv !== undefined && declaration.recv !== owner;
    const receiver = isOther ? /^func \(\s*(\w+)/.exec(text)?.[1] : undefined;
    // What a method of another type does to its own field of that name is nothing to this one.
    return [...text.matchAll(gives)].some((m) => (m[1] ?? m[2]) !== `${receiver}.`);
  });
}

/** Parameters that are followed to the calls they come from. */
const MAX_CALLS = 8;

/** True for `context.Background()` and what is as endless, wherever the calls that lead here have got it from. */
function isNeverDone(analysis: Analysis, { unit, expr, bindings }: Bound, calls: number): boolean {
  const x = unparen(expr);
  const bound = x.kind === 'Ident' && x.obj && calls < MAX_CALLS ? bindings.get(x.obj) : undefined;
  return bound ? isNeverDone(analysis, bound, calls + 1) : isRootContext(analysis, unit, x);
}

/** True when the buffer of the channel has room for everything that is ever sent on it. */
function isTakenUp(analysis: Analysis, facts: ChannelFacts, launch: Launch | undefined): boolean {
  const [make] = facts.makes;
  const capacity = capacityOf(facts);
  if (!launch || !make || capacity === undefined || !facts.complete) return false;
  return (
    facts.sends.length <= capacity &&
    facts.sends.every(({ unit, node }) => !inLoop(analysis.parents(unit), node)) &&
    make.unit === launch.unit &&
    !loopBetween(analysis, launch.unit, make.call, launch.stmt)
  );
}

/** Capacity of the one `make`; undefined when it is not constant or there are several. */
function capacityOf({ makes }: ChannelFacts): number | undefined {
  const [make, ...others] = makes;
  if (!make || others.length > 0) return undefined;
  const size = make.call.args[1];
  if (!size) return 0;
  return size.kind === 'BasicLit' && /^\d+$/.test(size.value) ? Number(size.value) : undefined;
}

/** True when a loop goes round the statement without making the channel anew. */
function loopBetween(analysis: Analysis, unit: DeclUnit, make: CallExpr, stmt: Node): boolean {
  const parents = analysis.parents(unit);
  if (enclosingFunc(parents, make) !== enclosingFunc(parents, stmt)) return true;
  for (let n = parents.get(stmt); n && !isFunc(n); n = parents.get(n))
    if ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && !(n.start <= make.start && make.end <= n.end)) return true;
  return false;
}
