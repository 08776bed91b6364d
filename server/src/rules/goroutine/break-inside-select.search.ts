/** Finds each `break` that was meant to leave a loop and only leaves the `select` or `switch` in it. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { isContext, isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, isNil, pathText, unparen, walk } from '../../golang/walk.ts';
import type {
  BranchStmt,
  CaseClause,
  CommClause,
  Expr,
  ForStmt,
  Node,
  SelectStmt,
  SwitchStmt,
  TypeSwitchStmt,
} from '../../syntax/ast.ts';

type Switching = SelectStmt | SwitchStmt | TypeSwitchStmt;

/** An unlabelled `break`, what it leaves, and the loop around that. */
export interface Inner {
  jump: BranchStmt;
  clause: CaseClause | CommClause;
  left: Switching;
  loop: ForStmt;
}

/** By what the code knows that it should stop, as written; and whether the loop then never ends. */
interface Reason {
  node: Node;
  when: string;
  endless: boolean;
}

/** Every `break` below a node that was meant for the loop around. */
export function misplacedBreaks(analysis: Analysis, unit: DeclUnit, root: Node): (Inner & { reason: Reason })[] {
  const found: (Inner & { reason: Reason })[] = [];
  walk(root, (n) => {
    if (n.kind !== 'BranchStmt' || n.tok !== 'break' || n.label) return;
    const inner = innerBreak(analysis, unit, n);
    const reason = inner && meantForLoop(analysis, unit, inner);
    if (inner && reason) found.push({ ...inner, reason });
  });
  return found;
}

/** The `break`, what it leaves and the loop around; undefined for one that has a label or leaves the loop. */
function innerBreak(analysis: Analysis, unit: DeclUnit, jump: BranchStmt): Inner | undefined {
  const parents = analysis.parents(unit);
  const clause = ancestor(parents, jump, (n) => n.kind === 'CaseClause' || n.kind === 'CommClause' || isLoopOrFunc(n));
  if (clause?.kind !== 'CaseClause' && clause?.kind !== 'CommClause') return undefined;
  const left = parents.get(clause);
  if (left?.kind !== 'SelectStmt' && left?.kind !== 'SwitchStmt' && left?.kind !== 'TypeSwitchStmt') return undefined;
  const loop = ancestor(parents, left, isLoopOrFunc);
  return loop?.kind === 'ForStmt' ? { jump, clause, left, loop } : undefined;
}

function isLoopOrFunc(n: Node): boolean {
  return n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n);
}

/** Why the `break` must have been meant for the loop: an end was announced, yet the loop goes on. */
function meantForLoop(analysis: Analysis, unit: DeclUnit, inner: Inner): Reason | undefined {
  const end = announcedEnd(analysis, unit, inner) ?? conditionOfNothing(analysis, unit, inner);
  if (!end || inner.loop.cond) return undefined;
  const func = enclosingFunc(analysis.parents(unit), inner.loop);
  if (!func) return undefined;
  const cfg = analysis.cfg(unit, func);
  const head = cfg.heads.get(inner.loop);
  const endless = endlessLoops(cfg).some((l) => head !== undefined && l.blocks.has(head));
  const when = unit.text(end.node).replace(/\s+/g, ' ');
  if (endless) return { node: end.node, when, endless };
  // The loop can end otherwise: only a break that does nothing at all is a mistake beyond doubt.
  const isMistake = end.lasting && doesNothing(inner) && !asksAgain(unit, inner, end.node);
  return isMistake || spinsOnClosed(unit, inner, end.node) ? { node: end.node, when, endless } : undefined;
}

/**
 * True for `case v, ok := <-in: if !ok { break }` where nothing follows the `select` in the loop and nobody sets `in` to nil: it is ready
 * from then on, turn after turn.
 */
