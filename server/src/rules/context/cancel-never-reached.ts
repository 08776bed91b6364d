/** A goroutine waits for a context, and the only call that would cancel the context comes after the wait. */
import { bind, type Bound, NO_BINDINGS } from '../../concurrency/spawns/bindings.ts';
import { type Gate, gatesOf } from '../../concurrency/spawns/gates.ts';
import { refined, type SettledWay } from '../../concurrency/spawns/settled-ways.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { awaitedEnds } from '../../golang/awaited-ends.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { contextParams } from '../../golang/contexts.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { type Acquisition, acquisitions, cfgNode } from '../../golang/resources.ts';
import { getsOnlyRoots, isRootContext } from '../../golang/root-contexts.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, firstTarget, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { cancelFromOwner } from './cancel-never-reached.fixes.ts';
import { text } from './cancel-never-reached.text.ts';

export const cancelNeverReached = defineRule({
  meta: {
    id: 'cancel-never-reached',
    group: 'context',
    level: 'warning',
    inTests: 'hint',
    triggers: [['\\bWithCancel(?:Cause)?\\(', '\\bgo\\s|\\.Done\\(\\)|\\.Go\\(']],
    fixes: ['cancel-from-owner'],
    daemon: true,
  },
  text,
  check(context) {
    for (const a of acquisitions(context.analysis, context.unit, KINDS))
      if (/^context\.WithCancel(?:Cause)?$/.test(a.callee)) checkContext(context, a);
  },
});

const KINDS = new Set(['cancel']);

/** A function that holds calls of the cancel function, with the statement that starts it on a goroutine of its own. */
export interface Holder {
  launch?: Launch;
  unit: DeclUnit;
  func: FuncNode;
  /** The calls, in that function. */
  calls: CallExpr[];
}

function checkContext(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const cancel = a.destination.kind === 'variable' ? a.destination.object : undefined;
  const made = firstTarget(a.stmt);
  const ctx = made?.kind === 'Ident' ? made.obj : undefined;
  if (!cancel || !ctx || ![cancel, ctx].every((o) => o.role === 'local' && !o.addressTaken && o.writes.length === 0))
    return;
  const holders = holdersOf(analysis, a, cancel);
  if (!holders || holders.length === 0) return;
  const found = holders.map((holder) => ({ holder, wait: waitBefore(analysis, holder, ctx) }));
  const [first] = found;
  if (!first?.wait || found.some(({ wait }) => !wait) || !isEndedByNobodyElse(analysis, a)) return;
  const { holder, wait } = first;
  // A program that only serves may well wait for ever; one that has something left to do when the goroutine ends may not.
  if (runsOncePerProcess(analysis, unit, a.call) && !(holder.launch && goesOnAfter(analysis, holder.launch, a.func)))
    return;
  context.report({
    unit: holder.unit,
    node: holder.calls[0] as Node,
    message: holder.launch ? 'goroutine' : 'own',
    args: { cancel: cancel.name, ctx: ctx.name, line: lineOf(context, wait) },
    steps: [
      { node: a.call, message: 'step-made', args: { ctx: ctx.name } },
      { unit: wait.unit, node: headOf(wait.node), message: 'step-waits', args: { ctx: ctx.name } },
    ],
    fixes: [cancelFromOwner(context, a, cancel, ctx, holders)],
  });
}

/** True when a function that starts a goroutine waits for its end, and does something after that. */
function goesOnAfter(analysis: Analysis, launch: Launch, func: FuncNode): boolean {
  const { unit } = launch;
  const parents = analysis.parents(unit);
  const start = cfgNode(analysis.cfg(unit, func).where, parents, launch.stmt);
  if (!start) return false;
  const after = nodesAfter(analysis.cfg(unit, func), start);
  return awaitedEnds(analysis, launch).some(({ unit: at, stmt }) => {
    const list = at === unit && after.has(stmt) ? parents.get(stmt) : undefined;
    const next = list?.kind === 'BlockStmt' ? list.stmts[list.stmts.indexOf(stmt) + 1] : undefined;
    return next !== undefined && next.kind !== 'ReturnStmt';
  });
}

function lineOf(context: RuleContext, { unit, node }: Gate): string {
  const line = context.line({ unit, node });
  return unit.file === context.unit.file ? `${line}` : `${line} (\`${unit.file.name}\`)`;
}

