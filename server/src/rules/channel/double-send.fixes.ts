/** The `return` that is missing after a send. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields } from '../../golang/walk.ts';
import type { BranchStmt, FuncNode, SendStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';
import { blockedSend } from '../leaked-channel.ts';

/** A statement that sends the first value, and the `break` behind it that leaves a loop only. */
interface First {
  stmt: Stmt;
  jump?: BranchStmt;
}

/** `return` behind each send that ends its branch, or instead of the `break` there, where control goes on to the send that blocks. */
export function returnFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { unit } = leak.site;
  const second = blockedSend(leak);
  const func = second && enclosingFunc(context.analysis.parents(unit), second);
  if (!func || flattenFields(func.type.results).length > 0) return undefined;
  const firsts = sendsBefore(context, unit, second, func);
  const [first] = firsts;
  const edits = combine(
    ...firsts.map(({ stmt, jump }) =>
      jump ? replaceNode(unit, jump, 'return') : insertAfterStatement(unit, stmt, 'return'),
    ),
  );
  if (!first || !isRepairedBy(context, leak, edits)) return undefined;
  return {
    id: 'insert-return',
    title: 'fix-return',
    args: { line: context.line({ unit, node: first.stmt }) },
    // What stands between the two sends would be left out as well.
    preferred: !doesMore(unit, firsts, second),
    edits,
  };
}

/** True when statements with calls stand between the branches that send and the send that blocks. */
function doesMore(unit: DeclUnit, firsts: readonly First[], second: SendStmt): boolean {
  const last = Math.max(...firsts.map(({ stmt }) => stmt.end));
  return nodesOfKind(unit.decl, 'CallExpr').some((c) => c.start > last && c.end < second.start);
}

/** The statements of the function before the second send that send on the same channel, themselves or by what they call. */
function sendsBefore({ analysis }: RuleContext, unit: DeclUnit, second: SendStmt, func: FuncNode): First[] {
  const channel = lastName(unit.text(second.chan));
  const isIt = (of: DeclUnit) => (send: SendStmt) => lastName(of.text(send.chan)) === channel;
  const calls = nodesOfKind(unit.decl, 'ExprStmt').filter(({ x }) => {
    const { visible } = x.kind === 'CallExpr' ? analysis.callee(unit, x) : {};
    if (!visible || visible.unit.hasError || visible.decl === func) return false;
    return nodesOfKind(visible.unit.decl, 'SendStmt').some(isIt(visible.unit));
  });
  const sends = nodesOfKind(unit.decl, 'SendStmt').filter((s) => unit.text(s.chan) === unit.text(second.chan));
  const parents = analysis.parents(unit);
  return [...sends, ...calls].flatMap((stmt) => {
    if (stmt.start >= second.start || enclosingFunc(parents, stmt) !== func) return [];
    const place = placeInList(unit, stmt);
    if (!place || place.list.owner === func.body || contains(place.list.owner, second)) return [];
    const [next, ...others] = place.list.stmts.slice(place.index + 1);
    if (!next) return [{ stmt }];
    const isBreak = next.kind === 'BranchStmt' && next.tok === 'break' && !next.label && others.length === 0;
    return isBreak ? [{ stmt, jump: next }] : [];
  });
}
