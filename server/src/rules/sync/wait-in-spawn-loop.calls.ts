/** Goroutines that a function of the package starts for the loop which calls it. */
import {
  type AccessPath,
  accessPath,
  type Mention,
  mentions,
  pathKey,
  prefixDepth,
  rebase,
} from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { ancestor, inLoop, isFunc, type ParentMap } from '../../golang/parents.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields } from '../../golang/walk.ts';
import type { CallExpr, ForStmt, LocalObject, Node, RangeStmt, Stmt } from '../../syntax/ast.ts';

const GROUP = new Set(['WaitGroup']);

export interface CalledLaunch {
  launch: Launch;
  call: CallExpr;
  /** The statement of the loop that has the call. */
  stmt: Stmt;
}

/**
 * The one call in a turn of the loop that starts a goroutine, counted by the group that is waited for. Nothing else in the turn has to do
 * with the group.
 */
export function calledLaunch(
  analysis: Analysis,
  unit: DeclUnit,
  wait: SyncCall,
  loop: ForStmt | RangeStmt,
): CalledLaunch | undefined {
  const parents = analysis.parents(unit);
  let found: CalledLaunch | undefined;
  for (const m of mentions(parents, loop.body, wait.path)) {
    if (contains(wait.call, m.expr)) continue;
    const call = callWith(parents, m);
    const visible = call && analysis.callee(unit, call).own;
    if (!call || !visible || visible.unit.hasError) return undefined;
    const started = launches(analysis, visible.unit);
    if (started.length === 0 && m.depth === 0) continue;
    const [launch, ...others] = started;
    const inside = pathInside(analysis, unit, call, wait.path);
    const stmt = loop.body.stmts.find((s) => contains(s, call));
    if (found || !launch || others.length > 0 || !inside || !stmt || !runsOnce(parents, call, loop)) return undefined;
    if (!isCountedBy(analysis, launch, inside)) return undefined;
    found = { launch, call, stmt };
  }
  return found;
}

/** The call that a mention is the receiver or an argument of. */
function callWith(parents: ParentMap, { expr }: Mention): CallExpr | undefined {
  const parent = parents.get(expr);
  if (parent?.kind === 'CallExpr') return parent.fun === expr ? undefined : parent;
  const call = parent?.kind === 'SelectorExpr' ? parents.get(parent) : undefined;
  return call?.kind === 'CallExpr' && call.fun === parent ? call : undefined;
}

/** The path of the group as the function that is called knows it. */
function pathInside(analysis: Analysis, unit: DeclUnit, call: CallExpr, path: AccessPath): AccessPath | undefined {
  const { recv, own } = analysis.callee(unit, call);
  const given: { path: AccessPath | undefined; object: LocalObject | undefined }[] = [
    { path: recv && accessPath(recv), object: own?.decl.recv?.names[0]?.obj },
    ...flattenFields(own?.decl.type.params ?? []).map((p, i) => ({
      path: call.args[i] && accessPath(call.args[i]),
      object: p.name?.obj,
    })),
  ];
  for (const { path: prefix, object } of given) {
    const depth = prefix && prefixDepth(prefix, path);
    if (depth !== undefined && object) return rebase(path, depth, object);
  }
  return undefined;
}

/** True for a call that runs at most once in a turn, and in the turn. */
function runsOnce(parents: ParentMap, call: CallExpr, loop: ForStmt | RangeStmt): boolean {
  const around = ancestor(
    parents,
    call,
    (n: Node) =>
      n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n.kind === 'GoStmt' || n.kind === 'DeferStmt' || isFunc(n),
  );
  return around === loop;
}

/** True for one goroutine in each call, by `wg.Go` or with `wg.Add(1)` before it. */
function isCountedBy(analysis: Analysis, launch: Launch, path: AccessPath): boolean {
  const { unit, stmt } = launch;
  const parents = analysis.parents(unit);
  if (inLoop(parents, stmt) || ancestor(parents, stmt, isFunc) !== unit.decl) return false;
  const same = syncCalls(analysis, unit, unit.decl, GROUP).filter((c) => pathKey(c.path) === pathKey(path));
  if (same.some((c) => c.method === 'Wait')) return false;
  if (same.some((c) => c.call === launch.call)) return same.length === 1;
  const adds = same.filter((c) => c.method === 'Add');
  const [delta] = adds[0]?.call.args ?? [];
  return adds.length === 1 && delta?.kind === 'BasicLit' && delta.value === '1';
}
