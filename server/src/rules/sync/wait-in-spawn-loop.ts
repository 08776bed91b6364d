/** A loop starts one goroutine per turn and waits for it before the next: the goroutines run one after the other. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { type AccessPath, mentions, pathKey, pathName } from '../../golang/access-path.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { PathEffects } from '../../golang/path-effects.ts';
import { isFunc } from '../../golang/parents.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import { contains, find, unparen } from '../../golang/walk.ts';
import type { ForStmt, Node, RangeStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { countEach, fixOf } from '../leak-repairs/count-each.ts';
import { bringsLeak } from '../model-report.ts';
import { lineOf } from '../leak-sites.ts';
import { defineRule } from '../rule.ts';
import { calledLaunch } from './wait-in-spawn-loop.calls.ts';
import { text } from './wait-in-spawn-loop.text.ts';

const GROUP = new Set(['WaitGroup']);

type Loop = ForStmt | RangeStmt;

export const waitInSpawnLoop = defineRule({
  meta: {
    id: 'wait-in-spawn-loop',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.Wait\\(\\)'],
    // Tests let goroutines run one at a time to know the order.
    skipsTests: true,
    imports: ['sync'],
    fixes: ['move-wait', 'count-each'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const parents = analysis.parents(unit);
    const calls = syncCalls(analysis, unit, unit.decl, GROUP);
    for (const wait of calls) {
      const stmt = parents.get(wait.call);
      const block = stmt && parents.get(stmt);
      const loop = block && parents.get(block);
      if (wait.method !== 'Wait' || stmt?.kind !== 'ExprStmt') continue;
      if ((loop?.kind !== 'ForStmt' && loop?.kind !== 'RangeStmt') || loop.body !== block) continue;
      checkWait(context, calls, wait, stmt, loop);
    }
  },
});

function checkWait(context: RuleContext, calls: readonly SyncCall[], wait: SyncCall, stmt: Stmt, loop: Loop): void {
  const { analysis, unit } = context;
  if (!isSameEachTurn(context, wait.path, loop)) return;
  if (countsLaterTurns(context, calls, wait, loop)) return reportLater(context, calls, wait, stmt, loop);
  const started = launches(analysis, unit).filter((l) => contains(loop, l.stmt));
  if (started.length === 0) return checkCalled(context, wait, stmt, loop);
  const [launch, ...others] = started;
  // Of two goroutines per turn each has the other for company; a wait within the goroutine waits for others.
  if (!launch || others.length > 0 || !loop.body.stmts.includes(launch.stmt)) return;
  if (launch.stmt.start > stmt.start || startsMore(context, launch) || !isCounted(context, calls, wait, launch, loop))
    return;
  const between = loop.body.stmts.filter((s) => s.start >= launch.stmt.end && s.end <= stmt.start);
  if (!between.every((s) => isBookkeeping(context, s, wait))) return;
  if (isRestart(launch, loop) || decides(loop, stmt)) return;
  const name = pathName(wait.path);
  context.report({
    node: wait.call,
    message: 'one-by-one',
    args: { name, go: context.line({ node: launch.stmt }), loop: context.line({ node: loop }) },
    steps: [
      { node: launch.stmt, message: 'step-go' },
      { node: wait.call, message: 'step-wait', args: { name } },
      { node: { start: loop.start, end: loop.start + 'for'.length }, message: 'step-loop' },
    ],
    fixes: moveBehind(context, launch, wait, stmt, loop),
  });
}

/** The same for a goroutine that a function of the package starts. */
function checkCalled(context: RuleContext, wait: SyncCall, stmt: Stmt, loop: Loop): void {
  const { analysis, unit } = context;
  const called = calledLaunch(analysis, unit, wait, loop);
  if (!called || called.stmt.start > stmt.start || startsMore(context, called.launch)) return;
  const between = loop.body.stmts.filter((s) => s.start >= called.stmt.end && s.end <= stmt.start);
  if (!between.every((s) => isBookkeeping(context, s, wait)) || decides(loop, stmt)) return;
  // One that gets nothing of the turn runs the same thing again.
  const isOfTurn = (n: Node): boolean => n.kind === 'Ident' && n.obj !== undefined && contains(loop, n.obj.decl);
  if (!called.call.args.some((arg) => find(arg, isOfTurn))) return;
  const name = pathName(wait.path);
  const { launch, call } = called;
  context.report({
    node: wait.call,
    message: 'one-by-one',
    args: { name, go: lineOf(context, { unit: launch.unit, node: launch.stmt }), loop: context.line({ node: loop }) },
    steps: [
      { node: call, message: 'step-call' },
      { unit: launch.unit, node: launch.stmt, message: 'step-go' },
      { node: wait.call, message: 'step-wait', args: { name } },
      { node: { start: loop.start, end: loop.start + 'for'.length }, message: 'step-loop' },
    ],
    fixes: [],
  });
}

