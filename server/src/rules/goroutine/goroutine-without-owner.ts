/** A constructor or `init` starts a goroutine that goes on, and there is no method by which anybody could end it. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { addClose } from '../../fixes/add-close.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { hasEnd, isEndedByCaller, madeBy } from '../../golang/constructors.ts';
import { spawns } from '../../golang/goroutines.ts';
import type { Launch } from '../../golang/launches.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find, walk } from '../../golang/walk.ts';
import type { Expr, ForStmt, RangeStmt } from '../../syntax/ast.ts';
import { goHeader } from '../endless-report.ts';
import type { RuleContext } from '../context.ts';
import { bringsLeakToClients } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { text } from './goroutine-without-owner.text.ts';

export const goroutineWithoutOwner = defineRule({
  meta: {
    id: 'goroutine-without-owner',
    group: 'goroutine',
    // Many such values live as long as their program.
    level: 'off',
    triggers: [['\\bgo\\b', 'func (?=\\w+[(\\[])']],
    skipsTests: true,
    fixes: ['add-close'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || decl.recv) return;
    const isInit = decl.name.name === 'init';
    if (isInit ? unit.pkg.name === 'main' : isEndedByCaller(analysis, unit, decl)) return;
    const made = isInit ? undefined : madeBy(analysis, unit, decl);
    if (!isInit && (!made || hasEnd(analysis, unit, made))) return;
    for (const launch of spawns(analysis, unit)) {
      const loop = loopOf(analysis, launch);
      if (loop && (isInit || !runsOncePerProcess(analysis, unit, launch.stmt))) report(context, launch, loop, made);
    }
  },
});

type Loop = ForStmt | RangeStmt;

function report(context: RuleContext, launch: Launch, loop: Loop, made: NamedType | undefined): void {
  const { unit } = context;
  const at = launch.body?.unit ?? unit;
  const edits = made && addClose(context.analysis, unit);
  context.report({
    node: goHeader(launch),
    message: made ? 'constructor' : 'init',
    args: { type: made?.name ?? '', func: unit.decl.kind === 'FuncDecl' ? unit.decl.name.name : '' },
    steps: [{ unit: at, node: { start: loop.start, end: loop.body.start }, message: 'step-loop' }],
    fixes:
      made && edits && !bringsLeakToClients(context, made.name, edits)
        ? [
            {
              id: 'add-close',
              title: 'fix-close',
              args: { type: made.name },
              edits,
            },
          ]
        : [],
  });
}

/** The loop of a goroutine that nothing is known to end: without a condition, or over a channel, and no channel it waits for is closed. */
function loopOf(analysis: Analysis, { body }: Launch): Loop | undefined {
  if (!body?.func.body || body.unit.hasError) return undefined;
  const { unit } = body;
  const isLoop = (n: { kind: string }): boolean => {
    if (n.kind === 'ForStmt') return (n as ForStmt).cond === undefined;
    if (n.kind !== 'RangeStmt') return false;
    return analysis.types.underlying(analysis.typeOf(unit, (n as RangeStmt).x)).kind === 'chan';
  };
  const loop = find(body.func.body, isLoop) as Loop | undefined;
  return loop && !mayBeEnded(analysis, unit, loop) ? loop : undefined;
}

/** True when a channel that the loop receives from is closed somewhere, or comes from somewhere else. */
function mayBeEnded(analysis: Analysis, unit: DeclUnit, loop: Loop): boolean {
  const channels: Expr[] = [];
  walk(loop, (n) => {
    if (n.kind === 'UnaryExpr' && n.op === '<-') channels.push(n.x);
    else if (n.kind === 'RangeStmt') channels.push(n.x);
  });
  return channels.some((chan) => {
    if (analysis.types.underlying(analysis.typeOf(unit, chan)).kind !== 'chan') return false;
    const channel = channelOf(analysis, unit, chan);
    // That of a timer is never closed; that of a context is when somebody says so.
    if (!channel)
      return find(chan, (n) => n.kind === 'CallExpr' && !/^time\./.test(analysis.callee(unit, n).name)) !== undefined;
    const facts = channelFacts(analysis, channel);
    return facts.closes.length > 0;
  });
}
