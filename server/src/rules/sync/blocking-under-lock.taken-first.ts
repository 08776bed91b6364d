/** Closes that come only after a lock was taken, even where it is free again by then: `h.detach(s); close(s.done)`. */
import { ownerKey } from '../../concurrency/locks/lock-links.ts';
import type { LockSite, LockSummaries } from '../../concurrency/locks/lock-summary.ts';
import type { Place } from '../../concurrency/spawns/channel-facts.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains } from '../../golang/walk.ts';
import type { FuncNode, Node, Stmt } from '../../syntax/ast.ts';

/** True when a function surely takes a lock, by itself or by a call, in a statement before a place. @param key of the lock, see `ownerKey` */
export function takesFirst(
  analysis: Analysis,
  summaries: LockSummaries,
  { unit, node }: Place,
  { key, isExclusive }: { key: string; isExclusive: boolean },
): boolean {
  const func = enclosingFunc(analysis.parents(unit), node);
  if (!func) return false;
  return summaries.of(unit, func).acquires.some((a) => {
    const [first, ...inside] = a.sites;
    if (!first || a.opaque || ownerKey(analysis, unit, a.path) !== key || !(isExclusive || a.mode === 'write'))
      return false;
    return (
      first.unit === unit &&
      isStatementBefore(analysis, unit, func, first.node, node) &&
      inside.every((site) => isAlwaysReached(analysis, site))
    );
  });
}

/** True for a call that is a statement of a block around a later place. */
function isStatementBefore(analysis: Analysis, unit: DeclUnit, func: FuncNode, call: Node, place: Node): boolean {
  if (call.end > place.start) return false;
  const parents = analysis.parents(unit);
  const statement = parents.get(call);
  const block = statement && parents.get(statement);
  if (!isCalled(statement, call) || !block || enclosingFunc(parents, call) !== func) return false;
  return block.kind === 'BlockStmt' && contains(block, place);
}

function isCalled(statement: Node | undefined, call: Node): statement is Stmt {
  return statement?.kind === 'ExprStmt' && statement.x === call;
}

/** True for a call that every run of its function makes: a statement of its own, with no way out before it. */
function isAlwaysReached(analysis: Analysis, { unit, node }: LockSite): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, node);
  const statement = parents.get(node);
  if (!func?.body || !isCalled(statement, node) || parents.get(statement) !== func.body) return false;
  const isBefore = (n: Node): boolean => n.start > func.start && n.end <= node.start;
  return (
    !nodesOfKind(unit.decl, 'ReturnStmt').some(isBefore) &&
    !nodesOfKind(unit.decl, 'BranchStmt').some((b) => b.tok === 'goto' && isBefore(b)) &&
    !nodesOfKind(unit.decl, 'CallExpr').some((c) => calledName(c) === 'panic' && isBefore(c))
  );
}
