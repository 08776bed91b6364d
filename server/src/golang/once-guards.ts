/** Code that a package variable lets run once: `if started { return }; started = true; go loop()`. */
import type { Expr, Node, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isFunc } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, unparen, walkShallow } from './walk.ts';

/**
 * True when `node` is reached only by a test of a package variable that the same function changes, by assignment or by
 * an atomic operation: the function starts something for the whole program and remembers that it has.
 */
export function guardedByPackageVariable(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  const tested = new Set<string>();
  let top: Node = node;
  for (let child = node, n = parents.get(node); n; child = n, n = parents.get(n)) {
    top = n;
    if (isFunc(n)) break;
    if (n.kind === 'IfStmt' && n.cond !== child) addVariables(analysis, unit, [n.init, n.cond], tested);
    else if (n.kind === 'ForStmt' && n.cond && n.body === child) addVariables(analysis, unit, [n.cond], tested);
    else if (n.kind === 'BlockStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause')
      for (const s of n.kind === 'BlockStmt' ? n.stmts : n.body)
        if (s.end <= child.start && s.kind === 'IfStmt' && leaves(s.body.stmts))
          addVariables(analysis, unit, [s.init, s.cond], tested);
  }
  return tested.size > 0 && changes(analysis, unit, top, tested);
}

function leaves(stmts: readonly Stmt[]): boolean {
  return stmts.at(-1)?.kind === 'ReturnStmt';
}

/** Package variables mentioned in a condition. */
function addVariables(
  analysis: Analysis,
  unit: DeclUnit,
  conds: readonly (Node | undefined)[],
  names: Set<string>,
): void {
  for (const cond of conds)
    if (cond)
      walkShallow(cond, (n) => {
        if (n.kind === 'Ident' && isPackageVariable(analysis, unit, n)) names.add(n.name);
      });
}

/** True for the name of a variable of a package. */
export function isPackageVariable(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  if (x.kind !== 'Ident' || x.obj) return false;
  const d = analysis.types.denotes(unit, x);
  return d?.kind === 'member' && d.member.declaration.tok === 'var';
}

/** True when a function assigns to one of the variables, or to a field or element of it, or changes it atomically. */
function changes(analysis: Analysis, unit: DeclUnit, func: Node, names: ReadonlySet<string>): boolean {
  let found = false;
  const mark = (target: Expr): void => {
    const base = baseIdent(unparen(target));
    if (base && names.has(base.name) && isPackageVariable(analysis, unit, base)) found = true;
  };
  walkShallow(func, (n) => {
    if (n.kind === 'AssignStmt' && n.op !== ':=') n.lhs.forEach(mark);
    else if (n.kind === 'IncDecStmt') mark(n.x);
    else if (
      n.kind === 'CallExpr' &&
      n.fun.kind === 'SelectorExpr' &&
      /^(?:CompareAndSwap|Swap|Store|Add)/.test(n.fun.sel.name)
    ) {
      mark(n.fun.x);
      n.args.slice(0, 1).forEach(mark);
    }
  });
  return found;
}
