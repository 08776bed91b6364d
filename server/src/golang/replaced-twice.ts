/**
 * What tells that a field holds something when a method gives it something new, apart from a value that has got it when it was made: the
 * function has put it there itself, another method has, or the method is called again and again.
 */
import type { CallExpr, FuncDecl, IfStmt, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { VisibleFunc } from './callee.ts';
import type { ControlFlowGraph } from './cfg.ts';
import { nodesAfter } from './cfg-reach.ts';
import { factsAt } from './conditions.ts';
import { endsValue } from './ending-methods.ts';
import { isExported } from './exported.ts';
import { conditionsOf, type FieldLook, isFieldOf, receiverOf, type Spot } from './field-look.ts';
import { nodesOfKind } from './node-index.ts';
import { fieldMentionsOf } from './own-mentions.ts';
import { enclosingFunc } from './parents.ts';
import { findUnreleasedPath, type SearchSpec } from './paths.ts';
import { cfgNode } from './resources.ts';
import { isContext, isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, unparen } from './walk.ts';

/** A method that fills a field, and where: by assignments, or by calls of methods that do. */
export interface Filler {
  unit: DeclUnit;
  decl: FuncDecl;
  receiver: LocalObject;
  spots: readonly Node[];
  /** The methods by which it does so, down to the one that assigns. */
  by: readonly VisibleFunc[];
}

/** Methods that come once in the life of a value, whatever they do. */
const ONCE =
  /^(?:set_?up|launch|boot|bind|log_?in|attach|register|enable|activate|resume|play|spawn|campaign|elect|mount|load|prepare|exec|process|consume|handle|enter|subscribe|accept|handshake|schedule|do$|go$|loop|main|initiali[sz]e|configure|install|establish|acquire|lock|create|use|with)/i;

/** Where a method has filled the field before it comes to a place where it does so, with nothing that has to do with the field in between. */
export function filledBefore(look: FieldLook, filler: Filler, at: Node): Node | undefined {
  const { unit, decl, receiver, spots } = filler;
  const cfg = look.analysis.cfg(unit, decl);
  const end = nodeOf(look.analysis, unit, cfg, at);
  if (!end || (spots.length === 1 && !nodesAfter(cfg, end).has(end))) return undefined;
  const touches = look.touches(unit, receiver).filter((n) => !spots.some((s) => contains(n, s) || contains(s, n)));
  const touched = touches.flatMap((n) => nodeOf(look.analysis, unit, cfg, n) ?? []);
  return spots.find((spot) => {
    const search = searchFrom(look, filler, cfg, spot);
    if (!search) return false;
    const after = nodesAfter(cfg, search.start);
    const isBetween = (n: Node): boolean => after.has(n) && nodesAfter(cfg, n).has(end);
    const units = [unit, ...filler.by.map((f) => f.unit)];
    const isAsked = (test: Node): boolean => {
      const node = nodeOf(look.analysis, unit, cfg, test);
      return node !== undefined && isBetween(node) && look.asksFlag(unit, receiver, test, units);
    };
    if (touched.some(isBetween) || conditionsOf(decl).some(isAsked)) return false;
    const path = findUnreleasedPath({
      ...search,
      throughStart: search.start !== end,
      settledBy: ({ to }) => to === cfg.exit,
      effect: (n) => (n.kind === 'ReturnStmt' ? 'settled' : n === end ? 'overwritten' : 'none'),
    });
    return path !== undefined && path.end !== 'return' && look.isReleasedOnlyIn(functionsOf(filler));
  });
}

/** Where another method that callers call fills the field, which it has found empty, and leaves it like that. */
export function filledByOther(look: FieldLook, filler: Filler): Spot | undefined {
  for (const by of filler.by)
    for (const { unit, call } of mentionsOf(look.analysis, by.unit, by.decl)) {
      const other = call && fillerAt(look, unit, call, [by]);
      if (!other || other.decl === filler.decl || !isExported(other.decl.name.name) || !look.isWhereNil(unit, call))
        continue;
      if (isLeft(look, other, call) && look.isReleasedOnlyIn([other.decl, ...functionsOf(filler)]))
        return { unit, node: call };
    }
  return undefined;
}

/** True for a method that fills the field each time it is called, until the value ends: for what it is given, and not when it has ended. */
export function isCalledAgain(look: FieldLook, filler: Filler, spot: Node): boolean {
  const { unit, decl } = filler;
  if (!isExported(decl.name.name) || ONCE.test(decl.name.name)) return false;
  const isGiven = decl.type.params.some(
    ({ names, type }) => names.some(({ name }) => name !== '_') && !isContext(look.analysis.types.resolve(unit, type)),
  );
  return (
    isGiven &&
    nodesOfKind(decl, 'IfStmt').some((test) => test.start < spot.start && refusesWhenEnded(look, filler, test)) &&
    isLeft(look, filler, spot) &&
    look.isReleasedOnlyIn(functionsOf(filler))
  );
}

function functionsOf({ decl, by }: Filler): FuncDecl[] {
  return [decl, ...by.map((f) => f.decl)];
}

/** The method around a call of another method of the same value. */
export function fillerAt(
  { analysis }: FieldLook,
  unit: DeclUnit,
  call: CallExpr,
  by: readonly VisibleFunc[],
): Filler | undefined {
  const { decl } = unit;
  const receiver = receiverOf(unit);
  if (decl.kind !== 'FuncDecl' || !receiver || unit.file.isTest) return undefined;
  if (call.fun.kind !== 'SelectorExpr' || !isFieldOf(call.fun, receiver)) return undefined;
  const parents = analysis.parents(unit);
  const kind = parents.get(call)?.kind;
  if (kind === 'GoStmt' || kind === 'DeferStmt' || enclosingFunc(parents, call) !== decl) return undefined;
  return { unit, decl, receiver, spots: [call], by };
}

/** `if s.closed { return }` where nothing but the end of the value sets the flag. */
function refusesWhenEnded({ analysis }: FieldLook, { unit, receiver }: Filler, { cond, body }: IfStmt): boolean {
  if (body.stmts.at(-1)?.kind !== 'ReturnStmt') return false;
  const flag = unparen(cond);
  if (flag.kind !== 'SelectorExpr' || !isFieldOf(flag, receiver)) return false;
  const s = analysis.types.members.selector(unit, flag);
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, s.name) : undefined;
  const sets = mentions?.filter(({ unit: at, node }) => {
    const stmt = analysis.parents(at).get(node);
    return stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node);
  });
  return (
    sets !== undefined &&
    sets.length > 0 &&
    sets.every(({ unit: at }) => at.decl.kind === 'FuncDecl' && endsValue(at.decl))
  );
}

