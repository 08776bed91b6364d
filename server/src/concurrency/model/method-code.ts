/** Code of methods that the model knows and nobody wrote: method values such as `wg.Done`, deferred `mu.Unlock()`, the body of `once.Do`. */
import type { DeclUnit } from '../../golang/unit.ts';
import type { Code, Instruction } from './instructions.ts';
import { madeCode } from './made-code.ts';
import type { Site } from './values.ts';

const known = new WeakMap<DeclUnit, Map<string, Code>>();

/** The code of that key, made when first asked for. */
function codeOf(
  unit: DeclUnit,
  key: string,
  make: (site: Site) => Pick<Code, 'name' | 'instructions' | 'recv' | 'params'>,
): Code {
  let own = known.get(unit);
  if (!own) known.set(unit, (own = new Map()));
  let code = own.get(key);
  if (!code) {
    const made = make({ unit, node: { start: 0, end: 0 } });
    const registers = made.params.length + 2;
    code = { ...made, unit, func: undefined, registers, variadic: false, captures: [], recovers: false };
    own.set(key, code);
  }
  return code;
}

const PLAIN = { spread: false, type: { kind: 'unknown' } } as const;

/** A function that calls `method` on its receiver with `arity` arguments. */
export function methodCode(unit: DeclUnit, method: string, arity = 0): Code {
  return codeOf(unit, `${method}/${arity}`, (site) => {
    const params = Array.from({ length: arity }, (_, n) => n + 2);
    const instructions: Instruction[] =
      method === ONCE_BODY
        ? [
            { op: 'call', dst: 1, fun: 2, args: [], ...PLAIN, site },
            { op: 'invoke', dst: 1, recv: 0, method: 'finished', args: [], ...PLAIN, site },
            { op: 'return', site },
          ]
        : [
            { op: 'invoke', dst: 1, recv: 0, method, args: params, ...PLAIN, site },
            { op: 'return', src: 1, site },
          ];
    return { name: method, instructions, recv: 0, params };
  });
}

const expressions = new WeakMap<Code, Code>();

/** A function that calls a method on its first argument, with the `arity` others. */
export function expressionCode(method: Code, arity: number): Code {
  let code = expressions.get(method);
  if (!code) {
    const { name, unit } = method;
    const args = Array.from({ length: arity }, (_, n) => n + 1);
    const dst = arity + 1;
    code = madeCode(unit, { name, registers: arity + 2, params: [0, ...args], captures: [] }, (site) => [
      { op: 'call', dst, code: method, recv: 0, args, ...PLAIN, site },
      { op: 'return', src: dst, site },
    ]);
    expressions.set(method, code);
  }
  return code;
}

/** Calls the function given to `once.Do` and notes that it has returned. */
export const ONCE_BODY = 'once';

/** A function of a channel and a function: whenever it has received, it calls. */
export function afterTimer(unit: DeclUnit): Code {
  return codeOf(unit, 'afterTimer', (site) => ({
    name: 'afterTimer',
    instructions: [
      { op: 'recv', chan: 0, dst: 2, range: false, type: { kind: 'unknown' }, site },
      { op: 'call', dst: 2, fun: 1, args: [], ...PLAIN, site },
      { op: 'jump', target: 0, site },
    ],
    params: [0, 1],
  }));
}

/** A function of a channel and a function: it receives once and then calls. */
export function afterDone(unit: DeclUnit): Code {
  return codeOf(unit, 'afterDone', (site) => ({
    name: 'afterDone',
    instructions: [
      { op: 'recv', chan: 0, dst: 2, range: false, type: { kind: 'unknown' }, site },
      { op: 'call', dst: 2, fun: 1, args: [], ...PLAIN, site },
      { op: 'return', site },
    ],
    params: [0, 1],
  }));
}
