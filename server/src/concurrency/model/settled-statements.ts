/** Statements that do nothing but assign, under conditions that may be known: flags, states and counters that others look at later. */
import { unparen } from '../../golang/walk.ts';
import type { CaseClause, Expr, IfStmt, Stmt, SwitchStmt } from '../../syntax/ast.ts';
import type { Lowering } from './lowering.ts';

/** True for a test of variables, fields and lengths, compared with one another or with constants. */
export function isSimpleTest(l: Lowering, s: IfStmt | SwitchStmt): boolean {
  if (s.kind === 'IfStmt') return isTest(l, s.cond);
  const tests = s.cases.flatMap((c) => c.exprs);
  return s.tag ? isPlain(l, s.tag) && tests.every((e) => isPlain(l, e)) : tests.every((e) => isTest(l, e));
}

const COMPARISON = /^(?:==|!=|<|<=|>|>=)$/;

function isTest(l: Lowering, e: Expr): boolean {
  const x = unparen(e);
  if (x.kind === 'UnaryExpr' && x.op === '!') return isTest(l, x.x);
  if (x.kind !== 'BinaryExpr') return isPlain(l, x) && l.shape(l.typeOf(x)) === 'bool';
  if (x.op === '&&' || x.op === '||') return isTest(l, x.x) && isTest(l, x.y);
  return COMPARISON.test(x.op) && isPlain(l, x.x) && isPlain(l, x.y);
}

/** A variable, a field, a constant, a length or capacity. */
function isPlain(l: Lowering, e: Expr): boolean {
  const x = unparen(e);
  if (x.kind === 'CallExpr') {
    const [arg] = x.args;
    return (
      x.fun.kind === 'Ident' && /^(?:len|cap)$/.test(x.fun.name) && !x.fun.obj && arg !== undefined && isPlain(l, arg)
    );
  }
  if (x.kind === 'SelectorExpr') return isPlain(l, x.x);
  return x.kind === 'Ident' || x.kind === 'BasicLit';
}

/** True for a statement that assigns something, and has calls that are not followed besides. */
export function onlyAssigns(s: IfStmt | SwitchStmt): boolean {
  let assigns = 0;
  const areSimple = (stmts: readonly Stmt[]): boolean => stmts.every(isSimple);
  const isSimple = (x: Stmt): boolean => {
    switch (x.kind) {
      case 'AssignStmt':
      case 'IncDecStmt':
        assigns++;
        return true;
      case 'ExprStmt':
        return true;
      case 'IfStmt':
        return !x.init && areSimple(x.body.stmts) && (!x.else || isSimple(x.else));
      case 'BlockStmt':
        return areSimple(x.stmts);
      default:
        return false;
    }
  };
  const isCase = (c: CaseClause): boolean => areSimple(c.body);
  const simple = s.kind === 'SwitchStmt' ? s.cases.every(isCase) : isSimple(s);
  return simple && assigns > 0;
}

/** A variable or field that a statement sets to `true` or `false`. */
interface Flag {
  target: Expr;
  value: Expr;
}

/** The flags that an `if` without `else` sets under a condition without `&&` and `||`: what they are afterwards hangs on the condition. */
export function flagsSet(l: Lowering, s: IfStmt): Flag[] {
  const cond = unparen(s.cond);
  if (s.else || (cond.kind === 'BinaryExpr' && (cond.op === '&&' || cond.op === '||'))) return [];
  return s.body.stmts.flatMap((x) => {
    const [target, value] = x.kind === 'AssignStmt' && x.op === '=' && x.lhs.length === 1 ? [x.lhs[0], x.rhs[0]] : [];
    const isConstant = value?.kind === 'Ident' && !value.obj && /^(?:true|false)$/.test(value.name);
    return target && isConstant && isPlain(l, target) ? [{ target, value }] : [];
  });
}

/** `if b < a { a, b = b, a }`: what is in the variables stays different, or equal, whichever way it goes. */
export function isSwap(s: IfStmt | SwitchStmt): boolean {
  const [swap, ...others] = s.kind === 'IfStmt' && !s.else ? s.body.stmts : [];
  if (swap?.kind !== 'AssignStmt' || swap.op !== '=' || swap.lhs.length < 2 || others.length > 0) return false;
  const [to, from] = [swap.lhs, swap.rhs].map((side) => side.map((e) => (e.kind === 'Ident' ? e.obj : undefined)));
  return to !== undefined && to.every((o) => o !== undefined && from?.includes(o));
}
