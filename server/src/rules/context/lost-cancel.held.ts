/** Cancel functions in a field of a struct that a function has made for itself, and drops on some way out without calling them. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Held, heldByStruct } from '../../golang/held-by-struct.ts';
import { leavesFunction } from '../../golang/leaves-function.ts';
import { inLoop } from '../../golang/parents.ts';
import { allUnreleasedPaths, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { isReachedReleased } from '../../golang/released-ways.ts';
import { type Acquisition, releaseSearch, releaseSpec } from '../../golang/resources.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { isNamedAt } from '../../golang/scopes.ts';
import { isContext, isErrorType } from '../../golang/types.ts';
import { useEffect } from '../../golang/uses.ts';
import { firstTarget, isNil, unparen } from '../../golang/walk.ts';
import type { ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

export interface HeldWords {
  /** The message for a way out. */
  message: string;
  level: 'hint' | undefined;
  /** The call as the reader knows it. */
  call: string;
}

interface LostHeld {
  held: Held;
  search: SearchSpec;
  path: UnreleasedPath;
}

/** The way on which a local struct is dropped with the cancel function in it. */
export function lostHeld(analysis: Analysis, a: Acquisition): LostHeld | undefined {
  // Where the stop function of AfterFunc is not called, the function runs when the context ends.
  if (a.origin === 'context.AfterFunc' || !isKept(analysis, a)) return undefined;
  const held = heldByStruct(analysis, a);
  const search = held && releaseSearch(analysis, held);
  const path = search && findUnreleasedPath(search);
  return path && { held, search, path };
}

/** Reports a cancel function that a local struct holds when it is dropped. */
export function reportHeldCancel(context: RuleContext, a: Acquisition, { message, level, call }: HeldWords): void {
  const { analysis, unit } = context;
  const lost = lostHeld(analysis, a);
  if (!lost || runsOncePerProcess(analysis, unit, a.call)) return;
  const { held, path } = lost;
  const { target } = a.destination.kind === 'elsewhere' ? a.destination : {};
  const name = `${held.destination.object.name}.${held.acquires.via}`;
  context.report({
    node: target ?? a.call,
    message: path.end === 'return' ? message : path.end,
    level: path.end === 'return' ? level : undefined,
    args: { name, call, line: context.line({ node: path.node ?? { start: a.func.end - 1, end: a.func.end } }) },
    steps: [{ node: a.call, message: 'step-acquired', args: { name } }, ...pathSteps(unit, a.func, path)],
    fixes: path.end === 'return' ? repairs(context, lost, name) : [],
  });
}

/** True for a context that a parent or a timer holds until it is cancelled; or a coroutine. */
export function isKept(analysis: Analysis, a: Acquisition): boolean {
  if (!/With(?:Cancel)(?:Cause)?$/.test(a.origin)) return true;
  return a.call.args.some((x) => isContext(analysis.typeOf(a.unit, x)) && !isRootContext(analysis, a.unit, x, a.stmt));
}

/** `defer cmd.cancel()`, or `cmd.cancel()` on the ways that lack it where the struct is handed on elsewhere. */
function repairs(context: RuleContext, { held, search, path }: LostHeld, name: string): FixSpec[] {
  const { analysis, unit } = context;
  const { object } = held.destination;
  const { stmt } = held;
  const isOwnField = held.origin === held.callee;
  if (stmt?.kind !== 'AssignStmt' || !isOwnField || inLoop(analysis.parents(unit), held.call)) return [];
  // Whoever has the context by then goes on with it.
  if (!staysHere(analysis, held)) return [];
  const call = held.origin.endsWith('Cause') ? `${name}(nil)` : `${name}()`;
  const isHandedOn = object.uses.some(
    (use) => use.start >= stmt.end && useEffect(analysis, unit, use, object, releaseSpec(held.acquires)) === 'handoff',
  );
  if (!isHandedOn)
    return [
      {
        id: 'defer-cancel',
        title: 'fix-defer',
        args: { name },
        preferred: true,
        edits: insertAfterStatement(unit, stmt, `defer ${call}`),
      },
    ];
  const returnOf = ({ node }: UnreleasedPath): ReturnStmt | undefined =>
    node?.kind === 'ReturnStmt' ? node : undefined;
  const returns = allUnreleasedPaths(search, path, returnOf)?.map(returnOf);
  const [first] = returns ?? [];
  const isRight = (ret: ReturnStmt | undefined): ret is ReturnStmt =>
    ret !== undefined &&
    !isReachedReleased(search, ret) &&
    ret.results.every((r) => isErrorType(analysis.typeOf(unit, r)) || isNil(r) || unparen(r).kind === 'BasicLit') &&
    isNamedAt(unit, object, ret);
  if (!first || !returns?.every(isRight)) return [];
  return [
    {
      id: 'cancel-before-return',
      title: returns.length > 1 ? 'fix-before-each' : 'fix-before-return',
      args: { name, line: context.line({ node: first }), count: returns.length },
      preferred: true,
      edits: combine(...returns.map((ret) => insertBeforeStatement(unit, ret, call))),
    },
  ];
}

/** True where the context is only given to calls and asked: nobody has it when the function has returned. */
function staysHere(analysis: Analysis, { unit, destination, stmt, origin }: Held): boolean {
  if (!/With/.test(origin)) return true;
  const made = firstTarget(stmt);
  const parents = analysis.parents(unit);
  if (made?.kind === 'Ident') {
    const { obj } = made;
    return obj === undefined || obj.uses.every((use) => !leavesFunction(parents, obj, use));
  }
  if (made?.kind !== 'SelectorExpr') return false;
  return destination.object.uses.every((use) => {
    const field = parents.get(use);
    if (field?.kind !== 'SelectorExpr' || field.sel.name !== made.sel.name || field === made) return true;
    const user = parents.get(field);
    return user?.kind === 'SelectorExpr' || (user?.kind === 'CallExpr' && parents.get(user)?.kind !== 'GoStmt');
  });
}
