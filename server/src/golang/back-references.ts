/**
 * Fields that lead back to where one came from: whatever `book.trail` holds has `book` in its field `book`, and each of
 * `server.sessions` has the server. Told from all that the package does to both fields.
 */
import type { AssignStmt, CompositeLit, Expr, LocalObject, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { DECLARATION, nested } from './effort.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue } from './only-value.ts';
import { fieldMentionsOf, type OwnMention } from './own-mentions.ts';
import { enclosingFunc, type ParentMap } from './parents.ts';
import { pathsInside } from './path-effects.ts';
import { type Answer, remembered } from './reads.ts';
import { deref, type NamedType, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { isNil, unparen } from './walk.ts';
import { textsNaming } from './word-index.ts';

const memo = new WeakMap<Analysis, Map<string, Answer<string | undefined>>>();
/** Constructors that call constructors. */
const MAX_CALLS = 2;

/**
 * The field by which every value that a field of `owner` holds, or each of its elements, leads back to the owner; undefined where that
 * is not certain, or it is a field of code out of sight.
 */
export function backReference(analysis: Analysis, owner: NamedType, field: string): string | undefined {
  let known = memo.get(analysis);
  if (!known) memo.set(analysis, (known = new Map()));
  const pkg = analysis.program.package(owner.pkg);
  if (pkg?.origin !== 'own' || owner.local || owner.args.length > 0) return undefined;
  return remembered(known, `${owner.pkg}.${owner.name}.${field}`, () =>
    nested<string | undefined>(DECLARATION, undefined, () => search(analysis, owner, field)),
  );
}

function search(analysis: Analysis, owner: NamedType, field: string): string | undefined {
  const found = analysis.types.members.find(owner, field);
  if (found?.kind !== 'field' || found.owner?.name !== owner.name) return undefined;
  const held = analysis.types.underlying(found.type);
  const isMany = held.kind === 'map' || held.kind === 'slice';
  const structOf = (t: Type): ReturnType<Analysis['types']['underlying']> | undefined => {
    const to = deref(t);
    return to.kind === 'named' && to.pkg === owner.pkg ? analysis.types.underlying(to) : undefined;
  };
  // `map[*session]bool` has its values as keys.
  const isSet = held.kind === 'map' && held.key.kind === 'pointer' && structOf(held.elem)?.kind !== 'struct';
  const elem = deref(isSet ? held.key : isMany ? held.elem : found.type);
  const struct = structOf(elem);
  if (elem.kind !== 'named' || struct?.kind !== 'struct') return undefined;
  const isOwner = (t: Type): boolean => {
    const to = t.kind === 'pointer' ? t.elem : undefined;
    return to?.kind === 'named' && to.name === owner.name && to.pkg === owner.pkg;
  };
  const fields = struct.node.fields.filter((f) => isOwner(analysis.types.resolve(struct.unit, f.type)));
  const [back] = fields.flatMap((f) => f.names);
  // An embedded pointer, or two fields of which either may be the one.
  if (!back || fields.length !== 1 || fields[0]?.names.length !== 1) return undefined;
  const sets = new RegExp(`\\b${back.name}:|\\.${back.name} = `);
  if (!textsNaming(struct.unit.pkg, back.name).some(({ text }) => sets.test(text))) return undefined;
  const unit = struct.unit;
  const holds = fieldMentionsOf(analysis, unit, owner, field);
  const leads = fieldMentionsOf(analysis, unit, elem, back.name);
  if (!holds || !leads) return undefined;
  const check = new Check(analysis, field, back.name, { isMany, isSet }, leads);
  return holds.every((m) => check.holds(m)) && check.isNeverChanged() && check.stored > 0 ? back.name : undefined;
}

class Check {
  /** Values that were found to lead back when they were put into the field. */
  stored = 0;
  private readonly used = new Set<Node>();

  constructor(
    private readonly analysis: Analysis,
    private readonly field: string,
    private readonly back: string,
    private readonly kind: { isMany: boolean; isSet: boolean },
    private readonly leads: readonly OwnMention[],
  ) {}

  /** True where a mention of the field puts nothing into it that does not lead back. */
  holds({ unit, node, initial }: OwnMention): boolean {
    const parents = this.analysis.parents(unit);
    if (initial === 'zero') return true;
    if (initial !== undefined) {
      const entry = parents.get(node);
      const lit = entry && parents.get(entry);
      const object = lit?.kind === 'CompositeLit' ? this.variableOf(unit, lit) : undefined;
      return this.gives(unit, initial, object && { root: object, fields: [] }, true);
    }
    if (node.kind !== 'SelectorExpr') return false;
    const of = accessPath(node.x);
    const parent = parents.get(node);
    switch (parent?.kind) {
      case 'AssignStmt': {
        const i = parent.lhs.findIndex((l) => l === node);
        if (i < 0) return !this.kind.isMany || isOnlyRead(parents, parent, node);
        const value = parent.rhs.length === parent.lhs.length ? parent.rhs[i] : undefined;
        return value !== undefined && parent.op === '=' && this.gives(unit, value, of, false);
      }
      case 'IndexExpr': {
        if (parent.x !== node) return true;
        const stmt = parents.get(parent);
        const i = stmt?.kind === 'AssignStmt' ? stmt.lhs.findIndex((l) => l === parent) : -1;
        if (stmt?.kind !== 'AssignStmt' || i < 0) return stmt?.kind !== 'UnaryExpr' || stmt.op !== '&';
        const given = stmt.rhs.length === stmt.lhs.length ? stmt.rhs[i] : undefined;
        const value = this.kind.isSet ? parent.indices[0] : given;
        return value !== undefined && this.gives(unit, value, of, false);
      }
      case 'UnaryExpr':
        return parent.op !== '&';
      case 'RangeStmt':
        return parent.x === node;
      case 'SelectorExpr':
      case 'BinaryExpr':
      case 'SliceExpr':
        return true;
      case 'CallExpr':
        return !this.kind.isMany || this.analysis.callee(unit, parent).kind === 'builtin';
      default:
        return !this.kind.isMany;
    }
  }

  /** The field by which they lead back is set nowhere but where they are made. */
  isNeverChanged(): boolean {
    return this.leads.every(({ unit, node, initial }) => {
      if (initial !== undefined || this.used.has(node)) return true;
      const parent = this.analysis.parents(unit).get(node);
      if (parent?.kind === 'AssignStmt') return !parent.lhs.some((l) => l === node);
      return parent?.kind !== 'UnaryExpr' || parent.op !== '&';
    });
  }

  /** True when what the field of `of` is given, or becomes an element of it, leads back to `of`. */
  private gives(unit: DeclUnit, value: Expr, of: AccessPath | undefined, isInLiteral: boolean): boolean {
    const x = unparen(value);
    if (isNil(x)) return true;
    if (x.kind === 'SliceExpr') return this.isSame(x.x, of);
    if (x.kind === 'CompositeLit' && this.kind.isMany && x.elts.length === 0) return true;
    if (x.kind === 'CallExpr') {
      const c = this.analysis.callee(unit, x);
      if (c.kind === 'builtin' && c.name === 'make') return true;
      if (c.kind === 'builtin' && c.name === 'append') {
        const [list, ...items] = x.args;
        const isKept = list !== undefined && this.isSame(list.kind === 'SliceExpr' ? list.x : list, of);
        // `append(s.all[:i], s.all[i+1:]...)` leaves one out.
        return (
          isKept && items.every((i) => (i.kind === 'SliceExpr' ? this.isSame(i.x, of) : this.gives(unit, i, of, false)))
        );
      }
    }
    if (!of || !this.leadsBack(unit, x, of, isInLiteral, 0)) return false;
    this.stored++;
    return true;
  }

  private isSame(x: Expr, of: AccessPath | undefined): boolean {
    const path = accessPath(x);
    if (!path || !of) return false;
    return pathKey(path) === pathKey({ root: of.root, fields: [...of.fields, this.field] });
  }

  private leadsBack(unit: DeclUnit, value: Expr, of: AccessPath, isInLiteral: boolean, depth: number): boolean {
    let x = unparen(value);
    if (x.kind === 'UnaryExpr' && x.op === '&') x = unparen(x.x);
    if (x.kind === 'CompositeLit') {
      const given = this.givenIn(x);
      if (given) return this.isPath(given, of);
      return isInLiteral && this.isSetLater(unit, { root: of.root, fields: [...of.fields, this.field] }, of);
    }
    if (x.kind === 'CallExpr') return this.isMadeBy(unit, x, of, depth);
    const object = x.kind === 'Ident' ? x.obj : undefined;
    if (object?.role !== 'local' || object.writes.length > 0) return false;
    if (this.isSetLater(unit, { root: object, fields: [] }, of)) return true;
    const made = madeWith(object);
    return made !== undefined && made !== x && this.leadsBack(unit, made, of, false, depth);
  }

  private givenIn(lit: CompositeLit): Expr | undefined {
    for (const e of lit.elts)
      if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === this.back) return e.value;
    return undefined;
  }

  private isPath(x: Expr, of: AccessPath): boolean {
    const path = accessPath(x);
    return path !== undefined && pathKey(path) === pathKey(of);
  }

  /** `trail.book = b`, for the trail that is put into `b`. */
  private isSetLater(unit: DeclUnit, value: AccessPath, of: AccessPath): boolean {
    const wanted = pathKey({ root: value.root, fields: [...value.fields, this.back] });
    const set = this.leads.find((m) => {
      const stmt = m.unit === unit ? this.analysis.parents(unit).get(m.node) : undefined;
      const path = m.node.kind === 'SelectorExpr' ? accessPath(m.node) : undefined;
      if (stmt?.kind !== 'AssignStmt' || stmt.op !== '=' || !path || pathKey(path) !== wanted) return false;
      const given = givenValue(stmt, m.node);
      return given !== undefined && this.isPath(given, of);
    });
    if (set) this.used.add(set.node);
    return set !== undefined;
  }

  /** `newSession(s)`, whose results have what the parameter stands for. */
  private isMadeBy(unit: DeclUnit, call: Expr & { kind: 'CallExpr' }, of: AccessPath, depth: number): boolean {
    const { own } = depth < MAX_CALLS ? this.analysis.callee(unit, call) : {};
    if (!own || own.unit.hasError) return false;
    const parents = this.analysis.parents(own.unit);
    const returns = nodesOfKind(own.decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === own.decl);
    return pathsInside(this.analysis, unit, call, own.decl, of).some(
      (inside) =>
        returns.length > 0 &&
        returns.every(({ results: [x] }) => x && (isNil(x) || this.leadsBack(own.unit, x, inside, false, depth + 1))),
    );
  }

  /** The variable that a composite literal, or a pointer to it, is put into. */
  private variableOf(unit: DeclUnit, lit: CompositeLit): LocalObject | undefined {
    const parents = this.analysis.parents(unit);
    const parent = parents.get(lit);
    const value = parent?.kind === 'UnaryExpr' && parent.op === '&' ? parent : lit;
    const stmt = parents.get(value);
    const to = stmt?.kind === 'AssignStmt' ? stmt.lhs[stmt.rhs.indexOf(value)] : undefined;
    return to?.kind === 'Ident' && to.obj?.writes.length === 0 ? to.obj : undefined;
  }
}

/** What a variable is declared with: a value, or the first result of a call. */
function madeWith({ declNode, decl }: LocalObject): Expr | undefined {
  const value = givenValue(declNode, decl);
  if (value) return value;
  return declNode.kind === 'AssignStmt' && declNode.rhs.length === 1 && declNode.lhs[0] === decl
    ? declNode.rhs[0]
    : undefined;
}

/** `all := s.sessions`, of which the variable is gone through and nothing else. */
function isOnlyRead(parents: ParentMap, stmt: AssignStmt, node: Expr): boolean {
  const to = stmt.lhs[stmt.rhs.indexOf(node)];
  const object = to?.kind === 'Ident' && stmt.lhs.length === stmt.rhs.length ? to.obj : undefined;
  if (object?.role !== 'local' || object.addressTaken) return false;
  return object.uses.every((use) => parents.get(use)?.kind === 'RangeStmt');
}
