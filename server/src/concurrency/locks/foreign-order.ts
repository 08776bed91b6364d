/**
 * Opposite orders between a type and one of another package that tells it of things: `b := &Book{stock: w}; w.Notify(b)`. The book calls the
 * stock with its own lock held, and the stock calls the book with its lock held.
 */
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { isOpenToOthers } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perAnalysedPackage } from '../../golang/per-package.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, flattenFields, unparen } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { CallExpr, CompositeLit, Expr, FuncDecl, LocalObject } from '../../syntax/ast.ts';
import { ELEMENT } from './element-paths.ts';
import { leadsOnFreely } from './free-ways.ts';
import { withElements } from './indirect-calls.ts';
import { excludes } from './lock-meetings.ts';
import { type Acquire, LockSummaries, type NestedAcquire } from './lock-summary.ts';
import { lockNamesOf } from './lockers.ts';

/** Both ways: what a method of the package takes, and what one of the other package takes by calling the listener. */
export interface ForeignOrder {
  ours: NestedAcquire;
  theirs: NestedAcquire;
}

/** A new value that is given to a value of another package, which it has in a field. */
interface Registration {
  type: NamedType;
  /** The field of the new value. */
  field: string;
  /** The field in which the other one keeps it. */
  kept: string;
  method: VisibleFunc;
}

/** All of a package. */
export const foreignOrders = perAnalysedPackage([], (analysis, pkg) =>
  pkg.joined.length === 0 ? [] : registrations(analysis, pkg).flatMap((r) => ordersOf(analysis, pkg, r)),
);

function registrations(analysis: Analysis, pkg: GoPackage): Registration[] {
  const makers = pkg.files.flatMap((file) =>
    file.isTest
      ? []
      : file.outline.decls
          .filter((d) => d.tok === 'func' && /:?= &\w+\{/.test(file.textOf(d)))
          .map((declaration) => ({ file, declaration })),
  );
  return makers.flatMap((member) => {
    const unit = pkg.unit(member);
    return unit.hasError
      ? []
      : nodesOfKind(unit.decl, 'CallExpr').flatMap((c) => registration(analysis, unit, c) ?? []);
  });
}

function registration(analysis: Analysis, unit: DeclUnit, call: CallExpr): Registration | undefined {
  const fun = unparen(call.fun);
  const to = fun.kind === 'SelectorExpr' ? accessPath(fun.x) : undefined;
  if (!to || call.args.length === 0) return undefined;
  for (const [i, arg] of call.args.entries()) {
    const lit = newStruct(arg);
    const type = lit && analysis.typeOf(unit, lit);
    if (!lit || type?.kind !== 'named' || type.local || type.pkg !== unit.pkg.path) continue;
    const field = fieldWith(lit, to);
    const callee = analysis.callee(unit, call);
    const own = callee.dynamic ? undefined : callee.own;
    if (field === undefined || !own || own.unit.hasError || own.unit.pkg === unit.pkg) return undefined;
    const param = flattenFields(own.decl.type.params)[i]?.name?.obj;
    const kept = param && keptIn(own.decl, param);
    if (kept !== undefined) return { type, field, kept, method: own };
  }
  return undefined;
}

/** The struct that a variable points to since it was declared. */
function newStruct(arg: Expr): CompositeLit | undefined {
  const x = unparen(arg);
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : undefined;
  const made = value && unparen(value);
  const lit = made?.kind === 'UnaryExpr' && made.op === '&' ? unparen(made.x) : undefined;
  return lit?.kind === 'CompositeLit' ? lit : undefined;
}

function fieldWith(lit: CompositeLit, path: AccessPath): string | undefined {
  for (const e of lit.elts) {
    const value = e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' ? accessPath(e.value) : undefined;
    if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && value && pathKey(value) === pathKey(path))
      return e.key.name;
  }
  return undefined;
}

