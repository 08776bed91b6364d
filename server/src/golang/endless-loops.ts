/** Loops that control cannot leave. */
import type { Node, Stmt } from '../syntax/ast.ts';
import type { Block, ControlFlowGraph } from './cfg.ts';
import { spend } from './effort.ts';

/** A part of a function that control cannot leave once it is there. */
export interface EndlessLoop {
  /** The outermost statement that goes round: `for`, `range`, a label that `goto` returns to; or a `select {}`. */
  stmt?: Stmt;
  /** Every block of the loop. */
  blocks: ReadonlySet<Block>;
}

/**
 * The loops of a body from which neither the end of the function, a panic nor the end of the process can be reached.
 * Empty when every loop has a way out. A `select {}` counts as a loop of one block. Of nested loops the one is given
 * that control finally stays in.
 */
export function endlessLoops(cfg: ControlFlowGraph): EndlessLoop[] {
  spend(cfg.blocks.length);
  const canLeave = new Set<Block>();
  const work: Block[] = [];
  for (const b of cfg.reachable) if (b === cfg.exit || b.ends) work.push(b);
  for (let b = work.pop(); b; b = work.pop()) {
    if (canLeave.has(b)) continue;
    canLeave.add(b);
    for (const e of b.preds) work.push(e.from);
  }
  const stuck = new Set([...cfg.reachable].filter((b) => !canLeave.has(b)));
  if (stuck.size === 0) return [];
  return finalComponents(stuck).map((blocks) => ({ stmt: loopStatement(cfg, blocks), blocks }));
}

/** Strongly connected components that no edge leaves (Tarjan's algorithm, with a stack of its own: functions can be long). */
function finalComponents(blocks: ReadonlySet<Block>): Set<Block>[] {
  const order = new Map<Block, number>();
  const low = new Map<Block, number>();
  const stack: Block[] = [];
  const componentOf = new Map<Block, Set<Block>>();
  const final: Set<Block>[] = [];
  const targets = (b: Block): Block[] => b.succs.map((e) => e.to).filter((to) => blocks.has(to));
  const open: { block: Block; rest: Block[] }[] = [];
  const enter = (b: Block): void => {
    order.set(b, order.size);
    low.set(b, order.get(b) as number);
    stack.push(b);
    open.push({ block: b, rest: targets(b) });
  };
  const leave = (b: Block): void => {
    for (const to of targets(b))
      if (!componentOf.has(to)) low.set(b, Math.min(low.get(b) as number, low.get(to) as number));
    if (low.get(b) !== order.get(b)) return;
    const component = new Set<Block>();
    for (let top: Block | undefined; top !== b;) {
      top = stack.pop() as Block;
      component.add(top);
      componentOf.set(top, component);
    }
    if ([...component].every((c) => targets(c).every((to) => component.has(to)))) final.push(component);
  };
  for (const b of blocks) {
    if (!order.has(b)) enter(b);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const next = top.rest.pop();
      if (!next) leave((open.pop() as { block: Block }).block);
      else if (!order.has(next)) enter(next);
    }
  }
  return final;
}

/** The outermost loop, `select` or label that starts within the blocks. */
function loopStatement(cfg: ControlFlowGraph, blocks: ReadonlySet<Block>): Stmt | undefined {
  let outermost: Stmt | undefined;
  for (const [stmt, head] of cfg.heads) {
    if (!blocks.has(head)) continue;
    const s = stmt.kind === 'LabeledStmt' && isLoop(stmt.stmt) ? stmt.stmt : stmt;
    if (!outermost || s.start < outermost.start) outermost = s;
  }
  return outermost;
}

function isLoop(stmt: Stmt): boolean {
  return stmt.kind === 'ForStmt' || stmt.kind === 'RangeStmt';
}

/** Nodes evaluated in an endless loop, in source order. */
export function loopNodes(loop: EndlessLoop): Node[] {
  return [...loop.blocks].flatMap((b) => b.nodes).sort((a, b) => a.start - b.start);
}
