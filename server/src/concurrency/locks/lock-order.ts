/** Pairs of locks that goroutines which can meet take in opposite orders. */
import type { FuncNode, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { DECLARATION, nested } from '../../golang/effort.ts';
import type { GoPackage } from '../../golang/package.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { type Answer, remembered } from '../../golang/reads.ts';
import { find } from '../../golang/walk.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { comesAfterEnd } from './after-end.ts';
import { edgeKey, type LockEdge, type LockGraph, lockGraph } from './lock-graph.ts';
import { ownerKey } from './lock-links.ts';
import { identityOf, ownerOf } from './lock-paths.ts';
import { holdTwo, lockersOf } from './lockers.ts';
import type { Acquire, LockMode, LockSite } from './lock-summary.ts';
import { mayOverlap, runContexts } from './run-contexts.ts';
import { isExported } from '../../golang/exported.ts';

/** Two ways through the package; on each the lock that the other holds is wanted. */
export interface OppositeOrders {
  /** The order that fewer functions follow: the one that is most probably wrong. */
  rare: LockEdge;
  usual: LockEdge;
}

/** Levels of callers that are asked which locks they hold. */
const MAX_CALLERS = 3;

const known = new WeakMap<Analysis, Map<GoPackage, Answer<OppositeOrders[]>>>();

/** The opposite orders of a package: one pair of places for each pair of locks. */
export function oppositeOrders(analysis: Analysis, pkg: GoPackage): readonly OppositeOrders[] {
  let ofPackage = known.get(analysis);
  if (!ofPackage) known.set(analysis, (ofPackage = new Map()));
  return remembered(ofPackage, pkg, () => nested(DECLARATION, [], () => ordersOf(analysis, pkg)));
}

function ordersOf(analysis: Analysis, pkg: GoPackage): OppositeOrders[] {
  const lockers = lockersOf(analysis, pkg);
  return lockers && holdTwo(analysis, pkg, lockers) ? search(analysis, lockGraph(analysis, pkg, lockers)) : [];
}

function search(analysis: Analysis, graph: LockGraph): OppositeOrders[] {
  const found: OppositeOrders[] = [];
  for (const [key, forward] of graph.edges) {
    const [edge] = forward;
    const backward = edge && graph.edges.get(edgeKey(edge.to, edge.from));
    // Each pair is met twice, once from each side.
    if (!edge || !backward || key > edgeKey(edge.to, edge.from)) continue;
    const [rare, usual] = isRarer(forward, backward) ? [forward, backward] : [backward, forward];
    const pair = new Meeting(analysis, graph).first(rare, usual);
    // Two fields on one way from a value are also fields of two values that belong together.
    if (pair && !found.some((p) => siteOf(p.rare).node === siteOf(pair.rare).node)) found.push(pair);
  }
  return found;
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

/** Decides whether two edges can be on the way at the same time. */
class Meeting {
  constructor(
    private readonly analysis: Analysis,
    private readonly graph: LockGraph,
  ) {}

  first(rare: readonly LockEdge[], usual: readonly LockEdge[]): OppositeOrders | undefined {
    for (const r of rare) for (const u of usual) if (this.canMeet(r, u)) return { rare: r, usual: u };
    return undefined;
  }

  private canMeet(a: LockEdge, b: LockEdge): boolean {
    if (a.unit.file.isTest !== b.unit.file.isTest || !belongTogether(a, b)) return false;
    // Each must be kept out by what the other holds.
    if (!excludes(a.held.mode, b.then.mode) || !excludes(b.held.mode, a.then.mode)) return false;
    if (this.haveGate(a, b) || this.isInitialiser(a, b) || this.isInitialiser(b, a)) return false;
    if (comesAfterEnd(this.analysis, placeOf(a), siteOf(b)) || comesAfterEnd(this.analysis, placeOf(b), siteOf(a)))
      return false;
    const root =
      a.from.kind === 'local' ? ownerOf(a.held.path) : a.to.kind === 'local' ? ownerOf(a.then.path) : undefined;
    const contexts = (e: LockEdge): ReturnType<typeof runContexts> =>
      runContexts(this.analysis, e.unit, siteOf(e).node, root && [root]);
    return mayOverlap(this.analysis, contexts(a), contexts(b));
  }

  /**
   * True when the way of `init` has a test behind its first lock that leads out, and the function of the other way has
   * called it before: it opens something once, and from then on leaves before the second lock.
   */
  private isInitialiser(init: LockEdge, other: LockEdge): boolean {
    const [from, to] = [init.held.sites[0]?.node, siteOf(init).node];
    const tests = find(init.func, (n) => {
      if (n.kind !== 'IfStmt' || !from || n.start < from.end || n.end > to.start) return false;
      return n.body.stmts.at(-1)?.kind === 'ReturnStmt';
    });
    if (!tests) return false;
    const before = other.held.sites[0]?.node.start ?? 0;
    const lock = init.then.sites.at(-1)?.node;
    return this.graph.summaries
      .of(other.unit, other.func)
      .acquires.some(({ sites }) => sites.at(-1)?.node === lock && (sites[0]?.node.start ?? before) < before);
  }

  /** True when a third lock, held on both ways, lets only one of them go on at a time. */
  private haveGate(a: LockEdge, b: LockEdge): boolean {
    const gates = this.gates(a);
    for (const [key, mode] of this.gates(b)) {
      const other = gates.get(key);
      if (other && excludes(mode, other)) return true;
    }
    return false;
  }

  private gates(edge: LockEdge): Map<string, LockMode> {
    const gates = this.keysOf(edge.unit, edge.others);
    for (const [key, mode] of this.heldAtStart(edge.unit, edge.func)) gates.set(key, mode);
    for (const [key, mode] of this.heldByCallers(edge.unit, siteOf(edge).node, 0)) gates.set(key, mode);
    for (const { path } of [edge.held, edge.then])
      for (const key of this.keysOf(edge.unit, [{ path, mode: 'write' }]).keys()) gates.delete(key);
    return gates;
  }

  private keysOf(unit: DeclUnit, held: readonly Pick<Acquire, 'path' | 'mode'>[]): Map<string, LockMode> {
    const keys = new Map<string, LockMode>();
    for (const { path, mode } of held) {
      const identity = identityOf(this.analysis, unit, path);
      const owner = ownerKey(this.analysis, unit, path);
      if (identity) keys.set(identity.key, mode);
      if (owner !== undefined) keys.set(owner, mode);
    }
    return keys;
  }

  /** Locks a function lets go of without having taken them: it runs with them held. */
  private heldAtStart(unit: DeclUnit, func: FuncNode): Map<string, LockMode> {
    const { releases } = this.graph.summaries.of(unit, func);
    return this.keysOf(
      unit,
      releases.map((path) => ({ path, mode: 'write' })),
    );
  }

  /** Locks that every caller of the function around `node` holds when it calls it. */
  private heldByCallers(unit: DeclUnit, node: Node, depth: number): Map<string, LockMode> {
    const none = new Map<string, LockMode>();
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || depth >= MAX_CALLERS) return none;
    if (enclosingFunc(this.analysis.parents(unit), node) !== decl || isExported(decl.name.name)) return none;
    let common: Map<string, LockMode> | undefined;
    for (const m of mentionsOf(this.analysis, unit, decl)) {
      if (m.unit.file.isTest && !unit.file.isTest) continue;
      const parents = this.analysis.parents(m.unit);
      const func = m.call && enclosingFunc(parents, m.call);
      if (!m.call || !func || parents.get(m.call)?.kind === 'GoStmt') return none;
      const held = this.graph.summaries.of(m.unit, func).heldAt.get(m.call) ?? [];
      const keys = this.keysOf(m.unit, held);
      for (const [key, mode] of this.heldAtStart(m.unit, func)) keys.set(key, mode);
      for (const [key, mode] of this.heldByCallers(m.unit, m.call, depth + 1)) keys.set(key, mode);
      common = common ? new Map([...common].filter(([key]) => keys.has(key))) : keys;
      if (common.size === 0) return none;
    }
    return common ?? none;
  }
}

/**
 * True when the values whose locks one way takes can be those of the other: each is reached from the other, or both ways
 * start at the same end. A value that is one of many must know by a field to which one it belongs.
 */
function belongTogether({ link: a }: LockEdge, { link: b }: LockEdge): boolean {
  if (!a || !b) return !a && !b;
  return a.base === b.base ? a.field === b.field : a.via === 'field' || b.via === 'field';
}

/** True when one who wants the lock has to wait while another holds it. */
function excludes(a: LockMode, b: LockMode): boolean {
  return a === 'write' || b === 'write';
}

/** Where the function of an edge takes the first lock, or calls what does. */
function placeOf({ unit, func, held }: LockEdge): LockSite & { func: FuncNode } {
  return { unit, func, node: (held.sites[0] as LockSite).node };
}

/** Where the function of an edge takes the second lock, or calls what does. */
export function siteOf(edge: LockEdge): LockSite {
  return edge.then.sites[0] as LockSite;
}
