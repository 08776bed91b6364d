/**
 * Functions of the package that hand a resource to their caller: `return http.Get(url)`, or a response that was opened,
 * looked at and returned. Calling one acquires the resource just as calling the library does.
 */
import type { Expr, FuncDecl, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Acquires } from './api/facts.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { CARRIED, type Carried, carriedAtOnce, carriedBy, ENDED, hasCarriers } from './carriers.ts';
import { nodesAfter } from './cfg-reach.ts';
import { DECLARATION, nested } from './effort.ts';
import { onlyGiver } from './given-by-interface.ts';
import { heldByStruct } from './held-by-struct.ts';
import { findUnreleasedPath } from './paths.ts';
import { type Answer, answered } from './reads.ts';
import { readToEnd } from './read-to-end.ts';
import { type Acquisition, allAcquisitions, cfgNode, releaseSearch, releaseSpec } from './resources.ts';
import { useEffect } from './uses.ts';
import { deref, isContext, isErrorType, type NamedType, type Type } from './types.ts';
import { contains, isNil, unparen, walkShallow } from './walk.ts';

/** A resource that a result of a function holds. */
export interface ReturnedResource {
  acquires: Acquires;
  /** Qualified name of the known function that acquires it. */
  origin: string;
}

const NONE: readonly ReturnedResource[] = [];

export class AcquireSummaries {
  private readonly known = new WeakMap<FuncDecl, Answer<readonly ReturnedResource[]>>();

  constructor(private readonly analysis: Analysis) {}

  /** What the caller of a function has to release; empty when nothing is known. */
  ofCall(c: Callee): readonly ReturnedResource[] {
    const { signature } = c;
    // Most results are no resources, and the body need not be parsed to see that.
    if (
      signature?.kind === 'func' &&
      !signature.results.some((t) => this.mayHold(t, ({ pkg }) => isIn(pkg, c)) || this.mayCarry(t))
    )
      return NONE;
    const visible = c.visible ?? onlyGiver(this.analysis, c);
    const found = visible ? this.results(visible) : NONE;
    if (visible?.unit.pkg.origin !== 'imported') return found;
    // What another package ends by itself, such as a context, is nothing that its callers see.
    return found.filter(({ acquires }) => !acquires.carried || !ENDED.has(acquires.kind));
  }

  /** The same for a function. Recursive ones return nothing. */
  results(f: VisibleFunc): readonly ReturnedResource[] {
    if (f.decl.type.results.length === 0 || !f.decl.body) return NONE;
    return answered(this.known, f.decl, NONE, () => nested(DECLARATION, NONE, () => this.compute(f)));
  }

  private compute(f: VisibleFunc): readonly ReturnedResource[] {
    const returns = returnsOf(f.decl);
    if (returns.length === 0) return NONE;
    const types = this.analysis.types.signature(f.unit, f.decl.type).results;
    if (!types.some((t) => this.mayHold(t, ({ pkg }) => pkg === f.unit.pkg.path) || this.mayCarry(t))) return NONE;
    const found: ReturnedResource[] = [];
    for (const a of allAcquisitions(this.analysis, f.unit)) {
      if (a.func !== f.decl) continue;
      const returned = this.returned(a, returns, types);
      if (returned && returns.some((r) => isOwnFunction(a, r.results[returned.acquires.result]))) continue;
      if (returned && !found.some((r) => isSameResource(r, returned))) found.push(returned);
    }
    return found;
  }

  /** Quick: resources are functions, or of types that other packages declare. */
  private mayHold(type: Type, isOwn: (t: NamedType) => boolean): boolean {
    const t = deref(type);
    if (t.kind === 'func') return true;
    if (t.kind !== 'named' || t.pkg === '' || isOwn(t) || isContext(t)) return false;
    return this.analysis.types.underlying(t).kind !== 'basic';
  }

  /** Quick: a struct of a package of the workspace some function of which fills it with a resource. */
  private mayCarry(type: Type): boolean {
    const t = deref(type);
    if (t.kind !== 'named' || t.local) return false;
    const pkg = this.analysis.program.package(t.pkg);
    return pkg !== undefined && !pkg.isStub && hasCarriers(pkg) && this.analysis.types.underlying(t).kind === 'struct';
  }

  private returned(
    a: Acquisition,
    returns: readonly ReturnStmt[],
    types: readonly Type[],
  ): ReturnedResource | undefined {
    const direct = returns.find((r) => r.results.some((x) => unparen(x) === a.call));
    if (direct) return this.fromCall(a, direct, types);
    if (a.destination.kind !== 'variable') return this.carriedAtOnce(a, returns, types);
    const { object } = a.destination;
    if (this.isFilledAnew(a, object)) return undefined;
    for (const r of returns)
      for (const [index, x] of r.results.entries()) {
        const via = viaOf(x, a, object);
        if (via === undefined || !reaches(this.analysis, a, r) || this.mayBeReleased(a, r, object)) continue;
        return this.resource(a, index, via === 'field', types);
      }
    return this.carried(a, object, returns, types);
  }

