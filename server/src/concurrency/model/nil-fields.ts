/** Channels that are nil because nobody has called the method yet that makes them. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, isNil, unparen } from '../../golang/walk.ts';
import type { SelectorExpr } from '../../syntax/ast.ts';
import { type FieldUse, FieldUses } from './field-uses.ts';
import { chanName, textOf } from './operand-names.ts';
import type { Site } from './values.ts';

/**
 * True when the channel of an operation, or one of those of a `select`, is a field, and some function of the package, other than a
 * constructor, assigns it a channel.
 */
export function isAssignedSomewhere(analysis: Analysis, site: Site): boolean {
  const { unit } = site;
  const select = nodesOfKind(unit.decl, 'SelectStmt').find((s) => s.start === site.node.start);
  const operations = select ? select.clauses.flatMap(({ comm }) => comm ?? []) : [site.node];
  return operations.some((node) => {
    const name = select ? undefined : chanName({ unit, node });
    return nodesOfKind(unit.decl, 'SelectorExpr').some(
      (n) =>
        contains(node, n) &&
        (select ? isChannel(analysis, unit, n) : textOf({ unit, node: n }) === name) &&
        isAssigned(analysis, unit, n),
    );
  });
}

function isChannel(analysis: Analysis, unit: DeclUnit, expr: SelectorExpr): boolean {
  return analysis.types.underlying(analysis.typeOf(unit, expr)).kind === 'chan';
}

function isAssigned(analysis: Analysis, unit: DeclUnit, channel: SelectorExpr): boolean {
  const s = analysis.types.members.selector(unit, channel);
  const pkg = s?.kind === 'field' && s.owner ? analysis.program.package(s.owner.pkg) : undefined;
  if (s?.kind !== 'field' || !s.owner || pkg?.origin !== 'own') return false;
  const { owner } = s;
  return new FieldUses(analysis)
    .of(pkg, owner.name, s.name)
    .some((use) => setsChannel(analysis, use) && !isConstructor(use.unit, owner.name));
}

/** True for a function that gives a value of the type: whoever has the value has called it. */
function isConstructor({ decl }: DeclUnit, type: string): boolean {
  if (decl.kind !== 'FuncDecl' || decl.recv) return false;
  const [result] = decl.type.results;
  return result !== undefined && find(result.type, (n) => n.kind === 'Ident' && n.name === type) !== undefined;
}

function setsChannel(analysis: Analysis, { kind, unit, node }: FieldUse): boolean {
  const assign = kind === 'set' ? analysis.parents(unit).get(node) : undefined;
  if (assign?.kind !== 'AssignStmt') return kind === 'set';
  const value = assign.rhs[assign.lhs.findIndex((l) => unparen(l) === node)];
  return value === undefined || !isNil(value);
}
