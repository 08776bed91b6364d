/** Values of constants. */
import { constantNumber, constantSpec, literal } from '../../golang/constants.ts';
import { unparen } from '../../golang/walk.ts';
import type { Ident } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import type { Lowering } from './lowering.ts';

/** Integer constants with a literal value; others are symbols that are equal wherever the constant is named. */
export function constantOf(l: Lowering, e: Ident): Reg {
  const found = constantSpec(l.analysis.types, l.unit, e);
  const n = found && constantNumber(found);
  if (n !== undefined) return l.constant(n);
  const x = found && unparen(found.value);
  if (x?.kind === 'BasicLit') return l.constant(literal(x.lit, x.value) ?? null);
  if (x?.kind === 'Ident' && (x.name === 'true' || x.name === 'false')) return l.constant(x.name === 'true');
  // A constant is its own name: comparisons with itself and with others of its kind go right.
  return l.constant(`const ${e.obj ? e.obj.decl.start : ''}${e.name}`);
}