function spinsOnClosed(unit: DeclUnit, { jump, clause, left, loop }: Inner, cond: Node): boolean {
  const comm = clause.kind === 'CommClause' ? clause.comm : undefined;
  const test = clause.body.find((s) => s.kind === 'IfStmt' && s.cond === cond);
  if (comm?.kind !== 'AssignStmt' || test?.kind !== 'IfStmt' || test.else || loop.body.stmts.at(-1) !== left)
    return false;
  const [receive] = comm.rhs;
  const x = receive && unparen(receive);
  const ok = cond.kind === 'UnaryExpr' ? unparen(cond.x) : undefined;
  if (x?.kind !== 'UnaryExpr' || ok?.kind !== 'Ident' || !isReceiveOk(comm.rhs, comm.lhs, ok)) return false;
  // Whoever notes that it is closed may look at that elsewhere.
  if (test.body.stmts.length !== 1 || test.body.stmts[0] !== jump) return false;
  const chan = unit.text(x.x);
  return !find(loop.body, (n) => n.kind === 'AssignStmt' && n.lhs.some((l) => unit.text(l) === chan));
}

/** Names under which a channel announces an end rather than work. */
const END_NAME = /done|quit|stop|exit|clos|shut|term|cancel|kill|finish|halt|die|dying/i;

/** The receive or condition by which the code knows that there is no more to do. `lasting`: it stays so for ever. */
function announcedEnd(analysis: Analysis, unit: DeclUnit, inner: Inner): { node: Node; lasting: boolean } | undefined {
  const { jump, clause } = inner;
  const parents = analysis.parents(unit);
  const condition = ancestor(parents, jump, (n) => n.kind === 'IfStmt' || n === clause);
  if (condition?.kind === 'IfStmt') {
    const inBody = contains(condition.body, jump);
    return inBody && isEndCondition(analysis, unit, condition.cond)
      ? { node: condition.cond, lasting: false }
      : undefined;
  }
  if (clause.body.at(-1) !== jump) return undefined;
  if (clause.kind === 'CaseClause') {
    const cond = clause.exprs.length === 1 ? clause.exprs[0] : undefined;
    const isEnd = cond && (isEndCondition(analysis, unit, cond) || isMessageOfEnd(unit, inner, cond));
    return isEnd ? { node: cond, lasting: false } : undefined;
  }
  const comm = clause.comm;
  const x = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const receive = x && unparen(x);
  if (receive?.kind !== 'UnaryExpr' || receive.op !== '<-') return undefined;
  if (isContextDone(analysis, unit, receive.x)) return { node: receive, lasting: true };
  const type = analysis.types.underlying(analysis.typeOf(unit, receive.x));
  if (type.kind !== 'chan') return undefined;
  const elem = analysis.types.underlying(type.elem);
  const isSignal = isNamed(type.elem, 'os', 'Signal');
  const named = END_NAME.test((pathText(receive.x) ?? '').replace(/^.*\./, ''));
  const isEmpty = elem.kind === 'struct' && elem.node.fields.length === 0;
  return isSignal || (named && isEmpty) || isOnlyClosed(analysis, unit, receive.x, named, doesNothing(inner))
    ? { node: receive, lasting: false }
    : undefined;
}

/** `case ctlStop:` of a `switch` on what was received, no other part of which ends with a `break`, as those who write it everywhere do. */
function isMessageOfEnd(unit: DeclUnit, { left }: Inner, value: Expr): boolean {
  if (left.kind !== 'SwitchStmt' || !left.tag) return false;
  const name = (pathText(value) ?? unit.text(value)).replace(/^.*\./, '');
  const ends = left.cases.filter(({ body }) => {
    const last = body.at(-1);
    return last?.kind === 'BranchStmt' && last.tok === 'break' && !last.label;
  });
  return END_NAME.test(name) && ends.length === 1;
}

/**
 * True for a channel that the package closes and never sends on. What has no name for an end, such as `ready`, may only be one for an
 * arm that does nothing, and where other packages cannot send either.
 */
