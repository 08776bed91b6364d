/** Counts goroutines where they are started. */
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { deleteStatement, moveStatementBefore } from '../../fixes/move-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { pathName } from '../../golang/access-path.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import { find } from '../../golang/walk.ts';
import type { Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** The `Add` in front of the `go` statements that start its goroutine. */
export function repairs(context: RuleContext, spawn: Spawn, add: SyncCall): FixSpec[] {
  const { unit } = context;
  const stmt = statementOf(spawn, add);
  const [delta] = add.call.args;
  if (!stmt || delta?.kind !== 'BasicLit') return [];
  if (spawn.body?.func.kind === 'FuncDecl') return moveToStarts(context, spawn.body, add, stmt);
  if (spawn.unit !== unit || spawn.body?.unit !== unit) return [];
  const name = pathName(add.path);
  const useGo = wgGo(context, spawn, add, stmt);
  return [
    {
      id: 'move-add',
      title: 'fix-move',
      args: { name },
      preferred: true,
      safe: true,
      edits: moveStatementBefore(unit, stmt, spawn.stmt),
    },
    ...(useGo ? [useGo] : []),
  ];
}

/** Out of a function that only its package starts, as a goroutine wherever it does. */
function moveToStarts(
  { analysis }: RuleContext,
  { unit, func }: NonNullable<Spawn['body']>,
  add: SyncCall,
  stmt: Stmt,
): FixSpec[] {
  if (func.kind !== 'FuncDecl' || isExported(func.name.name)) return [];
  // What comes before it, a lock say, may be there to keep it apart from the wait.
  const isFirst = func.body?.stmts.every((s) => s.start >= stmt.start || s.kind === 'DeferStmt');
  if (!isFirst) return [];
  const mentions = mentionsOf(analysis, unit, func);
  const counted = mentions.map(({ unit: at, call }) => {
    const start = call && analysis.parents(at).get(call);
    const outer = call && pathOutside(analysis, at, call, func, add.path);
    if (start?.kind !== 'GoStmt' || !outer) return undefined;
    return insertBeforeStatement(
      at,
      start,
      `${pathName(outer)}.Add(${add.call.args.map((a) => unit.text(a)).join(', ')})`,
    );
  });
  if (counted.length === 0) return [];
  const edits = combine(deleteStatement(unit, stmt), ...counted);
  return [{ id: 'move-add', title: 'fix-move', args: { name: pathName(add.path) }, preferred: true, edits }];
}

/** The statement of the call, when it is one that the goroutine always runs: nothing before it leaves. */
function statementOf(spawn: Spawn, add: SyncCall): Stmt | undefined {
  const stmts = spawn.body?.func.body?.stmts ?? [];
  const at = stmts.findIndex((s) => s.kind === 'ExprStmt' && s.x === add.call);
  const leaves = (n: Node): boolean => n.kind === 'ReturnStmt' || (n.kind === 'BranchStmt' && n.tok === 'goto');
  return stmts.slice(0, Math.max(at, 0)).some((s) => find(s, leaves)) ? undefined : stmts[at];
}

/** `go func() { wg.Add(1); defer wg.Done(); … }()` is `wg.Go(func() { … })` since Go 1.25. */
function wgGo(context: RuleContext, spawn: Spawn, add: SyncCall, stmt: Stmt): FixSpec | undefined {
  const { unit } = context;
  const lit = spawn.body?.func;
  const [delta] = add.call.args;
  if (!context.goAtLeast('1.25') || lit?.kind !== 'FuncLit' || spawn.call.fun !== lit || spawn.call.args.length > 0)
    return undefined;
  if (delta?.kind !== 'BasicLit' || delta.value !== '1' || lit.type.results.length > 0) return undefined;
  const [first, second] = lit.body.stmts;
  const name = pathName(add.path);
  if (first !== stmt || second?.kind !== 'DeferStmt' || unit.text(second.call) !== `${name}.Done()`) return undefined;
  return {
    id: 'use-wg-go',
    title: 'fix-go',
    args: { name },
    edits: combine(
      replaceNode(unit, { start: spawn.stmt.start, end: lit.start }, `${name}.Go(`),
      deleteStatement(unit, first),
      deleteStatement(unit, second),
      replaceNode(unit, { start: lit.end, end: spawn.call.end }, ')'),
    ),
  };
}
