/** A worker is started and neither stopped nor handed on. */
import { type SpawnSite, spawnSites } from '../../concurrency/spawns/spawn-sites.ts';
import { insertAfterErrorCheck } from '../../fixes/error-check.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { factsAt } from '../../golang/conditions.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, enclosingStmt, inLoop } from '../../golang/parents.ts';
import { findUnreleasedPath, type UnreleasedPath } from '../../golang/paths.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { cfgNode } from '../../golang/resources.ts';
import { isErrorType } from '../../golang/types.ts';
import { useEffect } from '../../golang/uses.ts';
import { calledName, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { pathSteps } from '../witness.ts';
import { type Stoppable, stoppable } from './start-without-stop.types.ts';
import { text } from './start-without-stop.text.ts';

export const startWithoutStop = defineRule({
  meta: {
    id: 'start-without-stop',
    group: 'goroutine',
    level: 'warning',
    // What a test starts ends with its process.
    skipsTests: true,
    triggers: ['\\.Start\\(', '\\.Run\\((?<=\\bgo\\s+\\w+\\.Run\\()'],
    fixes: ['defer-stop'],
    daemon: true,
  },
  text,
  check(context) {
    for (const call of nodesOfKind(context.unit.decl, 'CallExpr'))
      if (/^(?:Start|Run)$/.test(calledName(call))) checkStart(context, call);
  },
});

function checkStart(context: RuleContext, call: CallExpr): void {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const x = call.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
  const object = x?.kind === 'Ident' ? x.obj : undefined;
  if (!func || !object || object.func !== func) return;
  const left = (): SpawnSite | undefined => leftBehind(context, call);
  const worker = stoppable(analysis, unit, object, call, left);
  const site = worker && left();
  if (!site || runsOncePerProcess(analysis, unit, call)) return;
  const stops = stopsOf(context, object, worker);
  const path = stops && pathWithoutStop(context, func, stops, call);
  if (!path) return;
  const end = path.node ?? { start: func.end - 1, end: func.end };
  const isOwn = parents.get(call)?.kind === 'GoStmt';
  const stop = `${object.name}.${worker.stop}()`;
  context.report({
    node: call,
    message: path.end === 'return' ? 'not-stopped' : 'again',
    args: { call: unit.text(call.fun), stop, line: context.line({ node: end }) },
    steps: [
      ...(isOwn ? [] : [{ unit: site.unit, node: site.node, message: 'step-goroutine' }]),
      ...pathSteps(unit, func, path),
    ],
    fixes: [
      {
        id: 'defer-stop',
        title: 'fix-defer',
        args: { stop },
        preferred: true,
        // Where it is stopped on other ways, it would be stopped twice.
        edits:
          path.end === 'return' && stops.size === 0 && !inLoop(parents, call)
            ? deferStop(context, call, stop)
            : undefined,
      },
    ],
  });
}

/** Ends by which a goroutine waits for somebody to end it. */
const LASTING = new Set(['when-done', 'when-closed', 'when-received', 'when-signalled']);

/** The goroutine that is still there after the call: `Start` leaves one, `go w.Run()` is one. */
function leftBehind({ analysis, unit }: RuleContext, call: CallExpr): SpawnSite | undefined {
  const stmt = analysis.parents(unit).get(call);
  if (stmt?.kind === 'GoStmt')
    return spawnSites(analysis, unit).find((s) => s.node.start === stmt.start && LASTING.has(s.end.kind));
  if (calledName(call) !== 'Start' || stmt?.kind === 'DeferStmt') return undefined;
  const { visible } = analysis.callee(unit, call);
  return visible && spawnSites(analysis, visible.unit).find((s) => LASTING.has(s.end.kind));
}

/** Where the function stops what a variable holds; undefined when others may. */
function stopsOf(
  { analysis, unit }: RuleContext,
  object: LocalObject,
  worker: Stoppable,
): ReadonlySet<Node> | undefined {
  const parents = analysis.parents(unit);
  const { where } = analysis.cfg(unit, object.func);
  const stops = new Set<Node>();
  for (const use of object.uses) {
    const effect = useEffect(analysis, unit, use, object, { methods: worker.ends });
    // Whoever gets it may stop it at any time.
    if (effect === 'handoff' || effect === 'overwrite') return undefined;
    if (effect === 'release') stops.add(cfgNode(where, parents, use) ?? use);
  }
  return stops;
}

function pathWithoutStop(
  { analysis, unit }: RuleContext,
  func: FuncNode,
  stops: ReadonlySet<Node>,
  call: CallExpr,
): UnreleasedPath | undefined {
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, func);
  const start = cfgNode(cfg.where, parents, call);
  const block = start && cfg.where.get(start)?.block;
  if (!start || !block || !cfg.reachable.has(block) || stops.has(start)) return undefined;
  if ([...stops].some((s) => s.kind === 'DeferStmt' && s.start < start.start)) return undefined;
  const written = analysis.writtenPaths(unit, func);
  return findUnreleasedPath({
    unit,
    cfg,
    start,
    effect: (n) => (stops.has(n) ? 'settled' : 'none'),
    error: errorOf(analysis, unit, start),
    facts: factsAt(unit, parents, start, written),
    written,
  });
}

/** The variable that gets the error of the call: while it is not nil nothing was started. */
function errorOf(analysis: Analysis, unit: RuleContext['unit'], stmt: Node): LocalObject | undefined {
  const target = stmt.kind === 'AssignStmt' ? stmt.lhs.at(-1) : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return object && isErrorType(analysis.objectType(unit, object)) ? object : undefined;
}

function deferStop({ analysis, unit }: RuleContext, call: CallExpr, stop: string): FileEdit[] | undefined {
  const stmt = enclosingStmt(analysis.parents(unit), call);
  if (stmt?.kind === 'AssignStmt')
    return insertAfterErrorCheck(
      unit,
      stmt,
      `defer ${stop}`,
      (c) => analysis.callee(unit, c).fact?.neverReturns ?? false,
      errorOf(analysis, unit, stmt),
    );
  return stmt?.kind === 'ExprStmt' || stmt?.kind === 'GoStmt'
    ? insertAfterStatement(unit, stmt, `defer ${stop}`)
    : undefined;
}
