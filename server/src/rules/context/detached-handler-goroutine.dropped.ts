/** Handlers that wait for their goroutine, but leave without it when the client has gone. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { endsWithRequest, type Handler } from '../../golang/handlers.ts';
import { isLogging } from '../../golang/logging.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, unparen, walk } from '../../golang/walk.ts';
import type { CommClause, LocalObject, Node } from '../../syntax/ast.ts';
import type { UnattendedWait } from './detached-handler-goroutine.waits.ts';

/**
 * True when a `select` behind the `go` statement returns at the end of the request, and neither that arm nor anything deferred has to do
 * with what the goroutine has: nobody tells it.
 */
export function leavesWithRequest(analysis: Analysis, unit: DeclUnit, handler: Handler, spawn: Spawn): boolean {
  const parents = analysis.parents(unit);
  const { func } = handler;
  if (spawn.func !== func) return false;
  const given = new Set<LocalObject>();
  walk(spawn.call, (n) => {
    if (n.kind === 'Ident' && n.obj?.role === 'local' && n.obj.func === func) given.add(n.obj);
  });
  const concerns = (node: Node): boolean =>
    find(node, (n) => n.kind === 'Ident' && n.obj !== undefined && given.has(n.obj)) !== undefined;
  if (nodesOfKind(unit.decl, 'DeferStmt').some((d) => contains(func, d) && concerns(d))) return false;
  const isLeft = (clause: CommClause): boolean =>
    hearsEnd(analysis, unit, handler, clause) &&
    clause.body.at(-1)?.kind === 'ReturnStmt' &&
    clause.body.every((s) => !concerns(s) && isAnswer(analysis, unit, s));
  return nodesOfKind(unit.decl, 'SelectStmt').some(
    (s) => s.start > spawn.stmt.end && enclosingFunc(parents, s) === func && s.clauses.some(isLeft),
  );
}

/** `case <-r.Context().Done():` */
function hearsEnd(analysis: Analysis, unit: DeclUnit, handler: Handler, { comm }: CommClause): boolean {
  const x = comm?.kind === 'ExprStmt' ? unparen(comm.x) : undefined;
  const call = x?.kind === 'UnaryExpr' && x.op === '<-' ? unparen(x.x) : undefined;
  if (call?.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Done') return false;
  return endsWithRequest(analysis, unit, handler, unparen(call.fun.x));
}

/** True for a statement that does nothing but answer and write to a log: anything else may reach the goroutine. */
function isAnswer(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  return (
    find(node, (n) => {
      if (n.kind === 'AssignStmt' || n.kind === 'SendStmt' || n.kind === 'FuncLit') return true;
      if (n.kind !== 'CallExpr') return false;
      const { name } = analysis.callee(unit, n);
      if (/^(?:net\/http\.(?:ResponseWriter\.\w+|Error)|context\.Context\.Err|context\.Cause)$/.test(name))
        return false;
      return !isLogging(analysis.parents(unit), n, name) && !/\.Err$/.test(name) && !isOfRequest(unit, n);
    }) === undefined
  );
}

function isOfRequest(unit: DeclUnit, call: Node): boolean {
  return /\.Context\(\)$/.test(unit.text(call));
}

/** True for a loop that polls, and neither counts its turns nor looks at the time. */
export function pollsForEver(analysis: Analysis, { kind, unit, node }: UnattendedWait): boolean {
  if (kind !== 'poll') return false;
  return (
    find(node, (n) => {
      if (n.kind === 'IncDecStmt' || (n.kind === 'AssignStmt' && /^[-+]=$/.test(n.op))) return true;
      return n.kind === 'CallExpr' && /^time\.(?:Now|Since|Until|After|Time\.\w+)$/.test(analysis.callee(unit, n).name);
    }) === undefined
  );
}
