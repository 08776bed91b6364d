/**
 * Two values of one type that are locked in the order in which callers name them by index or key, `c.Move(from, to)`: who calls with the same two the other
 * way round waits for the first caller, and that one for him. Told only where the function treats both alike, as it changes the same field of
 * each: what stands in a fixed order, as a parent before its child, is not treated alike.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { accessPath } from '../../golang/access-path.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isOpenToOthers } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perAnalysedPackage } from '../../golang/per-package.ts';
import { ancestor, inLoop } from '../../golang/parents.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, baseIdent, calledName, find, flattenFields, unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Decl, Expr, LocalObject, Node } from '../../syntax/ast.ts';
import { excludes } from './lock-meetings.ts';
import { LOCKS, LockSummaries, type NestedAcquire } from './lock-summary.ts';
import { takersOfPairs } from './lockers.ts';

/** Both locks, and the function whose callers choose the values. */
export interface ChosenOrder extends NestedAcquire {
  chooser: DeclUnit;
}

/** Variables that hold the two values, or their keys. */
type Pair = readonly [LocalObject, LocalObject];

/** Functions between the locks and the one that others call. */
const MAX_CALLERS = 2;

/** All such places of a package. */
export const chosenOrders = perAnalysedPackage([], ordersOf);

function ordersOf(analysis: Analysis, pkg: GoPackage): ChosenOrder[] {
  const takers = takersOfPairs(pkg);
  if (takers.nesting.length === 0) return [];
  const search = new ChoiceSearch(analysis, new LockSummaries(analysis, takers.names));
  return takers.nesting.flatMap((member): ChosenOrder[] => {
    const unit = pkg.unit(member);
    const { decl } = unit;
    if (unit.hasError || decl.kind !== 'FuncDecl') return [];
    const pairs = search.summaries.of(unit, decl).nested;
    return pairs.flatMap((n) => {
      const chooser = isPair(analysis, n) ? search.chooserOf(n) : undefined;
      return chooser ? [{ ...n, chooser }] : [];
    });
  });
}

/** True for the same field of two values of one type, of which one goroutine can keep the other out, and nothing else is held. */
function isPair(analysis: Analysis, { unit, held, then, others }: NestedAcquire): boolean {
  const [a, b] = [held.path, then.path];
  if (held.opaque || then.opaque || others.length > 0 || held.sites.length > 1 || then.sites.length > 1) return false;
  if (typeof a.root === 'string' || typeof b.root === 'string' || a.root === b.root) return false;
  return (
    a.fields.join() === b.fields.join() && excludes(held.mode, then.mode) && areAlike(analysis, unit, [a.root, b.root])
  );
}

function areAlike(analysis: Analysis, unit: DeclUnit, pair: Pair): boolean {
  const [a, b] = pair.map((object) => deref(analysis.objectType(unit, object)));
  if (a?.kind === 'named' && b?.kind === 'named') return !a.local && a.pkg === b.pkg && a.name === b.name;
  return a?.kind === 'basic' && b?.kind === 'basic' && a.name === b.name;
}

class ChoiceSearch {
  constructor(
    private readonly analysis: Analysis,
    readonly summaries: LockSummaries,
  ) {}

  /** The function whose callers choose both values, in whatever order they like. */
  chooserOf({ unit, held, then }: NestedAcquire): DeclUnit | undefined {
    const [a, b] = [held.path.root, then.path.root];
    const at = then.sites[0]?.node;
    if (!at || typeof a === 'string' || typeof b === 'string') return undefined;
    return this.above(unit, [a, b], at, false, 0);
  }

