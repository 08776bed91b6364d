/** What tells a sender that nobody receives any more: channels and contexts that it can name. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { receivedFrom } from '../../concurrency/spawns/loop-ends.ts';
import { isUnshadowed } from '../../fixes/names.ts';
import type { Stop } from '../../fixes/select-with-done.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { visibleObjects } from '../../golang/scopes.ts';
import { deref, isContext, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FuncNode, LocalObject, SendStmt } from '../../syntax/ast.ts';
import { lastName } from '../leak-sites.ts';
import { errorWhenClosed, type FieldChannel } from './closed-error.ts';

/** The model is asked for each. */
const MAX_CANDIDATES = 3;

/**
 * What to give up for, the best first: what receivers leave for when they would receive what is sent, of the value that has the channel and of
 * the receiver of the method, each alone only where there is no other.
 */
export function stopsAt(analysis: Analysis, unit: DeclUnit, send: SendStmt): (readonly Stop[])[] {
  const chan = unit.text(send.chan);
  const locals = visibleObjects(unit, send).filter(
    (o) => o.kind === 'var' && isSignal(analysis.objectType(unit, o)) && (o.role === 'param' || isClosedHere(unit, o)),
  );
  const isOther = ({ done }: Stop): boolean => done !== chan;
  const recv = unit.decl.kind === 'FuncDecl' ? unit.decl.recv?.names[0] : undefined;
  const own =
    recv?.obj && isUnshadowed(unit, send, recv.name, (o) => o !== recv.obj)
      ? fieldsOf(analysis, unit, send, recv.name, analysis.objectType(unit, recv.obj)).filter(isOther)
      : [];
  const holder = unparen(send.chan);
  const base = holder.kind === 'SelectorExpr' ? pathText(holder.x) : undefined;
  const beside =
    holder.kind === 'SelectorExpr' && base !== undefined && base !== recv?.name
      ? fieldsOf(analysis, unit, send, base, analysis.typeOf(unit, holder.x)).filter(isOther)
      : [];
  const left = new Set(leftFor(analysis, unit, send));
  const isLeftFor = ({ channel }: FieldStop): boolean => channel !== undefined && left.has(keyOf(channel));
  const pairs = beside.filter(isLeftFor).flatMap((b) => own.filter(isLeftFor).map((o) => [b, o]));
  const first = [...pairs, ...beside.map((b) => [b])].slice(0, MAX_CANDIDATES);
  return [
    ...first,
    ...[...locals.map((o) => ({ done: o.name })), ...own]
      .filter(isOther)
      .slice(0, MAX_CANDIDATES)
      .map((s) => [s]),
  ];
}

/** A channel in a field as something to give up for. */
interface FieldStop extends Stop {
  channel?: FieldChannel;
}

/** Fields of a value that tell when to stop. First what is closed by who receives what is sent: it says that nobody does so any more. */
function fieldsOf(analysis: Analysis, unit: DeclUnit, at: SendStmt, base: string, of: Type): FieldStop[] {
  const owner = deref(of);
  const struct = analysis.types.underlying(owner);
  if (struct.kind !== 'struct') return [];
  const found = flattenFields(struct.node.fields).flatMap(({ name: field, type: node }): FieldStop[] => {
    if (!field) return [];
    const name = `${base}.${field.name}`;
    const type = analysis.types.resolve(struct.unit, node);
    if (isContext(type)) return [{ done: `${name}.Done()` }];
    if (!isSignal(type) || !isClosed(unit.pkg, field.name)) return [];
    if (owner.kind !== 'named' || owner.local || owner.pkg !== unit.pkg.path) return [{ done: name }];
    const channel: FieldChannel = { kind: 'field', pkg: unit.pkg, owner, name: field.name };
    return [{ done: name, error: errorWhenClosed(analysis, unit, at, channel), channel }];
  });
  const receivers = receiversOf(analysis, unit, at);
  const endsWith = ({ channel }: FieldStop): boolean =>
    channel !== undefined && channelFacts(analysis, channel).closes.some((c) => receivers.has(funcOf(analysis, c)));
  return [...found.filter(endsWith), ...found.filter((s) => !endsWith(s))];
}

function funcOf(analysis: Analysis, { unit, node }: Place): FuncNode | undefined {
  return enclosingFunc(analysis.parents(unit), node);
}

/** The functions that receive what is sent. */
function receiversOf(analysis: Analysis, unit: DeclUnit, { chan }: SendStmt): ReadonlySet<FuncNode | undefined> {
  const channel = channelOf(analysis, unit, chan);
  const receives = channel?.kind === 'field' ? channelFacts(analysis, channel).receives : [];
  return new Set(receives.map((r) => funcOf(analysis, r)).filter((f) => f !== undefined));
}

/** Channels in fields that a receiver waits for at the same time, and leaves for. */
function leftFor(analysis: Analysis, unit: DeclUnit, { chan }: SendStmt): string[] {
  const channel = channelOf(analysis, unit, chan);
  if (channel?.kind !== 'field') return [];
  return channelFacts(analysis, channel).receives.flatMap(({ unit: at, node }) => {
    const parents = analysis.parents(at);
    const select = ancestor(parents, node, (n) => n.kind === 'SelectStmt' || isFunc(n));
    if (select?.kind !== 'SelectStmt') return [];
    return select.clauses.flatMap((clause) => {
      const from = receivedFrom(clause);
      const other = from && channelOf(analysis, at, from);
      return other?.kind === 'field' && clause.body.at(-1)?.kind === 'ReturnStmt' ? [keyOf(other)] : [];
    });
  });
}

function keyOf({ owner, name }: FieldChannel): string {
  return `${owner.pkg}.${owner.name}.${name}`;
}

/** True for a channel from which one can receive, and whose values say nothing. */
function isSignal(type: Type): boolean {
  return (
    type.kind === 'chan' && type.dir !== 'send' && type.elem.kind === 'struct' && type.elem.node.fields.length === 0
  );
}

function isClosedHere(unit: DeclUnit, object: LocalObject): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some(
    ({ fun, args: [arg] }) =>
      fun.kind === 'Ident' && fun.name === 'close' && arg?.kind === 'Ident' && arg.obj === object,
  );
}

/** True when the package closes a channel of that name. */
function isClosed(pkg: DeclUnit['pkg'], name: string): boolean {
  return declarationsNaming(pkg, name).some((member) => {
    const unit = pkg.unit(member);
    return (
      !unit.hasError &&
      nodesOfKind(unit.decl, 'CallExpr').some(
        ({ fun, args: [arg] }) =>
          fun.kind === 'Ident' && fun.name === 'close' && arg && lastName(pathText(arg) ?? '') === name,
      )
    );
  });
}
