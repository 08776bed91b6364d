/** `sync.Cond.Wait` that does not test its condition again, or that nobody ever wakes. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, isFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { runsInPlace } from '../../golang/running-func.ts';
import type { CallSite } from '../../golang/run-states.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, pathText, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, IfStmt, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastStep, lineOf, reportsOf } from '../leak-sites.ts';
import { deferRelease } from '../leak-repairs/defer-release.ts';
import { wakeFix } from '../leak-repairs/wake.ts';
import { reportLeaks } from '../model-report.ts';
import { defineRule } from '../rule.ts';
import { signalBefore } from './cond-wait.lost.ts';
import { leftIncomplete } from './cond-wait.incomplete.ts';
import { neverSignalled } from './cond-wait.signals.ts';
import { oneOfMany } from './cond-wait.one-of-many.ts';
import { usedUntested } from './cond-wait.untested.ts';
import { leftAsleep, type Unwoken } from './cond-wait.unwoken.ts';
import { conditionOf } from './cond-wait.waiters.ts';
import { wrongWaiter } from './cond-wait.wrong-waiter.ts';
import { text } from './cond-wait.text.ts';

export const condWait = defineRule({
  meta: {
    id: 'cond-wait',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.Wait\\(\\)'],
    imports: ['sync'],
    fixes: ['use-for', 'defer-release', 'use-broadcast', 'wake-waiters'],
  },
  text,
  check: checkWaits,
  checkLeaks(context) {
    reportLeaks(context, 'cond-wait', (leak) => {
      const { unit, node } = leak.site;
      if (reportsOf(context, unit, checkWaits).some((r) => contains(r.node, node))) return undefined;
      const signal = lastStep(leak, 'signal');
      const fix = wakeFix(context, leak) ?? deferRelease(context, leak);
      const fixes = fix ? [fix] : [];
      return signal
        ? { message: 'missed', args: { line: lineOf(context, signal) }, fixes }
        : { message: 'nobody-left', fixes };
    });
  },
});

function checkWaits(context: RuleContext): void {
  const { analysis, unit } = context;
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    if (call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Wait') continue;
    const { name, recv } = analysis.callee(unit, call);
    if (name === 'sync.Cond.Wait' && recv) checkWait(context, call, recv);
  }
}

function checkWait(context: RuleContext, call: CallExpr, recv: Expr): void {
  const { analysis, unit } = context;
  const name = pathText(recv) ?? unit.text(recv);
  if (neverSignalled(analysis, unit, recv)) {
    context.report({ node: call, message: 'never-signalled', args: { name } });
    return;
  }
  if (isRepeated(analysis, unit, call)) {
    if (reportAsleep(context, call, recv, name) || reportWrongWaiter(context, call, recv, name)) return;
    if (!reportOneOfMany(context, call, recv, name)) reportIncomplete(context, call, recv, name);
    return;
  }
  const launch = signalBefore(analysis, unit, call, recv);
  if (launch) return reportLost(context, call, name, launch);
  const guard = guardOf(context, call);
  if (!guard || asksOwnCopy(guard.cond)) return;
  const use = usedUntested(analysis, unit, guard, call);
  if ((!use && isTestedAgain(context, guard, call)) || callersRepeat(analysis, unit, call)) return;
  const cond = unit.text(guard.cond).replace(/\s+/g, ' ');
  context.report({
    node: call,
    message: 'not-in-loop',
    level: unit.file.isTest ? 'hint' : undefined,
    args: { name, cond },
    steps: [
      { node: guard.cond, message: 'step-tested', args: { cond } },
      { node: call, message: 'step-wait', args: { name } },
      ...(use ? [{ node: use, message: 'step-used', args: { cond } }] : []),
    ],
    fixes: useFor(unit, guard),
  });
}

const ASLEEP = { never: 'left-asleep', 'given-back': 'given-back', 'one-way': 'left-one-way' } as const;

function reportAsleep(context: RuleContext, call: CallExpr, recv: Expr, name: string): boolean {
  const { analysis, unit } = context;
  const left = leftAsleep(analysis, unit, call, recv);
  if (!left) return false;
  const { change, waking, how } = left;
  const [by = '', other = ''] = [left.unit, waking].map(({ declaration: { names } }) => names[0] ?? '');
  const place = { unit: change.unit, node: change.stmt };
  context.report({
    node: call,
    message: ASLEEP[how],
    args: { name, by, other, line: context.line(place) },
    steps: [
      { node: call, message: 'step-asks' },
      { ...place, message: 'step-changed', args: { name } },
    ],
    fixes: wakeThere(context, left, name),
  });
  return true;
}

function reportWrongWaiter(context: RuleContext, call: CallExpr, recv: Expr, name: string): boolean {
  const { analysis, unit } = context;
  const found = wrongWaiter(analysis, unit, call, recv);
  if (!found) return false;
  const { signals, other, example } = found;
  const [first] = signals;
  const there = { unit: other.method.unit, node: other.call };
  const still = conditionOf(other);
  const signal = { unit: first.unit, node: first.call };
  context.report({
    node: call,
    message: 'wrong-waiter',
    args: {
      name,
      line: context.line(signal),
      at: context.line(there),
      other: other.method.decl.name.name,
      cond: still,
    },
    steps: [
      { node: call, message: 'step-asks' },
      { ...there, message: 'step-other-waits', args: { cond: still } },
      { ...signal, message: 'step-one-woken', args: { example, cond: still } },
    ],
    fixes: useBroadcast(signals, name),
  });
  return true;
}

function reportOneOfMany(context: RuleContext, call: CallExpr, recv: Expr, name: string): boolean {
  const { analysis, unit } = context;
  const found = oneOfMany(analysis, unit, call, recv);
  if (!found) return false;
  const { signals, change, position } = found;
  const [first] = signals;
  const signal = { unit: first.unit, node: first.call };
  const there = { unit: change.unit, node: change.stmt };
  context.report({
    node: call,
    message: 'one-of-many',
    args: { name, line: context.line(signal), at: context.line(there) },
    steps: [
      position === undefined
        ? { node: call, message: 'step-many-wait' }
        : { node: call, message: 'step-each-waits', args: { position } },
      { ...there, message: 'step-ends-waits' },
      { ...signal, message: 'step-wakes-one' },
    ],
    fixes: useBroadcast(signals, name),
  });
  return true;
}

function reportIncomplete(context: RuleContext, call: CallExpr, recv: Expr, name: string): void {
  const { analysis, unit } = context;
  const found = leftIncomplete(analysis, unit, call, recv);
  if (!found) return;
  const { change, complete } = found;
  const cond = unit.text(complete).replace(/\s+/g, ' ');
  const place = { unit: change.unit, node: change.stmt };
  context.report({
    node: call,
    message: 'left-incomplete',
    args: { name, by: found.unit.declaration.names[0] ?? '', line: context.line(place), cond },
    steps: [
      { node: complete, message: 'step-complete', args: { cond } },
      { node: call, message: 'step-asks' },
      { ...place, message: 'step-completes', args: { cond } },
    ],
  });
}

function useBroadcast(signals: readonly CallSite[], name: string): FixSpec[] {
  const edits = signals.map(({ unit, call }) =>
    call.fun.kind === 'SelectorExpr' ? replaceNode(unit, call.fun.sel, 'Broadcast') : undefined,
  );
  return [{ id: 'use-broadcast', title: 'fix-broadcast', args: { name }, preferred: true, edits: combine(...edits) }];
}

/** `Broadcast` behind the change, in the method that others call. */
function wakeThere(context: RuleContext, { unit, change }: Unwoken, name: string): FixSpec[] {
  const { stmt, path } = change;
  if (change.unit !== unit || unit.file !== context.unit.file || stmt.kind === 'CallExpr') return [];
  const call = `${path.slice(0, path.lastIndexOf('.'))}.${name.split('.').at(-1)}.Broadcast()`;
  return [
    {
      id: 'wake-waiters',
      title: 'fix-wake',
      args: { call, line: context.line({ unit, node: stmt }) },
      preferred: true,
      edits: insertAfterStatement(unit, stmt, call),
    },
  ];
}

