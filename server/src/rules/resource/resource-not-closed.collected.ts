/** Resources in a slice or map of the function, which a way out drops with all that is in it. */
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { type DroppedCollection, droppedCollection } from '../../golang/collected.ts';
import { allUnreleasedPaths } from '../../golang/paths.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { Acquisition } from '../../golang/resources.ts';
import { isNamedAt } from '../../golang/scopes.ts';
import type { ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

/** Reports an acquisition that goes into a collection of the function, and that is lost with it on some way out. */
export function reportCollected(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const dropped = droppedCollection(analysis, a);
  if (!dropped || runsOncePerProcess(analysis, unit, a.call)) return;
  const { collection, put, path } = dropped;
  const end = path.node ?? { start: a.func.end - 1, end: a.func.end };
  const { name } = collection;
  context.report({
    node: a.call,
    message: a.acquires.kind === 'file' ? 'file-collected' : 'collected',
    level: runsInCommand(analysis, unit, a.call) ? 'hint' : undefined,
    args: { name, call: unit.text(a.call.fun).replace(/\s+/g, ' '), line: context.line({ node: end }) },
    steps: [{ node: put, message: 'step-collected', args: { name } }, ...pathSteps(unit, a.func, path)],
    fixes: closeAll(context, a, dropped),
  });
}

/** Closes all that is in the collection before each of the returns that drop it. */
function closeAll(context: RuleContext, a: Acquisition, dropped: DroppedCollection): FixSpec[] {
  const { analysis, unit } = context;
  const { collection, path, search, isOnlyFilled } = dropped;
  const [method] = a.acquires.release;
  if (!isOnlyFilled || a.destination.kind !== 'variable' || method === undefined) return [];
  const type = analysis.types.underlying(analysis.objectType(unit, collection));
  const elem = type.kind === 'slice' || type.kind === 'map' ? type.elem : undefined;
  const found = elem && analysis.types.members.find(elem, method);
  if (found?.kind !== 'method' || found.type.kind !== 'func' || found.type.params.length > 0) return [];
  const returns = allUnreleasedPaths(search, path, ({ node }) => node)?.map(({ node }) => node);
  const isPlace = (n: (typeof path)['node']): n is ReturnStmt =>
    n?.kind === 'ReturnStmt' && isNamedAt(unit, collection, n);
  if (!returns?.every(isPlace)) return [];
  const each = a.destination.object.name;
  const lines = `for _, ${each} := range ${collection.name} {\n\t${each}.${method}()\n}`;
  return [
    {
      id: 'close-before-return',
      title: 'fix-close-all',
      args: { name: collection.name },
      preferred: true,
      edits: combine(...returns.map((ret) => insertBeforeStatement(unit, ret, lines))),
    },
  ];
}
