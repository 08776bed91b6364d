/** `time.Sleep` stands where the code should wait for a goroutine it has just started. */
import type {
  BlockStmt,
  CallExpr,
  CaseClause,
  CommClause,
  Expr,
  ExprStmt,
  FuncNode,
  Node,
  Stmt,
} from '../../syntax/ast.ts';
import { pathName } from '../../golang/access-path.ts';
import { endlessIn } from '../../golang/endless-goroutines.ts';
import { isTestFailure } from '../../golang/expected-failure.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import { waitsAt } from '../../golang/waits.ts';
import { type SharedWrite, sharedWrites, writesOfCall } from '../../golang/shared-writes.ts';
import { contains, find, walk, walkShallow } from '../../golang/walk.ts';
import { goHeader } from '../endless-report.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { waitForAll } from './sleep-as-sync.fixes.ts';
import { isHarmless, isHarmlessNode, MAX_DEPTH } from './sleep-as-sync.harmless.ts';
import { isLock, readOf } from './sleep-as-sync.reads.ts';
import { isOneShot } from './sleep-as-sync.work.ts';
import { text } from './sleep-as-sync.text.ts';

export const sleepAsSync = defineRule({
  meta: {
    id: 'sleep-as-sync',
    group: 'timer',
    level: 'warning',
    triggers: ['\\bSleep\\b'],
    fixes: ['use-wait-group'],
  },
  text,
  check(context) {
    const all = spawns(context.analysis, context.unit);
    if (all.length === 0) return;
    const byStmt = new Map<Node, Spawn>(all.map((s) => [s.stmt, s]));
    walk(context.unit.decl, (n) => {
      if (n.kind === 'BlockStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause') checkList(context, n, byStmt);
    });
  },
});

function checkList(
  context: RuleContext,
  owner: BlockStmt | CaseClause | CommClause,
  byStmt: ReadonlyMap<Node, Spawn>,
): void {
  const stmts = owner.kind === 'BlockStmt' ? owner.stmts : owner.body;
  let started: Spawn[] = [];
  for (const [i, stmt] of stmts.entries()) {
    const own = spawnsIn(stmt, byStmt);
    if (own.length > 0) started.push(...own);
    else if (isSleep(context, stmt)) {
      if (started.length > 0)
        checkSleep(context, owner, { stmt, before: stmts.slice(0, i), rest: stmts.slice(i + 1) }, started);
      started = [];
    } else if (!isHarmless(context, stmt)) started = [];
  }
}

/** `go` statements that a statement runs: itself, or directly in a loop that does nothing else that could wait. */
function spawnsIn(stmt: Stmt, byStmt: ReadonlyMap<Node, Spawn>): Spawn[] {
  const own = byStmt.get(stmt);
  if (own) return [own];
  if (stmt.kind !== 'ForStmt' && stmt.kind !== 'RangeStmt') return [];
  return stmt.body.stmts.flatMap((s) => byStmt.get(s) ?? []);
}

function isSleep(context: RuleContext, stmt: Stmt): stmt is Sleep['stmt'] {
  return (
    stmt.kind === 'ExprStmt' &&
    stmt.x.kind === 'CallExpr' &&
    context.analysis.callee(context.unit, stmt.x).name === 'time.Sleep'
  );
}

/** A sleep among the statements of its list. */
interface Sleep {
  stmt: ExprStmt & { x: CallExpr };
  before: readonly Stmt[];
  rest: readonly Stmt[];
}

function checkSleep(
  context: RuleContext,
  owner: Node,
  { stmt: sleep, before, rest }: Sleep,
  started: readonly Spawn[],
): void {
  const { unit } = context;
  if (isInBubble(context, sleep)) return;
  const wait = (): FixSpec[] =>
    started.every((s) => isFinite(context, s)) ? waitForAll(context, before, sleep.x, started) : [];
  for (const spawn of started) {
    if (!isFinite(context, spawn)) continue;
    const read = firstRead(context, spawn, rest);
    const steps = [{ node: goHeader(spawn), message: 'step-started' }];
    if (read) {
      const isAbsent = mustNotBeSet(context, read.read);
      context.report({
        node: sleep,
        message: read.isLocked ? 'then-read-locked' : 'then-read',
        level: isAbsent ? 'hint' : undefined,
        args: { name: read.path, line: context.line({ node: spawn.stmt }) },
        steps: [
          ...steps,
          { unit: read.write.unit, node: read.write.node, message: 'step-writes', args: { name: read.path } },
          { node: read.read, message: 'step-reads', args: { name: read.path } },
        ],
        // Who waits for the end of what must not happen waits for all of it.
        fixes: isAbsent ? [] : wait(),
      });
      return;
    }
    // What functions tell may be what the goroutine has done: then more is lost than its work.
    if (isProgramEnd(context, owner, spawn.func) && rest.every((s) => isHarmless(context, s, MAX_DEPTH))) {
      context.report({
        node: sleep,
        message: unit.file.isTest ? 'then-test-ends' : 'then-main-ends',
        args: { line: context.line({ node: spawn.stmt }) },
        steps,
        fixes: wait(),
      });
      return;
    }
  }
}

