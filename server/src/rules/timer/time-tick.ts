/** `time.Tick` makes a ticker that nobody can stop, where it is not needed for ever. */
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { neverReturnsAfter, nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, enclosingStmt, inLoop, isFunc } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { cfgNode } from '../../golang/resources.ts';
import { dependsOnInside } from '../../golang/scopes.ts';
import { contains } from '../../golang/walk.ts';
import type { CallExpr, ForStmt, Node, RangeStmt, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './time-tick.text.ts';

export const timeTick = defineRule({
  meta: {
    id: 'time-tick',
    group: 'timer',
    level: 'warning',
    // Since Go 1.23 a ticker that nobody refers to is collected: only one for each turn of a loop is still too many.
    from: [{ version: '1.23', level: 'information' }],
    inTests: 'hint',
    triggers: ['\\btime\\.Tick\\('],
    fixes: ['new-ticker'],
    overlaps: ['staticcheck SA1015'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr'))
      if (analysis.callee(unit, call).name === 'time.Tick') checkCall(context, call);
  },
});

function checkCall(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  if (!func || !staysHere(context, call)) return;
  const loop = loopAround(context, call);
  if (!loop) {
    // Collected, or in use until the process ends.
    if (context.goAtLeast('1.23') || runsOncePerProcess(analysis, unit, call)) return;
    const cfg = analysis.cfg(unit, func);
    const node = cfgNode(cfg.where, parents, call);
    if (!node || neverReturnsAfter(cfg, node)) return;
  }
  context.report({
    node: call,
    message: !loop ? 'left' : context.goAtLeast('1.23') ? 'garbage' : 'again',
    args: loop ? { line: context.line({ node: loop }) } : {},
    fixes: [{ id: 'new-ticker', title: 'fix-ticker', preferred: true, edits: newTicker(context, call, loop) }],
  });
}

/** The outermost loop on each turn of which the call is evaluated. What `range` goes over is evaluated once. */
function loopAround(context: RuleContext, call: CallExpr): ForStmt | RangeStmt | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  let loop: ForStmt | RangeStmt | undefined;
  for (let n = parents.get(call); n && !isFunc(n); n = parents.get(n))
    if ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && contains(n.body, call)) loop = n;
  return loop && comesBack(context, call) ? loop : undefined;
}

/** False where the loop is left, whichever way, after the call. */
function comesBack({ analysis, unit }: RuleContext, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const cfg = func && analysis.cfg(unit, func);
  const node = cfg && cfgNode(cfg.where, parents, call);
  return node !== undefined && cfg !== undefined && nodesAfter(cfg, node).has(node);
}

/** True when the channel is received from where it is made, or from a local variable that nobody else has. */
function staysHere({ analysis, unit }: RuleContext, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(call);
  if (isReceive(parent, call)) return true;
  const target = parent?.kind === 'AssignStmt' ? parent.lhs[parent.rhs.indexOf(call)] : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  if (!object || object.captured || object.addressTaken || object.role !== 'local') return false;
  return object.uses.every((use) => object.writes.includes(use) || isReceive(parents.get(use), use));
}

function isReceive(parent: Node | undefined, value: Node): boolean {
  return (parent?.kind === 'UnaryExpr' && parent.op === '<-') || (parent?.kind === 'RangeStmt' && parent.x === value);
}

/** A ticker with a name, made before the loop or before the statement, and stopped when the function ends. */
function newTicker(
  { analysis, unit }: RuleContext,
  call: CallExpr,
  loop: ForStmt | RangeStmt | undefined,
): FileEdit[] | undefined {
  const parents = analysis.parents(unit);
  const [interval] = call.args;
  const at: Stmt | undefined = loop ?? enclosingStmt(parents, call);
  if (!interval || !at || inLoop(parents, at) || dependsOnInside(interval, at)) return undefined;
  const name = freshName(unit, at, 'ticker');
  const time = unit.text(call.fun).replace(/\.\s*Tick$/, '');
  const func = enclosingFunc(parents, call);
  const cfg = func && analysis.cfg(unit, func);
  const node = cfg && cfgNode(cfg.where, parents, call);
  const stop = cfg && node && neverReturnsAfter(cfg, node) ? '' : `\ndefer ${name}.Stop()`;
  return combine(
    insertBeforeStatement(unit, at, `${name} := ${time}.NewTicker(${unit.text(interval)})${stop}`),
    replaceNode(unit, call, `${name}.C`),
  );
}
