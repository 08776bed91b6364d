/** The cancel function of a derived context is dropped, or not reached on some way out of the function. */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { carrierNames } from '../../golang/carriers.ts';
import { rootContextCall } from '../../golang/contexts.ts';
import { isOverAtOnce } from '../../golang/ended-contexts.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { heldResults } from '../../golang/held-results.ts';
import { callsOfMakers } from '../../golang/maker-calls.ts';
import { launches } from '../../golang/launches.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import { type Acquisition, acquisitions, allAcquisitions, unreleasedPath } from '../../golang/resources.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { isHeldByNothing, isHeldByTimerOnly } from '../../golang/unheld-contexts.ts';
import { assigns, contains, firstTarget } from '../../golang/walk.ts';
import type { DeferStmt, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { reportReplacedValue } from '../replaced-value.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { nameAndDefer, perIteration, repairs } from './lost-cancel.fixes.ts';
import { reportEndedUncalled } from './lost-cancel.ended.ts';
import { type HeldWords, isKept, reportHeldCancel } from './lost-cancel.held.ts';
import { keptUnread } from './lost-cancel.kept.ts';
import { reportLostStops, stopperNames } from './lost-cancel.stops.ts';
import { text } from './lost-cancel.text.ts';

const KINDS = new Set(['cancel', 'stop']);

export const lostCancel = defineRule({
  meta: {
    id: 'lost-cancel',
    group: 'context',
    level: 'warning',
    triggers: [
      '\\bWith(?:Cancel|Timeout|Deadline)',
      '\\bNotifyContext\\b',
      '\\bcontext\\.AfterFunc\\b',
      '\\biter\\.Pull',
      // What a function of the package hands out.
      '\\bcancel\\w*\\s*:?=',
      '[cC]tx\\w*,\\s*_\\s*:?=',
    ],
    packageTriggers: ['\\bCancel(?:Cause)?Func\\b', '^func [^\\n]{1,300}\\bfunc\\(\\)[^\\n]{0,100}\\{$'],
    fixes: [
      'defer-cancel',
      'cancel-before-return',
      'cancel-before-continue',
      'cancel-after-use',
      'closure-per-iteration',
      'close-old',
    ],
    overlaps: ['go vet lostcancel'],
  },
  text,
  packageTest: (pkg) => callsOfMakers(pkg, GIVES_CANCEL, [...carrierNames(pkg, 'cancel'), ...stopperNames(pkg)]),
  importedTests: [{ where: '\\(\\)|\\n', names: stopperNames }],
  check(context) {
    for (const a of acquisitions(context.analysis, context.unit, KINDS)) {
      if (isOverAtOnce(context.analysis, a)) continue;
      if (a.destination.kind === 'discarded') reportDiscarded(context, a);
      else if (reportReplaced(context, a)) continue;
      else if (a.destination.kind === 'variable') checkVariable(context, a, a.destination.object);
      else if (!checkKept(context, a) && !reportEndedUncalled(context, a, shortName(context, a)))
        reportHeldCancel(context, a, wordsOfHeld(context, a));
    }
    for (const a of allAcquisitions(context.analysis, context.unit, KINDS))
      if (a.acquires.carried && !reportReplaced(context, a)) reportHeldCancel(context, a, wordsOfHeld(context, a));
    for (const a of heldResults(context.analysis, context.unit, KINDS, 'cancel')) reportReplaced(context, a, a.made);
    reportLostStops(context);
  },
});

/** Reports one that takes the place of another, where something holds the context of that or waits for it. */
function reportReplaced(context: RuleContext, a: Acquisition, made = a): boolean {
  const { analysis } = context;
  if (a.acquires.kind !== 'cancel' || !(isKept(analysis, made) || isForGoroutine(analysis, made))) return false;
  return reportReplacedValue(context, a);
}

/** True for a context that a goroutine gets which the function starts, and which waits for something. */
function isForGoroutine(analysis: Analysis, { unit, stmt }: Acquisition): boolean {
  const target = firstTarget(stmt);
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return (
    object !== undefined &&
    launches(analysis, unit).some(
      (l) =>
        object.uses.some((use) => contains(l.stmt, use)) &&
        (!l.body?.func.body || gateOf(analysis, l, () => true) !== undefined),
    )
  );
}

/** A header with a cancel function among its results. */
const GIVES_CANCEL = /\)\s*\(?[^()]*\bCancel(?:Cause)?Func\b[^()]*\)?\s*$/;

function reportDiscarded(context: RuleContext, a: Acquisition): void {
  const { destination } = a;
  // Dropping the stop function of AfterFunc is its ordinary use: the function runs when the context ends.
  if (destination.kind !== 'discarded' || a.origin === 'context.AfterFunc') return;
  const { discarded, level } = wordsFor(context, a);
  context.report({
    node: destination.ident ?? a.call,
    message: discarded,
    level: isShortLived(context, a) ? 'hint' : level,
    args: { call: shortName(context, a) },
    fixes: destination.ident ? nameAndDefer(context, a, destination.ident) : [],
  });
}

/**
 * True for a context of a test that its deadline ends: nothing but a timer stays until then where it is dropped, and whoever
 * leaves without its cancel function on some way does so because the test has failed.
 */
