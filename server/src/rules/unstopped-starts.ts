/** Calls that leave a goroutine behind which only a method of a value ends, and the ways on which nobody calls that. */
import { type SpawnSite } from '../concurrency/spawns/spawn-sites.ts';
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { factsAt } from '../golang/conditions.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { enclosingFunc } from '../golang/parents.ts';
import { findUnreleasedPath, type UnreleasedPath } from '../golang/paths.ts';
import { runsOncePerProcess } from '../golang/process-lifetime.ts';
import { cfgNode } from '../golang/resources.ts';
import { isErrorType } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { useEffect } from '../golang/uses.ts';
import { calledName } from '../golang/walk.ts';
import type { CallExpr, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import { givenStart, ownStart } from './goroutine/start-without-stop.starts.ts';
import { type Stoppable } from './goroutine/start-without-stop.types.ts';

/** A call that starts what a local variable holds, or gives it started. */
export interface Start {
  call: CallExpr;
  object: LocalObject;
  worker: Stoppable;
  /** The goroutine that is still there after the call. */
  site: SpawnSite;
}

export interface UnstoppedStart extends Start {
  /** Where the function stops it on other ways. */
  stops: ReadonlySet<Node>;
  path: UnreleasedPath;
}

/** The call as one that starts something which is left running on some way out. */
export function unstoppedStart(analysis: Analysis, unit: DeclUnit, call: CallExpr): UnstoppedStart | undefined {
  const func = enclosingFunc(analysis.parents(unit), call);
  const start = func && startBy(analysis, unit, func, call);
  if (!start || runsOncePerProcess(analysis, unit, call)) return undefined;
  const stops = stopsOf(analysis, unit, start);
  const path = stops && pathWithoutStop(analysis, unit, func, stops, call);
  return path && { ...start, stops, path };
}

function startBy(analysis: Analysis, unit: DeclUnit, func: FuncNode, call: CallExpr): Start | undefined {
  const start = /^(?:Start|Run)$/.test(calledName(call)) ? ownStart(analysis, unit, call) : undefined;
  const found = start ?? givenStart(analysis, unit, call);
  return found?.object.func === func ? found : undefined;
}

/** True when a leak of the model is told where a function starts the goroutine and leaves it behind. */
export function saysUnstopped(analysis: Analysis, { entry, steps }: Leak): boolean {
  const sites = steps.map((s) => s.site);
  const units = new Set([entry, ...sites.map(({ unit }) => unit)]);
  return [...units].some(
    (at) =>
      !at.file.isTest &&
      nodesOfKind(at.decl, 'CallExpr').some((call) => {
        const site = unstoppedStart(analysis, at, call)?.site;
        return site && sites.some(({ unit, node }) => unit === site.unit && node.start === site.node.start);
      }),
  );
}

/** Where the function stops what a variable holds; undefined when others may. */
function stopsOf(analysis: Analysis, unit: DeclUnit, { object, worker }: Start): ReadonlySet<Node> | undefined {
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
  analysis: Analysis,
  unit: DeclUnit,
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
export function errorOf(analysis: Analysis, unit: DeclUnit, stmt: Node): LocalObject | undefined {
  const target = stmt.kind === 'AssignStmt' ? stmt.lhs.at(-1) : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return object && isErrorType(analysis.objectType(unit, object)) ? object : undefined;
}
