/** The error with which the methods of a type say that its values have ended. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { type Channel, channelOf } from '../../concurrency/spawns/channels.ts';
import { receivedFrom } from '../../concurrency/spawns/loop-ends.ts';
import { isUnshadowed } from '../../fixes/names.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, Node, Stmt } from '../../syntax/ast.ts';

/** A channel in a field. */
export type FieldChannel = Channel & { kind: 'field' };

/**
 * What a function returns as its error where it gives up because a channel is closed, as Go source: what others return who wait for that
 * channel, or for what it is closed for; else what is returned where a flag says that it is closed.
 * @param at a node of the function
 * @returns undefined where the package has no such error, or several
 */
export function errorWhenClosed(
  analysis: Analysis,
  unit: DeclUnit,
  at: Node,
  channel: FieldChannel,
): string | undefined {
  if (!returnsError(analysis, unit, at)) return undefined;
  const causes = causesOf(analysis, channel);
  const func = enclosingFunc(analysis.parents(unit), at);
  const fitting = (found: readonly Expr[]): string | undefined => {
    const texts = new Set(found.map((e) => pathText(e)));
    const [text, ...others] = texts;
    const name = text?.split('.')[0];
    return text !== undefined && name !== undefined && others.length === 0 && isUnshadowed(unit, at, name)
      ? text
      : undefined;
  };
  const flags = flagsOf(analysis, [channel, ...causes]);
  const tests = errorsOfTests(analysis, unit, channel, flags);
  const here = tests.filter((t) => t.unit === unit && enclosingFunc(analysis.parents(unit), t.error) === func);
  for (const found of [
    errorsOfArms(analysis, unit, [channel]),
    here.map((t) => t.error),
    errorsOfArms(analysis, unit, causes),
    tests.map((t) => t.error),
  ]) {
    if (found.length > 0) return fitting(found);
  }
  return undefined;
}

function returnsError(analysis: Analysis, unit: DeclUnit, at: Node): boolean {
  const func = enclosingFunc(analysis.parents(unit), at);
  const last = func && analysis.types.signature(unit, func.type).results.at(-1);
  return last !== undefined && isErrorType(last);
}

/** Channels of the same type that make a function end which closes the channel. */
function causesOf(analysis: Analysis, channel: FieldChannel): FieldChannel[] {
  const found = new Map<string, FieldChannel>();
  for (const { unit, node } of channelFacts(analysis, channel).closes) {
    const func = enclosingFunc(analysis.parents(unit), node);
    for (const clause of nodesOfKind(unit.decl, 'CommClause')) {
      const other = func && contains(func, clause) ? armChannel(analysis, unit, clause) : undefined;
      if (other?.owner.name === channel.owner.name && other.name !== channel.name && leaves(clause.body))
        found.set(other.name, other);
    }
  }
  return [...found.values()];
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'ReturnStmt' || (last?.kind === 'BranchStmt' && last.tok !== 'continue');
}

function armChannel(
  analysis: Analysis,
  unit: DeclUnit,
  clause: Parameters<typeof receivedFrom>[0],
): FieldChannel | undefined {
  const from = receivedFrom(clause);
  const channel = from && channelOf(analysis, unit, from);
  return channel?.kind === 'field' ? channel : undefined;
}

/** What is returned in the arms of `select` statements that receive from one of some channels. */
function errorsOfArms(analysis: Analysis, reader: DeclUnit, channels: readonly FieldChannel[]): Expr[] {
  return channels.flatMap((channel) =>
    unitsNaming(reader, channel.name).flatMap((unit) =>
      nodesOfKind(unit.decl, 'CommClause').flatMap((clause) => {
        const other = armChannel(analysis, unit, clause);
        return other && isSame(other, channel) ? errorOf(analysis, unit, clause.body.at(-1), reader) : [];
      }),
    ),
  );
}

function isSame(a: FieldChannel, b: FieldChannel): boolean {
  return a.name === b.name && a.owner.name === b.owner.name && a.owner.pkg === b.owner.pkg;
}

function unitsNaming({ pkg }: DeclUnit, name: string): DeclUnit[] {
  return declarationsNaming(pkg, name)
    .map((member) => pkg.unit(member))
    .filter((u) => !u.hasError && !u.file.isTest);
}

