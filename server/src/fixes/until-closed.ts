/** Ends an endless loop when the channel it receives from is closed. */
import type { Expr, ForStmt, Ident, Stmt, UnaryExpr } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { pathText, unparen } from '../golang/walk.ts';
import { combine } from './apply.ts';
import { doneReturn } from './done-return.ts';
import { insertAfterStatement } from './insert-statement.ts';
import { endsFunction } from './jumps.ts';
import { deleteStatement } from './move-statement.ts';
import { freshName } from './names.ts';
import { replaceNode } from './replace-expr.ts';
import { isLastOnLine } from './source-lines.ts';

/**
 * `for { v := <-ch; … }` as `for v := range ch { … }`; where the receive is not the first statement, or something is said of it,
 * `v, ok := <-ch` and a test of `ok`.
 * @param receive a statement of the loop's body
 * @param isFixed true where the channel is the same one in each turn
 * @returns undefined for another kind of statement, or when the function's results leave no right way to end
 */
export function untilClosed(unit: DeclUnit, loop: ForStmt, receive: Stmt, isFixed: boolean): FileEdit[] | undefined {
  const found = receiveOf(receive);
  if (!found || loop.cond) return undefined;
  const { variable, receiving } = found;
  const channel = unit.text(receiving.x);
  const open = loop.body.start + 1;
  const isBare =
    unit.text({ start: open, end: receive.start }).trim() === '' &&
    isLastOnLine(unit.file.text, unit.base + receive.end);
  const isPlain = isFixed && isBare && !loop.init && !loop.post && pathText(receiving.x) !== undefined;
  if (isPlain && loop.body.stmts.length > 1 && endsFunction(unit, loop)) {
    const over = variable ? `${variable.name} := range ${channel}` : `range ${channel}`;
    return combine(
      replaceNode(unit, { start: loop.start, end: loop.body.start }, `for ${over} `),
      deleteStatement(unit, receive),
    );
  }
  const leave = endsFunction(unit, loop) ? 'return' : doneReturn(unit, receive, channel);
  if (leave === undefined) return undefined;
  const ok = freshName(unit, loop.body, 'ok', 'isOpen');
  return combine(
    [
      variable
        ? insertionIn(unit.file, unit.base + variable.end, `, ${ok}`)
        : insertionIn(unit.file, unit.base + receive.start, `_, ${ok} := `),
    ],
    insertAfterStatement(unit, receive, `if !${ok} {\n\t${leave}\n}`),
  );
}

/** `v := <-ch` or `<-ch`. */
function receiveOf(stmt: Stmt): { variable?: Ident; receiving: UnaryExpr } | undefined {
  if (stmt.kind === 'ExprStmt') {
    const receiving = asReceive(stmt.x);
    return receiving && { receiving };
  }
  if (stmt.kind !== 'AssignStmt' || stmt.op !== ':=' || stmt.lhs.length !== 1 || stmt.rhs.length !== 1)
    return undefined;
  const [variable] = stmt.lhs;
  const receiving = asReceive(stmt.rhs[0]);
  return receiving && variable?.kind === 'Ident' && variable.name !== '_' ? { variable, receiving } : undefined;
}

function asReceive(expr: Expr | undefined): UnaryExpr | undefined {
  const x = expr && unparen(expr);
  return x?.kind === 'UnaryExpr' && x.op === '<-' ? x : undefined;
}
