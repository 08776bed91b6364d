/** Objects that a function of their own puts back, and what others have put into their fields before. */
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { fieldNames, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, CallExpr, LocalObject } from '../../syntax/ast.ts';
import {
  type FieldSet,
  isNeverReset,
  isOfCaller,
  mayBeOf,
  poolOf,
  type PoolUsers,
  usersOf,
} from './stale-pool-object.pools.ts';

/** A field that is set in one function, of an object that another one puts back. */
export interface SetElsewhere {
  obj: LocalObject;
  name: string;
  unit: DeclUnit;
  set: FieldSet;
}

/**
 * The first field, not of a slice, of what `func (s *state) release() { pool.Put(s) }` puts back, that the package sets in one place only:
 * to what a call or request has handed in there.
 */
export function setElsewhere(analysis: Analysis, unit: DeclUnit, put: CallExpr): SetElsewhere | undefined {
  const [arg] = put.args;
  const obj = arg?.kind === 'Ident' ? arg.obj : undefined;
  if (obj?.role !== 'param' && obj?.role !== 'recv') return undefined;
  const pool = poolOf(analysis, unit, put, 'Put');
  const users = obj.writes.length === 0 && pool ? usersOf(analysis, unit, obj, pool) : undefined;
  const struct = users && analysis.types.underlying(users.type);
  if (!users || users.getters === 0 || struct?.kind !== 'struct') return undefined;
  for (const field of struct.node.fields) {
    const type = analysis.types.resolve(struct.unit, field.type);
    if (!isOfCaller(analysis, type) || analysis.types.underlying(type).kind === 'slice') continue;
    for (const name of fieldNames([field])) {
      const found = isExported(name) ? undefined : onlySet(analysis, unit, users, name);
      if (found && isNeverReset(analysis, found.unit, users, [found.set])) return { obj, name, ...found };
    }
  }
  return undefined;
}

function onlySet(
  analysis: Analysis,
  unit: DeclUnit,
  { type }: PoolUsers,
  name: string,
): { unit: DeclUnit; set: FieldSet } | undefined {
  const found: { unit: DeclUnit; set: FieldSet }[] = [];
  for (const member of declarationsNaming(unit.pkg, name)) {
    const at = unit.pkg.unit(member);
    if (at.hasError) return undefined;
    for (const stmt of nodesOfKind(at.decl, 'AssignStmt'))
      for (const set of setsIn(stmt, name))
        if (mayBeOf(analysis, at, set.target.x, type)) found.push({ unit: at, set });
  }
  const [first, ...others] = found;
  const given = first?.set.value.kind === 'Ident' ? first.set.value.obj : undefined;
  if (others.length > 0 || given?.role !== 'param' || first?.unit.file.isTest) return undefined;
  return isOfCaller(analysis, analysis.objectType(first!.unit, given)) ? first : undefined;
}

function setsIn(stmt: AssignStmt, name: string): FieldSet[] {
  if (stmt.op !== '=' || stmt.lhs.length !== stmt.rhs.length) return [];
  return stmt.lhs.flatMap((l, n) => {
    const [target, value] = [unparen(l), stmt.rhs[n]];
    return target.kind === 'SelectorExpr' && target.sel.name === name && value ? [{ stmt, target, value }] : [];
  });
}