  private above(unit: DeclUnit, pair: Pair, at: Node, isTreatedAlike: boolean, depth: number): DeclUnit | undefined {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || unit.hasError || inLoop(this.analysis.parents(unit), at)) return undefined;
    if (pair.some((object) => object.writes.length > 0 || object.addressTaken || object.func !== decl))
      return undefined;
    const keys = this.keysOf(unit, pair);
    if (this.mayBeOrdered(unit, keys ? [pair, keys] : [pair], at)) return undefined;
    const isAlike = isTreatedAlike || changeSameField(decl, pair);
    if (keys) return isAlike && isOpenToOthers(unit, decl) ? unit : undefined;
    if (!pair.every((object) => object.role === 'param')) return undefined;
    // Who has the values may know an order of them.
    if (depth >= MAX_CALLERS) return undefined;
    const params = flattenFields(decl.type.params);
    const places = pair.map((object) => params.findIndex((p) => p.name?.obj === object && !p.variadic));
    for (const { unit: from, call } of mentionsOf(this.analysis, unit, decl)) {
      if (!call || from.file.isTest || this.isUnderLock(from, call)) continue;
      const [a, b] = places.map((i) => call.args[i] && unparen(call.args[i]));
      if (a?.kind !== 'Ident' || b?.kind !== 'Ident' || !a.obj || !b.obj || a.obj === b.obj) continue;
      const chooser = this.above(from, [a.obj, b.obj], call, isAlike, depth + 1);
      if (chooser) return chooser;
    }
    return undefined;
  }

  /** The parameters by which the values are looked up in one list or table. */
  private keysOf(unit: DeclUnit, pair: Pair): Pair | undefined {
    const values = pair.map(({ role, declNode, decl }) => {
      if (role !== 'local' || declNode.kind !== 'AssignStmt') return undefined;
      const own = givenValue(declNode, decl) ?? (declNode.lhs[0] === decl ? declNode.rhs[0] : undefined);
      return own && this.lookUp(unit, unparen(own));
    });
    const [a, b] = values;
    if (!a || !b || a.table !== b.table || a.key === b.key) return undefined;
    const keys: Pair = [a.key, b.key];
    const isChosen = keys.every((k) => k.role === 'param' && k.writes.length === 0 && !k.addressTaken);
    return isChosen && areAlike(this.analysis, unit, keys) ? keys : undefined;
  }

  /** What is looked up where: `c.shards[i]`, or `c.shard(i)` where that makes nothing. */
  private lookUp(unit: DeclUnit, x: Expr): { table: string; key: LocalObject } | undefined {
    const call = asCall(x);
    const [table, index] =
      x.kind === 'IndexExpr' ? [x.x, x.indices[0]] : call?.args.length === 1 ? [call.fun, call.args[0]] : [];
    const key = index && unparen(index);
    const root = table && baseIdent(table)?.obj;
    if (!table || key?.kind !== 'Ident' || !key.obj || (root?.role !== 'recv' && root?.role !== 'param'))
      return undefined;
    if (call) {
      const { own } = this.analysis.callee(unit, call);
      if (!own || own.unit.hasError || nodesOfKind(own.decl, 'CompositeLit').length > 0) return undefined;
    }
    return { table: unit.text(table), key: key.obj };
  }

  private isUnderLock(unit: DeclUnit, call: CallExpr): boolean {
    if (unit.hasError || unit.decl.kind !== 'FuncDecl') return true;
    return this.summaries.of(unit, unit.decl).heldAt.has(call);
  }

  /** True where something before the second lock may put the values in order, or lets one goroutine on at a time. */
  private mayBeOrdered(unit: DeclUnit, pairs: readonly Pair[], at: Node): boolean {
    const parents = this.analysis.parents(unit);
    const namesBoth = (n: Node): boolean =>
      [0, 1].every((i) => find(n, (m) => m.kind === 'Ident' && pairs.some((p) => m.obj === p[i])) !== undefined);
    let isFound = syncCalls(this.analysis, unit, unit.decl, LOCKS).some((c) => c.method.startsWith('Try'));
    walk(unit.decl, (n) => {
      if (isFound || n.start >= at.start) return false;
      if (n.kind === 'SendStmt' || (n.kind === 'UnaryExpr' && n.op === '<-')) isFound = true;
      else if (n.kind === 'BinaryExpr') isFound = /^[<>]=?$/.test(n.op) && !isBound(n.x) && !isBound(n.y);
      else if (n.kind === 'CallExpr' || n.kind === 'CompositeLit')
        isFound = n.end <= at.start && namesBoth(n) && !ancestor(parents, n, (m) => m.kind === 'ReturnStmt');
      return true;
    });
    const branch = ancestor(parents, at, (n) => n.kind === 'IfStmt' || n.kind === 'CaseClause' || n.kind === 'FuncLit');
    return isFound || branch !== undefined;
  }
}

/** A number, or a length: what is compared with that is checked, not put in order. */
function isBound(x: Expr): boolean {
  const value = unparen(x);
  const call = asCall(value);
  return value.kind === 'BasicLit' || (call !== undefined && /^(?:len|cap)$/.test(calledName(call)));
}

/** True where a function changes a field of both values: an amount goes from one to the other. */
function changeSameField(decl: Decl, [a, b]: Pair): boolean {
  const fields = new Map<LocalObject, Set<string>>([
    [a, new Set()],
    [b, new Set()],
  ]);
  const note = (changed: Expr | undefined): void => {
    let x = changed && unparen(changed);
    while (x?.kind === 'IndexExpr') x = unparen(x.x);
    const path = x && accessPath(x);
    if (path && typeof path.root !== 'string' && path.fields[0]) fields.get(path.root)?.add(path.fields[0]);
  };
  for (const { lhs } of nodesOfKind(decl, 'AssignStmt')) lhs.forEach(note);
  for (const { x } of nodesOfKind(decl, 'IncDecStmt')) note(x);
  for (const call of nodesOfKind(decl, 'CallExpr')) if (calledName(call) === 'delete') note(call.args[0]);
  return [...(fields.get(a) ?? [])].some((field) => fields.get(b)?.has(field));
}
