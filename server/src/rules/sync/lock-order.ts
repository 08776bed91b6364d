/** Two locks are taken in opposite orders by goroutines that can meet: each holds what the other waits for. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { type ChosenOrder, chosenOrders } from '../../concurrency/locks/chosen-order.ts';
import { foreignOrders } from '../../concurrency/locks/foreign-order.ts';
import { siteOf } from '../../concurrency/locks/lock-meetings.ts';
import { lockCircles } from '../../concurrency/locks/lock-order.ts';
import type { Acquire, NestedAcquire } from '../../concurrency/locks/lock-summary.ts';
import { modelOf } from '../../concurrency/model/model.ts';
import type { Site } from '../../concurrency/model/values.ts';
import { pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen } from '../../golang/walk.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { lineOf } from '../leak-sites.ts';
import { type LeakWords, reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { text } from './lock-order.text.ts';

export const lockOrder = defineRule({
  meta: {
    id: 'lock-order',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.R?Lock\\(\\)'],
    imports: ['sync'],
    fixes: [],
  },
  text,
  checkFile(context) {
    for (const circle of lockCircles(context.analysis, context.unit.pkg))
      if (circle.ways[0].unit.file === context.unit.file) report(context, circle.ways);
    for (const order of chosenOrders(context.analysis, context.unit.pkg))
      if (order.unit.file === context.unit.file) reportChosen(context, order);
    for (const { ours, theirs } of foreignOrders(context.analysis, context.unit.pkg))
      if (ours.unit.file === context.unit.file) report(context, [ours, theirs]);
  },
  checkLeaks(context) {
    reportLeaks(context, 'lock-order', (leak) => describe(context, leak));
  },
});

/** Goroutines that hold what the others want, unless the order of the same locks is reported already. */
function describe(context: RuleContext, leak: Leak): LeakWords | undefined {
  const { analysis, unit } = context;
  const waiting = leak.steps.filter((s) => s.kind === 'also-blocked');
  const [other] = waiting;
  if (leak.other === undefined || !other) return undefined;
  const locks = locksOf(analysis, leak);
  const isReported = lockCircles(analysis, unit.pkg).some(
    ({ ways }) =>
      locks ===
      lockKeys(
        analysis,
        ways.flatMap((way) => way.then.sites.slice(-1)),
      ),
  );
  const first = modelOf(analysis)
    .leaks(unit.pkg, unit.file)
    .find((l) => l.rule === 'lock-order' && locksOf(analysis, l) === locks);
  if (isReported || first !== leak) return undefined;
  return waiting.length > 1 ? { message: 'ring' } : { message: 'crossed', args: { line: lineOf(context, other.site) } };
}

/** The locks that goroutines wait for: those the others hold. */
function locksOf(analysis: Analysis, { steps }: Leak): string {
  const waits = steps.filter((s) => s.kind === 'blocked' || s.kind === 'also-blocked');
  return lockKeys(
    analysis,
    waits.map((s) => s.site),
  );
}

/** What the calls at some places lock: type and field, or a variable's name. */
function lockKeys(analysis: Analysis, sites: readonly Site[]): string {
  const keys = sites.map(({ unit, node }) => {
    const call = nodesOfKind(unit.decl, 'CallExpr').find((c) => contains(node, c) && c.fun.kind === 'SelectorExpr');
    if (call?.fun.kind !== 'SelectorExpr') return `${unit.file.path}:${unit.base + node.start}`;
    const lock = unparen(call.fun.x);
    if (lock.kind !== 'SelectorExpr') return unit.text(lock);
    const owner = deref(analysis.typeOf(unit, lock.x));
    return `${owner.kind === 'named' ? owner.name : unit.text(lock.x)}.${lock.sel.name}`;
  });
  return keys.sort().join();
}

/** By where the lock is taken: by the call at the place, in a function that it calls here, or in another file. */
const MESSAGES = {
  pair: { here: 'opposite', below: 'opposite-below', call: 'opposite-in-call' },
  circle: { here: 'circle', below: 'circle-below', call: 'circle-in-call' },
} as const;

/** At the call of `Lock` that waits, or where that is in another file, at the call that leads there. */
function report(context: RuleContext, ways: readonly [NestedAcquire, NestedAcquire, ...NestedAcquire[]]): void {
  const [rare, usual, ...more] = ways;
  const [call, other] = [siteOf(rare), siteOf(usual)];
  const lock = rare.then.sites.at(-1) ?? call;
  const isHere = lock.unit.file === context.unit.file;
  const where = lock === call ? 'here' : isHere ? 'below' : 'call';
  const circle = [...ways, rare].map((way) => `\`${pathName(way.held.path)}\``).join(' → ');
  const others = [...new Set([usual, ...more].map((way) => `\`${functionName(way.unit)}\``))].join(', ');
  context.report({
    ...(isHere ? lock : call),
    message: MESSAGES[more.length > 0 ? 'circle' : 'pair'][where],
    args: {
      first: pathName(rare.held.path),
      second: lockName(rare.then),
      holder: functionName(rare.unit),
      line: context.line(call),
      ...(more.length > 0
        ? { count: ways.length, circle, others }
        : { other: functionName(usual.unit), place: `${other.unit.file.name}:${context.line(other)}` }),
    },
    steps: ways.flatMap((way, i) => steps(way, i === 0 ? 'step-first' : 'step-other-first')),
  });
}

/** At the second lock. */
function reportChosen(context: RuleContext, order: ChosenOrder): void {
  const [site] = order.then.sites;
  if (!site) return;
  const names = { first: pathName(order.held.path), second: pathName(order.then.path) };
  context.report({
    ...site,
    message: 'chosen',
    args: { ...names, holder: functionName(order.chooser) },
    steps: steps(order, 'step-first'),
  });
}

/** Both acquisitions of one order, with the calls that lead to them. */
function steps(edge: NestedAcquire, first: string): StepSpec[] {
  return [...acquisition(edge.held, first), ...acquisition(edge.then, 'step-second', pathName(edge.held.path))];
}

function lockName({ path, name }: Acquire): string {
  return name ?? pathName(path);
}

function acquisition(taken: Acquire, message: string, held?: string): StepSpec[] {
  const { sites } = taken;
  const name = lockName(taken);
  const args: StepSpec['args'] = held === undefined ? { name } : { name, held };
  return sites.map(({ unit, node }, i) =>
    i === sites.length - 1 ? { unit, node, message, args } : { unit, node, message: 'step-call', args: { name } },
  );
}

/** `T.method` or `function`, as the reader knows it. */
function functionName({ declaration }: DeclUnit): string {
  const name = declaration.names[0] ?? '';
  return declaration.recv === undefined ? name : `${declaration.recv}.${name}`;
}
