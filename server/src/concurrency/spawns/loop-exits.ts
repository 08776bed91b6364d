/** The loops of a function and the ways out of them. */
import type { Block, ControlFlowGraph, Edge } from '../../golang/cfg.ts';
import { reachableFrom } from '../../golang/cfg.ts';
import { spend } from '../../golang/effort.ts';
import type { Node, Stmt } from '../../syntax/ast.ts';

export interface Loop {
  /** The statement that goes round. */
  stmt: Stmt;
  /** Every block of it, inner loops included. */
  blocks: ReadonlySet<Block>;
  /** Branches that lead out of it and on to the end of the function. */
  exits: Edge[];
  /** A statement after it by which the process, or the goroutine alone, may end. */
  dies?: Node;
}

/** The outermost loops of a function, in source order. */
export function outermostLoops(cfg: ControlFlowGraph): Loop[] {
  const taken = new Set<Block>();
  const returning = canReturn(cfg);
  const found: Loop[] = [];
  for (const [stmt, head] of [...cfg.heads].sort(([a], [b]) => a.start - b.start)) {
    if (taken.has(head) || !cfg.reachable.has(head)) continue;
    const blocks = componentOf(cfg, head);
    if (!blocks.has(head)) continue;
    for (const b of blocks) taken.add(b);
    const edges = [...blocks].flatMap((b) => b.succs).filter((e) => !blocks.has(e.to));
    const exits = edges.filter((e) => returning.has(e.to));
    const deadly = [...reachableFrom(edges.map((e) => e.to))].find((b) => b.ends);
    exits.sort((a, b) => a.from.index - b.from.index);
    const loop = stmt.kind === 'LabeledStmt' ? stmt.stmt : stmt;
    const outer = loop.kind === 'ForStmt' || loop.kind === 'RangeStmt' ? loop : stmt;
    found.push({ stmt: outer, blocks, exits, dies: deadly?.nodes.at(-1) });
  }
  return found;
}

/** Blocks from which the end of the function can be reached. */
export function canReturn(cfg: ControlFlowGraph): Set<Block> {
  spend(cfg.blocks.length);
  const found = new Set<Block>();
  const work = [cfg.exit];
  for (let b = work.pop(); b; b = work.pop()) {
    if (found.has(b)) continue;
    found.add(b);
    for (const e of b.preds) work.push(e.from);
  }
  return found;
}

/** The blocks that a block leads to and that lead back to it; empty when it does not come round to itself. */
function componentOf(cfg: ControlFlowGraph, head: Block): Set<Block> {
  spend(cfg.blocks.length);
  const after = reachableFrom(head.succs.map((e) => e.to));
  const found = new Set<Block>();
  const work = after.has(head) ? [head] : [];
  for (let b = work.pop(); b; b = work.pop()) {
    if (found.has(b) || !after.has(b)) continue;
    found.add(b);
    for (const e of b.preds) work.push(e.from);
  }
  return found;
}
