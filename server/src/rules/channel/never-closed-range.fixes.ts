/** Closes a channel when everything is sent. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { isUnshadowed } from '../../fixes/names.ts';
import { spawns } from '../../golang/goroutines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, enclosingStmt, inLoop, isFunc } from '../../golang/parents.ts';
import { contains } from '../../golang/walk.ts';
import type { CallExpr, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';
import { leakedChannel, type LeakedChannel } from '../leaked-channel.ts';

/** The first of the usual ways to close that the model finds right. */
export function closeFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const leaked = leakedChannel(context.analysis, leak);
  if (!leaked) return undefined;
  const { name } = leaked.channel.object;
  for (const candidate of [inProducer, behindWait, afterProducers, byOwner]) {
    const edits = candidate(context, leaked, leak);
    if (isRepairedBy(context, leak, edits))
      return { id: 'close-channel', title: 'fix-close', args: { name }, preferred: true, edits };
  }
  return undefined;
}

/** `defer close(ch)` first in the only goroutine that sends. */
function inProducer(context: RuleContext, { unit, channel, senders }: LeakedChannel): FileEdit[] | undefined {
  const [sender] = senders ?? [];
  const func = sender?.launch.body?.func;
  if (senders?.length !== 1 || func?.kind !== 'FuncLit') return undefined;
  const parents = context.analysis.parents(unit);
  const loop = ancestor(
    parents,
    sender?.launch.stmt as Node,
    (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n),
  );
  if (loop && !isFunc(loop) && !contains(loop, channel.make)) return undefined;
  return insertAtBlockStart(unit, func.body, `defer close(${channel.object.name})`);
}

/** `close(ch)` where a goroutine waits for the senders already. */
function behindWait(context: RuleContext, { unit, channel }: LeakedChannel): FileEdit[] | undefined {
  const { analysis } = context;
  const { object } = channel;
  const parents = analysis.parents(unit);
  const started = spawns(analysis, unit).map((s) => s.body?.func);
  const wait = groupCalls(context, unit.decl, unit, 'Wait').find((c) => {
    const func = enclosingFunc(parents, c);
    return func !== object.func && started.includes(func) && isUnshadowed(unit, c, object.name, (o) => o !== object);
  });
  const stmt = wait && enclosingStmt(parents, wait);
  return stmt?.kind === 'ExprStmt' ? insertAfterStatement(unit, stmt, `close(${object.name})`) : undefined;
}

/** `go func() { wg.Wait(); close(ch) }()` before the loop where a group counts the senders. */
function afterProducers(
  context: RuleContext,
  { unit, channel, senders }: LeakedChannel,
  leak: Leak,
): FileEdit[] | undefined {
  const parents = context.analysis.parents(unit);
  const { object } = channel;
  const loop = nodesOfKind(unit.decl, 'RangeStmt').find((r) => r.start === leak.site.node.start);
  if (leak.site.unit !== unit || !loop || enclosingFunc(parents, loop) !== object.func || !senders) return undefined;
  const groups = senders.map((s) => {
    const { body } = s.launch;
    const [done] = body?.unit === unit ? groupCalls(context, body.func, unit, 'Done') : [];
    return done?.fun.kind === 'SelectorExpr' ? unit.text(done.fun.x) : undefined;
  });
  const [group] = groups;
  if (group === undefined || groups.some((g) => g !== group)) return undefined;
  const waited = groupCalls(context, unit.decl, unit, 'Wait').some((c) => c.start < loop.start);
  if (waited) return undefined;
  return insertBeforeStatement(unit, loop, `go func() {\n\t${group}.Wait()\n\tclose(${object.name})\n}()`);
}

/** Where the function that makes the channel sends itself: `close(ch)` behind its last send, or deferred. */
function byOwner(context: RuleContext, { unit, channel, uses }: LeakedChannel): FileEdit[] | undefined {
  const { object } = channel;
  const parents = context.analysis.parents(unit);
  const sends = uses.filter((u) => u.use.kind === 'send');
  if (sends.length === 0 || sends.some((u) => u.func !== object.func)) return undefined;
  const made = enclosingStmt(parents, object.decl);
  const block = made && parents.get(made);
  const last = sends.at(-1)?.use;
  if (!made || block?.kind !== 'BlockStmt' || last?.kind !== 'send') return undefined;
  const stmt = block.stmts.findLast((s) => contains(s, last.stmt));
  const leaves = nodesOfKind(unit.decl, 'ReturnStmt').some(
    (r) => r.start > made.start && r.end < (stmt?.end ?? 0) && enclosingFunc(parents, r) === object.func,
  );
  if (!stmt || inLoop(parents, made)) return undefined;
  return leaves
    ? insertAfterStatement(unit, made, `defer close(${object.name})`)
    : insertAfterStatement(unit, stmt, `close(${object.name})`);
}

function groupCalls(context: RuleContext, within: Node, unit: LeakedChannel['unit'], method: string): CallExpr[] {
  return nodesOfKind(unit.decl, 'CallExpr').filter(
    (c) => contains(within, c) && context.analysis.callee(unit, c).name === `sync.WaitGroup.${method}`,
  );
}
