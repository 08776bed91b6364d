/** Who makes a loop end: the places where the package closes, sends or cancels what the loop leaves for. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import type { Edge } from '../../golang/cfg.ts';
import { endingMethods } from '../../golang/ending-methods.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, type ParentMap } from '../../golang/parents.ts';
import { isContext, isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, unparen } from '../../golang/walk.ts';
import type { CallExpr, CommClause, Expr, Ident, Node } from '../../syntax/ast.ts';
import { channelFacts, type Place } from './channel-facts.ts';
import { channelOf } from './channels.ts';
import type { ReceiverLoop } from './receiver-loops.ts';

/** The channel that an arm of a `select` receives from. */
export function receivedFrom({ comm }: CommClause): Expr | undefined {
  const x = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const receive = x && unparen(x);
  return receive?.kind === 'UnaryExpr' && receive.op === '<-' ? receive.x : undefined;
}

/** The context in `ctx.Done()`. */
export function contextOfDone(analysis: Analysis, unit: DeclUnit, expr: Expr): Expr | undefined {
  const call = asCall(unparen(expr));
  const of = call?.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'Done' ? call.fun.x : undefined;
  return of && isContext(analysis.typeOf(unit, of)) ? unparen(of) : undefined;
}

/** Where the package does what makes a loop take a way out, as far as that can be seen. */
export function endsOf(analysis: Analysis, loop: ReceiverLoop, { kind, clause }: Edge): readonly Place[] {
  const { unit, func } = loop;
  const from = kind === 'comm' && clause?.kind === 'CommClause' ? receivedFrom(clause) : undefined;
  if (!from) return [];
  const context = contextOfDone(analysis, unit, from);
  if (context?.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, context);
    const owner = s?.kind === 'field' ? s.owner : undefined;
    return (owner ? endingMethods(analysis, unit.pkg, owner.name) : []).flatMap((m) => cancels(analysis, m.unit));
  }
  if (context) {
    const starters = func.kind === 'FuncDecl' ? mentionsOf(analysis, unit, func).map((m) => m.unit) : [unit];
    return [...new Set(starters)].filter((u) => !u.file.isTest).flatMap((u) => cancels(analysis, u));
  }
  const channel = channelOf(analysis, unit, from);
  if (!channel) return [];
  const { closes, sends } = channelFacts(analysis, channel);
  return [...closes, ...sends];
}

/** Calls by which contexts are cancelled, those left out that also end by themselves: at a signal, or a time. */
function cancels(analysis: Analysis, unit: DeclUnit): Place[] {
  return nodesOfKind(unit.decl, 'CallExpr')
    .filter(({ fun, args }) => {
      if (args.length > 1 || (fun.kind !== 'Ident' && fun.kind !== 'SelectorExpr')) return false;
      const type = analysis.typeOf(unit, fun);
      const isCancel = isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc');
      return isCancel && !(fun.kind === 'Ident' && endsByItself(analysis, unit, fun));
    })
    .map((node) => ({ unit, node }));
}

function endsByItself(analysis: Analysis, unit: DeclUnit, { obj }: Ident): boolean {
  const made = obj?.declNode.kind === 'AssignStmt' ? obj.declNode.rhs[0] : undefined;
  const call = made && asCall(unparen(made));
  return call !== undefined && !/^context\.WithCancel(?:Cause)?$/.test(analysis.callee(unit, call).name);
}

/** Callers of callers that are looked at. */
const MAX_DEPTH = 3;

/** True where code waits for other goroutines before it comes to a place: for a group or a channel, there or in a function that calls it. */
export function isWaitedBefore(analysis: Analysis, { unit, node }: Place, depth = 0): boolean {
  const isDeferred = isInDefer(analysis.parents(unit), node);
  const before = (n: Node): boolean => n.end < node.start || (isDeferred && n.start > node.end);
  if (
    groupWaits(analysis, unit).some(before) ||
    nodesOfKind(unit.decl, 'UnaryExpr').some((x) => x.op === '<-' && before(x) && isForOthers(analysis, unit, x)) ||
    nodesOfKind(unit.decl, 'RangeStmt').some((r) => before(r) && isChannel(analysis, unit, r.x))
  )
    return true;
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || depth >= MAX_DEPTH) return false;
  return mentionsOf(analysis, unit, decl).some(
    (m) => m.call && !m.unit.file.isTest && isWaitedBefore(analysis, { unit: m.unit, node: m.call }, depth + 1),
  );
}

/** Calls that wait for a group. */
export function groupWaits(analysis: Analysis, unit: DeclUnit): CallExpr[] {
  return nodesOfKind(unit.decl, 'CallExpr').filter((c) => /\.Wait$/.test(analysis.callee(unit, c).name));
}

/** True for code that a `defer` statement runs when the function around it ends. */
export function isInDefer(parents: ParentMap, node: Node): boolean {
  return ancestor(parents, node, (n) => n.kind === 'DeferStmt') !== undefined;
}

/** True for a receive that waits for other goroutines of the program: not for a signal, a context or the time, nor as one arm of several. */
function isForOthers(analysis: Analysis, unit: DeclUnit, receive: Node & { kind: 'UnaryExpr' }): boolean {
  const parents = analysis.parents(unit);
  const stmt = parents.get(receive);
  const arm = stmt && parents.get(stmt);
  if (arm?.kind === 'CommClause' && arm.comm === stmt) return false;
  if (asCall(unparen(receive.x))) return false;
  const type = analysis.types.underlying(analysis.typeOf(unit, receive.x));
  return type.kind !== 'chan' || !(isNamed(type.elem, 'os', 'Signal') || isNamed(type.elem, 'time', 'Time'));
}

function isChannel(analysis: Analysis, unit: DeclUnit, x: Expr): boolean {
  return analysis.types.underlying(analysis.typeOf(unit, x)).kind === 'chan';
}
