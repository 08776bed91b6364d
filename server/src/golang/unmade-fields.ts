/** Channels in fields that some values never get: made under a condition, by one of several constructors, or by an option. */
import type { CompositeLit, Expr, FuncDecl, FuncNode, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { factsAt } from './conditions.ts';
import { isExported } from './exported.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue, isNewStruct, onlyValue } from './only-value.ts';
import { fieldMentionsOf, type OwnMention } from './own-mentions.ts';
import { ancestor, enclosingFunc, isFunc } from './parents.ts';
import { findUnreleasedPath, type SearchSpec, type UnreleasedPath } from './paths.ts';
import { withoutFailures } from './normal-ways.ts';
import { deref, isErrorType, type NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, find, isNil, unparen } from './walk.ts';
import { declarationsNaming, declarationsWith } from './word-index.ts';

/** A place where the field gets a channel. */
export interface Making {
  unit: DeclUnit;
  node: Node;
  /** Only a value that is new there has it: by assignment to the variable, by a literal; or one that an option is applied to. */
  by: 'assignment' | 'literal' | 'option';
  /** The variable that holds the new value, or the channel that goes into a literal. */
  object?: LocalObject;
}

/** A function that gives away a value without the channel. */
export interface UnmadeWay {
  unit: DeclUnit;
  decl: FuncDecl;
  /** What is asked before the channel is made, or what makes the value without one. */
  node: Node;
  /** How the values differ: by a condition in the one function, by an option, or by who makes them, perhaps for one and the same place. */
  by: 'condition' | 'option' | 'constructor' | 'place';
}

export interface UnmadeField {
  owner: NamedType;
  name: string;
  mentions: readonly OwnMention[];
  makings: readonly Making[];
  ways: readonly UnmadeWay[];
}

/**
 * What is known of a channel field that the package makes for some of the values of a type: all its makings are in sight and on new
 * values, and some function gives away a value without it.
 * @param elsewhere tells of more such functions
 */
export function unmadeField(
  analysis: Analysis,
  unit: DeclUnit,
  owner: NamedType,
  name: string,
  elsewhere: (makings: readonly Making[], mentions: readonly OwnMention[]) => UnmadeWay[],
): UnmadeField | undefined {
  const mentions = fieldMentionsOf(analysis, unit, owner, name)?.filter((m) => !m.unit.file.isTest);
  const makings = mentions && makingsOf(analysis, mentions);
  if (!makings || makings.length === 0) return undefined;
  const ways = [
    ...conditionalWays(analysis, makings),
    ...(makings.every((m) => m.by !== 'assignment' && !m.object)
      ? otherWays(analysis, unit, owner, name, makings)
      : []),
  ];
  if (ways.length === 0) ways.push(...elsewhere(makings, mentions));
  return ways.length > 0 ? { owner, name, mentions, makings, ways } : undefined;
}

/** Every making; undefined where the field gets something of which it is not known that it is a channel of its own, or any later. */
function makingsOf(analysis: Analysis, mentions: readonly OwnMention[]): Making[] | undefined {
  const found: Making[] = [];
  for (const { unit, node, initial } of mentions) {
    if (initial === 'zero') return undefined;
    if (initial !== undefined) {
      const x = unparen(initial);
      if (isNil(x)) continue;
      if (isMake(analysis, unit, x)) found.push({ unit, node: x, by: 'literal' });
      else {
        const object = x.kind === 'Ident' ? x.obj : undefined;
        const made = object && makingsOfVariable(analysis, unit, object);
        if (!made) return undefined;
        found.push(...made);
      }
      continue;
    }
    const parents = analysis.parents(unit);
    let x: Node = node;
    let user = parents.get(x);
    while (user?.kind === 'ParenExpr') [x, user] = [user, parents.get(user)];
    if (user?.kind === 'UnaryExpr' && user.op === '&') return undefined;
    if (user?.kind === 'RangeStmt' && (user.key === x || user.value === x)) return undefined;
    if (user?.kind !== 'AssignStmt' || !user.lhs.some((l) => l === x)) continue;
    const making = assignment(analysis, unit, node as Expr, givenValue(user, x as Expr));
    if (!making) return undefined;
    found.push(making);
  }
  return found;
}

/** `v.f = make(…)` for a new value, or in an option for what it is applied to. */
function assignment(analysis: Analysis, unit: DeclUnit, target: Expr, value: Expr | undefined): Making | undefined {
  const base = target.kind === 'SelectorExpr' ? unparen(target.x) : undefined;
  const object = base?.kind === 'Ident' ? base.obj : undefined;
  if (!object || !value || !isMake(analysis, unit, unparen(value))) return undefined;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, target);
  if (isNewValue(analysis, unit, object)) {
    const isOwn = func !== undefined && enclosingFunc(parents, object.decl) === func;
    return isOwn ? { unit, node: target, by: 'assignment', object } : undefined;
  }
  const isOption =
    object.role === 'param' &&
    object.writes.length === 0 &&
    func?.kind === 'FuncLit' &&
    parents.get(func)?.kind === 'ReturnStmt' &&
    contains(func.type, object.decl);
  return isOption ? { unit, node: target, by: 'option' } : undefined;
}

