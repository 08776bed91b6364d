/** What lets a goroutine go on: the communications, contexts and conditions by which it gets past a wait or out of a loop. */
import { onlyValue } from '../../golang/only-value.ts';
import type { AssignStmt, CommClause, Expr, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Edge } from '../../golang/cfg.ts';
import { ancestor } from '../../golang/parents.ts';
import { isTickerChannel } from '../../golang/tickers.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { operations, type Wait } from '../../golang/waits.ts';
import { unparen } from '../../golang/walk.ts';
import type { Bindings, Bound } from './bindings.ts';
import type { Place } from './channel-facts.ts';
import { type Channel, channelOf } from './channels.ts';

export interface WayOut extends Place {
  kind:
    /** A context is done. */
    | 'done'
    /** A receive succeeds; `closed`: only the end of the channel counts. */
    | 'received'
    | 'closed'
    | 'sent'
    /** A timer fires. */
    | 'time'
    /** A call that waits for other goroutines returns. */
    | 'returned'
    /** Something that is no communication. */
    | 'condition';
  /** The context, channel or function as written. */
  what: string;
  /** The channel, when it is known which. */
  channel?: Channel;
  /** Of a context that is done: the expression for it, where it stands. */
  context?: Bound;
}

/** Where code stands and what its parameters are. */
export interface Scope {
  analysis: Analysis;
  unit: DeclUnit;
  bindings: Bindings;
}

/** The ways past a wait; empty when it is certain to end: for one that does not wait at all, and where a timer is among them. */
export function waysPast(scope: Scope, wait: Wait): WayOut[] {
  if (wait.kind === 'select' && wait.hasDefault) return [];
  const ways = operations([wait]).flatMap((w): WayOut[] => {
    switch (w.kind) {
      case 'send':
        return [sent(scope, w.node, w.chan)];
      case 'receive':
        return [received(scope, w.node, w.chan, w.node.kind === 'RangeStmt')];
      case 'call': {
        if (w.blocks !== 'sync' || !w.name.endsWith('.Wait')) return [];
        return [{ kind: 'returned', unit: scope.unit, node: w.node, what: scope.unit.text(w.node.fun) }];
      }
    }
  });
  return ways.some((w) => w.kind === 'time') ? [] : ways;
}

/** What makes control leave a loop by a branch. */
export function wayOfEdge(scope: Scope, edge: Edge): WayOut {
  const { unit } = scope;
  const last = edge.from.nodes.at(-1);
  if (edge.kind === 'exhausted' && last?.kind === 'RangeStmt' && isChannel(scope, last.x))
    return received(scope, last, last.x, true);
  if (edge.kind === 'comm' && edge.clause?.kind === 'CommClause') {
    const way = wayOfClause(scope, edge.clause);
    if (way) return way;
  }
  const node: Node = edge.cond ?? last ?? edge.clause ?? { kind: 'EmptyStmt', start: 0, end: 0 };
  const byCondition = edge.cond && wayOfCondition(scope, edge.cond, edge.kind === 'true');
  if (byCondition) return byCondition;
  // What is decided in an arm of a select is decided by what arrived.
  const parents = scope.analysis.parents(unit);
  const clause = ancestor(parents, node, (n) => n.kind === 'CommClause' || n.kind === 'FuncLit' || isLoop(n));
  const way = clause?.kind === 'CommClause' ? wayOfClause(scope, clause) : undefined;
  return way && way.kind !== 'sent' ? way : { kind: 'condition', unit, node, what: '' };
}

function isLoop({ kind }: Node): boolean {
  return kind === 'ForStmt' || kind === 'RangeStmt';
}

function isChannel({ analysis, unit }: Scope, x: Expr): boolean {
  return analysis.types.underlying(analysis.typeOf(unit, x)).kind === 'chan';
}

function wayOfClause(scope: Scope, { comm }: CommClause): WayOut | undefined {
  if (comm?.kind === 'SendStmt') return sent(scope, comm, comm.chan);
  const x = comm && unparen((comm.kind === 'ExprStmt' ? comm.x : comm.rhs[0]) as Expr);
  return x?.kind === 'UnaryExpr' && x.op === '<-' ? received(scope, x, x.x, false) : undefined;
}

