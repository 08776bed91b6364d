/** Values that are made without their channel and put where the package puts those that have one: who takes one out cannot tell. */
import { sourcesIn } from '../../concurrency/locks/field-sources.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { OwnMention } from '../../golang/own-mentions.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { hasKey, isOf, type Making, type UnmadeWay } from '../../golang/unmade-fields.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { isNil, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Expr, LocalObject, Node } from '../../syntax/ast.ts';

/** The functions that put a value without the channel into a field that holds others with it, alone or as elements. */
export function waysInPlaces(
  analysis: Analysis,
  { pkg }: DeclUnit,
  owner: NamedType,
  name: string,
  makings: readonly Making[],
  mentions: readonly OwnMention[],
): UnmadeWay[] {
  const made = new Set<Node>([
    ...makings.flatMap(({ object, by }) => (by === 'assignment' && object ? (literalOf(object) ?? []) : [])),
    ...mentions.flatMap((m) =>
      m.initial === undefined || m.initial === 'zero' || isNil(m.initial)
        ? []
        : (analysis.parents(m.unit).get(entryOf(analysis, m)) ?? []),
    ),
  ]);
  if (made.size === 0) return [];
  for (const place of placesFor(analysis, pkg, owner)) {
    const { values } = sourcesIn(analysis, pkg, place.owner, place.name);
    if (!values.some(({ expr }) => made.has(unparen(expr)))) continue;
    const ways = values.flatMap(({ unit, expr }): UnmadeWay[] => {
      const lit = unparen(expr);
      const { decl } = unit;
      const isUnmade =
        lit.kind === 'CompositeLit' && isOf(analysis, unit, lit, owner) && !made.has(lit) && !hasKey(lit, name);
      return isUnmade && decl.kind === 'FuncDecl' ? [{ unit, decl, node: lit, by: 'place' }] : [];
    });
    if (ways.length > 0) return ways;
  }
  return [];
}

/** The literal that makes the value which is given a channel afterwards. */
function literalOf(object: LocalObject): Node | undefined {
  const value = onlyValue(object);
  return value && withoutAddress(value);
}

/** The entry of a literal that begins with the name of the field. */
function entryOf(analysis: Analysis, { unit, node }: OwnMention): Node {
  return analysis.parents(unit).get(node) ?? node;
}

function withoutAddress(value: Expr): Expr {
  const x = unparen(value);
  return x.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
}

/** Fields of the package whose type names a type. */
function placesFor(
  analysis: Analysis,
  pkg: DeclUnit['pkg'],
  { name }: NamedType,
): { owner: NamedType; name: string }[] {
  const field = new RegExp(`(?:^\\s+|[{;] )(\\w+(?:, \\w+)*)\\s+[^\\n/;]*\\b${name}\\b`, 'gm');
  return declarationsNaming(pkg, name).flatMap((member) => {
    const { declaration, file } = member;
    const [type] = declaration.names;
    if (declaration.tok !== 'type' || declaration.names.length !== 1 || type === undefined || file.isTest) return [];
    const owner: NamedType = { kind: 'named', pkg: pkg.path, name: type, args: [] };
    if (analysis.types.underlying(owner).kind !== 'struct') return [];
    return [...file.textOf(declaration).matchAll(field)].flatMap(([, names = '']) =>
      names.split(', ').map((f) => ({ owner, name: f })),
    );
  });
}
