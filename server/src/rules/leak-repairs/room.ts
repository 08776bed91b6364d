/** Room for what is sent on a channel that goes through fields, results or other functions, where the model knows where it is made. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { makeBuffered } from '../../fixes/make-buffered.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import { isWritten } from '../../golang/written-names.ts';
import type { CallExpr, Expr, ForStmt, FuncNode, Node, RangeStmt, SendStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { elementsOf, forTurns } from '../channel-room.ts';
import { lastName, stmtAt } from '../leak-sites.ts';
import { blockedSend, startOf } from '../leaked-channel.ts';
import { isRepairedBy } from '../model-report.ts';
import { isSentByTaker } from './one-taker.ts';

/** A buffer for the one value that is sent on each channel, or for as many as a loop starts goroutines that send one. */
export function roomAtMake(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { made } = leak;
  if (!made) return undefined;
  const make = nodesOfKind(made.unit.decl, 'CallExpr').find((c) => contains(c, made.node) && isMake(c));
  if (!make) return undefined;
  const isOwn = isSentByMaker(analysis, leak, make);
  if (!isOwn && !sendsOneValue(analysis, leak)) return undefined;
  const send = isOwn ? undefined : blockedSend(leak);
  const isTaken =
    send !== undefined && isSentByTaker(analysis, { unit: leak.site.unit, send }, { unit: made.unit, make });
  const size = isOwn || isTaken ? '1' : sendersFor(analysis, leak, made.unit, make);
  const edits = size === undefined ? undefined : makeBuffered(made.unit, make, size, true);
  if (
    size === undefined ||
    !isRepairedBy(context, leak, edits, isOwn || isTaken || isStartedBeside(analysis, leak, make))
  )
    return undefined;
  return { id: 'make-buffered', title: 'fix-buffer', args: { name: leak.name, size }, preferred: true, edits };
}

/** True when the function that makes the channel sends on it by itself, once: it has room for that before anybody can receive. */
function isSentByMaker(analysis: Analysis, { name, site, made }: Leak, make: CallExpr): boolean {
  const { unit } = site;
  const send = nodesOfKind(unit.decl, 'SendStmt').find((s) => s.start === site.node.start);
  if (!send || made?.unit !== unit || unparen(send.chan).kind !== 'Ident') return false;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, send);
  if (!func || func !== enclosingFunc(parents, make) || loopAround(parents, send)) return false;
  const sends = nodesOfKind(unit.decl, 'SendStmt').filter(
    (s) => enclosingFunc(parents, s) === func && pathText(s.chan) === name,
  );
  return sendsOnce(analysis, func, { unit, sends });
}

/**
 * How many goroutines send on one channel, as Go source. The model tries small numbers only, and there a smaller buffer may do: it
 * has to follow from the code.
 */
function sendersFor(analysis: Analysis, leak: Leak, unit: DeclUnit, make: CallExpr): string | undefined {
  const start = startOf(analysis, leak);
  for (const site of leak.path) {
    if (site === leak.site) continue;
    const parents = analysis.parents(site.unit);
    const stmt = stmtAt(site);
    if (!stmt) return undefined;
    const loop = loopAround(parents, stmt);
    if (!loop || (site.unit === unit && contains(loop, make))) continue;
    // The goroutines that one loop starts are counted, and nothing else.
    if (stmt !== start?.stmt || loopAround(parents, loop)) return undefined;
    return turnsOf(analysis, site.unit, loop, unit, make);
  }
  return '1';
}

/** True when the function that makes the channel starts the goroutines that send, each of which sends by itself. */
function isStartedBeside(analysis: Analysis, leak: Leak, make: CallExpr): boolean {
  const start = startOf(analysis, leak);
  if (!start || leak.made?.unit !== start.unit) return false;
  if (leak.path.some((site) => site !== leak.site && stmtAt(site) !== start.stmt)) return false;
  const parents = analysis.parents(start.unit);
  return enclosingFunc(parents, start.stmt) === enclosingFunc(parents, make);
}

