/** Pools of which the package sees every use, and what it does to the fields of the objects in them. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { isContext, isNamed, type NamedType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, CallExpr, Expr, LocalObject, SelectorExpr } from '../../syntax/ast.ts';

/** What is known of a pool whose users are all in sight. */
export interface PoolUsers {
  /** The struct that its objects point at. */
  type: NamedType;
  /** Every mention of the pool. */
  mentions: OwnMention[];
  /** Number of places that take from the pool. */
  getters: number;
}

/** The users of the pool that an object belongs to; undefined when others may have it, or the object is of no struct of the package. */
export function usersOf(analysis: Analysis, unit: DeclUnit, obj: LocalObject, pool: Expr): PoolUsers | undefined {
  const type = analysis.objectType(unit, obj);
  if (type.kind !== 'pointer' || type.elem.kind !== 'named' || type.elem.local || type.elem.pkg !== unit.pkg.path)
    return undefined;
  if (analysis.types.underlying(type.elem).kind !== 'struct') return undefined;
  const mentions = ownMentions(analysis, unit, pool);
  if (!mentions) return undefined;
  let getters = 0;
  for (const m of mentions) {
    if (m.initial) continue;
    const selector = analysis.parents(m.unit).get(m.node);
    if (selector?.kind !== 'SelectorExpr' || !/^(?:Get|Put)$/.test(selector.sel.name)) return undefined;
    if (selector.sel.name === 'Get') getters++;
  }
  return { type: type.elem, mentions, getters };
}

/** The pool of a call of one of its methods. */
export function poolOf(analysis: Analysis, unit: DeclUnit, call: CallExpr, method: 'Get' | 'Put'): Expr | undefined {
  const callee = analysis.callee(unit, call);
  return callee.name === `sync.Pool.${method}` ? callee.recv : undefined;
}

export interface FieldSet {
  stmt: AssignStmt;
  target: SelectorExpr;
  value: Expr;
}

/** True for what ends with a call or request: contexts, requests and their answers, streams and buffers. */
export function isOfCaller(analysis: Analysis, type: Type): boolean {
  if (isContext(type) || isNamed(type, 'net/http', 'ResponseWriter')) return true;
  if (isNamed(type, 'io', 'Reader') || isNamed(type, 'io', 'Writer')) return true;
  if (type.kind === 'pointer') return isNamed(type, 'net/http', 'Request');
  return analysis.types.underlying(type).kind === 'slice';
}

/** True when the package sets the field nowhere else, and overwrites no object of the type as a whole. */
export function isNeverReset(
  analysis: Analysis,
  unit: DeclUnit,
  { type, mentions }: PoolUsers,
  sets: readonly FieldSet[],
): boolean {
  const [first] = sets;
  const name = first?.target.sel.name;
  if (!name || sets.length > 1) return false;
  const field = analysis.types.members.selector(unit, first.target);
  // What is promoted from an embedded value is set as a field of another type, too.
  if (field?.kind !== 'field' || !field.owner || !mayBe(field.owner, type)) return false;
  const places = new Set(mentions.map((m) => m.unit));
  for (const member of [...declarationsNaming(unit.pkg, name), ...declarationsNaming(unit.pkg, type.name)])
    places.add(unit.pkg.unit(member));
  return [...places].every((at) => {
    if (at.hasError) return false;
    const parents = analysis.parents(at);
    const writes = nodesOfKind(at.decl, 'AssignStmt').flatMap((a) => a.lhs.map(unparen));
    const isReset = writes.some(
      (w) =>
        (w.kind === 'StarExpr' && mayBe(analysis.typeOf(at, w), type)) ||
        (w.kind === 'SelectorExpr' && w.sel.name === name && w !== first.target && mayBeOf(analysis, at, w.x, type)),
    );
    const isShared = nodesOfKind(at.decl, 'SelectorExpr').some((s) => {
      const up = s.sel.name === name ? parents.get(s) : undefined;
      return up?.kind === 'UnaryExpr' && up.op === '&' && mayBeOf(analysis, at, s.x, type);
    });
    return !isReset && !isShared;
  });
}

export function mayBeOf(analysis: Analysis, unit: DeclUnit, expr: Expr, type: NamedType): boolean {
  const t = analysis.typeOf(unit, expr);
  return mayBe(t.kind === 'pointer' ? t.elem : t, type);
}

function mayBe(type: Type, wanted: NamedType): boolean {
  return type.kind === 'unknown' || (type.kind === 'named' && type.pkg === wanted.pkg && type.name === wanted.name);
}
