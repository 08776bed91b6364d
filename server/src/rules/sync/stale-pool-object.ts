/** An object goes back into a `sync.Pool` with a reference to what a request or caller handed in. */
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc, enclosingStmt, type ParentMap } from '../../golang/parents.ts';
import { isContext, isNamed, type NamedType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, CallExpr, Expr, FuncNode, LocalObject, SelectorExpr } from '../../syntax/ast.ts';
import { defineRule } from '../rule.ts';
import { text } from './stale-pool-object.text.ts';

export const stalePoolObject = defineRule({
  meta: {
    id: 'stale-pool-object',
    group: 'sync',
    level: 'information',
    triggers: [['\\.Put\\(\\w+\\)', '\\.Get\\(\\)\\.\\(\\*']],
    imports: ['sync'],
    skipsTests: true,
    fixes: ['clear-field'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const parents = analysis.parents(unit);
    const seen = new Set<LocalObject>();
    for (const put of nodesOfKind(unit.decl, 'CallExpr')) {
      const object = pooled(analysis, unit, put);
      const func = enclosingFunc(parents, put);
      if (!object || !func || seen.has(object.obj)) continue;
      seen.add(object.obj);
      const found = keptReferences(analysis, unit, object.obj, func);
      if (!found || found.sets.length === 0 || !isNeverReset(analysis, unit, object, found.sets)) continue;
      const set = found.sets[0]!;
      const field = `${object.obj.name}.${set.target.sel.name}`;
      const after = nodesAfter(analysis.cfg(unit, func), set.stmt);
      const puts = found.puts.filter((p) => {
        const stmt = enclosingStmt(parents, p);
        return stmt?.kind === 'DeferStmt' || (stmt !== undefined && after.has(stmt));
      });
      const [first] = puts;
      if (!first) continue;
      const edits = puts.map((p) => {
        const stmt = enclosingStmt(parents, p);
        return stmt?.kind === 'ExprStmt' ? insertBeforeStatement(unit, stmt, `${field} = nil`) : undefined;
      });
      context.report({
        node: first,
        message: 'kept',
        args: { field, value: unit.text(set.value) },
        // Where each user sets the field first, nobody sees the old value: only memory is kept.
        level: object.getters > 1 || isConditional(parents, set.stmt, func) ? undefined : 'hint',
        steps: [{ node: set.stmt, message: 'step-set' }],
        fixes: edits.every((e) => e !== undefined)
          ? [{ id: 'clear-field', title: 'fix-clear-field', args: { field }, preferred: true, edits: edits.flat() }]
          : [],
      });
    }
  },
});

interface Pooled {
  obj: LocalObject;
  type: NamedType;
  /** Every mention of the pool. */
  mentions: OwnMention[];
  /** Number of places that take from the pool. */
  getters: number;
}

/** The variable that a call puts back into the pool it was taken from, when all users of the pool are in sight. */
function pooled(analysis: Analysis, unit: DeclUnit, put: CallExpr): Pooled | undefined {
  const [arg] = put.args;
  const obj = arg?.kind === 'Ident' ? arg.obj : undefined;
  const pool = obj && poolOf(analysis, unit, put, 'Put');
  const value = obj && pool && onlyValue(obj);
  const taken = value && unparen(value);
  const get = taken?.kind === 'TypeAssertExpr' ? asCall(taken.x) : undefined;
  const from = get && poolOf(analysis, unit, get, 'Get');
  if (!obj || !pool || !from || unit.text(from) !== unit.text(pool)) return undefined;
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
  return { obj, type: type.elem, mentions, getters };
}

function poolOf(analysis: Analysis, unit: DeclUnit, call: CallExpr, method: 'Get' | 'Put'): Expr | undefined {
  const callee = analysis.callee(unit, call);
  return callee.name === `sync.Pool.${method}` ? callee.recv : undefined;
}

interface FieldSet {
  stmt: AssignStmt;
  target: SelectorExpr;
  value: Expr;
}

/**
 * The parameters that a function puts into fields of an object, and the calls that put the object back; undefined when the
 * object gets to where others may reset or keep it.
 */
function keptReferences(
  analysis: Analysis,
  unit: DeclUnit,
  obj: LocalObject,
  func: FuncNode,
): { sets: FieldSet[]; puts: CallExpr[] } | undefined {
  const parents = analysis.parents(unit);
  const sets: FieldSet[] = [];
  const puts: CallExpr[] = [];
  for (const use of obj.uses) {
    if (enclosingFunc(parents, use) !== func) return undefined;
    const up = parents.get(use);
    if (up?.kind === 'CallExpr' && up.args.includes(use)) {
      if (poolOf(analysis, unit, up, 'Put')) puts.push(up);
      else if (!analysis.callee(unit, up).visible) return undefined;
      continue;
    }
    if (up?.kind !== 'SelectorExpr') return undefined;
    const around = parents.get(up);
    if (around?.kind === 'CallExpr' && around.fun === up && !analysis.callee(unit, around).visible) return undefined;
    if (around?.kind === 'UnaryExpr' && around.op === '&') return undefined;
    if (around?.kind !== 'AssignStmt' || around.op !== '=' || around.lhs.length !== around.rhs.length) continue;
    const value = around.rhs[around.lhs.indexOf(up)];
    const given = value?.kind === 'Ident' ? value.obj : undefined;
    if (value && given?.role === 'param' && isOfCaller(analysis, analysis.objectType(unit, given)))
      sets.push({ stmt: around, target: up, value });
  }
  return { sets, puts };
}

/** True for what ends with a call or request: contexts, requests and their answers, streams and buffers. */
function isOfCaller(analysis: Analysis, type: Type): boolean {
  if (isContext(type) || isNamed(type, 'net/http', 'ResponseWriter')) return true;
  if (isNamed(type, 'io', 'Reader') || isNamed(type, 'io', 'Writer')) return true;
  if (type.kind === 'pointer') return isNamed(type, 'net/http', 'Request');
  return analysis.types.underlying(type).kind === 'slice';
}

/** True when the package sets the field nowhere else, and overwrites no object of the type as a whole. */
function isNeverReset(analysis: Analysis, unit: DeclUnit, { type, mentions }: Pooled, sets: FieldSet[]): boolean {
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

function mayBeOf(analysis: Analysis, unit: DeclUnit, expr: Expr, type: NamedType): boolean {
  const t = analysis.typeOf(unit, expr);
  return mayBe(t.kind === 'pointer' ? t.elem : t, type);
}

function mayBe(type: Type, wanted: NamedType): boolean {
  return type.kind === 'unknown' || (type.kind === 'named' && type.pkg === wanted.pkg && type.name === wanted.name);
}

/** True for a statement that is not one of the function's own list: some ways lead past it. */
function isConditional(parents: ParentMap, stmt: AssignStmt, func: FuncNode): boolean {
  return parents.get(stmt) !== func.body;
}
