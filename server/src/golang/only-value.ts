/** The one value that a name stands for. */
import type { Expr, Ident, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';

/** The value with which a constant, or a local variable that is never assigned again, is declared. */
export function onlyValueOf(
  analysis: Analysis,
  unit: DeclUnit,
  ident: Ident,
): { unit: DeclUnit; expr: Expr } | undefined {
  const { obj } = ident;
  if (obj) {
    if (obj.writes.length > 0 || obj.addressTaken) return undefined;
    const expr = valueIn(obj.declNode, obj.decl);
    return expr && { unit, expr };
  }
  const d = analysis.types.denotes(unit, ident);
  if (d?.kind !== 'member' || d.member.declaration.tok !== 'const' || d.pkg.isStub) return undefined;
  const at = d.pkg.unit(d.member);
  if (at.hasError || at.decl.kind !== 'GenDecl') return undefined;
  for (const spec of at.decl.specs) {
    const name = spec.kind === 'ValueSpec' ? spec.names.find((n) => n.name === ident.name) : undefined;
    const expr = name && valueIn(spec, name);
    if (expr) return { unit: at, expr };
  }
  return undefined;
}

function valueIn(decl: Node, name: Ident): Expr | undefined {
  const targets: readonly Expr[] = decl.kind === 'AssignStmt' ? decl.lhs : decl.kind === 'ValueSpec' ? decl.names : [];
  const values = decl.kind === 'AssignStmt' ? decl.rhs : decl.kind === 'ValueSpec' ? decl.values : [];
  return values.length === targets.length ? values[targets.indexOf(name)] : undefined;
}
