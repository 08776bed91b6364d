/** Changes by which a condition over fields may come to hold no longer. */
import type { AssignStmt, Expr, IncDecStmt, Node } from '../syntax/ast.ts';
import { asCall, isNil, isZero, pathText, unparen } from './walk.ts';

/** How a field has to change. */
export type Way = 'more' | 'less' | 'true' | 'false' | 'something' | 'nothing';

/** A field that a condition asks about. */
export interface Asked {
  field: string;
  way: Way;
}

/**
 * The fields of a variable of which one has to change before a condition has another value than `is`, each with the way in which; parts of which
 * all have to change are left out.
 */
export function askedFields(cond: Expr, variable: string, is = true): Asked[] {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return askedFields(x.x, variable, !is);
  if (x.kind !== 'BinaryExpr') return inField(x, variable, is ? 'false' : 'true');
  if (x.op === (is ? '&&' : '||')) return [...askedFields(x.x, variable, is), ...askedFields(x.y, variable, is)];
  switch (is ? x.op : NEGATED.get(x.op)) {
    case '>':
    case '>=':
      return [...summands(x.x, variable, 'less'), ...summands(x.y, variable, 'more')];
    case '<':
    case '<=':
      return [...summands(x.x, variable, 'more'), ...summands(x.y, variable, 'less')];
    case '==':
      if (isNil(x.y)) return inField(x.x, variable, 'something');
      return isZero(x.y) ? summands(x.x, variable, 'more') : [];
    case '!=':
      if (isNil(x.y)) return inField(x.x, variable, 'nothing');
      return isZero(x.y) ? summands(x.x, variable, 'less') : [];
    default:
      return [];
  }
}

/** Comparisons, and those that hold where they do not. */
export const NEGATED: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
]);

/** True for a statement that changes a field, as `path` names it, in that way. */
export function changes(stmt: AssignStmt | IncDecStmt, path: string, way: Way): boolean {
  if (stmt.kind === 'IncDecStmt') return pathText(stmt.x) === path && way === (stmt.op === '++' ? 'more' : 'less');
  const at = stmt.lhs.findIndex((l) => pathText(l) === path);
  if (at < 0) return false;
  if (stmt.op === '+=') return way === 'more';
  if (stmt.op === '-=') return way === 'less';
  const value = stmt.op === '=' && stmt.lhs.length === stmt.rhs.length ? stmt.rhs[at] : undefined;
  return value !== undefined && isGiven(unparen(value), path, way);
}

function isGiven(value: Expr, path: string, way: Way): boolean {
  const isNamed = (name: string): boolean => value.kind === 'Ident' && value.name === name && !value.obj;
  switch (way) {
    case 'true':
    case 'false':
      return isNamed(way);
    case 'nothing':
      return isNil(value);
    case 'something':
      return value.kind === 'UnaryExpr' && value.op === '&';
    case 'more': {
      const call = asCall(value);
      return call?.fun.kind === 'Ident' && call.fun.name === 'append' && pathText(call.args[0] as Expr) === path;
    }
    case 'less':
      return isZero(value) || isNil(value) || (value.kind === 'SliceExpr' && pathText(value.x) === path);
  }
}

/** True for `delete(s.open, key)`. */
export function deletesFrom(node: Node, path: string): boolean {
  if (node.kind !== 'CallExpr' || node.fun.kind !== 'Ident' || node.fun.obj) return false;
  return node.fun.name === 'delete' && node.args[0] !== undefined && pathText(node.args[0]) === path;
}

/** The fields that are added up, and those of which the length is. */
function summands(sum: Expr, variable: string, way: 'more' | 'less'): Asked[] {
  const x = unparen(sum);
  if (x.kind === 'BinaryExpr' && x.op === '+')
    return [...summands(x.x, variable, way), ...summands(x.y, variable, way)];
  const call = asCall(x);
  const of = call?.fun.kind === 'Ident' && call.fun.name === 'len' && !call.fun.obj ? call.args[0] : x;
  return of ? inField(of, variable, way) : [];
}

function inField(expr: Expr, variable: string, way: Way): Asked[] {
  const x = unparen(expr);
  if (x.kind !== 'SelectorExpr' || x.x.kind !== 'Ident' || x.x.name !== variable) return [];
  return [{ field: x.sel.name, way }];
}
