/** A ticker is made and not stopped on some way out of the function, or kept in a field and stopped nowhere. */
import type { AssignStmt, LocalObject, Node, RangeStmt, SelectorExpr } from '../../syntax/ast.ts';
import { carrierNames } from '../../golang/carriers.ts';
import { reachableFrom } from '../../golang/cfg.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { heldResults } from '../../golang/held-results.ts';
import { callsOfMakers, makersIn } from '../../golang/maker-calls.ts';
import { enclosingFunc, enclosingStmt, inLoop, type ParentMap } from '../../golang/parents.ts';
import { perPackage } from '../../golang/per-package.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import {
  type Acquisition,
  acquisitions,
  allAcquisitions,
  cfgNode,
  releaseSpec,
  unreleasedPath,
} from '../../golang/resources.ts';
import { useEffect } from '../../golang/uses.ts';
import { unparen } from '../../golang/walk.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { reportReplaced } from '../replaced-resource.ts';
import { reportReplacedValue } from '../replaced-value.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { deferStop } from './defer-stop.ts';
import { reportFieldTicker } from './ticker-not-stopped.fields.ts';
import { reportHeldTicker } from './ticker-not-stopped.held.ts';
import { reportLostTicker, resetInstead, stopOfFormer } from './ticker-not-stopped.renewed.ts';
import { text } from './ticker-not-stopped.text.ts';

const KINDS = new Set(['ticker']);

export const tickerNotStopped = defineRule({
  meta: {
    id: 'ticker-not-stopped',
    group: 'timer',
    level: 'warning',
    // Since Go 1.23 a ticker that nobody refers to is collected without Stop.
    from: [{ version: '1.23', level: 'hint' }],
    triggers: ['\\bNewTicker\\b'],
    packageTriggers: ['\\*time\\.Ticker\\b'],
    fixes: ['defer-stop', 'close-old', 'reset-ticker'],
  },
  text,
  packageTest: (pkg) => callsOfMakers(pkg, GIVES_TICKER, carrierNames(pkg, 'ticker')),
  importedTests: [{ where: '\\.C\\b', names: (pkg) => givers(pkg) }],
  check(context) {
    const acquired = acquisitions(context.analysis, context.unit, KINDS);
    reportReplaced(context, acquired);
    for (const a of allAcquisitions(context.analysis, context.unit, KINDS))
      if (a.acquires.carried && !reportReplacedValue(context, a, levelOf(context, a.call)))
        reportHeldTicker(context, a, levelOf(context, a.call));
    for (const a of heldResults(context.analysis, context.unit, KINDS, 'ticker'))
      reportReplacedValue(context, a, levelOf(context, a.call));
    for (const a of acquired) {
      if (reportReplacedValue(context, a, levelOf(context, a.call))) continue;
      if (a.destination.kind === 'variable') checkVariable(context, a, a.destination.object, acquired);
      else if (isDropped(context, a)) checkDropped(context, a);
      else if (!reportHeldTicker(context, a, levelOf(context, a.call)))
        reportFieldTicker(context, a, levelOf(context, a.call));
    }
  },
});

/** A header with a ticker among its results. */
const GIVES_TICKER = /\)\s*\(?[^()]*\*time\.Ticker\b[^()]*\)?\s*$/;

/** Names of functions of a package that may give a ticker to another one. */
const givers = perPackage((pkg) => new Set(makersIn(pkg, GIVES_TICKER)));

function checkVariable(
  context: RuleContext,
  a: Acquisition,
  ticker: LocalObject,
  acquired: readonly Acquisition[],
): void {
  const { analysis, unit } = context;
  if (runsOncePerProcess(analysis, unit, a.call)) return;
  if (isCaptured(context, a, ticker))
    return ticker.writes.length > 0
      ? reportLostTicker(context, a, ticker, acquired, levelOf(context, a.call))
      : checkCaptured(context, a, ticker);
  const path = unreleasedPath(analysis, a);
  if (!path) return;
  const line = context.line({ node: path.node ?? { start: a.func.end - 1, end: a.func.end } });
  const former = stopOfFormer(context, a, ticker);
  context.report({
    node: a.destination.kind === 'variable' ? a.destination.ident : ticker.decl,
    message: path.end !== 'return' ? path.end : former ? 'former-stopped' : 'not-stopped',
    level: levelOf(context, a.call),
    args: { name: ticker.name, line, stop: former ? context.line({ node: former }) : '' },
    steps: [{ node: a.call, message: 'step-started' }, ...pathSteps(unit, a.func, path)],
    fixes: former
      ? resetInstead(context, a, ticker)
      : a.stmt?.kind === 'AssignStmt'
        ? [deferStop(context, a, a.stmt, ticker, 'fix-defer-stop')]
        : [],
  });
}

/** A test that leaves one ticker behind has it until the test binary ends: that matters only where there may be many. */
function levelOf({ analysis, unit }: RuleContext, call: Node | undefined): 'hint' | undefined {
  if (!call || !unit.file.isTest || inLoop(analysis.parents(unit), call)) return undefined;
  const { decl } = unit;
  const isRepeated =
    decl.kind === 'FuncDecl' &&
    mentionsOf(analysis, unit, decl).some((m) => m.call && inLoop(analysis.parents(m.unit), m.call));
  return isRepeated ? undefined : 'hint';
}

