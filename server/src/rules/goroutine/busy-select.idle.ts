/** Branches that do nothing as long as a condition has one answer, which nothing but another case changes. */
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, IfStmt, Stmt } from '../../syntax/ast.ts';

/** What keeps a branch from doing anything. */
export interface IdleWay {
  unit: DeclUnit;
  cond: Expr;
  /** The answer with which nothing is done. */
  holds: boolean;
}

/** The way through a `default` on which nothing is done, by its own condition or by that of the one function it calls. */
export function idleWay(analysis: Analysis, unit: DeclUnit, stmts: readonly Stmt[]): IdleWay | undefined {
  const [first, ...others] = stmts;
  if (!first || others.some((s) => !isContinue(s))) return undefined;
  if (first.kind === 'IfStmt') return skipped(analysis, unit, first);
  const call = first.kind === 'ExprStmt' ? unparen(first.x) : first.kind === 'AssignStmt' ? first.rhs[0] : undefined;
  const x = call && unparen(call);
  if (x?.kind !== 'CallExpr' || x.args.some((a) => !isLook(analysis, unit, a))) return undefined;
  return idleCall(analysis, unit, x, first.kind === 'AssignStmt' ? first.lhs : []);
}

/** `if len(queue) > 0 { … }` and nothing else. */
function skipped(analysis: Analysis, unit: DeclUnit, stmt: IfStmt): IdleWay | undefined {
  if (stmt.init || stmt.else || !isLook(analysis, unit, stmt.cond) || !mayChange(stmt.cond)) return undefined;
  return { unit, cond: stmt.cond, holds: false };
}

/** True for a condition on a field or on a variable that is assigned to: others have one answer for good, most likely that it holds. */
function mayChange(cond: Expr): boolean {
  return (
    find(
      cond,
      (n) => n.kind === 'SelectorExpr' || (n.kind === 'Ident' && n.obj !== undefined && n.obj.writes.length > 0),
    ) !== undefined
  );
}

/** A call of a function that begins with its condition, and gives its caller back what that has, if it gives anything. */
function idleCall(analysis: Analysis, unit: DeclUnit, call: CallExpr, targets: readonly Expr[]): IdleWay | undefined {
  const { visible } = analysis.callee(unit, call);
  const body = visible?.decl.body;
  if (!body || visible.unit.hasError) return undefined;
  const params = flattenFields(visible.decl.type.params);
  const returnsSame = (stmt: Stmt | undefined): boolean =>
    stmt === undefined
      ? targets.length === 0
      : stmt.kind === 'ReturnStmt' &&
        stmt.results.every((r, i) => {
          const x = unparen(r);
          const target = targets[i];
          if (!target) return isLook(analysis, visible.unit, x);
          const at = params.findIndex((p) => x.kind === 'Ident' && x.obj !== undefined && p.name?.obj === x.obj);
          const given = call.args[at];
          return given !== undefined && unit.text(given) === unit.text(target);
        }) &&
        (targets.length === 0 || stmt.results.length === targets.length);
  const [first, second, ...others] = body.stmts;
  if (first?.kind !== 'IfStmt' || first.init || first.else || !isLook(analysis, visible.unit, first.cond))
    return undefined;
  const [left, ...more] = first.body.stmts;
  if (left && more.length === 0 && left.kind === 'ReturnStmt')
    // Other questions at the beginning are for what hardly ever is: `if c == nil`, `if s.closed`.
    return returnsSame(left) && asksForAmount(first.cond)
      ? { unit: visible.unit, cond: first.cond, holds: true }
      : undefined;
  return others.length === 0 && returnsSame(second)
    ? { unit: visible.unit, cond: first.cond, holds: false }
    : undefined;
}

/** `len(batch) < b.size`, `n == 0`: whether there is enough of something. */
function asksForAmount(cond: Expr): boolean {
  const x = unparen(cond);
  if (x.kind !== 'BinaryExpr') return false;
  if (/^(?:<|<=|>|>=)$/.test(x.op)) return true;
  const [a, b] = [unparen(x.x), unparen(x.y)];
  return x.op === '==' && [a, b].some((e) => e.kind === 'BasicLit' && e.value === '0');
}

function isContinue(s: Stmt): boolean {
  return s.kind === 'BranchStmt' && s.tok === 'continue' && !s.label;
}

/** True for an expression that only looks at values: to evaluate it takes no time, and changes nothing. */
function isLook(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  return (
    find(expr, (n) => {
      if (n.kind === 'FuncLit' || (n.kind === 'UnaryExpr' && n.op === '<-')) return true;
      if (n.kind !== 'CallExpr') return false;
      const { kind, name } = analysis.callee(unit, n);
      return !(kind === 'builtin' && /^(?:len|cap)$/.test(name)) && !/^sync\/atomic\.(?:\w+\.)?Load\w*$/.test(name);
    }) === undefined
  );
}
