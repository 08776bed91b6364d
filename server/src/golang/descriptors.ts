/** Files of which the number is kept: whoever has it goes on using the file. */
import type { CallExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';
import { calledName } from './walk.ts';

/** True for a call like that of `s.fd = int(f.Fd())`. */
export function keepsDescriptor(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  if (calledName(call) !== 'Fd') return false;
  const parents = analysis.parents(unit);
  let parent = parents.get(call);
  while (parent?.kind === 'CallExpr' && isMadeOf(analysis, unit, parent)) parent = parents.get(parent);
  // `defer syscall.Close(int(f.Fd()))`
  if (parent?.kind === 'CallExpr' && parents.get(parent)?.kind === 'DeferStmt') return true;
  if (parent?.kind === 'AssignStmt') return parent.lhs.some((l) => l.kind !== 'Ident');
  return parent?.kind === 'KeyValueExpr' || parent?.kind === 'CompositeLit' || parent?.kind === 'ReturnStmt';
}

/** True for a conversion, and for a constructor: `NewHandle(int(f.Fd()))`. */
function isMadeOf(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  return /^New(?![a-z])/.test(calledName(call)) || analysis.callee(unit, call).kind === 'conversion';
}
