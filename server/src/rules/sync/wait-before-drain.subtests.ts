/**
 * A test that waits for what its subtests do after `t.Parallel()`: such a subtest goes on only when the function of its parent has
 * returned, deferred calls included.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { isNewStruct, onlyValue } from '../../golang/only-value.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncLit, FuncNode, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** A subtest that stops at its `t.Parallel()` whatever happens. */
interface Subtest {
  run: CallExpr;
  func: FuncLit;
  /** Its own `t`. */
  t: LocalObject;
  parallel: CallExpr;
}

/** Something that one function waits for, and what would end that, all of it in subtests that stand still. */
interface Held {
  waits: Node[];
  name: string;
  ends: { subtest: Subtest; node: Node }[];
  /** What must have been done before a wait lasts at all; absent for channels. */
  adds?: CallExpr[];
}

/** Reports waits of tests for their own parallel subtests. */
export function reportHeldSubtests(context: RuleContext): void {
  const { analysis, unit } = context;
  for (const [parent, subtests] of subtestsByParent(analysis, unit))
    for (const object of localsOf(unit, parent)) {
      const held = heldGroup(analysis, unit, object, subtests) ?? heldChannel(analysis, unit, object, subtests);
      const [end] = held?.ends ?? [];
      if (!held || !end) continue;
      const node = held.waits.find((w) => w.start > end.subtest.run.end || isDeferred(analysis.parents(unit), w));
      if (!node || !isCountedBefore(held, node)) continue;
      const { run, parallel } = end.subtest;
      context.report({
        node,
        message: 'subtests',
        args: { name: held.name, line: context.line({ node: parallel }) },
        steps: [
          { node: run.fun, message: 'step-subtest' },
          { node: parallel, message: 'step-parallel' },
          { node: end.node, message: 'step-after-parallel' },
        ],
      });
    }
}

/** The subtests that a test function starts each time it runs, of those that stand still. */
function subtestsByParent(analysis: Analysis, unit: DeclUnit): Map<FuncNode, Subtest[]> {
  const found = new Map<FuncNode, Subtest[]>();
  const parents = analysis.parents(unit);
  for (const run of nodesOfKind(unit.decl, 'CallExpr')) {
    if (run.fun.kind !== 'SelectorExpr' || run.fun.sel.name !== 'Run') continue;
    const t = unparen(run.fun.x);
    const parent = enclosingFunc(parents, run);
    const func = run.args[1] && unparen(run.args[1]);
    if (!parent || t.kind !== 'Ident' || t.obj?.func !== parent || func?.kind !== 'FuncLit') continue;
    if (!isTest(analysis, unit, parent) || !isAlwaysRun(parents, run, parent)) continue;
    if (analysis.callee(unit, run).name !== 'testing.T.Run') continue;
    const parallel = parallelOf(analysis, unit, func);
    if (parallel) found.set(parent, [...(found.get(parent) ?? []), { run, func, ...parallel }]);
  }
  return found;
}

/** True for functions that `testing` calls, so that their return is what subtests wait for. */
function isTest(analysis: Analysis, unit: DeclUnit, func: FuncNode): boolean {
  if (func.kind === 'FuncDecl') return !func.recv && /^Test/.test(func.name.name);
  const call = analysis.parents(unit).get(func);
  return call?.kind === 'CallExpr' && analysis.callee(unit, call).name === 'testing.T.Run';
}

/** True for a statement, or what an assignment or a condition takes, that only loops stand around. */
function isAlwaysRun(parents: ParentMap, node: Node, func: FuncNode): boolean {
  const around = ancestor(
    parents,
    node,
    (n) =>
      n === func ||
      ((n.kind === 'BlockStmt' || n.kind === 'GoStmt' || n.kind === 'BinaryExpr' || isFunc(n)) &&
        !isBodyOf(parents, n, func)),
  );
  return around === func;
}

