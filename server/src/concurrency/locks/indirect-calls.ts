/**
 * Calls of functions that a field holds, and of methods by an interface of the package: which functions of the package they may run, as
 * far as the package itself says, and which locks these take.
 */
import type { CallExpr, Expr, FuncNode, LocalObject, Node, SelectorExpr } from '../../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported, isOpenToOthers } from '../../golang/exported.ts';
import { functionValue } from '../../golang/function-values.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue, isNewStruct, onlyValue } from '../../golang/only-value.ts';
import type { GoPackage } from '../../golang/package.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import { deref, type NamedType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, contains, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import { ELEMENT } from './element-paths.ts';
import { canonicalPath } from './lock-paths.ts';
import { leadsOnFreely } from './free-ways.ts';
import type { Acquire, LockSite, LockSummaries } from './lock-summary.ts';
import { entryOf, sourcesIn } from './field-sources.ts';
import { addSources, type Home, homesOf, type Sources } from './value-homes.ts';

/** Variables that stand for others, one after the other. */
const MAX_COPIES = 4;

/** A lock that an indirect call may take. */
export interface IndirectAcquire extends Acquire {
  /** The indirect call itself. */
  call: LockSite;
  /** Where the function or value comes from that is called. */
  given: LockSite;
  /** Present where the lock is told from where that is kept: then the path leads there. */
  homes?: readonly Home[];
  /** Present where a parameter is called: the call that gives it the function, and the lock as the caller names it. */
  bound?: Bound;
}

/** A call that gives a function for a parameter, and the lock which that takes. */
export interface Bound {
  unit: DeclUnit;
  call: CallExpr;
  lock: AccessPath;
}

/** What is called indirectly, and where it is kept. */
interface Holder {
  /** The path to the function or value, elements of lists and maps included. */
  path: AccessPath;
  field?: SelectorExpr;
  param?: LocalObject;
}

interface Target {
  unit: DeclUnit;
  func: FuncNode;
  given: { unit: DeclUnit; expr: Expr };
  /** Whether nothing in the package puts it there, but everybody may. */
  isOpen: boolean;
}

export class IndirectCalls {
  private readonly targets = new Map<string, Target[]>();

  constructor(
    private readonly analysis: Analysis,
    private readonly pkg: GoPackage,
    private readonly summaries: LockSummaries,
    /** Fields that hold functions, and methods of interfaces behind which locks may be taken. */
    private readonly names: { fields: ReadonlySet<string>; methods: ReadonlySet<string> },
  ) {}

  /** The locks that a call takes by way of a field or an interface. */
  acquires(unit: DeclUnit, call: CallExpr): IndirectAcquire[] {
    const fun = unparen(call.fun);
    // Most calls need not be resolved.
    if (
      !(fun.kind === 'Ident' && fun.obj) &&
      !this.names.fields.has(calledName(call)) &&
      !this.names.methods.has(calledName(call))
    )
      return [];
    const callee = this.analysis.callee(unit, call);
    const isMethod = callee.kind === 'method' && callee.dynamic === true && fun.kind === 'SelectorExpr';
    if (isMethod ? !this.names.methods.has(fun.sel.name) : callee.kind !== 'value' || callee.literal) return [];
    const method = isMethod ? fun.sel.name : undefined;
    const type = isMethod ? this.analysis.typeOf(unit, fun.x) : undefined;
    // Others implement the interfaces of other packages, and call them as these say.
    if (isMethod && (type?.kind !== 'named' || type.local || type.pkg !== this.pkg.path)) return [];
    const holder = this.holderOf(unit, isMethod ? fun.x : fun);
    if (!holder) return [];
    return this.targetsOf(unit, holder, method, type).flatMap((target) => this.taken(unit, call, holder, target));
  }

  private holderOf(unit: DeclUnit, value: Expr): Holder | undefined {
    const steps: string[] = [];
    for (let x = unparen(value), i = 0; i < MAX_COPIES; i++) {
      if (x.kind === 'SelectorExpr') {
        const of = accessPath(x);
        const path = of && withElements(this.analysis, unit, of);
        return path && { path: { root: path.root, fields: [...path.fields, ...steps] }, field: x };
      }
      if (x.kind === 'IndexExpr') {
        steps.unshift(ELEMENT);
        x = unparen(x.x);
        continue;
      }
      if (x.kind !== 'Ident' || !x.obj || x.obj.writes.length > 0) return undefined;
      if (x.obj.role === 'param') return { path: { root: x.obj, fields: steps }, param: x.obj };
      const origin = originOf(x.obj);
      if (!origin) return undefined;
      if (origin.isElement) steps.unshift(ELEMENT);
      x = unparen(origin.of);
    }
    return undefined;
  }

