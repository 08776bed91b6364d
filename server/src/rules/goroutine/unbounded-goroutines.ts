/** One goroutine for each of a stream of things, as many at once as there come. */
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { enclosingFunc, isFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, calledName, contains, find, unparen } from '../../golang/walk.ts';
import type { Expr, ForStmt, LocalObject, Node, RangeStmt, UnaryExpr } from '../../syntax/ast.ts';
import { goHeader } from '../endless-report.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { text } from './unbounded-goroutines.text.ts';

export const unboundedGoroutines = defineRule({
  meta: {
    id: 'unbounded-goroutines',
    group: 'goroutine',
    level: 'hint',
    triggers: LAUNCHES.map((l) => [l, '\\bfor\\b']),
    skipsTests: true,
    fixes: ['set-limit'],
    daemon: true,
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const launch of launches(analysis, unit)) {
      const loop = loopAround(analysis, unit, launch);
      if (loop && isPerItem(analysis, unit, launch, loop) && !isLimited(analysis, launch, loop))
        report(context, launch, loop);
    }
  },
});

type Loop = ForStmt | RangeStmt;

function report(context: RuleContext, launch: Launch, loop: Loop): void {
  const { analysis, unit } = context;
  const { name, recv } = analysis.callee(unit, launch.call);
  const group = name === 'golang.org/x/sync/errgroup.Group.Go' && recv ? unit.text(recv) : undefined;
  const source = loop.kind === 'RangeStmt' ? loop.x : undefined;
  context.report({
    node: goHeader(launch),
    message: source && !isChannel(analysis, unit, loop) ? 'per-item' : 'per-message',
    args: { source: source ? unit.text(source).replace(/\s+/g, ' ') : '', line: context.line({ node: loop }) },
    fixes: group
      ? [
          {
            id: 'set-limit',
            title: 'fix-set-limit',
            args: { group },
            preferred: true,
            edits: insertBeforeStatement(unit, loop, `${group}.SetLimit(10)`),
          },
        ]
      : [],
  });
}

/** The loop of the same function around a launch that turns once for each. */
function loopAround(analysis: Analysis, unit: DeclUnit, { stmt }: Launch): Loop | undefined {
  const parents = analysis.parents(unit);
  for (let n = parents.get(stmt); n && !isFunc(n); n = parents.get(n)) {
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') return n;
  }
  return undefined;
}

function isChannel(analysis: Analysis, unit: DeclUnit, loop: Loop): boolean {
  return loop.kind === 'RangeStmt' && analysis.types.underlying(analysis.typeOf(unit, loop.x)).kind === 'chan';
}

/**
 * True when the goroutine works on what the loop has just got: a value received from a channel, or an item of a list that a
 * caller has given, for which it waits for a peer.
 */
function isPerItem(analysis: Analysis, unit: DeclUnit, launch: Launch, loop: Loop): boolean {
  const uses = (o: LocalObject | undefined): boolean => o !== undefined && o.uses.some((u) => contains(launch.stmt, u));
  if (loop.kind === 'RangeStmt') {
    const given = [loop.key, loop.value].flatMap((k) => (k?.kind === 'Ident' && k.obj ? [k.obj] : []));
    if (!given.some(uses) || !turnsAgain(analysis, unit, launch)) return false;
    if (isChannel(analysis, unit, loop)) return !isSignals(analysis, unit, loop.x);
    const { kind } = analysis.types.underlying(analysis.typeOf(unit, loop.x));
    const list = unparen(loop.x);
    const isGiven = list.kind === 'Ident' && list.obj?.role === 'param';
    return isGiven && (kind === 'slice' || kind === 'map') && waitsForPeer(analysis, launch);
  }
  if (loop.cond || loop.post || !turnsAgain(analysis, unit, launch)) return false;
  return (
    find(loop.body, (n) => {
      if (n.kind !== 'AssignStmt' || n.op !== ':=' || n.end > launch.stmt.start) return false;
      const x = n.rhs.length === 1 && n.rhs[0] ? unparen(n.rhs[0]) : undefined;
      const [target] = n.lhs;
      return (
        x?.kind === 'UnaryExpr' &&
        x.op === '<-' &&
        target?.kind === 'Ident' &&
        uses(target.obj) &&
        !isSignals(analysis, unit, x.x)
      );
    }) !== undefined
  );
}

