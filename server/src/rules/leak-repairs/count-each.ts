/** Counts goroutines where they are started, rather than all of them before. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { moveBeforeAs } from '../../fixes/move-after.ts';
import { leavesNothingUnused } from '../../fixes/unused.ts';
import { pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { launches } from '../../golang/launches.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { PathEffects } from '../../golang/path-effects.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains } from '../../golang/walk.ts';
import type { Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';

const GROUP = new Set(['WaitGroup']);

/** `wg.Add(1)` before each `go`, where some turns of the loop start none. Title: `fix-count-each` ({call}, {line}). */
export function countEachFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { unit, node } = leak.site;
  const calls = syncCalls(analysis, unit, unit.decl, GROUP);
  const wait = calls.find((c) => c.method === 'Wait' && c.call.start === node.start && c.call.end === node.end);
  const found = wait && countEach(analysis, unit, calls, wait);
  if (!found || !isRepairedBy(context, leak, found.edits, true)) return undefined;
  return fixOf(context, unit, found);
}

/** The fix for an edit that `countEach` has made. */
export function fixOf(context: RuleContext, unit: DeclUnit, { edits, add, call }: CountEach): FixSpec {
  return {
    id: 'count-each',
    title: 'fix-count-each',
    args: { call, line: context.line({ unit, node: add.call }) },
    preferred: true,
    edits,
  };
}

export interface CountEach {
  edits: FileEdit[];
  /** What is moved. */
  add: SyncCall;
  /** `wg.Add(1)`. */
  call: string;
  /** The innermost loop around the goroutine. */
  loop: Node;
}

/**
 * Moves the only `Add` of a group from in front of a loop to where the loop starts the one goroutine that counts down.
 * @param calls every call on a wait group in the unit
 */
export function countEach(
  analysis: Analysis,
  unit: DeclUnit,
  calls: readonly SyncCall[],
  wait: SyncCall,
): CountEach | undefined {
  const parents = analysis.parents(unit);
  const key = pathKey(wait.path);
  const [add, ...others] = calls.filter((c) => c.method === 'Add' && pathKey(c.path) === key);
  const stmt = add && parents.get(add.call);
  const [delta] = add?.call.args ?? [];
  if (!add || others.length > 0 || stmt?.kind !== 'ExprStmt' || !delta) return undefined;
  // Who waits may be a goroutine that is started when all are counted.
  if (add.func !== wait.func && (wait.func.kind !== 'FuncLit' || !contains(add.func, wait.func))) return undefined;
  if (add.call.fun.kind !== 'SelectorExpr' || !leavesNothingUnused(unit, delta)) return undefined;
  const effects = new PathEffects(analysis, { perform: ['Done'], open: [] });
  const down = [...effects.nodes(unit, add.func, wait.path).keys()].filter((n) => n.start > add.call.end);
  const [launch, ...more] = launches(analysis, unit).filter((l) => down.includes(l.stmt));
  if (!launch || more.length > 0 || down.length > 1 || enclosingFunc(parents, launch.stmt) !== add.func)
    return undefined;
  const loop = ancestor(
    parents,
    launch.stmt,
    (n) => isFunc(n) || ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && !contains(n, add.call)),
  );
  if (!loop || isFunc(loop) || loop.start < add.call.end) return undefined;
  if (add.func !== wait.func && wait.func.start < loop.end) return undefined;
  const call = `${unit.text(add.call.fun)}(1)`;
  const edits = moveBeforeAs(unit, stmt, launch.stmt, call);
  return edits && { edits, add, call, loop };
}