/** True for the body of a function, and for those of loops in it. */
function isBodyOf(parents: ParentMap, block: Node, func: FuncNode): boolean {
  if (block.kind !== 'BlockStmt') return false;
  const owner = parents.get(block);
  return owner === func || owner?.kind === 'RangeStmt' || owner?.kind === 'ForStmt';
}

/** The call of `t.Parallel` on its own `t` that a subtest certainly comes to. */
function parallelOf(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncLit,
): { t: LocalObject; parallel: CallExpr } | undefined {
  for (const stmt of func.body.stmts) {
    const parallel = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
    if (parallel?.fun.kind === 'SelectorExpr' && parallel.fun.sel.name === 'Parallel') {
      const t = unparen(parallel.fun.x);
      const isOwn = t.kind === 'Ident' && t.obj?.func === func && t.obj.role === 'param';
      if (isOwn && t.obj && analysis.callee(unit, parallel).name === 'testing.T.Parallel')
        return { t: t.obj, parallel };
    }
    if (mayLeave(analysis, unit, stmt)) return undefined;
  }
  return undefined;
}

/** True for a statement with which the function may end: a `return`, `t.Skip()`. */
function mayLeave(analysis: Analysis, unit: DeclUnit, stmt: Stmt): boolean {
  const leaves = (n: Node): boolean =>
    n.kind === 'ReturnStmt' || (n.kind === 'CallExpr' && analysis.callee(unit, n).fact?.neverReturns === true);
  return stmt.kind !== 'DeferStmt' && find(stmt, leaves) !== undefined;
}

/** Variables that a function declares itself. */
function localsOf(unit: DeclUnit, func: FuncNode): Set<LocalObject> {
  const found = new Set<LocalObject>();
  for (const ident of nodesOfKind(unit.decl, 'Ident'))
    if (ident.obj?.func === func && ident.obj.role === 'local' && contains(func, ident)) found.add(ident.obj);
  return found;
}

/** A wait group that only subtests which stand still count down. */
function heldGroup(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  subtests: readonly Subtest[],
): Held | undefined {
  const parents = analysis.parents(unit);
  const { declNode: made } = object;
  // Nobody else can have got it.
  if (!(made.kind === 'ValueSpec' && made.values.length === 0) && !isNewStruct(object)) return undefined;
  const held: Required<Held> = { waits: [], name: object.name, ends: [], adds: [] };
  for (const use of object.uses) {
    const selector = parents.get(use);
    const call = selector && parents.get(selector);
    if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr') return undefined;
    // `t.Cleanup(wg.Done)`
    const isGiven = call.fun !== selector;
    const name = isGiven ? `sync.WaitGroup.${selector.sel.name}` : analysis.callee(unit, call).name;
    if (name === 'sync.WaitGroup.Done') {
      const subtest = holding(analysis, unit, call, subtests);
      if (!subtest || (isGiven && !isCleanup(call, subtest))) return undefined;
      held.ends.push({ subtest, node: call });
    } else if (isGiven) return undefined;
    else if (name === 'sync.WaitGroup.Add') {
      if (call.args[0]?.kind === 'UnaryExpr') return undefined;
      if (object.func && enclosingFunc(parents, call) === object.func && isAlwaysRun(parents, call, object.func))
        held.adds.push(call);
    } else if (name !== 'sync.WaitGroup.Wait') return undefined;
    else if (enclosingFunc(parents, call) === object.func && parents.get(call)?.kind !== 'GoStmt')
      held.waits.push(call);
  }
  return held;
}

