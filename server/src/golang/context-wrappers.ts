/** Functions that give their callers a context made from the one they get: `withUser(ctx, u)`. */
import type { Expr, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { isContext } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, find, flattenFields } from './walk.ts';

/** Functions that are followed, one calling the other. */
const MAX_DEPTH = 3;

/**
 * Qualified name of the known function that makes the first result of a call from its first argument, a context: the callee itself, or what
 * a function of the workspace does on each way and with a key that is always the same. A wrapper that looks at what
 * it gets, such as for a value that is there already, is none of them.
 */
export function contextMaker(analysis: Analysis, callee: Callee, depth = 0): string | undefined {
  if (callee.fact) return callee.fact.takesContext === 0 ? callee.name : undefined;
  if (callee.kind !== 'func' && callee.kind !== 'method') return undefined;
  return callee.visible && depth < MAX_DEPTH ? madeBy(analysis, callee.visible, depth) : undefined;
}

function madeBy(analysis: Analysis, { unit, decl }: VisibleFunc, depth: number): string | undefined {
  const [first] = flattenFields(decl.type.params);
  const ctx = first?.variadic ? undefined : first?.name?.obj;
  if (!decl.body || unit.hasError || !ctx || ctx.writes.length > 0 || !isContext(analysis.objectType(unit, ctx)))
    return undefined;
  const parents = analysis.parents(unit);
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  let name: string | undefined;
  for (const { results } of returns) {
    name = results[0] && madeHere(analysis, unit, results[0], ctx, depth);
    if (name === undefined) return undefined;
  }
  return ctx.uses.length === returns.length ? name : undefined;
}

/** The same of what is returned: a call that makes it from the parameter, with a key that no parameter decides. */
function madeHere(analysis: Analysis, unit: DeclUnit, expr: Expr, ctx: LocalObject, depth: number): string | undefined {
  const call = asCall(expr);
  const [parent, key] = call?.args ?? [];
  if (!call || parent?.kind !== 'Ident' || parent.obj !== ctx) return undefined;
  const callee = analysis.callee(unit, call);
  const name = contextMaker(analysis, callee, depth + 1);
  if (callee.name === 'context.WithValue' && (!key || find(key, (n) => n.kind === 'Ident' && n.obj !== undefined)))
    return undefined;
  return name;
}
