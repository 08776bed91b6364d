/** Code of iterators, and of functions that take them, that nobody wrote in the program: those of `maps` and `slices`. */
import type { Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import { madeCode, UNKNOWN } from './made-code.ts';

const PLAIN = { spread: false, type: UNKNOWN } as const;

/** What an iterator over a collection yields. */
export type Yields = 'keys' | 'values' | 'all';

/** An iterator over the map or slice that it captures. */
export function iteratorOver(unit: DeclUnit, yields: Yields, collection: Type, element: Type): Code {
  return iterator(unit, collection, element, () => ({ keys: [3], values: [4], all: [3, 4] })[yields], []);
}

/** An iterator of which only the types of what it yields are known; it captures where it came from. */
export function unseenIterator(unit: DeclUnit, types: readonly Type[]): Code {
  return iterator(unit, UNKNOWN, UNKNOWN, () => types.map((_, n) => n + 3), types);
}

/** Goes over what it captures; of `unknown` types it makes values. */
function iterator(unit: DeclUnit, type: Type, valueType: Type, args: () => Reg[], unknown: readonly Type[]): Code {
  const registers = 6 + unknown.length;
  return madeCode(unit, { name: 'iterator', registers, params: [1], captures: [0] }, (site) => {
    const made = unknown.map((t, n): Instruction => ({ op: 'unknown', dst: n + 3, type: t, site }));
    const end = made.length + 4;
    return [
      { op: 'const', dst: 2, value: 0, site },
      { op: 'range', x: 0, iter: 2, body: 2, key: 3, value: 4, type, valueType, exit: end, isCount: false, site },
      ...made,
      { op: 'call', dst: registers - 1, fun: 1, args: args(), ...PLAIN, site },
      { op: 'branch', cond: registers - 1, yes: 1, no: end, site },
      { op: 'return', site },
    ];
  });
}

/** A function that gathers what an iterator yields in a slice. */
export function collecting(unit: DeclUnit, sorts: boolean): Code {
  const add = madeCode(unit, { name: 'add', registers: 5, params: [1], captures: [0] }, (site) => [
    { op: 'load', dst: 2, cell: 0, site },
    { op: 'append', dst: 3, x: 2, items: [1], spread: false, site },
    { op: 'store', cell: 0, src: 3, site },
    { op: 'const', dst: 4, value: true, site },
    { op: 'return', src: 4, site },
  ]);
  return madeCode(unit, { name: 'collect', registers: 5, params: [0], captures: [] }, (site) => [
    { op: 'const', dst: 1, value: null, site },
    { op: 'cell', dst: 2, src: 1, site },
    { op: 'closure', dst: 3, code: add, env: [2], site },
    { op: 'call', dst: 4, fun: 0, args: [3], ...PLAIN, site },
    { op: 'load', dst: 1, cell: 2, site },
    ...(sorts ? [{ op: 'sort', x: 1, site } as const] : []),
    { op: 'return', src: 1, site },
  ]);
}