/** True when the group has been counted up for all turns before the first: its members are started in this one and in later ones. */
function countsLaterTurns(context: RuleContext, calls: readonly SyncCall[], wait: SyncCall, loop: Loop): boolean {
  const { analysis, unit } = context;
  const adds = addsTo(calls, wait);
  const isForAll = (add: SyncCall): boolean =>
    add.func === wait.func && add.call.end <= loop.start && add.call.args[0]?.kind !== 'BasicLit';
  if (adds.length !== 1 || !adds.every(isForAll) || leavesOtherwise(loop)) return false;
  // Done by the loop itself, or by somebody who is not in sight.
  const effects = new PathEffects(analysis, { perform: ['Done'], open: [] });
  const here = [...effects.nodes(unit, wait.func, wait.path).keys()].filter((n) => n.start > (adds[0]?.call.end ?? 0));
  const started = launches(analysis, unit).filter((l) => contains(loop, l.stmt));
  if (started.length === 0 || loop.body.stmts.at(-1)?.kind === 'BranchStmt') return false;
  return here.every((n) => started.some((l) => l.stmt === n)) && started.every((l) => hasOwnItems(l, loop));
}

/** True when which goroutines are started depends on the turn: a turn that tries all of them again has started them all. */
function hasOwnItems(launch: Launch, loop: Loop): boolean {
  const stmt = loop.body.stmts.find((s) => contains(s, launch.stmt));
  if (!stmt) return false;
  const changes = (n: Node): boolean => contains(loop, n) && !contains(stmt, n);
  return (
    find(stmt, (n) => n.kind === 'Ident' && n.obj !== undefined && [n.obj.decl, ...n.obj.writes].some(changes)) !==
    undefined
  );
}

/** Calls of `Add` of the group that is waited for. */
function addsTo(calls: readonly SyncCall[], wait: SyncCall): SyncCall[] {
  const key = pathKey(wait.path);
  return calls.filter((c) => c.method === 'Add' && pathKey(c.path) === key);
}

function reportLater(context: RuleContext, calls: readonly SyncCall[], wait: SyncCall, stmt: Stmt, loop: Loop): void {
  const [add] = addsTo(calls, wait);
  if (!add) return;
  const name = pathName(wait.path);
  context.report({
    node: wait.call,
    message: 'waits-for-later',
    args: { name, add: context.line({ node: add.call }), loop: context.line({ node: loop }) },
    steps: [
      { node: add.call, message: 'step-add', args: { name } },
      { node: wait.call, message: 'step-wait', args: { name } },
    ],
    fixes: countsEach(context, calls, wait, stmt, loop),
  });
}

/**
 * The group counted up where each goroutine is started, if nobody is then left waiting. Where there is one in each turn, the loop would do
 * no good: the `Wait` goes behind it.
 */
function countsEach(
  context: RuleContext,
  calls: readonly SyncCall[],
  wait: SyncCall,
  stmt: Stmt,
  loop: Loop,
): FixSpec[] {
  const { analysis, unit } = context;
  const found = countEach(analysis, unit, calls, wait);
  if (found?.loop === loop) {
    const launch = launches(analysis, unit).find((l) => contains(loop, l.stmt));
    return launch ? moveBehind(context, launch, wait, stmt, loop) : [];
  }
  return found && !bringsLeak(context, found.edits) ? [fixOf(context, context.unit, found)] : [];
}

/** True when every turn of the loop has to do with the same group: neither it nor what leads to it is made or set there. */
function isSameEachTurn(context: RuleContext, path: AccessPath, loop: Loop): boolean {
  const { root } = path;
  if (typeof root !== 'string' && contains(loop, root.decl)) return false;
  const prefixes = path.fields.map((_, i) => pathName({ root, fields: path.fields.slice(0, i + 1) }));
  const assigned = new Set([pathName({ root, fields: [] }), ...prefixes]);
  return !find(
    loop,
    (n) => n.kind === 'AssignStmt' && n.op !== ':=' && n.lhs.some((l) => assigned.has(context.unit.text(unparen(l)))),
  );
}

/** True when the goroutine starts or counts further ones, so that there may be several at a time after all. */
function startsMore({ analysis }: RuleContext, { body }: Launch): boolean {
  if (!body?.func.body) return true;
  return (
    find(body.func.body, (n) => {
      if (n.kind === 'GoStmt') return true;
      if (n.kind !== 'CallExpr' || n.fun.kind !== 'SelectorExpr' || !/^(?:Add|Go)$/.test(n.fun.sel.name)) return false;
      const { kind, name } = analysis.callee(body.unit, n);
      // What is not known may be a group of another kind.
      return kind === 'unknown' || /\.(?:WaitGroup\.Add|\w*Group\.Go)$/.test(name);
    }) !== undefined
  );
}

