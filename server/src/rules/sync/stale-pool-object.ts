/** An object goes back into a `sync.Pool` with a reference to what a request or caller handed in. */
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc, enclosingStmt, type ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, unparen } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, FuncNode, LocalObject } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { type FieldSet, isNeverReset, isOfCaller, poolOf, type PoolUsers, usersOf } from './stale-pool-object.pools.ts';
import { setElsewhere } from './stale-pool-object.released.ts';
import { text } from './stale-pool-object.text.ts';

export const stalePoolObject = defineRule({
  meta: {
    id: 'stale-pool-object',
    group: 'sync',
    level: 'information',
    triggers: ['\\.Put\\(\\w+\\)'],
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
      if (calledName(put) !== 'Put') continue;
      reportReleased(context, put);
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

/** What was set elsewhere, mostly where the object was taken: nobody sees the old value, only memory is kept. */
function reportReleased(context: RuleContext, put: CallExpr): void {
  const { analysis, unit } = context;
  const found = setElsewhere(analysis, unit, put);
  if (!found) return;
  const { set } = found;
  const field = `${found.obj.name}.${found.name}`;
  const stmt = enclosingStmt(analysis.parents(unit), put);
  context.report({
    node: put,
    message: 'kept',
    args: { field, value: found.unit.text(set.value) },
    level: 'hint',
    steps: [{ unit: found.unit, node: set.stmt, message: 'step-set' }],
    fixes: [
      {
        id: 'clear-field',
        title: 'fix-clear-field',
        args: { field },
        preferred: true,
        edits: stmt?.kind === 'ExprStmt' ? insertBeforeStatement(unit, stmt, `${field} = nil`) : undefined,
      },
    ],
  });
}

interface Pooled extends PoolUsers {
  obj: LocalObject;
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
  const users = usersOf(analysis, unit, obj, pool);
  return users && { obj, ...users };
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

/** True for a statement that is not one of the function's own list: some ways lead past it. */
function isConditional(parents: ParentMap, stmt: AssignStmt, func: FuncNode): boolean {
  return parents.get(stmt) !== func.body;
}