function reportLost(context: RuleContext, call: CallExpr, name: string, launch: Launch): void {
  context.report({
    node: call,
    message: 'signal-lost',
    args: { name, go: context.line({ node: launch.stmt }) },
    steps: [
      { node: launch.stmt, message: 'step-signaller', args: { name } },
      { node: call, message: 'step-too-late' },
    ],
  });
}

/** True when control can come back to a node, here or in the function around a literal that runs in place. */
function isRepeated(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  for (let at = node, func = enclosingFunc(parents, at); func; func = enclosingFunc(parents, at)) {
    const cfg = analysis.cfg(unit, func);
    const stmt = cfgNode(cfg.where, parents, at);
    if (!stmt || nodesAfter(cfg, stmt).has(stmt)) return true;
    // A literal that is kept or passed on runs as often as somebody likes.
    if (func.kind === 'FuncDecl') return false;
    const start = parents.get(func);
    if (!runsInPlace(parents, func))
      return !(start?.kind === 'CallExpr' && start.fun === func && parents.get(start)?.kind === 'GoStmt');
    at = func;
  }
  return true;
}

/** The `if` that decides whether to wait: where there is none, a wait may be for the next signal, whatever it is for. */
function guardOf({ analysis, unit }: RuleContext, call: CallExpr): IfStmt | undefined {
  const parents = analysis.parents(unit);
  for (let child: Node = call, n = parents.get(call); n && !isFunc(n); child = n, n = parents.get(n))
    if (n.kind === 'IfStmt' && n.body === child) return n;
  return undefined;
}

