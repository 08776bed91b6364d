/** Circles of locks: each is taken while the one before is held, by goroutines that can meet. */
import type { Analysis } from '../../golang/analysis.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perAnalysedPackage } from '../../golang/per-package.ts';
import { edgeKey, type LockEdge, type LockGraph, lockGraph } from './lock-graph.ts';
import { indirectlyNested } from './indirect-locks.ts';
import { ownerKey } from './lock-links.ts';
import { excludes, Meetings, siteOf } from './lock-meetings.ts';
import { holdTwo, lockersOf } from './lockers.ts';
import { MutualLinks } from './mutual-links.ts';

/**
 * Ways through the package; on each a lock is wanted that is held on the next one, and on the last that of the first. Two
 * ways are two locks in opposite orders.
 */
export interface LockCircle {
  /** The first is the order that fewest functions follow: the one that is most probably wrong. */
  ways: readonly [LockEdge, LockEdge, ...LockEdge[]];
}

/** Locks in one circle. */
const MAX_LOCKS = 4;
/** Ways through the graph that are looked at. */
const MAX_WAYS = 5000;
/** Places where two locks are taken in one order that are tried in circles of more: three orders have as many choices as the product. */
const MAX_PLACES = 8;

/** The circles in a package: one set of places for each set of locks, and none whose locks have a shorter one. */
export const lockCircles = perAnalysedPackage([], circlesOf);

function circlesOf(analysis: Analysis, pkg: GoPackage): LockCircle[] {
  const lockers = lockersOf(analysis, pkg);
  if (!lockers || (!holdTwo(analysis, pkg, lockers) && indirectlyNested(analysis, pkg).length === 0)) return [];
  const graph = lockGraph(analysis, pkg, lockers);
  const meetings = new Meetings(analysis, graph, new MutualLinks(analysis, pkg));
  const pairs = oppositeOrders(graph, meetings);
  return [...pairs, ...longerCircles(analysis, graph, meetings, pairs)];
}

function oppositeOrders(graph: LockGraph, meetings: Meetings): LockCircle[] {
  const found: LockCircle[] = [];
  for (const [key, forward] of graph.edges) {
    const [edge] = forward;
    const backward = edge && graph.edges.get(edgeKey(edge.to, edge.from));
    // Each pair is met twice, once from each side.
    if (!edge || !backward || key > edgeKey(edge.to, edge.from)) continue;
    const [rare, usual] = isRarer(forward, backward) ? [forward, backward] : [backward, forward];
    const pair = firstThatMeet(meetings, [rare, usual]);
    // Two fields on one way from a value are also fields of two values that belong together.
    if (pair && !found.some((c) => placeOf(c) === placeOf(pair))) found.push(pair);
  }
  return found;
}

/** Circles of three locks and more. */
function longerCircles(
  analysis: Analysis,
  graph: LockGraph,
  meetings: Meetings,
  pairs: readonly LockCircle[],
): LockCircle[] {
  const nodesOf = ({ ways }: LockCircle): string[] => ways.map((way) => ends(analysis, way)[0]);
  const found: LockCircle[] = [];
  const reported = pairs.map((pair) => nodesOf(pair));
  for (const orders of circlesIn(bySameLocks(analysis, graph))) {
    const rarest = orders.reduce((a, b) => (isRarer(b, a) ? b : a));
    const at = orders.indexOf(rarest);
    const circle = firstThatMeet(meetings, [...orders.slice(at), ...orders.slice(0, at)]);
    if (!circle || found.some((c) => placeOf(c) === placeOf(circle))) continue;
    const nodes = nodesOf(circle);
    if (reported.some((shorter) => shorter.every((n) => nodes.includes(n)))) continue;
    reported.push(nodes);
    found.push(circle);
  }
  return found;
}

type Orders = Map<string, Map<string, LockEdge[]>>;

/** The graph with one node for a lock of a value, whether the other lock is of that value, too, or of one that belongs to it. */
function bySameLocks(analysis: Analysis, graph: LockGraph): Orders {
  const orders: Orders = new Map();
  for (const edges of graph.edges.values())
    for (const edge of edges) {
      const [from, to] = ends(analysis, edge);
      if (from === to) continue;
      let next = orders.get(from);
      if (!next) orders.set(from, (next = new Map()));
      const places = next.get(to);
      if (!places) next.set(to, [edge]);
      else if (!places.some((e) => siteOf(e).node === siteOf(edge).node)) places.push(edge);
    }
  return orders;
}

function ends(analysis: Analysis, { unit, from, to, held, then }: LockEdge): [string, string] {
  const node = (lock: typeof from, { path }: typeof held): string =>
    (lock.kind === 'field' && path.fields.length < 2 ? ownerKey(analysis, unit, path) : undefined) ?? lock.key;
  return [node(from, held), node(to, then)];
}

/** Circles of three locks and more, short ones first, as the places of each order. */
function* circlesIn(orders: Orders): Generator<LockEdge[][]> {
  let ways = 0;
  function* from(start: string, at: string, length: number, way: readonly string[]): Generator<LockEdge[][]> {
    if (ways++ > MAX_WAYS) return;
    const next = orders.get(at) ?? new Map<string, LockEdge[]>();
    if (way.length === length) {
      if (next.has(start)) yield way.map((n, i) => orders.get(n)?.get(way[i + 1] ?? start) ?? []);
      return;
    }
    // Each circle is met once, from its first lock.
    for (const to of next.keys()) if (to > start && !way.includes(to)) yield* from(start, to, length, [...way, to]);
  }
  for (let length = 3; length <= MAX_LOCKS; length++)
    for (const start of [...orders.keys()].sort()) yield* from(start, start, length, [start]);
}

/** A place for each order, so that goroutines can be at all of them at once and wait for each other. */
function firstThatMeet(
  meetings: Meetings,
  orders: readonly (readonly LockEdge[])[],
  chosen: readonly LockEdge[] = [],
): LockCircle | undefined {
  const [order, ...others] = orders;
  if (!order) return waitInCircle(meetings, chosen) && meetings.canMeet(chosen) ? { ways: chosen } : undefined;
  const isPair = chosen.length + orders.length === 2;
  for (const edge of isPair ? order : order.slice(0, MAX_PLACES)) {
    const circle = firstThatMeet(meetings, others, [...chosen, edge]);
    if (circle) return circle;
  }
  return undefined;
}

/** True when what is held on each way keeps out who wants it on another one, and belongs to the same values. */
function waitInCircle(meetings: Meetings, ways: readonly LockEdge[]): ways is LockCircle['ways'] {
  return (
    ways.every((way, i) => excludes((ways[(i + 1) % ways.length] ?? way).held.mode, way.then.mode)) &&
    (ways.length > 2 || !ways[0]?.link === !ways[1]?.link) &&
    meetings.concernSameValues(ways)
  );
}

/** True for the order that fewer functions follow; of two that are as common the one that comes later in the source. */
function isRarer(a: readonly LockEdge[], b: readonly LockEdge[]): boolean {
  const difference = functionsOf(a) - functionsOf(b);
  if (difference !== 0) return difference < 0;
  const [x, y] = [a[0] as LockEdge, b[0] as LockEdge];
  if (x.unit.file !== y.unit.file) return x.unit.file.path > y.unit.file.path;
  return x.unit.base + siteOf(x).node.start > y.unit.base + siteOf(y).node.start;
}

function functionsOf(edges: readonly LockEdge[]): number {
  return new Set(edges.map((e) => e.func)).size;
}

/** Where the lock is taken that the report is about. */
function placeOf({ ways }: LockCircle): unknown {
  return siteOf(ways[0]).node;
}
