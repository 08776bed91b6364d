/** `time.Sleep` stands where the code should wait for a goroutine it has just started. */
import type {
  BlockStmt,
  CaseClause,
  CommClause,
  Expr,
  FuncLit,
  FuncNode,
  LocalObject,
  Node,
  Stmt,
} from '../../syntax/ast.ts';
import { endlessIn } from '../../golang/endless-goroutines.ts';
import { isTestFailure } from '../../golang/expected-failure.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { waitsAt } from '../../golang/waits.ts';
import { baseIdent, contains, find, pathText, unparen, walk, walkShallow } from '../../golang/walk.ts';
import { goHeader } from '../endless-report.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './sleep-as-sync.text.ts';

export const sleepAsSync = defineRule({
  meta: {
    id: 'sleep-as-sync',
    group: 'timer',
    level: 'warning',
    triggers: ['\\bSleep\\b'],
    fixes: [],
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
      if (started.length > 0) checkSleep(context, owner, stmt, stmts.slice(i + 1), started);
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

function isSleep(context: RuleContext, stmt: Stmt): boolean {
  return (
    stmt.kind === 'ExprStmt' &&
    stmt.x.kind === 'CallExpr' &&
    context.analysis.callee(context.unit, stmt.x).name === 'time.Sleep'
  );
}

function checkSleep(
  context: RuleContext,
  owner: Node,
  sleep: Stmt,
  rest: readonly Stmt[],
  started: readonly Spawn[],
): void {
  const { unit } = context;
  for (const spawn of started) {
    if (!isFinite(context, spawn)) continue;
    const read = firstRead(context, spawn, rest);
    const steps = [{ node: goHeader(spawn), message: 'step-started' }];
    if (read) {
      context.report({
        node: sleep,
        message: 'then-read',
        level: mustNotBeSet(context, read.read) ? 'hint' : undefined,
        args: { name: read.path, line: context.line({ node: spawn.stmt }) },
        steps: [
          ...steps,
          { node: read.write, message: 'step-writes', args: { name: read.path } },
          { node: read.read, message: 'step-reads', args: { name: read.path } },
        ],
      });
      return;
    }
    if (isProgramEnd(context, owner, spawn.func) && rest.every((s) => isHarmless(context, s))) {
      context.report({
        node: sleep,
        message: unit.file.isTest ? 'then-test-ends' : 'then-main-ends',
        args: { line: context.line({ node: spawn.stmt }) },
        steps,
      });
      return;
    }
  }
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

/** Something of the starting function that the goroutine assigns to: a variable, or a field or element behind one. */
interface Written {
  object: LocalObject;
  /** `total`, `res.count`; for an element the path of what it is an element of. */
  path: string;
  node: Expr;
}

/** The first thing the goroutine writes that is read on a straight way after the sleep. */
function firstRead(
  context: RuleContext,
  spawn: Spawn,
  rest: readonly Stmt[],
): { write: Expr; read: Expr; path: string } | undefined {
  const literal = spawn.body?.func;
  if (literal?.kind !== 'FuncLit' || spawn.body?.unit !== context.unit) return undefined;
  const written = writtenBy(literal);
  if (written.length === 0) return undefined;
  for (const stmt of rest) {
    for (const w of written) {
      const read = find(stmt, (n) => isReadOf(n, w));
      if ((read?.kind === 'Ident' || read?.kind === 'SelectorExpr') && !waitsBefore(context, stmt, read))
        return { write: w.node, read, path: w.path };
    }
    if (!isHarmless(context, stmt)) return undefined;
  }
  return undefined;
}

function isReadOf(n: Node, w: Written): boolean {
  if (n.kind !== 'Ident' && n.kind !== 'SelectorExpr') return false;
  const base = baseIdent(n);
  return base?.obj === w.object && !w.object.writes.includes(base) && pathText(n) === w.path;
}

/** What a literal assigns to that belongs to the function around it. */
function writtenBy(literal: FuncLit): Written[] {
  const written: Written[] = [];
  const add = (target: Expr): void => {
    let x = unparen(target);
    while (x.kind === 'IndexExpr') x = unparen(x.x);
    const base = baseIdent(x);
    const path = pathText(x);
    if (base?.obj && path !== undefined && !contains(literal, base.obj.decl))
      written.push({ object: base.obj, path, node: x });
  };
  walkShallow(literal.body, (n) => {
    if (n.kind === 'AssignStmt' && n.op !== ':=') n.lhs.forEach(add);
    else if (n.kind === 'IncDecStmt') add(n.x);
  });
  return written;
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

/** True when a statement certainly neither waits for another goroutine nor tells one something. */
function isHarmless(context: RuleContext, stmt: Stmt): boolean {
  let harmless = true;
  walkShallow(stmt, (n) => {
    if (harmless && !isHarmlessNode(context, n)) harmless = false;
  });
  return harmless;
}

/** Packages whose functions neither wait for goroutines of the program nor run its code. */
const PLAIN = /^(?:fmt|log|strings|strconv|bytes|math|sort|slices|maps|errors|time|os|sync\/atomic|unicode|path)\./;

function isHarmlessNode(context: RuleContext, n: Node): boolean {
  switch (n.kind) {
    case 'UnaryExpr':
      return n.op !== '<-';
    case 'SendStmt':
    case 'SelectStmt':
    case 'GoStmt':
      return false;
    case 'RangeStmt':
      return context.analysis.types.underlying(context.analysis.typeOf(context.unit, n.x)).kind !== 'chan';
    case 'CallExpr': {
      const c = context.analysis.callee(context.unit, n);
      if (c.kind === 'builtin') return c.name !== 'close';
      if (c.kind === 'conversion') return true;
      if (/^sync\.(?:RW)?Mutex\.R?(?:Unl|L)ock$/.test(c.name)) return true;
      if (/^testing\.[A-Z]\w*\./.test(c.name)) return !/\.(?:Run|Cleanup|Parallel)$/.test(c.name);
      return (c.kind === 'func' || c.kind === 'method') && c.visible === undefined && PLAIN.test(c.name);
    }
    default:
      return true;
  }
}
