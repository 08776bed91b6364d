/** Loops that wait for a condition variable and do nothing else. */
import type { Analysis } from '../../golang/analysis.ts';
import { NEGATED } from '../../golang/helping-changes.ts';
import type { OwnMention } from '../../golang/own-mentions.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { type Method, methodOf } from '../../golang/small-values.ts';
import { calledName, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, ForStmt, IfStmt, Stmt } from '../../syntax/ast.ts';

/** What a condition has to be for the loop to go on waiting. */
export interface Part {
  expr: Expr;
  is: boolean;
}

export interface Waiter {
  method: Method;
  call: CallExpr;
  /** The condition of the loop, and those under which it is left before it waits. */
  parts: readonly Part[];
  /** Whoever is woken there wakes others before it sleeps again. */
  passesOn: boolean;
}

/** The method that is called on a condition variable where it is mentioned. */
export function operationAt(analysis: Analysis, { unit, node }: OwnMention): string | undefined {
  const selector = analysis.parents(unit).get(node);
  return selector?.kind === 'SelectorExpr' && selector.x === node ? selector.sel.name : undefined;
}

/** The loop around a wait, where nothing happens in it but that it asks, waits, and perhaps counts or wakes others. */
export function waiterAt(analysis: Analysis, mention: OwnMention): Waiter | undefined {
  const { unit, node } = mention;
  if (operationAt(analysis, mention) !== 'Wait') return undefined;
  const parents = analysis.parents(unit);
  const call = ancestor(parents, node, (n) => n.kind === 'CallExpr');
  const loop = ancestor(parents, node, (n) => n.kind === 'ForStmt' || isFunc(n));
  const method = methodOf(unit);
  if (call?.kind !== 'CallExpr' || loop?.kind !== 'ForStmt' || !method) return undefined;
  const parts = partsOf(loop);
  const passesOn = loop.body.stmts.some((s) => isCallOf(s, /^(?:Signal|Broadcast)$/));
  return parts && parts.length > 0 ? { method, call, parts, passesOn } : undefined;
}

/** What has to be so for a loop to wait; undefined for one that does other things too. */
export function partsOf({ init, cond, post, body }: ForStmt): Part[] | undefined {
  if (init || post) return undefined;
  const parts: Part[] = cond ? [{ expr: cond, is: true }] : [];
  let hasWaited = false;
  for (const s of body.stmts) {
    hasWaited ||= isCallOf(s, /^Wait$/);
    // What is asked after the wait is asked before the next one.
    if (s.kind === 'IfStmt' && !hasWaited && leaves(s)) parts.push({ expr: s.cond, is: false });
    else if (s.kind !== 'IncDecStmt' && !isCallOf(s, /^(?:Wait|Signal|Broadcast)$/)) return undefined;
  }
  return parts;
}

/** True for `if closed { return }`. */
function leaves({ init, body, else: otherwise }: IfStmt): boolean {
  const last = body.stmts.at(-1);
  if (init || otherwise || !last || find(body, (n) => n.kind === 'CallExpr' && calledName(n) === 'Wait')) return false;
  return last.kind === 'ReturnStmt' || (last.kind === 'BranchStmt' && last.tok === 'break' && !last.label);
}

function isCallOf(s: Stmt, names: RegExp): boolean {
  return s.kind === 'ExprStmt' && s.x.kind === 'CallExpr' && names.test(calledName(s.x));
}

/** The condition under which a loop waits. */
export function conditionOf({ method, parts }: Waiter): string {
  return parts.map(({ expr, is }) => (is ? textOf(method, expr) : negated(method, expr))).join(' && ');
}

function negated(method: Method, expr: Expr): string {
  const x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '!') return textOf(method, x.x);
  const opposite = x.kind === 'BinaryExpr' ? NEGATED.get(x.op) : undefined;
  if (x.kind === 'BinaryExpr' && opposite) return `${textOf(method, x.x)} ${opposite} ${textOf(method, x.y)}`;
  const text = textOf(method, x);
  return x.kind === 'BinaryExpr' ? `!(${text})` : `!${text}`;
}

function textOf({ unit }: Method, expr: Expr): string {
  return unit.text(expr).replace(/\s+/g, ' ');
}
