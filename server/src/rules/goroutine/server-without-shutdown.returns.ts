/** What the function that starts a server waits for before it returns. */
import { reachableFrom } from '../../golang/cfg.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import type { Launch } from '../../golang/launches.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { mayJoin, operations, type Wait, waitsAt } from '../../golang/waits.ts';
import { baseIdent, calledName, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** True where the function waits for something after it has started the server, other than for the server to fail, and then returns. */
export function waitsAndReturns({ analysis, unit }: RuleContext, start: Launch): boolean {
  const func = enclosingFunc(analysis.parents(unit), start.stmt);
  if (start.unit !== unit || !func) return false;
  const cfg = analysis.cfg(unit, func);
  return [...nodesAfter(cfg, start.stmt)].some((n) => {
    const block = cfg.where.get(n)?.block;
    if (!block || !reachableFrom([block]).has(cfg.exit)) return false;
    return operations(waitsAt(analysis, unit, n)).some(
      (w) => mayJoin(w) && w.kind === 'receive' && !isTold(start, w.chan),
    );
  });
}

/** True where the function goes on only when the server has ended, somewhere behind its start. */
export function waitsForServer({ analysis, unit }: RuleContext, start: Launch): boolean {
  const func = enclosingFunc(analysis.parents(unit), start.stmt);
  if (start.unit !== unit || !func) return false;
  const isJoined = (w: Wait): boolean => {
    if (w.kind === 'select') return w.arms.length > 0 && !w.hasDefault && w.arms.every(isJoined);
    return w.kind === 'receive' ? isTold(start, w.chan) : w.kind === 'call' && mayJoin(w) && isGroupOf(start, w.node);
  };
  return [...nodesAfter(analysis.cfg(unit, func), start.stmt)].some((n) =>
    n.kind === 'DeferStmt'
      ? find(n, (c) => c.kind === 'CallExpr' && calledName(c) === 'Wait' && isGroupOf(start, c)) !== undefined
      : waitsAt(analysis, unit, n).some(isJoined),
  );
}

/** What the goroutine tells: `failed <- server.Serve(l)`, or a context that it cancels. */
function isTold(start: Launch, chan: Expr): boolean {
  const x = unparen(chan);
  const root = baseIdent(x.kind === 'CallExpr' && x.fun.kind === 'SelectorExpr' ? x.fun.x : x)?.obj;
  return root === undefined || mentions(start.stmt, (o) => o === root || o.declNode === root.declNode);
}

/** `wg.Wait()` of the group that counts the goroutine. */
function isGroupOf(start: Launch, { fun }: CallExpr): boolean {
  const root = fun.kind === 'SelectorExpr' ? baseIdent(fun.x)?.obj : undefined;
  return root !== undefined && mentions(start.stmt, (o) => o === root);
}

function mentions(node: Node, test: (object: LocalObject) => boolean): boolean {
  return find(node, (n) => n.kind === 'Ident' && n.obj !== undefined && test(n.obj)) !== undefined;
}
