/** Resources in fields that nothing releases, though a method ends the value that has the field. */
import type { CallExpr, LocalObject, Node, SelectorExpr } from '../syntax/ast.ts';
import { carriedOut } from './acquire-summary.ts';
import type { Analysis } from './analysis.ts';
import { parameterIndex } from './callee.ts';
import { type EndingMethod, endingMethods, isFinal } from './ending-methods.ts';
import { fieldMentionsOf } from './own-mentions.ts';
import type { ParentMap } from './parents.ts';
import type { Acquisition } from './resources.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

export interface UnreleasedField {
  owner: NamedType;
  name: string;
  /** The method that ends the value and leaves out the field. */
  end: EndingMethod;
}

/**
 * The field that what is acquired goes to, where the package only uses what the field holds, and ends the value for good.
 * @param isUse whether a mention of a member of what the field holds, `s.cmd.Process`, is a mere use
 */
export function unreleasedField(
  analysis: Analysis,
  a: Acquisition,
  isUse: (unit: DeclUnit, member: SelectorExpr) => boolean,
): UnreleasedField | undefined {
  const field = fieldOf(analysis, a);
  if (!field) return undefined;
  const { owner, name } = field;
  const mentions = fieldMentionsOf(analysis, a.unit, owner, name);
  if (!mentions?.every(({ unit, node, initial }) => initial !== undefined || isOnlyUsed(analysis, unit, node, isUse)))
    return undefined;
  const end = endingMethods(analysis, a.unit.pkg, owner.name).find((m) => isFinal(analysis, m, a.unit));
  return end && { ...field, end };
}

interface Field {
  owner: NamedType;
  name: string;
}

/** The field of a type of the package that is given the result, by way of the variable that takes it or at once. */
function fieldOf(analysis: Analysis, a: Acquisition): Field | undefined {
  const { unit, destination } = a;
  if (destination.kind === 'variable') {
    const assigned = assignedField(analysis.parents(unit), destination.object);
    return assigned ? fieldAt(analysis, unit, assigned) : carriedOut(analysis, a);
  }
  const target = destination.kind === 'elsewhere' && destination.target ? unparen(destination.target) : undefined;
  return target?.kind === 'SelectorExpr' ? fieldAt(analysis, unit, target) : undefined;
}

/** `s.file = f`, where that is all that is done with it besides comparing it and calling its methods. */
function assignedField(parents: ParentMap, object: LocalObject): SelectorExpr | undefined {
  const found: SelectorExpr[] = [];
  for (const use of object.uses) {
    const parent = parents.get(use);
    if (parent?.kind === 'SelectorExpr' || parent?.kind === 'BinaryExpr') continue;
    const target = parent?.kind === 'AssignStmt' ? parent.lhs[parent.rhs.indexOf(use)] : undefined;
    if (target?.kind !== 'SelectorExpr') return undefined;
    const root = unparen(target.x);
    // A struct that is made here may still be dropped, which is looked at apart.
    if (root.kind !== 'Ident' || root.obj?.role !== 'recv') return undefined;
    found.push(target);
  }
  return found.length === 1 ? found[0] : undefined;
}

function fieldAt(analysis: Analysis, unit: DeclUnit, x: SelectorExpr): Field | undefined {
  const s = analysis.types.members.selector(unit, x);
  return s?.kind === 'field' && s.owner ? { owner: s.owner, name: s.name } : undefined;
}

/** True for a mention that neither releases what the field holds nor gives it to anybody who may. */
function isOnlyUsed(
  analysis: Analysis,
  unit: DeclUnit,
  node: Node,
  isUse: (unit: DeclUnit, member: SelectorExpr) => boolean,
): boolean {
  const parent = analysis.parents(unit).get(node);
  switch (parent?.kind) {
    case 'BinaryExpr':
      return true;
    case 'AssignStmt':
      return parent.lhs.some((l) => l === node);
    case 'SelectorExpr':
      return isUse(unit, parent);
    case 'CallExpr':
      return parent.fun !== node && isBorrowed(analysis, unit, parent, node);
    default:
      return false;
  }
}

function isBorrowed(analysis: Analysis, unit: DeclUnit, call: CallExpr, arg: Node): boolean {
  const c = analysis.callee(unit, call);
  return c.fact?.borrows?.includes(parameterIndex(c, call, arg)) ?? false;
}
