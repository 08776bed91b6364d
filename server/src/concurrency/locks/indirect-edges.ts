/**
 * Orders of locks behind indirect calls: a lease tells, with its lock held, the pool that has it among its leases, by a function or an
 * interface in a field.
 */
import type { AccessPath } from '../../golang/access-path.ts';
import { pathName, prefixDepth } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { IndirectNested } from './indirect-locks.ts';
import type { LockEdge } from './lock-graph.ts';
import { identity, ownedLock } from './lock-links.ts';
import { ELEMENT } from './element-paths.ts';
import { canonicalPath } from './lock-paths.ts';
import type { Acquire, LockSummaries, NestedAcquire } from './lock-summary.ts';
import type { Home } from './value-homes.ts';

/** The edges of a lock that an indirect call takes while another is held, for values of which the one has the other in a field. */
export function indirectEdges(analysis: Analysis, { unit, func, held, then, others }: IndirectNested): LockEdge[] {
  const from = ownedLock(analysis, unit, held.path);
  if (held.opaque || then.opaque || !from || !then.homes || others.some((o) => o.opaque)) return [];
  return then.homes.flatMap((home): LockEdge[] => {
    const to = ownedLock(analysis, home.unit, home.lock);
    const way = to && wayDown(home, to.value, stepsBehind(then.path, from.value));
    if (!to || !way || to.type === from.type || !isOfType(analysis, home.unit, home.path, way.depth, from.type))
      return [];
    const [a, b] = [identity(from), identity(to)];
    const link = { from: a, to: b, base: to.type, field: way.field, via: way.via };
    return [{ unit, func, held, then: { ...then, name: pathName(home.lock) }, others, from: a, to: b, link }];
  });
}

/**
 * A lock that is taken by a function which a caller gives for a parameter, as the caller sees it: `m.replace(t, db.hot)` takes `db.man.mu`, and
 * with that held `db.mu`. Undefined where the caller does not know the one that is held.
 */
export function boundNested(
  analysis: Analysis,
  { unit, func, held, then, others }: IndirectNested,
  summaries: LockSummaries,
): NestedAcquire | undefined {
  const { bound, call, sites } = then;
  if (!bound) return undefined;
  // Held by the caller itself.
  if (bound.unit === unit && bound.call === sites[0]?.node)
    return { unit, func, held, then: { ...then, path: bound.lock }, others };
  const outerFunc = enclosingFunc(analysis.parents(bound.unit), bound.call);
  if (!outerFunc || func !== unit.decl || sites[0]?.node !== call.node) return undefined;
  const outside = (acquire: Acquire): Acquire[] => {
    const outer = pathOutside(analysis, bound.unit, bound.call, func, acquire.path);
    const path = outer && canonicalPath(analysis, bound.unit, outer, bound.call);
    return path ? [{ ...acquire, path, sites: [site, ...acquire.sites] }] : [];
  };
  const site = { unit: bound.unit, node: bound.call };
  const [outer] = outside(held);
  if (!outer) return undefined;
  const before = summaries.of(bound.unit, outerFunc).heldAt.get(bound.call) ?? [];
  return {
    unit: bound.unit,
    func: outerFunc,
    held: outer,
    then: { ...then, path: bound.lock, sites: [site, ...sites] },
    others: [...before, ...others.flatMap(outside)],
  };
}

/** The steps from the value with the lock to what is called; undefined where that is not kept in the value. */
function stepsBehind(path: AccessPath, value: AccessPath): readonly string[] | undefined {
  const depth = prefixDepth(value, path);
  return depth === undefined || depth === path.fields.length ? undefined : path.fields.slice(depth);
}

/** How the value in which something is kept is reached from the one with the other lock: by a field, or as one of many. */
function wayDown(
  { path }: Home,
  owner: AccessPath,
  steps: readonly string[] | undefined,
): { field: string; via: 'field' | 'element'; depth: number } | undefined {
  const depth = prefixDepth(owner, path);
  if (depth === undefined || !steps) return undefined;
  const [field, ...rest] = path.fields.slice(depth);
  const isElement = rest[0] === ELEMENT;
  const behind = isElement ? rest.slice(1) : rest;
  if (field === undefined || behind.join() !== steps.join()) return undefined;
  return { field, via: isElement ? 'element' : 'field', depth: depth + (isElement ? 2 : 1) };
}

/** True when the first steps of a path lead to a value of a type. */
function isOfType(
  analysis: Analysis,
  unit: DeclUnit,
  { root, fields }: AccessPath,
  depth: number,
  type: string,
): boolean {
  if (typeof root === 'string') return false;
  const { types } = analysis;
  let at = analysis.objectType(unit, root);
  for (const step of fields.slice(0, depth)) {
    if (step === ELEMENT) {
      const many = types.underlying(at);
      if (many.kind === 'map') at = named(many.elem) === type ? many.elem : many.key;
      else if (many.kind === 'slice' || many.kind === 'array') at = many.elem;
      else return false;
      continue;
    }
    const found = types.members.find(at, step);
    if (found?.kind !== 'field') return false;
    at = found.type;
  }
  return named(at) === type;
}

function named(type: Type): string | undefined {
  const t = deref(type);
  return t.kind === 'named' ? `${t.pkg}.${t.name}` : undefined;
}
