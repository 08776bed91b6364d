/** A loop of a function that has a context waits where the end of the context cannot reach it. */
import { selectWithDone } from '../../fixes/select-with-done.ts';
import { roughDuration } from '../../golang/rough-durations.ts';
import { sleepWithDone } from '../../fixes/sleep-with-done.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { failsWith, leavesOnErrorWith } from '../../golang/context-calls.ts';
import { constantDuration } from '../../golang/durations.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { originsOf } from '../../golang/origins.ts';
import { isFunc } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { getsOnlyRoots } from '../../golang/root-contexts.ts';
import { runningFunc } from '../../golang/running-func.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, baseIdent, contains, find, unparen, walk } from '../../golang/walk.ts';
import type {
  AssignStmt,
  Expr,
  ExprStmt,
  ForStmt,
  FuncNode,
  LocalObject,
  Node,
  RangeStmt,
  SendStmt,
  Stmt,
} from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { isFedByOthers, waitsForEver } from './context-ignored-while-blocking.channels.ts';
import { text } from './context-ignored-while-blocking.text.ts';

export const contextIgnoredWhileBlocking = defineRule({
  meta: {
    id: 'context-ignored-while-blocking',
    group: 'context',
    level: 'warning',
    triggers: [
      ['\\bSleep\\(', '\\bcontext\\.Context\\b', '\\bfor\\b'],
      ['\\bAfter\\((?<=<-\\s*time\\.After\\()', '\\bcontext\\.Context\\b', '\\bfor\\b'],
      ['<- (?<=^[ \\t]*[\\w.]+ <- )', '\\bcontext\\.Context\\b', '\\bfor\\b'],
      ['= <-(?=\\w+\\.)', '\\bcontext\\.Context\\b', '\\bfor\\b'],
    ],
    imports: ['context'],
    skipsTests: true,
    fixes: ['watch-context'],
  },
  text,
  check(context) {
    const { unit } = context;
    for (const stmt of nodesOfKind(unit.decl, 'ExprStmt')) checkSleep(context, stmt);
    for (const stmt of nodesOfKind(unit.decl, 'SendStmt')) checkSend(context, stmt);
    for (const stmt of nodesOfKind(unit.decl, 'AssignStmt')) checkReceive(context, stmt);
  },
});

type Loop = ForStmt | RangeStmt;

/** A statement of a loop, and the context that its function has been given. */
interface Site {
  func: FuncNode;
  /** The innermost loop, and the outermost of the same function. */
  loop: Loop;
  outermost: Loop;
  ctx: LocalObject;
}

/** Nanoseconds after which nobody minds a sleep that cannot be interrupted. */
const SHORT = 1e9;

function checkSleep(context: RuleContext, stmt: ExprStmt): void {
  const { analysis, unit } = context;
  const slept = isArm(analysis, unit, stmt) ? undefined : sleepOf(analysis, unit, stmt);
  const site = slept && siteOf(analysis, unit, stmt);
  if (!site) return;
  const isWatched =
    watches(analysis, unit, site.loop) !== undefined || leavesOnErrorWith(analysis, unit, site.loop, site.ctx);
  const isCounted =
    site.loop.kind === 'RangeStmt' || site.loop.post !== undefined || isLimited(analysis, unit, site.loop, slept);
  const length = roughDuration(analysis, unit, slept);
  if ((isWatched || isCounted) && length !== undefined && length < SHORT) return;
  if (isEndlessGoroutine(analysis, unit, site)) return;
  // What ends by itself after a while; not where each of many turns can only fail from then on.
  const isLate = isWatched || (isCounted && !failsToTheEnd(analysis, unit, site, length));
  const ctx = site.ctx.name;
  context.report({
    node: stmt,
    message: isWatched ? 'sleep-late' : 'sleep',
    level: isLate || endsWithProcess(analysis, unit, site) ? 'hint' : undefined,
    args: { ctx, what: unit.text(stmt.x).replace(/\s+/g, ' '), line: context.line({ node: site.loop }) },
    fixes: [
      {
        id: 'watch-context',
        title: 'fix-watch',
        args: { ctx },
        preferred: true,
        edits: sleepWithDone(analysis, unit, stmt, `${ctx}.Done()`) ?? selectWithDone(unit, stmt, `${ctx}.Done()`),
      },
    ],
  });
}

