/** Calls of methods whose type is not seen, but whose value may be of a type of the package. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee } from '../../golang/callee.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';

/**
 * True for `p.Produce(v)` where `p` has a type of a package that is not seen, which may be an interface, and the package has a
 * method of that name: which one runs the value tells.
 */
export function mayRunOwnMethod(analysis: Analysis, unit: DeclUnit, c: Callee): boolean {
  if (c.kind !== 'method' || !c.recv || c.dynamic) return false;
  const type = analysis.typeOf(unit, c.recv);
  if (type.kind !== 'named' || type.local || analysis.types.members.typeSpec(type)) return false;
  const name = c.name.slice(c.name.lastIndexOf('.') + 1);
  return declarationsNaming(unit.pkg, name).some(
    ({ declaration }) => declaration.recv !== undefined && declaration.names[0] === name,
  );
}
