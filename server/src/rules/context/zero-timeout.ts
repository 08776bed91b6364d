/** A time limit that is over at once: none at all, a negative one, or a plain number, which counts nanoseconds. */
import { type ConstantDuration, constantDuration } from '../../golang/durations.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor } from '../../golang/parents.ts';
import { isNamed, type Type, UNKNOWN } from '../../golang/types.ts';
import { calledName } from '../../golang/walk.ts';
import type { CallExpr, CompositeLit, Expr } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { withUnits } from './zero-timeout.fixes.ts';
import { text } from './zero-timeout.text.ts';

/** Functions that take a duration: its index, and what comes of one that is not positive. */
const TAKERS: ReadonlyMap<string, { param: number; notPositive?: string }> = new Map([
  ['context.WithTimeout', { param: 1, notPositive: 'over-at-once' }],
  ['context.WithTimeoutCause', { param: 1, notPositive: 'over-at-once' }],
  ['golang.org/x/net/context.WithTimeout', { param: 1, notPositive: 'over-at-once' }],
  ['time.NewTicker', { param: 0, notPositive: 'panics' }],
  ['time.Ticker.Reset', { param: 0, notPositive: 'panics' }],
  ['time.Tick', { param: 0, notPositive: 'never-ticks' }],
  ['time.NewTimer', { param: 0 }],
  ['time.Timer.Reset', { param: 0 }],
  ['time.After', { param: 0 }],
  ['time.AfterFunc', { param: 0 }],
  ['time.Sleep', { param: 0 }],
  ['net.DialTimeout', { param: 2 }],
]);

/** Their names without what stands before: most calls are told by these. */
const TAKER_NAMES = new Set([...TAKERS.keys()].map((name) => name.slice(name.lastIndexOf('.') + 1)));

/** Plain numbers above are hardly meant as seconds or milliseconds. */
const MAX_PLAIN = 100_000;
/** In a test, so little time is wanted as a rule. */
const MAX_WANTED_IN_TESTS = 10;

export const zeroTimeout = defineRule({
  meta: {
    id: 'zero-timeout',
    group: 'context',
    level: 'warning',
    inTests: 'hint',
    triggers: [
      '\\bWithTimeout',
      '\\bNewTicker\\b',
      '\\bNewTimer\\b',
      '\\bSleep\\b',
      '\\b(?:AfterFunc|After|Tick|Reset)\\(\\s*-?\\d',
      '\\bDialTimeout\\(.*\\d\\s*\\)',
      '(?:Timeout|Interval|Period|Delay)(?::|\\s=)\\s*-?[1-9][\\d_]*\\s*[,}\\n]',
    ],
    fixes: ['in-seconds', 'in-milliseconds'],
    overlaps: ['staticcheck SA1004'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) checkCall(context, call);
    for (const lit of nodesOfKind(unit.decl, 'CompositeLit')) checkFields(context, lit);
    for (const stmt of nodesOfKind(unit.decl, 'AssignStmt'))
      if (stmt.op === '=' && stmt.lhs.length === stmt.rhs.length)
        for (const [i, target] of stmt.lhs.entries())
          if (target.kind === 'SelectorExpr')
            checkField(context, target.sel.name, () => analysis.typeOf(unit, target), stmt.rhs[i]);
  },
});

function checkCall(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  if (!TAKER_NAMES.has(calledName(call))) return;
  const taker = TAKERS.get(analysis.callee(unit, call).name);
  const arg = taker && call.args[taker.param];
  const duration = arg && constantDuration(analysis, unit, arg);
  if (!duration) return;
  if (isStoppedAtOnce(context, call)) return;
  if (duration.value > 0) return reportPlain(context, arg, unit.text(call.fun), duration);
  // In a test such a context stands for one that is over.
  if (!taker.notPositive || unit.file.isTest) return;
  context.report({ node: arg, message: taker.notPositive, args: { call: unit.text(call.fun), value: unit.text(arg) } });
}

/** A timer that is made only to be set later: `t := time.NewTimer(1); t.Stop()`. */
function isStoppedAtOnce({ analysis, unit }: RuleContext, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const stmt = parents.get(call);
  const target = stmt?.kind === 'AssignStmt' && stmt.op === ':=' ? stmt.lhs[0] : undefined;
  const first = target?.kind === 'Ident' ? target.obj?.uses[0] : undefined;
  const method = first && parents.get(first);
  if (method?.kind !== 'SelectorExpr' || method.sel.name !== 'Stop') return false;
  return !ancestor(parents, method, (n) => n.kind === 'DeferStmt');
}

function checkFields(context: RuleContext, lit: CompositeLit): void {
  const { analysis, unit } = context;
  for (const elt of lit.elts) {
    if (elt.kind !== 'KeyValueExpr' || elt.key.kind !== 'Ident') continue;
    const { name } = elt.key;
    checkField(
      context,
      name,
      () => {
        const found = analysis.types.members.find(analysis.typeOf(unit, lit), name);
        return found?.kind === 'field' ? found.type : UNKNOWN;
      },
      elt.value,
    );
  }
}

/** A field that takes a duration and gets a number as it stands. */
function checkField(context: RuleContext, name: string, typeOf: () => Type, value: Expr | undefined): void {
  // In a test it is one of several values that stand for any.
  if (context.unit.file.isTest || value?.kind !== 'BasicLit' || !/(?:Timeout|Interval|Period|Delay)$/.test(name))
    return;
  const duration = constantDuration(context.analysis, context.unit, value);
  if (duration && duration.value > 0 && isNamed(typeOf(), 'time', 'Duration'))
    reportPlain(context, value, name, duration);
}

function reportPlain(context: RuleContext, node: Expr, taker: string, { value, hasUnit }: ConstantDuration): void {
  const { unit } = context;
  if (hasUnit || value > MAX_PLAIN || (unit.file.isTest && value <= MAX_WANTED_IN_TESTS)) return;
  context.report({
    node,
    message: 'no-unit',
    args: { taker, value: unit.text(node), nanoseconds: value },
    // Nobody writes a thousand seconds and more without a thought of minutes.
    fixes: value < 1000 ? withUnits(context, node, 'Second', 'Millisecond') : withUnits(context, node, 'Millisecond'),
  });
}
