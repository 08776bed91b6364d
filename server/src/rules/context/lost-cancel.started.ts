/** Functions that start a goroutine and return a function which alone ends it. */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import { contextOf } from '../../concurrency/spawns/ways-out.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { ancestor, enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncDecl, FuncLit, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import { isCancelledByMethod, isClosedByMethod, methodStop, type MethodStop } from './lost-cancel.methods.ts';

/** What ends a goroutine: a literal, or a method of a value that is made for it. */
type Stop = FuncLit | MethodStop;

export interface Started {
  launch: Launch;
  /** The result that ends the goroutine. */
  result: number;
  error: number;
  /** Parameters whose end lets the goroutine go as well. */
  contexts: readonly number[];
}

/** The goroutine that only what a function returns can end, besides contexts of the caller. */
export function startedBy(analysis: Analysis, { unit, decl }: VisibleFunc): Started | undefined {
  if (unit.hasError || !decl.body) return undefined;
  const types = analysis.types.signature(unit, decl.type).results;
  const result = types.findIndex((t) => analysis.types.underlying(t).kind === 'func');
  const stops = result < 0 ? undefined : returnedStops(analysis, unit, decl, result);
  if (!stops) return undefined;
  const params = flattenFields(decl.type.params);
  for (const launch of launches(analysis, unit)) {
    const isStarted = launch.stmt.kind === 'GoStmt' && decl.body.stmts.includes(launch.stmt);
    if (!isStarted) continue;
    const contexts: number[] = [];
    let isStopped = false;
    const gate = gateOf(analysis, launch, (way) => {
      const { channel } = way;
      if ((way.kind === 'received' || way.kind === 'closed') && channel && channel.kind !== 'variable') {
        const isOwn = stops.every((stop) =>
          stop.kind === 'method'
            ? stop.object.uses.some((use) => contains(launch.stmt, use)) && isClosedByMethod(analysis, channel, stop)
            : channel.kind === 'local' && isClosedBy(analysis, unit, decl, channel.object, stop),
        );
        isStopped ||= isOwn;
        return isOwn;
      }
      const ctx = way.kind === 'done' ? contextOf(way) : undefined;
      const parent = ctx && parentOfStopped(analysis, unit, decl, ctx, stops, launch);
      if (parent) isStopped = true;
      if (parent === 'root') return true;
      const index = params.findIndex((p) => p.name?.obj !== undefined && p.name.obj === (parent ?? ctx));
      if (index < 0 || (!parent && ctx?.writes.length !== 0)) return false;
      contexts.push(index);
      return true;
    });
    if (gate && isStopped) return { launch, result, error: types.findIndex(isErrorType), contexts };
  }
  return undefined;
}

/**
 * The parent of a context that only these functions cancel, and the goroutine itself when it ends: a parameter, or a root that never ends;
 * undefined for other contexts.
 */
