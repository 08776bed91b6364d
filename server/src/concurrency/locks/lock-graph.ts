/** The order in which the functions of a package take locks: an edge for each lock that is taken while another is held. */
import type { Analysis } from '../../golang/analysis.ts';
import type { GoPackage } from '../../golang/package.ts';
import { boundNested, indirectEdges } from './indirect-edges.ts';
import { indirectlyNested } from './indirect-locks.ts';
import { type LockLink, lockLink } from './lock-links.ts';
import { identityOf, type LockIdentity } from './lock-paths.ts';
import { LockSummaries, type NestedAcquire } from './lock-summary.ts';
import { functionsOf, type Lockers } from './lockers.ts';

/** A nested acquisition of two locks that another function may take as well. */
export interface LockEdge extends NestedAcquire {
  from: LockIdentity;
  to: LockIdentity;
  /** Present for locks of two values that belong together. */
  link?: LockLink;
}

export interface LockGraph {
  /** Edges by `from` and `to`, see `edgeKey`. */
  edges: ReadonlyMap<string, readonly LockEdge[]>;
  summaries: LockSummaries;
}

/** Key of the edges from one lock to another. */
export function edgeKey(from: LockIdentity, to: LockIdentity): string {
  return `${from.key} -> ${to.key}`;
}

/** The lock graph of a package. `lockers`: its functions that take locks. */
export function lockGraph(analysis: Analysis, pkg: GoPackage, lockers: Lockers): LockGraph {
  const edges = new Map<string, LockEdge[]>();
  const summaries = new LockSummaries(analysis, lockers.names);
  for (const member of lockers.nesting) {
    const unit = pkg.unit(member);
    if (unit.hasError) continue;
    for (const func of functionsOf(unit))
      for (const n of summaries.of(unit, func).nested) {
        for (const edge of edgesOf(analysis, n)) {
          const key = edgeKey(edge.from, edge.to);
          const list = edges.get(key);
          if (list) list.push(edge);
          else edges.set(key, [edge]);
        }
      }
  }
  for (const n of indirectlyNested(analysis, pkg)) {
    const bound = boundNested(analysis, n, summaries);
    for (const edge of [...indirectEdges(analysis, n), ...(bound ? edgesOf(analysis, bound) : [])]) {
      const key = edgeKey(edge.from, edge.to);
      edges.set(key, [...(edges.get(key) ?? []), edge]);
    }
  }
  return { edges, summaries };
}

/** Only pairs that another goroutine can have in its hands as well make an edge. */
function edgesOf(analysis: Analysis, n: NestedAcquire): LockEdge[] {
  const { held, then } = n;
  if (held.opaque || then.opaque || n.others.some((o) => o.opaque)) return [];
  const edges: LockEdge[] = [];
  const from = identityOf(analysis, n.unit, held.path);
  const to = identityOf(analysis, n.unit, then.path);
  if (from && to && from.key !== to.key && areShared(from, to, held.path.root === then.path.root))
    edges.push({ ...n, from, to });
  const link = lockLink(analysis, n.unit, held.path, then.path);
  if (link) edges.push({ ...n, from: link.from, to: link.to, link });
  return edges;
}

function areShared(from: LockIdentity, to: LockIdentity, sameValue: boolean): boolean {
  // Fields of two values: which values they are in another function is not known.
  if (from.kind === 'field' && to.kind === 'field') return sameValue;
  // Variables of a function and fields of anything do not meet anywhere else.
  return (from.kind === 'local') === (to.kind === 'local') || from.kind === 'package' || to.kind === 'package';
}
