/** Which nodes of a control flow graph can follow one another, and where loops end. */
import { type Block, type ControlFlowGraph, type Edge, reachableFrom } from './cfg.ts';
import { spend } from './effort.ts';
import type { Expr, Node } from '../syntax/ast.ts';
import { unparen } from './walk.ts';

/**
 * Every node that control can come to after `start`: `start` itself only when a loop leads back to it.
 * @param end a node at which the search does not go on
 */
export function nodesAfter(cfg: ControlFlowGraph, start: Node, end?: Node): Set<Node> {
  const at = cfg.where.get(start);
  const found = new Set<Node>();
  if (!at) return found;
  const seen = new Set<Block>();
  const work = [{ block: at.block, from: at.index + 1 }];
  for (let w = work.pop(); w; w = work.pop()) {
    const nodes = w.block.nodes.slice(w.from);
    spend(4 * (1 + nodes.length));
    const stop = end ? nodes.indexOf(end) : -1;
    for (const n of stop < 0 ? nodes : nodes.slice(0, stop + 1)) found.add(n);
    if (stop >= 0) continue;
    for (const { to } of w.block.succs)
      if (!seen.has(to)) {
        seen.add(to);
        work.push({ block: to, from: 0 });
      }
  }
  return found;
}

/** True when the function does not return once control has come to a node: an endless loop follows, or the end of the process. */
export function neverReturnsAfter(cfg: ControlFlowGraph, start: Node): boolean {
  const at = cfg.where.get(start);
  return at !== undefined && !reachableFrom([at.block]).has(cfg.exit);
}

/** True for an edge on which the condition of a `for` loop, or what a `range` loop goes over, ends the loop. */
export function leavesLoop(loop: Node, edge: Edge): boolean {
  if (loop.kind === 'RangeStmt') return edge.kind === 'exhausted' && edge.from.nodes.includes(loop);
  if (loop.kind !== 'ForStmt' || !loop.cond || !edge.cond || (edge.kind !== 'true' && edge.kind !== 'false'))
    return false;
  return decides(loop.cond, false, edge.cond, edge.kind === 'true');
}

/** True when a condition has a value as soon as `part`, at which it is looked at last, has the value `is`. */
function decides(condition: Expr, value: boolean, part: Expr, is: boolean): boolean {
  const x = unparen(condition);
  if (x.kind === 'UnaryExpr' && x.op === '!') return decides(x.x, !value, part, is);
  if (x.kind !== 'BinaryExpr' || (x.op !== '&&' && x.op !== '||')) return x === unparen(part) && value === is;
  // The left side of `a || b` that is false leaves the rest to the right one.
  return decides(x.y, value, part, is) || (value === (x.op === '||') && decides(x.x, value, part, is));
}
