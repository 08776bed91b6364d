/** Channels that are nil because nobody has called the method yet that makes them. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { contains, isNil, unparen } from '../../golang/walk.ts';
import { type FieldUse, FieldUses } from './field-uses.ts';
import { chanName, textOf } from './operand-names.ts';
import type { Site } from './values.ts';

/** True when the channel of an operation is a field, and some function of the package assigns it a channel. */
export function isAssignedSomewhere(analysis: Analysis, { unit, node }: Site): boolean {
  const name = chanName({ unit, node });
  const channel = nodesOfKind(unit.decl, 'SelectorExpr').find(
    (n) => contains(node, n) && textOf({ unit, node: n }) === name,
  );
  const s = channel && analysis.types.members.selector(unit, channel);
  const pkg = s?.kind === 'field' && s.owner ? analysis.program.package(s.owner.pkg) : undefined;
  if (s?.kind !== 'field' || !s.owner || pkg?.origin !== 'own') return false;
  return new FieldUses(analysis).of(pkg, s.owner.name, s.name).some((use) => setsChannel(analysis, use));
}

function setsChannel(analysis: Analysis, { kind, unit, node }: FieldUse): boolean {
  const assign = kind === 'set' ? analysis.parents(unit).get(node) : undefined;
  if (assign?.kind !== 'AssignStmt') return kind === 'set';
  const value = assign.rhs[assign.lhs.findIndex((l) => unparen(l) === node)];
  return value === undefined || !isNil(value);
}
