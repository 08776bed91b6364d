/** A timer that has not fired yet is left running on some way out of the function. */
import { constantDuration } from '../../golang/durations.ts';
import { findUnreleasedPath, type UnreleasedPath, visitEvaluated } from '../../golang/paths.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { type Acquisition, acquisitions, releaseSearch, releaseSpec } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import type { LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { runningEntry } from './timer-not-stopped.entries.ts';
import { pathSteps } from '../witness.ts';
import { deferStop } from './defer-stop.ts';
import { text } from './timer-not-stopped.text.ts';

const KINDS = new Set(['timer']);

export const timerNotStopped = defineRule({
  meta: {
    id: 'timer-not-stopped',
    group: 'timer',
    level: 'information',
    // Since Go 1.23 a timer that nobody refers to is collected before it fires.
    from: [{ version: '1.23', level: 'hint' }],
    skipsTests: true,
    triggers: [
      '\\bNewTimer\\b',
      ['\\btime\\.AfterFunc\\((?<=\\w\\s*:?=\\s*time\\.AfterFunc\\()', '\\.Stop\\('],
      // In a field.
      '\\btime\\.AfterFunc\\((?<=(?:\\.\\w+\\s*=|\\w:)\\s*time\\.AfterFunc\\()',
    ],
    fixes: ['defer-stop'],
  },
  text,
  check(context) {
    for (const a of acquisitions(context.analysis, context.unit, KINDS))
      if (a.destination.kind === 'variable') checkVariable(context, a, a.destination.object);
      else if (a.origin === 'time.AfterFunc') checkEntry(context, a);
  },
});

/** Timers that fire so soon need no stop. In nanoseconds. */
const SHORT = 1e9;

/** Timers that run so long pile up. In nanoseconds. */
const LONG = 60e9;

const TIMER_STAYS = { return: 'left', again: 'again', overwritten: 'overwritten' };
const FUNCTION_RUNS = { return: 'func-left', again: 'func-again', overwritten: 'func-overwritten' };

function checkVariable(context: RuleContext, a: Acquisition, timer: LocalObject): void {
  const { analysis, unit } = context;
  const [limit] = a.call.args;
  const duration = limit && constantDuration(analysis, unit, limit);
  if ((duration && duration.value <= SHORT) || runsOncePerProcess(analysis, unit, a.call)) return;
  const isFunc = a.origin === 'time.AfterFunc';
  // What is never stopped is meant to run.
  if (isFunc && !isStoppedSomewhere(context, a, timer)) return;
  if (isAwaitedElsewhere(context, a, timer)) return;
  const path = wayWithTimer(context, a, timer);
  if (!path) return;
  const line = context.line({ node: path.node ?? { start: a.func.end - 1, end: a.func.end } });
  context.report({
    node: timer.decl,
    // Until it fires hardly takes longer than what comes next, or nobody knows how long it takes.
    level: duration && duration.value >= LONG && !isReset(context, timer) ? undefined : 'hint',
    message: (isFunc ? FUNCTION_RUNS : TIMER_STAYS)[path.end],
    args: { name: timer.name, line },
    steps: [{ node: a.call, message: 'step-started' }, ...pathSteps(unit, a.func, path)],
    fixes: a.stmt?.kind === 'AssignStmt' ? [deferStop(context, a, a.stmt, timer, 'fix-defer-stop')] : [],
  });
}

/** A timer that belongs to a value in a map, and goes on when one of several functions takes the value out. */
function checkEntry(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const [limit] = a.call.args;
  const duration = limit && constantDuration(analysis, unit, limit);
  if (duration && duration.value <= SHORT) return;
  const found = runningEntry(analysis, a);
  if (!found) return;
  const { field, map, removal, stop } = found;
  context.report({
    node: a.call,
    message: 'entry-left',
    args: { field, map, func: nameOf(removal.unit), other: nameOf(stop.unit) },
    steps: [
      { unit: stop.unit, node: stop.node, message: 'step-entry-stopped' },
      { unit: removal.unit, node: removal.call, message: 'step-entry-left', args: { map } },
    ],
    fixes: [],
  });
}

function nameOf({ decl }: DeclUnit): string {
  return decl.kind === 'FuncDecl' ? decl.name.name : '';
}

/** A way on which the timer is neither stopped nor has fired: nobody has received from its channel. */
function wayWithTimer({ analysis }: RuleContext, a: Acquisition, timer: LocalObject): UnreleasedPath | undefined {
  const search = releaseSearch(analysis, a);
  if (!search) return undefined;
  const receives = (node: Node): boolean => {
    let found = false;
    visitEvaluated(node, (n) => {
      if (n.kind === 'UnaryExpr' && n.op === '<-' && isChannelOf(n.x, timer)) found = true;
    });
    return found;
  };
  return findUnreleasedPath({
    ...search,
    settledBy: (edge) =>
      (edge.clause?.kind === 'CommClause' && edge.clause.comm !== undefined && receives(edge.clause.comm)) ||
      (search.settledBy?.(edge) ?? false),
    effect: (n) => {
      const effect = search.effect(n);
      return effect === 'none' && n.kind !== 'SelectStmt' && receives(n) ? 'settled' : effect;
    },
  });
}

function isChannelOf(node: Node, timer: LocalObject): boolean {
  return node.kind === 'SelectorExpr' && node.sel.name === 'C' && node.x.kind === 'Ident' && node.x.obj === timer;
}

/** True when another function receives from the timer: it fires for somebody. */
function isAwaitedElsewhere({ analysis, unit }: RuleContext, a: Acquisition, timer: LocalObject): boolean {
  const parents = analysis.parents(unit);
  return timer.uses.some((use) => {
    const field = parents.get(use);
    return field && isChannelOf(field, timer) && enclosingFunc(parents, use) !== a.func;
  });
}

/** `timer.Reset(d)`: how long it runs is not what it was made with. */
function isReset({ analysis, unit }: RuleContext, timer: LocalObject): boolean {
  const parents = analysis.parents(unit);
  return timer.uses.some((use) => {
    const method = parents.get(use);
    return method?.kind === 'SelectorExpr' && method.sel.name === 'Reset';
  });
}

function isStoppedSomewhere({ analysis, unit }: RuleContext, a: Acquisition, timer: LocalObject): boolean {
  const spec = releaseSpec(a.acquires);
  return timer.uses.some((use) => useEffect(analysis, unit, use, timer, spec) === 'release');
}
