/** Code of methods that the model knows and nobody wrote: method values such as `wg.Done`, deferred `mu.Unlock()`, the body of `once.Do`. */
import type { DeclUnit } from '../../golang/unit.ts';
import type { Code, Instruction } from './instructions.ts';

const known = new WeakMap<DeclUnit, Map<string, Code>>();

/** A function that calls `method` on its receiver with `arity` arguments. */
export function methodCode(unit: DeclUnit, method: string, arity = 0): Code {
  let own = known.get(unit);
  if (!own) known.set(unit, (own = new Map()));
  const key = `${method}/${arity}`;
  let code = own.get(key);
  if (!code) {
    const site = { unit, node: { start: 0, end: 0 } };
    const params = Array.from({ length: arity }, (_, n) => n + 2);
    const instructions: Instruction[] =
      method === ONCE_BODY
        ? [
            { op: 'call', dst: 1, fun: 2, args: [], spread: false, type: { kind: 'unknown' }, site },
            {
              op: 'invoke',
              dst: 1,
              recv: 0,
              method: 'finished',
              args: [],
              spread: false,
              type: { kind: 'unknown' },
              site,
            },
            { op: 'return', site },
          ]
        : [
            { op: 'invoke', dst: 1, recv: 0, method, args: params, spread: false, type: { kind: 'unknown' }, site },
            { op: 'return', src: 1, site },
          ];
    code = {
      name: method,
      unit,
      func: undefined,
      instructions,
      registers: 2 + arity,
      recv: 0,
      params,
      variadic: false,
      captures: [],
      recovers: false,
    };
    own.set(key, code);
  }
  return code;
}

/** Calls the function given to `once.Do` and notes that it has returned. */
export const ONCE_BODY = 'once';

/** A function of a channel and a function: it receives once and then calls. */
export function afterDone(unit: DeclUnit): Code {
  let own = known.get(unit);
  if (!own) known.set(unit, (own = new Map()));
  let code = own.get('afterDone');
  if (!code) {
    const site = { unit, node: { start: 0, end: 0 } };
    code = {
      name: 'afterDone',
      unit,
      func: undefined,
      instructions: [
        { op: 'recv', chan: 0, dst: 2, range: false, type: { kind: 'unknown' }, site },
        { op: 'call', dst: 2, fun: 1, args: [], spread: false, type: { kind: 'unknown' }, site },
        { op: 'return', site },
      ],
      registers: 3,
      params: [0, 1],
      variadic: false,
      captures: [],
      recovers: false,
    };
    own.set('afterDone', code);
  }
  return code;
}
