/** Finds a context that code at some place can use. */
import type { LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { visibleObjects } from './scopes.ts';
import { isContext, isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';

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
