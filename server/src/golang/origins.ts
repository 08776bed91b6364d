/** Where a value comes from within its declaration: the expressions that made it and what it was made of. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import { spend } from './effort.ts';
import type { ParentMap } from './parents.ts';
import { baseIdent, unparen, walkShallow } from './walk.ts';

const MAX_OBJECTS = 40;

/**
 * Every expression that `exprs` are made of: themselves, the values ever given to the local variables they mention or
 * to fields of those, the arguments of methods that register something with them (`mux.Handle(…)`), and so on. The
 * insides of function literals are not entered. Undefined when there is too much of it.
 */
export function originsOf(parents: ParentMap, exprs: readonly Expr[]): Node[] | undefined {
  const seen = new Set<LocalObject>();
  const found: Node[] = [];
  const queue: Node[] = [...exprs];
  for (let expr = queue.pop(); expr; expr = queue.pop())
    walkShallow(expr, (n) => {
      found.push(n);
      if (n.kind !== 'Ident' || !n.obj || seen.has(n.obj)) return;
      seen.add(n.obj);
      queue.push(...valuesGiven(parents, n.obj));
    });
  return seen.size > MAX_OBJECTS ? undefined : found;
}

function valuesGiven(parents: ParentMap, object: LocalObject): Expr[] {
  const values = valuesAt(object.declNode, object.decl);
  for (const use of object.uses) {
    spend();
    let node: Node = use;
    let parent = parents.get(node);
    while (parent?.kind === 'SelectorExpr' && parent.x === node) [node, parent] = [parent, parents.get(parent)];
    if (parent?.kind === 'AssignStmt' && parent.lhs.includes(node as Expr)) values.push(...valuesAt(parent, node));
    if (parent?.kind !== 'CallExpr' || node.kind !== 'SelectorExpr' || unparen(parent.fun) !== node) continue;
    if (/^(?:Handle|HandleFunc|RegisterProtocol)$/.test(node.sel.name)) values.push(...parent.args);
  }
  return values.filter((v) => baseIdent(v)?.obj !== object);
}

/** What a declaration or assignment gives to one of its targets. */
function valuesAt(stmt: Node, target: Node): Expr[] {
  if (stmt.kind === 'RangeStmt') return [stmt.x];
  if (stmt.kind !== 'AssignStmt' && stmt.kind !== 'ValueSpec') return [];
  const targets: readonly Node[] = stmt.kind === 'AssignStmt' ? stmt.lhs : stmt.names;
  const values = stmt.kind === 'AssignStmt' ? stmt.rhs : stmt.values;
  return targets.length === values.length ? values.slice(targets.indexOf(target)).slice(0, 1) : [...values];
}