  private targetsOf(unit: DeclUnit, holder: Holder, method: string | undefined, type: Type | undefined): Target[] {
    const { field, param } = holder;
    const s = field && this.analysis.types.members.selector(unit, field);
    if (field && (s?.kind !== 'field' || !s.owner || s.owner.local || s.owner.pkg !== this.pkg.path)) return [];
    const owner = s?.kind === 'field' ? s.owner : undefined;
    const place = field
      ? `${owner?.name}.${field.sel.name}`
      : `${unit.file.path}:${unit.base + (param?.decl.start ?? 0)}`;
    const key = `${place}.${method ?? ''}`;
    let found = this.targets.get(key);
    if (!found) {
      const sources =
        field && owner ? this.sourcesIn(owner, field.sel.name) : this.sourcesOfParam(unit, param, method !== undefined);
      found = method === undefined ? this.functions(sources) : this.implementations(sources, method, type);
      this.targets.set(key, found);
    }
    return found;
  }

  private sourcesIn(owner: NamedType, name: string): Sources {
    const sources = sourcesIn(this.analysis, this.pkg, owner, name);
    if (this.pkg.name !== 'main' && isExported(name) && isExported(owner.name)) sources.isOpen = true;
    return sources;
  }

  /** Of functions what calls give; of values only whether anybody may give his: who calls a function with one is not looked for. */
  private sourcesOfParam(unit: DeclUnit, param: LocalObject | undefined, isMethod: boolean): Sources {
    const found: Sources = { values: [], isOpen: false };
    const { decl } = unit;
    if (param && !isMethod) addSources(this.analysis, unit, param.decl, found);
    else if (param && decl.kind === 'FuncDecl' && param.func === decl) found.isOpen = isOpenToOthers(unit, decl);
    return found;
  }

  private functions({ values }: Sources): Target[] {
    return values.flatMap((given) => {
      const value = functionValue(this.analysis, given.unit, given.expr);
      return value?.unit.pkg === this.pkg ? [{ ...value, given, isOpen: false }] : [];
    });
  }

  private implementations({ values, isOpen }: Sources, method: string, type: Type | undefined): Target[] {
    const found: Target[] = [];
    const add = (t: NamedType, given: Target['given'] | undefined): void => {
      const m = this.analysis.types.members.find(t, method);
      const unit =
        m?.kind === 'method' && !m.dynamic && m.member && m.pkg === this.pkg ? this.pkg.unit(m.member) : undefined;
      if (unit?.decl.kind !== 'FuncDecl' || unit.hasError || unit.file.isTest) return;
      if (found.some((f) => f.func === unit.decl && (!given || f.given.expr === given.expr))) return;
      found.push({ unit, func: unit.decl, given: given ?? { unit, expr: unit.decl.name }, isOpen: !given });
    };
    for (const given of values) {
      const t = deref(this.analysis.typeOf(given.unit, given.expr));
      if (t.kind === 'named' && !t.local && t.pkg === this.pkg.path) add(t, given);
    }
    if (isOpen && type)
      for (const name of this.openImplementations(type))
        add({ kind: 'named', pkg: this.pkg.path, name, args: [] }, undefined);
    return found;
  }

  /** The exported types that others may put where an interface is wanted, where there is but one such field. */
  private openImplementations(type: Type): string[] {
    const u = this.analysis.types.underlying(type);
    if (type.kind !== 'named' || u.kind !== 'interface' || !u.node || u.node.embeds.length > 0) return [];
    const wanted = u.node.methods.map(({ name }) => name.name);
    const declared = this.pkg.files
      .filter((f) => !f.isTest)
      .flatMap((f) => f.outline.decls.filter((d) => d.tok === 'type').map((d) => ({ d, text: f.textOf(d) })));
    const field = new RegExp(`^\\t[\\w, ]+?\\s+(?:\\[\\]|map\\[[^\\]]*\\])*${type.name}$`, 'gm');
    const fields = declared.reduce((n, { text }) => n + (text.match(field)?.length ?? 0), 0);
    if (fields > 1) return [];
    return declared
      .flatMap(({ d }) => d.names)
      .filter((n) => isExported(n) && wanted.every((m) => this.pkg.methods(n).has(m)));
  }

