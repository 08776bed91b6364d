/**
 * Functions that have been put into a field of a value and are called from there with a lock held, though they take that lock themselves: a
 * store tells its hooks of a change before it unlocks, and a hook asks the store.
 */
import { accessPath, type AccessPath, pathKey, prefixDepth } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { DECLARATION, nested } from '../../golang/effort.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { GoPackage } from '../../golang/package.ts';
import { findUnreleasedPath } from '../../golang/paths.ts';
import { type Answer, remembered } from '../../golang/reads.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node, SelectorExpr } from '../../syntax/ast.ts';
import { canonicalPath } from './lock-paths.ts';
import { type Acquire, type LockSite, LockSummaries } from './lock-summary.ts';
import { functionsOf, hookCallersOf } from './lockers.ts';

/** A call by way of a field, with a lock held that the function takes. */
export interface LockedHook {
  unit: DeclUnit;
  call: CallExpr;
  held: Acquire;
  /** As the function takes it: on every way through it. */
  then: Acquire;
  /** Where the function is given. */
  given: LockSite;
}

/** A field that holds functions: of which value, for a call or where one is put into it. */
interface Holder {
  field: SelectorExpr;
  /** The value that has the field. */
  value: AccessPath;
}

const known = new WeakMap<Analysis, Map<GoPackage, Answer<LockedHook[]>>>();

/** The functions of a package that are called with a lock held which they take. */
export function lockedHooks(analysis: Analysis, pkg: GoPackage): readonly LockedHook[] {
  let ofPackage = known.get(analysis);
  if (!ofPackage) known.set(analysis, (ofPackage = new Map()));
  return remembered(ofPackage, pkg, () => nested(DECLARATION, [], () => new Search(analysis, pkg).found()));
}

class Search {
  private readonly lockers;

  constructor(
    private readonly analysis: Analysis,
    private readonly pkg: GoPackage,
  ) {
    this.lockers = hookCallersOf(pkg);
  }

  found(): LockedHook[] {
    const { names, nesting } = this.lockers;
    const found: LockedHook[] = [];
    const own = new LockSummaries(this.analysis, { mayLock: names.mayKeep, mayKeep: names.mayKeep });
    const all = new LockSummaries(this.analysis, names);
    for (const member of nesting) {
      const unit = this.pkg.unit(member);
      if (unit.hasError || unit.file.isTest) continue;
      for (const func of functionsOf(unit))
        for (const [call, held] of own.of(unit, func).heldAt) {
          const holder = call.kind === 'CallExpr' ? this.holderOf(unit, call) : undefined;
          if (!holder || call.kind !== 'CallExpr') continue;
          const hook = this.lockingHook(unit, holder, held, all);
          if (hook) found.push({ unit, call, ...hook });
        }
    }
    return found;
  }

  /** The field that a called function comes from: `s.hook()`, and `f` of `for _, f := range s.hooks`. */
  private holderOf(unit: DeclUnit, call: CallExpr): Holder | undefined {
    if (this.analysis.callee(unit, call).kind !== 'value') return undefined;
    let x = unparen(call.fun);
    if (x.kind === 'Ident' && x.obj) x = unparen(originOf(x.obj) ?? x);
    if (x.kind === 'IndexExpr') x = unparen(x.x);
    if (x.kind !== 'SelectorExpr') return undefined;
    const value = accessPath(x.x);
    const canonical = value && canonicalPath(this.analysis, unit, value);
    return canonical && { field: x, value: canonical };
  }

  /** A function in the field that takes, whatever happens, one of the locks that are held where it is called. */
  private lockingHook(
    unit: DeclUnit,
    holder: Holder,
    held: readonly Acquire[],
    summaries: LockSummaries,
  ): Omit<LockedHook, 'unit' | 'call'> | undefined {
    const s = this.analysis.types.members.selector(unit, holder.field);
    const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(this.analysis, unit, s.owner, s.name) : undefined;
    for (const h of held) {
      if (h.opaque || prefixDepth(holder.value, h.path) === undefined) continue;
      const lock = h.path.fields.slice(holder.value.fields.length);
      for (const { unit: at, node } of mentions ?? []) {
        if (at.file.isTest || node.kind !== 'SelectorExpr') continue;
        for (const given of this.givenTo(at, node)) {
          const then = this.takes(given, lock, summaries);
          if (then && (h.mode === 'write' || then.mode === 'write')) return { held: h, then, given: given.site };
        }
      }
    }
    return undefined;
  }

