/** What the functions of a package put into a field of one of its types, wherever that comes from. */
import type { CompositeLit, Expr } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { deref, type NamedType, type Type } from '../../golang/types.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import { type Sources, sourcesOfField } from './value-homes.ts';

/** The expressions that make the values of a field, or the elements of the list or map in it. */
export function sourcesIn(analysis: Analysis, pkg: GoPackage, owner: NamedType, name: string): Sources {
  const isOwn = (t: Type): boolean => {
    const to = deref(t);
    return to.kind === 'named' && to.name === owner.name && to.pkg === owner.pkg;
  };
  const mentions = declarationsSetting(pkg, name).flatMap((member) => {
    const unit = pkg.unit(member);
    if (unit.hasError) return [];
    const selected = nodesOfKind(unit.decl, 'SelectorExpr').filter((x) => {
      const s = x.sel.name === name ? analysis.types.members.selector(unit, x) : undefined;
      return s?.kind === 'field' && s.owner && isOwn(s.owner);
    });
    const keys = nodesOfKind(unit.decl, 'CompositeLit').flatMap((lit) => {
      const key = entryOf(lit, name)?.key;
      return key && isOwn(analysis.typeOf(unit, lit)) ? [key] : [];
    });
    return [...selected, ...keys].map((node) => ({ unit, node }));
  });
  return sourcesOfField(analysis, mentions);
}

/** The entry of a field in a composite literal. */
export function entryOf(lit: CompositeLit, name: string): { key: Expr; value: Expr } | undefined {
  for (const e of lit.elts) if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === name) return e;
  return undefined;
}

/** The declarations that seem to give a field of that name something: those that only use it need not be parsed. */
function declarationsSetting(pkg: GoPackage, name: string): PackageMember[] {
  const sets = new RegExp(`\\b${name}\\s*:(?!=)|\\.\\s*${name}\\b[^\\n]*[^=!<>:]=(?!=)`);
  return declarationsWith(pkg, name, 'field').filter(({ file, declaration }) => sets.test(file.textOf(declaration)));
}
