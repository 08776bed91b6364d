/** The values that names are given, and the one that a name stands for. */
import type { Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/**
 * What an assignment or declaration gives to one of its targets, when each target has a value of its own; undefined for other
 * statements, and for `a, b := f()`.
 */
export function givenValue(stmt: Node | undefined, target: Expr): Expr | undefined {
  const targets: readonly Expr[] =
    stmt?.kind === 'AssignStmt' ? stmt.lhs : stmt?.kind === 'ValueSpec' ? stmt.names : [];
  const values = stmt?.kind === 'AssignStmt' ? stmt.rhs : stmt?.kind === 'ValueSpec' ? stmt.values : [];
  return values.length === targets.length ? values[targets.indexOf(target)] : undefined;
}

/** The expression a local variable is declared with, when it is never assigned again. */
export function onlyValue({ decl, declNode, writes, addressTaken }: LocalObject): Expr | undefined {
  return writes.length > 0 || addressTaken ? undefined : givenValue(declNode, decl);
}

/** True for a variable that never holds anything but the struct that is made where it is declared: `c := &client{}`. */
export function isNewStruct(object: LocalObject): boolean {
  const value = object.role === 'local' ? onlyValue(object) : undefined;
  const x = value && unparen(value);
  return (
    x?.kind === 'CompositeLit' || (x?.kind === 'UnaryExpr' && x.op === '&' && unparen(x.x).kind === 'CompositeLit')
  );
}

/** The value with which a constant, or a local variable that is never assigned again, is declared. */
export function onlyValueOf(
  analysis: Analysis,
  unit: DeclUnit,
  ident: Ident,
): { unit: DeclUnit; expr: Expr } | undefined {
  const { obj } = ident;
  if (obj) {
    const expr = onlyValue(obj);
    return expr && { unit, expr };
  }
  const d = analysis.types.denotes(unit, ident);
  if (d?.kind !== 'member' || d.member.declaration.tok !== 'const' || d.pkg.isStub) return undefined;
  const at = d.pkg.unit(d.member);
  if (at.hasError || at.decl.kind !== 'GenDecl') return undefined;
  for (const spec of at.decl.specs) {
    const name = spec.kind === 'ValueSpec' ? spec.names.find((n) => n.name === ident.name) : undefined;
    const expr = name && givenValue(spec, name);
    if (expr) return { unit: at, expr };
  }
  return undefined;
}
