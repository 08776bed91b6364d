/** A `break` that was meant to leave the loop only leaves the `select` or `switch` around it. */
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
import { endlessLoops } from '../../golang/endless-loops.ts';
import { ancestor, enclosingFunc, inLoop, isFunc } from '../../golang/parents.ts';
import { isContext, isNamed } from '../../golang/types.ts';
import { contains, find, isNil, pathText, unparen, walk } from '../../golang/walk.ts';
import type { TextEdit } from '../../engine/finding.ts';
import { doneReturn } from '../../fixes/done-return.ts';
import { breakOutOfLoop } from '../../fixes/label-break.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './break-inside-select.text.ts';

type Switching = SelectStmt | SwitchStmt | TypeSwitchStmt;

/** An unlabelled `break`, what it leaves, and the loop around that. */
interface Inner {
  jump: BranchStmt;
  clause: CaseClause | CommClause;
  left: Switching;
  loop: ForStmt;
}

export const breakInsideSelect = defineRule({
  meta: {
    id: 'break-inside-select',
    group: 'goroutine',
    level: 'error',
    triggers: [
      [
        '\\bbreak[ \\t]*(?:$|[\\r;}/])',
        '\\bfor\\s*(?:[^{\\n]*;\\s*;[^{\\n]*)?\\{',
        '\\b(?:select|switch)\\b',
        // What announces an end.
        '<-|\\bEOF\\b|\\.Err\\(\\)',
      ],
    ],
    fixes: ['leave-loop'],
    overlaps: ['staticcheck SA4011'],
  },
  text,
  check(context) {
    walk(context.unit.decl, (n) => {
      if (n.kind !== 'BranchStmt' || n.tok !== 'break' || n.label) return;
      const inner = innerBreak(context, n);
      const reason = inner && meantForLoop(context, inner);
      if (!inner || !reason) return;
      const what = inner.left.kind === 'SelectStmt' ? 'select' : 'switch';
      context.report({
        node: n,
        message: reason.endless ? 'never-ends' : 'goes-on',
        args: { what, when: reason.when, line: context.line({ node: inner.loop }) },
        steps: [
          { node: reason.node, message: 'step-when' },
          { node: { start: inner.loop.start, end: inner.loop.start + 3 }, message: 'step-loop' },
        ],
        fixes: [
          { id: 'leave-loop', title: 'fix-leave-loop', preferred: true, edits: leaveLoop(context, inner, reason.node) },
        ],
      });
    });
  },
});

/** Where nothing follows the loop, a function with results has to return some; elsewhere the `break` gets a label. */
function leaveLoop(context: RuleContext, { jump, loop }: Inner, end: Node): TextEdit[] | undefined {
  const { unit } = context;
  const func = enclosingFunc(context.analysis.parents(unit), loop);
  const place = placeInList(unit, loop);
  const isLast = place !== undefined && place.index === place.list.stmts.length - 1;
  if (!isLast || !func?.type.results.length || inLoop(context.analysis.parents(unit), loop))
    return breakOutOfLoop(unit, [jump], loop);
  const done = end.kind === 'UnaryExpr' ? unit.text(end.x) : '';
  const leave = doneReturn(unit, jump, done);
  return leave === undefined ? undefined : replaceNode(unit, jump, leave);
}

