/** Tickers in a field of a struct that a function has made for itself, and drops on some way out without stopping what it holds. */
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Held, heldByStruct } from '../../golang/held-by-struct.ts';
import { inLoop } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { type Acquisition, releaseSpec, unreleasedPath } from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

/** Reports a ticker that a local struct holds when it is dropped. */
export function reportHeldTicker(context: RuleContext, a: Acquisition, level: 'hint' | undefined): boolean {
  const { analysis, unit } = context;
  const held = heldByStruct(analysis, a);
  const path = held && unreleasedPath(analysis, held);
  if (!held || !path || runsOncePerProcess(analysis, unit, a.call)) return false;
  const name = `${held.destination.object.name}.${held.acquires.via}`;
  context.report({
    node: a.call,
    message: path.end === 'return' ? 'not-stopped' : path.end,
    level,
    args: { name, line: context.line({ node: path.node ?? { start: a.func.end - 1, end: a.func.end } }) },
    steps: [{ node: a.call, message: 'step-started' }, ...pathSteps(unit, a.func, path)],
    fixes: deferStop(analysis, held, name),
  });
  return true;
}

/** `defer p.tick.Stop()`: it does no harm where the ticker is stopped on other ways. */
function deferStop(analysis: Analysis, a: Held, name: string): FixSpec[] {
  const { unit, call, stmt, destination, acquires } = a;
  const { object } = destination;
  const isHandedOn = object.uses.some((use) => {
    if (stmt && use.start < stmt.end) return false;
    return useEffect(analysis, unit, use, object, releaseSpec(acquires)) === 'handoff';
  });
  return [
    {
      id: 'defer-stop',
      title: 'fix-defer-stop',
      args: { name },
      preferred: true,
      safe: true,
      edits:
        isHandedOn || stmt?.kind !== 'AssignStmt' || inLoop(analysis.parents(unit), call)
          ? undefined
          : insertAfterErrorCheck(
              unit,
              stmt,
              `defer ${name}.Stop()`,
              (c) => analysis.callee(unit, c).fact?.neverReturns ?? false,
              a.error,
            ),
    },
  ];
}