/** The error of a `return`, where it is a variable of the package or of one that the reader's file imports as well. */
function errorOf(analysis: Analysis, unit: DeclUnit, stmt: Stmt | undefined, reader: DeclUnit): Expr[] {
  const last = stmt?.kind === 'ReturnStmt' ? stmt.results.at(-1) : undefined;
  const x = last && unparen(last);
  const base = x?.kind === 'SelectorExpr' ? unparen(x.x) : x;
  if (!stmt || !x || base?.kind !== 'Ident' || base.obj || base.name === 'nil') return [];
  if (!returnsError(analysis, unit, stmt) || !isErrorType(analysis.typeOf(unit, x))) return [];
  const path = unit.file.imports.get(base.name);
  const isKnown =
    x.kind === 'SelectorExpr'
      ? path !== undefined && reader.file.imports.get(base.name) === path
      : analysis.types.denotes(unit, base)?.kind === 'member';
  return isKnown ? [x] : [];
}

/** A field that says that a value has ended, and what it is then. */
interface Flag {
  name: string;
  value: boolean;
}

/** What functions that close one of some channels also set. */
function flagsOf(analysis: Analysis, channels: readonly FieldChannel[]): Flag[] {
  return channels.flatMap((channel) =>
    channelFacts(analysis, channel).closes.flatMap(({ unit }) => [
      ...nodesOfKind(unit.decl, 'AssignStmt').flatMap(({ op, lhs: [target, more], rhs: [value] }) => {
        const set = value && booleanOf(value);
        return op === '=' && !more && target?.kind === 'SelectorExpr' && set !== undefined
          ? [{ name: target.sel.name, value: set }]
          : [];
      }),
      ...nodesOfKind(unit.decl, 'CallExpr').flatMap((call) => {
        const flag = atomicField(call, /^(?:Store|Swap|CompareAndSwap)$/);
        const value = call.args.at(-1);
        const set = value && booleanOf(value);
        return flag !== undefined && set !== undefined ? [{ name: flag, value: set }] : [];
      }),
    ]),
  );
}

function booleanOf(x: Expr): boolean | undefined {
  return x.kind === 'Ident' && !x.obj && /^(?:true|false)$/.test(x.name) ? x.name === 'true' : undefined;
}

/** `closed` of `s.closed.Load()`. */
function atomicField({ fun }: CallExpr, method: RegExp): string | undefined {
  const of = fun.kind === 'SelectorExpr' && method.test(fun.sel.name) ? unparen(fun.x) : undefined;
  return of?.kind === 'SelectorExpr' ? of.sel.name : undefined;
}

/** What methods of the type return where a flag says that the value has ended. */
function errorsOfTests(
  analysis: Analysis,
  reader: DeclUnit,
  { pkg, owner }: FieldChannel,
  flags: readonly Flag[],
): { unit: DeclUnit; error: Expr }[] {
  if (flags.length === 0) return [];
  return [...pkg.methods(owner.name).values()].flatMap((member) => {
    const unit = pkg.unit(member);
    if (unit.hasError || unit.file.isTest) return [];
    return nodesOfKind(unit.decl, 'IfStmt').flatMap(({ cond, body, init }) => {
      const says = init ? undefined : testOf(analysis, unit, cond);
      const isEnd = says && flags.some((f) => f.name === says.name && f.value === says.value);
      return isEnd ? errorOf(analysis, unit, body.stmts.at(-1), reader).map((error) => ({ unit, error })) : [];
    });
  });
}

/** Which field is what for a condition to be true: `s.closed`, `!s.open.Load()`, or a call of a method that returns one of these. */
function testOf(analysis: Analysis, unit: DeclUnit, cond: Expr, depth = 0): Flag | undefined {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') {
    const negated = testOf(analysis, unit, x.x, depth);
    return negated && { name: negated.name, value: !negated.value };
  }
  if (x.kind === 'SelectorExpr') return { name: x.sel.name, value: true };
  const call = asCall(x);
  if (!call || call.args.length > 0 || depth > 0) return undefined;
  const field = atomicField(call, /^Load$/);
  if (field !== undefined) return { name: field, value: true };
  const { own } = analysis.callee(unit, call);
  const last = own && !own.unit.hasError ? own.decl.body?.stmts.at(-1) : undefined;
  const result = last?.kind === 'ReturnStmt' && last.results.length === 1 ? last.results[0] : undefined;
  return own && result && testOf(analysis, own.unit, result, depth + 1);
}