function innerBreak(context: RuleContext, jump: BranchStmt): Inner | undefined {
  const parents = context.analysis.parents(context.unit);
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
function meantForLoop(context: RuleContext, inner: Inner): { node: Node; when: string; endless: boolean } | undefined {
  const end = announcedEnd(context, inner);
  if (!end || inner.loop.cond) return undefined;
  const { analysis, unit } = context;
  const func = enclosingFunc(analysis.parents(unit), inner.loop);
  if (!func) return undefined;
  const cfg = analysis.cfg(unit, func);
  const head = cfg.heads.get(inner.loop);
  const endless = endlessLoops(cfg).some((l) => head !== undefined && l.blocks.has(head));
  const when = unit.text(end.node).replace(/\s+/g, ' ');
  if (endless) return { node: end.node, when, endless };
  // The loop can end otherwise: only a break that does nothing at all is a mistake beyond doubt.
  return end.lasting && doesNothing(inner) && !asksAgain(context, inner, end.node)
    ? { node: end.node, when, endless }
    : undefined;
}

/** Names under which a channel announces an end rather than work. */
const END_NAME = /done|quit|stop|exit|clos|shut|term|cancel|kill|finish|halt|die|dying/i;

/** The receive or condition by which the code knows that there is no more to do. `lasting`: it stays so for ever. */
function announcedEnd(context: RuleContext, { jump, clause }: Inner): { node: Node; lasting: boolean } | undefined {
  const { unit } = context;
  const parents = context.analysis.parents(unit);
  const condition = ancestor(parents, jump, (n) => n.kind === 'IfStmt' || n === clause);
  if (condition?.kind === 'IfStmt') {
    const inBody = contains(condition.body, jump);
    return inBody && isEndCondition(context, condition.cond) ? { node: condition.cond, lasting: false } : undefined;
  }
  if (clause.body.at(-1) !== jump) return undefined;
  if (clause.kind === 'CaseClause') {
    const cond = clause.exprs.length === 1 ? clause.exprs[0] : undefined;
    return cond && isEndCondition(context, cond) ? { node: cond, lasting: false } : undefined;
  }
  const comm = clause.comm;
  const x = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const receive = x && unparen(x);
  if (receive?.kind !== 'UnaryExpr' || receive.op !== '<-') return undefined;
  if (isContextDone(context, receive.x)) return { node: receive, lasting: true };
  const type = context.analysis.types.underlying(context.analysis.typeOf(unit, receive.x));
  if (type.kind !== 'chan') return undefined;
  const elem = context.analysis.types.underlying(type.elem);
  const isSignal = isNamed(type.elem, 'os', 'Signal');
  const named = END_NAME.test((pathText(receive.x) ?? '').replace(/^.*\./, ''));
  return isSignal || (named && elem.kind === 'struct' && elem.node.fields.length === 0)
    ? { node: receive, lasting: false }
    : undefined;
}

function isContextDone(context: RuleContext, chan: Expr): boolean {
  const x = unparen(chan);
  if (x.kind !== 'CallExpr' || x.fun.kind !== 'SelectorExpr' || x.fun.sel.name !== 'Done') return false;
  return isContext(context.analysis.typeOf(context.unit, x.fun.x));
}

/** `!ok` of a receive, `err == io.EOF`, `errors.Is(err, io.EOF)`, `ctx.Err() != nil`: from here on nothing else will come. */
function isEndCondition(context: RuleContext, cond: Expr): boolean {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') {
    const ok = unparen(x.x);
    return (
      ok.kind === 'Ident' &&
      ok.obj?.declNode.kind === 'AssignStmt' &&
      isReceiveOk(ok.obj.declNode.rhs, ok.obj.declNode.lhs, ok)
    );
  }
  if (x.kind === 'BinaryExpr' && x.op === '==') return isEOF(context, x.x) || isEOF(context, x.y);
  if (x.kind === 'BinaryExpr' && x.op === '!=' && isNil(x.y)) {
    const call = unparen(x.x);
    if (call.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.fun.sel.name !== 'Err') return false;
    return isContext(context.analysis.typeOf(context.unit, call.fun.x));
  }
  if (x.kind === 'CallExpr') {
    const target = x.args[1];
    return (
      target !== undefined && context.analysis.callee(context.unit, x).name === 'errors.Is' && isEOF(context, target)
    );
  }
  return isEOF(context, x);
}

function isReceiveOk(rhs: readonly Expr[], lhs: readonly Expr[], ok: Expr & { kind: 'Ident' }): boolean {
  const value = rhs.length === 1 && rhs[0] ? unparen(rhs[0]) : undefined;
  const second = lhs[1];
  return value?.kind === 'UnaryExpr' && value.op === '<-' && second?.kind === 'Ident' && second.obj === ok.obj;
}

function isEOF(context: RuleContext, expr: Expr): boolean {
  const x = unparen(expr);
  if (x.kind !== 'SelectorExpr' || x.sel.name !== 'EOF') return false;
  const type = context.analysis.typeOf(context.unit, x.x);
  return type.kind === 'package' && type.path === 'io';
}

/** True when nothing follows that the `break` could skip, in the clause or in the loop. */
function doesNothing({ clause, left, loop, jump }: Inner): boolean {
  return clause.body.at(-1) === jump && loop.body.stmts.at(-1) === left;
}

/** True when the loop looks at the same context elsewhere, and may leave there. */
function asksAgain(context: RuleContext, { loop, clause }: Inner, receive: Node): boolean {
  const chan = receive.kind === 'UnaryExpr' ? unparen(receive.x) : undefined;
  const ctx = chan?.kind === 'CallExpr' && chan.fun.kind === 'SelectorExpr' ? context.unit.text(chan.fun.x) : undefined;
  if (ctx === undefined) return true;
  return (
    find(
      loop.body,
      (n) =>
        n.kind === 'SelectorExpr' &&
        (n.sel.name === 'Done' || n.sel.name === 'Err') &&
        context.unit.text(n.x) === ctx &&
        !contains(clause, n),
    ) !== undefined
  );
}
