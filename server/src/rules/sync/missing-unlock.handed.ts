/**
 * Locks that a function takes for what it returns: a record that comes back locked, a transaction that unlocks its store when it ends, a
 * function that unlocks. Where it returns none of these, nobody can let go of the lock.
 */
import { type AccessPath, accessPath, prefixDepth } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isOpenToOthers } from '../../golang/exported.ts';
import type { Operation } from '../../golang/kept-operation.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { PathEffects } from '../../golang/path-effects.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { closedElsewhere, type SyncKind } from '../../golang/released-elsewhere.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { Expr, FuncDecl, LocalObject, ReturnStmt } from '../../syntax/ast.ts';

export interface HandedOver {
  /** The returns that give the lock to the caller, and those that give nothing in that place. */
  given: readonly ReturnStmt[];
  empty: readonly ReturnStmt[];
  /** True where somebody unlocks it later: otherwise it is not handed over. To find out takes a look at much code. */
  isUnlockedLater(): boolean;
  /** True for another function that lets go of such a lock only where it has what is returned. */
  isClosedBy(other: DeclUnit): boolean;
}

/** Functions between one that is called with what was returned and the one that unlocks. */
const MAX_CALLERS = 2;
const FUNC = 'func';

/** How a function may hand a lock that it takes to its caller; none where it does not, or may do so in other ways as well. */
export function* handedOver(
  analysis: Analysis,
  unit: DeclUnit,
  taken: Operation,
  summaries: PathEffects,
  kind: SyncKind,
): Generator<HandedOver> {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || taken.func !== decl) return;
  const results = flattenFields(decl.type.results);
  // What is deferred may still give results that have names.
  if (results.length === 0 || (results.some((r) => r.name) && nodesOfKind(decl, 'DeferStmt').length > 0)) return;
  const parents = analysis.parents(unit);
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  for (const index of results.keys()) {
    const empty = returns.filter(({ results: all }) => all.length === results.length && isNil(all[index] as Expr));
    const given = returns.filter((r) => !empty.includes(r));
    const carriers = given.map((r) => carrierOf(analysis, unit, r.results[index], taken, summaries));
    const [carrier] = carriers;
    if (empty.length === 0 || !carrier || carriers.some((c) => c !== carrier)) continue;
    const isLockItself = taken.path.fields.length === 0;
    yield {
      given,
      empty,
      isUnlockedLater: () => carrier === FUNC || isLockItself || closedElsewhere(analysis, unit, taken.path, kind),
      isClosedBy: (other) => closesOnly(analysis, other, carrier, taken, kind),
    };
  }
}

/** What has the lock with it: `FUNC` for a function that unlocks, else the type of the value; undefined for anything else. */
function carrierOf(
  analysis: Analysis,
  unit: DeclUnit,
  result: Expr | undefined,
  { path }: Operation,
  summaries: PathEffects,
): string | undefined {
  if (!result) return undefined;
  const x = unparen(result);
  const object = x.kind === 'Ident' ? x.obj : undefined;
  // Who has handed the value over may unlock it in any case.
  if (object && object === path.root) return isOwn(object) ? typeName(analysis, unit, x) : undefined;
  const made = object ? onlyValue(object) : x;
  const value = made && unparen(made);
  if (!value) return undefined;
  if (value.kind === 'FuncLit') return summaries.ofFunction(unit, value, path) === 'performs' ? FUNC : undefined;
  if (value.kind === 'SelectorExpr') {
    const of = /^R?Unlock$/.test(value.sel.name) ? accessPath(value.x) : undefined;
    return of && isSame(of, path) ? FUNC : undefined;
  }
  const of = partsOf(value).some((part) => {
    const from = accessPath(part);
    return from !== undefined && prefixDepth(from, path) !== undefined;
  });
  return of ? typeName(analysis, unit, value) : undefined;
}

/** What a value is made of: the values in a literal, what a constructor is given. */
function partsOf(value: Expr): readonly Expr[] {
  const x = value.kind === 'UnaryExpr' && value.op === '&' ? unparen(value.x) : value;
  if (x.kind === 'CompositeLit') return x.elts.map((e) => (e.kind === 'KeyValueExpr' ? e.value : e));
  if (x.kind !== 'CallExpr') return [];
  const fun = unparen(x.fun);
  return [...x.args, ...(fun.kind === 'SelectorExpr' ? [fun.x] : [])];
}

function isOwn(object: LocalObject): boolean {
  return object.role === 'local' || object.role === 'range';
}

function isSame(a: AccessPath, b: AccessPath): boolean {
  return a.root === b.root && a.fields.join() === b.fields.join();
}

function typeName(analysis: Analysis, unit: DeclUnit, x: Expr): string | undefined {
  const t = deref(analysis.typeOf(unit, x));
  return t.kind === 'named' && !t.local && t.pkg === unit.pkg.path ? t.name : undefined;
}

/** True when a function unlocks only what it reaches from a value of the type, or is called so by all who call it. */
function closesOnly(analysis: Analysis, other: DeclUnit, carrier: string, taken: Operation, kind: SyncKind): boolean {
  const { decl } = other;
  if (decl.kind !== 'FuncDecl' || other.hasError) return false;
  const field = taken.path.fields.at(-1);
  const closing = syncCalls(analysis, other, decl, kind.types).filter(
    (c) => kind.close.includes(c.method) && c.path.fields.at(-1) === field,
  );
  const isOfCarrier = ({ path: { root } }: (typeof closing)[number]): boolean =>
    typeof root !== 'string' && nameOf(analysis, other, root) === carrier;
  return closing.every(isOfCarrier) || isCalledWith(analysis, other, decl, carrier, 0);
}

/** True for a function of the package alone that is called on what a value of the type leads to, by whoever has one. */
function isCalledWith(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, carrier: string, depth: number): boolean {
  if (depth >= MAX_CALLERS || isOpenToOthers(unit, decl)) return false;
  const mentions = mentionsOf(analysis, unit, decl);
  return (
    mentions.length > 0 &&
    mentions.every(({ unit: at, call }) => {
      const fun = call && unparen(call.fun);
      const from = [...(fun?.kind === 'SelectorExpr' ? [fun.x] : []), ...(call?.args ?? [])];
      const isGiven = from.some((x) => {
        const root = baseIdent(x)?.obj;
        return root !== undefined && nameOf(analysis, at, root) === carrier;
      });
      return isGiven || (at.decl.kind === 'FuncDecl' && isCalledWith(analysis, at, at.decl, carrier, depth + 1));
    })
  );
}

function nameOf(analysis: Analysis, unit: DeclUnit, object: LocalObject): string | undefined {
  const t = deref(analysis.objectType(unit, object));
  return t.kind === 'named' && !t.local && t.pkg === unit.pkg.path ? t.name : undefined;
}
