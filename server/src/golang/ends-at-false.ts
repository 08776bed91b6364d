/** Iterators: values that a call releases where it returns false, `rows.Next()`, and structs around one with a method that does so. */
import type { LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { nodesAfter } from './cfg-reach.ts';
import type { Edge } from './cfg.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { type Acquisition, cfgNode, releaseSpec } from './resources.ts';
import { type UseEffect, useEffect } from './uses.ts';
import { rootIdent, unparen } from './walk.ts';

/** True for the branch on which a call has just released the value by returning false: `rows.Next()`, or a method of the struct around it that asks so. */
export function endsAtFalse(
  analysis: Analysis,
  { unit, acquires }: Acquisition,
  object: LocalObject,
  { kind, cond: test }: Edge,
): boolean {
  const cond = kind === 'false' && test ? unparen(test) : undefined;
  if (cond?.kind !== 'CallExpr') return false;
  const c = analysis.callee(unit, cond);
  if (c.recv === undefined || rootIdent(c.recv)?.obj !== object) return false;
  if (c.fact?.releasesReceiver === 'whenFalse') return true;
  const { visible } = acquires.carried ? c : {};
  return (
    visible !== undefined &&
    nodesOfKind(visible.decl, 'CallExpr').some(
      (call) => analysis.callee(visible.unit, call).fact?.releasesReceiver === 'whenFalse',
    )
  );
}

/**
 * True for a condition that releases such a struct, `cursor.Next()`, where the method does so only on ways on which it returns false: who
 * goes on with true still has to.
 */
export function goesOnWhenTrue(analysis: Analysis, a: Acquisition, node: Node, effect: UseEffect): boolean {
  const { destination, acquires, unit, func } = a;
  if (effect !== 'release' || !acquires.carried || node.kind !== 'CallExpr') return false;
  const block = analysis.cfg(unit, func).where.get(node)?.block;
  const isCondition = block?.succs.some(({ cond }) => cond !== undefined && unparen(cond) === node) === true;
  const { recv, visible, dynamic } = analysis.callee(unit, node);
  if (!isCondition || !recv || !visible || dynamic || destination.kind !== 'variable') return false;
  const x = unparen(recv);
  return x.kind === 'Ident' && x.obj === destination.object && releasesAtFalse(analysis, a, visible);
}

/** True for a method that releases what its receiver holds, and certainly returns false then. */
function releasesAtFalse(analysis: Analysis, { acquires }: Acquisition, { unit, decl }: VisibleFunc): boolean {
  const self = decl.recv?.names[0]?.obj;
  const [result, ...others] = analysis.types.signature(unit, decl.type).results;
  if (unit.hasError || !self || result?.kind !== 'basic' || result.name !== 'bool' || others.length > 0) return false;
  const spec = releaseSpec(acquires);
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, decl);
  return self.uses.every((use) => {
    const effect = useEffect(analysis, unit, use, self, spec);
    if (effect === 'neutral') return true;
    const node =
      effect === 'release' && enclosingFunc(parents, use) === decl ? cfgNode(cfg.where, parents, use) : undefined;
    if (!node || node.kind === 'DeferStmt' || node.kind === 'ReturnStmt') return false;
    return [...nodesAfter(cfg, node)].every((n) => n.kind !== 'ReturnStmt' || givesFalse(n.results[0]));
  });
}

function givesFalse(x: Node | undefined): boolean {
  return x?.kind === 'Ident' && x.name === 'false' && !x.obj;
}
