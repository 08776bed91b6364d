/** `time.After` in a loop makes a timer on each turn, and turns that end otherwise leave theirs behind. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { reuseTimer } from '../../fixes/reuse-timer.ts';
import type { Block, Edge } from '../../golang/cfg.ts';
import { constantDuration } from '../../golang/durations.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, contains, find, pathText, unparen } from '../../golang/walk.ts';
import type { CallExpr, CommClause, Expr, ForStmt, Ident, Node, RangeStmt } from '../../syntax/ast.ts';
import type { RuleContext, StepSpec } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './time-after-in-loop.text.ts';

type Loop = ForStmt | RangeStmt;

export const timeAfterInLoop = defineRule({
  meta: {
    id: 'time-after-in-loop',
    group: 'timer',
    level: 'warning',
    // Since Go 1.23 a timer that nobody refers to is collected before it fires.
    from: [{ version: '1.23', level: 'hint' }],
    skipsTests: true,
    triggers: [['\\btime\\.After\\(', '\\bfor\\b']],
    fixes: ['reuse-timer'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    for (const call of nodesOfKind(unit.decl, 'CallExpr'))
      if (analysis.callee(unit, call).name === 'time.After') checkCall(context, call);
  },
});

function checkCall(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const loop = ancestor(
    analysis.parents(unit),
    call,
    (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n),
  );
  if (loop?.kind !== 'ForStmt' && loop?.kind !== 'RangeStmt') return;
  if (!contains(loop.body, call) || isCounted(context, loop)) return;
  const isRead = readsOf(context, call);
  const way = isRead && wayRound(context, call, loop, isRead);
  if (!way) return;
  const [limit] = call.args;
  const duration = limit && constantDuration(analysis, unit, limit);
  context.report({
    node: call,
    message: context.goAtLeast('1.23') ? 'garbage' : 'left',
    level: duration && duration.value >= LONG ? undefined : 'hint',
    args: { line: context.line({ node: loop }), limit: limit ? unit.text(limit).replace(/\s+/g, ' ') : '' },
    steps: way.flatMap((edge): StepSpec[] =>
      edge.clause?.kind === 'CommClause'
        ? [{ node: edge.clause.comm ?? edge.clause, message: 'step-other' }]
        : edge.cond
          ? [
              {
                node: edge.cond,
                message: edge.kind === 'true' ? 'step-when' : 'step-unless',
                args: { cond: unit.text(edge.cond) },
              },
            ]
          : [],
    ),
    fixes: [
      {
        id: 'reuse-timer',
        title: 'fix-reuse',
        preferred: true,
        edits: reuseTimer(context, call),
      },
    ],
  });
}

/** Timers that run less long hardly pile up: as many are left as turns come in that time. In nanoseconds. */
const LONG = 60e9;

type IsRead = (edge: Edge | Node) => boolean;

/**
 * Tells the edges and nodes by which the timer's value is received: of the select that the call is an arm of, or wherever the one
 * variable is received from that holds the channel. Undefined when the channel goes elsewhere.
 */
function readsOf({ analysis, unit }: RuleContext, call: CallExpr): IsRead | undefined {
  const parents = analysis.parents(unit);
  const parent = parents.get(call);
  if (parent?.kind === 'UnaryExpr' && parent.op === '<-') {
    const clause = commOf(parents, parent);
    // A plain receive waits for the timer.
    return clause && ((x) => 'clause' in x && x.clause === clause);
  }
  const target =
    parent?.kind === 'AssignStmt' && parent.op === ':=' && parent.lhs.length === 1 ? parent.lhs[0] : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  if (!object || object.captured || object.addressTaken || object.writes.length > 0 || object.uses.length === 0)
    return undefined;
  const isReceive = (use: Ident): boolean => {
    const up = parents.get(use);
    return up?.kind === 'UnaryExpr' && up.op === '<-';
  };
  if (!object.uses.every(isReceive)) return undefined;
  const clauses = new Set(object.uses.map((use) => commOf(parents, parents.get(use))));
  const func = enclosingFunc(parents, call);
  const { where } = analysis.cfg(unit, func as NonNullable<typeof func>);
  const nodes = new Set(
    object.uses.flatMap((use) => (commOf(parents, parents.get(use)) ? [] : [cfgNode(where, parents, use)])),
  );
  return (x) => ('clause' in x ? x.clause?.kind === 'CommClause' && clauses.has(x.clause) : nodes.has(x as Node));
}

/** The arm of a select whose receive this is. */
function commOf(parents: ReadonlyMap<Node, Node>, receive: Node | undefined): CommClause | undefined {
  for (let n = receive; n && !isFunc(n); n = parents.get(n)) {
    const parent = parents.get(n);
    if (parent?.kind === 'CommClause') return parent.comm === n ? parent : undefined;
    if (parent?.kind === 'BlockStmt') return undefined;
  }
  return undefined;
}

