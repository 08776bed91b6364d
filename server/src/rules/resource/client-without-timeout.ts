/** An HTTP client that waits for an answer, or a server that waits for a request, without any limit of time. */
import { contextsAt } from '../../golang/contexts.ts';
import {
  assignsTo,
  isReadBitByBit,
  isUnlimitedClient,
  requestsWithoutDeadline,
  type Sent,
  requestMadeAt,
  sendsWithoutDeadline,
} from '../../golang/http-requests.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { pathText } from '../../golang/walk.ts';
import type { CallExpr, CompositeLit } from '../../syntax/ast.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { defineRule } from '../rule.ts';
import { limitClient, limitServer, useOwnClient } from './client-without-timeout.fixes.ts';
import { isUnlimitedServer } from './client-without-timeout.servers.ts';
import { text } from './client-without-timeout.text.ts';

export const clientWithoutTimeout = defineRule({
  meta: {
    id: 'client-without-timeout',
    group: 'resource',
    level: 'information',
    triggers: [
      '\\bhttp\\.(?:Client|Server)\\{',
      '\\bhttp\\.(?:Get|Head|Post|PostForm)\\(',
      '\\bhttp\\.DefaultClient\\.(?:Do|Get|Head|Post|PostForm)\\(',
    ],
    imports: ['net/http'],
    skipsTests: true,
    fixes: ['limit-client', 'use-client', 'limit-server'],
    overlaps: ['gosec G112', 'golangci-lint noctx'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const lit of nodesOfKind(unit.decl, 'CompositeLit'))
      if (isUnlimitedClient(analysis, unit, lit)) checkClient(context, lit);
      else if (isUnlimitedServer(analysis, unit, lit)) checkServer(context, lit);
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) checkCall(context, call);
  },
});

/** `http.Get(…)`, `http.DefaultClient.Do(req)` */
function checkCall(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const path = pathText(call.fun);
  if (!path || !/^\w+\.(?:DefaultClient\.)?(?:Do|Get|Head|Post|PostForm)$/.test(path)) return;
  const { name } = analysis.callee(unit, call);
  const isDefault = path.includes('.DefaultClient.');
  if (!(isDefault ? /^net\/http\.Client\./ : /^net\/http\.(?:Get|Head|Post|PostForm)$/).test(name)) return;
  if (!sendsWithoutDeadline(analysis, unit, call) || !matters(context, { unit, call })) return;
  if (assignsTo(unit, 'DefaultClient') || assignsTo(unit, 'DefaultTransport')) return;
  context.report({
    node: call.fun,
    message: 'default',
    level: isReadBitByBit(analysis, { unit, call }) ? 'hint' : undefined,
    args: { call: path },
    steps: madeSteps({ unit, call }),
    fixes: [useOwnClient(context, call)],
  });
}

function checkClient(context: RuleContext, lit: CompositeLit): void {
  const { analysis, unit } = context;
  const sent = requestsWithoutDeadline(analysis, unit, lit)?.filter((s) => matters(context, s));
  const [first] = sent ?? [];
  if (!sent || !first || assignsTo(unit, 'DefaultTransport')) return;
  const isStream = sent.some((s) => isReadBitByBit(analysis, s));
  context.report({
    node: lit.type ?? lit,
    message: 'client',
    level: isStream ? 'hint' : undefined,
    args: { call: first.unit.text(first.call.fun).replace(/\s+/g, ' ') },
    steps: [...madeSteps(first), { unit: first.unit, node: first.call, message: 'step-sent' }],
    fixes: isStream ? [] : [limitClient(context, lit)],
  });
}

function madeSteps(sent: Sent): StepSpec[] {
  const made = requestMadeAt(sent);
  return made ? [{ unit: sent.unit, node: made, message: 'step-made' }] : [];
}

/** True for a request of code that goes on: a command that hangs is stopped by whoever waits for it. */
function matters({ analysis }: RuleContext, { unit, call }: Sent): boolean {
  const func = enclosingFunc(analysis.parents(unit), call);
  // Whoever ends the process when a request fails is part of a command, too.
  if (unit.file.isTest || !func || /\bos\.Exit\(|\blog\.Fatal/.test(unit.text(func))) return false;
  if (runsInCommand(analysis, unit, call) || runsOncePerProcess(analysis, unit, call)) return false;
  // With a context at hand, it is what the request lacks.
  return contextsAt(analysis, unit, call).length === 0;
}

function checkServer(context: RuleContext, lit: CompositeLit): void {
  const { unit } = context;
  if (assignsTo(unit, 'ReadHeaderTimeout') || assignsTo(unit, 'ReadTimeout')) return;
  context.report({
    node: lit.type ?? lit,
    message: 'server',
    // Many listen where only friends call: for metrics, on loopback, for one answer.
    level: 'hint',
    fixes: [limitServer(context, lit)],
  });
}