function isOnlyClosed(analysis: Analysis, unit: DeclUnit, chan: Expr, saysEnd: boolean, isIdle: boolean): boolean {
  const channel = saysEnd || isIdle ? channelOf(analysis, unit, chan) : undefined;
  if (!channel) return false;
  const { closes, sends, complete } = channelFacts(analysis, channel);
  return closes.length > 0 && sends.length === 0 && (complete || saysEnd);
}

function isContextDone(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const x = unparen(chan);
  if (x.kind !== 'CallExpr' || x.fun.kind !== 'SelectorExpr' || x.fun.sel.name !== 'Done') return false;
  return isContext(analysis.typeOf(unit, x.fun.x));
}

/** `!ok` of a receive, `err == io.EOF`, `errors.Is(err, io.EOF)`, `ctx.Err() != nil`: from here on nothing else will come. */
function isEndCondition(analysis: Analysis, unit: DeclUnit, cond: Expr): boolean {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') {
    const ok = unparen(x.x);
    return (
      ok.kind === 'Ident' &&
      ok.obj?.declNode.kind === 'AssignStmt' &&
      isReceiveOk(ok.obj.declNode.rhs, ok.obj.declNode.lhs, ok)
    );
  }
  if (x.kind === 'BinaryExpr' && x.op === '==') return isEOF(analysis, unit, x.x) || isEOF(analysis, unit, x.y);
  if (x.kind === 'BinaryExpr' && x.op === '!=' && isNil(x.y)) {
    const call = unparen(x.x);
    if (call.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Err') return false;
    return isContext(analysis.typeOf(unit, call.fun.x));
  }
  if (x.kind === 'CallExpr') {
    const target = x.args[1];
    return target !== undefined && analysis.callee(unit, x).name === 'errors.Is' && isEOF(analysis, unit, target);
  }
  return isEOF(analysis, unit, x);
}

function isReceiveOk(rhs: readonly Expr[], lhs: readonly Expr[], ok: Expr & { kind: 'Ident' }): boolean {
  const value = rhs.length === 1 && rhs[0] ? unparen(rhs[0]) : undefined;
  const second = lhs[1];
  return value?.kind === 'UnaryExpr' && value.op === '<-' && second?.kind === 'Ident' && second.obj === ok.obj;
}

function isEOF(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  if (x.kind !== 'SelectorExpr' || x.sel.name !== 'EOF') return false;
  const type = analysis.typeOf(unit, x.x);
  return type.kind === 'package' && type.path === 'io';
}

/** The condition of a `break` at the very end of a turn, where it does nothing: nobody writes that who wants the loop to go on. */
function conditionOfNothing(
  analysis: Analysis,
  unit: DeclUnit,
  { jump, clause, left, loop }: Inner,
): { node: Node; lasting: boolean } | undefined {
  const last = clause.body.at(-1);
  if (left.kind !== 'SelectStmt' || loop.body.stmts.at(-1) !== left || last?.kind !== 'IfStmt' || last.else)
    return undefined;
  const parents = analysis.parents(unit);
  return last.body.stmts.at(-1) === jump && parents.get(jump) === last.body
    ? { node: last.cond, lasting: false }
    : undefined;
}

/** True when nothing follows that the `break` could skip, in the clause or in the loop. */
function doesNothing({ clause, left, loop, jump }: Inner): boolean {
  return clause.body.at(-1) === jump && loop.body.stmts.at(-1) === left;
}

/** True when the loop looks at the same context elsewhere, and may leave there. */
function asksAgain(unit: DeclUnit, { loop, clause }: Inner, receive: Node): boolean {
  const chan = receive.kind === 'UnaryExpr' ? unparen(receive.x) : undefined;
  const ctx = chan?.kind === 'CallExpr' && chan.fun.kind === 'SelectorExpr' ? unit.text(chan.fun.x) : undefined;
  if (ctx === undefined) return true;
  return (
    find(
      loop.body,
      (n) =>
        n.kind === 'SelectorExpr' &&
        (n.sel.name === 'Done' || n.sel.name === 'Err') &&
        unit.text(n.x) === ctx &&
        !contains(clause, n),
    ) !== undefined
  );
}
