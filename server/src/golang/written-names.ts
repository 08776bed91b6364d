/** Names of fields and package variables that something is assigned to. */
import type { Expr } from '../syntax/ast.ts';
import { nodesOfKind } from './node-index.ts';
import type { GoPackage } from './package.ts';
import { declarationsNaming } from './word-index.ts';

/** True when the package assigns to, or takes the address of, something of that name that is not local. */
export function isWritten(pkg: GoPackage, name: string): boolean {
  const isIt = (x: Expr): boolean => {
    const base = baseOf(x);
    return base.kind === 'SelectorExpr'
      ? base.sel.name === name
      : base.kind === 'Ident' && !base.obj && base.name === name;
  };
  return declarationsNaming(pkg, name).some((member) => {
    const { decl, hasError } = pkg.unit(member);
    return (
      hasError ||
      nodesOfKind(decl, 'AssignStmt').some((a) => a.lhs.some(isIt)) ||
      nodesOfKind(decl, 'IncDecStmt').some((s) => isIt(s.x)) ||
      nodesOfKind(decl, 'UnaryExpr').some((u) => u.op === '&' && isIt(u.x))
    );
  });
}

/** `m` of `m[k]` and of `(m)`. */
function baseOf(x: Expr): Expr {
  return x.kind === 'IndexExpr' || x.kind === 'ParenExpr' ? baseOf(x.x) : x;
}
