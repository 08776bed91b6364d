/** Whether what a field is given is what somebody waits for, where that is chosen by a caller or has been compared with the field before. */
import type { Expr, LocalObject, Node, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type Asked, NEGATED } from './helping-changes.ts';
import { isFunc } from './parents.ts';
import { onlyValue } from './only-value.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, isNil, pathText, unparen } from './walk.ts';

/** `surely` helps, or helps where the parameter is such a value. */
export type Given = 'surely' | 'unknown' | LocalObject;

/**
 * What is known of a value that a field gets, or a parameter that is given to it.
 * @param at the statement or call that passes it on
 */
export function givenFor(analysis: Analysis, unit: DeclUnit, at: Node, value: Expr, { field, way }: Asked): Given {
  const x = unparen(value);
  const isKnown = ((): boolean => {
    switch (way) {
      case 'true':
      case 'false':
        return x.kind === 'Ident' && !x.obj && x.name === way;
      case 'nothing':
        return isNil(x);
      case 'something':
        return (
          isSomething(analysis, unit, x) ||
          isTold(analysis, unit, at, (a, op, b) => op === '!=' && isNil(b) && isSame(unit, a, x))
        );
      case 'more':
      case 'less':
        return isTold(analysis, unit, at, (a, op, b) => {
          const greater = op === '>' || op === '>=' ? [a, b] : op === '<' || op === '<=' ? [b, a] : undefined;
          const [upper, lower] = (way === 'more' ? greater : greater?.reverse()) ?? [];
          return (
            upper !== undefined &&
            lower !== undefined &&
            isSame(unit, upper, x) &&
            isField(analysis, unit, lower, field)
          );
        });
    }
  })();
  if (isKnown) return 'surely';
  const isChosen =
    x.kind === 'Ident' && x.obj?.role === 'param' && x.obj.func === unit.decl && x.obj.writes.length === 0;
  return isChosen && x.obj ? x.obj : 'unknown';
}

/** True where whoever calls can choose the value for which others wait; how a number compares with another one is not seen. */
export function mayBeChosen({ way }: Asked): boolean {
  return way !== 'more' && way !== 'less';
}

/** True for an error that is made here or belongs to a package, and for the address of something. */
function isSomething(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  if (x.kind === 'UnaryExpr') return x.op === '&';
  if (x.kind === 'FuncLit') return true;
  if (x.kind === 'CallExpr') return /^(?:errors\.New|fmt\.Errorf)$/.test(analysis.callee(unit, x).name);
  const isNamed = x.kind === 'Ident' ? !x.obj : x.kind === 'SelectorExpr' && x.x.kind === 'Ident' && !x.x.obj;
  return isNamed && !isNil(x) && isErrorType(analysis.typeOf(unit, x));
}

type Comparison = (x: Expr, op: string, y: Expr) => boolean;

/** True when a comparison holds wherever control comes to a node: of an `if` around it, or of one before that leaves. */
function isTold(analysis: Analysis, unit: DeclUnit, node: Node, test: Comparison): boolean {
  const parents = analysis.parents(unit);
  for (let child = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind === 'IfStmt' && (n.body === child || n.else === child) && tells(n.cond, n.body === child, test))
      return true;
    const stmts = n.kind === 'BlockStmt' ? n.stmts : n.kind === 'CaseClause' || n.kind === 'CommClause' ? n.body : [];
    for (const s of stmts) {
      if (s === child) break;
      if (s.kind === 'IfStmt' && !s.else && leaves(s.body.stmts.at(-1)) && tells(s.cond, false, test)) return true;
    }
  }
  return false;
}

function leaves(last: Stmt | undefined): boolean {
  return last?.kind === 'ReturnStmt' || (last?.kind === 'BranchStmt' && last.tok !== 'fallthrough');
}

/** True when a condition with that outcome says what is asked for. */
function tells(cond: Expr, holds: boolean, test: Comparison): boolean {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return tells(x.x, !holds, test);
  if (x.kind !== 'BinaryExpr') return false;
  if (x.op === (holds ? '&&' : '||')) return tells(x.x, holds, test) || tells(x.y, holds, test);
  const op = holds ? x.op : NEGATED.get(x.op);
  return op !== undefined && test(unparen(x.x), op, unparen(x.y));
}

function isSame(unit: DeclUnit, a: Expr, b: Expr): boolean {
  return unit.text(a) === unit.text(b);
}

/** True for the field, a variable that has its value, and a method that does nothing but give it, perhaps with a lock. */
function isField(analysis: Analysis, unit: DeclUnit, expr: Expr, field: string): boolean {
  const x = unparen(expr);
  if (x.kind === 'SelectorExpr') return x.sel.name === field;
  if (x.kind === 'Ident') {
    const value = x.obj && onlyValue(x.obj);
    return value !== undefined && isField(analysis, unit, value, field);
  }
  const call = asCall(x);
  const visible = call && call.args.length === 0 ? analysis.callee(unit, call).visible : undefined;
  const last = visible?.decl.body?.stmts.at(-1);
  const [result, ...more] = last?.kind === 'ReturnStmt' ? last.results : [];
  if (!visible || !result || more.length > 0) return false;
  const receiver = visible.decl.kind === 'FuncDecl' ? visible.decl.recv?.names[0]?.name : undefined;
  return receiver !== undefined && pathText(result) === `${receiver}.${field}`;
}
