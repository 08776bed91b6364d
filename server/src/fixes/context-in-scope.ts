/** Finds a context that code at some place can use. */
import type { LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from '../golang/analysis.ts';
import { parentsOf } from '../golang/parents.ts';
import { isContext, isNamed } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, walk } from '../golang/walk.ts';
import { scopeOf } from './names.ts';

export interface ContextInScope {
  /** Go expression: `ctx`, or `r.Context()` for an `*http.Request`. */
  expr: string;
  object: LocalObject;
}

/**
 * The context to use at a node: the variable of type `context.Context` that was declared last among those in scope, else
 * the context of an `*http.Request` in scope. Variables of enclosing functions count; hidden ones do not.
 * @param suits leaves variables out, e.g. those that are cancelled before the code runs
 */
export function contextInScope(
  analysis: Analysis,
  unit: DeclUnit,
  at: Node,
  suits: (object: LocalObject) => boolean = () => true,
): ContextInScope | undefined {
  let request: ContextInScope | undefined;
  for (const object of visibleObjects(unit, at)) {
    if (!suits(object)) continue;
    const type = analysis.objectType(unit, object);
    if (isContext(type)) return { expr: object.name, object };
    if (type.kind === 'pointer' && isNamed(type, 'net/http', 'Request'))
      request ??= { expr: `${object.name}.Context()`, object };
  }
  return request;
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