/** Nanoseconds that a loop may take to give up. */
const PATIENCE = 60e9;

/**
 * True for a loop that makes attempts with the context, and goes on to make all of them when it is over: as many as a variable says, or
 * so many that it takes long.
 * @param length that of the sleep, as far as it is known
 */
function failsToTheEnd(analysis: Analysis, unit: DeclUnit, { loop, ctx }: Site, length = SHORT): boolean {
  const turns = turnsOf(analysis, unit, loop);
  return turns !== undefined && turns * length >= PATIENCE && failsWith(analysis, unit, loop, ctx);
}

/** How often a loop turns that counts up; undefined for other loops. */
function turnsOf(analysis: Analysis, unit: DeclUnit, loop: Loop): number | undefined {
  const cond = loop.kind === 'ForStmt' && loop.post ? loop.cond && unparen(loop.cond) : undefined;
  const isInt = (x: Expr): boolean => {
    const type = analysis.types.underlying(analysis.typeOf(unit, x));
    return type.kind === 'basic' && /int/.test(type.name);
  };
  const limit =
    loop.kind === 'RangeStmt'
      ? isInt(loop.x) && loop.x
      : cond?.kind === 'BinaryExpr' && /^<=?$/.test(cond.op) && isInt(cond.y) && cond.y;
  if (!limit) return undefined;
  const value = constantDuration(analysis, unit, limit);
  return value ? value.value : Infinity;
}

function checkSend(context: RuleContext, stmt: SendStmt): void {
  const { analysis, unit } = context;
  const site = isArm(analysis, unit, stmt) ? undefined : siteOf(analysis, unit, stmt);
  // Only where the loop is meant to end with the context it is certain that the send should.
  const watch = site && watches(analysis, unit, site.outermost, site.ctx);
  const waits = watch && waitsForEver(analysis, unit, site.func, site.outermost, stmt);
  if (!waits) return;
  const isMild = waits === 'unseen' || endsWithProcess(analysis, unit, site);
  report(context, { stmt, node: stmt, chan: stmt.chan, message: 'send', isMild, watch, ctx: site.ctx.name });
}

function checkReceive(context: RuleContext, stmt: AssignStmt): void {
  const { analysis, unit } = context;
  const x = stmt.rhs.length === 1 && stmt.rhs[0] ? unparen(stmt.rhs[0]) : undefined;
  if (x?.kind !== 'UnaryExpr' || x.op !== '<-' || isArm(analysis, unit, stmt)) return;
  const site = siteOf(analysis, unit, stmt);
  const watch = site && watches(analysis, unit, site.outermost, site.ctx);
  if (!watch || !isFedByOthers(analysis, unit, site.func, stmt, x.x)) return;
  const isMild = endsWithProcess(analysis, unit, site);
  report(context, { stmt, node: x, chan: x.x, message: 'receive', isMild, watch, ctx: site.ctx.name });
}

/** An operation that waits for ever although the loop around it looks at a context. */
interface Wait {
  stmt: Stmt;
  node: Node;
  chan: Expr;
  message: 'send' | 'receive';
  isMild: boolean;
  /** Where the loop looks at the context. */
  watch: Node;
  /** What the context is called. */
  ctx: string;
}

function report(context: RuleContext, { stmt, node, chan, message, isMild, watch, ctx }: Wait): void {
  const { unit } = context;
  const edits = selectWithDone(unit, stmt, `${ctx}.Done()`);
  context.report({
    node,
    message,
    level: isMild ? 'hint' : undefined,
    args: { ctx, chan: unit.text(chan) },
    steps: [{ node: watch, message: 'step-watched', args: { ctx } }],
    fixes: [{ id: 'watch-context', title: 'fix-watch', args: { ctx }, preferred: true, edits }],
  });
}

/** True where nobody can end the context, or it ends with the process: the code runs once in the life of that, or for a command. */
function endsWithProcess(analysis: Analysis, unit: DeclUnit, { func, outermost, ctx }: Site): boolean {
  return (
    getsOnlyRoots(analysis, unit, { object: ctx, func, text: ctx.name, from: 'context' }) ||
    runsOncePerProcess(analysis, unit, outermost) ||
    runsInCommand(analysis, unit, outermost)
  );
}