function loopAround(parents: ParentMap, node: Node): ForStmt | RangeStmt | undefined {
  const found = ancestor(parents, node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  return found && !isFunc(found) ? (found as ForStmt | RangeStmt) : undefined;
}

function isMake({ fun }: CallExpr): boolean {
  const x = unparen(fun);
  return x.kind === 'Ident' && x.name === 'make' && !x.obj;
}

/**
 * True when one function of the package sends on channels of that name, and one value on each: what the model has seen of the
 * channel is then what happens to others like it.
 */
function sendsOneValue(analysis: Analysis, { name, site: { unit } }: Leak): boolean {
  const last = lastName(name);
  const sending = new Map<FuncNode, { unit: DeclUnit; sends: SendStmt[] }>();
  for (const member of declarationsNaming(unit.pkg, last)) {
    const other = unit.pkg.unit(member);
    if (other.hasError) return false;
    const parents = analysis.parents(other);
    for (const send of nodesOfKind(other.decl, 'SendStmt')) {
      const func = lastName(pathText(send.chan) ?? '') === last ? enclosingFunc(parents, send) : undefined;
      if (!func) continue;
      const known = sending.get(func);
      if (known) known.sends.push(send);
      else sending.set(func, { unit: other, sends: [send] });
    }
  }
  const [only] = sending;
  return sending.size === 1 && only !== undefined && !takesBack(...only, last) && sendsOnce(analysis, ...only);
}

/** True when who sends also receives, as from a channel that limits how many go on at once. */
function takesBack(func: FuncNode, { unit }: { unit: DeclUnit }, name: string): boolean {
  return nodesOfKind(unit.decl, 'UnaryExpr').some(
    (u) => u.op === '<-' && contains(func, u) && lastName(pathText(u.x) ?? '') === name,
  );
}

/** True when no way through a function leads from one send to another on the same channel. */
function sendsOnce(
  analysis: Analysis,
  func: FuncNode,
  { unit, sends }: { unit: DeclUnit; sends: SendStmt[] },
): boolean {
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, func);
  const nodes = sends.map((s) => cfgNode(cfg.where, parents, s));
  return sends.every((send, i) => {
    const node = nodes[i];
    if (!node) return false;
    const loop = loopAround(parents, send);
    const declared = baseIdent(send.chan)?.obj?.decl;
    // In each turn it is another channel.
    const isFresh = declared !== undefined && loop !== undefined && contains(loop, declared);
    const after = nodesAfter(cfg, node);
    return nodes.every((m) => m === undefined || !after.has(m) || (isFresh && m === node));
  });
}

/** How often a loop turns; undefined where that is not known where the channel is made. */
function turnsOf(
  analysis: Analysis,
  loopUnit: DeclUnit,
  loop: ForStmt | RangeStmt,
  unit: DeclUnit,
  make: CallExpr,
): string | undefined {
  if (loop.kind === 'RangeStmt' && loopUnit !== unit) return turnsOverField(analysis, loopUnit, loop, unit, make);
  const parents = analysis.parents(unit);
  if (loopUnit !== unit || loop.start < make.end || enclosingFunc(parents, loop) !== enclosingFunc(parents, make))
    return undefined;
  return loop.kind === 'RangeStmt'
    ? rangeTurns(analysis, unit, loop, make)
    : forTurns(unit, parents, loop, (x) => isNamedBefore(unit, x, make));
}

/** `len(items)` for a loop over `s.items`, where the literal that has the channel in one field has `items` in the other. */
function turnsOverField(
  analysis: Analysis,
  loopUnit: DeclUnit,
  { x }: RangeStmt,
  unit: DeclUnit,
  make: CallExpr,
): string | undefined {
  const over = unparen(x);
  if (over.kind !== 'SelectorExpr' || isWritten(unit.pkg, over.sel.name)) return undefined;
  const literal = nodesOfKind(unit.decl, 'CompositeLit').findLast((c) => contains(c, make));
  const value = literal?.elts.find(
    (e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === over.sel.name,
  );
  const type = analysis.types.underlying(analysis.typeOf(loopUnit, over));
  if (value?.kind !== 'KeyValueExpr' || !isNamedBefore(unit, value.value, make)) return undefined;
  return type.kind === 'slice' || type.kind === 'map' ? `len(${unit.text(value.value)})` : undefined;
}

function rangeTurns(analysis: Analysis, unit: DeclUnit, { x }: RangeStmt, make: CallExpr): string | undefined {
  const over = unparen(x);
  const type = analysis.types.underlying(analysis.typeOf(unit, over));
  if (over.kind === 'CompositeLit') return elementsOf(over, type.kind);
  if (!isNamedBefore(unit, over, make)) return undefined;
  if (type.kind === 'slice' || type.kind === 'array' || type.kind === 'map') return `len(${unit.text(over)})`;
  return type.kind === 'basic' && type.name === 'int' ? unit.text(over) : undefined;
}

/** True for a name or a field of one that is there when the channel is made, and that the function does not change. */
function isNamedBefore(unit: DeclUnit, x: Expr, make: CallExpr): boolean {
  const path = pathText(x);
  const base = baseIdent(x);
  if (path === undefined || !base || (base.obj && base.obj.decl.end > make.start)) return false;
  return !nodesOfKind(unit.decl, 'AssignStmt').some(
    (a) => a.start > make.start && a.op !== ':=' && a.lhs.some((l) => path.startsWith(pathText(l) ?? '\0')),
  );
}
