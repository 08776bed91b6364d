/** Calls of methods whose type is not seen, but whose value may be of a type of the package. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee } from '../../golang/callee.ts';
import { isSmall } from './entries.ts';
import type { DeclUnit } from '../../golang/unit.ts';

/**
 * True for `p.Produce(v)` where `p` has a type of a package that is not seen, which may be an interface, or an interface of an imported
 * one, and the package has a method of that name: which one runs the value tells.
 */
export function mayRunOwnMethod(analysis: Analysis, unit: DeclUnit, c: Callee): boolean {
  if (c.kind !== 'method' || !c.recv) return false;
  // Few calls have the name of a method of the package.
  const name = c.name.slice(c.name.lastIndexOf('.') + 1);
  if (!unit.pkg.hasMethodNamed(name)) return false;
  const type = analysis.typeOf(unit, c.recv);
  if (type.kind !== 'named' || type.local) return false;
  if (!c.dynamic) return !analysis.types.members.typeSpec(type);
  // In a large package there are too many of those of the standard library, as `Close`; those that print do nothing else.
  return analysis.program.package(type.pkg)?.origin === 'imported' || (isSmall(unit.pkg) && !PRINTING.test(name));
}

const PRINTING = /^(?:String|Error|Format|GoString)$/;
