/** Lexical scopes: where a local name holds. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import { parentsOf, type ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { contains, find, walk } from './walk.ts';

/** Nodes that open a scope for what is declared directly inside them. */
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

/** The innermost scope that holds a node. */
export function scopeOf(parents: ParentMap, node: Node): Node | undefined {
  for (let n = parents.get(node); n; n = parents.get(n)) {
    if (!SCOPES.has(n.kind)) continue;
    // The body of a function shares the scope of its parameters.
    const parent = parents.get(n);
    if (n.kind === 'BlockStmt' && (parent?.kind === 'FuncLit' || parent?.kind === 'FuncDecl')) return parent;
    return n;
  }
  return undefined;
}

/** Local variables that a name written at `at` can denote, the one declared last first. */
export function visibleObjects(unit: DeclUnit, at: Node): LocalObject[] {
  const parents = parentsOf(unit.decl);
  const inScope: LocalObject[] = [];
  walk(unit.decl, (node) => {
    if (node.kind !== 'Ident' || node.obj?.decl !== node || node.name === '_' || node.end > at.start) return;
    const { obj } = node;
    // A variable is not in scope in the statement that declares it.
    const declares = obj.declNode.kind === 'AssignStmt' || obj.declNode.kind === 'ValueSpec';
    const scope = scopeOf(parents, node);
    if (scope && contains(scope, at) && !(declares && contains(obj.declNode, at))) inScope.push(obj);
  });
  const names = new Set<string>();
  return inScope
    .sort((a, b) => b.decl.start - a.decl.start)
    .filter((object) => !names.has(object.name) && names.add(object.name) && object.kind === 'var');
}

/** True when an expression mentions something that is declared inside a node: a variable of the loop, say. */
export function dependsOnInside(expr: Expr, node: Node): boolean {
  return find(expr, (n) => n.kind === 'Ident' && n.obj !== undefined && contains(node, n.obj.decl)) !== undefined;
}
