/** Functions that put something into a map by calling a helper which does nothing but that with the map. */
import type { CallExpr, ExprStmt, FuncDecl, IndexExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import type { Contents } from './place-contents.ts';
import { callsNaming, nameOf } from './place-names.ts';
import type { Place, PlaceStore } from './place-stores.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, flattenFields, pathText, unparen } from './walk.ts';

/** A call by which an element of a map gets something new. */
export interface HelperCall {
  unit: DeclUnit;
  func: FuncDecl;
  stmt: ExprStmt;
  call: CallExpr;
  /** The element as the caller writes it. */
  place: Place;
}

/**
 * The calls of a helper that fills the element of a map whose key it is given, in functions that have looked at the same element before.
 * Nothing for a helper that may return without having done it, or that has to do with what was in the map.
 */
export function helperCalls(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncDecl,
  { stmt, place }: PlaceStore,
  contents: Contents,
): HelperCall[] {
  const key = place.key && unparen(place.key);
  if (key?.kind !== 'Ident' || key.obj?.role !== 'param' || key.obj.func !== func) return [];
  const root = baseIdent(place.container)?.obj;
  if (root && root.role !== 'recv') return [];
  const parents = analysis.parents(unit);
  const isCertain = parents.get(stmt) === func.body;
  const mayReturn = nodesOfKind(func, 'ReturnStmt').some((r) => r.start < stmt.start);
  const isOfHelper = (x: { unit: DeclUnit }): boolean => x.unit === unit;
  if (!isCertain || mayReturn || contents.uses.some(isOfHelper) || contents.aliases.some(isOfHelper)) return [];
  // What it calls, or starts, may look at what is in the map, too.
  if (callsNaming(analysis, unit, func, nameOf(place), 0, func)) return [];
  const index = flattenFields(func.type.params).findIndex((p) => p.name === key.obj?.decl);
  const container = unit.text(place.container);
  return mentionsOf(analysis, unit, func).flatMap(({ unit: at, call }): HelperCall[] => {
    const { decl } = at;
    const around = call && analysis.parents(at).get(call);
    if (!call || around?.kind !== 'ExprStmt' || decl.kind !== 'FuncDecl' || decl === func || at.file.isTest) return [];
    if (enclosingFunc(analysis.parents(at), call) !== decl) return [];
    const given = call.args[index];
    const name = given && pathText(given);
    const recv = call.fun.kind === 'SelectorExpr' ? pathText(call.fun.x) : undefined;
    if (!given || name === undefined || (root && recv === undefined)) return [];
    const map = root ? `${recv}${container.slice(root.name.length)}` : container;
    const looked = contents.aliases
      .map((a) => (a.unit === at ? a.from : undefined))
      .find((x): x is IndexExpr => x?.kind === 'IndexExpr' && at.text(x) === `${map}[${name}]`);
    const steady = [looked?.x, given].every((x) => {
      const object = x && baseIdent(x)?.obj;
      return x !== undefined && (!object || (object.writes.length === 0 && !object.addressTaken));
    });
    return looked && steady
      ? [{ unit: at, func: decl, stmt: around, call, place: { target: looked, container: looked.x, key: given } }]
      : [];
  });
}