  /** What is put into a field: at a place, or by those who call the method that does so with its argument. */
  private givenTo(unit: DeclUnit, field: SelectorExpr): Given[] {
    const parents = this.analysis.parents(unit);
    const index = parents.get(field);
    const target = index?.kind === 'IndexExpr' && index.x === field ? index : field;
    const stmt = parents.get(target);
    const base = accessPath(field.x);
    if (stmt?.kind !== 'AssignStmt' || !stmt.lhs.some((l) => l === target) || !base) return [];
    const value = givenValue(stmt, target as Expr);
    const append = value && asCall(value);
    const values =
      append && this.analysis.callee(unit, append).name === 'append' ? append.args.slice(1) : value ? [value] : [];
    return values.flatMap((x) => {
      const param = unparen(x);
      if (param.kind !== 'Ident' || param.obj?.role !== 'param')
        return [{ unit, value: x, base, site: { unit, node: stmt } }];
      return this.argumentsFor(unit, param.obj, base);
    });
  }

  /** The arguments for a parameter of a method that puts it into its own value. */
  private argumentsFor(unit: DeclUnit, param: LocalObject, base: AccessPath): Given[] {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || param.writes.length > 0 || base.root !== decl.recv?.names[0]?.obj) return [];
    const i = flattenFields(decl.type.params).findIndex((p) => p.name?.obj === param && !p.variadic);
    return mentionsOf(this.analysis, unit, decl).flatMap(({ unit: at, call }) => {
      const value = call?.args[i];
      const outer = call?.fun.kind === 'SelectorExpr' ? accessPath(call.fun.x) : undefined;
      if (!call || !value || !outer || at.file.isTest) return [];
      return [
        {
          unit: at,
          value,
          base: { root: outer.root, fields: [...outer.fields, ...base.fields] },
          site: { unit: at, node: call },
        },
      ];
    });
  }

  /** The lock of the value that a function is given to, where the function takes it on every way. */
  private takes(given: Given, lock: readonly string[], summaries: LockSummaries): Acquire | undefined {
    const { unit, base } = given;
    const x = unparen(given.value);
    const path = canonicalPath(this.analysis, unit, { root: base.root, fields: [...base.fields, ...lock] });
    if (!path) return undefined;
    const find = (
      at: DeclUnit,
      func: FuncNode,
      outside: (p: AccessPath) => AccessPath | undefined,
    ): Acquire | undefined =>
      summaries.of(at, func).acquires.find((a) => {
        const outer = a.opaque ? undefined : outside(a.path);
        return outer && pathKey(outer) === pathKey(path) && a.sites.every((s) => this.isOnEveryWay(s));
      });
    if (x.kind === 'FuncLit') return find(unit, x, (p) => p);
    if (x.kind !== 'SelectorExpr') return undefined;
    const s = this.analysis.types.members.selector(unit, x);
    const method = s?.kind === 'method' && !s.dynamic && s.pkg && s.member ? s.pkg.unit(s.member) : undefined;
    const value = accessPath(x.x);
    if (method?.decl.kind !== 'FuncDecl' || method.hasError || method.pkg !== this.pkg || !value) return undefined;
    const receiver = method.decl.recv?.names[0]?.obj;
    return find(method, method.decl, (p) => (p.root === receiver ? this.seenFrom(unit, value, p.fields) : undefined));
  }

  /** A path from a value, where a struct has just been made of others by those: `e.store.mu` is `store.mu` for `e := &T{store: store}`. */
  private seenFrom(unit: DeclUnit, value: AccessPath, fields: readonly string[]): AccessPath | undefined {
    const { root } = value;
    const made = typeof root === 'string' || value.fields.length > 0 ? undefined : onlyValue(root);
    const x = made && unparen(made);
    const lit = x?.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
    if (lit?.kind === 'CompositeLit')
      for (const e of lit.elts)
        if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === fields[0]) {
          const of = accessPath(e.value);
          const path = of && { root: of.root, fields: [...of.fields, ...fields.slice(1)] };
          return path && canonicalPath(this.analysis, unit, path);
        }
    return canonicalPath(this.analysis, unit, { root, fields: [...value.fields, ...fields] });
  }

  /** True when a function comes to a place however it goes. */
  private isOnEveryWay({ unit, node }: LockSite): boolean {
    const parents = this.analysis.parents(unit);
    const func = enclosingFunc(parents, node);
    const cfg = func && this.analysis.cfg(unit, func);
    const at = cfg && cfgNode(cfg.where, parents, node);
    if (!func || !at || at.kind === 'DeferStmt' || at.kind === 'GoStmt') return false;
    const around = findUnreleasedPath({
      unit,
      cfg,
      effect: (n) => (n === at ? 'settled' : 'none'),
      facts: new Map(),
      written: this.analysis.writtenPaths(unit, func),
    });
    return around === undefined;
  }
}

/** A function that is put into a field of the value at `base`. */
interface Given {
  unit: DeclUnit;
  value: Expr;
  base: AccessPath;
  site: LockSite;
}

/** What a variable is an element or a copy of. */
function originOf(object: LocalObject): Expr | undefined {
  if (object.writes.length > 0) return undefined;
  const decl: Node = object.declNode;
  return decl.kind === 'RangeStmt' ? decl.x : onlyValue(object);
}
