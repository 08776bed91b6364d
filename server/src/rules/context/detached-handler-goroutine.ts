/** A goroutine that a request handler leaves behind: it is cancelled by accident, or by nobody. */
import { endlessGoroutine } from '../../golang/endless-goroutines.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { type Handler, handlerOf } from '../../golang/handlers.ts';
import { literalRun } from '../../golang/contexts.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import { goHeader } from '../endless-report.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { GO_STATEMENT } from '../../golang/goroutines.ts';
import { text } from './detached-handler-goroutine.text.ts';
import { detach, requestContextUses } from './detached-handler-goroutine.contexts.ts';
import { returnsSoon } from './detached-handler-goroutine.returns.ts';
import { slotWait } from './detached-handler-goroutine.slots.ts';
import { leavesWithRequest, pollsForEver } from './detached-handler-goroutine.dropped.ts';
import { unattendedWait, type UnattendedWait } from './detached-handler-goroutine.waits.ts';

export const detachedHandlerGoroutine = defineRule({
  meta: {
    id: 'detached-handler-goroutine',
    group: 'context',
    level: 'warning',
    triggers: [[GO_STATEMENT, '\\b(?:ResponseWriter|Context)\\b']],
    skipsTests: true,
    fixes: ['detach-context'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const spawn of spawns(analysis, unit)) {
      const handler = handlerAround(context, spawn.func);
      if (!handler) checkSlot(context, spawn);
      else if (returnsSoon(analysis, unit, handler.func, spawn)) checkSpawn(context, spawn, handler);
      else if (leavesWithRequest(analysis, unit, handler, spawn)) checkDropped(context, spawn);
    }
  },
});

/** The handler a function is, or is part of because it runs there. */
function handlerAround(context: RuleContext, func: FuncNode): Handler | undefined {
  const { analysis, unit } = context;
  for (let f: FuncNode | undefined = func; f; f = enclosingFunc(analysis.parents(unit), f)) {
    const handler = handlerOf(analysis, unit, f);
    if (handler) return handler;
    if (f.kind === 'FuncDecl' || literalRun(analysis, unit, f) !== 'here') return undefined;
  }
  return undefined;
}

function checkSpawn(context: RuleContext, spawn: Spawn, handler: Handler): void {
  const { analysis, unit } = context;
  const node = goHeader(spawn);
  const uses = requestContextUses(analysis, unit, handler, spawn);
  if (uses === 'watched') return;
  const [use] = uses;
  if (use) {
    context.report({
      node,
      message: 'cancelled-with-request',
      args: { ctx: unit.text(use.expr) },
      steps: [{ node: use.expr, message: 'step-uses', args: { ctx: unit.text(use.expr) } }],
      fixes: context.goAtLeast('1.21') ? [detach(context, spawn, uses)] : [],
    });
    return;
  }
  // Rules for endless goroutines speak of those.
  if (!spawn.body || endlessGoroutine(analysis, spawn)) return;
  const wait = unattendedWait(analysis, spawn);
  if (wait) reportWait(context, spawn, wait);
}

/** What goes on polling when the handler has left with the client waits for something that nobody is interested in any more. */
function checkDropped(context: RuleContext, spawn: Spawn): void {
  if (!spawn.body || endlessGoroutine(context.analysis, spawn)) return;
  const wait = unattendedWait(context.analysis, spawn);
  if (wait && pollsForEver(context.analysis, wait)) reportWait(context, spawn, wait);
}

function reportWait(context: RuleContext, spawn: Spawn, wait: UnattendedWait): void {
  const { unit } = context;
  const line = context.line({ unit: wait.unit, node: wait.node });
  context.report({
    node: goHeader(spawn),
    message: wait.kind === 'send' ? 'send-for-ever' : wait.kind === 'poll' ? 'poll-for-ever' : 'call-for-ever',
    args: {
      what: wait.text,
      line: wait.unit.file === unit.file ? line : `${line} (\`${fileName(wait.unit.file.path)}\`)`,
    },
    steps: [{ unit: wait.unit, node: wait.node, message: 'step-waits' }],
  });
}

/** Others hand over work as well, under a context with which they give up waiting for it. */
function checkSlot(context: RuleContext, spawn: Spawn): void {
  const { unit } = context;
  const wait = slotWait(context.analysis, unit, spawn);
  if (!wait) return;
  const ctx = wait.ctx.text;
  context.report({
    node: goHeader(spawn),
    message: 'queued-for-slot',
    args: { ctx, chan: unit.text(wait.chan), line: context.line({ node: wait.node }) },
    steps: [
      { node: wait.node, message: 'step-waits' },
      { node: wait.use, message: 'step-works', args: { ctx } },
    ],
  });
}

function fileName(path: string): string {
  return path.slice(path.search(/[^/\\]*$/));
}