/** True when something the guard looks at is looked at by another condition after the wait. */
function isTestedAgain({ analysis, unit }: RuleContext, guard: IfStmt, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const cfg = func && analysis.cfg(unit, func);
  const stmt = cfg && cfgNode(cfg.where, parents, call);
  if (!cfg || !stmt) return true;
  const state = operands(guard.cond);
  // Edges carry the conditions: those nodes that decide.
  const after = nodesAfter(cfg, stmt);
  for (const block of cfg.blocks)
    for (const { cond, tag, clause } of block.succs) {
      const decides = cond ?? tag;
      const parts = [...(decides ? [decides] : []), ...(clause?.kind === 'CaseClause' ? clause.exprs : [])];
      for (const part of parts) {
        const node = cfgNode(cfg.where, parents, part);
        if (node && after.has(node) && [...operands(part)].some((o) => state.has(o))) return true;
      }
    }
  return false;
}

/** True for a condition on variables of the function that never change: others cannot change them, nor would a loop end. */
function asksOwnCopy(cond: Expr): boolean {
  let own = true;
  walk(cond, (n) => {
    if (n.kind === 'SelectorExpr' || n.kind === 'CallExpr' || n.kind === 'IndexExpr' || n.kind === 'StarExpr')
      own = false;
    if (n.kind === 'Ident' && (!n.obj || n.obj.addressTaken || n.obj.writes.some((w) => w !== n.obj?.decl)))
      own = false;
    return own;
  });
  return own;
}

/** Variables, fields and functions that an expression names: `q.items` and `len` of `len(q.items)`. */
function operands(expr: Expr): Set<string> {
  const found = new Set<string>();
  walk(expr, (n) => {
    if (n.kind !== 'Ident' && n.kind !== 'SelectorExpr') return undefined;
    const path = pathText(n);
    if (path === undefined) return undefined;
    if (!/^(?:nil|true|false|len|cap)$/.test(path)) found.add(path);
    return false;
  });
  return found;
}

/** True when the function may be a step of a loop elsewhere: a caller calls it again and again, or is out of sight. */
function callersRepeat(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || enclosingFunc(analysis.parents(unit), call) !== decl) return false;
  return mentionsOf(analysis, unit, decl).some((m) => {
    if (!m.call) return true;
    return (m.unit !== unit || !contains(decl, m.call)) && isRepeated(analysis, m.unit, m.call);
  });
}

/** `if !ready { c.Wait() }` is `for !ready { c.Wait() }`. */
function useFor(unit: DeclUnit, guard: IfStmt): FixSpec[] {
  const [only, ...others] = guard.body.stmts;
  if (guard.init || guard.else || others.length > 0 || only?.kind !== 'ExprStmt') return [];
  const keyword = { start: guard.start, end: guard.start + 'if'.length };
  return [
    {
      id: 'use-for',
      title: 'fix-for',
      args: { cond: unit.text(guard.cond).replace(/\s+/g, ' ') },
      preferred: true,
      edits: replaceNode(unit, keyword, 'for'),
    },
  ];
}
