/**
 * Locks that a goroutine takes again by way of code that is called indirectly: a store tells its hooks of a change before it unlocks, and
 * a hook asks the store; a price list runs its rules while it is locked, and a rule looks a price up.
 */
import { type AccessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perAnalysedPackage } from '../../golang/per-package.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, unparen, walkShallow } from '../../golang/walk.ts';
import type { CallExpr, FuncNode } from '../../syntax/ast.ts';
import { leadsBack } from './back-paths.ts';
import { leadsOnFreely } from './free-ways.ts';
import { type IndirectAcquire, IndirectCalls, withElements } from './indirect-calls.ts';
import { ownerKey } from './lock-links.ts';
import { canonicalPath, identityOf } from './lock-paths.ts';
import { type Acquire, type LockSite, LockSummaries, type NestedAcquire } from './lock-summary.ts';
import { functionsOf, indirectCallersOf } from './lockers.ts';
import { writerOf } from './read-in-read.ts';
import { type HeldAt, takenOnReturn } from './returning-locks.ts';
import type { Home } from './value-homes.ts';

/** A lock taken again by what is called with it held: indirectly, or on a value that leads back to the one with the lock. */
export interface IndirectLock {
  unit: DeclUnit;
  held: Acquire;
  /** From the call that is made with the lock held to the one that takes it again; `given` is where an indirect call gets what it calls. */
  then: Acquire & { call: LockSite; given?: LockSite };
  /** Where somebody asks to write, for a lock that is taken for reading both times. */
  writer?: LockSite;
}

/** A lock that an indirect call takes while another is held. */
export interface IndirectNested extends NestedAcquire {
  then: IndirectAcquire;
}

/** Calls between the one with the lock held and the one that takes it again. */
const MAX_SITES = 6;

interface Found {
  again: IndirectLock[];
  nested: IndirectNested[];
}

const NOTHING: Found = { again: [], nested: [] };

/** The locks of a package that are taken again behind indirect calls. */
export function indirectLocks(analysis: Analysis, pkg: GoPackage): readonly IndirectLock[] {
  return behindCalls(analysis, pkg).again;
}

/** The locks that indirect calls take while others are held. */
export function indirectlyNested(analysis: Analysis, pkg: GoPackage): readonly IndirectNested[] {
  return behindCalls(analysis, pkg).nested;
}

const behindCalls = perAnalysedPackage(NOTHING, (analysis, pkg) => new Search(analysis, pkg).found());

class Search {
  private readonly lockers;
  private readonly summaries: LockSummaries;
  private readonly indirect: IndirectCalls;
  private readonly wanted = new Map<FuncNode, readonly IndirectAcquire[]>();

  constructor(
    private readonly analysis: Analysis,
    private readonly pkg: GoPackage,
  ) {
    this.lockers = indirectCallersOf(pkg);
    this.summaries = new LockSummaries(analysis, this.lockers.names);
    this.indirect = new IndirectCalls(analysis, pkg, this.summaries, this.lockers);
  }

  found(): Found {
    const { names, nesting, returning } = this.lockers;
    const found: Found = { again: [], nested: [] };
    const own = new LockSummaries(this.analysis, { mayLock: names.mayKeep, mayKeep: names.mayKeep });
    const [indirect, returns] = [new Set(nesting), new Set(returning)];
    for (const member of new Set([...nesting, ...returning])) {
      const unit = this.pkg.unit(member);
      if (unit.hasError) continue;
      for (const func of functionsOf(unit))
        for (const [call, held] of own.of(unit, func).heldAt) {
          if (call.kind !== 'CallExpr') continue;
          const behind = indirect.has(member) ? this.at(unit, call) : [];
          for (const then of behind) {
            found.again.push(...this.takenAgain(unit, func, held, then));
            for (const h of held) found.nested.push({ unit, func, held: h, then, others: held.filter((o) => o !== h) });
          }
          if (returns.has(member)) found.again.push(...this.onReturn({ unit, func, call, held }));
        }
    }
    return found;
  }

  private onReturn(at: HeldAt): IndirectLock[] {
    const { unit, call } = at;
    return takenOnReturn(this.analysis, at, this.summaries).map(({ held, then }) => ({
      unit,
      held,
      then: { ...then, call: { unit, node: call } },
    }));
  }

