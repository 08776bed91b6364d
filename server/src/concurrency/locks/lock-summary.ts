/**
 * What a function does with locks: which it holds where, which it takes while it holds others, and which it takes or
 * lets go of on behalf of its caller. Calls of functions of the package are followed. A lock counts as held where it is
 * held on every way (a forward must-analysis over the control flow graph).
 */
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';
import { type AccessPath, pathKey, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Block, ControlFlowGraph } from '../../golang/cfg.ts';
import { DECLARATION, nested, spend } from '../../golang/effort.ts';
import { visitEvaluated } from '../../golang/paths.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, walk, walkShallow } from '../../golang/walk.ts';
import { givesOwner, isOutside, literalsRun } from './around-calls.ts';
import { elementOutside } from './element-paths.ts';
import { canonicalPath, unlockedByValue } from './lock-paths.ts';

export type LockMode = 'write' | 'read';

/** A place on the way to a lock. */
export interface LockSite {
  unit: DeclUnit;
  node: Node;
}

/** A lock that is taken. The sites lead from the function at hand, by calls, to the call of `Lock`. */
export interface Acquire {
  path: AccessPath;
  mode: LockMode;
  sites: readonly LockSite[];
  /** Behind an interface, or let go of by somebody who is not followed: which lock it is, or whether it is held, cannot be told. */
  opaque: boolean;
  /** What it is called where its value comes from, for a lock that the path does not lead to. */
  name?: string;
}

/** `then` is taken while `held` is; `others` are held as well. */
export interface NestedAcquire {
  unit: DeclUnit;
  func: FuncNode;
  held: Acquire;
  then: Acquire;
  others: readonly Acquire[];
}

export interface LockSummary {
  /** Locks taken at some time. */
  acquires: readonly Acquire[];
  /** Locks that are let go of without having been taken by the function. */
  releases: readonly AccessPath[];
  /** Locks that are still held when the function has returned. */
  keeps: readonly Acquire[];
  nested: readonly NestedAcquire[];
  /** The same lock is taken by the goroutine that holds it. */
  again: readonly NestedAcquire[];
  /** Locks held at a call or a `select`. */
  heldAt: ReadonlyMap<Node, readonly Acquire[]>;
}

type Held = ReadonlyMap<string, Acquire>;

/** What a call runs. */
interface Body {
  unit: DeclUnit;
  func: FuncNode;
}

const NOTHING: LockSummary = { acquires: [], releases: [], keeps: [], nested: [], again: [], heldAt: new Map() };
/** Types of `sync` that are locks. */
export const LOCKS: ReadonlySet<string> = new Set(['Mutex', 'RWMutex', 'Locker']);
/** Calls between a function and a lock that it takes. */
const MAX_SITES = 5;
/** Locks remembered of one function. */
const MAX_ACQUIRES = 40;

/** Names of functions. */
export interface NameSet {
  has(name: string): boolean;
}

/** Names of functions of a package, so that others need not be looked at. */
export interface LockNames {
  /** Those that may take or let go of a lock, themselves or by functions they call. */
  mayLock: NameSet;
  /** Those that may return with a lock held that they have taken. */
  mayKeep: NameSet;
}

export class LockSummaries {
  private readonly known = new Map<FuncNode, LockSummary>();

  constructor(
    private readonly analysis: Analysis,
    private readonly names: LockNames,
  ) {}

  /** The summary of a function or literal; recursion is cut short. */
  of(unit: DeclUnit, func: FuncNode): LockSummary {
    const known = this.known.get(func);
    if (known) return known;
    this.known.set(func, NOTHING);
    const summary = nested(DECLARATION, NOTHING, () => this.compute(unit, func));
    this.known.set(func, summary);
    return summary;
  }

  private compute(unit: DeclUnit, func: FuncNode): LockSummary {
    if (!func.body) return NOTHING;
    return new LockFlow(this.analysis, unit, func, (u, f) => this.of(u, f), this.names);
  }
}

/**
 * The analysis of one function. What it takes and lets go of, with all that it calls, is only looked for when a caller
 * that holds a lock asks.
 */
