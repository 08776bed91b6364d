/** An errgroup whose members are not waited for on some way out, or do not use the context made for them. */
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { factsAt } from '../../golang/conditions.ts';
import { type ErrorGroup, errorGroups, memberLiterals } from '../../golang/error-groups.ts';
import { isTestFailure } from '../../golang/expected-failure.ts';
import { isProcessScope } from '../../golang/goroutines.ts';
import { callsOfLiteral } from '../../golang/literal-calls.ts';
import { findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import { runningFunc } from '../../golang/running-func.ts';
import { isContext } from '../../golang/types.ts';
import { waitsAt } from '../../golang/waits.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { endSoon, neverFail, waitFor } from './errgroup-not-waited.members.ts';
import { endsWithMembers } from './errgroup-not-waited.parent.ts';
import { groupStarts } from './errgroup-not-waited.starts.ts';
import { text } from './errgroup-not-waited.text.ts';

export const errgroupNotWaited = defineRule({
  meta: {
    id: 'errgroup-not-waited',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.(?:Try)?Go\\('],
    imports: ['golang.org/x/sync/errgroup'],
    fixes: ['return-wait'],
  },
  text,
  check(context) {
    for (const group of errorGroups(context.analysis, context.unit)) {
      checkWaited(context, group);
      checkContext(context, group);
    }
  },
});

function checkWaited(context: RuleContext, group: ErrorGroup): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const { func } = group.object;
  const waitCalls = group.waits.map((w) => callsHere(analysis, unit, w, func));
  // Whoever gets a literal that waits runs it when he likes.
  if (waitCalls.includes(undefined)) return;
  const cfg = analysis.cfg(unit, func);
  const waits = new Set(waitCalls.flatMap((calls) => calls!.map((w) => cfgNode(cfg.where, parents, w))));
  const written = analysis.writtenPaths(unit, func);
  for (const { launch, at, error, tied } of groupStarts(analysis, unit, group)) {
    const start = cfgNode(cfg.where, parents, at);
    if (!start || !cfg.reachable.has(cfg.where.get(start)!.block)) continue;
    if ([...waits].some((w) => w?.kind === 'DeferStmt' && w.start < start.start)) continue;
    const search: SearchSpec = {
      unit,
      cfg,
      start,
      throughStart: true,
      error,
      // A test that has failed may leave its members behind.
      effect: (n) =>
        waits.has(n) || (n.kind === 'ExprStmt' && isTestFailure(analysis, unit, n.x)) ? 'settled' : 'none',
      settledBy: ({ cond }) => cond !== undefined && find(cond, (n) => isOneOf(n, tied)) !== undefined,
      facts: factsAt(unit, parents, start, written),
      written,
    };
    const path = pathWithoutWait(context, group, search);
    if (!path || waitsOtherwise(context, start, search)) continue;
    return reportNotWaited(context, group, launch, path, search);
  }
}

/** Where `func` comes to a call: there, or where it runs the literal around it. */
function callsHere(analysis: Analysis, unit: DeclUnit, call: CallExpr, func: FuncNode): CallExpr[] | undefined {
  const running = runningFunc(analysis.parents(unit), call);
  if (running === func) return [call];
  return running?.kind === 'FuncLit' ? callsOfLiteral(analysis, unit, running, func) : undefined;
}

function isOneOf(node: Node, objects: ReadonlySet<LocalObject>): boolean {
  return node.kind === 'Ident' && node.obj !== undefined && objects.has(node.obj);
}

/** A way out on which the members are left to themselves. */
function pathWithoutWait(
  { analysis, unit }: RuleContext,
  group: ErrorGroup,
  search: SearchSpec,
): UnreleasedPath | undefined {
  const harmless = new Set<Node>();
  const effect: SearchSpec['effect'] = (n) => (harmless.has(n) ? 'settled' : search.effect(n));
  for (;;) {
    const path = findUnreleasedPath({ ...search, effect });
    if (!path?.node || !endsWithMembers(analysis, unit, group, path)) return path;
    harmless.add(path.node);
  }
}

/** True in `main` when it waits for something else before it returns, and ends all there is. */
function waitsOtherwise({ analysis, unit }: RuleContext, start: Node, { cfg }: SearchSpec): boolean {
  if (!isProcessScope(unit)) return false;
  return [...nodesAfter(cfg, start)].some((n) => waitsAt(analysis, unit, n).length > 0);
}

function reportNotWaited(
  context: RuleContext,
  group: ErrorGroup,
  launch: CallExpr,
  path: UnreleasedPath,
  search: SearchSpec,
): void {
  const { object } = group;
  const end = path.node ?? { start: object.func.end - 1, end: object.func.end };
  const { name } = object;
  context.report({
    node: launch,
    message: path.node ? 'not-waited-at-return' : 'not-waited-at-end',
    level: returnsError(path.node) && endSoon(context.analysis, context.unit, group) ? 'hint' : undefined,
    args: { name, line: context.line({ node: end }) },
    steps: [{ node: launch, message: 'step-go', args: { name } }, ...pathSteps(context.unit, object.func, path)],
    fixes: returnWait(context, group, path, search),
  });
}

/** True for a return that tells of an error, so that nobody asks for those of the members. */
function returnsError(node: Node | undefined): boolean {
  const last = node?.kind === 'ReturnStmt' ? node.results.at(-1) : undefined;
  return last !== undefined && !isNil(last);
}

/** `return nil` of a function that returns nothing but an error is `return g.Wait()`. */
function returnWait(context: RuleContext, group: ErrorGroup, path: UnreleasedPath, search: SearchSpec): FixSpec[] {
  const { unit } = context;
  const { object } = group;
  const ret = path.node?.kind === 'ReturnStmt' ? path.node : undefined;
  const [result, ...others] = ret?.results ?? [];
  if (!result || others.length > 0 || !isNil(result) || object.func.type.results.length !== 1) return [];
  const type = object.func.type.results[0]?.type;
  if (type?.kind !== 'Ident' || type.name !== 'error' || type.obj) return [];
  // What is closed when the function has returned may be what the members wait for.
  if (find(object.func, (n) => n.kind === 'DeferStmt' && closesChannel(n.call)) !== undefined) return [];
  const effect: SearchSpec['effect'] = (n) => (n === ret ? 'settled' : search.effect(n));
  if (findUnreleasedPath({ ...search, effect })) return [];
  return [
    {
      id: 'return-wait',
      title: 'fix-return-wait',
      args: { name: object.name, line: context.line({ node: result }) },
      preferred: true,
      edits: replaceNode(unit, result, `${object.name}.Wait()`),
    },
  ];
}

function closesChannel(call: Node): boolean {
  return (
    find(call, (n) => n.kind === 'CallExpr' && n.fun.kind === 'Ident' && n.fun.name === 'close' && !n.fun.obj) !==
    undefined
  );
}

/** The context ends as soon as one member fails: it is no use to members that hold on to the one it was made from. */
function checkContext(context: RuleContext, group: ErrorGroup): void {
  const { analysis, unit } = context;
  const { derived } = group;
  const members = derived && memberLiterals(group);
  const parent = derived?.call.args[0] && unparen(derived.call.args[0]);
  if (!members || parent?.kind !== 'Ident' || !parent.obj || !isContext(analysis.typeOf(unit, parent))) return;
  const { obj } = derived.context;
  const isDiscarded = derived.context.name === '_';
  if ((!isDiscarded && obj?.decl !== derived.context) || neverFail(members)) return;
  const parents = analysis.parents(unit);
  const isUsedByMembers = obj?.uses.some((use) => {
    const p = parents.get(use);
    // Given to somebody the members may talk to, it is used by them after all.
    return members.some((m) => contains(m, use)) || p?.kind !== 'SelectorExpr';
  });
  if (isUsedByMembers) return;
  const passed = parent.obj.uses.find((use) => {
    const call = parents.get(use);
    return call?.kind === 'CallExpr' && call.fun !== use && members.some((m) => contains(m, use));
  });
  if (!passed) return;
  const { name } = group.object;
  context.report({
    node: derived.context,
    message: 'context-unused',
    // Who discards the context by hand may well want all of them to be tried.
    level: isDiscarded && !waitFor(members, parent.obj) ? 'hint' : undefined,
    args: { name, parent: parent.name, line: context.line({ node: passed }) },
    steps: [
      { node: derived.call, message: 'step-derived', args: { name } },
      { node: passed, message: 'step-parent', args: { parent: parent.name } },
    ],
  });
}