  /** The locks that a call takes behind an indirect call: itself, or by functions of the package. */
  private at(unit: DeclUnit, call: CallExpr): readonly IndirectAcquire[] {
    const direct = this.indirect.acquires(unit, call);
    if (direct.length > 0 || !this.lockers.mayCall.has(calledName(call))) return direct;
    const callee = this.analysis.callee(unit, call);
    const own = callee.dynamic ? undefined : callee.own;
    if (!own || own.unit.pkg !== this.pkg) return [];
    // What lets go of a lock first, or for a while, may do so for the call.
    const wanted = this.of(own.unit, own.decl);
    if (wanted.length === 0 || this.summaries.of(own.unit, own.decl).releases.length > 0) return [];
    return wanted.flatMap((w): IndirectAcquire[] => {
      const outer = w.sites.length < MAX_SITES ? pathOutside(this.analysis, unit, call, own.decl, w.path) : undefined;
      const path = typeof w.path.root === 'string' ? w.path : outer;
      if (!leadsOnFreely(this.analysis, w)) return [];
      const sites = [{ unit, node: call }, ...w.sites];
      if (path) return [{ ...w, path, sites, bound: w.bound?.call === call ? w.bound : undefined }];
      // A literal is written down in the call and has no path.
      return w.bound?.call === call ? [{ ...w, homes: [], sites }] : [];
    });
  }

  private of(unit: DeclUnit, func: FuncNode): readonly IndirectAcquire[] {
    const known = this.wanted.get(func);
    if (known) return known;
    this.wanted.set(func, []);
    const found: IndirectAcquire[] = [];
    if (func.body)
      walkShallow(func.body, (n) => {
        if (n.kind === 'GoStmt') return false;
        if (n.kind === 'CallExpr') found.push(...this.at(unit, n));
        return true;
      });
    this.wanted.set(func, found);
    return found;
  }

  private takenAgain(unit: DeclUnit, func: FuncNode, held: readonly Acquire[], then: IndirectAcquire): IndirectLock[] {
    const paths = this.pathsOf(unit, then);
    // What is given to the function that is called may lead back: each session of a table knows the table.
    const isSame = (h: Acquire, path: AccessPath): boolean =>
      pathKey(path) === pathKey(h.path) ||
      (!then.homes &&
        leadsBack(this.analysis, { unit, func, held: h, then: { ...then, path }, others: [] }, this.summaries));
    return held.flatMap((h) => {
      if (h.opaque || !paths.some((path) => isSame(h, path))) return [];
      if (h.mode === 'write' || then.mode === 'write') return [{ unit, held: h, then }];
      // Another lock that is held may keep the writers away.
      const key = held.length === 1 ? identityOf(this.analysis, unit, h.path)?.key : undefined;
      const writer = key === undefined ? undefined : writerOf(this.analysis, this.pkg, key);
      return writer ? [{ unit, held: h, then, writer }] : [];
    });
  }

  /** The locks that it may be, as the function names them. */
  private pathsOf(unit: DeclUnit, { path, homes, sites }: IndirectAcquire): AccessPath[] {
    if (!homes) {
      const canonical = typeof path.root === 'string' ? path : canonicalPath(this.analysis, unit, path, sites[0]?.node);
      return canonical ? [canonical] : [];
    }
    const from = withElements(this.analysis, unit, path);
    return homes.flatMap((home) => (this.isCalledOn(unit, home) ? (this.seenFrom(unit, from, home) ?? []) : []));
  }

  /** False for a method that the package calls on what other fields hold, and never on what the one holds that leads to the lock. */
  private isCalledOn(unit: DeclUnit, { lock }: Home): boolean {
    const { decl } = unit;
    const field = lock.fields.at(-2);
    if (decl.kind !== 'FuncDecl' || !decl.recv || field === undefined || isExported(field)) return true;
    const calls = mentionsOf(this.analysis, unit, decl).filter((m) => !m.unit.file.isTest);
    return (
      calls.length === 0 ||
      calls.some(({ call }) => {
        const x = call?.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
        return x?.kind !== 'SelectorExpr' || x.sel.name === field;
      })
    );
  }

  /** A lock, from where the value is taken that is kept at a place beside it. */
  private seenFrom(unit: DeclUnit, from: AccessPath, { unit: at, path, lock }: Home): AccessPath | undefined {
    if (at === unit && pathKey(path) === pathKey(from)) return canonicalPath(this.analysis, unit, lock);
    if (path.root !== lock.root) return undefined;
    let common = 0;
    while (common < lock.fields.length - 1 && path.fields[common] === lock.fields[common]) common++;
    const [way, rest] = [path.fields.slice(common), lock.fields.slice(common)];
    const start = from.fields.length - way.length;
    if (way.length === 0 || start < 0 || way.some((step, i) => from.fields[start + i] !== step)) return undefined;
    const outer = { root: from.root, fields: [...from.fields.slice(0, start), ...rest] };
    const owner = ownerKey(this.analysis, at, lock);
    if (owner === undefined || owner !== ownerKey(this.analysis, unit, outer)) return undefined;
    return canonicalPath(this.analysis, unit, outer);
  }
}
