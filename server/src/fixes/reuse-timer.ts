/** Makes one timer before a loop and sets it anew on each turn. */
import type { FileEdit } from './file-edit.ts';
import type { Analysis } from '../golang/analysis.ts';
import { neverReturnsAfter } from '../golang/cfg-reach.ts';
import { enclosingFunc, isFunc, type ParentMap } from '../golang/parents.ts';
import { dependsOnInside } from '../golang/scopes.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { find } from '../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, FuncNode, Ident, Node, SelectStmt } from '../syntax/ast.ts';
import { combine } from './apply.ts';
import { insertBeforeStatement } from './insert-statement.ts';
import type { Loop } from './jumps.ts';
import { freshName } from './names.ts';
import { replaceNode } from './replace-expr.ts';
import { eolOf, indentAt, isFirstOnLine, layLines } from './source-lines.ts';

export interface Place {
  analysis: Analysis;
  unit: DeclUnit;
  goAtLeast(version: string): boolean;
}

/** Where the channel of a timer is made and received from. */
type Use =
  /** `case <-time.After(d):` */
  | { stmt: SelectStmt; reads: [CallExpr] }
  /** `limit := time.After(d)` */
  | { stmt: AssignStmt; reads: Ident[] };

/**
 * `time.After(d)` in a loop becomes the channel of a timer that is made before the outermost loop.
 * @returns undefined where the channel is not received from right there, or the limit is not known before the loop
 */
export function reuseTimer({ analysis, unit, goAtLeast }: Place, call: CallExpr): FileEdit[] | undefined {
  const parents = analysis.parents(unit);
  const [limit] = call.args;
  const func = enclosingFunc(parents, call);
  const loop = outermostLoop(parents, call);
  const use = useOf(parents, call);
  if (!limit || !func || !loop || !use || call.fun.kind !== 'SelectorExpr') return undefined;
  if (dependsOnInside(limit, loop) || hasEffects(analysis, unit, limit)) return undefined;
  const name = ownName(parents, func, use) ?? freshName(unit, loop, 'timer');
  const duration = unit.text(limit);
  const made = [`${name} := ${unit.text(call.fun.x)}.NewTimer(${duration})`];
  const cfg = analysis.cfg(unit, func);
  // Where the function never returns there is nothing to defer.
  if (!cfg.where.has(use.stmt) || !neverReturnsAfter(cfg, use.stmt)) made.push(`defer ${name}.Stop()`);
  const reset = `${name}.Reset(${duration})`;
  const set = goAtLeast('1.23') ? reset : `${drain(name)}\n${reset}`;
  return combine(
    insertBeforeStatement(unit, loop, made.join('\n')),
    use.stmt.kind === 'SelectStmt' ? insertBeforeStatement(unit, use.stmt, set) : replaceStatement(unit, use.stmt, set),
    ...use.reads.map((read) => replaceNode(unit, read, `${name}.C`)),
  );
}

function outermostLoop(parents: ParentMap, node: Node): Loop | undefined {
  let found: Loop | undefined;
  for (let n = parents.get(node); n && !isFunc(n); n = parents.get(n))
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') found = n;
  return found;
}

function useOf(parents: ParentMap, call: CallExpr): Use | undefined {
  const parent = parents.get(call);
  if (parent?.kind === 'UnaryExpr' && parent.op === '<-') {
    const comm = parents.get(parent);
    const clause = comm && parents.get(comm);
    const select = clause?.kind === 'CommClause' && clause.comm === comm ? parents.get(clause) : undefined;
    // A jump to its label would leave the timer as it is.
    const isLabelled = select && parents.get(select)?.kind === 'LabeledStmt';
    return select?.kind === 'SelectStmt' && !isLabelled ? { stmt: select, reads: [call] } : undefined;
  }
  if (parent?.kind !== 'AssignStmt' || parent.op !== ':=' || parent.lhs.length !== 1) return undefined;
  const [target] = parent.lhs;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  if (!object || object.captured || object.addressTaken || object.writes.length > 0) return undefined;
  const isReceived = object.uses.every((use) => {
    const up = parents.get(use);
    return up?.kind === 'UnaryExpr' && up.op === '<-';
  });
  const isElement = ['BlockStmt', 'CaseClause', 'CommClause'].includes(parents.get(parent)?.kind ?? '');
  return isReceived && isElement && object.uses.length > 0 ? { stmt: parent, reads: object.uses } : undefined;
}

/** The name of the variable for the channel, which the timer replaces; undefined where something else in the function has it, too. */
function ownName(parents: ParentMap, func: FuncNode, { stmt, reads }: Use): string | undefined {
  const [read] = reads;
  const object = stmt.kind === 'AssignStmt' && read?.kind === 'Ident' ? read.obj : undefined;
  const isOther = (n: Node): boolean => {
    if (n.kind !== 'Ident' || n.name !== object?.name || n.obj === object) return false;
    const parent = parents.get(n);
    return !(parent?.kind === 'SelectorExpr' && parent.sel === n);
  };
  return object && !find(func, isOther) ? object.name : undefined;
}

function replaceStatement(unit: DeclUnit, stmt: AssignStmt, lines: string): FileEdit[] | undefined {
  const { text } = unit.file;
  if (!isFirstOnLine(text, unit.base + stmt.start)) return undefined;
  const indent = indentAt(text, unit.base + stmt.start);
  return replaceNode(unit, stmt, layLines(lines, indent, eolOf(text)).slice(indent.length));
}

/** Before Go 1.23 a value that the timer has sent already stays in its channel, and the next turn would take it for its own. */
function drain(name: string): string {
  return `if !${name}.Stop() {\n\tselect {\n\tcase <-${name}.C:\n\tdefault:\n\t}\n}`;
}

/** True when an expression calls something: the fix would have it called twice on the first turn. */
function hasEffects(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  return (
    find(expr, (n) => {
      if (n.kind === 'UnaryExpr') return n.op === '<-';
      return n.kind === 'CallExpr' && analysis.callee(unit, n).kind !== 'conversion';
    }) !== undefined
  );
}
