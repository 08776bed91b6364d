/** A timer that nobody can stop any more holds on to what its function uses, though that is done with. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { constantDuration } from '../../golang/durations.ts';
import { givenArguments } from '../../golang/given-arguments.ts';
import { handlerOf } from '../../golang/handlers.ts';
import { isLogging } from '../../golang/logging.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, inLoop, isFunc, ancestor } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { deref, isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, calledName, contains, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, ExprStmt, FuncNode, Ident, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { heldEntry } from './afterfunc-leak.entries.ts';
import { text } from './afterfunc-leak.text.ts';

export const afterfuncLeak = defineRule({
  meta: {
    id: 'afterfunc-leak',
    group: 'timer',
    level: 'information',
    skipsTests: true,
    // The timer is not kept: the call begins its line.
    triggers: ['\\btime\\.AfterFunc\\((?<=^[ \\t]*time\\.AfterFunc\\()'],
    fixes: ['keep-and-stop'],
  },
  text,
  check(context) {
    for (const stmt of nodesOfKind(context.unit.decl, 'ExprStmt')) {
      const call = unparen(stmt.x);
      if (call.kind === 'CallExpr' && context.analysis.callee(context.unit, call).name === 'time.AfterFunc')
        checkTimer(context, stmt, call);
    }
  },
});

/** Timers that fire so soon do no harm. In nanoseconds. */
const SOON = 10e9;

function checkTimer(context: RuleContext, stmt: ExprStmt, call: CallExpr): void {
  const { analysis, unit } = context;
  const [limit, run] = call.args;
  const func = enclosingFunc(analysis.parents(unit), stmt);
  if (!limit || !run || !func) return;
  const duration = constantDuration(analysis, unit, limit);
  if ((duration && duration.value <= SOON) || runsOncePerProcess(analysis, unit, call)) return;
  const request = requestUsed(context, func, run);
  const guarded = request ? undefined : guardedBy(context, func, stmt, unparen(run));
  const use = request ?? guarded;
  if (!use) return isLong(context, limit) ? checkEntry(context, func, stmt, call) : undefined;
  context.report({
    node: call.fun,
    message: request ? 'request' : 'guard',
    args: { name: use.name, limit: unit.text(limit).replace(/\s+/g, ' ') },
    steps: [{ node: use, message: 'step-holds', args: { name: use.name } }],
    fixes: request ? [] : [keepAndStop(context, stmt, call)],
  });
}

/** Timers that fire so late hold what is over long enough for it to pile up. In nanoseconds. */
const LONG = 300e9;

/** True for a limit that is long as it stands, or in every call that gives it. */
function isLong({ analysis, unit }: RuleContext, limit: Expr): boolean {
  const isLongAt = (at: DeclUnit, expr: Expr): boolean => (constantDuration(analysis, at, expr)?.value ?? 0) >= LONG;
  if (isLongAt(unit, limit)) return true;
  const x = unparen(limit);
  const given = x.kind === 'Ident' && x.obj ? givenArguments(analysis, unit, x.obj) : [];
  return given.length > 0 && given.every(({ unit: at, expr }) => isLongAt(at, expr));
}

function checkEntry(context: RuleContext, func: FuncNode, stmt: ExprStmt, call: CallExpr): void {
  const [limit, run] = call.args;
  const held = limit && run && heldEntry(context, func, stmt, run);
  if (!held) return;
  const { use, map, stored, removal } = held;
  context.report({
    node: call.fun,
    message: 'entry',
    args: { name: use.name, map, limit: context.unit.text(limit).replace(/\s+/g, ' ') },
    steps: [
      { unit: stored.unit, node: stored.node, message: 'step-stored', args: { name: use.name, map } },
      { node: use, message: 'step-holds', args: { name: use.name } },
      { unit: removal.unit, node: removal.call, message: 'step-removed', args: { name: use.name } },
    ],
  });
}

/** The request, or the writer of its response, that a function uses after the handler of it has returned. */
function requestUsed({ analysis, unit }: RuleContext, func: FuncNode, run: Expr): Ident | undefined {
  if (unparen(run).kind !== 'FuncLit' || handlerOf(analysis, unit, func)?.kind !== 'http') return undefined;
  return find(run, (n): n is Ident => {
    if (n.kind !== 'Ident' || n.obj?.role !== 'param' || n.obj.func !== func) return false;
    const type = analysis.objectType(unit, n.obj);
    return isNamed(type, 'net/http', 'ResponseWriter') || isNamed(deref(type), 'net/http', 'Request');
  });
}

