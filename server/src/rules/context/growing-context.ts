/** A context is derived from itself on each turn of a loop. */
import type { Block } from '../../golang/cfg.ts';
import { contextMaker } from '../../golang/context-wrappers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, isFunc } from '../../golang/parents.ts';
import { dependsOnInside } from '../../golang/scopes.ts';
import { isContext } from '../../golang/types.ts';
import { baseIdent, contains, find, pathText, unparen, walk } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, ForStmt, IfStmt, Node, RangeStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { asksForValue } from './growing-context.conditions.ts';
import { declareBefore, declareInLoop } from './growing-context.fixes.ts';
import { text } from './growing-context.text.ts';

const LOOP = '^\\s*for\\b';

type Loop = ForStmt | RangeStmt;

export const growingContext = defineRule({
  meta: {
    id: 'growing-context',
    group: 'context',
    level: 'warning',
    triggers: [
      // An assignment, not a declaration.
      ['\\bWith(?:Value|Cancel|Timeout|Deadline|outCancel|Context)\\w*\\((?<=[^:]=\\s*[\\w.]+\\()', LOOP],
      // What a function of the package makes of it.
      ['[cC]tx\\s*(?:,\\s*[\\w.]+\\s*)?=\\s*[\\w.]+\\([\\w.]*[cC]tx\\b', LOOP],
    ],
    fixes: ['declare-in-loop'],
  },
  text,
  check(context) {
    for (const stmt of nodesOfKind(context.unit.decl, 'AssignStmt')) {
      const [value] = stmt.op === '=' && stmt.rhs.length === 1 ? stmt.rhs : [];
      const call = value && unparen(value);
      if (call?.kind === 'CallExpr') checkAssignment(context, stmt, call);
    }
  },
});

function checkAssignment(context: RuleContext, stmt: AssignStmt, call: CallExpr): void {
  const { analysis, unit } = context;
  const [parent] = call.args;
  const path = parent && pathText(parent);
  const target = path === undefined ? undefined : stmt.lhs.find((l) => pathText(l) === path);
  if (!parent || path === undefined || !target || !isContext(analysis.typeOf(unit, parent))) return;
  const callee = analysis.callee(unit, call);
  const maker = contextMaker(analysis, callee);
  if (maker === undefined) return;
  const loop = growsIn(context, stmt, call, target);
  if (!loop || !repeats(context, stmt, loop) || isOtherwiseSet(stmt, path, loop)) return;
  const condition = conditionOf(context, stmt, loop);
  // Keys that differ from turn to turn: a context with many values is being made.
  const [, key] = call.args;
  if (callee.fact && /\.WithValue$/.test(maker) && (!key || dependsOnInside(key, loop))) return;
  if (!isUsedIn(loop, path)) return;
  context.report({
    node: stmt,
    message: messageFor(maker),
    args: { ctx: path, call: unit.text(call.fun), line: context.line({ node: loop }) },
    steps: [{ node: { start: loop.start, end: loop.start + 3 }, message: 'step-loop', args: { ctx: path } }],
    fixes: [
      {
        id: 'declare-in-loop',
        title: 'fix-declare',
        args: { ctx: path },
        preferred: true,
        edits: condition ? declareBefore(context, condition, target, loop) : declareInLoop(context, stmt, loop),
      },
    ],
  });
}

function messageFor(name: string): string {
  if (/\.With(?:Timeout|Deadline)(?:Cause)?$/.test(name)) return 'grows-timed';
  if (/\.With(?:Cancel(?:Cause)?|Context)$/.test(name)) return 'grows-cancelled';
  return 'grows';
}

/**
 * The outermost loop on each turn of which the statement runs, and which does not declare what it assigns to. Under a
 * condition it may run once only, as in a loop over options: then it is the loop without end whose turns each ask anew.
 */
function growsIn(context: RuleContext, stmt: AssignStmt, call: CallExpr, target: Expr): Loop | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const decl = baseIdent(target)?.obj?.decl;
  const asked: Expr[] = [];
  let loop: Loop | undefined;
  for (let child: Node = stmt, n = parents.get(stmt); n && !isFunc(n); child = n, n = parents.get(n)) {
    switch (n.kind) {
      case 'ForStmt':
      case 'RangeStmt':
        if (n.body !== child || (decl && contains(n, decl))) return loop;
        if (asked.length > 0) return isEndless(context, n) && asksForValue(asked, call, n) ? n : undefined;
        loop = n;
        break;
      case 'IfStmt':
        if (loop || n.body !== child) return loop;
        asked.push(n.cond);
        break;
      case 'BlockStmt':
      case 'CommClause':
      case 'SelectStmt':
      case 'LabeledStmt':
        break;
      default:
        return loop;
    }
  }
  return loop;
}

/** The outermost `if` of a loop under which a statement stands. */
function conditionOf({ analysis, unit }: RuleContext, stmt: Node, loop: Node): IfStmt | undefined {
  const parents = analysis.parents(unit);
  let condition: IfStmt | undefined;
  for (let n = parents.get(stmt); n && n !== loop; n = parents.get(n)) if (n.kind === 'IfStmt') condition = n;
  return condition;
}

/** True for a loop that handles whatever comes, as long as something does: options and retries are counted. */
function isEndless({ analysis, unit }: RuleContext, loop: Loop): boolean {
  if (loop.kind === 'ForStmt') return loop.cond === undefined;
  return analysis.types.underlying(analysis.typeOf(unit, loop.x)).kind === 'chan';
}

/** True when control can come back to the statement without leaving the loop. */
function repeats({ analysis, unit }: RuleContext, stmt: AssignStmt, loop: Node): boolean {
  const func = enclosingFunc(analysis.parents(unit), stmt);
  const at = func && analysis.cfg(unit, func).where.get(stmt);
  if (!at) return false;
  const isInside = (b: Block): boolean => b.nodes.every((n) => contains(loop, n));
  const seen = new Set<Block>();
  const work = at.block.succs.map((e) => e.to);
  for (let b = work.pop(); b; b = work.pop()) {
    if (b === at.block) return true;
    if (seen.has(b) || !isInside(b)) continue;
    seen.add(b);
    work.push(...b.succs.map((e) => e.to));
  }
  return false;
}

/** True when the loop gives the variable another value, too: that of the turn's own parent. */
function isOtherwiseSet(stmt: AssignStmt, path: string, loop: Node): boolean {
  return (
    find(loop, (n) => {
      if (n.kind === 'UnaryExpr') return n.op === '&' && pathText(n.x) === path;
      if (n.kind !== 'AssignStmt' || n === stmt || n.op !== '=') return false;
      return n.lhs.some((l) => pathText(l) === path || path.startsWith(`${pathText(l) ?? ' '}.`)) && !derives(n, path);
    }) !== undefined
  );
}

/** True for `ctx = f(ctx, …)`. */
function derives({ lhs, rhs: [value] }: AssignStmt, path: string): boolean {
  const call = value && unparen(value);
  const isPath = (x: Expr | undefined): boolean => x !== undefined && pathText(x) === path;
  return lhs.some(isPath) && call?.kind === 'CallExpr' && isPath(call.args[0]);
}

/** True when the loop does something with the context, other than to derive the next one. */
function isUsedIn(loop: Node, path: string): boolean {
  let used = false;
  walk(loop, (n) => {
    if (used || (n.kind === 'AssignStmt' && derives(n, path))) return false;
    if ((n.kind === 'Ident' || n.kind === 'SelectorExpr') && pathText(n) === path) used = true;
    return !used;
  });
  return used;
}
