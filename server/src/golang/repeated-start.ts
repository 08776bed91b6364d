/** Code that is reached again and again as long as a process lives: handlers of requests, accept loops. */
import type { FuncDecl, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { isCommandAction } from './commands.ts';
import { literalRun } from './contexts.ts';
import { isExported } from './exported.ts';
import { isProcessScope } from './goroutines.ts';
import { loopsForEver, takesRequest } from './process-lifetime.ts';
import type { DeclUnit } from './unit.ts';

/** Callers of callers that are looked at. */
const MAX_DEPTH = 4;

/**
 * True when the code at `node` runs for each of a stream of events: in a loop without condition or over a channel, in a
 * function that takes a request, in a literal that is kept or passed on (but for start-up code, see `runsOncePerProcess`),
 * or in an unexported function with a call in such code.
 */
export function startedRepeatedly(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  return isRepeated(analysis, unit, node, new Set());
}

function isRepeated(analysis: Analysis, unit: DeclUnit, node: Node, seen: Set<FuncDecl>): boolean {
  const parents = analysis.parents(unit);
  for (let child = node, n = parents.get(node); n; child = n, n = parents.get(n)) {
    if (loopsForEver(analysis, unit, n, child)) return true;
    if (n.kind !== 'FuncLit') continue;
    if (takesRequest(analysis, unit, n)) return true;
    const isLater = literalRun(analysis, unit, n) === 'later' && unit.pkg.name !== 'main' && !isProcessScope(unit);
    if (isLater && !isCommandAction(analysis, unit, n, { unit, func: n })) return true;
  }
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl') return false;
  if (takesRequest(analysis, unit, decl)) return true;
  if (seen.size >= MAX_DEPTH || seen.has(decl)) return false;
  seen.add(decl);
  if (unit.pkg.name !== 'main' && isExported(decl.name.name)) return false;
  return mentionsOf(analysis, unit, decl).some(
    (m) => m.call !== undefined && !m.unit.file.isTest && isRepeated(analysis, m.unit, m.call, seen),
  );
}
