/** Readers that have been read to their end: the body of a response has given its connection back by then. */
import type { CallExpr, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nilTest } from './expected-failure.ts';
import { findUnreleasedPath, type SearchSpec } from './paths.ts';
import { cfgNode } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { find, flattenFields, unparen } from './walk.ts';

const READS_ALL = /^(?:io|io\/ioutil)\.(?:ReadAll|Copy)$/;

/** The call that reads a variable's reader to its end: `io.ReadAll(resp.Body)`, or a function of the package that does that. */
export function readToEnd(analysis: Analysis, unit: DeclUnit, use: Ident): CallExpr | undefined {
  const parents = analysis.parents(unit);
  const body = parents.get(use);
  const arg: Node = body?.kind === 'SelectorExpr' ? body : use;
  const call = parents.get(arg);
  if (call?.kind !== 'CallExpr' || call.fun === arg) return undefined;
  if (READS_ALL.test(analysis.callee(unit, call).name)) return call;
  const visible = analysis.body(unit, call);
  const index = call.args.findIndex((a) => unparen(a) === arg);
  const param = visible && flattenFields(visible.func.type.params)[index];
  if (!visible || !param?.name?.obj || param.variadic) return undefined;
  return handsOn(analysis, visible.unit, visible.func, param.name.obj) ? call : undefined;
}

/** True for a function that gives a parameter of its own to something that reads it to the end. */
function handsOn(analysis: Analysis, unit: DeclUnit, func: Node, param: LocalObject): boolean {
  const isParam = (e: Expr): boolean => {
    const x = unparen(e);
    const base = x.kind === 'SelectorExpr' ? unparen(x.x) : x;
    return base.kind === 'Ident' && base.obj === param;
  };
  return (
    find(
      func,
      (n) => n.kind === 'CallExpr' && n.args.some(isParam) && READS_ALL.test(analysis.callee(unit, n).name),
    ) !== undefined
  );
}

/**
 * True when a value is read to its end on every way on which it is not released, and on none of them the reading is known to
 * have failed.
 */
export function isReadOnAllWays(analysis: Analysis, search: SearchSpec, uses: readonly Ident[]): boolean {
  const { unit, cfg } = search;
  const parents = analysis.parents(unit);
  const reads = new Map<Node, LocalObject | undefined>();
  for (const use of uses) {
    const call = readToEnd(analysis, unit, use);
    const node = call && cfgNode(cfg.where, parents, call);
    const target = node?.kind === 'AssignStmt' ? node.lhs.at(-1) : undefined;
    if (node) reads.set(node, target?.kind === 'Ident' ? target.obj : undefined);
  }
  if (reads.size === 0) return false;
  if (findUnreleasedPath({ ...search, effect: (n) => (reads.has(n) ? 'settled' : search.effect(n)) })) return false;
  return [...reads].every(([start, error]) => {
    if (!error) return true;
    const failed = findUnreleasedPath({
      ...search,
      start,
      throughStart: true,
      effect: (n) => (n === search.start ? 'overwritten' : search.effect(n)),
      error: undefined,
      settledBy: (e) => isNilOn(e, error) || (search.settledBy?.(e) ?? false),
    });
    return !failed?.decisions.some((e) => e.cond && nilTest(e.cond, error) !== undefined);
  });
}

/** True for the branch on which an error is nil. */
function isNilOn({ cond, kind }: { cond?: Expr; kind: string }, error: LocalObject): boolean {
  if (!cond || (kind !== 'true' && kind !== 'false')) return false;
  return nilTest(cond, error) === (kind === 'true');
}
