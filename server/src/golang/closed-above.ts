/** Readers whose `Close` closes nothing but themselves, given to a caller who cannot get at what they read from. */
import type { CallExpr, Ident, ReturnStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { declaredWith } from './fresh-values.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import type { Acquisition } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, contains, unparen } from './walk.ts';

const READERS = /^compress\/(?:(?:gzip|zlib|flate)\.NewReader(?:Dict)?|lzw\.NewReader)$/;

/**
 * True for a variable that a return gives away as nothing but what such a reader reads from: `return gzip.NewReader(body)`, or the variable with the reader.
 * The caller gets something to close, and closes that alone.
 */
export function isClosedAbove(analysis: Analysis, unit: DeclUnit, ret: ReturnStmt, use: Ident): boolean {
  const func = enclosingFunc(analysis.parents(unit), ret);
  if (!func) return false;
  const { results } = analysis.types.signature(unit, func.type);
  // The results of a call that are all there is to return.
  const index = ret.results.findIndex((x) => contains(x, use));
  const x = ret.results[index];
  const reader = x && readerOf(analysis, unit, x, use);
  if (!reader) return false;
  const given = results[index];
  return given !== undefined && analysis.types.members.find(given, 'Close')?.kind === 'method';
}

/** True where some return of the function around an acquisition gives it away so: what closes it there takes it from the caller. */
export function isReadAbove(analysis: Analysis, { unit, func, call }: Acquisition): boolean {
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'ReturnStmt').some(
    (ret) =>
      ret.start > call.start &&
      enclosingFunc(parents, ret) === func &&
      ret.results.some((x) => {
        const made = unparen(x);
        const value = made.kind === 'Ident' && made.obj ? declaredWith(made.obj) : made;
        const reader = value !== undefined && value !== 'zero' ? asCall(value) : undefined;
        return reader !== undefined && READERS.test(analysis.callee(unit, reader).name);
      }),
  );
}

function readerOf(
  analysis: Analysis,
  unit: DeclUnit,
  result: ReturnStmt['results'][number],
  use: Ident,
): CallExpr | undefined {
  const x = unparen(result);
  if (x.kind === 'Ident' && (x !== use || !x.obj || x.obj.writes.length > 0)) return undefined;
  const value = x.kind === 'Ident' && x.obj ? declaredWith(x.obj) : x;
  const reader = value !== undefined && value !== 'zero' ? asCall(value) : undefined;
  return reader && READERS.test(analysis.callee(unit, reader).name) ? reader : undefined;
}
