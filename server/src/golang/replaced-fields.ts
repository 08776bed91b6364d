/**
 * Fields of a value that get something new although what they held is in use, and nobody else knows it: a method makes a new stop channel,
 * and the goroutine that was started with the old one cannot be told to stop any more.
 */
import type { AssignStmt, CallExpr, FuncDecl, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { isExported } from './exported.ts';
import { FieldLook, isFieldOf, isOnNew, receiverOf, type Spot } from './field-look.ts';
import { nodesOfKind } from './node-index.ts';
import { fieldMentionsOf } from './own-mentions.ts';
import { enclosingFunc } from './parents.ts';
import { type Filler, filledBefore, filledByOther, fillerAt, isCalledAgain } from './replaced-twice.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { declarationsNaming } from './word-index.ts';

/** An assignment by which a method gives a field of its receiver something new. */
export interface Replacement {
  unit: DeclUnit;
  stmt: AssignStmt;
  /** The field as written there. */
  target: SelectorExpr;
  owner: NamedType;
  /** Where the field has got something before: where a value of the type is made, in the same method, in another one, or at the call before. */
  first: Spot;
  before: 'made' | 'filled' | 'again';
  /** It is this method that gives the field the first one, too. */
  isByMethod: boolean;
  /** The method that callers of the package call, and with it, for one that is called by another. */
  method: FuncDecl;
}

type Found = Pick<Replacement, 'first' | 'before' | 'isByMethod' | 'method'>;

/** Methods of which callers know that what they start has to be stopped before they call them again. */
export const STARTS = /^(?:re)?(?:start|run|open|connect|dial|init|listen|serve|begin|reset|watch|join)/i;

/** Methods that call one another, down to the one that assigns. */
const MAX_CALLERS = 3;

/**
 * What a method replaces while it is there: nothing that comes before in the method, or in those that call it, has to do with what the
 * field holds.
 * @param isWanted tells by what an assignment gives a field whether it is of interest: most are not, and for these nothing is read
 * @param isHarmless true for a mention of the field, or of a variable that holds the same, that leaves what is in it as it is
 */
export function* replacements(
  analysis: Analysis,
  unit: DeclUnit,
  isWanted: (stmt: AssignStmt, target: SelectorExpr) => boolean,
  isHarmless: (unit: DeclUnit, mention: Node) => boolean,
): Generator<Replacement> {
  const { decl } = unit;
  const receiver = receiverOf(unit);
  if (decl.kind !== 'FuncDecl' || !receiver || unit.file.isTest) return;
  const isSet = (target: Node): target is SelectorExpr =>
    target.kind === 'SelectorExpr' && isFieldOf(target, receiver) && !isExported(target.sel.name);
  const wanted = nodesOfKind(decl, 'AssignStmt')
    .filter((s) => s.op === '=' && enclosingFunc(analysis.parents(unit), s) === decl)
    .flatMap((stmt) => stmt.lhs.flatMap((target) => (isSet(target) && isWanted(stmt, target) ? { stmt, target } : [])));
  for (const { stmt, target } of wanted) {
    const others = wanted.filter((o) => o.target.sel.name === target.sel.name).map((o) => o.stmt);
    if (!isCallable(unit, decl)) continue;
    // The package is read only for what the method itself leaves open.
    const isTouched = nodesOfKind(decl, 'SelectorExpr').some(
      (x) => x.start < stmt.start && x.sel.name === target.sel.name && isFieldOf(x, receiver) && !isHarmless(unit, x),
    );
    if (isTouched && others.length === 1) continue;
    const s = analysis.types.members.selector(unit, target);
    const owner = s?.kind === 'field' ? s.owner : undefined;
    const mentions = owner && fieldMentionsOf(analysis, unit, owner, target.sel.name);
    if (!mentions) continue;
    const look = new FieldLook(analysis, owner, target.sel.name, mentions, isHarmless);
    const found = find(look, { unit, decl, receiver, spots: others, by: [] }, stmt);
    if (found) yield { unit, stmt, target, owner, ...found };
  }
}

/** True for a method that callers of the package may call, or by name another method. */
function isCallable({ pkg }: DeclUnit, { name: { name } }: FuncDecl): boolean {
  if (isExported(name)) return true;
  return declarationsNaming(pkg, name).some(({ declaration: { recv } }) => recv !== undefined);
}

/** How the field has got something when a method comes to a place where it fills it. */
function find(look: FieldLook, filler: Filler, at: Node): Found | undefined {
  const { unit, decl, receiver, by } = filler;
  const spot = { unit, node: at };
  const twice = filledBefore(look, filler, at);
  if (twice) return { first: { unit, node: twice }, before: 'filled', isByMethod: by.length > 0, method: decl };
  if (isExported(decl.name.name) && !STARTS.test(decl.name.name)) {
    const made = madeWith(look, filler);
    if (made && look.isUntouched(spot, receiver, made.first) && !look.isPreparedByCallers(unit, decl))
      return { ...made, before: 'made', method: decl };
    if (look.isUntouched(spot, receiver) && !look.isPreparedByCallers(unit, decl)) {
      const other = filledByOther(look, filler);
      if (other) return { first: other, before: 'filled', isByMethod: true, method: decl };
      if (isCalledAgain(look, filler, at)) return { first: spot, before: 'again', isByMethod: true, method: decl };
    }
  }
  if (by.length >= MAX_CALLERS || !look.isUntouched(spot, receiver)) return undefined;
  const callers = new Map<DeclUnit, CallExpr[]>();
  for (const { unit: from, call } of mentionsOf(look.analysis, unit, decl))
    if (call && from.decl !== decl) callers.set(from, [...(callers.get(from) ?? []), call]);
  for (const [from, calls] of callers) {
    const above = calls.flatMap((c) => fillerAt(look, from, c, [...by, { unit, decl }]) ?? []);
    const [first] = above;
    if (!first) continue;
    const all = { ...first, spots: above.flatMap((f) => f.spots) };
    for (const node of all.spots) {
      const found = find(look, all, node);
      if (found) return found;
    }
  }
  return undefined;
}

/** Where a new value gets its first one: it is given it, or one of the methods that the method calls is called on it. */
function madeWith(look: FieldLook, { by }: Filler): Pick<Found, 'first' | 'isByMethod'> | undefined {
  const given = look.givenAtFirst();
  if (given) return { first: given, isByMethod: false };
  for (const f of by)
    for (const { unit: at, call } of mentionsOf(look.analysis, f.unit, f.decl))
      if (call?.fun.kind === 'SelectorExpr' && !at.file.isTest && isOnNew(call.fun))
        return { first: { unit: at, node: call }, isByMethod: true };
  return undefined;
}