class LockFlow implements LockSummary {
  readonly keeps: readonly Acquire[];
  readonly nested: NestedAcquire[] = [];
  readonly again: NestedAcquire[] = [];
  readonly heldAt = new Map<Node, readonly Acquire[]>();
  private readonly locks = new Map<CallExpr, { path?: AccessPath; method: string; opaque: boolean }>();
  private readonly taken = new Map<string, Acquire>();
  private readonly released = new Map<string, AccessPath>();
  private readonly before: ReadonlyMap<Block, Held>;
  /** Only where a lock may be held: most functions that are called on the way to a lock take none themselves. */
  private readonly cfg?: ControlFlowGraph;
  private recording: 'nothing' | 'nested' | 'effects' = 'nothing';
  private hasEffects = false;

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly func: FuncNode,
    private readonly summaryOf: (unit: DeclUnit, func: FuncNode) => LockSummary,
    private readonly names: LockNames,
  ) {
    const loose = unlockedByValue(analysis, unit);
    for (const c of syncCalls(analysis, unit, func, LOCKS)) {
      if (c.func !== func) continue;
      const path = loose.has(pathKey(c.path)) ? undefined : canonicalPath(analysis, unit, c.path);
      this.locks.set(c.call, { path, method: c.method, opaque: c.type === 'Locker' });
    }
    const isFree = this.locks.size === 0 && !this.callsLocker();
    this.cfg = isFree ? undefined : analysis.cfg(unit, func);
    this.before = this.cfg ? this.fixpoint(this.cfg) : new Map();
    if (this.cfg) this.record('nested');
    const atExit = this.afterDefers((this.cfg && this.before.get(this.cfg.exit)) ?? NONE);
    const opaque = givesOwner(analysis, unit, func);
    this.keeps = [...atExit.values()].map((kept) => ({ ...kept, opaque: kept.opaque || opaque }));
  }

  get acquires(): readonly Acquire[] {
    this.findEffects();
    return [...this.taken.values()].slice(0, MAX_ACQUIRES);
  }

  get releases(): readonly AccessPath[] {
    this.findEffects();
    return [...this.released.values()];
  }

  private findEffects(): void {
    if (this.hasEffects) return;
    this.hasEffects = true;
    nested(DECLARATION, undefined, () => this.record('effects'));
  }

  private record(what: 'nested' | 'effects'): void {
    this.recording = what;
    if (this.cfg)
      for (const block of this.cfg.blocks) {
        const held = this.before.get(block);
        if (held && this.cfg.reachable.has(block)) this.through(block, held);
      }
    else if (this.func.body) this.followCalls(this.func.body);
    this.recording = 'nothing';
  }

  /** Where no lock is held the order of calls does not matter. */
  private followCalls(body: Node): void {
    walkShallow(body, (n) => {
      if (n.kind === 'GoStmt') return false;
      if (n.kind === 'DeferStmt') {
        visitEvaluated(n, (x) => void (x.kind === 'CallExpr' && this.deferred(x, NONE)));
        return false;
      }
      if (n.kind === 'CallExpr') this.call(n, NONE);
      return true;
    });
  }

  /** True when a called function keeps a lock for its caller: `s.lock()`. */
  private callsLocker(): boolean {
    let found = false;
    if (this.func.body)
      walk(this.func.body, (n) => {
        if (found || n.kind === 'GoStmt') return false;
        if (n.kind !== 'CallExpr' || n.fun.kind === 'FuncLit' || !this.names.mayKeep.has(calledName(n))) return true;
        const body = this.bodyOf(n);
        found = body !== undefined && this.summaryOf(body.unit, body.func).keeps.length > 0;
        return true;
      });
    return found;
  }

  private fixpoint(cfg: ControlFlowGraph): Map<Block, Held> {
    const before = new Map<Block, Held>([[cfg.entry, NONE]]);
    const work: Block[] = [cfg.entry];
    for (let block = work.pop(); block; block = work.pop()) {
      spend(4 * (1 + block.nodes.length));
      const after = this.through(block, before.get(block) ?? NONE);
      for (const { to } of block.succs) {
        const known = before.get(to);
        const merged = known ? intersection(known, after) : after;
        if (known && merged.size === known.size) continue;
        before.set(to, merged);
        work.push(to);
      }
    }
    return before;
  }

  private through(block: Block, held: Held): Held {
    let state = held;
    for (const node of block.nodes) {
      // What `go` starts runs without the locks of its starter; a deferred call runs at the end.
      if (node.kind === 'GoStmt') continue;
      if (node.kind === 'DeferStmt') {
        const reached = state;
        if (this.recording === 'effects')
          visitEvaluated(node, (n) => void (n.kind === 'CallExpr' && this.deferred(n, reached)));
        continue;
      }
      if (node.kind === 'SelectStmt') this.note(node, state);
      const calls: CallExpr[] = [];
      visitEvaluated(node, (n) => void (n.kind === 'CallExpr' && calls.push(n)));
      // Arguments come before the call they are for.
      for (const call of calls.reverse()) state = this.call(call, state);
    }
    return state;
  }

  private call(call: CallExpr, held: Held): Held {
    spend();
    const lock = this.locks.get(call);
    if (lock) return lock.path ? this.lockCall(call, lock.path, lock.method, lock.opaque, held) : held;
    this.note(call, held);
    if (held.size > 0 || this.recording === 'effects') this.runLiterals(call, held);
    const isAsked = held.size > 0 || this.recording === 'effects' || this.names.mayKeep.has(calledName(call));
    const body = isAsked ? this.bodyOf(call) : undefined;
    if (!body) return held;
    const summary = this.summaryOf(body.unit, body.func);
    const outside = (path: AccessPath): AccessPath | undefined => this.outside(call, body.func, path);
    const after = new Map(held);
    if (held.size > 0 || this.recording === 'effects')
      for (const path of summary.releases) {
        const outer = outside(path);
        if (outer && !after.delete(pathKey(outer))) this.letGo(outer);
      }
    if (this.recording === 'effects' || (this.recording === 'nested' && after.size > 0))
      for (const a of summary.acquires) this.inlined(call, a, this.outside(call, body.func, a.path, call), after, body);
    for (const kept of summary.keeps) {
      const path = outside(kept.path);
      if (path) after.set(pathKey(path), { ...kept, path, sites: [{ unit: this.unit, node: call }, ...kept.sites] });
    }
    return after;
  }

  /** What is known to call a literal that it is given: `sort.Search`. What that takes it mostly lets go of. */
  private runLiterals(call: CallExpr, held: Held): void {
    for (const literal of literalsRun(this.analysis, this.unit, call))
      for (const a of this.summaryOf(this.unit, literal).acquires) {
        const path = isOutside(literal, a.path) ? canonicalPath(this.analysis, this.unit, a.path, call) : undefined;
        if (path) this.take({ ...a, path }, held);
      }
  }

  private note(node: Node, held: Held): void {
    if (this.recording === 'nested' && held.size > 0) this.heldAt.set(node, [...held.values()]);
  }

  /** A lock taken by a called function: for the caller it is taken at the call. */
  private inlined(call: CallExpr, acquire: Acquire, outer: AccessPath | undefined, held: Held, body?: Body): void {
    if (acquire.sites.length >= MAX_SITES) return;
    const element = outer || !body ? undefined : elementOutside(this.analysis, this.unit, call, body, acquire.path);
    const path = outer ?? (element && canonicalPath(this.analysis, this.unit, element, call));
    if (!path) return;
    const name = element ? (acquire.name ?? pathName(acquire.path)) : acquire.name;
    this.take({ ...acquire, path, name, sites: [{ unit: this.unit, node: call }, ...acquire.sites] }, held);
  }

  private lockCall(call: CallExpr, path: AccessPath, method: string, opaque: boolean, held: Held): Held {
    const key = pathKey(path);
    if (method === 'Lock' || method === 'RLock') {
      const mode = method === 'Lock' ? 'write' : 'read';
      const acquire: Acquire = { path, mode, sites: [{ unit: this.unit, node: call }], opaque };
      this.take(acquire, held);
      return new Map(held).set(key, acquire);
    }
    if (method !== 'Unlock' && method !== 'RUnlock') return held;
    if (!held.has(key)) this.letGo(path);
    return new Map([...held].filter(([other]) => other !== key));
  }

  private letGo(path: AccessPath): void {
    if (this.recording === 'effects') this.released.set(pathKey(path), path);
  }

  private take(acquire: Acquire, held: Held): void {
    const key = pathKey(acquire.path);
    const id = `${key}|${acquire.mode}`;
    if (this.recording === 'effects' && !this.taken.has(id)) this.taken.set(id, acquire);
    if (this.recording !== 'nested') return;
    const [all, own] = [[...held.values()], held.get(key)];
    const { unit, func } = this;
    // Taken twice by one goroutine: no matter of order.
    for (const h of own ? [own] : all)
      (own ? this.again : this.nested).push({ unit, func, held: h, then: acquire, others: all.filter((o) => o !== h) });
  }

  /**
   * A deferred call runs before the function returns to its caller: the caller sees what it takes, and what it lets go of that
   * the function has not taken itself.
   */
  private deferred(call: CallExpr, held: Held): void {
    const lock = this.locks.get(call);
    if (lock) {
      if (lock.path && /^R?Unlock$/.test(lock.method)) this.letGoOfCallers(lock.path, held);
      return;
    }
    const body = this.bodyOf(call);
    if (!body) return;
    const outside = (path: AccessPath): AccessPath | undefined => this.outside(call, body.func, path);
    const summary = this.summaryOf(body.unit, body.func);
    for (const a of summary.acquires) {
      const path = outside(a.path);
      if (path) this.inlined(call, a, path, NONE);
    }
    for (const released of summary.releases) {
      const path = outside(released);
      if (path) this.letGoOfCallers(path, held);
    }
  }

  /** What a path of a called function is for this one. */
  private outside(call: CallExpr, func: FuncNode, path: AccessPath, until?: Node): AccessPath | undefined {
    const outer = pathOutside(this.analysis, this.unit, call, func, path);
    return outer && canonicalPath(this.analysis, this.unit, outer, until);
  }

  private letGoOfCallers(path: AccessPath, held: Held): void {
    const key = pathKey(path);
    const isOwn = [...this.locks.values()].some((l) => /Lock$/.test(l.method) && l.path && pathKey(l.path) === key);
    if (!isOwn && !held.has(key)) this.letGo(path);
  }

  private afterDefers(held: Held): Held {
    if (held.size === 0 || !this.func.body) return held;
    const after = new Map(held);
    walkShallow(this.func.body, (n) => {
      if (n.kind !== 'DeferStmt' || n.call.kind !== 'CallExpr') return;
      const lock = this.locks.get(n.call);
      if (lock?.path) after.delete(pathKey(lock.path));
      const body = lock ? undefined : this.bodyOf(n.call);
      // A deferred call that is not understood may let go of everything.
      if (!lock && !body) after.clear();
      if (!body) return;
      for (const path of this.summaryOf(body.unit, body.func).releases) {
        const canonical = this.outside(n.call, body.func, path);
        if (canonical) after.delete(pathKey(canonical));
      }
    });
    return after;
  }

  /** What a call runs, when that may have to do with locks. */
  private bodyOf(call: CallExpr): Body | undefined {
    const isNamed = call.fun.kind === 'SelectorExpr' || (call.fun.kind === 'Ident' && !call.fun.obj);
    if (isNamed && !this.names.mayLock.has(calledName(call))) return undefined;
    const c = this.analysis.callee(this.unit, call);
    if (c.literal) return { unit: this.unit, func: c.literal };
    const name = c.name.slice(c.name.lastIndexOf('.') + 1);
    if ((c.kind !== 'func' && c.kind !== 'method') || c.dynamic || !this.names.mayLock.has(name)) return undefined;
    return c.own && { unit: c.own.unit, func: c.own.decl };
  }
}

const NONE: Held = new Map();

function intersection(a: Held, b: Held): Held {
  return new Map([...a].filter(([key]) => b.has(key)));
}
