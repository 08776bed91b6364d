/**
 * Locks that a literal takes again which a function of another package calls with them held: `sessions.Each(func(s *Session) { s.Close() })`,
 * where `Each` reads under the lock that `Close` needs.
 */
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { perPackage } from '../../golang/per-package.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncLit, LocalObject } from '../../syntax/ast.ts';
import { leadsBack } from './back-paths.ts';
import { leadsOnFreely } from './free-ways.ts';
import { canonicalPath } from './lock-paths.ts';
import { type Acquire, type LockSite, LockSummaries } from './lock-summary.ts';
import { lockNamesOf } from './lockers.ts';

/** A lock that a literal wants which is held where it is called. */
export interface LockedCallback {
  held: Acquire;
  /** Where the other package calls the literal. */
  call: LockSite;
  /** The call that gives it. */
  given: CallExpr;
  /** From the call in the literal to the lock. */
  then: Acquire;
}

/** Names of functions of a package that may call a parameter with a lock held, told from their text. They depend on bodies. */
export const lockedCallers = perPackage(
  (pkg): ReadonlySet<string> =>
    new Set(
      pkg.files.flatMap((file) =>
        file.isTest || !file.text.includes('Lock()')
          ? []
          : file.outline.decls.flatMap((d) => {
              if (d.tok !== 'func' || d.body < 0 || !/\w func\(/.test(file.text.slice(d.base, d.body))) return [];
              return /\.R?Lock\(\)/.test(file.text.slice(d.body, d.end)) ? d.names : [];
            }),
      ),
    ),
);

/** All of a declaration. */
export function lockedCallbacks(analysis: Analysis, unit: DeclUnit): LockedCallback[] {
  if (unit.hasError || unit.pkg.joined.length === 0) return [];
  return nodesOfKind(unit.decl, 'CallExpr').flatMap((given) => {
    const literals = given.args.map((arg) => unparen(arg));
    if (!literals.some((x) => x.kind === 'FuncLit')) return [];
    const callee = analysis.callee(unit, given);
    const own = callee.dynamic ? undefined : callee.own;
    if (!own || own.unit.pkg === unit.pkg || own.unit.hasError) return [];
    return literals.flatMap((x, i) => {
      const param = flattenFields(own.decl.type.params)[i];
      const object = param?.variadic ? undefined : param?.name?.obj;
      return x.kind === 'FuncLit' && object && object.writes.length === 0
        ? takenAgain(analysis, unit, given, x, own, object)
        : [];
    });
  });
}

function takenAgain(
  analysis: Analysis,
  unit: DeclUnit,
  given: CallExpr,
  literal: FuncLit,
  own: VisibleFunc,
  param: LocalObject,
): LockedCallback[] {
  const held = new LockSummaries(analysis, lockNamesOf(own.unit.pkg)).of(own.unit, own.decl).heldAt;
  const calls = nodesOfKind(own.decl, 'CallExpr').filter((c) => {
    const fun = unparen(c.fun);
    return fun.kind === 'Ident' && fun.obj === param && enclosingFunc(analysis.parents(own.unit), c) === own.decl;
  });
  if (!calls.some((c) => held.has(c))) return [];
  const summaries = new LockSummaries(analysis, lockNamesOf(unit.pkg, own.unit.pkg));
  const { acquires, releases } = summaries.of(unit, literal);
  if (releases.length > 0) return [];
  return calls.flatMap((call) =>
    (held.get(call) ?? []).flatMap((h) =>
      acquires.flatMap((then): LockedCallback[] => {
        if (h.opaque || then.opaque || (h.mode === 'read' && then.mode === 'read')) return [];
        const isSame = isOuter(literal, then)
          ? isHeldOutside(analysis, unit, given, own, h, then)
          : leadsBackInside(analysis, own, call, literal, h, then, summaries);
        return isSame && leadsOnFreely(analysis, then)
          ? [{ held: h, call: { unit: own.unit, node: call }, given, then }]
          : [];
      }),
    ),
  );
}

function isOuter(literal: FuncLit, { path: { root } }: Acquire): boolean {
  return typeof root !== 'string' && !contains(literal, root.decl);
}

/** True for the same lock, as the function with the literal names it. */
function isHeldOutside(
  analysis: Analysis,
  unit: DeclUnit,
  given: CallExpr,
  { decl }: VisibleFunc,
  held: Acquire,
  then: Acquire,
): boolean {
  const outer = pathOutside(analysis, unit, given, decl, held.path);
  const [a, b] = [outer, then.path].map((path) => path && canonicalPath(analysis, unit, path));
  return a !== undefined && b !== undefined && pathKey(a) === pathKey(b);
}

/** True where what the literal is called with leads to the lock that is held. */
function leadsBackInside(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
  call: CallExpr,
  literal: FuncLit,
  held: Acquire,
  then: Acquire,
  summaries: LockSummaries,
): boolean {
  const index = flattenFields(literal.type.params).findIndex((p) => p.name?.obj === then.path.root && !p.variadic);
  const arg = call.args[index];
  const from = arg && accessPath(arg);
  if (!from) return false;
  const path: AccessPath = { root: from.root, fields: [...from.fields, ...then.path.fields] };
  if (pathKey(path) === pathKey(held.path)) return true;
  return leadsBack(analysis, { unit, func: decl, held, then: { ...then, path }, others: [] }, summaries);
}
