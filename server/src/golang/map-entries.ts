/** Values that a function puts into a map from which the package takes them out again. */
import type { CallExpr, IndexExpr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { ownMentions } from './own-mentions.ts';
import type { DeclUnit } from './unit.ts';

export interface MapEntry {
  /** `m[k] = v` */
  stored: Node;
  /** The map as written. */
  map: string;
  /** Every `delete` from that map. */
  removals: { unit: DeclUnit; call: CallExpr }[];
}

/** Where the function of a variable makes its value an element or a key of a map that only the package can name, and that is deleted from. */
export function mapEntries(analysis: Analysis, unit: DeclUnit, object: LocalObject): MapEntry[] {
  const parents = analysis.parents(unit);
  return object.uses.flatMap((use): MapEntry[] => {
    const parent = parents.get(use);
    let target: IndexExpr | undefined;
    if (parent?.kind === 'AssignStmt' && parent.lhs.length === parent.rhs.length) {
      const at = parent.lhs[parent.rhs.indexOf(use)];
      target = at?.kind === 'IndexExpr' ? at : undefined;
    } else if (parent?.kind === 'IndexExpr' && parent.indices[0] === use) {
      const stmt = parents.get(parent);
      target = stmt?.kind === 'AssignStmt' && stmt.lhs.includes(parent) ? parent : undefined;
    }
    if (!target || analysis.types.underlying(analysis.typeOf(unit, target.x)).kind !== 'map') return [];
    const removals = (ownMentions(analysis, unit, target.x) ?? []).flatMap(({ unit: at, node }) => {
      const call = analysis.parents(at).get(node);
      const isRemoval =
        call?.kind === 'CallExpr' && call.args[0] === node && analysis.callee(at, call).name === 'delete';
      return isRemoval ? [{ unit: at, call }] : [];
    });
    return removals.length > 0 ? [{ stored: target, map: unit.text(target.x), removals }] : [];
  });
}
