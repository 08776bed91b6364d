/** How many values are sent on a channel at most, as Go source for its capacity. */
import type { Analysis } from '../golang/analysis.ts';
import { nodesAfter } from '../golang/cfg-reach.ts';
import type { ParentMap } from '../golang/parents.ts';
import { isFunc } from '../golang/parents.ts';
import { cfgNode } from '../golang/resources.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, unparen } from '../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../syntax/ast.ts';
import type { LeakedChannel, Sender } from './leaked-channel.ts';

/** Where a channel is made. */
type MadeChannel = Pick<LeakedChannel, 'unit' | 'channel'>;

/** `2`, `len(items)`, `n`; undefined when the number of sends is not known before the channel is made. */
export function roomFor(analysis: Analysis, leaked: LeakedChannel): string | undefined {
  const { senders } = leaked;
  if (!senders || senders.length === 0) return undefined;
  const counts = senders.map((s) => countOf(analysis, leaked, s));
  const [only] = counts;
  if (counts.length === 1) return only;
  const numbers = counts.map((c) => (c !== undefined && /^\d+$/.test(c) ? Number(c) : NaN));
  const sum = numbers.reduce((a, b) => a + b, 0);
  return Number.isNaN(sum) ? undefined : String(sum);
}

/** True when nothing happens behind any send, so that nobody can tell whether it was received at once. */
export function endsWithSend(analysis: Analysis, { launch, sends }: Sender): boolean {
  const { body } = launch;
  if (!body) return false;
  const cfg = analysis.cfg(body.unit, body.func);
  if (cfg.blocks.some((b) => b.nodes.some((n) => n.kind === 'DeferStmt'))) return false;
  const isEnd = (n: Node): boolean => n.kind === 'BranchStmt' || (n.kind === 'ReturnStmt' && n.results.length === 0);
  return sends.every((s) => [...nodesAfter(cfg, s)].every(isEnd));
}

/** True for a goroutine that is started once for the channel and sends at most once. */
export function sendsOnce(analysis: Analysis, made: MadeChannel, sender: Sender): boolean {
  return countOf(analysis, made, sender) === '1';
}

function countOf(analysis: Analysis, { unit, channel }: MadeChannel, sender: Sender): string | undefined {
  const { launch } = sender;
  const starts = turns(analysis, unit, launch.stmt, channel.make);
  const each = sendsOf(analysis, sender, channel.make);
  if (starts === undefined || each === undefined) return undefined;
  if (each === '1') return starts;
  return starts === '1' ? each : undefined;
}

/** How many values one goroutine sends. */
function sendsOf(analysis: Analysis, { launch, sends }: Sender, make: CallExpr): string | undefined {
  const { body } = launch;
  if (!body) return undefined;
  const parents = analysis.parents(body.unit);
  const cfg = analysis.cfg(body.unit, body.func);
  const nodes = sends.map((s) => cfgNode(cfg.where, parents, s));
  if (nodes.some((n) => !n)) return undefined;
  const after = (nodes as Node[]).map((n) => nodesAfter(cfg, n));
  const isLast = nodes.every((n, i) =>
    // A deferred send comes after all others.
    n?.kind === 'DeferStmt' ? nodes.length === 1 && !after[i]?.has(n) : nodes.every((m) => m && !after[i]?.has(m)),
  );
  if (isLast) return '1';
  if (sends.length > 1) return mostOnOneWay(nodes as Node[], after);
  const [send] = sends;
  return send && body.unit === launch.unit ? turns(analysis, body.unit, send, make) : undefined;
}

/** How many of some nodes one way through the function can come to; undefined when a loop leads from one back to it. */
function mostOnOneWay(nodes: readonly Node[], after: readonly ReadonlySet<Node>[]): string | undefined {
  if (nodes.some((n, i) => n.kind === 'DeferStmt' || after[i]?.has(n))) return undefined;
  const longest = new Map<Node, number>();
  const from = (n: Node): number => {
    let found = longest.get(n);
    if (found === undefined) {
      found = 1 + Math.max(0, ...nodes.filter((m) => after[nodes.indexOf(n)]?.has(m)).map(from));
      longest.set(n, found);
    }
    return found;
  };
  return String(Math.max(...nodes.map(from)));
}