  /** A result that has it in a field, on every way on which it is returned at all. */
  private carried(
    a: Acquisition,
    object: LocalObject,
    returns: readonly ReturnStmt[],
    types: readonly Type[],
  ): ReturnedResource | undefined {
    const found = CARRIED.has(a.acquires.kind) ? carriedAt(this.analysis, a, returns) : undefined;
    return found && !this.mayBeReleased(a, found.at, object) ? this.inField(a, found, types) : undefined;
  }

  private inField(a: Acquisition, { index, field }: Carried, types: readonly Type[]): ReturnedResource | undefined {
    const resource = this.resource({ ...a, acquires: { ...a.acquires, via: field } }, index, false, types);
    return resource && { ...resource, acquires: { ...resource.acquires, carried: true } };
  }

  /** The same for a struct that has it without a variable in between. */
  private carriedAtOnce(
    a: Acquisition,
    returns: readonly ReturnStmt[],
    types: readonly Type[],
  ): ReturnedResource | undefined {
    if (!ENDED.has(a.acquires.kind) || a.acquires.via !== undefined) return undefined;
    const held = heldByStruct(this.analysis, a);
    const by = held ?? a;
    const at = returns.find((r) => carriedAtOnce(this.analysis, by, r));
    const found = at && carriedAtOnce(this.analysis, by, at);
    if (!at || !found) return undefined;
    const isSame = ({ results }: ReturnStmt): boolean => {
      const result = results[found.index];
      return result !== undefined && isNil(result);
    };
    const others = returns.filter((r) => !carriedAtOnce(this.analysis, by, r));
    if (!others.every(isSame)) return undefined;
    if (held && (!reaches(this.analysis, held, at) || this.mayBeReleased(held, at, held.destination.object)))
      return undefined;
    return this.inField(a, found, types);
  }

  /** `return http.Get(url)` returns what the call does; in `return time.NewTicker(d), nil` the call is one of the values. */
  private fromCall(a: Acquisition, r: ReturnStmt, types: readonly Type[]): ReturnedResource | undefined {
    if (r.results.length === 1) return this.resource(a, a.acquires.result, false, types);
    const index = r.results.findIndex((x) => unparen(x) === a.call);
    return a.acquires.result === 0 && a.acquires.error === undefined
      ? this.resource(a, index, false, types)
      : undefined;
  }

  private resource(
    a: Acquisition,
    index: number,
    field: boolean,
    types: readonly Type[],
  ): ReturnedResource | undefined {
    const type = types[index];
    const { via, error, carried, ...rest } = a.acquires;
    const kept = field ? undefined : via;
    if (!type || !this.canRelease(type, kept ?? a.acquires.release[0])) return undefined;
    const errorIndex = types.findIndex(isErrorType);
    return {
      acquires: {
        ...rest,
        result: index,
        ...(errorIndex >= 0 ? { error: errorIndex } : {}),
        ...(kept === undefined ? {} : { via: kept }),
        ...(kept !== undefined && carried ? { carried } : {}),
      },
      origin: a.origin,
    };
  }

  private canRelease(type: Type, member: string | undefined): boolean {
    if (member === undefined) return false;
    if (member === '()') return this.analysis.types.underlying(type).kind === 'func' || type.kind === 'named';
    return this.analysis.types.members.find(type, member) !== undefined;
  }

  /**
   * True when the field that is released gets something else on some way, such as a body read into memory: whether there is
   * anything left to release is not for the caller to tell. What is wrapped around the old value has to be released as that had.
   */
  private isFilledAnew(a: Acquisition, object: LocalObject): boolean {
    const { via } = a.acquires;
    if (via === undefined) return false;
    const parents = this.analysis.parents(a.unit);
    const mentions = (n: Node): boolean => object.uses.some((use) => contains(n, use));
    return object.uses.some((use) => {
      const field = parents.get(use);
      const stmt = field?.kind === 'SelectorExpr' && field.sel.name === via ? parents.get(field) : undefined;
      if (stmt?.kind !== 'AssignStmt' || !stmt.lhs.some((l) => l === field)) return false;
      if (stmt.rhs.some(mentions)) return false;
      const value = stmt.lhs.length === stmt.rhs.length ? stmt.rhs[stmt.lhs.findIndex((l) => l === field)] : undefined;
      const wrapper = value && unparen(value);
      return !(wrapper?.kind === 'Ident' && wrapper.obj && mentions(wrapper.obj.declNode));
    });
  }

