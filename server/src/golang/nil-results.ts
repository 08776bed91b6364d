/** Functions that return nothing to use beside an error, and those that do. */
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { isErrorType } from './types.ts';
import { isNil, unparen, walkShallow } from './walk.ts';

/**
 * True when every return of a function with an error that is not plainly nil returns a plain `nil` as its `index`-th result:
 * what the caller gets beside an error is nil. False when that cannot be told, as of `return open(name)`.
 */
export function isNilBesideError(analysis: Analysis, { unit, decl }: VisibleFunc, index: number): boolean {
  const error = analysis.types.signature(unit, decl.type).results.findIndex(isErrorType);
  if (!decl.body || error < 0 || error === index) return false;
  let holds = true;
  let fails = false;
  walkShallow(decl.body, (n) => {
    if (n.kind !== 'ReturnStmt') return;
    const [value, failure] = [n.results[index], n.results[error]];
    if (!value || !failure) holds = false;
    else if (!isNil(unparen(failure))) {
      fails = true;
      if (!isNil(unparen(value))) holds = false;
    }
  });
  return holds && fails;
}
