/** Whether values of a type come from one place only. */
import type { Expr, Node, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';
import { contains, walk } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/**
 * True when all that is seen of a type in its package are pointers to it, its methods, and one statement of a function that makes a value.
 * What embeds the type, has it in a field, a variable or a result, or makes another value
 * outside of tests, makes this false.
 * @param unit the function
 */
export function isOnlyMadeBy(analysis: Analysis, unit: DeclUnit, type: string, stmt: Stmt): boolean {
  return declarationsNaming(unit.pkg, type).every((member) => {
    const at = unit.pkg.unit(member);
    if (at.hasError) return false;
    const parents = analysis.parents(at);
    let isOnly = true;
    walk(at.decl, (n) => {
      if (!isOnly || n.kind !== 'Ident' || n.name !== type || n.obj) return isOnly;
      if (at === unit && contains(stmt, n)) return true;
      isOnly = isHarmless(parents.get(n), n, parents, at, unit);
      return isOnly;
    });
    return isOnly;
  });
}

function isHarmless(
  parent: Node | undefined,
  node: Node,
  parents: ReadonlyMap<Node, Node>,
  at: DeclUnit,
  constructor: DeclUnit,
): boolean {
  switch (parent?.kind) {
    case 'TypeSpec':
      return parent.name === node;
    case 'SelectorExpr':
      return parent.sel === node;
    case 'KeyValueExpr':
      return parent.key === node;
    case 'FuncDecl':
      return parent.name === node;
    case 'CompositeLit':
      // A test may make a value that starts nothing.
      return at.file.path.endsWith('_test.go') && parent.type === node && parent.elts.every(isKeyed);
    case 'IndexExpr':
      return parent.x === node && isHarmless(parents.get(parent), parent, parents, at, constructor);
    case 'StarExpr': {
      const holder = parents.get(parent);
      // An embedded pointer lends its methods to the struct around it.
      return holder?.kind !== 'Field' || holder.names.length > 0 || parents.get(holder)?.kind !== 'StructType';
    }
    case 'Field': {
      if (parent.names.some((name) => name === node)) return true;
      const { decl } = at;
      // A receiver, or the result of the constructor itself.
      return (
        decl.kind === 'FuncDecl' && (decl.recv === parent || (at === constructor && decl.type.results.includes(parent)))
      );
    }
    default:
      return false;
  }
}

function isKeyed({ kind }: Expr): boolean {
  return kind === 'KeyValueExpr';
}
