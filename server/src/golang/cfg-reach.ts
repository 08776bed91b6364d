/** Which nodes of a control flow graph can follow one another. */
import { type ControlFlowGraph, reachableFrom } from './cfg.ts';
import { spend } from './effort.ts';
import type { Node } from '../syntax/ast.ts';

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
