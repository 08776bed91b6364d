/** Wait groups that are counted up by more than is ever counted down. */
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { leavesLoop } from '../../golang/cfg-reach.ts';
import { mentions, pathKey, pathName } from '../../golang/access-path.ts';
import { factsAt } from '../../golang/conditions.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { ancestor, inLoop, isFunc, type ParentMap } from '../../golang/parents.ts';
import type { PathEffects } from '../../golang/path-effects.ts';
import { allUnreleasedPaths, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { isReachedReleased } from '../../golang/released-ways.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import { find, isNil } from '../../golang/walk.ts';
import type { Node, ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { pathSteps } from '../witness.ts';

/**
 * Reports groups whose `Add` calls have constant arguments with a sum above the number of `Done` calls, where each of
 * them runs at most once and nobody else can reach the group.
 * @param calls every call on a wait group in the unit
 */
export function reportSurplusAdds(context: RuleContext, calls: readonly SyncCall[]): void {
  const groups = new Map<string, SyncCall[]>();
  for (const c of calls) groups.set(pathKey(c.path), [...(groups.get(pathKey(c.path)) ?? []), c]);
  for (const group of groups.values()) {
    const [first] = group;
    const adds = group.filter((c) => c.method === 'Add');
    const dones = group.filter((c) => c.method === 'Done');
    const wait = group.find((c) => c.method === 'Wait');
    if (!first || !wait || dones.length === 0 || group.some((c) => c.method === 'Go')) continue;
    if (!isPrivate(context, first, group)) continue;
    const parents = context.analysis.parents(context.unit);
    if (![...adds, ...dones, wait].every((c) => runsOnce(parents, c.call, first))) continue;
    const sum = adds.reduce((n, c) => n + constant(c), 0);
    const [add] = adds;
    if (!add || !(sum > dones.length)) continue;
    const name = pathName(first.path);
    context.report({
      node: wait.call,
      message: 'surplus-adds',
      args: { name, sum, dones: dones.length },
      steps: [
        ...adds.map((c) => ({ node: c.call, message: 'step-add', args: { name } })),
        ...dones.map((c) => ({ node: c.call, message: 'step-done', args: { name } })),
      ],
    });
  }
}

/**
 * Reports a goroutine that was counted in a group others wait for, on a way out on which it is not started after all.
 * @param spawn a goroutine that counts down the group of `add`
 */
export function reportNotStarted(context: RuleContext, spawn: Spawn, add: SyncCall, done: PathEffects): void {
  const { analysis, unit } = context;
  const { func, path } = add;
  const parents = analysis.parents(unit);
  const stmt = parents.get(add.call);
  // A group of the function itself is gone when the function has returned.
  if (typeof path.root !== 'string' && path.root.role === 'local' && path.fields.length === 0) return;
  if (stmt?.kind !== 'ExprStmt' || constant(add) !== 1 || inLoop(parents, stmt)) return;
  const effects = done.nodes(unit, func, path);
  if ([...effects.keys()].some((n) => n.kind === 'DeferStmt' && n.start < stmt.start)) return;
  const written = analysis.writtenPaths(unit, func);
  const loop = ancestor(parents, spawn.stmt, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  const search: SearchSpec = {
    unit,
    cfg: analysis.cfg(unit, func),
    start: stmt,
    effect: (n) => (effects.has(n) || n === spawn.stmt ? 'settled' : 'none'),
    // A loop that starts goroutines is taken to start one.
    settledBy: (e) => loop !== undefined && leavesLoop(loop, e),
    facts: factsAt(unit, parents, stmt, written),
    written,
  };
  const found = findUnreleasedPath(search);
  if (found?.node?.kind !== 'ReturnStmt') return;
  const name = pathName(path);
  context.report({
    node: found.node,
    message: 'not-started',
    args: { name, add: context.line({ node: stmt }), go: context.line({ node: spawn.stmt }) },
    steps: [{ node: add.call, message: 'step-add', args: { name } }, ...pathSteps(unit, func, found)],
    fixes: doneBeforeReturns(context, add, search, found),
  });
}

/** `wg.Done()` in front of each return behind which nobody counts down. */
function doneBeforeReturns(context: RuleContext, add: SyncCall, search: SearchSpec, found: UnreleasedPath): FixSpec[] {
  const { unit } = context;
  const returnOf = ({ node }: UnreleasedPath): ReturnStmt | undefined =>
    node?.kind === 'ReturnStmt' ? node : undefined;
  const returns = allUnreleasedPaths(search, found, returnOf)?.map(returnOf);
  const { fun } = add.call;
  if (!returns || fun.kind !== 'SelectorExpr') return [];
  const call = `${unit.text(fun.x)}.Done()`;
  const isRight = (ret: ReturnStmt | undefined): ret is ReturnStmt =>
    ret !== undefined &&
    meansSameAt(unit, fun.x, ret) &&
    // On another way to it the goroutine runs, and counts down itself.
    !isReachedReleased(search, ret) &&
    !find(ret, (n) => n.kind === 'CallExpr');
  if (!returns.every(isRight)) return [];
  const edits = combine(...returns.map((ret) => insertBeforeStatement(unit, ret, call)));
  return [{ id: 'done-before-return', title: 'fix-done-before', args: { call }, preferred: true, edits }];
}

/** True for a way taken by a goroutine with a certain number, where `Add(len(items) - 1)` leaves out one of them. */
export function isLeftOut(add: SyncCall, { decisions }: UnreleasedPath): boolean {
  const [delta] = add.call.args;
  if (delta?.kind !== 'BinaryExpr' || delta.op !== '-') return false;
  return decisions.some(({ cond }) => cond?.kind === 'BinaryExpr' && /^[=!]=$/.test(cond.op) && !isNil(cond.y));
}

/** True for a variable of a function of which nothing is known outside but the given calls. */
function isPrivate(context: RuleContext, { path }: SyncCall, group: readonly SyncCall[]): boolean {
  const { root, fields } = path;
  if (typeof root === 'string' || fields.length > 0 || root.role !== 'local') return false;
  if (root.declNode.kind !== 'ValueSpec' || root.declNode.values.length > 0) return false;
  return mentions(context.analysis.parents(context.unit), root.func, path).length === group.length;
}

/** True when a call is in no loop, and in no function literal but those that run once, where they are written. */
function runsOnce(parents: ParentMap, call: Node, { path }: SyncCall): boolean {
  const home = typeof path.root === 'string' ? undefined : path.root.func;
  let node = call;
  for (;;) {
    if (inLoop(parents, node)) return false;
    const func = ancestor(parents, node, isFunc);
    if (!func || func === home) return func === home;
    const use = parents.get(func);
    if (use?.kind !== 'CallExpr' || use.fun !== func) return false;
    node = func;
  }
}

/** The argument of an `Add`; not a number when it is not a literal. */
function constant(add: SyncCall): number {
  const [delta] = add.call.args;
  return delta?.kind === 'BasicLit' ? Number(delta.value) : Number.NaN;
}