/** The field of its receiver into which a method puts a parameter. */
function keptIn(decl: FuncDecl, param: LocalObject): string | undefined {
  const recv = decl.recv?.names[0]?.obj;
  for (const { lhs, rhs } of nodesOfKind(decl, 'AssignStmt')) {
    const [target, value] = [lhs[0] && accessPath(lhs[0]), rhs[0] && unparen(rhs[0])];
    const call = value && asCall(value);
    const added = call && calledName(call) === 'append' ? call.args.at(-1) : value;
    const x = added && unparen(added);
    if (recv && target?.root === recv && target.fields.length === 1 && x?.kind === 'Ident' && x.obj === param)
      return target.fields[0];
  }
  return undefined;
}

function ordersOf(analysis: Analysis, pkg: GoPackage, r: Registration): ForeignOrder[] {
  const other = r.method.unit.pkg;
  const summaries = new LockSummaries(analysis, lockNamesOf(pkg, other));
  const listening = theirOrders(analysis, pkg, r, summaries);
  if (listening.length === 0) return [];
  for (const member of pkg.methods(r.type.name).values()) {
    const unit = pkg.unit(member);
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || unit.hasError || unit.file.isTest || !isOpenToOthers(unit, decl)) continue;
    for (const ours of summaries.of(unit, decl).nested) {
      const theirs = listening.find((t) => areOpposite(decl, r.field, ours, t));
      // One place is enough to tell of it.
      if (theirs) return [{ ours, theirs }];
    }
  }
  return [];
}

/** Where exported methods of the other package call the listener with a lock of their value held, and that takes one of its own. */
function theirOrders(
  analysis: Analysis,
  pkg: GoPackage,
  { type, kept, method }: Registration,
  summaries: LockSummaries,
): NestedAcquire[] {
  const other = method.unit.pkg;
  return declarationsWith(other, kept, 'field').flatMap((member) => {
    const unit = other.unit(member);
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || unit.hasError || unit.file.isTest || !isOpenToOthers(unit, decl)) return [];
    if (member.declaration.recv !== method.unit.declaration.recv) return [];
    const recv = decl.recv?.names[0]?.obj;
    return [...summaries.of(unit, decl).heldAt].flatMap(([call, held]): NestedAcquire[] => {
      const fun = call.kind === 'CallExpr' ? unparen(call.fun) : undefined;
      const on = fun?.kind === 'SelectorExpr' ? accessPath(fun.x) : undefined;
      const [h, ...others] = held;
      if (fun?.kind !== 'SelectorExpr' || !on || !h || others.length > 0 || h.opaque || h.path.root !== recv) return [];
      const { root, fields } = withElements(analysis, unit, on);
      if (root !== recv || fields[0] !== kept || fields.slice(1).some((f) => f !== ELEMENT)) return [];
      const found = analysis.types.members.find(type, fun.sel.name);
      if (found?.kind !== 'method' || found.dynamic || !found.member || found.pkg !== pkg) return [];
      const target = pkg.unit(found.member);
      if (target.decl.kind !== 'FuncDecl' || target.hasError) return [];
      const own = target.decl.recv?.names[0]?.obj;
      const { acquires, releases } = summaries.of(target, target.decl);
      if (!own || releases.length > 0) return [];
      return acquires
        .filter((a) => !a.opaque && a.path.root === own)
        .map((a): Acquire => ({ ...a, sites: [{ unit, node: call }, ...a.sites] }))
        .filter((then) => leadsOnFreely(analysis, then))
        .map((then) => ({ unit, func: decl, held: h, then, others: [] }));
    });
  });
}

/** True where what one way holds is what the other wants, and the other way round. */
function areOpposite(decl: FuncDecl, field: string, ours: NestedAcquire, theirs: NestedAcquire): boolean {
  const recv = decl.recv?.names[0]?.obj;
  if (!recv || ours.others.length > 0 || ours.held.opaque || ours.then.opaque) return false;
  if (ours.held.path.root !== recv || ours.then.path.root !== recv) return false;
  return (
    ours.held.path.fields.join() === theirs.then.path.fields.join() &&
    ours.then.path.fields.join() === [field, ...theirs.held.path.fields].join() &&
    excludes(ours.held.mode, theirs.then.mode) &&
    excludes(theirs.held.mode, ours.then.mode)
  );
}
