/**
 * Sends to a loop that may have ended, where other sends to the same loop give up when it has: whoever wrote those knows that the loop ends.
 */
import { channelFacts, type ChannelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { contextOfDone, receivedFrom } from '../../concurrency/spawns/loop-ends.ts';
import { plainExits, receiverLoop, type ReceiverLoop, runsAfterLoop } from '../../concurrency/spawns/receiver-loops.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Edge } from '../../golang/cfg.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import type { Expr, SelectStmt, SendStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { lineOf } from '../leak-sites.ts';
import type { FieldChannel } from '../leak-repairs/closed-error.ts';
import { guardedFixes } from './abandoned-send.guarded-fixes.ts';
import { isMildForLoop, mayRunAfter } from './abandoned-send.senders.ts';

/** Source of a pattern, with the flag `m`, for a send to a field that is a statement of its own. */
export const SEND_TO_FIELD = '<-(?<=(?:^|[{;:])[ \\t]*\\w+(?:\\.\\w+)+[ \\t]*<-)';

/** Reports sends that nothing ends once the loop that receives them has been left. */
export function reportUnguardedSends(context: RuleContext): void {
  for (const send of nodesOfKind(context.unit.decl, 'SendStmt')) {
    const found = unguarded(context.analysis, context.unit, send);
    if (found) report(context, send, found);
  }
}

/** True for a send that `reportUnguardedSends` reports where its declaration is looked at. */
export function isUnguardedSend(analysis: Analysis, unit: DeclUnit, node: { start: number }): boolean {
  const send = nodesOfKind(unit.decl, 'SendStmt').find((s) => s.start === node.start);
  return (
    send !== undefined &&
    new RegExp(SEND_TO_FIELD, 'm').test(unit.text(unit.decl)) &&
    unguarded(analysis, unit, send) !== undefined
  );
}

interface Unguarded {
  name: string;
  loop: ReceiverLoop;
  exit: Edge;
  guard: Guard;
}

function unguarded(analysis: Analysis, unit: DeclUnit, send: SendStmt): Unguarded | undefined {
  const parent = analysis.parents(unit).get(send);
  if (unit.file.isTest || (parent?.kind === 'CommClause' && parent.comm === send)) return undefined;
  const channel = fieldChannel(analysis, unit, send.chan);
  if (!channel || isExported(channel.name) || !mayHaveSibling(channel)) return undefined;
  const facts = channelFacts(analysis, channel);
  if (!facts.complete || facts.closes.length > 0 || !isUnbuffered(facts) || !isMadeOnce(facts)) return undefined;
  const loop = receiverLoop(analysis, facts);
  if (!loop) return undefined;
  const exits = plainExits(analysis, loop).filter((e) => !isReceiveOf(analysis, loop.unit, e, channel));
  const guard = exits.length > 0 ? guardOf(analysis, loop, exits) : undefined;
  const [exit] = guard ? mayRunAfter(analysis, { unit, node: send }, loop, exits) : [];
  return guard && exit && { name: channel.name, loop, exit, guard };
}

function report(context: RuleContext, send: SendStmt, { name, loop, exit, guard }: Unguarded): void {
  const { clause, cond } = exit;
  const left = { unit: loop.unit, node: clause?.kind === 'CommClause' ? (clause.comm ?? clause) : (cond ?? loop.stmt) };
  context.report({
    node: send,
    message: 'unguarded',
    level: isMildForLoop(context.analysis, loop) ? 'hint' : undefined,
    args: { name, line: lineOf(context, left), other: lineOf(context, guard.send) },
    steps: [
      { ...left, message: 'step-loop-left', args: { name } },
      { ...guard.send, message: 'step-guarded', args: { done: guard.end.text } },
      { node: send, message: 'step-never', args: { name } },
    ],
    fixes: guardedFixes(context, send, guard.end),
  });
}

function fieldChannel(analysis: Analysis, unit: DeclUnit, expr: Expr): FieldChannel | undefined {
  if (unparen(expr).kind !== 'SelectorExpr') return undefined;
  const channel = channelOf(analysis, unit, expr);
  return channel?.kind === 'field' ? channel : undefined;
}

/**
 * Whether the text of the package has arms that receive from a field of that name and, in the same function, from one to which a `select`
 * sends: nothing need be parsed for the others.
 */
function mayHaveSibling({ pkg, name }: FieldChannel): boolean {
  const arm = new RegExp(`\\bcase\\b[^\\n]*<-[^\\n:]*\\.${name}\\b`);
  const loops = textsNaming(pkg, name).filter(({ text }) => arm.test(text));
  const received = new Set(loops.flatMap(({ text }) => [...text.matchAll(RECEIVING_ARM)].map((m) => m[1] as string)));
  return [...received].some((field) => {
    const sent = new RegExp(`\\bcase [\\w.]+\\.${field}\\s*<-`);
    return textsNaming(pkg, field).some(({ text }) => sent.test(text));
  });
}

const RECEIVING_ARM = /\bcase\b[^\n]*<-[^\n:]*\.(\w+)\b/g;

/** True for a channel that is made together with its value: no method gives the value another one, with which it would start anew. */
function isMadeOnce({ makes }: ChannelFacts): boolean {
  return makes.length > 0 && makes.every(({ unit: { decl } }) => decl.kind !== 'FuncDecl' || !decl.recv);
}

function isUnbuffered({ makes }: ChannelFacts): boolean {
  return makes.every(({ call: { args } }) => {
    const size = args[1] && unparen(args[1]);
    return !size || (size.kind === 'BasicLit' && size.value === '0');
  });
}

/** True for a way out that is taken with what arrives from the channel itself. */
function isReceiveOf(analysis: Analysis, unit: DeclUnit, { kind, clause }: Edge, channel: FieldChannel): boolean {
  const from = kind === 'comm' && clause?.kind === 'CommClause' ? receivedFrom(clause) : undefined;
  const other = from && fieldChannel(analysis, unit, from);
  return other !== undefined && isSame(other, channel);
}

function isSame(a: FieldChannel, b: FieldChannel): boolean {
  return a.name === b.name && a.owner.name === b.owner.name && a.owner.pkg === b.owner.pkg;
}

/** What tells others that a loop has ended or will: a channel, or a context, in a field. */
export interface EndSignal {
  owner: FieldChannel['owner'];
  /** What is behind the value that has it: `done`, `ctx.Done()`. */
  text: string;
  /** Absent for a context. */
  channel?: FieldChannel;
}

interface Guard {
  /** A send that gives up. */
  send: Place & { node: SendStmt };
  end: EndSignal;
}

/** A send to the loop that gives up when the loop has ended. */
function guardOf(analysis: Analysis, loop: ReceiverLoop, exits: readonly Edge[]): Guard | undefined {
  const leaving = exits.flatMap(({ kind, clause }) => {
    const from = kind === 'comm' && clause?.kind === 'CommClause' ? receivedFrom(clause) : undefined;
    const signal = from && signalOf(analysis, loop.unit, from);
    return signal ? [signal] : [];
  });
  for (const channel of channelsOf(analysis, loop))
    for (const { unit, node } of channelFacts(analysis, channel).sends) {
      const parents = analysis.parents(unit);
      const arm = parents.get(node);
      const select = arm?.kind === 'CommClause' && arm.comm === node ? parents.get(arm) : undefined;
      if (node.kind !== 'SendStmt' || select?.kind !== 'SelectStmt' || unit.file.isTest) continue;
      const end = signalsIn(analysis, unit, select).find((s) => tellsOfEnd(analysis, loop, leaving, s));
      if (end) return { send: { unit, node }, end };
    }
  return undefined;
}

/** The channels in fields that a loop receives from. */
function channelsOf(analysis: Analysis, { unit, selects }: ReceiverLoop): FieldChannel[] {
  return selects.flatMap(({ clauses }) =>
    clauses.flatMap((c) => {
      const from = receivedFrom(c);
      const channel = from && fieldChannel(analysis, unit, from);
      return channel && !isExported(channel.name) ? [channel] : [];
    }),
  );
}

function signalsIn(analysis: Analysis, unit: DeclUnit, { clauses }: SelectStmt): EndSignal[] {
  if (clauses.some((c) => !c.comm)) return [];
  return clauses.flatMap((c) => {
    const from = receivedFrom(c);
    const signal = from && signalOf(analysis, unit, from);
    return signal ? [signal] : [];
  });
}

/** A channel in a field, or the end of a context in one. */
function signalOf(analysis: Analysis, unit: DeclUnit, from: Expr): EndSignal | undefined {
  const of = contextOfDone(analysis, unit, from);
  if (of?.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, of);
    return s?.kind === 'field' && s.owner ? { owner: s.owner, text: `${s.name}.Done()` } : undefined;
  }
  const channel = channelOf(analysis, unit, from);
  return channel?.kind === 'field' ? { owner: channel.owner, text: channel.name, channel } : undefined;
}

/**
 * True for what ends the loop and is never taken back, and for a channel that the loop's function closes when it has left the loop.
 * @param leaving what the loop leaves for
 */
function tellsOfEnd(analysis: Analysis, loop: ReceiverLoop, leaving: readonly EndSignal[], signal: EndSignal): boolean {
  const isLeaving = leaving.some((l) => l.text === signal.text && l.owner.name === signal.owner.name);
  if (!signal.channel) return isLeaving;
  const facts = channelFacts(analysis, signal.channel);
  const { closes, sends } = facts;
  if (closes.length === 0 || sends.length > 0 || !isMadeOnce(facts)) return false;
  return isLeaving || closes.every((c) => runsAfterLoop(analysis, loop, c));
}
