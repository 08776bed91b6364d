/** Values that are started and stopped, and that nobody else has. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import type { SpawnSite } from '../../concurrency/spawns/spawn-sites.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { declaredWith, isFresh } from '../../golang/fresh-values.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage } from '../../golang/package.ts';
import { deref, isContext, type NamedType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { CallExpr, Expr, LocalObject } from '../../syntax/ast.ts';
import { isCancelledOnlyBy } from './start-without-stop.contexts.ts';

export interface Stoppable {
  /** The method that stops it, the best known of `ends`. */
  stop: string;
  /** Every method that does. */
  ends: readonly string[];
}

/** Methods by which, following Go's conventions, an owner ends a thing, the counterpart of `Start` first. */
const ENDS = ['Stop', 'Close', 'Shutdown', 'GracefulStop', 'Cancel', 'Kill', 'Quit', 'Abort', 'Wait', 'Join'];

/** Names of methods that are seen to end a goroutine, which is what they are for. */
export const SEEN_ENDS = [...ENDS, 'End', 'Finish', 'Halt', 'Release', 'Terminate', 'Dispose', 'Unsubscribe'].flatMap(
  (name) => [name, name.charAt(0).toLowerCase() + name.slice(1)],
);

/** Embedded structs that are followed. */
const MAX_PARTS = 10;

/**
 * A value of a type of the workspace with a method that stops it, which the function has made for itself. Undefined where the
 * one who makes or starts it gives it something by which to end it: a context, a channel, a function; unless what is left is
 * ended by the methods of the type alone.
 * @param left the goroutine that the call leaves
 */
export function stoppable(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  call: CallExpr,
  left: () => SpawnSite | undefined,
): Stoppable | undefined {
  if (object.role !== 'local' || object.writes.length > 0) return undefined;
  const type = deref(analysis.objectType(unit, object));
  const { visible } = type.kind === 'named' ? analysis.callee(unit, call) : {};
  if (!visible || type.kind !== 'named') return undefined;
  const ends = ENDS.filter((name) => analysis.types.members.find(type, name)?.kind === 'method');
  const parts = partsOf(analysis, type);
  // What a pointer lends it may be somebody else's.
  if (!parts.some((p) => p.name === visible.unit.declaration.recv && p.pkg === visible.unit.pkg.path)) return undefined;
  const stop = ends.find((name) => takesNothing(analysis, type, name));
  if (!stop || stop === 'Wait' || stop === 'Join') return undefined;
  const made = declaredWith(object);
  if (made === undefined || !isFresh(analysis, unit, made, type, { methods: ENDS })) return undefined;
  const values = [...givenTo(made), ...call.args];
  const isGivenEnd = values.some((v) => mayEnd(analysis, analysis.typeOf(unit, v)) && !isMade(analysis, unit, v));
  const site = left();
  if (!site || (isGivenEnd && !isEndedBy(analysis, site, parts, ends))) return undefined;
  return { stop, ends: [...ends, ...othersThatEnd(analysis, site, parts)] };
}

/**
 * The same for what a call gives to a variable, with a goroutine that only methods of the value end.
 * @param site where that is started
 */
export function stoppableGiven(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  call: CallExpr,
  site: SpawnSite,
): Stoppable | undefined {
  if (object.role !== 'local' || object.writes.length > 0) return undefined;
  const type = deref(analysis.objectType(unit, object));
  if (type.kind !== 'named' || type.pkg !== site.unit.pkg.path) return undefined;
  const ends = SEEN_ENDS.filter((name) => analysis.types.members.find(type, name)?.kind === 'method');
  const stop = ends.find((name) => takesNothing(analysis, type, name));
  if (!stop || /^(?:wait|join)$/i.test(stop)) return undefined;
  const parts = partsOf(analysis, type);
  const isEnded = isEndedBy(analysis, site, parts, ends) && !isEndedByKeeper(analysis, site.unit.pkg, parts, ends);
  return isEnded && isFresh(analysis, unit, call, type, { methods: ends }) ? { stop, ends } : undefined;
}