/** True when a function literal uses the ticker. */
function isCaptured(context: RuleContext, a: Acquisition, ticker: LocalObject): boolean {
  return (
    ticker.captured && ticker.uses.some((use) => enclosingFunc(context.analysis.parents(context.unit), use) !== a.func)
  );
}

/** A ticker that only one goroutine uses is that goroutine's to stop. */
function checkCaptured(context: RuleContext, a: Acquisition, ticker: LocalObject): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const spec = releaseSpec(a.acquires);
  if (ticker.func !== a.func || ticker.addressTaken || ticker.writes.length > 0) return;
  const users = new Set(ticker.uses.map((use) => enclosingFunc(parents, use)));
  const [literal] = users;
  const call = literal && parents.get(literal);
  if (users.size !== 1 || literal?.kind !== 'FuncLit' || call?.kind !== 'CallExpr' || call.fun !== literal) return;
  const go = parents.get(call);
  const cfg = analysis.cfg(unit, literal);
  if (go?.kind !== 'GoStmt' || !cfg.reachable.has(cfg.exit)) return;
  if (!ticker.uses.every((use) => useEffect(analysis, unit, use, ticker, spec) === 'neutral')) return;
  context.report({
    node: ticker.decl,
    message: 'left-by-goroutine',
    level: levelOf(context, a.call),
    args: { name: ticker.name, line: context.line({ node: go }) },
    steps: [
      { node: a.call, message: 'step-started' },
      {
        node: { start: go.start, end: literal.type.paramsEnd },
        message: 'step-goroutine',
        args: { name: ticker.name },
      },
    ],
    fixes: [
      {
        id: 'defer-stop',
        title: 'fix-defer-stop',
        args: { name: ticker.name },
        preferred: true,
        safe: true,
        edits: inLoop(parents, go) ? undefined : insertAtBlockStart(unit, literal.body, `defer ${ticker.name}.Stop()`),
      },
    ],
  });
}

function isDropped(context: RuleContext, a: Acquisition): boolean {
  return a.destination.kind === 'discarded' || channelOfCall(context, a) !== undefined;
}

/** `time.NewTicker(d).C` */
function channelOfCall({ analysis, unit }: RuleContext, a: Acquisition): SelectorExpr | undefined {
  const selector = analysis.parents(unit).get(a.call);
  return selector?.kind === 'SelectorExpr' && selector.sel.name === 'C' ? selector : undefined;
}

/** `time.NewTicker(d).C`, or a ticker thrown away: nobody has a handle to stop it. */
function checkDropped(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const channel = channelOfCall(context, a);
  const cfg = analysis.cfg(unit, a.func);
  const node = cfgNode(cfg.where, parents, a.call);
  const block = node && cfg.where.get(node)?.block;
  // In a function that goes on for ever the ticker is needed for ever, unless a loop makes more of them.
  // The operand of `range` is evaluated once.
  const stmt = enclosingStmt(parents, a.call);
  const made = stmt?.kind === 'RangeStmt' ? stmt : a.call;
  const repeated = stmt !== undefined && inLoop(parents, made);
  if (!block || (!reachableFrom([block]).has(cfg.exit) && !repeated) || runsOncePerProcess(analysis, unit, a.call))
    return;
  context.report({
    node: a.call,
    message: 'no-handle',
    level: levelOf(context, made),
    args: { call: unit.text(a.call.fun) },
    fixes: channel ? [hoist(context, a, channel)] : [],
  });
}

/** Gives the ticker a name before the statement that uses its channel. */
function hoist(context: RuleContext, a: Acquisition, channel: SelectorExpr): FixSpec {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const name = freshName(unit, a.call, 'ticker');
  const stmt = enclosingStmt(parents, a.call);
  // The operand of `range` is evaluated once, before the loop; a declaration may be read by what follows.
  const once = stmt && !inLoop(parents, stmt) && (stmt.kind === 'RangeStmt' || stmt.kind === 'AssignStmt');
  return {
    id: 'defer-stop',
    title: 'fix-hoist',
    args: { name },
    preferred: true,
    edits:
      once && !keepsChannel(parents, stmt, channel)
        ? combine(
            insertBeforeStatement(unit, stmt, `${name} := ${unit.text(a.call)}\ndefer ${name}.Stop()`),
            replaceNode(unit, channel, `${name}.C`),
          )
        : undefined,
  };
}

/** True unless a variable of the function takes the channel and is only received from: else it may be used after the function has ended. */
function keepsChannel(parents: ParentMap, stmt: AssignStmt | RangeStmt, channel: SelectorExpr): boolean {
  if (stmt.kind === 'RangeStmt') return unparen(stmt.x) !== channel;
  const target = stmt.lhs[stmt.rhs.indexOf(channel)];
  const variable = stmt.op === ':=' && target?.kind === 'Ident' ? target.obj : undefined;
  if (!variable || variable.captured) return true;
  return !variable.uses.every((use) => {
    const user = parents.get(use);
    return (user?.kind === 'UnaryExpr' && user.op === '<-') || (user?.kind === 'RangeStmt' && user.x === use);
  });
}