/** The makings of `var ch chan T`, which is given nothing else; or of the variable that is declared with the one. */
function makingsOfVariable(analysis: Analysis, unit: DeclUnit, object: LocalObject): Making[] | undefined {
  const parents = analysis.parents(unit);
  const only = onlyValue(object);
  if (only) return isMake(analysis, unit, unparen(only)) ? [{ unit, node: only, by: 'literal' }] : undefined;
  const { declNode, addressTaken, role, writes } = object;
  if (role !== 'local' || addressTaken || declNode.kind !== 'ValueSpec' || declNode.values.length > 0) return undefined;
  const func = enclosingFunc(parents, object.decl);
  const isPlain = writes.every((w) => {
    const value = givenValue(parents.get(w), w);
    return value && isMake(analysis, unit, unparen(value)) && enclosingFunc(parents, w) === func;
  });
  return isPlain ? writes.map((node) => ({ unit, node, by: 'literal', object })) : undefined;
}

function isMake(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  if (x.kind !== 'CallExpr') return false;
  const { kind, name } = analysis.callee(unit, x);
  return kind === 'builtin' && name === 'make';
}

/** A local variable that holds one new struct as long as it lives: `&T{…}`, `new(T)`, `var v T`. */
function isNewValue(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  if (object.role !== 'local' || object.writes.length > 0) return false;
  const isReplaced = object.uses.some((use) => {
    const star = analysis.parents(unit).get(use);
    const stmt = star?.kind === 'StarExpr' ? analysis.parents(unit).get(star) : undefined;
    return stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === star);
  });
  if (isReplaced) return false;
  if (isNewStruct(object)) return true;
  const value = onlyValue(object);
  const x = value && unparen(value);
  if (x?.kind === 'CallExpr') return analysis.callee(unit, x).kind === 'builtin' && unit.text(x.fun) === 'new';
  const { declNode } = object;
  if (declNode.kind !== 'ValueSpec' || declNode.values.length > 0) return false;
  return analysis.types.underlying(analysis.objectType(unit, object)).kind === 'struct';
}

/** Functions in which a value may come out at the end that none of the assignments was done for. */
function conditionalWays(analysis: Analysis, makings: readonly Making[]): UnmadeWay[] {
  const ways: UnmadeWay[] = [];
  const objects = new Map<LocalObject, Making[]>();
  for (const m of makings) if (m.object) objects.set(m.object, [...(objects.get(m.object) ?? []), m]);
  for (const [object, own] of objects) {
    const [first] = own;
    const decl = first?.unit.decl;
    if (!first || decl?.kind !== 'FuncDecl') continue;
    const parents = analysis.parents(first.unit);
    const func = enclosingFunc(parents, object.decl);
    if (!func || (func !== decl && !isReturnedLiteral(parents.get(func)))) continue;
    const way = wayPast(analysis, first.unit, func, object, own);
    const node = way && (testAround(analysis, first) ?? way.decisions.findLast((d) => d.cond)?.cond);
    if (node) ways.push({ unit: first.unit, decl, node, by: 'condition' });
  }
  return ways;
}

function isReturnedLiteral(parent: Node | undefined): boolean {
  return parent?.kind === 'ReturnStmt';
}

/** A way from the declaration of a variable to where its value leaves the function, or where the channel goes into a literal. */
function wayPast(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  object: LocalObject,
  own: readonly Making[],
): UnreleasedPath | undefined {
  const cfg = analysis.cfg(unit, func);
  const parents = analysis.parents(unit);
  let start: Node | undefined = object.decl;
  while (start && !cfg.where.has(start)) start = parents.get(start);
  if (!start) return undefined;
  const isChannel = own.some((m) => m.by === 'literal');
  const names = (n: Node): boolean => object.uses.some((u) => contains(n, u));
  const isKept = (n: Node): boolean =>
    object.uses.some((u) => {
      const field = parents.get(u);
      return contains(n, u) && field?.kind === 'KeyValueExpr' && field.value === u;
    });
  const search: SearchSpec = {
    unit,
    cfg,
    start,
    effect: (n) => {
      if (own.some((m) => contains(n, m.node))) return 'settled';
      if (isChannel) return isKept(n) ? 'overwritten' : 'none';
      return n.kind === 'ReturnStmt' && (!names(n) || mayFail(analysis, unit, n)) ? 'settled' : 'none';
    },
    value: isChannel ? undefined : object,
    facts: factsAt(unit, parents, start, analysis.writtenPaths(unit, func)),
    written: analysis.writtenPaths(unit, func),
  };
  const way = findUnreleasedPath(withoutFailures(analysis, search));
  return way && way.end === (isChannel ? 'overwritten' : 'return') ? way : undefined;
}