/** True when a method may return with what it has put into the field at a place. */
function isLeft(look: FieldLook, filler: Filler, spot: Node): boolean {
  const { unit, decl, receiver } = filler;
  const { analysis } = look;
  const cfg = analysis.cfg(unit, decl);
  const search = searchFrom(look, filler, cfg, spot);
  if (!search) return false;
  const settled = new Set<Node>();
  for (const n of look.touches(unit, receiver)) {
    const node =
      contains(n, spot) || contains(spot, n) || askedAt(look, unit, n) ? undefined : nodeOf(analysis, unit, cfg, n);
    if (node?.kind === 'DeferStmt') return false;
    if (node) settled.add(node);
  }
  const path = findUnreleasedPath({
    ...search,
    settledBy: ({ cond, kind }) => kind === 'false' && cond !== undefined && askedAt(look, unit, cond),
    effect: (n) => (settled.has(n) ? 'settled' : 'none'),
  });
  return path?.end === 'return';
}

/** True for a mention or a condition that releases what the field holds only by giving false: `s.rows.Next()`. */
function askedAt({ analysis, mentions }: FieldLook, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  const at = node.kind === 'CallExpr' ? node : parents.get(parents.get(node) ?? node);
  if (at?.kind !== 'CallExpr' || at.fun.kind !== 'SelectorExpr') return false;
  const { x } = at.fun;
  if (!mentions.some((m) => m.unit === unit && m.node === unparen(x))) return false;
  return analysis.callee(unit, at).fact?.releasesReceiver === 'whenFalse';
}

/**
 * A search for ways that start with something in the field: behind an assignment, or behind a call that has not failed. Undefined for a call
 * of which it is not known whether it has.
 */
function searchFrom(
  { analysis }: FieldLook,
  { unit, decl }: Filler,
  cfg: ControlFlowGraph,
  spot: Node,
): (Omit<SearchSpec, 'effect'> & { start: Node }) | undefined {
  const start = nodeOf(analysis, unit, cfg, spot);
  if (!start || !cfg.reachable.has(cfg.where.get(start)?.block as never)) return undefined;
  const written = analysis.writtenPaths(unit, decl);
  const parents = analysis.parents(unit);
  const search = { unit, cfg, start, written, facts: factsAt(unit, parents, start, written) };
  if (spot.kind !== 'CallExpr') return search;
  const { signature } = analysis.callee(unit, spot);
  if (signature?.kind !== 'func') return undefined;
  if (signature.results.length === 0) return search;
  const [result, ...others] = signature.results;
  const stmt = parents.get(spot);
  const target = stmt?.kind === 'AssignStmt' && stmt.lhs.length === 1 ? stmt.lhs[0] : undefined;
  const error = target?.kind === 'Ident' ? target.obj : undefined;
  return result && isErrorType(result) && others.length === 0 && error ? { ...search, error } : undefined;
}

function nodeOf(analysis: Analysis, unit: DeclUnit, cfg: ControlFlowGraph, node: Node): Node | undefined {
  return cfgNode(cfg.where, analysis.parents(unit), node);
}
