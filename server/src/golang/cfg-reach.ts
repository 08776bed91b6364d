/** Which nodes of a control flow graph can follow one another, and where loops end. */
import { type ControlFlowGraph, type Edge, reachableFrom } from './cfg.ts';
import { spend } from './effort.ts';
import type { Expr, Node } from '../syntax/ast.ts';
import { unparen } from './walk.ts';

/** Every node that control can come to after `start`: `start` itself only when a loop leads back to it. */
export function nodesAfter(cfg: ControlFlowGraph, start: Node): Set<Node> {
  const at = cfg.where.get(start);
  const found = new Set<Node>();
  if (!at) return found;
  for (const n of at.block.nodes.slice(at.index + 1)) found.add(n);
  for (const b of reachableFrom(at.block.succs.map((e) => e.to))) {
    spend(4 * (1 + b.nodes.length));
    for (const n of b.nodes) found.add(n);
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
  return loop.kind === 'ForStmt' && edge.kind === 'false' && edge.cond !== undefined && ends(loop.cond, edge.cond);
}

/** True when a condition is false as soon as `part` of it is. */
function ends(condition: Expr | undefined, part: Expr): boolean {
  if (!condition || condition === part) return condition === part;
  const x = unparen(condition);
  if (x.kind !== 'BinaryExpr') return x === part;
  // The left side of `a || b` leaves the rest to the right one.
  if (x.op === '&&') return ends(x.x, part) || ends(x.y, part);
  return x.op === '||' && ends(x.y, part);
}
