/** A context that code at some place can use, as Go source. */
import { isUnshadowed, scopeOf } from '../../fixes/names.ts';
import { isRequest } from '../../golang/contexts.ts';
import { isContext, isNamed, type Type } from '../../golang/types.ts';
import { contains, isNil, walk } from '../../golang/walk.ts';
import type { LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/**
 * The context to use at `node`: the variable of type `context.Context` declared nearest above it, else that of a request
 * or, from Go 1.24 on, of a running test. Undefined when there is none.
 */
export function usableContext(context: RuleContext, node: Node): string | undefined {
  const objects = variablesAt(context, node);
  for (const o of objects) if (isContext(typeOf(context, o)) && !mayBeNil(o)) return o.name;
  for (const o of objects) if (isRequest(typeOf(context, o)) && o.role === 'param') return `${o.name}.Context()`;
  if (!context.goAtLeast('1.24')) return undefined;
  const test = objects.find((o) => o.role === 'param' && ['T', 'B', 'F', 'TB'].some((n) => isNamed(typeOf(context, o), 'testing', n)));
  return test && `${test.name}.Context()`;
}

function typeOf(context: RuleContext, object: LocalObject): Type {
  return context.analysis.objectType(context.unit, object);
}

/** Local variables that are declared before `node` and visible there, the last one first. */
function variablesAt(context: RuleContext, node: Node): LocalObject[] {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  const found: LocalObject[] = [];
  walk(unit.decl, (n) => {
    if (n.start >= node.start) return false;
    const o = n.kind === 'Ident' && n.obj?.decl === n ? n.obj : undefined;
    if (o?.kind !== 'var' || o.name === '_' || contains(o.declNode, node)) {
      if (o?.declNode.kind !== 'Field') return true;
    }
    const scope = o && scopeOf(parents, o.decl);
    if (o && o.kind === 'var' && o.name !== '_' && scope && contains(scope, node)) found.unshift(o);
    return true;
  });
  return found.filter((o) => isUnshadowed(unit, node, o.name, (other) => other !== o && other.decl.start > o.decl.start));
}

/** True for `var ctx context.Context` and variables that are set to nil. */
function mayBeNil(object: LocalObject): boolean {
  const d = object.declNode;
  if (d.kind === 'ValueSpec') return d.values.length === 0 || d.values.some(isNil);
  return object.role === 'result' || (d.kind === 'AssignStmt' && d.rhs.some(isNil));
}