/**
 * What the timer is there to end, should it take too long: the function goes on with it, and has no use for the timer after that.
 * Undefined for functions that do something else, and for what is there after the function has returned.
 */
function guardedBy(context: RuleContext, func: FuncNode, stmt: ExprStmt, run: Expr): Ident | undefined {
  const ends = run.kind === 'FuncLit' ? run.body.stmts.map((s) => endedBy(context, s)) : [endedByValue(context, run)];
  if (ends.length === 0 || ends.some((e) => !e)) return undefined;
  const idents = ends.flatMap((e) => (e && e !== 'nothing' ? [e] : []));
  const [first] = idents;
  return first && idents.every((i) => i.obj && isGuarded(context, func, stmt, i.obj)) ? first : undefined;
}

/** The variable whose channel, resource or context a statement ends; `nothing` for messages to a log. */
function endedBy(context: RuleContext, stmt: Stmt): Ident | 'nothing' | undefined {
  const { analysis, unit } = context;
  if (stmt.kind === 'SendStmt') return local(stmt.chan);
  const value = stmt.kind === 'AssignStmt' && stmt.op === '=' && stmt.rhs.length === 1 ? stmt.rhs[0] : undefined;
  const isDropped = stmt.kind === 'AssignStmt' && stmt.lhs.every((l) => l.kind === 'Ident' && l.name === '_');
  const x = stmt.kind === 'ExprStmt' ? unparen(stmt.x) : value && isDropped ? unparen(value) : undefined;
  if (x?.kind !== 'CallExpr') return undefined;
  const name = calledName(x);
  const [arg] = x.args;
  if (name === 'close' || /^(?:\w+Close|Close\w+)$/.test(name)) if (arg && local(arg)) return local(arg);
  if (/^(?:Close\w*|Kill|Cancel|Set(?:Read|Write)?Deadline)$/.test(name)) {
    const fun = unparen(x.fun);
    return fun.kind === 'SelectorExpr' ? local(fun.x) : undefined;
  }
  if (isLogging(analysis.parents(unit), x, analysis.callee(unit, x).name)) return 'nothing';
  return endedByValue(context, unparen(x.fun));
}

/** `cancel` of a context, `conn.Close`. */
function endedByValue({ analysis, unit }: RuleContext, fun: Expr): Ident | undefined {
  if (fun.kind === 'SelectorExpr') return fun.sel.name === 'Close' ? local(fun.x) : undefined;
  return fun.kind === 'Ident' && fun.obj && isNamed(analysis.typeOf(unit, fun), 'context', 'CancelFunc')
    ? local(fun)
    : undefined;
}

function local(expr: Expr): Ident | undefined {
  const base = baseIdent(expr);
  return base?.obj?.role === 'local' ? base : undefined;
}

/** True for a variable that the function goes on to use, and that holds nothing for others. */
function isGuarded({ analysis, unit }: RuleContext, func: FuncNode, stmt: ExprStmt, object: LocalObject): boolean {
  const parents = analysis.parents(unit);
  if (object.func !== func || object.addressTaken) return false;
  const others = object.uses.filter((use) => !contains(stmt, use));
  return (
    others.some((use) => use.start > stmt.end && !isDeferred(parents, use)) &&
    !others.some((use) => isKept(parents, use))
  );
}

function isDeferred(parents: ReadonlyMap<Node, Node>, use: Ident): boolean {
  return ancestor(parents, use, (n) => n.kind === 'DeferStmt' || isFunc(n))?.kind === 'DeferStmt';
}

/** True for a value that is returned, stored or sent. */
function isKept(parents: ReadonlyMap<Node, Node>, use: Ident): boolean {
  let node: Node = use;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  switch (parent?.kind) {
    case 'ReturnStmt':
    case 'CompositeLit':
      return true;
    case 'KeyValueExpr':
      return parent.value === node;
    case 'SendStmt':
      return parent.value === node;
    case 'AssignStmt':
      return parent.rhs.includes(node as Expr);
    default:
      return false;
  }
}

/** `timer := time.AfterFunc(…)` and `defer timer.Stop()`. */
function keepAndStop({ analysis, unit }: RuleContext, stmt: ExprStmt, call: CallExpr): FixSpec {
  const parents = analysis.parents(unit);
  const name = freshName(unit, stmt, 'timer');
  const start = { start: call.start, end: call.start };
  return {
    id: 'keep-and-stop',
    title: 'fix-keep',
    args: { name },
    preferred: true,
    edits: inLoop(parents, stmt)
      ? undefined
      : combine(replaceNode(unit, start, `${name} := `), insertAfterStatement(unit, stmt, `defer ${name}.Stop()`)),
  };
}
