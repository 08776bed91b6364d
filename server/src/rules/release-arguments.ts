/** What a release wants to be called with: `conn.Close(ctx)`. */
import { apiFact } from '../golang/api/facts.ts';
import type { Acquisition } from '../golang/resources.ts';
import { isContext } from '../golang/types.ts';
import { calledName, pathText, unparen } from '../golang/walk.ts';
import type { RuleContext } from './context.ts';

/**
 * The arguments with which a method of an acquired value is called: none, or the context that the acquiring call got. Undefined when
 * nothing is known of the method, or it wants something else.
 */
export function releaseArguments(context: RuleContext, a: Acquisition, method: string): string | undefined {
  const { analysis, unit } = context;
  const result = analysis.types.valuesOf(unit, a.call)[a.acquires.result];
  const found = result && analysis.types.members.find(result, method);
  if (found?.type.kind !== 'func') return undefined;
  const { params, variadic } = found.type;
  if (params.length === (variadic ? 1 : 0)) return '';
  const index = apiFact(a.origin)?.takesContext;
  const arg = a.callee === a.origin && index !== undefined ? a.call.args[index] : undefined;
  const x = arg && unparen(arg);
  if (!x || params.length !== 1 || !isContext(params[0]!)) return undefined;
  if (x.kind === 'Ident') return x.name;
  const isOfRequest = x.kind === 'CallExpr' && x.args.length === 0 && calledName(x) === 'Context';
  return isOfRequest && pathText(x.fun) !== undefined ? unit.text(x) : undefined;
}
