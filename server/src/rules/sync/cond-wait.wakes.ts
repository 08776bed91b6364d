/** Whether a function or a call wakes those who wait for a condition variable. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { visitEvaluated } from '../../golang/paths.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, walk } from '../../golang/walk.ts';
import type { CallExpr, Node } from '../../syntax/ast.ts';

export type Wake = 'surely' | 'perhaps';

/** Calls within a function that are followed. */
const MAX_DEPTH = 3;

/** Whether a function signals, itself or in one that it calls; one that is not seen and gives nothing back may be there for that. */
export function wakesIn(analysis: Analysis, unit: DeclUnit, depth = 0): Wake | undefined {
  let found: Wake | undefined;
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const wake = wakesBy(analysis, unit, call, depth);
    if (wake === 'surely') return wake;
    found ??= wake;
  }
  return found;
}

/** The same of what is evaluated at a node of a control flow graph; what a `defer` statement runs later counts there. */
export function wakesAt(analysis: Analysis, unit: DeclUnit, node: Node): Wake | undefined {
  let found: Wake | undefined;
  const visit = (n: Node): void => {
    if (n.kind === 'CallExpr' && found !== 'surely') found = wakesBy(analysis, unit, n) ?? found;
  };
  if (node.kind === 'DeferStmt') walk(node, visit);
  else visitEvaluated(node, visit);
  return found;
}

/** The same of one call. */
export function wakesBy(analysis: Analysis, unit: DeclUnit, call: CallExpr, depth = 0): Wake | undefined {
  if (/^(?:Signal|Broadcast)$/.test(calledName(call))) return 'surely';
  const { kind, visible, signature } = analysis.callee(unit, call);
  const inside = visible && depth < MAX_DEPTH ? wakesIn(analysis, visible.unit, depth + 1) : undefined;
  const isUnseen = kind === 'value' && (signature?.kind !== 'func' || signature.results.length === 0);
  return inside ?? (isUnseen || call.fun.kind === 'CallExpr' ? 'perhaps' : undefined);
}
