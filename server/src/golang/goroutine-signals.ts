/** Ways in which a goroutine tells the function that started it how far it has come. */
import type { CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath, mentions } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import type { Spawn } from './goroutines.ts';
import { nodesOfKind } from './node-index.ts';
import { pathsInside } from './path-effects.ts';
import { visitEvaluated } from './paths.ts';
import type { DeclUnit } from './unit.ts';
import { find, unparen, walk } from './walk.ts';

/**
 * True when getting past `node` of the starting function tells something about how far the goroutine has come: it waits
 * for a channel the goroutine sends on or closes, for a context it cancels, for a group it is counted in, or for another
 * goroutine that may in turn have waited for it. The heads of `select` statements are not looked at, their arms are.
 */
export function mayWaitFor(analysis: Analysis, spawn: Spawn, node: Node): boolean {
  if (node.kind === 'SelectStmt' || node.kind === 'GoStmt' || node.kind === 'DeferStmt') return false;
  const { unit } = spawn;
  let waits = false;
  const look = (expr: Expr): void => {
    if (!waits) waits = signalledBy(analysis, spawn, expr);
  };
  if (node.kind === 'RangeStmt') look(node.x);
  visitEvaluated(node, (n) => {
    if (n.kind === 'UnaryExpr' && n.op === '<-') look(n.x);
    else if (n.kind === 'CallExpr' && n.fun.kind === 'SelectorExpr' && n.fun.sel.name === 'Wait') {
      const group = accessPath(n.fun.x);
      if (!group || names(analysis, unit, spawn, group) || startsOn(n, spawn, group)) waits = true;
    }
  });
  return waits;
}

function signalledBy(analysis: Analysis, spawn: Spawn, channel: Expr): boolean {
  const x = unparen(channel);
  if (x.kind === 'CallExpr') return cancelledBy(analysis, spawn, x);
  const path = accessPath(x);
  if (!path) return false;
  if (names(analysis, spawn.unit, spawn, path)) return true;
  // A channel served by another goroutine: harmless only if that one waits for nobody.
  return typeof path.root !== 'string' && servedByWaiter(analysis, path.root, spawn);
}

/** True when the goroutine mentions a path other than by receiving from it. */
function names(analysis: Analysis, unit: DeclUnit, spawn: Spawn, path: AccessPath): boolean {
  const { body } = spawn;
  if (!body) return true;
  const parents = analysis.parents(body.unit);
  return pathsInside(analysis, unit, spawn.call, body.func, path).some((inside) =>
    mentions(parents, body.func.body ?? body.func, inside).some((m) => {
      if (m.depth < inside.fields.length) return false;
      const parent = parents.get(m.expr);
      return !(parent?.kind === 'UnaryExpr' && parent.op === '<-') && parent?.kind !== 'RangeStmt';
    }),
  );
}

/** `<-ctx.Done()` of a context whose cancel function the goroutine calls. */
function cancelledBy(analysis: Analysis, spawn: Spawn, call: CallExpr): boolean {
  const done = call.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'Done' ? accessPath(call.fun.x) : undefined;
  if (!done || typeof done.root === 'string' || done.fields.length > 0) return false;
  const declared = done.root.declNode;
  if (declared.kind !== 'AssignStmt') return false;
  return declared.lhs.some((l) => {
    if (l.kind !== 'Ident' || !l.obj || l.obj === done.root) return false;
    return names(analysis, spawn.unit, spawn, { root: l.obj, fields: [] });
  });
}

/** True when a literal or call that gets the channel waits for others itself, or has the other end of a pipe of the goroutine. */
function servedByWaiter(analysis: Analysis, channel: LocalObject, spawn: Spawn): boolean {
  let waiter = false;
  walk(spawn.func, (n) => {
    if (n.kind !== 'GoStmt' || n === spawn.stmt || waiter) return;
    const gets = find(n, (m) => m.kind === 'Ident' && m.obj === channel) !== undefined;
    if (gets) waiter = find(n, isWait) !== undefined || sharesPipe(analysis, spawn, n);
  });
  return waiter;
}

const PIPES = new Set(['io.Pipe', 'net.Pipe', 'os.Pipe']);

/** True when a goroutine and another one have an end each of `r, w := io.Pipe()`: one waits for what the other writes. */
function sharesPipe(analysis: Analysis, { unit, stmt }: Spawn, other: Node): boolean {
  const mentionsOne = (of: Node, ends: readonly Expr[]): Expr | undefined =>
    ends.find(
      (e) => e.kind === 'Ident' && find(of, (n) => n.kind === 'Ident' && n.obj !== undefined && n.obj === e.obj),
    );
  return nodesOfKind(unit.decl, 'AssignStmt').some(({ lhs, rhs }) => {
    const call = rhs.length === 1 && rhs[0] ? unparen(rhs[0]) : undefined;
    if (call?.kind !== 'CallExpr' || !PIPES.has(analysis.callee(unit, call).name ?? '')) return false;
    const own = mentionsOne(stmt, lhs);
    return (
      own !== undefined &&
      mentionsOne(
        other,
        lhs.filter((e) => e !== own),
      ) !== undefined
    );
  });
}

function isWait(n: Node): boolean {
  if (n.kind === 'UnaryExpr') return n.op === '<-';
  return (
    n.kind === 'RangeStmt' || (n.kind === 'CallExpr' && n.fun.kind === 'SelectorExpr' && n.fun.sel.name === 'Wait')
  );
}

/** `g.Go(…)`: the goroutine is started by the group itself. */
function startsOn(wait: CallExpr, spawn: Spawn, group: AccessPath): boolean {
  const fun = spawn.call.fun;
  const starter = fun.kind === 'SelectorExpr' ? accessPath(fun.x) : undefined;
  return starter !== undefined && starter.root === group.root && wait.start > spawn.stmt.start;
}
