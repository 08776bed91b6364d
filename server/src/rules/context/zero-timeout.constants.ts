/** Constants without a unit that are declared for one time limit. */
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { BasicLit, Expr, GenDecl, Ident, ValueSpec } from '../../syntax/ast.ts';

/** The number that a constant is declared with, and where. */
export interface LimitConstant {
  unit: DeclUnit;
  name: string;
  value: BasicLit;
}

/**
 * The declaration of a constant of the package that nothing but the expression names: the unit belongs there. Undefined,
 * too, where constants below repeat its value, and where gofmt would move comments beside it.
 */
export function limitConstant(analysis: Analysis, unit: DeclUnit, expr: Expr): LimitConstant | undefined {
  const x = unparen(expr);
  if (x.kind !== 'Ident' || x.obj || (isExported(x.name) && unit.pkg.name !== 'main')) return undefined;
  const denoted = analysis.types.denotes(unit, x);
  if (denoted?.kind !== 'member' || denoted.pkg !== unit.pkg || denoted.member.ambiguous) return undefined;
  const at = unit.pkg.unit(denoted.member);
  const { decl } = at;
  if (decl.kind !== 'GenDecl' || decl.tok !== 'const' || at.hasError || /\S[ \t]*\/[/*]/.test(at.text(decl)))
    return undefined;
  const value = valueIn(decl, x.name);
  return value && isOnlyUse(unit, x) ? { unit: at, name: x.name, value } : undefined;
}

function valueIn({ specs }: GenDecl, name: string): BasicLit | undefined {
  const all = specs.filter((s): s is ValueSpec => s.kind === 'ValueSpec');
  const index = all.findIndex((s) => s.names.some((n) => n.name === name));
  const [spec, next] = [all[index], all[index + 1]];
  const value = spec?.values[0];
  if (spec?.names.length !== 1 || spec.type || next?.values.length === 0) return undefined;
  return value?.kind === 'BasicLit' ? value : undefined;
}

/** True when no other code of the package has the name for the same thing. */
function isOnlyUse({ pkg }: DeclUnit, use: Ident): boolean {
  const isOther = (n: Ident): boolean => n !== use && n.name === use.name && n.obj === undefined;
  return declarationsNaming(pkg, use.name).every((member) => {
    const unit = pkg.unit(member);
    const isDeclaration = unit.decl.kind === 'GenDecl' && unit.decl.tok === 'const';
    return !unit.hasError && nodesOfKind(unit.decl, 'Ident').filter(isOther).length <= (isDeclaration ? 1 : 0);
  });
}
