/** Names of fields and package variables that something is assigned to. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import type { GoPackage } from './package.ts';
import type { DeclUnit } from './unit.ts';
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

/** A place where something of a name that is not local may get another value. */
interface Written {
  unit: DeclUnit;
  node: Node;
  /** Its address is given to a function of another package: it may be read from a file. */
  isRead: boolean;
}

/** Every place where the package gives a value to a field or package variable of that name, composite literals included. */
export function writesOf(analysis: Analysis, pkg: GoPackage, name: string): Written[] {
  return declarationsNaming(pkg, name).flatMap((member) => {
    const unit = pkg.unit(member);
    const { decl, hasError } = unit;
    if (hasError) return [{ unit, node: decl, isRead: false }];
    const parents = analysis.parents(unit);
    return nodesOfKind(decl, 'Ident').flatMap((n): Written[] => {
      if (n.name !== name || n.obj) return [];
      let node: Node = n;
      let parent = parents.get(n);
      if (parent?.kind === 'KeyValueExpr') return parent.key === n ? [{ unit, node: n, isRead: false }] : [];
      if (parent?.kind === 'SelectorExpr' && parent.sel === n) [node, parent] = [parent, parents.get(parent)];
      while (parent?.kind === 'ParenExpr' || (parent?.kind === 'IndexExpr' && parent.x === node))
        [node, parent] = [parent, parents.get(parent)];
      if (parent?.kind === 'AssignStmt' || parent?.kind === 'RangeStmt') {
        const targets: readonly (Node | undefined)[] =
          parent.kind === 'AssignStmt' ? parent.lhs : [parent.key, parent.value];
        return targets.includes(node) ? [{ unit, node, isRead: false }] : [];
      }
      if (parent?.kind === 'IncDecStmt') return [{ unit, node, isRead: false }];
      if (parent?.kind !== 'UnaryExpr' || parent.op !== '&') return [];
      const call = parents.get(parent);
      const isRead = call?.kind === 'CallExpr' && call.fun !== parent && !analysis.callee(unit, call).visible;
      return [{ unit, node, isRead }];
    });
  });
}
