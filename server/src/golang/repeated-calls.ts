/** What tells, besides the value that is replaced, that a method is meant to be called more than once while its value lives. */
import type { AssignStmt, Decl, Expr, FuncDecl, IfStmt, LocalObject, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { isExported } from './exported.ts';
import { conditionsOf, FieldLook, isFieldOf, receiverOf } from './field-look.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue } from './only-value.ts';
import { fieldMentionsOf, type OwnMention } from './own-mentions.ts';
import { enclosingFunc } from './parents.ts';
import { STARTS } from './replaced-fields.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, contains, find, unparen } from './walk.ts';

/** Functions that call one another, down from the `go` statement. */
const MAX_DEPTH = 3;

/**
 * True for a method that fills a field each time, and which knows of earlier calls: it compares with what the last one was given. One that
 * refuses when its value has ended may also count them, or go on from what the goroutine has noted that an earlier one has started.
 * @param releasing the declarations that release what the field holds; after each of them the method has to refuse
 */
export function isMeantAgain(
  analysis: Analysis,
  unit: DeclUnit,
  stmt: AssignStmt,
  target: Expr,
  releasing: ReadonlySet<Decl>,
): boolean {
  const { decl } = unit;
  const receiver = receiverOf(unit);
  const field = unparen(target);
  if (decl.kind !== 'FuncDecl' || !receiver || !isExported(decl.name.name) || releasing.size === 0) return false;
  if (field.kind !== 'SelectorExpr' || !isFieldOf(field, receiver)) return false;
  const before = nodesOfKind(decl, 'IfStmt').filter((test) => test.start < stmt.start && leaves(test));
  const compared = before.find((test) => compares(analysis, unit, receiver, stmt, test));
  const isEnding = before.some((test) => refuses(analysis, unit, receiver, test, releasing));
  // Of these `replaced-twice.ts` tells it, for rules that speak of the goroutine.
  const isTold = !STARTS.test(decl.name.name) && nodesOfKind(decl, 'GoStmt').length > 0;
  if (isEnding ? isTold : !compared) return false;
  const s = analysis.types.members.selector(unit, field);
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, s.name) : undefined;
  if (s?.kind !== 'field' || !s.owner || !mentions) return false;
  const look = new FieldLook(analysis, s.owner, s.name, mentions, () => false);
  if (!look.isUntouched({ unit, node: stmt }, receiver, undefined, compared?.cond)) return false;
  if (look.isPreparedByCallers(unit, decl)) return false;
  return (
    compared !== undefined ||
    nodesOfKind(decl, 'SelectorExpr').some(
      (x) => isFieldOf(x, receiver) && (counts(analysis, unit, decl, stmt, x) || resumes(analysis, unit, decl, x)),
    )
  );
}

function leaves({ body }: IfStmt): boolean {
  return body.stmts.at(-1)?.kind === 'ReturnStmt';
}

/** `if in == s.current { return }` where the method puts `in` there along with what it fills the field with, and nobody else changes that. */
function compares(
  analysis: Analysis,
  unit: DeclUnit,
  receiver: LocalObject,
  stmt: AssignStmt,
  { cond }: IfStmt,
): boolean {
  const [x, y] = comparedBy(analysis, unit, cond) ?? [];
  if (!x || !y) return false;
  const [field, given] = isOwnField(x, receiver) ? [x, y] : [y, x];
  if (!isOwnField(field, receiver) || given.kind !== 'Ident' || !given.obj) return false;
  const parents = analysis.parents(unit);
  const writes = writesOf(analysis, unit, field);
  const isKept = ({ unit: at, node }: OwnMention): boolean => {
    const set = parents.get(node);
    if (at !== unit || set?.kind !== 'AssignStmt' || parents.get(set) !== parents.get(stmt)) return false;
    const value = givenValue(set, node);
    return value?.kind === 'Ident' && value.obj === given.obj;
  };
  return writes !== undefined && writes.length > 0 && writes.every(isKept);
}

function isOwnField(expr: Expr, receiver: LocalObject): expr is SelectorExpr {
  return expr.kind === 'SelectorExpr' && isFieldOf(expr, receiver);
}

const EQUALS = /^(?:reflect\.DeepEqual|(?:slices|maps|bytes)\.Equal)$/;

