/** Loops that read from the network, or accept, and go on after each error: they spin when the connection or listener is closed. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { doneReturn } from '../../fixes/done-return.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { endsFunction } from '../../fixes/jumps.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { EndlessGoroutine } from '../../golang/endless-goroutines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Wait } from '../../golang/waits.ts';
import { asCall, contains, isNil, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, IfStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { bringsLeak } from '../model-report.ts';

/** Methods that return at once, with `net.ErrClosed`, when their value is closed. */
const READS = /^net\.(?:\w+\.)?(?:Accept|Read)\w*$/;

/** A test for `net.ErrClosed` first in the branch that goes on after an error, where somebody closes what is read from. */
export function closedNetFixes(context: RuleContext, { unit, loop, waits }: EndlessGoroutine): FixSpec[] {
  const { analysis } = context;
  const { stmt } = loop;
  if (stmt.kind !== 'ForStmt' || !context.goAtLeast('1.16')) return [];
  const reads = waits.filter((w): w is Wait & { kind: 'call' } => w.kind === 'call' && READS.test(w.name));
  const [read] = reads;
  if (!read || reads.length > 1) return [];
  const at = stmt.body.stmts.findIndex((s) => contains(s, read.node));
  const check = errorCheck(stmt.body.stmts.slice(at), read.node);
  const source = read.node.fun.kind === 'SelectorExpr' ? read.node.fun.x : undefined;
  const error = check?.cond.kind === 'BinaryExpr' ? unparen(check.cond.x) : undefined;
  if (!check || !source || error?.kind !== 'Ident' || !isClosed(analysis, unit, source)) return [];
  const leave = endsFunction(unit, stmt) ? 'return' : doneReturn(unit, check, unit.text(source));
  const place = { unit, node: check };
  const [errors, net] = [importEdits(unit.file, 'errors', place), importEdits(unit.file, 'net', place)];
  if (leave === undefined || !errors || !net) return [];
  const test = `if ${errors.name}.Is(${error.name}, ${net.name}.ErrClosed) {\n\t${leave}\n}`;
  const edits = combine(errors.edits, net.edits, insertAtBlockStart(unit, check.body, test));
  if (!edits || bringsLeak(context, edits)) return [];
  return [{ id: 'until-closed', title: 'fix-until-closed', args: { chan: unit.text(source) }, preferred: true, edits }];
}

/** `if err != nil` right behind the call, for the error that it gives. */
function errorCheck([call, check]: readonly Stmt[], read: CallExpr): (IfStmt & { cond: Expr }) | undefined {
  if (call?.kind !== 'AssignStmt' || call.rhs.length !== 1 || asCall(call.rhs[0]) !== read) return undefined;
  const error = call.lhs.at(-1);
  if (check?.kind !== 'IfStmt' || check.init || check.cond.kind !== 'BinaryExpr') return undefined;
  const { op, x, y } = check.cond;
  const tested = unparen(x);
  const isIt =
    error?.kind === 'Ident' && tested.kind === 'Ident' && tested.obj !== undefined && tested.obj === error.obj;
  return op === '!=' && isIt && isNil(y) ? check : undefined;
}

/** True where the package closes the field or variable, or the function was given it: then its caller may. */
function isClosed(analysis: Analysis, unit: DeclUnit, source: Expr): boolean {
  const x = unparen(source);
  if (x.kind === 'Ident' && x.obj?.role === 'param') return true;
  const key = (at: DeclUnit, expr: Expr): unknown => {
    const e = unparen(expr);
    if (e.kind === 'Ident') return e.obj ?? e.name;
    const field = e.kind === 'SelectorExpr' ? analysis.types.members.selector(at, e) : undefined;
    return field?.kind === 'field' && field.owner ? `${field.owner.pkg}.${field.owner.name}.${field.name}` : undefined;
  };
  const own = key(unit, x);
  const closesIt = (at: DeclUnit): boolean =>
    !at.hasError &&
    nodesOfKind(at.decl, 'CallExpr').some(
      ({ fun }) => fun.kind === 'SelectorExpr' && fun.sel.name === 'Close' && key(at, fun.x) === own,
    );
  if (own === undefined) return false;
  if (x.kind === 'Ident' && x.obj) return closesIt(unit);
  const name = x.kind === 'SelectorExpr' ? x.sel.name : unit.text(x);
  return declarationsNaming(unit.pkg, name).some((member) => closesIt(unit.pkg.unit(member)));
}