function isShortLived({ analysis, unit }: RuleContext, a: Acquisition): boolean {
  if (!unit.file.isTest) return false;
  return a.destination.kind === 'discarded' ? isHeldByTimerOnly(analysis, a) : TIMED.test(a.origin);
}

const TIMED = /With(?:Timeout|Deadline)/;

function checkVariable(context: RuleContext, a: Acquisition, cancel: LocalObject): void {
  const path = unreleasedPath(context.analysis, a, true);
  if (path?.end === 'overwritten' && isReplacedUnused(context, a, path)) return;
  if (path) return report(context, a, cancel, path);
  const deferred = deferInEndlessLoop(context, a, cancel);
  if (!deferred) {
    if (!checkKept(context, a)) reportEndedUncalled(context, a, shortName(context, a));
  } else
    context.report({
      node: deferred,
      message: 'deferred-in-loop',
      args: { name: cancel.name, call: shortName(context, a) },
      steps: [{ node: a.call, message: 'step-acquired', args: { name: cancel.name } }],
      fixes: [perIteration(context, a, cancel.name, deferred)],
    });
}

function checkKept(context: RuleContext, a: Acquisition): boolean {
  const { analysis, unit } = context;
  const keeper = keptUnread(analysis, a);
  if (!keeper) return false;
  if (runsOncePerProcess(analysis, unit, a.call)) return true;
  context.report({
    node: keeper.node,
    message: 'kept-uncalled',
    level: unit.file.isTest && TIMED.test(a.origin) ? 'hint' : undefined,
    args: { name: keeper.name, call: shortName(context, a) },
    steps: [{ node: a.call, message: 'step-kept' }],
  });
  return true;
}

function wordsOfHeld(context: RuleContext, a: Acquisition): HeldWords {
  return {
    message: TIMED.test(a.origin)
      ? 'not-called-timed'
      : a.origin.startsWith('iter.Pull')
        ? 'not-called-pull'
        : 'not-called',
    level: isShortLived(context, a) ? 'hint' : undefined,
    call: shortName(context, a),
  };
}

function report(context: RuleContext, a: Acquisition, cancel: LocalObject, path: UnreleasedPath): void {
  const steps: StepSpec[] = [
    { node: a.call, message: 'step-acquired', args: { name: cancel.name } },
    ...pathSteps(context.unit, a.func, path),
  ];
  const { level, ...words } = wordsFor(context, a);
  const line = path.node ? context.line({ node: path.node }) : context.line({ node: closingBrace(a.func) });
  context.report({
    node: a.destination.kind === 'variable' ? a.destination.ident : cancel.decl,
    message: words[path.end],
    level: path.end === 'return' && isShortLived(context, a) ? 'hint' : level,
    args: { name: cancel.name, call: shortName(context, a), line },
    steps,
    fixes: repairs(context, a, cancel, path),
  });
}

/**
 * True when a context nobody above can cancel is replaced together with its cancel function before anything has used
 * it: neither a timer nor a parent holds it, so it is just garbage.
 */
function isReplacedUnused(context: RuleContext, a: Acquisition, path: UnreleasedPath): boolean {
  const { analysis, unit } = context;
  const [parent] = a.call.args;
  if (!/^context\.WithCancel(?:Cause)?$/.test(a.callee) || !parent || !rootContextCall(analysis, unit, parent))
    return false;
  const target = a.stmt?.kind === 'AssignStmt' ? a.stmt.lhs[0] : undefined;
  const derived = target?.kind === 'Ident' ? target.obj : undefined;
  const { node } = path;
  if (!derived || node?.kind !== 'AssignStmt' || !assigns(node, derived)) return false;
  return derived.uses.every(
    (use) => use.start < a.call.start || (use.start >= node.start && !node.rhs.some((r) => contains(r, use))),
  );
}

/** A `defer cancel()` in a loop the function never leaves runs never; in a loop over a channel, when it is closed. */
function deferInEndlessLoop(context: RuleContext, a: Acquisition, cancel: LocalObject): DeferStmt | undefined {
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

interface Words extends Record<'discarded' | UnreleasedPath['end'], string> {
  level?: 'hint';
}

/** By what keeps the thing alive when nobody cancels it: a timer, a coroutine, nothing at all, else the parent context. */
function wordsFor(context: RuleContext, a: Acquisition): Words {
  const words = { discarded: 'discarded', return: 'not-called', again: 'again', overwritten: 'overwritten' };
  if (TIMED.test(a.origin)) return { ...words, discarded: 'discarded-timed', return: 'not-called-timed' };
  if (a.origin.startsWith('iter.Pull')) return { ...words, discarded: 'discarded-pull', return: 'not-called-pull' };
  if (!isHeldByNothing(context.analysis, a)) return words;
  return { ...words, discarded: 'discarded-unheld', return: 'not-called-unheld', again: 'again-unheld', level: 'hint' };
}

/** The call as written for a function of this package, else its usual name. */
function shortName(context: RuleContext, a: Acquisition): string {
  if (a.callee !== a.origin) return context.unit.text(a.call.fun).replace(/\s+/g, ' ');
  return a.callee.slice(a.callee.lastIndexOf('/') + 1);
}

function closingBrace(func: Node): { start: number; end: number } {
  return { start: func.end - 1, end: func.end };
}