/** True for a loop that looks at the clock, or compares what the length of the sleep comes of with something. */
function isLimited(analysis: Analysis, unit: DeclUnit, loop: Loop, slept: Expr): boolean {
  const lengths = originsOf(analysis.parents(unit), [slept])?.flatMap((n) =>
    n.kind === 'Ident' && n.obj ? [n.obj] : [],
  );
  const ofLength = (e: Expr): boolean => lengths?.some((o) => o === baseIdent(unparen(e))?.obj) ?? true;
  const limit = find(
    loop,
    (n) =>
      (n.kind === 'CallExpr' && /^time\.(?:Now|Since|Until)$/.test(analysis.callee(unit, n).name)) ||
      (n.kind === 'BinaryExpr' && /^[<>]=?$/.test(n.op) && (ofLength(n.x) || ofLength(n.y))),
  );
  return limit !== undefined;
}

/** True for the communication of an arm of a `select`. */
function isArm(analysis: Analysis, unit: DeclUnit, stmt: Node): boolean {
  const clause = analysis.parents(unit).get(stmt);
  return clause?.kind === 'CommClause' && clause.comm === stmt;
}

/** The duration of `time.Sleep(d)` and `<-time.After(d)`. */
function sleepOf(analysis: Analysis, unit: DeclUnit, stmt: ExprStmt): Expr | undefined {
  const x = unparen(stmt.x);
  const received = x.kind === 'UnaryExpr' && x.op === '<-' ? asCall(x.x) : undefined;
  const call = x.kind === 'CallExpr' ? x : received;
  const name = call && analysis.callee(unit, call).name;
  return name === (received ? 'time.After' : 'time.Sleep') ? call?.args[0] : undefined;
}

/** Where a statement stands; undefined outside of loops, and where there is no context that is meant for it. */
function siteOf(analysis: Analysis, unit: DeclUnit, stmt: Node): Site | undefined {
  const parents = analysis.parents(unit);
  const loops: Loop[] = [];
  for (let n = parents.get(stmt); n && !isFunc(n); n = parents.get(n)) {
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') loops.push(n);
    // What is left to do at the end must not give up.
    if (n.kind === 'CommClause' && n.comm && endsOf(analysis, unit, n.comm).length > 0) return undefined;
  }
  const [loop, outermost] = [loops[0], loops.at(-1)];
  const func = runningFunc(parents, stmt);
  const found = loop && func && contextInScope(analysis, unit, stmt, (o) => o.role === 'param');
  if (!loop || !outermost || !func || !found || found.expr !== found.object.name) return undefined;
  const ctx = found.object;
  // A goroutine that never speaks of the context around it is not meant to end with it.
  if (ctx.func !== func && !ctx.uses.some((u) => contains(func, u))) return undefined;
  const isOver = endsOf(analysis, unit, func).some((n) => n.end <= outermost.start);
  return isOver ? undefined : { func, loop, outermost, ctx };
}

/** Mentions of `ctx.Done()` and `ctx.Err()`. */
function endsOf(analysis: Analysis, unit: DeclUnit, within: Node, ctx?: LocalObject): Node[] {
  const found: Node[] = [];
  walk(within, (n) => {
    if (n.kind !== 'SelectorExpr' || (n.sel.name !== 'Done' && n.sel.name !== 'Err')) return;
    const x = unparen(n.x);
    if (ctx ? x.kind === 'Ident' && x.obj === ctx : isContext(analysis.typeOf(unit, x))) found.push(n);
  });
  return found;
}

/** The place where a loop looks whether a context is done. */
function watches(analysis: Analysis, unit: DeclUnit, loop: Node, ctx?: LocalObject): Node | undefined {
  return endsOf(analysis, unit, loop, ctx)[0];
}

/** True for a loop that nothing ends and that runs on a goroutine of its own: `goroutine-never-exits` speaks of it. */
function isEndlessGoroutine(analysis: Analysis, unit: DeclUnit, { func, outermost }: Site): boolean {
  const isEndless = endlessLoops(analysis.cfg(unit, func)).some((l) => l.stmt && contains(l.stmt, outermost));
  return isEndless && launchesOf(analysis, unit, outermost).length > 0;
}
