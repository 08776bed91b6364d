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
  return namedAt(unit, at).filter(({ kind }) => kind === 'var');
}

/** What local names denote at a node, the one declared last first. */
function namedAt(unit: DeclUnit, at: Node): LocalObject[] {
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
    .filter((object) => !names.has(object.name) && names.add(object.name));
}

/** True when a name written at `at` denotes a local variable: it is declared there and nothing hides it. */
export function isNamedAt(unit: DeclUnit, object: LocalObject, at: Node): boolean {
  return namedAt(unit, at).includes(object);
}

/**
 * True when the local and other names of some code mean the same if the code is written at `at`: none is unknown there, and none
 * denotes something else.
 */
export function meansSameAt(unit: DeclUnit, code: Node, at: Node): boolean {
  const parents = parentsOf(unit.decl);
  const named = new Map(namedAt(unit, at).map((object) => [object.name, object]));
  const differs = (n: Node): boolean => {
    if (n.kind !== 'Ident' || n.name === '_' || (n.obj && contains(code, n.obj.decl))) return false;
    const parent = parents.get(n);
    if (parent?.kind === 'SelectorExpr' && parent.sel === n) return false;
    // A key of a composite literal may be a field.
    if (parent?.kind === 'KeyValueExpr' && parent.key === n && !n.obj) return false;
    return named.get(n.name) !== n.obj;
  };
  return find(code, differs) === undefined;
}

/** True when an expression mentions something that is declared inside a node: a variable of the loop, say. */
export function dependsOnInside(expr: Expr, node: Node): boolean {
  return find(expr, (n) => n.kind === 'Ident' && n.obj !== undefined && contains(node, n.obj.decl)) !== undefined;
}
