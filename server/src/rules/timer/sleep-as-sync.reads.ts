/** Reads of something that a goroutine writes, in a statement or in the functions that it calls. */
import type { CallExpr, Expr, Node, Stmt } from '../../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey, prefixDepth, rebase } from '../../golang/access-path.ts';
import { contains, find, flattenFields } from '../../golang/walk.ts';
import { isHarmless, type Site } from './sleep-as-sync.harmless.ts';

/** Calls followed one after the other. */
const MAX_DEPTH = 2;

/** `sync.Mutex.Lock` and the like. */
export function isLock({ analysis, unit }: Site, call: CallExpr): boolean {
  return /^sync\.(?:RW)?Mutex\.R?Lock$/.test(analysis.callee(unit, call).name);
}

/** A place where a path is read. */
export interface PathRead {
  /** The path, or the call of a function that reads it. */
  node: Expr;
  /** The function takes a lock before it does. */
  isLocked: boolean;
}

/** The first read of a path, or call that reads it and waits for nobody. */
export function readOf(context: Site, within: Node, path: AccessPath, depth = 0): PathRead | undefined {
  const direct = find(within, (n) => isReadOf(context, n, path));
  if (direct?.kind === 'Ident' || direct?.kind === 'SelectorExpr') return { node: direct, isLocked: false };
  if (depth === MAX_DEPTH) return undefined;
  let isLocked = false;
  const call = find(within, (n) => {
    if (n.kind !== 'CallExpr') return false;
    const read = calledRead(context, n, path, depth);
    isLocked ||= read?.isLocked ?? false;
    return read !== undefined;
  });
  return call?.kind === 'CallExpr' ? { node: call, isLocked } : undefined;
}

/** The same in the function that a call runs: it knows the path by its receiver or a parameter. */
function calledRead({ analysis, unit }: Site, call: CallExpr, path: AccessPath, depth: number): PathRead | undefined {
  const { recv } = analysis.callee(unit, call);
  const given = [recv, ...call.args].map((x) => {
    const from = x && accessPath(x);
    return from && prefixDepth(from, path);
  });
  if (given.every((steps) => steps === undefined)) return undefined;
  const body = analysis.body(unit, call);
  const func = body?.func.kind === 'FuncDecl' ? body.func : undefined;
  const block = func?.body;
  if (!body || body.unit.hasError || !func || !block) return undefined;
  const objects = [func.recv?.names[0]?.obj, ...flattenFields(func.type.params).map((p) => p.name?.obj)];
  const at = { analysis, unit: body.unit };
  for (const [i, steps] of given.entries()) {
    const object = objects[i];
    if (steps === undefined || !object || object.writes.length > 0 || object.addressTaken) continue;
    const read = readOf(at, block, rebase(path, steps, object), depth + 1);
    if (!read || !goesStraight(at, block.stmts, read.node)) continue;
    const locked = find(block, (n) => n.kind === 'CallExpr' && isLock(at, n)) !== undefined;
    return { ...read, isLocked: read.isLocked || locked };
  }
  return undefined;
}

/** True when nothing that may wait stands in the function beside the read. */
function goesStraight(at: Site, stmts: readonly Stmt[], read: Node): boolean {
  return stmts.every((s) => contains(s, read) || isHarmless(at, s));
}

function isReadOf({ analysis, unit }: Site, n: Node, path: AccessPath): boolean {
  if (n.kind !== 'Ident' && n.kind !== 'SelectorExpr') return false;
  const found = accessPath(n);
  if (!found || found.root !== path.root || pathKey(found) !== pathKey(path)) return false;
  // `m[k] = v` reads nothing of the map.
  let target: Node = n;
  const parents = analysis.parents(unit);
  let parent = parents.get(n);
  while (parent?.kind === 'IndexExpr' && parent.x === target) [target, parent] = [parent, parents.get(parent)];
  return !(parent?.kind === 'AssignStmt' && parent.op === '=' && parent.lhs.some((l) => l === target));
}
