/** The `return` that is missing after a send. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields } from '../../golang/walk.ts';
import type { FuncNode, SendStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';
import { blockedSend } from '../leaked-channel.ts';

/** `return` behind each send that ends its branch, where control goes on to the send that blocks. */
export function returnFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { unit } = leak.site;
  const second = blockedSend(leak);
  const func = second && enclosingFunc(context.analysis.parents(unit), second);
  if (!func || unit.file !== context.unit.file || flattenFields(func.type.results).length > 0) return undefined;
  const firsts = nodesOfKind(unit.decl, 'SendStmt').filter((s) => endsBranch(context, unit, s, second, func));
  const [first] = firsts;
  const edits = combine(...firsts.map((s) => insertAfterStatement(unit, s, 'return')));
  if (!first || !isRepairedBy(context, leak, edits)) return undefined;
  return {
    id: 'insert-return',
    title: 'fix-return',
    args: { line: context.line({ unit, node: first }) },
    // What stands between the two sends would be left out as well.
    preferred: !doesMore(unit, firsts, second),
    edits,
  };
}

/** True when statements with calls stand between the branches that send and the send that blocks. */
function doesMore(unit: DeclUnit, firsts: readonly SendStmt[], second: SendStmt): boolean {
  const last = Math.max(...firsts.map((s) => s.end));
  return nodesOfKind(unit.decl, 'CallExpr').some((c) => c.start > last && c.end < second.start);
}

function endsBranch(context: RuleContext, unit: DeclUnit, send: SendStmt, second: SendStmt, func: FuncNode): boolean {
  if (send.start >= second.start || unit.text(send.chan) !== unit.text(second.chan)) return false;
  if (enclosingFunc(context.analysis.parents(unit), send) !== func) return false;
  const list = placeInList(unit, send)?.list;
  return list?.stmts.at(-1) === send && list.owner !== func.body && !contains(list.owner, second);
}
