/** A channel is closed in a function that has deferred closing it already. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { accessPath, pathKey, prefixDepth } from '../../golang/access-path.ts';
import { neverReturnsAfter, nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, DeferStmt, Expr, ExprStmt, FuncNode, Node } from '../../syntax/ast.ts';
import { isRecover } from '../meant-panics.ts';

/** A close that the deferred one follows when the function returns. */
export interface EarlyClose {
  deferred: DeferStmt;
  stmt: ExprStmt;
  chan: Expr;
}

/** For each deferred close of a declaration the first one that comes to the same channel before it runs. */
export function earlyCloses(analysis: Analysis, unit: DeclUnit): EarlyClose[] {
  const deferred = nodesOfKind(unit.decl, 'DeferStmt').filter((d) => closedBy(d.call) !== undefined);
  if (deferred.length === 0) return [];
  const closes = nodesOfKind(unit.decl, 'ExprStmt').filter((s) => closedBy(s.x) !== undefined);
  return deferred.flatMap((d) => {
    const stmt = closes.find((s) => comesFirst(analysis, unit, d, s));
    const chan = closedBy(d.call);
    return stmt && chan ? [{ deferred: d, stmt, chan }] : [];
  });
}

/** The channel of a call of the builtin `close`. */
function closedBy(expr: Expr): Expr | undefined {
  const call: CallExpr | undefined = asCall(expr);
  return call?.fun.kind === 'Ident' && call.fun.name === 'close' && !call.fun.obj ? call.args[0] : undefined;
}

/** True when control comes to a close with the deferred one of the same channel still to run, and then to the end of the function. */
function comesFirst(analysis: Analysis, unit: DeclUnit, deferred: DeferStmt, stmt: ExprStmt): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, deferred);
  const block = parents.get(deferred);
  if (!func?.body || !block || enclosingFunc(parents, stmt) !== func) return false;
  // What a branch defers may hang together with what another one does.
  if (stmt.start < deferred.end || !contains(block, stmt)) return false;
  if (!isSameChannel(analysis, unit, func, closedBy(deferred.call), closedBy(stmt.x))) return false;
  if (func.body.stmts.some((s) => s.kind === 'DeferStmt' && recovers(analysis, unit, s))) return false;
  const cfg = analysis.cfg(unit, func);
  const [from, to] = [deferred, stmt].map((n: Node) => cfgNode(cfg.where, parents, n));
  return from !== undefined && to !== undefined && nodesAfter(cfg, from).has(to) && !neverReturnsAfter(cfg, to);
}

/** True for two names of one channel, which nothing replaces: neither the function nor anybody who knows the field. */
function isSameChannel(analysis: Analysis, unit: DeclUnit, func: FuncNode, x?: Expr, y?: Expr): boolean {
  const [one, other] = [x && accessPath(x), y && accessPath(y)];
  if (!x || !one || !other || pathKey(one) !== pathKey(other)) return false;
  const { root, fields } = one;
  if (typeof root === 'string') return false;
  const isWritten = nodesOfKind(unit.decl, 'AssignStmt').some(
    (s) =>
      contains(func, s) &&
      s.lhs.some((l) => {
        const path = accessPath(unparen(l));
        return path !== undefined && l !== root.decl && prefixDepth(path, one) !== undefined;
      }),
  );
  if (isWritten || root.addressTaken) return false;
  if (fields.length === 0) return root.writes.every((w) => !contains(func, w));
  const channel = channelOf(analysis, unit, x);
  return channel !== undefined && channelFacts(analysis, channel).makes.length <= 1;
}

/** True for a deferred function that recovers: it is prepared for the panic. */
function recovers(analysis: Analysis, unit: DeclUnit, { call }: DeferStmt): boolean {
  const deferred = asCall(call);
  const body = deferred && analysis.body(unit, deferred)?.func.body;
  return body !== undefined && find(body, isRecover) !== undefined;
}

/** True when the function returns right behind a close, so that the deferred one takes its place. */
export function endsAtOnce(analysis: Analysis, unit: DeclUnit, stmt: ExprStmt): boolean {
  const parents = analysis.parents(unit);
  const block = ancestor(parents, stmt, (n) => n.kind === 'BlockStmt' || isFunc(n));
  if (block?.kind !== 'BlockStmt') return false;
  const next = block.stmts[block.stmts.indexOf(stmt) + 1];
  return next ? next.kind === 'ReturnStmt' : isFunc(parents.get(block) as Node);
}
