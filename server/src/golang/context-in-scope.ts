/** The context a statement could use. */
import type { Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { ParentMap } from './parents.ts';
import { isContext } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, walk } from './walk.ts';

/**
 * The nearest variable of type `context.Context` that is declared before `node` and visible there under its own name,
 * captured ones included; undefined when there is none.
 */
export function contextInScope(analysis: Analysis, unit: DeclUnit, node: Node): LocalObject | undefined {
  const parents = analysis.parents(unit);
  const visible = new Map<string, Ident>();
  walk(unit.decl, (n) => {
    if (n.start > node.start) return false;
    if (n.kind !== 'Ident' || n.obj?.decl !== n || n.name === '_' || n.end > node.start) return true;
    const scope = scopeOf(parents, n);
    // Declarations are met from outside in: a later one of the same name hides the earlier.
    if (scope && contains(scope, node)) visible.set(n.name, n);
    return true;
  });
  let nearest: Ident | undefined;
  for (const d of visible.values())
    if (d.obj?.kind === 'var' && isContext(analysis.objectType(unit, d.obj)) && d.start > (nearest?.start ?? -1))
      nearest = d;
  return nearest?.obj;
}

const SCOPES = new Set<Node['kind']>([
  'BlockStmt',
  'CaseClause',
  'CommClause',
  'IfStmt',
  'ForStmt',
  'RangeStmt',
  'SwitchStmt',
  'TypeSwitchStmt',
  'FuncLit',
  'FuncDecl',
]);

function scopeOf(parents: ParentMap, node: Node): Node | undefined {
  for (let n = parents.get(node); n; n = parents.get(n)) if (SCOPES.has(n.kind)) return n;
  return undefined;
}