/** Signals come seldom. */
function isSignals(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const type = analysis.types.underlying(analysis.typeOf(unit, chan));
  return type.kind === 'chan' && isNamed(type.elem, 'os', 'Signal');
}

/** True when the loop goes on after the launch. */
function turnsAgain(analysis: Analysis, unit: DeclUnit, { stmt }: Launch): boolean {
  const func = enclosingFunc(analysis.parents(unit), stmt);
  if (!func) return false;
  const cfg = analysis.cfg(unit, func);
  const at = cfgNode(cfg.where, analysis.parents(unit), stmt);
  return at !== undefined && nodesAfter(cfg, at).has(at);
}

function waitsForPeer(analysis: Analysis, { body }: Launch): boolean {
  if (!body?.func.body || body.unit.hasError) return false;
  return (
    find(body.func.body, (n) => {
      if (n.kind !== 'CallExpr') return false;
      const { name, fact } = analysis.callee(body.unit, n);
      return (
        fact?.blocks === 'io' &&
        !/Serve(?:TLS)?$/.test(name) &&
        /^(?:net\/http|database\/sql|net|os\/exec)\./.test(name)
      );
    }) !== undefined
  );
}

/** `sem.Acquire(ctx, 1)`, `limiter.Allow()`. */
function isTurnTaken(n: Node): boolean {
  return n.kind === 'CallExpr' && /^(?:\w*Acquire\w*|Take|Allow\w*|Reserve\w*)$/.test(calledName(n));
}

/** True for a channel whose values mean nothing by themselves: a semaphore. */
function isPlaces(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const type = analysis.types.underlying(analysis.typeOf(unit, chan));
  if (type.kind !== 'chan') return type.kind === 'unknown';
  const elem = analysis.types.underlying(type.elem);
  // `ctx.Done()` holds nobody up before it is over.
  if (unparen(chan).kind === 'CallExpr') return false;
  return elem.kind === 'basic' || elem.kind === 'unknown' || (elem.kind === 'struct' && elem.node.fields.length === 0);
}

/**
 * True when something in the loop may hold it up: a send, a receive besides that of the loop, a call of `Acquire`, `Wait` and the
 * like; when the goroutine takes a place before it works, or tells a channel or a group of places that it has one; or for a group
 * with a limit.
 */
function isLimited(analysis: Analysis, { unit, stmt, call, body }: Launch, loop: Loop): boolean {
  const isReceive = (n: Node): n is UnaryExpr => n.kind === 'UnaryExpr' && n.op === '<-';
  const holdsUp = (n: Node): boolean =>
    n.kind === 'SendStmt' || isTurnTaken(n) || (n.kind === 'CallExpr' && /^Wait/.test(calledName(n)));
  const inLoop = find(
    loop.body,
    (n) => !contains(stmt, n) && (holdsUp(n) || (isReceive(n) && (loop.kind === 'RangeStmt' || n.start > stmt.start))),
  );
  if (inLoop) return true;
  const takesPlace = (n: Node): boolean =>
    isTurnTaken(n) ||
    (n.kind === 'SendStmt' && isPlaces(analysis, body?.unit ?? unit, n.chan)) ||
    (isReceive(n) && isPlaces(analysis, body?.unit ?? unit, n.x));
  if (body?.func.body && find(body.func.body, takesPlace)) return true;
  const { recv } = analysis.callee(unit, call);
  const group = stmt.kind === 'GoStmt' ? undefined : recv && baseIdent(recv)?.obj;
  if (stmt.kind === 'GoStmt') return false;
  const parents = analysis.parents(unit);
  // A group that comes from elsewhere may have a limit.
  if (!group || group.role !== 'local') return true;
  return group.uses.some((u) => {
    const p = parents.get(u);
    return p?.kind !== 'SelectorExpr' || !/^(?:Go|Wait|Add|Done)$/.test(p.sel.name);
  });
}