  /** The locks that a target takes, as paths of the function that calls it. */
  private taken(unit: DeclUnit, call: CallExpr, holder: Holder, target: Target): IndirectAcquire[] {
    const { func, given } = target;
    const summary = this.summaries.of(target.unit, func);
    const found: IndirectAcquire[] = [];
    for (const a of summary.acquires) {
      if (a.opaque || !leadsOnFreely(this.analysis, a)) continue;
      const { root, fields } = a.path;
      // What it lets go of first it was called with.
      if (summary.releases.some((r) => r.root === root && r.fields.join() === fields.join())) continue;
      const acquire = {
        ...a,
        sites: [{ unit, node: call }, ...a.sites],
        call: { unit, node: call },
        given: { unit: given.unit, node: given.expr },
      };
      const isReceiver = func.kind === 'FuncDecl' && root !== undefined && root === func.recv?.names[0]?.obj;
      const isOuter = func.kind === 'FuncLit' && typeof root !== 'string' && !contains(func, root.decl);
      if (!isReceiver && !isOuter) {
        const path = typeof root === 'string' ? a.path : pathOutside(this.analysis, unit, call, func, a.path);
        const outer = path && typeof path.root !== 'string' ? canonicalPath(this.analysis, unit, path, call) : path;
        if (outer) found.push({ ...acquire, path: outer });
      } else if (!target.isOpen) {
        const lock = isOuter ? a.path : this.lockOfValue(given, fields);
        const homes = lock ? homesOf(this.analysis, given.unit, given.expr, lock) : [];
        const bound = lock && holder.param ? this.boundBy(unit, holder.param, given, lock) : undefined;
        if (homes.length > 0 || (bound && leadsOnFreely(this.analysis, acquire)))
          found.push({ ...acquire, path: holder.path, homes, bound });
      }
    }
    return found;
  }

  /** The call by which a parameter gets a function where that is written down, or by the name of a variable that holds nothing else. */
  private boundBy(unit: DeclUnit, param: LocalObject, given: Target['given'], lock: AccessPath): Bound | undefined {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || param.func !== decl) return undefined;
    const index = flattenFields(decl.type.params).findIndex((p) => p.name?.obj === param);
    for (const { unit: at, call } of mentionsOf(this.analysis, unit, decl)) {
      const arg = at === given.unit ? call?.args[index] : undefined;
      const x = arg && unparen(arg);
      if (call && (x === given.expr || (x?.kind === 'Ident' && x.obj && onlyValue(x.obj) === given.expr)))
        return { unit: at, call, lock };
    }
    return undefined;
  }

  /** A lock reached from a value that is called, as it is named where the value is made: `&hand{of: c}` locks `c.mu` as `h.of.mu`. */
  private lockOfValue({ unit, expr }: Target['given'], fields: readonly string[]): AccessPath | undefined {
    let x = unparen(expr);
    if (x.kind === 'SelectorExpr') x = unparen(x.x);
    const path = accessPath(x);
    const made = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
    const y = made && unparen(made);
    const lit = y?.kind === 'UnaryExpr' && y.op === '&' ? unparen(y.x) : y;
    const value = lit?.kind === 'CompositeLit' && fields[0] !== undefined ? entryOf(lit, fields[0])?.value : undefined;
    const of =
      (value && accessPath(value)) ??
      (lit && fields[0] !== undefined ? this.setLater(unit, lit, fields[0]) : undefined);
    if (of) return canonicalPath(this.analysis, unit, { root: of.root, fields: [...of.fields, ...fields.slice(1)] });
    const lock = path && { root: path.root, fields: [...path.fields, ...fields] };
    return lock && (canonicalPath(this.analysis, unit, lock) ?? (isGivenItself(unit, expr, lock) ? lock : undefined));
  }

  /** What a field of a value that has just been made is set to: `p := &part{}` and `p.of = m`. */
  private setLater(unit: DeclUnit, made: Expr, field: string): AccessPath | undefined {
    const parents = this.analysis.parents(unit);
    const parent = parents.get(made);
    const value = parent?.kind === 'UnaryExpr' ? parent : made;
    const stmt = parents.get(value);
    const to = stmt?.kind === 'AssignStmt' ? stmt.lhs[stmt.rhs.indexOf(value)] : undefined;
    const object = to?.kind === 'Ident' && to.obj?.writes.length === 0 ? to.obj : undefined;
    for (const set of object ? nodesOfKind(unit.decl, 'AssignStmt') : [])
      for (const target of set.lhs) {
        const path = target.kind === 'SelectorExpr' ? accessPath(target) : undefined;
        const given = path?.root === object && path?.fields.join() === field ? givenValue(set, target) : undefined;
        if (given) return accessPath(given);
      }
    return undefined;
  }
}