/** True for a `return` that gives an error along with a value, or may do so. */
function mayFail(analysis: Analysis, unit: DeclUnit, { results }: ReturnStmt): boolean {
  const last = results.length > 1 ? results.at(-1) : undefined;
  return last !== undefined && !isNil(last) && isErrorType(analysis.typeOf(unit, last));
}

/** What is asked around a making. */
function testAround(analysis: Analysis, { unit, node }: Making): Node | undefined {
  const parents = analysis.parents(unit);
  const around = ancestor(parents, node, (n) => n.kind === 'IfStmt' || n.kind === 'CaseClause' || isFunc(n));
  if (around?.kind === 'IfStmt') return around.cond;
  return around?.kind === 'CaseClause' ? around.exprs[0] : undefined;
}

/** Exported functions that return a value made without the channel, where others make it with one or an option does. */
function otherWays(
  analysis: Analysis,
  unit: DeclUnit,
  owner: NamedType,
  name: string,
  makings: readonly Making[],
): UnmadeWay[] {
  const isOption = makings.every((m) => m.by === 'option');
  if (!isOption && !makings.every((m) => m.by === 'literal' && isConstructor(analysis, m.unit, owner))) return [];
  if (isOption && makings.some((m) => isAppliedInside(analysis, m))) return [];
  const ways: UnmadeWay[] = [];
  for (const member of declarationsNaming(unit.pkg, owner.name)) {
    const at = unit.pkg.unit(member);
    if (at.hasError || at.file.isTest || !isConstructor(analysis, at, owner)) continue;
    const { decl } = at;
    if (decl.kind !== 'FuncDecl' || (isOption && !decl.type.params.some((p) => p.variadic))) continue;
    const without = nodesOfKind(decl, 'CompositeLit').find(
      (lit) => isOf(analysis, at, lit, owner) && !hasKey(lit, name) && isReturned(analysis, at, lit),
    );
    if (without) ways.push({ unit: at, decl, node: without, by: isOption ? 'option' : 'constructor' });
  }
  return ways;
}

/** True where the package itself uses the option. */
function isAppliedInside(analysis: Analysis, { unit }: Making): boolean {
  return unit.decl.kind !== 'FuncDecl' || mentionsOf(analysis, unit, unit.decl).some((m) => !m.unit.file.isTest);
}

/** True for an exported function whose first result is a value of the type or a pointer to one. */
function isConstructor(analysis: Analysis, unit: DeclUnit, owner: NamedType): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || decl.recv || !isExported(decl.name.name)) return false;
  const [result] = analysis.types.signature(unit, decl.type).results;
  const type = result && deref(result);
  return type?.kind === 'named' && type.pkg === owner.pkg && type.name === owner.name;
}

/** True for a composite literal of a type. */
export function isOf(analysis: Analysis, unit: DeclUnit, lit: CompositeLit, owner: NamedType): boolean {
  const type = analysis.typeOf(unit, lit);
  return type.kind === 'named' && type.pkg === owner.pkg && type.name === owner.name;
}

/** True for a composite literal that gives a field something. */
export function hasKey(lit: CompositeLit, name: string): boolean {
  return lit.elts.some((e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === name);
}

/** True for a literal that is returned without an error, at once or by its variable. */
function isReturned(analysis: Analysis, unit: DeclUnit, lit: CompositeLit): boolean {
  const parents = analysis.parents(unit);
  const address = parents.get(lit);
  const value = address?.kind === 'UnaryExpr' ? address : lit;
  const stmt = parents.get(value);
  if (stmt?.kind === 'ReturnStmt') return stmt.results.length === 1 || stmt.results.slice(1).every(isNil);
  const target = stmt?.kind === 'AssignStmt' && stmt.op === ':=' ? stmt.lhs[stmt.rhs.indexOf(value)] : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return (
    object !== undefined &&
    isNewStruct(object) &&
    object.uses.some((use) => parents.get(use)?.kind === 'ReturnStmt') &&
    find(unit.decl, (n) => n.kind === 'StarExpr' && n.x.kind === 'Ident' && n.x.obj === object) === undefined
  );
}

/** True where the text of a package may have a field that is made: others need not be looked into. */
export function mayBeMade({ pkg }: DeclUnit, name: string): boolean {
  return declarationsWith(pkg, name, 'field').length > 1;
}
