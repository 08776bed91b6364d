/** A context that code at some place can use, as Go source. */
import { contextInScope } from '../../golang/context-in-scope.ts';
import { visibleObjects } from '../../golang/scopes.ts';
import { isNamed } from '../../golang/types.ts';
import { isNil } from '../../golang/walk.ts';
import type { LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** The context or request in scope at `node`; from Go 1.24 on also the context of a running test. Undefined when there is none. */
export function usableContext(context: RuleContext, node: Node): string | undefined {
  const { analysis, unit } = context;
  const found = contextInScope(analysis, unit, node, (o) => !mayBeNil(o));
  if (found || !context.goAtLeast('1.24')) return found?.expr;
  const test = visibleObjects(unit, node).find(
    (o) => o.role === 'param' && ['T', 'B', 'F', 'TB'].some((n) => isNamed(analysis.objectType(unit, o), 'testing', n)),
  );
  return test && `${test.name}.Context()`;
}

/** True for `var ctx context.Context`, results, and variables that are set to nil. */
function mayBeNil(object: LocalObject): boolean {
  const d = object.declNode;
  if (d.kind === 'ValueSpec') return d.values.length === 0 || d.values.some(isNil);
  return object.role === 'result' || (d.kind === 'AssignStmt' && d.rhs.some(isNil));
}
