/** Where values of a package come from, and where they come to be: by assignments, lists, literals, parameters and results. */
import type { CallExpr, CompositeLit, Expr, FuncDecl, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import { type AccessPath, accessPath } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { spend } from '../../golang/effort.ts';
import { isOpenToOthers } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { pathOutside, pathsInside } from '../../golang/path-effects.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { firstTarget, flattenFields, unparen } from '../../golang/walk.ts';
import { ELEMENT } from './element-paths.ts';

/** Functions, lists and literals that a value goes through. */
const MAX_STEPS = 6;

/** A place where a value is kept, and a lock as it is called there. */
export interface Home {
  unit: DeclUnit;
  path: AccessPath;
  lock: AccessPath;
}

/** A call into a function with a value: where the result goes. */
interface Frame {
  unit: DeclUnit;
  call: CallExpr;
  decl: FuncDecl;
  lock?: AccessPath;
  outer?: Frame;
}

/** The places in which the value of an expression comes to be. `lock` is named as it is where the expression stands. */
export function homesOf(analysis: Analysis, unit: DeclUnit, value: Expr, lock: AccessPath): Home[] {
  return new Flow(analysis).of(unit, value, lock, 0).flatMap((h) => (h.lock ? [{ ...h, lock: h.lock }] : []));
}

/** A place in a function that may not know the lock. */
type Place = Omit<Home, 'lock'> & { lock?: AccessPath };

class Flow {
  constructor(private readonly analysis: Analysis) {}

  /** Where a value comes to be; without a `lock` only what functions make of it that know the lock again. */
  of(unit: DeclUnit, value: Node, lock: AccessPath | undefined, steps: number, frame?: Frame): Place[] {
    spend();
    const parents = this.analysis.parents(unit);
    let node = value;
    let parent = parents.get(node);
    while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
      [node, parent] = [parent, parents.get(parent)];
    if (!parent || steps > MAX_STEPS || unit.file.isTest) return [];
    const of = (other: Node): Place[] => this.of(unit, other, lock, steps + 1, frame);
    switch (parent.kind) {
      case 'AssignStmt':
      case 'ValueSpec': {
        const targets: readonly Expr[] = parent.kind === 'AssignStmt' ? parent.lhs : parent.names;
        const values = parent.kind === 'AssignStmt' ? parent.rhs : parent.values;
        const i = values.indexOf(node as Expr);
        const target = values.length === targets.length ? targets[i] : i === 0 ? firstTarget(parent) : undefined;
        return target ? this.assigned(unit, target, lock, steps, frame) : [];
      }
      case 'RangeStmt':
        return parent.value?.kind === 'Ident' && parent.x === node ? (parent.value.obj?.uses ?? []).flatMap(of) : [];
      case 'KeyValueExpr': {
        const lit = parents.get(parent);
        if (lit?.kind !== 'CompositeLit' || parent.value !== node) return [];
        return within(of(lit), this.isStruct(unit, lit) && parent.key.kind === 'Ident' ? parent.key.name : ELEMENT);
      }
      case 'IndexExpr': {
        // A set.
        const of = parent.x !== node && parents.get(parent)?.kind === 'AssignStmt' ? accessPath(parent.x) : undefined;
        return of ? this.placed(unit, { root: of.root, fields: [...of.fields, ELEMENT] }, lock, steps, frame) : [];
      }
      case 'CompositeLit':
        return this.isStruct(unit, parent) ? [] : within(of(parent), ELEMENT);
      case 'ReturnStmt':
        return parent.results[0] === node ? this.returned(unit, parent, lock, steps, frame) : [];
      case 'CallExpr':
        return this.handed(unit, parent, parent.args.indexOf(node as Expr), lock, steps, frame);
      default:
        return [];
    }
  }

  private isStruct(unit: DeclUnit, lit: CompositeLit): boolean {
    return this.analysis.types.underlying(this.analysis.typeOf(unit, lit)).kind === 'struct';
  }

  /** What is assigned to, and where that comes to be in turn. */
  private assigned(unit: DeclUnit, target: Expr, lock: AccessPath | undefined, steps: number, frame?: Frame): Place[] {
    const x = unparen(target);
    const path = accessPath(x.kind === 'IndexExpr' ? x.x : x);
    if (!path) return [];
    const fields = x.kind === 'IndexExpr' ? [...path.fields, ELEMENT] : path.fields;
    return this.placed(unit, { root: path.root, fields }, lock, steps, frame);
  }

  /** A place, and those to which the variable leads that it starts at. */
  private placed(
    unit: DeclUnit,
    path: AccessPath,
    lock: AccessPath | undefined,
    steps: number,
    frame?: Frame,
  ): Place[] {
    const { root, fields } = path;
    const homes: Place[] = [{ unit, path, lock }];
    if (typeof root === 'string' || root.role !== 'local' || root.writes.length > 0) return homes;
    for (const use of root.uses) homes.push(...within(this.of(unit, use, lock, steps + 1, frame), ...fields));
    return homes;
  }

  private handed(
    unit: DeclUnit,
    call: CallExpr,
    index: number,
    lock: AccessPath | undefined,
    steps: number,
    frame?: Frame,
  ): Place[] {
    if (index < 0) return [];
    const callee = this.analysis.callee(unit, call);
    const result = (): Place[] => this.of(unit, call, lock, steps + 1, frame);
    if (callee.kind === 'conversion') return result();
    if (callee.kind === 'builtin') return callee.name === 'append' && index > 0 ? within(result(), ELEMENT) : [];
    const own = callee.dynamic ? undefined : callee.own;
    const param = own && parameterAt(own.decl, index);
    if (!own || !param) return [];
    const inside = lock ? pathsInside(this.analysis, unit, call, own.decl, lock) : [];
    const inner: Frame = { unit, call, decl: own.decl, lock, outer: frame };
    const places = [...inside, ...(inside.length === 0 ? [undefined] : [])].flatMap((seen): Place[] => [
      { unit: own.unit, path: { root: param, fields: [] }, lock: seen },
      ...param.uses.flatMap((use) => this.of(own.unit, use, seen, steps + 1, inner)),
    ]);
    // What is put into a value that the caller has handed over as well.
    return places.flatMap((place) => {
      const isInside = !place.lock && place.unit === own.unit && place.path.fields.length > 0;
      const outer = isInside ? pathOutside(this.analysis, unit, call, own.decl, place.path) : undefined;
      return outer ? this.placed(unit, outer, lock, steps + 1, frame) : [place];
    });
  }

  private returned(
    unit: DeclUnit,
    stmt: Node,
    lock: AccessPath | undefined,
    steps: number,
    frame: Frame | undefined,
  ): Place[] {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || enclosingFunc(this.analysis.parents(unit), stmt) !== decl) return [];
    if (frame?.decl === decl) return this.of(frame.unit, frame.call, frame.lock, steps + 1, frame.outer);
    if (!lock) return [];
    return mentionsOf(this.analysis, unit, decl).flatMap(({ unit: at, call }) => {
      const outside = call && !at.file.isTest && pathOutside(this.analysis, at, call, decl, lock);
      return outside ? this.of(at, call, outside, steps + 1) : [];
    });
  }
}