/** A channel that nobody else sends on or closes, or closes only after a wait for such subtests. */
function heldChannel(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  subtests: readonly Subtest[],
): Held | undefined {
  const parents = analysis.parents(unit);
  const made = onlyValue(object);
  const call = made && asCall(made);
  if (!call || analysis.callee(unit, call).name !== 'make') return undefined;
  const held: Held = { waits: [], name: object.name, ends: [] };
  for (const use of object.uses) {
    const user = parents.get(use);
    if (!user) return undefined;
    const isHere = enclosingFunc(parents, use) === object.func;
    if (user.kind === 'UnaryExpr' && user.op === '<-') {
      if (isHere && !isOneOfMany(parents, user)) held.waits.push(user);
    } else if (user.kind === 'RangeStmt' && user.x === use) {
      if (isHere) held.waits.push(user.x);
    } else if (user.kind === 'SendStmt' && user.chan === use) {
      const subtest = holding(analysis, unit, user, subtests);
      if (!subtest) return undefined;
      held.ends.push({ subtest, node: user });
    } else if (user.kind === 'CallExpr' && analysis.callee(unit, user).name === 'close') {
      const subtest = holding(analysis, unit, user, subtests);
      if (subtest) held.ends.push({ subtest, node: user });
      else if (!isClosedAfterHeld(analysis, unit, user, subtests)) return undefined;
    } else return undefined;
  }
  return held;
}

/** The receive is an arm of a `select`, where something else may come. */
function isOneOfMany(parents: ParentMap, receive: Node): boolean {
  const stmt = ancestor(parents, receive, (n) => n.kind === 'CommClause' || n.kind === 'BlockStmt');
  return stmt?.kind === 'CommClause' && stmt.comm !== undefined && contains(stmt.comm, receive);
}

/** `wg.Wait()` for such subtests stands before a `close` in the same list of statements. */
function isClosedAfterHeld(analysis: Analysis, unit: DeclUnit, close: CallExpr, subtests: readonly Subtest[]): boolean {
  const parents = analysis.parents(unit);
  const stmt = parents.get(close);
  const block = stmt && parents.get(stmt);
  if (stmt?.kind !== 'ExprStmt' || block?.kind !== 'BlockStmt') return false;
  return block.stmts.some((s) => {
    const call = s.kind === 'ExprStmt' && s.start < stmt.start ? asCall(s.x) : undefined;
    const group = call && waitedGroup(analysis, unit, call);
    const held = group && heldGroup(analysis, unit, group, subtests);
    return held !== undefined && held.ends.length > 0 && isCountedBefore(held, s);
  });
}

function waitedGroup(analysis: Analysis, unit: DeclUnit, call: CallExpr): LocalObject | undefined {
  const { name, recv } = analysis.callee(unit, call);
  const x: Expr | undefined = recv && unparen(recv);
  return name === 'sync.WaitGroup.Wait' && x?.kind === 'Ident' ? x.obj : undefined;
}

/** An `Add` for one of the subtests comes before the wait. */
function isCountedBefore({ adds }: Held, wait: Node): boolean {
  return !adds || adds.some((a) => a.start < wait.start);
}

function isDeferred(parents: ParentMap, call: Node): boolean {
  return parents.get(call)?.kind === 'DeferStmt';
}

function isCleanup({ fun }: CallExpr, { t }: Subtest): boolean {
  return fun.kind === 'SelectorExpr' && fun.sel.name === 'Cleanup' && fun.x.kind === 'Ident' && fun.x.obj === t;
}

/** The subtest in which a node comes only after `t.Parallel()`: behind it, or put off until the subtest ends. */
function holding(analysis: Analysis, unit: DeclUnit, node: Node, subtests: readonly Subtest[]): Subtest | undefined {
  const subtest = subtests.find(({ func }) => contains(func, node));
  if (!subtest) return undefined;
  if (node.start > subtest.parallel.end) return subtest;
  const parents = analysis.parents(unit);
  // Of the statements of the subtest itself.
  let stmt: Node = node;
  while (parents.get(stmt) !== subtest.func.body) stmt = parents.get(stmt) ?? subtest.func.body;
  if (stmt.kind === 'DeferStmt') return isPutOff(node, stmt) ? subtest : undefined;
  const call = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  return call && isCleanup(call, subtest) ? subtest : undefined;
}

/** The deferred call itself, or in the literal that it calls: the arguments of a deferred call are made at once. */
function isPutOff(node: Node, stmt: Stmt & { kind: 'DeferStmt' }): boolean {
  const call = asCall(stmt.call);
  return call === node || (call?.fun.kind === 'FuncLit' && contains(call.fun, node));
}
