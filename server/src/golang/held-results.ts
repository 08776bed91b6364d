/**
 * Calls of functions of the package that give a struct which holds a resource and a goroutine that goes on using it. Dropping one is no
 * mistake as such: the goroutine may be all that it is for.
 */
import type { Analysis } from './analysis.ts';
import { carrierNames, type HOLDING } from './carriers.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { acquiredForCaller } from './place-stores.ts';
import { type Acquisition, acquisitions, allAcquisitions, resultsOf } from './resources.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName } from './walk.ts';

/** An acquisition by a function of the package. */
export interface HeldResult extends Acquisition {
  /** The one in that function. */
  made: Acquisition;
}

/** Such calls in a declaration, those left out that are acquisitions of its own. */
export function heldResults(
  analysis: Analysis,
  unit: DeclUnit,
  kinds: ReadonlySet<string>,
  holding: keyof typeof HOLDING,
): HeldResult[] {
  const names = carrierNames(unit.pkg, holding);
  if (names.size === 0) return [];
  const parents = analysis.parents(unit);
  const known = new Set(allAcquisitions(analysis, unit, kinds).map(({ call }) => call));
  return nodesOfKind(unit.decl, 'CallExpr').flatMap((call) => {
    if (known.has(call) || !names.has(calledName(call))) return [];
    const func = enclosingFunc(parents, call);
    const { visible, name } = analysis.callee(unit, call);
    if (!func || !visible || visible.unit.pkg !== unit.pkg) return [];
    const errorIndex = analysis.types.signature(visible.unit, visible.decl.type).results.findIndex(isErrorType);
    for (const made of acquisitions(analysis, visible.unit, kinds)) {
      const given = made.func === visible.decl ? acquiredForCaller(analysis, made) : undefined;
      if (!given) continue;
      const { error: _, ...rest } = given.acquires;
      const acquires = { ...rest, result: given.index, ...(errorIndex >= 0 && { error: errorIndex }) };
      const { origin } = made;
      return [{ unit, func, call, callee: name, origin, acquires, made, ...resultsOf(parents, call, acquires) }];
    }
    return [];
  });
}
