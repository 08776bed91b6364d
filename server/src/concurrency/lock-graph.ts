/** The order in which the functions of a package take locks: an edge for each lock that is taken while another is held. */
import type { FuncNode } from '../syntax/ast.ts';
import type { Analysis } from '../golang/analysis.ts';
import { DECLARATION, nested } from '../golang/effort.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import type { GoPackage, PackageMember } from '../golang/package.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { declarationsNaming } from '../golang/word-index.ts';
import { type LockLink, lockLink } from './lock-links.ts';
import { identityOf, type LockIdentity } from './lock-paths.ts';
import { LockSummaries, type NestedAcquire } from './lock-summary.ts';

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

/** Callers of callers that count as functions that may lock. */
const MAX_CALLERS = 4;

const graphs = new WeakMap<Analysis, Map<GoPackage, LockGraph>>();

/** The lock graph of a package. */
export function lockGraph(analysis: Analysis, pkg: GoPackage): LockGraph {
  let ofPackage = graphs.get(analysis);
  if (!ofPackage) graphs.set(analysis, (ofPackage = new Map()));
  let graph = ofPackage.get(pkg);
  if (!graph) {
    const empty: LockGraph = { edges: new Map(), summaries: new LockSummaries(analysis, new Set()) };
    ofPackage.set(pkg, (graph = nested(DECLARATION, empty, () => build(analysis, pkg))));
  }
  return graph;
}

/** Key of the edges from one lock to another. */
export function edgeKey(from: LockIdentity, to: LockIdentity): string {
  return `${from.key} -> ${to.key}`;
}

function build(analysis: Analysis, pkg: GoPackage): LockGraph {
  const lockers = functionsNaming(pkg, ['Lock', 'RLock']);
  const summaries = new LockSummaries(analysis, callersOf(pkg, lockers));
  const edges = new Map<string, LockEdge[]>();
  for (const member of lockers) {
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
  return { edges, summaries };
}

function functionsNaming(pkg: GoPackage, words: readonly string[]): PackageMember[] {
  const found = new Map<unknown, PackageMember>();
  for (const word of words)
    for (const member of declarationsNaming(pkg, word))
      if (member.declaration.tok === 'func') found.set(member.declaration, member);
  return [...found.values()];
}

/** Names of functions, and of those that mention them, a few levels up. */
function callersOf(pkg: GoPackage, members: readonly PackageMember[]): Set<string> {
  const names = new Set<string>();
  let level = members.flatMap((m) => m.declaration.names);
  for (let i = 0; i < MAX_CALLERS && level.length > 0; i++) {
    const fresh = level.filter((name) => !names.has(name));
    for (const name of fresh) names.add(name);
    level = functionsNaming(pkg, [...new Set(fresh)]).flatMap((m) => m.declaration.names);
  }
  return names;
}

function functionsOf(unit: DeclUnit): FuncNode[] {
  return unit.decl.kind === 'FuncDecl' ? [unit.decl, ...nodesOfKind(unit.decl, 'FuncLit')] : [];
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