/** A loop or `select` is shown by its first word. */
function headOf(node: Node): { start: number; end: number } {
  const word = /^(?:For|Range)/.test(node.kind) ? 'for' : node.kind === 'SelectStmt' ? 'select' : undefined;
  return word ? { start: node.start, end: node.start + word.length } : node;
}

/** True when neither a caller nor a deadline can end the context that another is made from. */
function isEndedByNobodyElse(analysis: Analysis, { unit, call, func }: Acquisition): boolean {
  const [parent] = call.args;
  if (!parent) return false;
  if (isRootContext(analysis, unit, parent)) return true;
  const x = unparen(parent);
  const param = contextParams(analysis, unit, func).find((p) => x.kind === 'Ident' && p.object === x.obj);
  return param !== undefined && param.object.writes.length === 0 && getsOnlyRoots(analysis, unit, param);
}

/** The functions that call the cancel function; undefined when somebody may call it who is not seen. */
function holdersOf(analysis: Analysis, a: Acquisition, cancel: LocalObject): Holder[] | undefined {
  const { unit } = a;
  const parents = analysis.parents(unit);
  const started = launches(analysis, unit);
  const holders = new Map<FuncNode, Holder>();
  const add = (holder: Holder): void => {
    const known = holders.get(holder.func);
    if (known) known.calls.push(...holder.calls);
    else holders.set(holder.func, holder);
  };
  for (const use of cancel.uses) {
    const parent = parents.get(use);
    if (parent?.kind === 'BinaryExpr' && (isNil(parent.x) || isNil(parent.y))) continue;
    if (parent?.kind !== 'CallExpr') return undefined;
    if (parent.fun !== use) {
      const holder = receiverOf(analysis, started, parent, use);
      if (!holder) return undefined;
      add(holder);
      continue;
    }
    const func = runningFunc(analysis, unit, parent);
    const launch = started.find((l) => l.body?.func === func);
    if (!func || (func !== a.func && !launch)) return undefined;
    add({ launch, unit, func, calls: [parent] });
  }
  return withoutOtherWays(analysis, a, [...holders.values()]);
}

/**
 * Leaves out what the function calls only on ways on which it does not start any of the goroutines: where it has started one,
 * nobody has called before, nor will.
 */
function withoutOtherWays(analysis: Analysis, { unit, func, call: made }: Acquisition, holders: Holder[]): Holder[] {
  const own = holders.find((h) => !h.launch);
  const others = holders.filter((h) => h !== own);
  if (!own || others.length === 0) return holders;
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, func);
  const nodeOf = (n: Node): Node | undefined =>
    runningFunc(analysis, unit, n) === func ? cfgNode(cfg.where, parents, n) : undefined;
  // Another turn of a loop makes another context.
  const again = nodeOf(made);
  const leadsTo = (from: Node, to: Node): boolean => nodesAfter(cfg, from, again).has(to);
  const starts = others.map((h) => h.launch && nodeOf(h.launch.stmt));
  const calls = own.calls.filter((call) => {
    const at = nodeOf(call);
    if (!at || at.kind === 'DeferStmt') return true;
    return starts.some((start) => !start || leadsTo(at, start) || leadsTo(start, at));
  });
  return calls.length > 0 ? [...others, { ...own, calls }] : others;
}

/** The function around a call, looking through `defer func() {…}()`. */
function runningFunc(analysis: Analysis, unit: DeclUnit, call: Node): FuncNode | undefined {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const outer = func?.kind === 'FuncLit' ? parents.get(func) : undefined;
  const isDeferred = outer?.kind === 'CallExpr' && outer.fun === func && parents.get(outer)?.kind === 'DeferStmt';
  return isDeferred ? enclosingFunc(parents, outer) : func;
}

/** `go work(ctx, cancel)` of a visible function that only calls what it gets. */
function receiverOf(analysis: Analysis, started: readonly Launch[], call: CallExpr, arg: Expr): Holder | undefined {
  const launch = started.find((l) => l.stmt.kind === 'GoStmt' && l.call === call);
  const { body } = launch ?? {};
  const param = body && flattenFields(body.func.type.params)[call.args.indexOf(arg)];
  const object = param?.variadic ? undefined : param?.name?.obj;
  if (!launch || !body || !object || object.addressTaken || object.writes.length > 0 || object.uses.length === 0)
    return undefined;
  const parents = analysis.parents(body.unit);
  const calls = object.uses.map((use) => parents.get(use));
  const isOwn = (n: Node | undefined, i: number): n is CallExpr =>
    n?.kind === 'CallExpr' && n.fun === object.uses[i] && runningFunc(analysis, body.unit, n) === body.func;
  return calls.every(isOwn) ? { launch, unit: body.unit, func: body.func, calls } : undefined;
}

