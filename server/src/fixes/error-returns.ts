/** Turns the returns of some statements into those of a function literal around them that gives an error. */
import type { Expr, Node, ReturnStmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import { enclosingFunc, isFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, find, flattenFields, isNil, unparen } from '../golang/walk.ts';

/** Returns of errors as those of the literal. */
export interface ErrorReturns {
  edits: FileEdit[];
  /** What the function returns for an error `err` of the literal: `return nil, err`. */
  leave: string;
}

/**
 * `return x, err` as `return err` in a literal. Each must give an error that is not nil, beside values that are the same for all and mean the
 * same behind the literal: without an error the statements go on.
 * @param within the statements that move into the literal
 */
export function errorReturns(unit: DeclUnit, returns: readonly ReturnStmt[], within: Node): ErrorReturns | undefined {
  const func = enclosingFunc(parentsOf(unit.decl), within);
  const results = flattenFields(func?.type.results ?? []);
  const last = results.at(-1)?.type;
  if (last?.kind !== 'Ident' || last.name !== 'error' || last.obj) return undefined;
  const edits: FileEdit[] = [];
  const leaves = new Set<string>();
  for (const ret of returns) {
    const error = ret.results.at(-1);
    const others = ret.results.slice(0, -1);
    if (!error || ret.results.length !== results.length || !isError(unit, error, within)) return undefined;
    if (!others.every((x) => isSameOutside(x, within))) return undefined;
    leaves.add(['return ', ...others.map((x) => `${unit.text(x)}, `), 'err'].join(''));
    edits.push({ file: unit.file, start: unit.base + ret.start, end: unit.base + error.start, newText: 'return ' });
  }
  const [leave, ...different] = leaves;
  return leave === undefined || different.length > 0 ? undefined : { edits, leave };
}

/** True for an error that is made there, is tested there, or is one of the package's own. */
function isError(unit: DeclUnit, error: Expr, within: Node): boolean {
  const x = unparen(error);
  if (x.kind === 'CallExpr' && x.fun.kind === 'SelectorExpr' && x.fun.x.kind === 'Ident' && !x.fun.x.obj)
    return MAKES.has(`${unit.file.imports.get(x.fun.x.name) ?? ''}.${x.fun.sel.name}`);
  if (x.kind !== 'Ident') return false;
  if (!x.obj) return /^[eE]rr[A-Z]/.test(x.name);
  const parents = parentsOf(unit.decl);
  for (let n: Node | undefined = x; n && n !== within && !isFunc(n); n = parents.get(n)) {
    const around = parents.get(n);
    const test = around?.kind === 'IfStmt' && around.body === n ? around : undefined;
    if (!test) continue;
    const writes = x.obj.writes.some((w) => contains(test.body, w));
    if (!writes && conjuncts(test.cond).some((c) => isNotNil(c, x))) return true;
  }
  return false;
}

const MAKES = new Set(['fmt.Errorf', 'errors.New']);

function conjuncts(cond: Expr): Expr[] {
  const x = unparen(cond);
  return x.kind === 'BinaryExpr' && x.op === '&&' ? [...conjuncts(x.x), ...conjuncts(x.y)] : [x];
}

function isNotNil(cond: Expr, error: Expr & { kind: 'Ident' }): boolean {
  if (cond.kind !== 'BinaryExpr' || cond.op !== '!=' || !isNil(cond.y)) return false;
  const x = unparen(cond.x);
  return x.kind === 'Ident' && x.obj === error.obj;
}

/** True for a value that is written down, or a variable from outside. */
function isSameOutside(value: Expr, within: Node): boolean {
  const other = find(
    value,
    (n) =>
      n.kind === 'CallExpr' ||
      n.kind === 'FuncLit' ||
      (n.kind === 'Ident' && n.obj !== undefined && contains(within, n.obj.decl)),
  );
  return other === undefined;
}