/** What a condition holds to be the same. */
function comparedBy(analysis: Analysis, unit: DeclUnit, cond: Expr): readonly [Expr, Expr] | undefined {
  const test = unparen(cond);
  if (test.kind === 'BinaryExpr') return test.op === '==' ? [unparen(test.x), unparen(test.y)] : undefined;
  const [x, y] = test.kind === 'CallExpr' && EQUALS.test(analysis.callee(unit, test).name) ? test.args : [];
  return x && y && [unparen(x), unparen(y)];
}

/** `if s.closed { return }` where whoever releases the field sets the flag, and nobody takes it back. */
function refuses(
  analysis: Analysis,
  unit: DeclUnit,
  receiver: LocalObject,
  { cond }: IfStmt,
  releasing: ReadonlySet<Decl>,
): boolean {
  const flag = unparen(cond);
  if (!isOwnField(flag, receiver)) return false;
  const writes = writesOf(analysis, unit, flag);
  if (!writes) return false;
  const isSet = ({ unit: at, node }: OwnMention): boolean => {
    const set = analysis.parents(at).get(node);
    const value = set?.kind === 'AssignStmt' && set.lhs.length === 1 ? set.rhs[0] : undefined;
    return value?.kind === 'Ident' && value.name === 'true';
  };
  const setting = new Set(writes.map((w) => w.unit.decl));
  return writes.every(isSet) && [...releasing].every((d) => setting.has(d));
}

/** What gives a field another value than it has when its struct is made; undefined where that is not in sight. */
function writesOf(analysis: Analysis, unit: DeclUnit, field: SelectorExpr): OwnMention[] | undefined {
  const s = analysis.types.members.selector(unit, field);
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, s.name) : undefined;
  const own = mentions?.filter((m) => !m.unit.file.isTest);
  if (!own || own.some((m) => m.initial !== undefined && m.initial !== 'zero')) return undefined;
  return own.filter(({ unit: at, node, initial }) => {
    const by = analysis.parents(at).get(node);
    if (initial !== undefined || !by) return false;
    if (by.kind === 'AssignStmt') return by.lhs.some((l) => l === node);
    return by.kind === 'IncDecStmt' || (by.kind === 'UnaryExpr' && by.op === '&');
  });
}

/** `s.streams++` beside the assignment, where the count never goes down and decides nothing in the method. */
function counts(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, stmt: Node, counter: SelectorExpr): boolean {
  const parents = analysis.parents(unit);
  const step = parents.get(counter);
  if (step?.kind !== 'IncDecStmt' || parents.get(step) !== parents.get(stmt)) return false;
  const name = counter.sel.name;
  const isAsked = (n: Node): boolean => n.kind === 'SelectorExpr' && n.sel.name === name;
  if (conditionsOf(decl).some((c) => find(c, isAsked))) return false;
  // What may fail in between is tried again, and counted again.
  const [from, to] = [Math.min(step.start, stmt.start), Math.max(step.start, stmt.start)];
  if (nodesOfKind(decl, 'ReturnStmt').some((r) => r.start > from && r.start < to)) return false;
  return (
    writesOf(analysis, unit, counter)?.every(({ unit: at, node }) => {
      const by = analysis.parents(at).get(node);
      return by?.kind === 'IncDecStmt' && by.op === '++';
    }) ?? false
  );
}

/** True for a field that the method hands to a call, and which nothing but a goroutine gives a value that the method has started. */
function resumes(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, field: SelectorExpr): boolean {
  if (analysis.types.underlying(analysis.typeOf(unit, field)).kind !== 'basic') return false;
  const isGiven = nodesOfKind(decl, 'CallExpr').some((c) => c.args.some((a) => contains(a, field) && !asCall(a)));
  if (!isGiven || enclosingFunc(analysis.parents(unit), field) !== decl) return false;
  const writes = isGiven ? writesOf(analysis, unit, field) : undefined;
  return (
    writes !== undefined && writes.length > 0 && writes.every(({ unit: at }) => isStartedBy(analysis, at, decl, 0))
  );
}

/** True for a function that runs only in goroutines which a method starts. */
function isStartedBy(analysis: Analysis, unit: DeclUnit, starter: FuncDecl, depth: number): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || decl === starter || isExported(decl.name.name) || depth > MAX_DEPTH) return false;
  const mentions = mentionsOf(analysis, unit, decl).filter((m) => !m.unit.file.isTest);
  return (
    mentions.length > 0 &&
    mentions.every(({ unit: by, call }) => {
      if (!call) return false;
      if (by.decl === starter) return analysis.parents(by).get(call)?.kind === 'GoStmt';
      return by.decl !== decl && isStartedBy(analysis, by, starter, depth + 1);
    })
  );
}
