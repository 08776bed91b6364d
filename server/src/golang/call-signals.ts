/** Signals that a call of a goroutine gives on its way, before its result is known. */
import type { CallExpr, Expr, FuncNode, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath, mentions } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { nodesAfter } from './cfg-reach.ts';
import type { Spawn } from './goroutines.ts';
import { isFunc, type ParentMap } from './parents.ts';
import { pathsInside } from './path-effects.ts';
import { visitEvaluated } from './paths.ts';
import { cfgNode } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, contains, unparen, walk } from './walk.ts';

const MAX_DEPTH = 3;

/**
 * True when `node` of the starting function receives what a call of the goroutine signals on its way, as that it is ready, the
 * goroutine comes to `what` only with certain results of that call, and there is a signal after which the call returns no error.
 */
export function hearsFromCall(analysis: Analysis, spawn: Spawn, what: Node, node: Node): boolean {
  const { body } = spawn;
  if (!body || node.kind === 'SelectStmt' || node.kind === 'GoStmt' || node.kind === 'DeferStmt') return false;
  const heard: AccessPath[] = [];
  visitEvaluated(node, (n) => {
    const path = n.kind === 'UnaryExpr' && n.op === '<-' ? channelPath(analysis, spawn.unit, n.x) : undefined;
    if (path) heard.push(path);
  });
  if (heard.length === 0) return false;
  const calls = decidingCalls(analysis.parents(body.unit), what);
  return heard.some((outside) =>
    pathsInside(analysis, spawn.unit, spawn.call, body.func, outside).some((path) =>
      calls.some((call) => signals(analysis, body.unit, call, path, 0)),
    ),
  );
}

/** What `c`, `s.ready`, and `s.Ready()` of a method that returns the field, denote. */
function channelPath(analysis: Analysis, unit: DeclUnit, e: Expr): AccessPath | undefined {
  const x = unparen(e);
  if (x.kind !== 'CallExpr') return accessPath(x);
  const { recv, visible } = analysis.callee(unit, x);
  const { stmts = [] } = visible?.decl.body ?? {};
  const last = stmts.at(-1);
  const outer = recv && accessPath(recv);
  const own = visible?.decl.recv?.names[0]?.obj;
  if (!outer || !own || last?.kind !== 'ReturnStmt' || last.results.length !== 1) return undefined;
  // A lock may be held meanwhile.
  if (stmts.some((s) => s !== last && s.kind !== 'ExprStmt' && s.kind !== 'DeferStmt')) return undefined;
  const field = accessPath(last.results[0] as Expr);
  return field?.root === own ? { root: outer.root, fields: [...outer.fields, ...field.fields] } : undefined;
}

/** Calls whose results the conditions around a node test: `if err := call(); err != nil { … }`. */
function decidingCalls(parents: ParentMap, what: Node): CallExpr[] {
  const calls: CallExpr[] = [];
  for (let n = what, p = parents.get(n); p && !isFunc(p); [n, p] = [p, parents.get(p)]) {
    if (p.kind !== 'IfStmt' || n === p.init || n === p.cond) continue;
    walk(p.cond, (x) => {
      if (x.kind === 'CallExpr') calls.push(x);
      const { obj } = x.kind === 'Ident' ? x : {};
      for (const use of obj ? [obj.decl, ...obj.uses] : []) {
        const set = parents.get(use);
        if (set?.kind !== 'AssignStmt' || set.start > p.cond.start) continue;
        const [value] = set.rhs;
        const call = set.rhs.length === 1 && value && set.lhs.some((l) => contains(l, use)) ? asCall(value) : undefined;
        if (call) calls.push(call);
      }
    });
  }
  return calls;
}

/**
 * True when a call sends on a channel or closes it, itself or in functions that it calls, and on one of these ways returns no
 * error after that.
 */
function signals(analysis: Analysis, unit: DeclUnit, call: CallExpr, path: AccessPath, depth: number): boolean {
  const { visible } = analysis.callee(unit, call);
  if (!visible?.decl.body || depth > MAX_DEPTH) return false;
  const { unit: at, decl } = visible;
  const parents = analysis.parents(at);
  return pathsInside(analysis, unit, call, decl, path).some((inside) => {
    const direct = mentions(parents, decl, inside).some(({ expr, depth: fields }) => {
      const p = fields === inside.fields.length ? parents.get(expr) : undefined;
      const isSignal =
        (p?.kind === 'SendStmt' && p.chan === expr) ||
        (p?.kind === 'CallExpr' && p.fun.kind === 'Ident' && p.fun.name === 'close' && !p.fun.obj);
      return isSignal && succeedsAfter(analysis, at, decl, p);
    });
    if (direct) return true;
    let found = false;
    walk(decl.body as Node, (n) => {
      // What it returns is what that call returns.
      if (!found && n.kind === 'CallExpr' && parents.get(n)?.kind === 'ReturnStmt')
        found = signals(analysis, at, n, inside, depth + 1);
      return !found;
    });
    return found;
  });
}

/** True when all returns that a function can come to behind a node return nil. */
function succeedsAfter(analysis: Analysis, unit: DeclUnit, func: FuncNode, node: Node): boolean {
  const cfg = analysis.cfg(unit, func);
  const at = cfgNode(cfg.where, analysis.parents(unit), node);
  const returns = at ? [...nodesAfter(cfg, at)].filter((n) => n.kind === 'ReturnStmt') : [];
  return returns.length > 0 && returns.every((r) => r.results.length > 0 && isNil(r.results.at(-1) as Expr));
}

function isNil(e: Expr): boolean {
  const x = unparen(e);
  return x.kind === 'Ident' && x.name === 'nil' && !x.obj;
}
