/** Before Go 1.22 a closure that outlives its turn of a loop sees the loop variable of later turns. */
import type {
  CallExpr,
  DeferStmt,
  Expr,
  ExprStmt,
  ForStmt,
  FuncLit,
  GoStmt,
  Ident,
  LocalObject,
  Node,
  RangeStmt,
  Stmt,
} from '../../syntax/ast.ts';
import type { Block } from '../../golang/cfg.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { mayJoin, waitsAt } from '../../golang/waits.ts';
import { asCall, calledLiteral, contains, unparen, walk, walkShallow } from '../../golang/walk.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './loop-variable-capture.text.ts';

type Loop = ForStmt | RangeStmt;
type Later = GoStmt | DeferStmt | ExprStmt;

export const loopVariableCapture = defineRule({
  meta: {
    id: 'loop-variable-capture',
    group: 'goroutine',
    level: 'error',
    // Each turn has its own variables: https://go.dev/blog/loopvar-preview
    from: [{ version: '1.22', level: 'off' }],
    triggers: [['\\b(?:go|defer)\\s+func\\b|\\.(?:Go|Run)\\(', '\\bfor\\b[^\\n]*:=']],
    fixes: ['copy-variable'],
    overlaps: ['go vet loopclosure'],
  },
  text,
  check(context) {
    if (context.goAtLeast('1.22')) return;
    walk(context.unit.decl, (n) => {
      if (n.kind !== 'ForStmt' && n.kind !== 'RangeStmt') return;
      const variables = loopVariables(n);
      if (variables.length > 0) walkShallow(n.body, (s) => checkStatement(context, n, variables, s));
    });
  },
});

function loopVariables(loop: Loop): LocalObject[] {
  if (loop.kind === 'RangeStmt') {
    if (!loop.define || turnsOnce(loop.x)) return [];
    return [loop.key, loop.value].flatMap((e) => (e?.kind === 'Ident' && e.obj ? [e.obj] : []));
  }
  const init = loop.init;
  if (init?.kind !== 'AssignStmt' || init.op !== ':=') return [];
  // A variable that never changes is the same on every turn.
  return init.lhs.flatMap((e) => (e.kind === 'Ident' && e.obj && e.obj.writes.length > 0 ? [e.obj] : []));
}

/** A table with one row: there is no other turn that could change the variable. */
function turnsOnce(range: Expr): boolean {
  const x = unparen(range);
  if (x.kind === 'CompositeLit') return x.elts.length <= 1 && x.elts[0]?.kind !== 'KeyValueExpr';
  const made = x.kind === 'Ident' && x.obj && isOnlyRead(x.obj) ? x.obj.declNode : undefined;
  if (made?.kind !== 'AssignStmt' || made.lhs.length !== made.rhs.length) return false;
  const value = made.rhs[made.lhs.findIndex((e) => e.kind === 'Ident' && e.obj === (x as Ident).obj)];
  return value?.kind === 'CompositeLit' && turnsOnce(value);
}

function isOnlyRead({ role, writes, addressTaken }: LocalObject): boolean {
  return role === 'local' && writes.length === 0 && !addressTaken;
}

function checkStatement(context: RuleContext, loop: Loop, variables: LocalObject[], node: Node): void {
  const later = literalOf(context, node);
  if (!later) return;
  const { literal, stmt, runsLate } = later;
  const isLate = (use: Ident): boolean => contains(literal, use) && runsLate(use);
  const used = variables.filter((v) => v.uses.some(isLate));
  const first = used.flatMap((v) => v.uses.filter(isLate)).sort((a, b) => a.start - b.start)[0];
  if (!first || !outlivesTurn(context, loop, stmt, literal)) return;
  const names = used.map((v) => v.name).join(', ');
  const changed = used.some((v) => v.writes.some((w) => contains(literal, w)));
  context.report({
    node: first,
    message: stmt.kind === 'DeferStmt' ? 'deferred' : 'goroutine',
    args: { name: first.name, line: context.line({ node: loop }) },
    steps: [
      { node: used[0]?.decl ?? first, message: 'step-variable', args: { name: first.name } },
      {
        node: { start: stmt.start, end: literal.type.paramsEnd },
        message: stmt.kind === 'DeferStmt' ? 'step-deferred' : 'step-later',
      },
    ],
    fixes: [
      {
        id: 'copy-variable',
        title: 'fix-copy',
        args: { names },
        preferred: true,
        safe: stmt.kind !== 'DeferStmt',
        edits: changed ? undefined : insertBeforeStatement(context.unit, stmt, `${names} := ${names}`),
      },
    ],
  });
}

interface LaterLiteral {
  literal: FuncLit;
  /** True for what the literal does when the loop may have gone on. */
  runsLate(use: Ident): boolean;
}