/**
 * True where a value is given to what a new struct then has in the field that leads to the lock, `t.hot = newCache(t.demote)`, and nothing
 * else is put there: by the time that the value is called the field holds that.
 */
function isGivenItself(unit: DeclUnit, value: Expr, { root, fields }: AccessPath): boolean {
  if (typeof root === 'string' || fields.length !== 2 || root.addressTaken || !isNewStruct(root)) return false;
  const sets = nodesOfKind(unit.decl, 'AssignStmt').filter((stmt) =>
    stmt.lhs.some((target) => {
      const path = accessPath(target);
      return path?.root === root && path.fields[0] === fields[0];
    }),
  );
  const [only, ...others] = sets;
  return only !== undefined && others.length === 0 && only.lhs.length === 1 && contains(only, value);
}

/** What a variable is a copy or an element of. */
function originOf({ declNode, decl, writes, addressTaken }: LocalObject): { of: Expr; isElement: boolean } | undefined {
  if (writes.length > 0 || addressTaken) return undefined;
  const d: Node = declNode;
  if (d.kind === 'RangeStmt') return { of: d.x, isElement: true };
  if (d.kind !== 'AssignStmt' && d.kind !== 'ValueSpec') return undefined;
  const targets: readonly Expr[] = d.kind === 'AssignStmt' ? d.lhs : d.names;
  const values = d.kind === 'AssignStmt' ? d.rhs : d.values;
  const i = targets.indexOf(decl);
  const value =
    values.length === targets.length ? values[i] : i === 0 && values[0]?.kind === 'IndexExpr' ? values[0] : undefined;
  const x = value && unparen(value);
  return x?.kind === 'IndexExpr' ? { of: x.x, isElement: true } : x && { of: x, isElement: false };
}

/** A path from where its variable comes from: elements of lists and maps included, and what a method of the package finds there. */
export function withElements(analysis: Analysis, unit: DeclUnit, path: AccessPath, steps = 0): AccessPath {
  const { root, fields } = path;
  if (typeof root === 'string' || root.role === 'param' || root.role === 'recv' || steps > MAX_COPIES) return path;
  const origin = originOf(root);
  const of = origin && accessPath(origin.of);
  const from = of
    ? { root: of.root, fields: origin.isElement ? [...of.fields, ELEMENT] : of.fields }
    : foundBy(analysis, unit, root);
  return from
    ? withElements(analysis, unit, { root: from.root, fields: [...from.fields, ...fields] }, steps + 1)
    : path;
}

/** What a called function has found: the one path that it returns, but for `nil`. */
function foundBy(analysis: Analysis, unit: DeclUnit, object: LocalObject): AccessPath | undefined {
  const d: Node = object.declNode;
  const value = d.kind === 'AssignStmt' && d.lhs[0] === object.decl && d.rhs.length === 1 ? d.rhs[0] : undefined;
  const call = value && object.writes.length === 0 ? asCall(value) : undefined;
  const callee = call && analysis.callee(unit, call);
  const own = callee?.dynamic ? undefined : callee?.own;
  if (!call || !own) return undefined;
  const parents = analysis.parents(own.unit);
  const results = nodesOfKind(own.decl, 'ReturnStmt')
    .filter((r) => enclosingFunc(parents, r) === own.decl)
    .flatMap(({ results: [x] }) => (x && !isNil(x) ? [pathOf(analysis, own.unit, x)] : []));
  const [first] = results;
  if (!first || results.some((r) => !r || pathKey(r) !== pathKey(first))) return undefined;
  return pathOutside(analysis, unit, call, own.decl, first);
}

function pathOf(analysis: Analysis, unit: DeclUnit, value: Expr): AccessPath | undefined {
  const x = unparen(value);
  const path = accessPath(x.kind === 'IndexExpr' ? x.x : x);
  if (!path) return undefined;
  return withElements(
    analysis,
    unit,
    x.kind === 'IndexExpr' ? { root: path.root, fields: [...path.fields, ELEMENT] } : path,
  );
}