function parentOfStopped(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  ctx: LocalObject,
  stops: readonly Stop[],
  launch: Launch,
): LocalObject | 'root' | undefined {
  const parents = analysis.parents(unit);
  // `ctx, cancel := context.WithCancel(ctx)` assigns to the parameter.
  const made = ctx.role === 'param' ? (ctx.writes.length === 1 ? ctx.writes[0] : undefined) : ctx.decl;
  const stmt = made && parents.get(made);
  const call = stmt?.kind === 'AssignStmt' && stmt.rhs[0] ? asCall(stmt.rhs[0]) : undefined;
  if (stmt?.kind !== 'AssignStmt' || !call || ctx.func !== decl || ctx.addressTaken) return undefined;
  if (ctx.role !== 'param' && ctx.writes.length > 0) return undefined;
  if (!decl.body?.stmts.includes(stmt) || stmt.start > launch.stmt.start) return undefined;
  if (!/^context\.WithCancel(?:Cause)?$/.test(analysis.callee(unit, call).name)) return undefined;
  const cancel = stmt.lhs[1]?.kind === 'Ident' ? stmt.lhs[1].obj : undefined;
  const [parent] = call.args;
  if (!cancel || !parent || cancel.writes.length > 0 || cancel.addressTaken) return undefined;
  const isCalledIn = (use: Ident, stop: Stop): boolean => {
    if (stop.kind === 'method') return isCancelledByMethod(analysis, unit, use, stop);
    const user = parents.get(use);
    return user?.kind === 'CallExpr' && user.fun === use && isRunBy(parents, user, stop);
  };
  const isDeferred = (use: Node): boolean => {
    const user = parents.get(use);
    return user?.kind === 'CallExpr' && parents.get(user)?.kind === 'DeferStmt' && contains(launch.stmt, user);
  };
  if (!stops.every((stop) => cancel.uses.some((use) => isCalledIn(use, stop)))) return undefined;
  if (!cancel.uses.every((use) => stops.some((stop) => isCalledIn(use, stop)) || isDeferred(use))) return undefined;
  if (isRootContext(analysis, unit, parent, stmt)) return 'root';
  const x = unparen(parent);
  return x.kind === 'Ident' && x.obj?.role === 'param' && x.obj.func === decl ? x.obj : undefined;
}

/** True for a node that runs when a literal does, and on the same goroutine. */
function isRunBy(parents: ParentMap, node: Node, stop: FuncLit): boolean {
  return ancestor(parents, node, (n) => n === stop || n.kind === 'GoStmt') === stop;
}

/** What is returned as one result, where nothing else is but `nil`. */
function returnedStops(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  result: number,
): readonly Stop[] | undefined {
  const parents = analysis.parents(unit);
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  const found: Stop[] = [];
  for (const { results } of returns) {
    const given = results[result];
    const stop = given && stopOf(analysis, unit, given);
    if (stop) found.push(stop);
    else if (!given || !isNil(unparen(given))) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

/** A literal or a method as such, in a variable, or in `sync.OnceFunc`. */
function stopOf(analysis: Analysis, unit: DeclUnit, expr: Expr): Stop | undefined {
  let x: Expr | undefined = unparen(expr);
  if (x.kind === 'Ident' && x.obj) x = onlyValue(x.obj);
  const call = x && asCall(x);
  const [wrapped] = call && analysis.callee(unit, call).name === 'sync.OnceFunc' ? call.args : [];
  const stop = wrapped ? unparen(wrapped) : x && unparen(x);
  return stop?.kind === 'FuncLit' ? stop : stop && methodStop(analysis, unit, stop);
}

/** True for a channel of the function that nobody but the literal closes, and nobody sends on. */
function isClosedBy(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, object: LocalObject, stop: FuncLit): boolean {
  const made = onlyValue(object);
  const call = made && asCall(made);
  if (object.func !== decl || call?.fun.kind !== 'Ident' || call.fun.name !== 'make') return false;
  const parents = analysis.parents(unit);
  let isClosed = false;
  const isPlain = object.uses.every((use) => {
    const user = parents.get(use);
    if (user?.kind === 'UnaryExpr') return user.op === '<-';
    if (user?.kind !== 'CallExpr') return false;
    if (!isClose(user)) return onlyReceives(analysis, unit, user, use);
    if (!contains(stop, user)) return false;
    isClosed = true;
    return isRunBy(parents, user, stop);
  });
  return isPlain && isClosed;
}

/** True for a function that gets the channel to receive from it. */
function onlyReceives(analysis: Analysis, unit: DeclUnit, call: CallExpr, use: Node): boolean {
  const { visible } = analysis.callee(unit, call);
  const param = visible && flattenFields(visible.decl.type.params)[call.args.findIndex((arg) => arg === use)];
  const type = param && !param.variadic ? analysis.types.resolve(visible.unit, param.type) : undefined;
  return type?.kind === 'chan' && type.dir === 'recv';
}

function isClose({ fun }: CallExpr): boolean {
  return fun.kind === 'Ident' && fun.name === 'close' && !fun.obj;
}
