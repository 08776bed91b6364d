/** Tests in which a leak needs that the test has failed before, or that the machine stands still for a long time. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { secondsOf } from '../golang/seconds.ts';
import { failsTest, isTestHandle, nilTest, returnsError } from '../golang/expected-failure.ts';
import { type Launch, launches } from '../golang/launches.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { ancestor, isFunc } from '../golang/parents.ts';
import { givesTime } from '../golang/process-lifetime.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, flattenFields, isNil, unparen } from '../golang/walk.ts';
import type { CommClause, Expr, LocalObject, Node, SelectStmt } from '../syntax/ast.ts';

/**
 * True for a statement by which a member of a group leaves because the group's context is done, `case <-ctx.Done(): return`,
 * where the test demands that `group.Wait()` gives no error: then another member has failed, and with it the test.
 */
export function leavesWithFailedGroup(analysis: Analysis, unit: DeclUnit, left: Node | undefined): boolean {
  const clause = left && ancestor(analysis.parents(unit), left, (n) => n.kind === 'CommClause' || isFunc(n));
  return clause?.kind === 'CommClause' && hearsOfFailedGroup(analysis, unit, clause);
}

function hearsOfFailedGroup(analysis: Analysis, unit: DeclUnit, clause: CommClause): boolean {
  const done = received(clause);
  if (done?.kind !== 'CallExpr' || done.fun.kind !== 'SelectorExpr' || done.fun.sel.name !== 'Done') return false;
  const context = done.fun.x.kind === 'Ident' ? done.fun.x.obj : undefined;
  const group = context && groupOf(analysis, unit, context);
  return group !== undefined && group.uses.some((use) => isDemanded(analysis, unit, use));
}

/** `group` of `group, ctx := errgroup.WithContext(…)`. */
function groupOf(analysis: Analysis, unit: DeclUnit, { decl, declNode: made }: LocalObject): LocalObject | undefined {
  if (made.kind !== 'AssignStmt' || made.lhs[1] !== decl || made.rhs.length !== 1) return undefined;
  const call = made.rhs[0] && unparen(made.rhs[0]);
  const isGroup = call?.kind === 'CallExpr' && analysis.callee(unit, call).name.endsWith('errgroup.WithContext');
  return isGroup && made.lhs[0]?.kind === 'Ident' ? made.lhs[0].obj : undefined;
}

/** True for `require.NoError(t, group.Wait())`, and for `err := group.Wait()` where an error fails the test. */
function isDemanded(analysis: Analysis, unit: DeclUnit, group: Node): boolean {
  const parents = analysis.parents(unit);
  const wait = parents.get(group);
  const call = wait && parents.get(wait);
  if (wait?.kind !== 'SelectorExpr' || wait.sel.name !== 'Wait' || call?.kind !== 'CallExpr') return false;
  const parent = parents.get(call);
  if (parent?.kind === 'CallExpr') return parent.args[0] !== undefined && isTestHandle(analysis, unit, parent.args[0]);
  if (parent?.kind !== 'AssignStmt' || parent.lhs[0]?.kind !== 'Ident') return false;
  const error = parent.lhs[0].obj;
  return (error?.uses ?? []).some((use) => {
    const user = parents.get(use);
    if (user?.kind === 'CallExpr')
      return user.args[1] === use && user.args[0] !== undefined && isTestHandle(analysis, unit, user.args[0]);
    const test = ancestor(parents, use, (n) => n.kind === 'IfStmt' || isFunc(n));
    return test?.kind === 'IfStmt' && nilTest(test.cond, error) === false && failsTest(analysis, unit, test.body);
  });
}

/**
 * True when the function that waits for the goroutine waits in one `select` only, and gives up there because a limit has run out
 * or a group has failed: the test fails then, gets an error, or gets nothing where it else gets a value.
 */
export function givesUpInFailedTest(analysis: Analysis, { unit, stmt }: Launch): boolean {
  const func = ancestor(analysis.parents(unit), stmt, isFunc);
  const waits = func ? selectsAround(analysis, unit, func) : [];
  const [wait] = waits;
  if (!wait || waits.length > 1) return false;
  return wait.clauses.some(
    (c) => hearsOfFailedGroup(analysis, unit, c) || (isLimit(analysis, unit, c) && givesUp(analysis, unit, wait, c)),
  );
}

function givesUp(analysis: Analysis, unit: DeclUnit, wait: SelectStmt, limit: CommClause): boolean {
  const last = limit.body.at(-1);
  if (limit.body.some((s) => failsTest(analysis, unit, s)) || returnsError(analysis, unit, last)) return true;
  return returnsNil(last) && wait.clauses.some((c) => c.comm && c !== limit && !returnsNil(c.body.at(-1)));
}

/** The `select` statements of the innermost function around a node that has some. */
function selectsAround(analysis: Analysis, unit: DeclUnit, func: Node): SelectStmt[] {
  const own = nodesOfKind(unit.decl, 'SelectStmt').filter((s) => contains(func, s));
  const outer = own.length === 0 ? ancestor(analysis.parents(unit), func, isFunc) : undefined;
  return outer ? selectsAround(analysis, unit, outer) : own;
}

function returnsNil(stmt: Node | undefined): boolean {
  return stmt?.kind === 'ReturnStmt' && stmt.results.length === 1 && stmt.results.every((r) => isNil(r));
}

/** `case <-time.After(…)`. */
function isLimit(analysis: Analysis, unit: DeclUnit, clause: CommClause): boolean {
  const from = received(clause);
  return from?.kind === 'CallExpr' && analysis.callee(unit, from).name === 'time.After';
}

/** What an arm receives from. */
function received({ comm }: CommClause): Expr | undefined {
  const value = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const receive = value && unparen(value);
  return receive?.kind === 'UnaryExpr' && receive.op === '<-' ? unparen(receive.x) : undefined;
}

/**
 * True when a test sleeps before it receives, for a time that is shorter than the limit which the goroutine that is to send sets
 * itself: it hangs only when the machine stands still meanwhile.
 */
export function sleepsLessThanLimit(analysis: Analysis, { site: { unit, node } }: Leak): boolean {
  const parents = analysis.parents(unit);
  const sleep = nodesOfKind(unit.decl, 'CallExpr').findLast(
    (c) => c.end <= node.start && analysis.callee(unit, c).name === 'time.Sleep' && givesTime(parents, unit, c),
  );
  const pause = sleep?.args[0] && secondsOf(sleep.args[0]);
  if (!sleep || pause === undefined) return false;
  return launches(analysis, unit).some((launch) => {
    const limits = launch.stmt.end <= sleep.start && launch.body ? limitsOf(analysis, launch, launch.body) : [];
    return limits.length > 0 && limits.every((limit) => limit !== undefined && limit > pause);
  });
}

/** The limits that a goroutine sets itself, in seconds; undefined for one that is not known. */
function limitsOf(analysis: Analysis, { call }: Launch, body: NonNullable<Launch['body']>): (number | undefined)[] {
  const given = (object: LocalObject): Expr | undefined => {
    const index = flattenFields(body.func.type.params).findIndex((p) => p.name?.obj === object);
    return index >= 0 && object.writes.length === 0 ? call.args[index] : undefined;
  };
  return nodesOfKind(body.unit.decl, 'CallExpr')
    .filter((n) => contains(body.func, n) && analysis.callee(body.unit, n).name === 'time.After')
    .map((n) => (n.args[0] ? secondsOf(n.args[0], given) : undefined));
}