/** The literal that a statement starts, defers or hands to a group, to run when the loop has gone on. */
function literalOf(context: RuleContext, node: Node): (LaterLiteral & { stmt: Later }) | undefined {
  if (node.kind === 'GoStmt' || node.kind === 'DeferStmt') {
    const call = asCall(node.call);
    const literal = call && calledLiteral(call);
    return literal && { stmt: node, literal, runsLate: () => true };
  }
  const call = node.kind === 'ExprStmt' ? unparen(node.x) : undefined;
  if (node.kind !== 'ExprStmt' || call?.kind !== 'CallExpr') return undefined;
  const member = groupMember(context, call);
  return member && { stmt: node, ...member };
}

function groupMember(context: RuleContext, call: CallExpr): LaterLiteral | undefined {
  const name = context.analysis.callee(context.unit, call).name;
  const arg = call.args.at(-1);
  const literal = arg && unparen(arg);
  if (literal?.kind !== 'FuncLit') return undefined;
  if (name === 'sync.WaitGroup.Go' || name === 'golang.org/x/sync/errgroup.Group.Go')
    return { literal, runsLate: () => true };
  const parallel = name === 'testing.T.Run' ? parallelFrom(context, literal) : undefined;
  return parallel && { literal, runsLate: (use) => runsAfter(context, literal, parallel, use) };
}

/** Where a subtest calls `t.Parallel()`: from there on it waits until the test function around the loop has returned. */
function parallelFrom(context: RuleContext, literal: FuncLit): Stmt | undefined {
  return literal.body.stmts.find(
    (s) =>
      s.kind === 'ExprStmt' &&
      s.x.kind === 'CallExpr' &&
      context.analysis.callee(context.unit, s.x).name === 'testing.T.Parallel',
  );
}

/** False for what stands before a statement of the literal's body and is neither deferred nor part of a function that may be called later. */
function runsAfter(context: RuleContext, literal: FuncLit, stmt: Stmt, use: Ident): boolean {
  if (use.start > stmt.start) return true;
  const parents = context.analysis.parents(context.unit);
  const inner = enclosingFunc(parents, use);
  if (inner === literal) return false;
  // A literal that is called where it stands has run.
  const call = inner && parents.get(inner);
  return !(
    call?.kind === 'CallExpr' &&
    call.fun === inner &&
    !/^(?:GoStmt|DeferStmt)$/.test(parents.get(call)?.kind ?? '') &&
    enclosingFunc(parents, call) === literal
  );
}

/** True when the loop can start its next turn while nothing has waited for the literal. */
function outlivesTurn(context: RuleContext, loop: Loop, stmt: Later, literal: FuncLit): boolean {
  const { analysis, unit } = context;
  const func = enclosingFunc(analysis.parents(unit), loop);
  const cfg = func && analysis.cfg(unit, func);
  const at = cfg?.where.get(stmt);
  const head = cfg?.heads.get(loop);
  if (!cfg || !at || !head || !cfg.reachable.has(at.block)) return false;
  const joins = (n: Node): boolean =>
    waitsAt(analysis, unit, n).some(mayJoin) || callsWithCaptured(context, n, stmt, literal);
  const seen = new Set<Block>();
  const work: { block: Block; from: number }[] = [{ block: at.block, from: at.index + 1 }];
  for (let w = work.pop(); w; w = work.pop()) {
    if (w.block.nodes.slice(w.from).some((n) => n.kind !== 'DeferStmt' && stmt.kind !== 'DeferStmt' && joins(n)))
      continue;
    for (const e of w.block.succs) {
      if (e.to === head) return true;
      if (seen.has(e.to)) continue;
      seen.add(e.to);
      work.push({ block: e.to, from: 0 });
    }
  }
  return false;
}

/** True for a call that gets something the literal uses as well, such as a channel: it may wait for the literal. */
function callsWithCaptured(context: RuleContext, node: Node, stmt: Stmt, literal: FuncLit): boolean {
  if (node === stmt || node.kind === 'GoStmt') return false;
  let found = false;
  walkShallow(node, (n) => {
    if (found || n.kind !== 'CallExpr' || context.analysis.callee(context.unit, n).kind === 'builtin') return;
    walk(n, (i) => {
      if (
        i.kind === 'Ident' &&
        i.obj &&
        i.obj.kind === 'var' &&
        i.obj.uses.some((u) => contains(literal.body, u)) &&
        isShared(context, i.obj)
      )
        found = true;
    });
  });
  return found;
}

/** Channels, groups and the like; plain data cannot be waited for. */
function isShared(context: RuleContext, object: LocalObject): boolean {
  const t = context.analysis.types.underlying(context.analysis.objectType(context.unit, object));
  return t.kind !== 'basic' && t.kind !== 'slice' && t.kind !== 'map' && t.kind !== 'array';
}
