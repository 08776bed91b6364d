/** Shuts a server down when its context, or a signal, tells the program to end. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import { baseIdent, contains, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, ExprStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { waitsAndReturns, waitsForServer } from './server-without-shutdown.returns.ts';

/** How long requests get to come to their end. */
const PATIENCE = 10;

/**
 * Calls `Shutdown` behind the receive by which the function waits for a signal; else by a `defer` where the function waits for other things and
 * then returns, so that it does so whatever ends the wait, and requests come to their end before it; else from a goroutine that waits for the
 * context in scope. `http.ListenAndServe(addr, h)` becomes a server in a variable.
 */
export function addShutdown(context: RuleContext, launch: Launch, call: CallExpr, server?: Expr): FixSpec {
  return {
    id: 'add-shutdown',
    title: 'fix-add-shutdown',
    args: { server: server ? context.unit.text(server) : 'server' },
    preferred: true,
    edits: launch.unit === context.unit ? edits(context, launch, call, server) : undefined,
  };
}

function edits(context: RuleContext, launch: Launch, call: CallExpr, server?: Expr): FileEdit[] | undefined {
  const { stmt } = launch;
  const { analysis, unit } = context;
  const root = server && baseIdent(server);
  // A variable of the goroutine itself is out of reach.
  if (root?.obj && contains(stmt, root.obj.decl)) return undefined;
  const after = waitForSignal(context, stmt);
  const isDeferred = !after && isForDefer(context, launch);
  const found = after || isDeferred ? undefined : contextInScope(analysis, unit, stmt);
  if (!after && !isDeferred && (!found || found.expr !== found.object.name || found.object.writes.length > 0))
    return undefined;
  const at = { unit, node: stmt };
  const imports = [importEdits(unit.file, 'context', at), importEdits(unit.file, 'time', at)];
  const [contextName, timeName] = imports.map((i) => i?.name);
  if (!contextName || !timeName) return undefined;
  const made = server ? { name: unit.text(server), edits: [] } : serverInVariable(context, stmt, call, timeName);
  if (!made) return undefined;
  const place = after ?? stmt;
  const [limited, cancel] = [freshName(unit, place, 'shutdownCtx'), freshName(unit, place, 'cancel', 'cancelShutdown')];
  const lines = [
    `${limited}, ${cancel} := ${contextName}.WithTimeout(${contextName}.Background(), ${PATIENCE}*${timeName}.Second)`,
    `defer ${cancel}()`,
    `${made.name}.Shutdown(${limited})`,
  ];
  const shutdown = after
    ? insertAfterStatement(unit, after, lines.join('\n'))
    : isDeferred
      ? insertAfterStatement(unit, stmt, `defer func() {\n\t${lines.join('\n\t')}\n}()`)
      : insertBeforeStatement(unit, stmt, `go func() {\n\t<-${found?.expr}.Done()\n\t${lines.join('\n\t')}\n}()`);
  return combine(...imports.map((i) => i?.edits), made.edits, shutdown);
}

/** True where the end of the function is that of the server: it waits for something, and not for the server itself, which would go on till then. */
function isForDefer(context: RuleContext, launch: Launch): boolean {
  const { analysis, unit } = context;
  return (
    !inLoop(analysis.parents(unit), launch.stmt) && waitsAndReturns(context, launch) && !waitsForServer(context, launch)
  );
}

/**
 * `http.ListenAndServe(addr, h)` as a method of a server that others can name. One that is written out gets a limit for the headers, too.
 * @param time the name of package `time`
 */
function serverInVariable(
  { analysis, unit }: RuleContext,
  stmt: Launch['stmt'],
  call: CallExpr,
  time: string,
): { name: string; edits: FileEdit[] | undefined } | undefined {
  const [address, handler] = call.args;
  const fun = unparen(call.fun);
  if (analysis.callee(unit, call).name !== 'net/http.ListenAndServe' || fun.kind !== 'SelectorExpr') return undefined;
  if (!address || !handler) return undefined;
  const name = freshName(unit, stmt, 'server', 'httpServer');
  const fields = [
    `Addr: ${unit.text(address)}`,
    ...(isNil(handler) ? [] : [`Handler: ${unit.text(handler)}`]),
    `ReadHeaderTimeout: ${PATIENCE} * ${time}.Second`,
  ];
  return {
    name,
    edits: combine(
      insertBeforeStatement(unit, stmt, `${name} := &${unit.text(fun.x)}.Server{${fields.join(', ')}}`),
      replaceNode(unit, call, `${name}.ListenAndServe()`),
    ),
  };
}

/** The statement of the starting function, after the start, that receives from the channel or context of a signal. */
function waitForSignal({ analysis, unit }: RuleContext, start: Launch['stmt']): ExprStmt | undefined {
  const parents = analysis.parents(unit);
  const notified = new Set(
    nodesOfKind(unit.decl, 'CallExpr').flatMap((c) => {
      const { name } = analysis.callee(unit, c);
      const p = parents.get(c);
      const holder =
        name === 'os/signal.Notify'
          ? c.args[0]
          : name === 'os/signal.NotifyContext' && p?.kind === 'AssignStmt'
            ? p.lhs[0]
            : undefined;
      return holder?.kind === 'Ident' && holder.obj ? [holder.obj] : [];
    }),
  );
  return nodesOfKind(unit.decl, 'ExprStmt').find((s) => {
    const x = unparen(s.x);
    if (s.start < start.end || x.kind !== 'UnaryExpr' || x.op !== '<-') return false;
    if (enclosingFunc(parents, s) !== enclosingFunc(parents, start) || parents.get(s) !== parents.get(start))
      return false;
    const chan = unparen(x.x);
    const base = baseIdent(chan.kind === 'CallExpr' ? chan.fun : chan);
    return base?.obj !== undefined && notified.has(base.obj);
  });
}
