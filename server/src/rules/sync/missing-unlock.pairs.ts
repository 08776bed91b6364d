/** Slots that a method of the workspace takes, and that the function keeps on some way while it gives them back by another method on others. */
import { accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Kept, keptOnSomeWay, type Operation } from '../../golang/kept-operation.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { PathEffects } from '../../golang/path-effects.ts';
import { runsAtMostOnce } from '../../golang/process-lifetime.ts';
import { type SlotPair, slotPairs, slotTakers } from '../../golang/slot-pairs.ts';
import { isNamedIn } from '../../golang/imported.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, find } from '../../golang/walk.ts';
import { declarationsWith } from '../../golang/word-index.ts';
import type { CallExpr } from '../../syntax/ast.ts';
import { isForgotten } from './missing-unlock.slots.ts';

/** Every slot taken so in a declaration that some early way out keeps. */
export function keptPairs(analysis: Analysis, unit: DeclUnit): Kept[] {
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'CallExpr').flatMap((call): Kept[] => {
    const stmt = parents.get(call);
    if (stmt?.kind !== 'ExprStmt') return [];
    const pair = pairOf(analysis, unit, call);
    const taken = pair && operation(analysis, unit, call);
    if (!pair || !taken || runsAtMostOnce(analysis, unit, stmt)) return [];
    const operations = [taken];
    for (const other of nodesOfKind(unit.decl, 'CallExpr')) {
      if (other === call || !new Set([pair.take, pair.give]).has(calledName(other))) continue;
      const o = operation(analysis, unit, other);
      // What is taken or given by another name, or with another key, may be the same.
      if (!o || pathKey(o.path) !== pathKey(taken.path) || !isSameKey(unit, call, other)) return [];
      operations.push(o);
    }
    if (!operations.some((o) => o.method === pair.give) || isGivenElsewhere(unit, pair)) return [];
    const summaries = new PathEffects(analysis, { perform: [pair.give], open: [pair.take] });
    const kept = keptOnSomeWay(analysis, unit, { taken, stmt, operations, summaries });
    return kept && kept.path.end === 'return' && isForgotten(analysis, kept) ? [kept] : [];
  });
}

function pairOf(analysis: Analysis, unit: DeclUnit, call: CallExpr): SlotPair | undefined {
  const name = calledName(call);
  if (!slotTakers(unit.pkg).has(name) && !isNamedIn(analysis.program, unit.file, name, slotTakers)) return undefined;
  const { visible, dynamic } = analysis.callee(unit, call);
  if (!visible || dynamic) return undefined;
  const { pkg, declaration } = visible.unit;
  return slotPairs(pkg).find((p) => p.take === name && p.owner === declaration.recv);
}

function operation(analysis: Analysis, unit: DeclUnit, call: CallExpr): Operation | undefined {
  const path = call.fun.kind === 'SelectorExpr' ? accessPath(call.fun.x) : undefined;
  const func = enclosingFunc(analysis.parents(unit), call);
  return path && func && { node: call, method: calledName(call), path, func };
}

/** True for calls with the same arguments, which are named and stay the same. */
function isSameKey(unit: DeclUnit, a: CallExpr, b: CallExpr): boolean {
  const isPlain = a.args.every(
    (x) =>
      accessPath(x) !== undefined &&
      find(x, (n) => n.kind === 'Ident' && n.obj !== undefined && n.obj.writes.length > 0) === undefined,
  );
  return isPlain && a.args.map((x) => unit.text(x)).join() === b.args.map((x) => unit.text(x)).join();
}

/** True where the package gives slots back that it has not taken in the same function: somebody may count on that. */
function isGivenElsewhere(unit: DeclUnit, { take, give }: SlotPair): boolean {
  const takes = new RegExp(`\\.${take}\\(`);
  return declarationsWith(unit.pkg, give, 'selected').some(
    ({ file, declaration }) =>
      !file.isTest && declaration !== unit.declaration && !takes.test(file.textOf(declaration)),
  );
}
