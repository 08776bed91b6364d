/** Repairs for a goroutine that does not always count down. */
import { combine } from '../../fixes/apply.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { type AccessPath, pathName } from '../../golang/access-path.ts';
import type { PathEffect } from '../../golang/path-effects.ts';
import { asCall } from '../../golang/walk.ts';
import type { FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** `defer wg.Done()` as the first statement, in the place of every `wg.Done()` there is. */
export function doneFixes(
  context: RuleContext,
  func: FuncNode,
  group: AccessPath,
  effects: ReadonlyMap<Node, PathEffect>,
): FixSpec[] {
  const { unit } = context;
  const call = `${pathName(group)}.Done()`;
  const others = [...effects.keys()].map((n) =>
    isReplaceable(context, n, call) ? deleteStatement(unit, n) : undefined,
  );
  return [
    {
      id: 'defer-done',
      title: 'fix-defer',
      args: { call },
      preferred: true,
      edits: func.body && combine(insertAtBlockStart(unit, func.body, `defer ${call}`), ...others),
    },
  ];
}

/** True for `wg.Done()` as the last thing done on its way, and for `defer wg.Done()`. */
function isReplaceable(context: RuleContext, node: Node, call: string): node is Stmt {
  const { unit } = context;
  if (node.kind === 'DeferStmt') return unit.text(node.call) === call;
  if (node.kind !== 'ExprStmt' || !asCall(node.x) || unit.text(node.x) !== call) return false;
  const place = placeInList(unit, node);
  if (!place) return false;
  // An `if` that is left with nothing to do would have to go, too.
  if (place.list.owner.kind === 'BlockStmt' && place.list.stmts.length === 1) return false;
  const next = place.list.stmts[place.index + 1];
  return !next || (next.kind === 'ReturnStmt' && next.results.length === 0);
}
