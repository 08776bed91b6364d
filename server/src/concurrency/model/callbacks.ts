/** Functions that clients give to methods: they are called with something of the package, and give that back later. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { exportedMethods, type Method, ownTarget } from './client-methods.ts';
import type { Code, Instruction } from './instructions.ts';
import { givesBack } from './lending.ts';
import { madeCode } from './made-code.ts';

/** How a function gives back what it is called with. */
export interface Kept {
  /** Which of its arguments that is. */
  param: number;
  /** How many it has. */
  params: number;
  back: Method;
  results: readonly Type[];
}

/** What a function of a type that a method takes can give back. */
export function keptBy({ types }: Analysis, unit: DeclUnit, type: Type): Kept | undefined {
  const u = types.underlying(type);
  if (u.kind !== 'func') return undefined;
  for (const [param, p] of u.params.entries()) {
    const owner = ownTarget(unit.pkg, p);
    const back = owner === undefined ? undefined : exportedMethods(unit.pkg, owner, () => true).find(givesBack);
    if (back) return { param, params: u.params.length, back, results: u.results };
  }
  return undefined;
}

/** True for a method to which a client gives such a function. */
export function takesKeeper(analysis: Analysis, { unit, decl }: Method): boolean {
  const { params } = analysis.types.signature(unit, decl.type);
  return params.some((type) => keptBy(analysis, unit, type) !== undefined);
}

/**
 * The code of such a function: it comes back at once, and a goroutine of it gives the value back when it is done with it.
 * @param back the code of the method by which it does
 */
export function keeperCode(unit: DeclUnit, { param, params, results }: Kept, back: Code): Code {
  const all = Array.from({ length: params }, (_, n) => n);
  const first = params;
  const body = { name: 'callback', registers: params + results.length + 1, params: all, captures: [] };
  return madeCode(unit, body, (site): Instruction[] => {
    const given = results.map((type, n): Instruction => ({ op: 'unknown', dst: first + n, type, site }));
    const items = results.map((_, n) => first + n);
    const src = items.length > 1 ? params + results.length : items[0];
    return [
      { op: 'go', code: back, recv: param, args: [], spread: false, site },
      ...given,
      ...(items.length > 1 ? [{ op: 'tuple' as const, dst: params + results.length, items, site }] : []),
      { op: 'return', src, site },
    ];
  });
}