/** Homes of what is kept in something that has homes itself. */
function within(homes: readonly Place[], ...steps: string[]): Place[] {
  return homes.map((h) => ({ ...h, path: { root: h.path.root, fields: [...h.path.fields, ...steps] } }));
}

/** The parameter that an argument of a call is for. */
function parameterAt(decl: FuncDecl, index: number): LocalObject | undefined {
  const params = flattenFields(decl.type.params);
  const last = params.at(-1);
  const param = params[index] ?? (last?.variadic ? last : undefined);
  return param?.name?.obj?.writes.length === 0 ? param.name.obj : undefined;
}

/** What may be in a field: expressions that make a value, and whether others can put theirs there. */
export interface Sources {
  values: { unit: DeclUnit; expr: Expr }[];
  isOpen: boolean;
}

/** Follows an expression to those that make its value. */
export function addSources(analysis: Analysis, unit: DeclUnit, value: Expr, found: Sources, steps = 0): void {
  spend();
  if (steps > MAX_STEPS || unit.file.isTest) return;
  const add = (x: Expr): void => addSources(analysis, unit, x, found, steps + 1);
  let x = unparen(value);
  if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
  if (x.kind === 'Ident' && x.obj?.role === 'recv') return void found.values.push({ unit, expr: x });
  if (x.kind === 'Ident' && x.obj) return addSourcesOfVariable(analysis, unit, x, x.obj, found, steps);
  if (x.kind === 'CompositeLit') {
    const u = analysis.types.underlying(analysis.typeOf(unit, x));
    if (u.kind !== 'slice' && u.kind !== 'array' && u.kind !== 'map') found.values.push({ unit, expr: x });
    else for (const e of x.elts) add(e.kind === 'KeyValueExpr' ? e.value : e);
    return;
  }
  if (x.kind !== 'CallExpr') return void found.values.push({ unit, expr: x });
  const callee = analysis.callee(unit, x);
  if (callee.kind === 'builtin') {
    if (callee.name === 'append') x.args.slice(1).forEach(add);
  } else if (callee.kind === 'conversion') found.values.push({ unit, expr: x });
  else if (callee.own && !callee.dynamic) {
    const { own } = callee;
    const parents = analysis.parents(own.unit);
    for (const r of nodesOfKind(own.decl, 'ReturnStmt'))
      if (r.results[0] && enclosingFunc(parents, r) === own.decl)
        addSources(analysis, own.unit, r.results[0], found, steps + 1);
  }
}

