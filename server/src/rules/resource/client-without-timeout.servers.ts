/** Servers that are written down without a limit for reading requests. */
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { CompositeLit, Expr, LocalObject, Node } from '../../syntax/ast.ts';

/**
 * True for `http.Server{…}` that sets neither `ReadHeaderTimeout` nor `ReadTimeout` and that stays in the package: in a variable, a
 * field of a type of the package, or a result of a function that others cannot call.
 */
export function isUnlimitedServer(analysis: Analysis, unit: DeclUnit, lit: CompositeLit): boolean {
  if (!isNamed(analysis.typeOf(unit, lit), 'net/http', 'Server')) return false;
  const limited = lit.elts.some(
    (e) => e.kind !== 'KeyValueExpr' || e.key.kind !== 'Ident' || /^Read(?:Header)?Timeout$/.test(e.key.name),
  );
  return !limited && staysInPackage(analysis, unit, lit);
}

function staysInPackage(analysis: Analysis, unit: DeclUnit, value: Node): boolean {
  const parents = analysis.parents(unit);
  let node = value;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  switch (parent?.kind) {
    // (&http.Server{}).ListenAndServe()
    case 'SelectorExpr':
    case 'BinaryExpr':
      return true;
    case 'CallExpr':
      return parent.fun !== node && analysis.callee(unit, parent).visible !== undefined;
    case 'ReturnStmt': {
      const func = enclosingFunc(parents, parent);
      return func?.kind === 'FuncDecl' && (unit.pkg.name === 'main' || !isExported(func.name.name));
    }
    case 'KeyValueExpr': {
      const owner = parents.get(parent);
      const type = owner?.kind === 'CompositeLit' ? analysis.typeOf(unit, owner) : undefined;
      if (type?.kind !== 'named' || type.pkg !== unit.pkg.path) return false;
      return unit.pkg.name === 'main' || (parent.key.kind === 'Ident' && !isExported(parent.key.name));
    }
    case 'AssignStmt': {
      const i = parent.rhs.indexOf(node as Expr);
      if (i < 0) return true;
      const target = parent.lhs[i];
      if (target?.kind !== 'Ident') return target?.kind === 'SelectorExpr';
      return !target.obj || objectStays(analysis, unit, target.obj);
    }
    case 'ValueSpec': {
      const object = parent.names[parent.values.indexOf(node as Expr)]?.obj;
      return !object || objectStays(analysis, unit, object);
    }
    default:
      return false;
  }
}

function objectStays(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  return object.uses.every((use) => staysInPackage(analysis, unit, use));
}