  /** True when it is returned on some way on which it has been released, or read to its end: whether there is anything left to do is not for the caller to tell. */
  private mayBeReleased(a: Acquisition, r: ReturnStmt, object: LocalObject): boolean {
    const { analysis } = this;
    const cfg = analysis.cfg(a.unit, a.func);
    const spec = releaseSpec(a.acquires);
    // What is acquired anew in the next turn of a loop is not what was released in the last one.
    const start = a.stmt && cfgNode(cfg.where, analysis.parents(a.unit), a.stmt);
    return object.uses.some((use) => {
      const node = cfgNode(cfg.where, analysis.parents(a.unit), use);
      if (!node || node === r || !nodesAfter(cfg, node, start).has(r)) return false;
      return (
        useEffect(analysis, a.unit, use, object, spec) === 'release' || readToEnd(analysis, a.unit, use) !== undefined
      );
    });
  }
}

/** True for what is told of together: of several resources of a result one is enough. */
function isSameResource({ acquires: a }: ReturnedResource, { acquires: b }: ReturnedResource): boolean {
  const isApart = a.carried && b.carried && a.kind !== b.kind && (ENDED.has(a.kind) || ENDED.has(b.kind));
  return a.result === b.result && !isApart;
}

/** True when the return statement can be reached with the resource still open and in nobody else's hands. */
function reaches(analysis: Analysis, a: Acquisition, r: ReturnStmt): boolean {
  const search = releaseSearch(analysis, a, false, r);
  if (!search) return false;
  const path = findUnreleasedPath({
    ...search,
    effect: (n: Node) => (n === r ? 'none' : n.kind === 'ReturnStmt' ? 'settled' : search.effect(n)),
  });
  return path?.end === 'return' && path.node === r;
}

/** The return by which a struct with the acquired value is given to the caller; undefined where another struct is returned as well. */
function carriedAt(
  analysis: Analysis,
  a: Acquisition,
  returns: readonly ReturnStmt[],
): (Carried & { at: ReturnStmt }) | undefined {
  for (const at of returns) {
    const found = carriedBy(analysis, a, at);
    if (!found || !reaches(analysis, a, at)) continue;
    // What is in another struct may be somebody else's.
    const isSame = (other: ReturnStmt): boolean => {
      const result = other.results[found.index];
      return (result && isNil(result)) || carriedBy(analysis, a, other)?.field === found.field;
    };
    return returns.every(isSame) ? { ...found, at } : undefined;
  }
  return undefined;
}

/** The field of a type of the package in which the function of an acquisition gives it to its caller. */
export function carriedOut(analysis: Analysis, a: Acquisition): { owner: NamedType; name: string } | undefined {
  if (a.func.kind !== 'FuncDecl') return undefined;
  const found = carriedAt(analysis, a, returnsOf(a.func));
  const result = found && analysis.types.signature(a.unit, a.func.type).results[found.index];
  const owner = result && deref(result);
  return found && owner?.kind === 'named' && owner.pkg === a.unit.pkg.path ? { owner, name: found.field } : undefined;
}

/** True for the package in which a callee is declared. */
function isIn(pkg: string, { name }: Callee): boolean {
  return name.startsWith(`${pkg}.`) && !name.slice(pkg.length).includes('/');
}

/**
 * True for a literal that does something, but nothing with what was acquired: where a function hands out this at times and a
 * cancel function at others, which of them a caller gets is not known.
 */
function isOwnFunction({ destination }: Acquisition, result: Expr | undefined): boolean {
  const x = result && unparen(result);
  if (x?.kind !== 'FuncLit' || x.body.stmts.length === 0) return false;
  const object = destination.kind === 'variable' ? destination.object : undefined;
  return !object?.uses.some((use) => contains(x, use));
}

/** Which part of the acquired value an expression is: all of it, or the field that is released. */
function viaOf(expr: Expr, a: Acquisition, object: object): 'value' | 'field' | undefined {
  const x = unparen(expr);
  if (x.kind === 'Ident') return x.obj === object ? 'value' : undefined;
  if (x.kind !== 'SelectorExpr' || a.acquires.via === undefined || x.sel.name !== a.acquires.via) return undefined;
  const base = unparen(x.x);
  return base.kind === 'Ident' && base.obj === object ? 'field' : undefined;
}

function returnsOf(decl: FuncDecl): ReturnStmt[] {
  const found: ReturnStmt[] = [];
  if (decl.body) walkShallow(decl.body, (n) => void (n.kind === 'ReturnStmt' && n.results.length > 0 && found.push(n)));
  return found;
}
