/** Calls of methods that open their receiver, such as `cmd.Start()`: what is opened is in the variable before the call. */
import type { CallExpr, Ident, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { ResourceKind } from './api/facts.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { type Acquisition, releaseSpec } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { useEffect } from './uses.ts';
import { calledName, rootIdent, unparen } from './walk.ts';

/**
 * The calls of `unit` named one of `names` that open a receiver of the given kind, as acquisitions. The destination is `elsewhere` for
 * a receiver that is no variable of the function, or one that somebody else has got before the call.
 */
export function openings(
  analysis: Analysis,
  unit: DeclUnit,
  kind: ResourceKind,
  names: ReadonlySet<string>,
): Acquisition[] {
  const found: Acquisition[] = [];
  const parents = analysis.parents(unit);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const func = names.has(calledName(call)) ? enclosingFunc(parents, call) : undefined;
    if (!func) continue;
    const { fact, recv, name } = analysis.callee(unit, call);
    const { opens } = fact ?? {};
    if (opens?.on !== 'receiver' || opens.kind !== kind || !recv || name.startsWith(`${unit.pkg.path}.`)) continue;
    const acquires = { result: -1, error: opens.error, release: opens.release, kind };
    const a: Acquisition = {
      unit,
      func,
      call,
      callee: name,
      origin: name,
      acquires,
      destination: { kind: 'elsewhere' },
      ...outcome(parents.get(call), call, opens.error),
    };
    const ident = rootIdent(unparen(recv));
    found.push(isOwn(analysis, a, ident) ? { ...a, destination: { kind: 'variable', ident, object: ident.obj } } : a);
  }
  return found;
}

/** The statement of a call, and the variable that takes its error. */
function outcome(stmt: Node | undefined, call: CallExpr, error = -1): Pick<Acquisition, 'stmt' | 'error'> {
  if (stmt?.kind === 'ExprStmt') return { stmt };
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs[0] !== call || stmt.rhs.length !== 1) return {};
  const target = stmt.lhs[error];
  return { stmt, error: target?.kind === 'Ident' && target.name !== '_' ? target.obj : undefined };
}

/** True for a variable of the function itself that nobody else has got before the call. */
function isOwn(
  analysis: Analysis,
  a: Acquisition,
  ident: Ident | undefined,
): ident is Ident & { obj: NonNullable<Ident['obj']> } {
  const object = ident?.obj;
  if (object?.role !== 'local' || object.func !== a.func) return false;
  const spec = releaseSpec(a.acquires);
  return object.uses.every(
    (use) => use.start >= a.call.start || useEffect(analysis, a.unit, use, object, spec) !== 'handoff',
  );
}
