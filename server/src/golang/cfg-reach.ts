/** Which nodes of a control flow graph can follow one another. */
import type { Block, ControlFlowGraph } from './cfg.ts';
import { spend } from './effort.ts';
import type { Node } from '../syntax/ast.ts';

/** Every node that control can come to after `start`: `start` itself only when a loop leads back to it. */
export function nodesAfter(cfg: ControlFlowGraph, start: Node): Set<Node> {
  const at = cfg.where.get(start);
  const found = new Set<Node>();
  if (!at) return found;
  for (const n of at.block.nodes.slice(at.index + 1)) found.add(n);
  const seen = new Set<Block>();
  const work = at.block.succs.map((e) => e.to);
  for (let b = work.pop(); b; b = work.pop()) {
    if (seen.has(b)) continue;
    seen.add(b);
    spend(4 * (1 + b.nodes.length));
    for (const n of b.nodes) found.add(n);
    for (const e of b.succs) work.push(e.to);
  }
  return found;
}