/** How often control comes to a node of a function while a channel is the same: once, or as often as the one loop around turns. */
function turns(analysis: Analysis, unit: DeclUnit, node: Node, make: CallExpr): string | undefined {
  const parents = analysis.parents(unit);
  let count = '1';
  for (let n = parents.get(node); n && !isFunc(n); n = parents.get(n)) {
    if ((n.kind !== 'ForStmt' && n.kind !== 'RangeStmt') || contains(n, make)) continue;
    if (count !== '1') return undefined;
    const number =
      n.kind === 'RangeStmt'
        ? rangeTurns(analysis, unit, n.x, make)
        : forTurns(unit, parents, n, (x) => isSettled(x, make));
    if (number === undefined) return undefined;
    count = number;
  }
  return count;
}

function rangeTurns(analysis: Analysis, unit: DeclUnit, x: Expr, make: CallExpr): string | undefined {
  const over = unparen(x);
  if (over.kind === 'CompositeLit')
    return elementsOf(over, analysis.types.underlying(analysis.typeOf(unit, over)).kind);
  if (!isSettled(over, make)) return undefined;
  switch (analysis.typeOf(unit, over).kind) {
    case 'slice':
    case 'array':
    case 'map':
      return over.kind === 'Ident' ? `len(${over.name})` : undefined;
    case 'basic':
      return over.kind === 'BasicLit' || isInteger(analysis, unit, over) ? unit.text(over) : undefined;
    default:
      return undefined;
  }
}

/**
 * How many elements a slice or map has that is written down, as Go source; undefined where indices leave some out.
 * @param kind of the underlying type
 */
export function elementsOf({ elts }: Expr & { kind: 'CompositeLit' }, kind: string): string | undefined {
  const isListed = kind === 'map' || (kind === 'slice' && elts.every((e) => e.kind !== 'KeyValueExpr'));
  return isListed && elts.length > 0 ? String(elts.length) : undefined;
}

function isInteger(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  const type = analysis.typeOf(unit, x);
  return type.kind === 'basic' && /^u?int/.test(type.name);
}

/**
 * How often `for i := 0; i < n; i++` and `for i := 1; i <= n; i++` turn, as Go source.
 * @param isKnown whether an expression has its value where the channel is made, and keeps it
 */
export function forTurns(
  unit: DeclUnit,
  parents: ParentMap,
  { init, cond, post }: Extract<Node, { kind: 'ForStmt' }>,
  isKnown: (x: Expr) => boolean,
): string | undefined {
  const [target, from] = init?.kind === 'AssignStmt' && init.op === ':=' ? [init.lhs[0], init.rhs[0]] : [];
  if (target?.kind !== 'Ident' || from?.kind !== 'BasicLit' || cond?.kind !== 'BinaryExpr') return undefined;
  const { obj } = target;
  const isCounter = (e: Expr): boolean => e.kind === 'Ident' && e.obj === obj;
  if (!obj || !isCounter(cond.x) || `${from.value}${cond.op}`.replace(/^(?:0<|1<=)$/, '') !== '') return undefined;
  if (post?.kind !== 'IncDecStmt' || post.op !== '++' || !isCounter(post.x)) return undefined;
  if (obj.addressTaken || obj.writes.some((w) => parents.get(w) !== post)) return undefined;
  const limit = unparen(cond.y);
  if (limit.kind === 'CallExpr') {
    const [of] = limit.args;
    const isLen = limit.fun.kind === 'Ident' && limit.fun.name === 'len' && !limit.fun.obj;
    return isLen && of && isKnown(unparen(of)) ? unit.text(limit) : undefined;
  }
  return isKnown(limit) ? unit.text(limit) : undefined;
}

/** True for a literal, and for a variable that has its value before the channel is made and keeps it. */
function isSettled(x: Expr, make: CallExpr): boolean {
  if (x.kind === 'BasicLit') return true;
  if (x.kind !== 'Ident' || !x.obj) return false;
  const { decl, kind, writes, addressTaken } = x.obj;
  if (kind === 'const') return decl.end < make.start;
  return kind === 'var' && !addressTaken && decl.end < make.start && writes.every((w) => w.end < make.start);
}