/** Where a function waits for the context, and for nothing else, before it comes to any of the calls. */
function waitBefore(analysis: Analysis, holder: Holder, ctx: LocalObject): Gate | undefined {
  const { launch, unit, func } = holder;
  if (unit.hasError || !func.body) return undefined;
  const bindings = launch?.stmt.kind === 'GoStmt' ? bind(launch.unit, launch.call, func, NO_BINDINGS) : NO_BINDINGS;
  const gates = gatesOf(analysis, unit, func, bindings).gates;
  return gates.find((gate) => {
    if (!gate.unavoidable || isInDeferred(analysis, holder, gate) || mayEndProcess(analysis, gate)) return false;
    const ways = refined(analysis, gate, launch);
    const waitsFor = (w: SettledWay): boolean => w.context !== undefined && denotes(analysis, w.context, ctx);
    if (!ways.some(waitsFor) || !ways.every((w) => w.never || waitsFor(w))) return false;
    return holder.calls.every((call) => isAfter(analysis, holder, call, gate, ctx));
  });
}

/** True when a call runs only after the wait: it is deferred, stands further down, or in the arm that the context ends. */
function isAfter(analysis: Analysis, { unit, func }: Holder, call: CallExpr, gate: Gate, ctx: LocalObject): boolean {
  const parents = analysis.parents(unit);
  if (ancestor(parents, call, (n) => n.kind === 'DeferStmt' || n === func)?.kind === 'DeferStmt') return true;
  if (gate.unit !== unit || !contains(func, gate.node)) return false;
  if (call.start > gate.node.end) return true;
  const clause = ancestor(parents, call, (n) => n.kind === 'CommClause' || isFunc(n));
  return clause?.kind === 'CommClause' && contains(gate.node, clause) && isDoneOf(clause.comm, ctx);
}

/** `case <-ctx.Done():` */
function isDoneOf(comm: Node | undefined, ctx: LocalObject): boolean {
  const x = comm?.kind === 'ExprStmt' ? unparen(comm.x) : undefined;
  const done = x?.kind === 'UnaryExpr' && x.op === '<-' ? unparen(x.x) : undefined;
  const of = done?.kind === 'CallExpr' && done.fun.kind === 'SelectorExpr' ? unparen(done.fun.x) : undefined;
  return of?.kind === 'Ident' && of.obj === ctx;
}

/** True for a wait that may be part of a deferred call: then the order of the deferred calls decides. */
function isInDeferred(analysis: Analysis, { unit, func }: Holder, gate: Gate): boolean {
  const isOwn = gate.unit === unit && contains(func, gate.node);
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'DeferStmt').some((d) => {
    if (enclosingFunc(parents, d) !== func) return false;
    if (isOwn) return contains(d, gate.node);
    const call = asCall(d.call);
    return call !== undefined && analysis.body(unit, call) !== undefined;
  });
}

/** True when something in the loop or `select` may end the process, and with it the wait. */
function mayEndProcess(analysis: Analysis, { unit, node }: Gate): boolean {
  const func = enclosingFunc(analysis.parents(unit), node);
  if (!func) return true;
  const cfg = analysis.cfg(unit, func);
  return [...cfg.reachable].some((b) => b.nodes.some((n) => contains(node, n) && (b.ends || cfg.mayEnd.has(n))));
}

/** Variables and `WithValue` calls that are followed. */
const MAX_STEPS = 8;

/** True when an expression stands for the context of a variable, also with values added. */
function denotes(analysis: Analysis, bound: Bound, ctx: LocalObject): boolean {
  let at = { ...bound, expr: unparen(bound.expr) };
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const { expr, unit, bindings } = at;
    let next: Bound | undefined;
    if (expr.kind === 'CallExpr') {
      const [parent] = analysis.callee(unit, expr).name === 'context.WithValue' ? expr.args : [];
      next = parent && { unit, expr: parent, bindings };
    } else if (expr.kind === 'Ident' && expr.obj) {
      if (expr.obj === ctx) return true;
      const value = onlyValue(expr.obj);
      next = bindings.get(expr.obj) ?? (value && { unit, expr: value, bindings });
    }
    if (!next) return false;
    at = { ...next, expr: unparen(next.expr) };
  }
  return false;
}