/** True when the group counts just this goroutine in each turn: `wg.Add(1)` beside the `go` statement, or `wg.Go`. */
function isCounted(
  context: RuleContext,
  calls: readonly SyncCall[],
  wait: SyncCall,
  launch: Launch,
  loop: Loop,
): boolean {
  const parents = context.analysis.parents(context.unit);
  const key = pathKey(wait.path);
  const same = calls.filter((c) => pathKey(c.path) === key && contains(loop, c.call));
  if (same.some((c) => c.call === launch.call)) return true;
  const adds = same.filter((c) => c.method === 'Add');
  const [add] = adds;
  const delta = add?.call.args[0];
  const stmt = add && parents.get(add.call);
  if (!add || adds.length > 1 || delta?.kind !== 'BasicLit' || delta.value !== '1') return false;
  if (!stmt || !loop.body.stmts.includes(stmt as Stmt)) return false;
  return mentions(parents, launch.stmt, wait.path).length > 0 || launch.body?.func.kind === 'FuncDecl';
}

/** True for an endless loop whose goroutine has no item of its own to work on: it runs the same thing again when it ends. */
function isRestart(launch: Launch, loop: Loop): boolean {
  if (loop.kind === 'RangeStmt' || loop.cond) return false;
  return !find(launch.stmt, (n) => {
    const decl = n.kind === 'Ident' ? n.obj?.decl : undefined;
    return decl !== undefined && contains(loop, decl) && decl.end <= launch.stmt.start;
  });
}

/** True when what the goroutine did decides, after the wait, whether there is another turn. */
function decides(loop: Loop, wait: Stmt): boolean {
  const leaves = (n: Node): boolean => n.kind === 'ReturnStmt' || n.kind === 'BranchStmt';
  return loop.body.stmts.some((s) => s.start > wait.start && find(s, leaves) !== undefined);
}

/** True for a statement that takes no time to speak of: nothing is gained by running the goroutine beside it. */
function isBookkeeping(context: RuleContext, stmt: Stmt, wait: SyncCall): boolean {
  if (stmt.kind === 'IncDecStmt' || stmt.kind === 'EmptyStmt') return true;
  if (stmt.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr') return false;
  if (stmt.x === wait.call) return true;
  return /^(?:fmt\.Print|log\.Print)/.test(context.analysis.callee(context.unit, stmt.x).name);
}

/** The `Wait` behind the loop: where nothing in the loop, and no turn of it, counts on the goroutine being done. */
function moveBehind(context: RuleContext, launch: Launch, wait: SyncCall, stmt: Stmt, loop: Loop): FixSpec[] {
  const { unit } = context;
  const body = launch.body;
  if (loop.body.stmts.at(-1) !== stmt || !body || leavesOtherwise(loop)) return [];
  if (writesShared(context, launch, loop)) return [];
  const name = pathName(wait.path);
  return [
    {
      id: 'move-wait',
      title: 'fix-move',
      args: { name },
      preferred: true,
      edits: combine(deleteStatement(unit, stmt), insertAfterStatement(unit, loop, unit.text(stmt))),
    },
  ];
}

/** True when the loop is left by other ways than its end, or never: the `Wait` behind it would not be reached. */
function leavesOtherwise(loop: Loop): boolean {
  if (loop.kind === 'ForStmt' && !loop.cond) return true;
  return (
    find(loop.body, (n) => n.kind === 'ReturnStmt' || (n.kind === 'BranchStmt' && n.label !== undefined)) !== undefined
  );
}

/**
 * True when the goroutines, run at the same time, would share a variable that they change, or a loop variable of the
 * old kind that all turns have in common.
 */
function writesShared(context: RuleContext, launch: Launch, loop: Loop): boolean {
  const func = launch.body?.func;
  if (!func) return true;
  const isOwn = (n: Node): boolean => n.kind === 'Ident' && n.obj !== undefined && contains(func, n.obj.decl);
  return (
    find(func, (n) => {
      if (n !== func && isFunc(n)) return false;
      if (n.kind === 'AssignStmt' && n.op !== ':=') return !n.lhs.every(isOwn);
      if (n.kind === 'IncDecStmt') return !isOwn(n.x);
      if (n.kind !== 'Ident' || !n.obj || contains(func, n.obj.decl)) return false;
      if (launch.body?.unit !== context.unit) return false;
      return !context.goAtLeast('1.22') && contains(loop, n.obj.decl) && !contains(loop.body, n.obj.decl);
    }) !== undefined
  );
}
