/** Functions without a context whose callers have one. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { contextsAt, type ContextParam, isRequest, runsWithin } from '../../golang/contexts.ts';
import { isExported } from '../../golang/exported.ts';
import { getsOnlyRoots } from '../../golang/root-contexts.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields } from '../../golang/walk.ts';
import type { CallExpr, FuncDecl } from '../../syntax/ast.ts';
import { isDetachedOnPurpose } from './context-not-propagated.purpose.ts';

/** Functions between the one with a context and the one that lacks it. */
const MAX_DEPTH = 3;

/** A call that leads to a function, made where a context is at hand. */
export interface Caller {
  unit: DeclUnit;
  call: CallExpr;
  param: ContextParam;
  name: string;
}

/**
 * A caller that could hand its context to the code at `node`, were there a parameter for it: also by way of other functions without
 * one. Only functions count that nobody outside of the package calls, and whose calls are all in sight.
 */
export function callerWithContext(analysis: Analysis, unit: DeclUnit, node: CallExpr): Caller | undefined {
  return search(analysis, unit, node, new Set());
}

function search(analysis: Analysis, unit: DeclUnit, node: CallExpr, seen: Set<FuncDecl>): Caller | undefined {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || seen.has(decl) || seen.size > MAX_DEPTH || isExported(decl.name.name))
    return undefined;
  seen.add(decl);
  if (takesContext(analysis, unit, decl) || !runsWithin(analysis, unit, node)) return undefined;
  const mentions = mentionsOf(analysis, unit, decl).filter((m) => !m.unit.file.isTest);
  const calls = mentions.flatMap(({ unit: from, call }) => (call ? [{ unit: from, call }] : []));
  // Whoever calls it as a value reckons with the parameters that it has.
  if (calls.length < mentions.length) return undefined;
  const detached = (c: (typeof calls)[number], param: ContextParam | undefined): boolean =>
    isDetachedOnPurpose({ analysis, unit: c.unit }, c.call, undefined, param, 'Background');
  for (const c of calls) {
    const [param] = contextsAt(analysis, c.unit, c.call);
    if (!param || c.unit.decl.kind !== 'FuncDecl' || detached(c, param)) continue;
    if (!getsOnlyRoots(analysis, c.unit, param)) return { ...c, param, name: c.unit.decl.name.name };
  }
  for (const c of calls) {
    const found = detached(c, undefined) ? undefined : search(analysis, c.unit, c.call, seen);
    if (found) return found;
  }
  return undefined;
}

/** True for a function with a context or a request of its own, whatever it does with that. */
function takesContext({ types }: Analysis, unit: DeclUnit, decl: FuncDecl): boolean {
  return flattenFields(decl.type.params).some((p) => {
    const type = types.resolve(unit, p.type);
    return isContext(type) || isRequest(type);
  });
}