function addSourcesOfVariable(
  analysis: Analysis,
  unit: DeclUnit,
  ident: Ident,
  object: LocalObject,
  found: Sources,
  steps: number,
): void {
  const { decl } = unit;
  if (object.role === 'param' && decl.kind === 'FuncDecl' && object.func === decl) {
    if (isOpenToOthers(unit, decl)) found.isOpen = true;
    const params = flattenFields(decl.type.params);
    const index = params.findIndex((p) => p.name?.obj === object);
    for (const { unit: at, call } of mentionsOf(analysis, unit, decl))
      for (const arg of call?.args.slice(index, params[index]?.variadic ? undefined : index + 1) ?? [])
        addSources(analysis, at, arg, found, steps + 1);
    return;
  }
  const from: Node = object.declNode;
  const values = from.kind === 'RangeStmt' ? [from.x] : valuesOf(analysis, unit, object);
  for (const value of values) if (value !== ident) addSources(analysis, unit, value, found, steps + 1);
}

/** What a local variable is given, where it is declared and later; the first result of a call included. */
function valuesOf(analysis: Analysis, unit: DeclUnit, object: LocalObject): Expr[] {
  if (object.role !== 'local' || object.addressTaken) return [];
  const parents = analysis.parents(unit);
  const given = [{ stmt: object.declNode as Node | undefined, target: object.decl }].concat(
    object.writes.filter((w) => w !== object.decl).map((target) => ({ stmt: parents.get(target), target })),
  );
  return given.flatMap(({ stmt, target }) => {
    const isFirst = stmt?.kind === 'AssignStmt' && stmt.rhs.length === 1 && stmt.lhs[0] === target;
    return givenValue(stmt, target) ?? (isFirst ? (stmt.rhs[0] ?? []) : []);
  });
}

/** What the functions of a package put into a field, by its name. */
export function sourcesOfField(analysis: Analysis, mentions: readonly { unit: DeclUnit; node: Expr }[]): Sources {
  const found: Sources = { values: [], isOpen: false };
  for (const { unit, node } of mentions) {
    if (unit.file.isTest) continue;
    const parents = analysis.parents(unit);
    const parent = parents.get(node);
    const target = parent?.kind === 'IndexExpr' && parent.x === node ? parent : node;
    const stmt = parents.get(target);
    const value = stmt?.kind === 'KeyValueExpr' && stmt.key === node ? stmt.value : givenValue(stmt, target);
    if (value) addSources(analysis, unit, value, found);
    // The key of a set.
    const key = target.kind === 'IndexExpr' ? target.indices[0] : undefined;
    if (key && unparen(key).kind !== 'BasicLit') addSources(analysis, unit, key, found);
  }
  return found;
}
