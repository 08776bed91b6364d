/** Ways of a received item through functions that leave the group which counts it as it is. */
import type { Place } from '../../concurrency/spawns/channel-facts.ts';
import { type AccessPath, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { leavesLoop } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { PathEffects, pathsInside } from '../../golang/path-effects.ts';
import { findUnreleasedPath, type UnreleasedPath } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import { contains, flattenFields } from '../../golang/walk.ts';
import type { Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';

/** A way on which an item is dropped. */
export interface Dropping {
  unit: DeclUnit;
  func: FuncNode;
  path: UnreleasedPath;
  /** The group as the function writes it. */
  name: string;
}

export interface Item {
  object?: LocalObject;
  /** The node that receives it; absent for a function that is given it. */
  start?: Node;
  /** False while nothing was received. */
  ok?: LocalObject;
}

/** Calls between the loop that receives and the function that counts down. */
const MAX_CALLS = 3;

/** Looks through the functions that a receiver and those it calls are. */
export class DroppingWays {
  /** Functions that have been looked through. */
  readonly visited = new Set<FuncNode>();
  private readonly effects: PathEffects;

  constructor(private readonly analysis: Analysis) {
    this.effects = new PathEffects(analysis, { perform: ['Done'], open: ['Add'] });
  }

  /** A way through the function that neither counts the item down nor hands it on. */
  through(
    unit: DeclUnit,
    func: FuncNode,
    path: AccessPath,
    { object, start, ok }: Item,
    depth: number,
  ): Dropping | undefined {
    const { analysis } = this;
    this.visited.add(func);
    const effects = this.effects.nodes(unit, func, path);
    const performing = [...effects].filter(([, e]) => e === 'performs').map(([n]) => n);
    if (performing.length === 0) return undefined;
    const cfg = analysis.cfg(unit, func);
    const parents = analysis.parents(unit);
    const settled = new Set<Node | undefined>(effects.keys());
    for (const use of object?.uses ?? [])
      if (useEffect(analysis, unit, use, object as LocalObject, { methods: [] }) === 'handoff')
        settled.add(cfgNode(cfg.where, parents, use));
    const found = findUnreleasedPath({
      unit,
      cfg,
      start,
      ok,
      effect: (n) => (settled.has(n) ? 'settled' : 'none'),
      settledBy: (e) => start?.kind === 'RangeStmt' && leavesLoop(start, e),
      facts: new Map(),
      written: analysis.writtenPaths(unit, func),
    });
    if (found) return { unit, func, path: found, name: pathName(path) };
    if (depth >= MAX_CALLS) return undefined;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const callee = performing.some((n) => contains(n, call)) ? analysis.callee(unit, call).own : undefined;
      if (!callee || callee.unit.hasError || this.visited.has(callee.decl)) continue;
      const index = call.args.findIndex((a) => objectOf(a) === object && object !== undefined);
      const param = flattenFields(callee.decl.type.params)[index]?.name?.obj;
      for (const inside of pathsInside(analysis, unit, call, callee.decl, path)) {
        const deeper = this.through(callee.unit, callee.decl, inside, { object: param }, depth + 1);
        if (deeper) return deeper;
      }
    }
    return undefined;
  }
}

/** What a receive gives, where that has a name. */
export function itemOf(analysis: Analysis, { unit, node }: Place): Item | undefined {
  if (node.kind === 'RangeStmt') return { start: node, object: objectOf(node.key) };
  const stmt = analysis.parents(unit).get(node);
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1) return undefined;
  return { start: stmt, object: objectOf(stmt.lhs[0]), ok: objectOf(stmt.lhs[1]) };
}

function objectOf(x: Expr | undefined): LocalObject | undefined {
  return x?.kind === 'Ident' ? x.obj : undefined;
}
