/** Witness steps shared by rules that follow a path: which branches lead to the end, and where it is. */
import type { FuncNode } from '../syntax/ast.ts';
import type { UnreleasedPath } from '../golang/paths.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { StepSpec } from './context.ts';

/** Branches shown at most; the last ones say most. */
const MAX_BRANCHES = 3;

/**
 * Steps for the branches of a path and its end. The rule's texts must have the messages `step-when` ({cond}),
 * `step-unless` ({cond}), `step-comm` ({comm}), `step-default`, `step-return`, `step-end`, `step-again` and `step-overwritten`.
 */
export function pathSteps(unit: DeclUnit, func: FuncNode, path: UnreleasedPath): StepSpec[] {
  const steps: StepSpec[] = [];
  for (const edge of path.decisions) {
    const arm = edge.clause?.kind === 'CommClause' ? edge.clause : undefined;
    if (arm)
      steps.push(
        arm.comm
          ? { node: arm.comm, message: 'step-comm', args: { comm: clip(oneLine(unit.text(arm.comm))) } }
          : { node: { start: arm.start, end: arm.start + 'default'.length }, message: 'step-default' },
      );
    if (!edge.cond) continue;
    const cond = oneLine(unit.text(edge.cond));
    // The ordinary `err == nil` way needs no words.
    if (/\berr\w*\s*!=\s*nil$/i.test(cond) && edge.kind === 'false') continue;
    steps.push({
      node: edge.cond,
      message: edge.kind === 'true' ? 'step-when' : 'step-unless',
      args: { cond: clip(cond) },
    });
  }
  const shown = steps.slice(-MAX_BRANCHES);
  if (path.end === 'again' && path.node) shown.push({ node: path.node, message: 'step-again' });
  else if (path.end === 'overwritten' && path.node) shown.push({ node: path.node, message: 'step-overwritten' });
  else if (path.node) shown.push({ node: path.node, message: 'step-return' });
  else shown.push({ node: { start: func.end - 1, end: func.end }, message: 'step-end' });
  return shown;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
