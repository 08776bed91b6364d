/** The cancel function of a derived context is dropped, or not reached on some way out of the function. */
import { endlessLoops } from '../../golang/goroutines.ts';
import { ancestor, inLoop, isFunc } from '../../golang/parents.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import { type Acquisition, acquisitions, unreleasedPath } from '../../golang/resources.ts';
import type { LocalObject, Node } from '../../syntax/ast.ts';
import { combine } from '../../fixes/apply.ts';
import { nameBlank } from '../../fixes/assign.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import type { FixSpec, RuleContext, StepSpec } from '../context.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { text } from './lost-cancel.text.ts';

const KINDS = new Set(['cancel', 'stop']);

export const lostCancel = defineRule({
  meta: {
    id: 'lost-cancel',
    group: 'context',
    level: 'warning',
    triggers: ['\\bWith(?:Cancel|Timeout|Deadline)', '\\bNotifyContext\\b', '\\bcontext\\.AfterFunc\\b', '\\biter\\.Pull'],
    fixes: ['defer-cancel', 'cancel-before-return'],
    overlaps: ['go vet lostcancel'],
  },
  text,
  check(context) {
    for (const a of acquisitions(context.analysis, context.unit, KINDS)) {
      if (a.destination.kind === 'discarded') reportDiscarded(context, a);
      else if (a.destination.kind === 'variable') checkVariable(context, a, a.destination.object);
    }
  },
});

function reportDiscarded(context: RuleContext, a: Acquisition): void {
  const { destination } = a;
  // Dropping the stop function of AfterFunc is its ordinary use: the function runs when the context ends.
  if (destination.kind !== 'discarded' || a.callee === 'context.AfterFunc') return;
  context.report({
    node: destination.ident ?? a.call,
    message: 'discarded',
    args: { call: shortName(a) },
    fixes: destination.ident ? [nameAndDefer(context, a, destination.ident)] : [],
  });
}

function nameAndDefer(context: RuleContext, a: Acquisition, blank: Extract<Node, { kind: 'Ident' }>): FixSpec {
  const name = freshName(context.unit, a.call, isStop(a) ? 'stop' : 'cancel');
  const possible = a.stmt?.kind === 'AssignStmt' && !inLoop(context.analysis.parents(context.unit), a.call) && !contextOutlives(context, a);
  return {
    id: 'defer-cancel',
    title: 'fix-defer',
    args: { name },
    preferred: true,
    edits:
      possible && a.stmt?.kind === 'AssignStmt'
        ? combine(
            nameBlank(context.unit, blank, name, 'context.CancelFunc'),
            insertAfterStatement(context.unit, a.stmt, `defer ${name}()`),
          )
        : undefined,
  };
}

function checkVariable(context: RuleContext, a: Acquisition, cancel: LocalObject): void {
  const path = unreleasedPath(context.analysis, a, true);
  if (path) return report(context, a, cancel, path);
  const deferred = deferInEndlessLoop(context, a, cancel);
  if (deferred)
    context.report({
      node: deferred,
      message: 'deferred-in-loop',
      args: { name: cancel.name, call: shortName(a) },
      steps: [{ node: a.call, message: 'step-acquired', args: { name: cancel.name } }],
    });
}

function report(context: RuleContext, a: Acquisition, cancel: LocalObject, path: UnreleasedPath): void {
  const steps: StepSpec[] = [
    { node: a.call, message: 'step-acquired', args: { name: cancel.name } },
    ...pathSteps(context.unit, a.func, path),
  ];
  const message = path.end === 'return' ? 'not-called' : path.end;
  const line = path.node ? context.line({ node: path.node }) : context.line({ node: closingBrace(a.func) });
  context.report({ node: cancel.decl, message, args: { name: cancel.name, call: shortName(a), line }, steps, fixes: repairs(context, a, cancel, path) });
}

/** `defer cancel()` when the function means to cancel itself; `cancel()` on the leaking way when it hands cancel on elsewhere. */
function repairs(context: RuleContext, a: Acquisition, cancel: LocalObject, path: UnreleasedPath): FixSpec[] {
  if (path.end !== 'return' || a.stmt?.kind !== 'AssignStmt') return [];
  const parents = context.analysis.parents(context.unit);
  const handedOn = cancel.uses.some((u) => {
    const p = parents.get(u);
    return !(p?.kind === 'CallExpr' && p.fun === u);
  });
  if (handedOn) {
    if (path.node?.kind !== 'ReturnStmt') return [];
    return [
      {
        id: 'cancel-before-return',
        title: 'fix-before-return',
        args: { name: cancel.name, line: context.line({ node: path.node }) },
        preferred: true,
        edits: insertBeforeStatement(context.unit, path.node, `${cancel.name}()`),
      },
    ];
  }
  if (inLoop(context.analysis.parents(context.unit), a.call) || contextOutlives(context, a)) return [];
  return [
    {
      id: 'defer-cancel',
      title: 'fix-defer',
      args: { name: cancel.name },
      preferred: true,
      safe: cancel.uses.length > 0,
      edits: insertAfterStatement(context.unit, a.stmt, `defer ${cancel.name}()`),
    },
  ];
}

/** A `defer cancel()` in a loop the function never leaves runs never; in a loop over a channel, when it is closed. */
function deferInEndlessLoop(context: RuleContext, a: Acquisition, cancel: LocalObject): Node | undefined {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, a.func);
  for (const use of cancel.uses) {
    const call = parents.get(use);
    const stmt = call?.kind === 'CallExpr' && call.fun === use ? parents.get(call) : undefined;
    if (stmt?.kind !== 'DeferStmt') continue;
    const block = cfg.where.get(stmt)?.block;
    if (block && endlessLoops(cfg).some((l) => l.blocks.has(block))) return stmt;
  }
  return undefined;
}

/** True when the derived context itself lives on after the function returned: cancelling at the end would be wrong. */
function contextOutlives(context: RuleContext, a: Acquisition): boolean {
  if (a.stmt?.kind !== 'AssignStmt') return false;
  const target = a.stmt.lhs[0];
  if (!target || isStop(a)) return false;
  if (target.kind !== 'Ident') return true;
  const object = target.obj;
  if (!object) return target.name !== '_';
  if (object.func !== a.func || object.addressTaken) return true;
  return object.uses.some((use) => use.start > a.call.start && escapes(context, object, use));
}

/** True when a mention lets the context be used after the function has returned. */
function escapes(context: RuleContext, object: LocalObject, use: Node): boolean {
  const parents = context.analysis.parents(context.unit);
  // Captured by a literal, or passed to a goroutine: it may run on.
  if (ancestor(parents, use, (n) => n.kind === 'GoStmt' || isFunc(n)) !== object.func) return true;
  const p = parents.get(use);
  switch (p?.kind) {
    case 'AssignStmt':
      return p.rhs.some((r) => r === use);
    case 'ReturnStmt':
    case 'KeyValueExpr':
    case 'CompositeLit':
    case 'SendStmt':
      return true;
    default:
      return p === undefined;
  }
}

function isStop(a: Acquisition): boolean {
  return a.acquires.kind === 'stop';
}

function shortName(a: Acquisition): string {
  return a.callee.slice(a.callee.lastIndexOf('/') + 1);
}

function closingBrace(func: Node): { start: number; end: number } {
  return { start: func.end - 1, end: func.end };
}
