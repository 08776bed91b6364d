/** Waits for goroutines where a sleep gives them time. */
import { importEdits } from '../../fixes/add-import.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAtBlockStart, insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName } from '../../fixes/names.ts';
import { replaceExprs, replaceNode } from '../../fixes/replace-expr.ts';
import { eolOf, indentAt, layLines } from '../../fixes/source-lines.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { isFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains, find } from '../../golang/walk.ts';
import type { CallExpr, Expr, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { bringsLeak } from '../model-report.ts';

/**
 * A `sync.WaitGroup` that counts the goroutines, and `Wait` in the place of the sleep.
 * @param before the statements of the same list in front of the sleep
 */
export function waitForAll(
  context: RuleContext,
  before: readonly Stmt[],
  sleep: CallExpr,
  started: readonly Spawn[],
): FixSpec[] {
  const { unit } = context;
  const first = before.find((s) => started.some((spawn) => contains(s, spawn.stmt)));
  if (!first || started.some((s) => locksOtherwise(context, s))) return [];
  const sync = importEdits(unit.file, 'sync', { unit, node: first });
  const name = freshName(unit, first, 'wg', 'group');
  const counted = started.map((spawn) => countStart(context, spawn, name));
  if (!sync || counted.some((e) => e === undefined)) return [];
  const edits = combine(
    sync.edits,
    insertBeforeStatement(unit, first, `var ${name} ${sync.name}.WaitGroup`),
    ...counted,
    replaceExprs(unit, [sleep], `${name}.Wait()`),
  );
  if (!edits || bringsLeak(context, edits)) return [];
  return [{ id: 'use-wait-group', title: 'fix-wait', args: { name }, preferred: true, edits }];
}

/** True for locks that are not those of the standard library: whether the goroutine gets them is not known. */
function locksOtherwise({ analysis }: RuleContext, { body }: Spawn): boolean {
  return (
    body === undefined ||
    find(body.func, (n) => {
      if (n.kind !== 'CallExpr' || !/^R?Lock$/.test(calledName(n))) return false;
      return !analysis.callee(body.unit, n).name.startsWith('sync.');
    }) !== undefined
  );
}

/** `wg.Go(f)` since Go 1.25; before, and for what takes arguments, `wg.Add(1)` and a deferred `wg.Done()`. */
function countStart(context: RuleContext, { stmt, call }: Spawn, name: string): FileEdit[] | undefined {
  const { unit } = context;
  const lit = call.fun.kind === 'FuncLit' ? call.fun : undefined;
  const hasGo = context.goAtLeast('1.25');
  if (lit && hasGo && call.args.length === 0 && lit.type.results.length === 0)
    return combine(
      replaceNode(unit, { start: stmt.start, end: lit.start }, `${name}.Go(`),
      replaceNode(unit, { start: lit.end, end: call.end }, ')'),
    );
  const add = insertBeforeStatement(unit, stmt, `${name}.Add(1)`);
  if (lit) return combine(add, insertAtBlockStart(unit, lit.body, `defer ${name}.Done()`));
  if (![call.fun, ...call.args].every((x) => isSameLater(context, stmt, x))) return undefined;
  const run = unit.text(call);
  return hasGo
    ? replaceNode(unit, stmt, `${name}.Go(func() { ${run} })`)
    : combine(add, replaceNode(unit, stmt, inLiteral(unit, stmt, `defer ${name}.Done()`, run)));
}

function inLiteral(unit: DeclUnit, stmt: Stmt, ...lines: string[]): string {
  const { text } = unit.file;
  const indent = indentAt(text, unit.base + stmt.start);
  return layLines(`go func() {\n\t${lines.join('\n\t')}\n}()`, indent, eolOf(text)).slice(indent.length);
}

/** True for what the goroutine may evaluate as well: what is written down, and variables that have got their last value. */
function isSameLater({ analysis, unit, goAtLeast }: RuleContext, start: Stmt, expr: Expr): boolean {
  const parents = analysis.parents(unit);
  const loops: Node[] = [];
  for (let n = parents.get(start); n && !isFunc(n); n = parents.get(n))
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt') loops.push(n);
  const changes = ({ role, writes, declNode }: LocalObject): boolean => {
    const isOfLoop = role === 'range' || parents.get(declNode)?.kind === 'ForStmt';
    if (isOfLoop) return !goAtLeast('1.22');
    return writes.some((w) => w.start > start.start || loops.some((l) => contains(l, w)));
  };
  const differs = (n: Node): boolean =>
    n.kind === 'CallExpr' ||
    n.kind === 'FuncLit' ||
    (n.kind === 'UnaryExpr' && n.op === '<-') ||
    (n.kind === 'Ident' && n.obj !== undefined && changes(n.obj));
  return find(expr, differs) === undefined;
}
