/** Which nested acquisitions of locks can be on the way at the same time. */
import type { FuncNode, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { find } from '../../golang/walk.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { comesAfterEnd } from './after-end.ts';
import type { LockEdge, LockGraph } from './lock-graph.ts';
import { belongTogether, ownerKey } from './lock-links.ts';
import { identityOf, ownerOf } from './lock-paths.ts';
import type { Acquire, LockMode, LockSite, NestedAcquire } from './lock-summary.ts';
import type { MutualLinks } from './mutual-links.ts';
import { mayOverlap, runContexts } from './run-contexts.ts';

/** Levels of callers that are asked which locks they hold. */
const MAX_CALLERS = 3;

/** Decides whether two edges can be on the way at the same time. */
export class Meetings {
  private readonly known = new Map<LockEdge, Map<LockEdge, boolean>>();

  constructor(
    private readonly analysis: Analysis,
    private readonly graph: LockGraph,
    private readonly mutual: MutualLinks,
  ) {}

  /** True when the values that belong together on some ways can be the same ones on all of them. */
  concernSameValues(ways: readonly LockEdge[]): boolean {
    const links = ways.flatMap((way) => way.link ?? []);
    return belongTogether(
      links,
      (a, b) =>
        this.mutual.areKeptTogether(a, b) && !ways.some((way) => way.link && this.mutual.introduces(way.unit, [a, b])),
    );
  }

  /** True when goroutines can be on all of the ways at once, each with its first lock. */
  canMeet(ways: readonly LockEdge[]): boolean {
    const pairs = ways.flatMap((a, i) => ways.slice(i + 1).map((b) => [a, b] as const));
    return pairs.every(([a, b]) => this.canBothHold(a, b)) && this.runTogether(ways);
  }

  private canBothHold(a: LockEdge, b: LockEdge): boolean {
    let ofEdge = this.known.get(a);
    if (!ofEdge) this.known.set(a, (ofEdge = new Map()));
    let answer = ofEdge.get(b);
    if (answer === undefined) ofEdge.set(b, (answer = !this.excludeEachOther(a, b)));
    return answer;
  }

  private excludeEachOther(a: LockEdge, b: LockEdge): boolean {
    return (
      a.unit.file.isTest !== b.unit.file.isTest ||
      this.haveGate(a, b) ||
      this.isInitialiser(a, b) ||
      this.isInitialiser(b, a) ||
      comesAfterEnd(this.analysis, placeOf(a), siteOf(b)) ||
      comesAfterEnd(this.analysis, placeOf(b), siteOf(a))
    );
  }

  private runTogether(ways: readonly LockEdge[]): boolean {
    const roots = ways.flatMap((e) => [
      e.from.kind === 'local' ? ownerOf(e.held.path) : undefined,
      e.to.kind === 'local' ? ownerOf(e.then.path) : undefined,
    ]);
    const root = roots.find((r) => r !== undefined);
    return mayOverlap(
      this.analysis,
      ways.map((e) => runContexts(this.analysis, e.unit, siteOf(e).node, root && [root])),
    );
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
    const [ofA, ofB] = [this.gates(a), this.gates(b)];
    for (const [key, mode] of ofB) {
      const other = ofA.get(key);
      if (other && excludes(mode, other)) return true;
    }
    return this.isGate(ofA, b) || this.isGate(ofB, a);
  }

  /** True when one of the locks is what the other way begins with. */
  private isGate(gates: ReadonlyMap<string, LockMode>, { unit, held }: LockEdge): boolean {
    return [...this.keysOf(unit, [held])].some(([key, mode]) => excludes(mode, gates.get(key)));
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
    if (enclosingFunc(this.analysis.parents(unit), node) !== decl || isOpenToOthers(unit)) return none;
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

/** True for a function that other packages can call: an exported one, if it is a method, of an exported type. */
function isOpenToOthers({ declaration: { names, recv } }: DeclUnit): boolean {
  return isExported(names[0] ?? '') && (recv === undefined || isExported(recv));
}

/** True when one who wants the lock has to wait while another holds it. */
export function excludes(a: LockMode, b: LockMode | undefined): boolean {
  return b !== undefined && (a === 'write' || b === 'write');
}

/** Where the function of an edge takes the first lock, or calls what does. */
function placeOf({ unit, func, held }: LockEdge): LockSite & { func: FuncNode } {
  return { unit, func, node: (held.sites[0] as LockSite).node };
}

/** Where the function of an edge takes the second lock, or calls what does. */
export function siteOf(edge: NestedAcquire): LockSite {
  return edge.then.sites[0] as LockSite;
}
