/**
 * Functions that take a lock and give their caller a value which unlocks it when it ends: `tx := store.Begin()`, and then `tx.Commit()` or
 * `tx.Rollback()`.
 */
import type { CallExpr, CompositeLit, Expr, FuncDecl, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import { type AccessPath, accessPath, prefixDepth } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import type { Edge } from './cfg.ts';
import { nodesOfKind } from './node-index.ts';
import { onlyValue } from './only-value.ts';
import type { GoPackage } from './package.ts';
import { enclosingFunc, inLoop, type ParentMap, parentsOf } from './parents.ts';
import { isNewError } from './passed-errors.ts';
import { PathEffects } from './path-effects.ts';
import { findUnreleasedPath, type UnreleasedPath } from './paths.ts';
import { perPackage } from './per-package.ts';
import { closedElsewhere, type SyncKind } from './released-elsewhere.ts';
import { syncCalls } from './sync-calls.ts';
import { deref, isErrorType, type NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, calledName, contains, find, flattenFields, isNil, unparen } from './walk.ts';

const LOCKS: SyncKind = {
  types: new Set(['Mutex', 'RWMutex']),
  open: ['Lock', 'RLock'],
  close: ['Unlock', 'RUnlock'],
};

/** What a caller gets. */
export interface LockedValue {
  result: number;
  /** The result that says that nothing has been locked. */
  error?: number;
  /** Where the lock is taken, and as what. */
  lock: Node;
  path: AccessPath;
  /** The way from the value to the lock. */
  fields: readonly string[];
  type: NamedType;
  /** Fields that the value is not made with, and that are false at first. */
  given: ReadonlySet<string>;
}

/** Names of functions of a package that may do so, told from their text. They depend on bodies. */
export const lockingMakers = perPackage(
  (pkg): ReadonlySet<string> =>
    new Set(
      pkg.files.flatMap((file) =>
        file.isTest || !/Unlock\(\)/.test(file.text)
          ? []
          : file.outline.decls.flatMap((d) => {
              if (d.tok !== 'func' || d.body < 0) return [];
              const text = file.textOf(d);
              return /\.R?Lock\(\)/.test(text) && !/Unlock\b/.test(text) && /&\w+\{/.test(text) ? d.names : [];
            }),
      ),
    ),
);

/** What tells whether a path is unlocked. */
export function unlocking(analysis: Analysis): PathEffects {
  return new PathEffects(analysis, { perform: LOCKS.close, open: LOCKS.open });
}

/** The value with which a function hands a lock to its caller, where the methods of the value alone unlock it. */
export function lockedValue(analysis: Analysis, { unit, decl }: VisibleFunc): LockedValue | undefined {
  if (unit.hasError || !decl.body || nodesOfKind(decl, 'DeferStmt').length > 0) return undefined;
  const parents = analysis.parents(unit);
  const calls = syncCalls(analysis, unit, decl, LOCKS.types);
  const [taken, ...others] = calls;
  const stmt = taken && parents.get(taken.call);
  if (!taken || others.length > 0 || !LOCKS.open.includes(taken.method) || taken.func !== decl) return undefined;
  if (stmt?.kind !== 'ExprStmt' || parents.get(stmt) !== decl.body || inLoop(parents, stmt)) return undefined;
  const { path } = taken;
  if (typeof path.root === 'string' || !/^(?:recv|param)$/.test(path.root.role)) return undefined;
  const types = analysis.types.signature(unit, decl.type).results;
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  const result = types.findIndex((t) => t.kind === 'pointer');
  const error = types.findIndex(isErrorType);
  const giving = returns.filter((r) => r.start > stmt.end);
  const [only] = giving;
  // Behind the lock it always succeeds.
  if (result < 0 || giving.length !== 1 || !only || only.results.length !== types.length) return undefined;
  if (error >= 0 && !isNil(only.results[error] as Expr)) return undefined;
  if (!returns.every((r) => r === only || isNothing(r, result))) return undefined;
  const made = madeFor(analysis, unit, only.results[result] as Expr, decl);
  const type = made && deref(analysis.typeOf(unit, made));
  if (type?.kind !== 'named' || type.local || type.pkg !== unit.pkg.path) return undefined;
  const fields = made && fieldsTo(made, path);
  if (!fields) return undefined;
  const isOthers = (other: DeclUnit): boolean => !isMethodOf(other.decl, type.name);
  if (closedElsewhere(analysis, unit, path, LOCKS, isOthers)) return undefined;
  const given = new Set(
    made.elts.flatMap((e) => (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' ? [e.key.name] : [])),
  );
  return { result, ...(error >= 0 && { error }), lock: taken.call, path, fields, type, given };
}

function isNothing({ results }: ReturnStmt, result: number): boolean {
  const x = results[result];
  return x !== undefined && isNil(x);
}

/** `&T{…}`, also in a variable that the function only returns. */
function madeFor(analysis: Analysis, unit: DeclUnit, expr: Expr, decl: FuncDecl): CompositeLit | undefined {
  let x: Expr | undefined = unparen(expr);
  if (x.kind === 'Ident') {
    const { obj } = x;
    const parents = analysis.parents(unit);
    const isOwn = obj?.func === decl && obj.role === 'local';
    if (!obj || !isOwn || !obj.uses.every((use) => parents.get(use)?.kind === 'ReturnStmt')) return undefined;
    x = onlyValue(obj);
  }
  const value = x && unparen(x);
  const literal = value?.kind === 'UnaryExpr' && value.op === '&' ? unparen(value.x) : undefined;
  return literal?.kind === 'CompositeLit' ? literal : undefined;
}

/** The fields that lead from a value to the lock, by what it is made with. */
function fieldsTo({ elts }: CompositeLit, path: AccessPath): readonly string[] | undefined {
  for (const e of elts) {
    const from = e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' ? accessPath(e.value) : undefined;
    const depth = from && prefixDepth(from, path);
    if (depth !== undefined && e.kind === 'KeyValueExpr' && e.key.kind === 'Ident')
      return [e.key.name, ...path.fields.slice(depth)];
  }
  return undefined;
}

function isMethodOf(decl: Node, type: string): boolean {
  if (decl.kind !== 'FuncDecl' || !decl.recv) return false;
  const { type: t } = decl.recv;
  return baseIdent(t.kind === 'StarExpr' ? t.x : t)?.name === type;
}

/** The `return` of an error with which a method of such a value leaves the lock taken, where on other ways it unlocks. */
export function failsLocked(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
  value: LockedValue,
  summaries: PathEffects,
): ReturnStmt | undefined {
  const self = decl.recv?.names[0]?.obj;
  const last = analysis.types.signature(unit, decl.type).results.at(-1);
  if (unit.hasError || !self || !last || !isErrorType(last) || !isMethodOf(decl, value.type.name)) return undefined;
  const effects = summaries.nodes(unit, decl, { root: self, fields: value.fields });
  const flags = endFlags(unit.pkg, value, summaries);
  const tried = new Set<Node>();
  for (;;) {
    const path = findUnreleasedPath({
      unit,
      cfg: analysis.cfg(unit, decl),
      value: self,
      facts: new Map(),
      written: analysis.writtenPaths(unit, decl),
      effect: (n) => (effects.has(n) || tried.has(n) ? 'settled' : 'none'),
      settledBy: (edge) => isEndedAlready(edge, self, value),
    });
    const end = path?.node;
    if (!path || end?.kind !== 'ReturnStmt') return undefined;
    if (isNewError(end, path) && !tellsOfEnd(analysis, { unit, decl }, end, path, flags)) return end;
    tried.add(end);
  }
}

/** The fields that methods change which unlock: by these others are told that the value has ended. */
function endFlags(pkg: GoPackage, { type, fields }: LockedValue, summaries: PathEffects): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, member] of pkg.methods(type.name)) {
    const unit = pkg.unit(member);
    const { decl } = unit;
    const self = decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.obj : undefined;
    if (unit.hasError || decl.kind !== 'FuncDecl' || !self) continue;
    if (summaries.ofFunction(unit, decl, { root: self, fields }) === 'none') continue;
    const parents = parentsOf(decl);
    for (const use of self.uses) {
      const field = parents.get(use);
      if (field?.kind === 'SelectorExpr' && isChanged(parents, field)) found.add(field.sel.name);
    }
  }
  return found;
}

/** True for a field that is given a value, an atomic one as well, and for a channel that is closed. */
function isChanged(parents: ParentMap, field: Expr): boolean {
  const user = parents.get(field);
  if (user?.kind === 'AssignStmt') return user.lhs.includes(field);
  if (user?.kind === 'SelectorExpr') return /^(?:Store|Swap|CompareAndSwap|Add)$/.test(user.sel.name);
  return user?.kind === 'IncDecStmt' || (user?.kind === 'CallExpr' && calledName(user) === 'close');
}

/** True for a `return` behind a question whether the value has ended, asked there or by a method of the value. */
function tellsOfEnd(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
  { results }: ReturnStmt,
  { decisions }: UnreleasedPath,
  flags: ReadonlySet<string>,
): boolean {
  const names = (node: Node): boolean =>
    find(node, (n) => n.kind === 'SelectorExpr' && flags.has(n.sel.name)) !== undefined;
  const last = decisions.findLast((d) => d.cond !== undefined)?.cond;
  if (last && names(last)) return true;
  const error = results.at(-1);
  const object = error?.kind === 'Ident' ? error.obj : undefined;
  const asks = (n: Node): boolean => {
    const { visible } = n.kind === 'CallExpr' ? analysis.callee(unit, n) : {};
    return visible !== undefined && names(visible.decl);
  };
  return (
    object !== undefined &&
    nodesOfKind(decl, 'AssignStmt').some(
      (a) =>
        a.lhs.some((x) => x.kind === 'Ident' && x.obj === object) && a.rhs.some((r) => find(r, asks) !== undefined),
    )
  );
}

/** A branch for a value of which a flag says that it has ended before: nobody sets that before it does. */
function isEndedAlready({ cond, kind }: Edge, self: LocalObject, { given }: LockedValue): boolean {
  const x = cond && unparen(cond);
  if (x?.kind !== 'SelectorExpr' || x.x.kind !== 'Ident' || x.x.obj !== self) return false;
  return kind === 'true' && !given.has(x.sel.name);
}

/** Functions that are given the value one after the other. */
const MAX_DEPTH = 3;

/** True for a variable, or parameter, that leads to the value alone and nobody else gets who might call its methods unseen. */
export function isKeptToItself(analysis: Analysis, unit: DeclUnit, object: LocalObject, depth = 0): boolean {
  const parents = analysis.parents(unit);
  if (object.writes.length > 0 || object.addressTaken || depth > MAX_DEPTH) return false;
  return object.uses.every((use) => {
    const user = parents.get(use);
    // A literal that has it may run at any time.
    if (enclosingFunc(parents, use) !== object.func) return false;
    if (user?.kind === 'BinaryExpr') return true;
    if (user?.kind === 'SelectorExpr') return isOwnPart(analysis, unit, user, depth);
    if (user?.kind !== 'CallExpr' || parents.get(user)?.kind === 'GoStmt') return false;
    const { visible, dynamic } = analysis.callee(unit, user);
    const param = !visible || dynamic ? undefined : parameterOf(user, use, visible);
    return param !== undefined && visible !== undefined && isKeptToItself(analysis, visible.unit, param, depth + 1);
  });
}

function isOwnPart(
  analysis: Analysis,
  unit: DeclUnit,
  selector: Expr & { kind: 'SelectorExpr' },
  depth: number,
): boolean {
  const parents = analysis.parents(unit);
  const call = parents.get(selector);
  if (call?.kind !== 'CallExpr' || call.fun !== selector)
    return analysis.types.members.selector(unit, selector)?.kind === 'field';
  if (parents.get(call)?.kind === 'GoStmt') return false;
  const { visible, dynamic, kind } = analysis.callee(unit, call);
  if (kind === 'value') return true;
  const self = visible?.decl.recv?.names[0]?.obj;
  if (!visible || dynamic || visible.unit.hasError) return false;
  return !self || isKeptToItself(analysis, visible.unit, self, depth + 1);
}

function parameterOf(call: CallExpr, use: Node, { decl }: VisibleFunc): LocalObject | undefined {
  const index = call.args.findIndex((a) => contains(a, use));
  const param = flattenFields(decl.type.params)[index];
  return param?.variadic ? undefined : param?.name?.obj;
}