/** `ok` of a receive, and `ctx.Err() != nil`. */
function wayOfCondition(scope: Scope, cond: Expr, holds: boolean): WayOut | undefined {
  const x = unparen(cond);
  if (x.kind === 'Ident' && x.obj) {
    const chan = closedFlag(scope, x);
    return chan && received(scope, cond, chan, !holds);
  }
  if (x.kind !== 'BinaryExpr') return undefined;
  const left = unparen(x.x);
  const value = left.kind === 'Ident' && left.obj ? onlyValue(left.obj) : left;
  const call = value && unparen(value);
  if (call?.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr') return undefined;
  if (!/(?:^|\/)context\.Context\.Err$/.test(scope.analysis.callee(scope.unit, call).name)) return undefined;
  const { unit, bindings } = scope;
  const of = call.fun.x;
  return { kind: 'done', unit, node: cond, what: unit.text(of), context: { unit, expr: of, bindings } };
}

/** The channel whose end a variable tells: `v, ok := <-ch`. */
function closedFlag({ analysis, unit }: Scope, { obj }: Ident): Expr | undefined {
  const parents = analysis.parents(unit);
  const statements = [obj?.declNode, ...(obj?.writes ?? []).map((w) => parents.get(w))];
  const channels = statements.map((s) => (s?.kind === 'AssignStmt' ? okReceive(s) : undefined));
  const [first] = channels;
  return first && channels.every((c) => c && unit.text(c) === unit.text(first)) ? first : undefined;
}

function okReceive({ lhs, rhs }: AssignStmt): Expr | undefined {
  const x = lhs.length === 2 && rhs.length === 1 ? unparen(rhs[0] as Expr) : undefined;
  return x?.kind === 'UnaryExpr' && x.op === '<-' ? x.x : undefined;
}

function sent({ analysis, unit, bindings }: Scope, node: Node, chan: Expr): WayOut {
  return { kind: 'sent', unit, node, what: unit.text(chan), channel: channelOf(analysis, unit, chan, bindings) };
}

function received(scope: Scope, node: Node, chan: Expr, closed: boolean): WayOut {
  const { analysis, unit, bindings } = scope;
  const from = origin(unit, chan, bindings);
  const x = from.expr;
  const at = { unit, node };
  if (x.kind === 'CallExpr') {
    const { name } = analysis.callee(from.unit, x);
    if (x.fun.kind === 'SelectorExpr' && /(?:^|\/)context\.Context\.Done$/.test(name))
      return { ...at, kind: 'done', what: from.unit.text(x.fun.x), context: { ...from, expr: x.fun.x } };
    if (name === 'time.After') return { ...at, kind: 'time', what: from.unit.text(x) };
  }
  const isTimer = x.kind === 'SelectorExpr' && x.sel.name === 'C' && isTimerValue(analysis, from.unit, x.x);
  if (!closed && (isTimer || isTickerChannel(analysis, from.unit, x)))
    return { ...at, kind: 'time', what: from.unit.text(x) };
  const kind = closed ? 'closed' : 'received';
  return { ...at, kind, what: unit.text(chan), channel: channelOf(analysis, unit, chan, bindings) };
}

function isTimerValue(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  return isNamed(analysis.typeOf(unit, x), 'time', 'Timer');
}

/** The expression that a variable or parameter stands for. */
function origin(unit: DeclUnit, expr: Expr, bindings: Bindings): Bound {
  let at = { unit, expr: unparen(expr), bindings };
  for (let steps = 0; steps < 8 && at.expr.kind === 'Ident' && at.expr.obj; steps++) {
    const bound = at.bindings.get(at.expr.obj);
    const value = bound ? undefined : onlyValue(at.expr.obj);
    if (bound) at = { ...bound, expr: unparen(bound.expr) };
    else if (value) at = { ...at, expr: unparen(value) };
    else break;
  }
  return at;
}

/** The variable that a context comes from, by way of parameters. */
export function contextOf({ context }: WayOut): LocalObject | undefined {
  let at = context;
  for (let x = at && unparen(at.expr); at && x?.kind === 'Ident' && x.obj; x = at && unparen(at.expr)) {
    const bound = at.bindings.get(x.obj);
    if (!bound) return x.obj;
    at = bound;
  }
  return undefined;
}