/** True in a bubble of `testing/synctest`: time goes on there when all others wait or have ended. */
function isInBubble({ analysis, unit }: RuleContext, sleep: Stmt): boolean {
  const parents = analysis.parents(unit);
  const isBubble = (n: Node): boolean =>
    n.kind === 'CallExpr' && /^testing\/synctest\.(?:Test|Run)$/.test(analysis.callee(unit, n).name);
  return ancestor(parents, sleep, isBubble) !== undefined;
}

/** True for a flag that fails the test when it is set: the sleep gives the goroutine time to go wrong, and only the race is left. */
function mustNotBeSet({ analysis, unit }: RuleContext, read: Expr): boolean {
  const test = analysis.parents(unit).get(read);
  if (test?.kind !== 'IfStmt' || test.cond !== read) return false;
  return find(test.body, (n) => isTestFailure(analysis, unit, n)) !== undefined;
}

/** True when the goroutine does a piece of work and ends by itself: it is visible and waits for nothing. */
function isFinite(context: RuleContext, spawn: Spawn): boolean {
  const { body } = spawn;
  if (!body || body.unit.hasError || endlessIn(context.analysis, body.unit, body.func)) return false;
  const cfg = context.analysis.cfg(body.unit, body.func);
  if (!cfg.reachable.has(cfg.exit)) return false;
  for (const block of cfg.reachable)
    for (const node of block.nodes)
      if (waitsAt(context.analysis, body.unit, node).some((w) => w.kind !== 'call' || w.blocks === 'forever'))
        return false;
  return true;
}

/** The first thing the goroutine writes that is read on a straight way after the sleep. */
function firstRead(context: RuleContext, spawn: Spawn, rest: readonly Stmt[]): Read | undefined {
  const written = writtenBy(context, spawn);
  if (written.length === 0) return undefined;
  let isLocked = false;
  for (const stmt of rest) {
    for (const w of written) {
      const read = readOf(context, stmt, w.path);
      if (read && !waitsBefore(context, stmt, read.node))
        return { write: w, read: read.node, path: pathName(w.path), isLocked: isLocked || read.isLocked };
    }
    if (!isHarmless(context, stmt)) return undefined;
    isLocked ||= find(stmt, (n) => n.kind === 'CallExpr' && isLock(context, n)) !== undefined;
  }
  return undefined;
}

interface Read {
  write: SharedWrite;
  /** The path, or a call that reads it. */
  read: Expr;
  path: string;
  /** A lock has been taken between the sleep and the read. */
  isLocked: boolean;
}

/** What the goroutine assigns to that belongs to the function that starts it, or to somebody whom that knows. */
function writtenBy({ analysis, unit }: RuleContext, { body, call }: Spawn): SharedWrite[] {
  if (!body) return [];
  const writes = writesOfCall(analysis, unit, call, sharedWrites(analysis, body.unit, body.func), body.func);
  const isOwn = (w: SharedWrite): boolean =>
    body.func.kind === 'FuncLit' && w.unit === unit && contains(body.func, w.node);
  // What a function does that others call as well may take any time, or go on until it is told to stop.
  const others = writes.some((w) => !isOwn(w)) && isOneShot(analysis, body.unit, body.func);
  return writes.filter((w) => others || isOwn(w));
}

function waitsBefore(context: RuleContext, stmt: Stmt, read: Expr): boolean {
  let waits = false;
  walkShallow(stmt, (n) => {
    if (n.start < read.start && !isHarmlessNode(context, n)) waits = true;
  });
  return waits;
}

/** True for the body of `main`, of a test or example, or of a subtest: what follows the list is the end of all. */
function isProgramEnd(context: RuleContext, owner: Node, func: FuncNode): boolean {
  const { unit } = context;
  if (owner !== func.body) return false;
  if (func.kind === 'FuncLit') {
    const call = context.analysis.parents(unit).get(func);
    return call?.kind === 'CallExpr' && context.analysis.callee(unit, call).name === 'testing.T.Run';
  }
  const name = func.name.name;
  if (func.recv || enclosingFunc(context.analysis.parents(unit), owner) !== func) return false;
  return (
    (name === 'main' && unit.pkg.name === 'main') || (unit.file.isTest && /^(?:Test|Example)(?!\p{Ll})/u.test(name))
  );
}
