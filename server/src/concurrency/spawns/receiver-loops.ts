/** The loop that receives all that is sent to a channel, and the ways out of it. */
import type { Analysis } from '../../golang/analysis.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { Block, Edge } from '../../golang/cfg.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { isNil, unparen } from '../../golang/walk.ts';
import type { CommClause, FuncNode, Node, SelectStmt } from '../../syntax/ast.ts';
import type { ChannelFacts, Place } from './channel-facts.ts';
import { type Loop, outermostLoops } from './loop-exits.ts';

export interface ReceiverLoop extends Loop {
  unit: DeclUnit;
  func: FuncNode;
  /** The `select` statements that the loop comes round to. */
  selects: readonly SelectStmt[];
}

/** The loop in whose `select` statements everything is received that is sent to a channel; undefined where others receive as well. */
export function receiverLoop(analysis: Analysis, { receives }: ChannelFacts): ReceiverLoop | undefined {
  const [first] = receives;
  if (!first) return undefined;
  const { unit } = first;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, first.node);
  if (!func || unit.hasError) return undefined;
  const arms = receives.map((r) =>
    r.unit === unit && enclosingFunc(parents, r.node) === func ? armOf(parents, r.node) : undefined,
  );
  const cfg = analysis.cfg(unit, func);
  const blockOf = (n: Node | undefined): Block | undefined => n && cfg.where.get(n)?.block;
  const blocks = arms.map((arm) => blockOf(arm && parents.get(arm)));
  const loop = outermostLoops(cfg).find((l) => blocks.every((b) => b && l.blocks.has(b)));
  if (!loop) return undefined;
  const selects = nodesOfKind(unit.decl, 'SelectStmt').filter((s) => {
    const block = enclosingFunc(parents, s) === func ? blockOf(s) : undefined;
    return block !== undefined && loop.blocks.has(block);
  });
  return { ...loop, unit, func, selects };
}

/** The arm of a `select` that a receive is the communication of. */
function armOf(parents: ParentMap, receive: Node): CommClause | undefined {
  let [node, parent] = [receive, parents.get(receive)];
  while (parent?.kind === 'ParenExpr' || parent?.kind === 'ExprStmt' || parent?.kind === 'AssignStmt')
    [node, parent] = [parent, parents.get(parent)];
  return parent?.kind === 'CommClause' && parent.comm === node ? parent : undefined;
}

/**
 * The ways out of a loop that it takes whatever it has counted and noted before: an arm of a `select` that always leaves, and an error.
 */
export function plainExits(analysis: Analysis, { unit, exits }: ReceiverLoop): Edge[] {
  return exits.filter(({ kind, cond }) => {
    if (kind === 'comm') return true;
    const x = cond && unparen(cond);
    return (
      x?.kind === 'BinaryExpr' &&
      x.op === (kind === 'true' ? '!=' : '==') &&
      isNil(x.y) &&
      isErrorType(analysis.typeOf(unit, x.x))
    );
  });
}

/** True for code of the loop's function that runs when the loop has been left: behind it, in an arm that leaves, or deferred. */
export function runsAfterLoop(analysis: Analysis, loop: ReceiverLoop, { unit, node }: Place): boolean {
  const parents = analysis.parents(unit);
  if (unit !== loop.unit) return false;
  const deferred = ancestor(parents, node, (n) => n.kind === 'DeferStmt' || n === loop.func);
  if (deferred?.kind === 'DeferStmt') return enclosingFunc(parents, deferred) === loop.func;
  if (enclosingFunc(parents, node) !== loop.func) return false;
  const { where } = analysis.cfg(unit, loop.func);
  const at = cfgNode(where, parents, node);
  const block = at && where.get(at)?.block;
  return block !== undefined && !loop.blocks.has(block) && node.start > loop.stmt.start;
}
