/** Variables and fields that only their package can name: everything that happens to them is in sight. */
import type { Expr, Ident, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue } from './only-value.ts';
import type { GoPackage } from './package.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';
import { declarationsNaming, declarationsWith } from './word-index.ts';
import { isExported } from './exported.ts';

/** A place where the variable or field is named. */
export interface OwnMention {
  unit: DeclUnit;
  node: Ident | SelectorExpr;
  /** What a declaration or a keyed composite literal gives it at its start; `zero` for none. */
  initial?: Expr | 'zero';
}

/**
 * Every mention of what an expression denotes: a local variable, or an unexported package variable or field of the package.
 * @returns undefined for anything that code out of sight can name or set: parameters, exported names, fields of types
 * that are not the package's or whose composite literals do not name fields, and where a mention cannot be resolved
 */
export function ownMentions(analysis: Analysis, unit: DeclUnit, expr: Expr): OwnMention[] | undefined {
  const x = unparen(expr);
  if (x.kind === 'StarExpr' || (x.kind === 'UnaryExpr' && x.op === '&')) return ownMentions(analysis, unit, x.x);
  if (x.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, x);
    return s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, unit, s.owner, x.sel.name) : undefined;
  }
  if (x.kind !== 'Ident') return undefined;
  if (!x.obj) return packageVariable(analysis, unit, x);
  const { role, decl, uses } = x.obj;
  if (role !== 'local') return undefined;
  return [{ unit, node: decl, initial: initialOf(x.obj.declNode, decl) }, ...uses.map((node) => ({ unit, node }))];
}

/** True for a name that no other package can write: unexported, or of a program. */
function isHidden(unit: DeclUnit, name: string): boolean {
  return unit.pkg.name === 'main' || !isExported(name);
}

/** The value a declaration gives to one of the variables it declares. */
function initialOf(decl: Node, ident: Ident): OwnMention['initial'] {
  const values = decl.kind === 'AssignStmt' ? decl.rhs : decl.kind === 'ValueSpec' ? decl.values : [];
  return values.length === 0 ? 'zero' : givenValue(decl, ident);
}

function packageVariable(analysis: Analysis, unit: DeclUnit, ident: Ident): OwnMention[] | undefined {
  const denotes = analysis.types.denotes(unit, ident);
  const { name } = ident;
  if (denotes?.kind !== 'member' || denotes.member.declaration.tok !== 'var' || !isHidden(unit, name)) return undefined;
  const found: OwnMention[] = [];
  for (const member of declarationsNaming(unit.pkg, name)) {
    const other = unit.pkg.unit(member);
    if (other.hasError) return undefined;
    const parents = analysis.parents(other);
    for (const n of nodesOfKind(other.decl, 'Ident')) {
      if (n.name !== name || n.obj) continue;
      const p = parents.get(n);
      const isOther = (p?.kind === 'SelectorExpr' && p.sel === n) || (p?.kind === 'KeyValueExpr' && p.key === n);
      if (isOther || p?.kind === 'Field') continue;
      const isDeclared = p?.kind === 'ValueSpec' && p.names.includes(n);
      found.push(isDeclared ? { unit: other, node: n, initial: initialOf(p, n) } : { unit: other, node: n });
    }
  }
  return found;
}

/** Every mention of a field of a type of the package, as `ownMentions`. */
export function fieldMentionsOf(
  analysis: Analysis,
  unit: DeclUnit,
  owner: NamedType,
  name: string,
): OwnMention[] | undefined {
  if (owner.local || owner.pkg !== unit.pkg.path || !isHidden(unit, name)) return undefined;
  return fieldMentions(analysis, unit.pkg, owner, name);
}

/**
 * Every mention of a field in the packages that are analysed, whether or not others can name it, too.
 * @param most declarations that name it, or something of the same name; undefined where there are more
 */
export function visibleFieldMentions(
  analysis: Analysis,
  owner: NamedType,
  name: string,
  most: number,
): OwnMention[] | undefined {
  if (owner.local) return undefined;
  const home = analysis.program.given(owner.pkg);
  if (!home) return undefined;
  const others = isExported(name)
    ? [...analysis.program.packages].filter((p) => p !== home && p.files.some((f) => f.importPaths.includes(owner.pkg)))
    : [];
  const naming = [home, ...others].map((pkg) => ({ pkg, members: declarationsWith(pkg, name, 'field') }));
  if (naming.reduce((n, { members }) => n + members.length, 0) > most) return undefined;
  const found: OwnMention[] = [];
  for (const { pkg, members } of naming) {
    const here = fieldMentions(analysis, pkg, owner, name, members);
    if (!here) return undefined;
    found.push(...here);
  }
  return found;
}

function fieldMentions(
  analysis: Analysis,
  pkg: GoPackage,
  owner: NamedType,
  name: string,
  members = declarationsWith(pkg, name, 'field'),
): OwnMention[] | undefined {
  if (hasUnkeyedLiterals(analysis, pkg, owner)) return undefined;
  const found: OwnMention[] = [];
  for (const member of members) {
    const other = pkg.unit(member);
    if (other.hasError) return undefined;
    for (const node of nodesOfKind(other.decl, 'SelectorExpr')) {
      if (node.sel.name !== name) continue;
      const s = analysis.types.members.selector(other, node);
      if (!s || (s.kind === 'field' && (!s.owner || sameType(s.owner, owner)))) found.push({ unit: other, node });
    }
    for (const lit of nodesOfKind(other.decl, 'CompositeLit')) {
      const t = lit.type && analysis.types.resolve(other, lit.type);
      if (t && t.kind === 'named' && !sameType(t, owner)) continue;
      for (const e of lit.elts)
        if (e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === name)
          found.push({ unit: other, node: e.key, initial: e.value });
    }
  }
  return found;
}

/** True when values of a type are written down without the names of its fields. */
function hasUnkeyedLiterals(analysis: Analysis, pkg: GoPackage, owner: NamedType): boolean {
  return declarationsWith(pkg, owner.name, 'unkeyedLiteral').some((member) => {
    const other = pkg.unit(member);
    return nodesOfKind(other.decl, 'CompositeLit').some((lit) => {
      const [first] = lit.elts;
      if (!lit.type || !first || first.kind === 'KeyValueExpr') return false;
      const t = analysis.types.resolve(other, lit.type);
      return t.kind === 'named' && sameType(t, owner);
    });
  });
}

function sameType(a: NamedType, b: NamedType): boolean {
  return a.pkg === b.pkg && a.name === b.name;
}