/** True where the package ends values of a type that it has from somewhere else than a call: whoever keeps all of them ends them all. */
function isEndedByKeeper(
  analysis: Analysis,
  pkg: GoPackage,
  parts: readonly NamedType[],
  ends: readonly string[],
): boolean {
  const [{ name }] = parts as [NamedType];
  return ends.some((end) =>
    declarationsWith(pkg, end, 'selected').some((member) => {
      if (member.file.isTest || parts.some((p) => p.name === member.declaration.recv)) return false;
      const at = pkg.unit(member);
      return nodesOfKind(at.decl, 'SelectorExpr').some((s) => {
        if (s.sel.name !== end) return false;
        const x = unparen(s.x);
        const t = deref(analysis.typeOf(at, x));
        if (t.kind !== 'named' || t.pkg !== pkg.path || t.name !== name) return false;
        const made = x.kind === 'Ident' && x.obj?.role === 'local' ? declaredWith(x.obj) : undefined;
        return made === undefined || made === 'zero' || asCall(made) === undefined;
      });
    }),
  );
}

/** Methods of other names that close or send on what the goroutine waits for. */
function othersThatEnd(analysis: Analysis, { end }: SpawnSite, parts: readonly NamedType[]): string[] {
  return end.ways.flatMap(({ channel }) => {
    const { closes, sends } = channel ? channelFacts(analysis, channel) : { closes: [], sends: [] };
    const methods = [...closes, ...sends].filter(({ unit: { declaration } }) =>
      parts.some((p) => p.name === declaration.recv),
    );
    return methods.flatMap(({ unit: { declaration } }) => declaration.names);
  });
}

/** What a value is made with. */
function givenTo(made: Expr | 'zero'): Expr[] {
  if (made === 'zero') return [];
  let x = unparen(made);
  if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
  const given = x.kind === 'CompositeLit' ? x.elts : x.kind === 'CallExpr' ? x.args : [];
  const before = x.kind === 'CallExpr' && x.fun.kind === 'SelectorExpr' ? unparen(x.fun.x) : undefined;
  return [
    ...(before?.kind === 'CallExpr' ? givenTo(before) : []),
    ...given.map((e) => (e.kind === 'KeyValueExpr' ? e.value : e)),
  ];
}

/**
 * True for a goroutine that only the given methods of a type and its parts can end: by a channel of theirs that nobody else closes or
 * sends on, or by a context of theirs that nobody else cancels.
 */
function isEndedBy(
  analysis: Analysis,
  { end }: SpawnSite,
  parts: readonly NamedType[],
  methods: readonly string[],
): boolean {
  const isOwn = ({ unit: { pkg, declaration } }: Place): boolean =>
    parts.some((p) => p.pkg === pkg.path && p.name === declaration.recv) &&
    declaration.names.some((n) => methods.includes(n));
  return (
    end.ways.length > 0 &&
    end.ways.every(({ kind, channel, context }) => {
      if (kind === 'done' && context) return isCancelledOnlyBy(analysis, context, parts, methods);
      if (channel?.kind !== 'field') return false;
      const { owner } = channel;
      if (!parts.some((p) => p.name === owner.name && p.pkg === owner.pkg)) return false;
      const { complete, makes, closes, sends } = channelFacts(analysis, channel);
      return complete && makes.length > 0 && [...closes, ...sends].every(isOwn);
    })
  );
}

/** A type and those of its package that it embeds by value, at any depth: they are made with it, and nobody else has them. */
function partsOf(analysis: Analysis, type: NamedType): NamedType[] {
  const parts = [type];
  for (const part of parts) {
    const struct = analysis.types.underlying(part);
    if (struct.kind !== 'struct' || parts.length > MAX_PARTS) continue;
    for (const field of struct.node.fields) {
      const embedded = field.names.length === 0 ? analysis.types.resolve(struct.unit, field.type) : undefined;
      if (embedded?.kind === 'named' && embedded.pkg === type.pkg) parts.push(embedded);
    }
  }
  return parts;
}

function takesNothing(analysis: Analysis, type: Type, name: string): boolean {
  const found = analysis.types.members.find(type, name);
  return found?.kind === 'method' && found.type.kind === 'func' && found.type.params.length === 0;
}

/** True for something that may tell the value to end, or that is not known. */
function mayEnd(analysis: Analysis, type: Type): boolean {
  if (isContext(type) || type.kind === 'unknown') return true;
  const { kind } = analysis.types.underlying(type);
  return kind === 'chan' || kind === 'func' || kind === 'interface';
}

/** True for a channel that is made in its place. */
function isMade(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'CallExpr' && analysis.callee(unit, x).kind === 'builtin';
}