/** A way from the call round the loop and back to it on which nobody receives from the timer. */
function wayRound(context: RuleContext, call: CallExpr, loop: Loop, isRead: IsRead): Edge[] | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  if (!func) return undefined;
  const cfg = analysis.cfg(unit, func);
  const node = cfgNode(cfg.where, parents, selectOf(parents, call) ?? call);
  const at = node && cfg.where.get(node);
  if (!at || !cfg.reachable.has(at.block)) return undefined;
  const stays = (b: Block): boolean => b.nodes.every((n) => contains(loop, n));
  const cameBy = new Map<Block, Edge>();
  const isReadIn = (nodes: readonly Node[]): boolean => nodes.some((n) => isRead(n) || endsLoop(n, loop));
  if (isReadIn(at.block.nodes.slice(at.index + 1))) return undefined;
  const queue: Block[] = [at.block];
  for (let b = queue.shift(); b; b = queue.shift())
    for (const edge of b.succs) {
      if (isRead(edge) || cameBy.has(edge.to) || isEnd(context, edge) || leavesElsewhere(unit, edge, loop)) continue;
      if (edge.to === at.block) return wayTo(b, edge, at.block, cameBy);
      if (!stays(edge.to) || isReadIn(edge.to.nodes)) continue;
      cameBy.set(edge.to, edge);
      queue.push(edge.to);
    }
  return undefined;
}

/**
 * True for the arm of something that is over from then on: a context that is done, a channel that is only ever closed. It leaves one
 * timer, not one for each turn.
 */
function isEnd({ analysis, unit }: RuleContext, { clause }: Edge): boolean {
  const chan = clause?.kind === 'CommClause' ? receivedFrom(clause) : undefined;
  if (!chan) return false;
  const call = asCall(chan);
  if (call)
    return (
      call.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'Done' && isContext(analysis.typeOf(unit, call.fun.x))
    );
  const channel = channelOf(analysis, unit, chan);
  const facts = channel && channelFacts(analysis, channel);
  return facts !== undefined && facts.complete && facts.closes.length > 0 && facts.sends.length === 0;
}

/** True for the arm of a channel on which another `select` of the loop leaves it: this arm goes on to that one. */
function leavesElsewhere(unit: DeclUnit, { clause }: Edge, loop: Loop): boolean {
  const chan = clause?.kind === 'CommClause' ? receivedFrom(clause) : undefined;
  if (chan === undefined) return false;
  const isSame = (c: CommClause): boolean => {
    const other = receivedFrom(c);
    return other !== undefined && unit.text(other) === unit.text(chan);
  };
  const isLeaving = (s: Node): boolean => s.kind === 'ReturnStmt' || (s.kind === 'BranchStmt' && s.label !== undefined);
  return (
    find(loop.body, (n) => n.kind === 'CommClause' && n !== clause && isSame(n) && n.body.some((s) => isLeaving(s))) !==
    undefined
  );
}

/** The channel that a bare `case <-ch:` receives from. */
function receivedFrom({ comm }: CommClause): Expr | undefined {
  const x = comm?.kind === 'ExprStmt' ? unparen(comm.x) : undefined;
  return x?.kind === 'UnaryExpr' && x.op === '<-' ? x.x : undefined;
}

function wayTo(last: Block, edge: Edge, start: Block, cameBy: ReadonlyMap<Block, Edge>): Edge[] {
  const way = [edge];
  for (let b = last; b !== start;) {
    const before = cameBy.get(b) as Edge;
    way.unshift(before);
    b = before.from;
  }
  return way;
}

function selectOf(parents: ReadonlyMap<Node, Node>, call: Node): Node | undefined {
  const clause = commOf(parents, parents.get(call));
  return clause && parents.get(clause);
}

/** True for a loop that makes one turn for each of some things: it leaves no more timers than there are. */
function isCounted({ analysis, unit }: RuleContext, loop: Loop): boolean {
  if (loop.kind === 'ForStmt') return loop.cond !== undefined && loop.post !== undefined;
  const { kind } = analysis.types.underlying(analysis.typeOf(unit, loop.x));
  return kind !== 'chan' && kind !== 'func';
}

/** `close(ch)` in a loop over `ch` ends the loop. */
function endsLoop(node: Node, loop: Loop): boolean {
  const over = loop.kind === 'RangeStmt' ? pathText(loop.x) : undefined;
  const call = node.kind === 'ExprStmt' ? node.x : undefined;
  if (over === undefined || call?.kind !== 'CallExpr' || calledName(call) !== 'close') return false;
  return call.args[0] !== undefined && pathText(call.args[0]) === over;
}
