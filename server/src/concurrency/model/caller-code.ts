/** The code of somebody who calls a function and has what that gives from then on. */
import type { DeclUnit } from '../../golang/unit.ts';
import { begun, type Code, type Instruction, type Reg } from './instructions.ts';
import { madeCode, UNKNOWN } from './made-code.ts';
import type { Site } from './values.ts';

/** What a value is called with: registers of the receiver, if there is one, and the arguments. */
export interface CallOperands {
  recv?: Reg;
  args: Reg[];
}

/** A call whose result is the caller's. `kept`: a register for nothing else. */
export function callAndKeep(code: Code, { recv, args }: CallOperands, dst: Reg, kept: Reg, site: Site): Instruction[] {
  return [{ op: 'call', dst, code, recv, args, spread: true, type: UNKNOWN, site }, handedOut(dst, kept, site)];
}

/** From now on callers of the package have a value, too. */
export function handedOut(value: Reg, dst: Reg, site: Site): Instruction {
  return { op: 'opaque', dst, args: [value], escapes: true, handedOut: true, type: UNKNOWN, site };
}

/**
 * Nothing more is looked at where a value is nil, or is not.
 * @param at registers for nothing else
 * @param from where the first of the instructions stands
 */
export function givingUp(
  value: Reg,
  compares: '==' | '!=',
  [nothing, ends]: readonly [Reg, Reg],
  from: number,
  site: Site,
): Instruction[] {
  const next = from + 4;
  return [
    { op: 'const', dst: nothing, value: null, site },
    { op: 'binary', dst: ends, operator: compares, x: value, y: nothing, bound: false, site },
    { op: 'branch', cond: ends, yes: next - 1, no: next, site },
    { op: 'end', why: 'exit', site },
  ];
}

/** One of several results of a call, or the only one. */
export function resultAt(dst: Reg, results: Reg, index: number, count: number, site: Site): Instruction {
  return count === 1
    ? { op: 'move', dst, src: results, site }
    : { op: 'pick', dst, tuple: results, index, type: UNKNOWN, site };
}

/**
 * A function that calls another one on what it is given.
 * @param count how many arguments that has
 * @param failing how many results, of which the last is an error: nothing is looked at where that is nil
 */
export function callerCode(unit: DeclUnit, called: Code, count: number, failing?: number): Code {
  const args = Array.from({ length: count }, (_, n) => n + 1);
  const recv = begun(called).recv === undefined ? undefined : 0;
  const [results, kept, failure, nothing, ends] = [1, 2, 3, 4, 5].map((n) => count + n) as [Reg, Reg, Reg, Reg, Reg];
  const body = { name: 'caller', registers: count + 6, recv, params: args, captures: [] };
  return madeCode(unit, body, (site) => {
    const calls = callAndKeep(called, { recv, args }, results, kept, site);
    if (failing !== undefined) {
      calls.push(resultAt(failure, results, failing - 1, failing, site));
      calls.push(...givingUp(failure, '==', [nothing, ends], calls.length, site));
    }
    return [...calls, { op: 'return', site }];
  });
}

/**
 * The same for a function value, which is its receiver.
 * @param count how many arguments it has
 */
export function functionCallerCode(unit: DeclUnit, count: number): Code {
  const args = Array.from({ length: count }, (_, n) => n + 1);
  const [dst, kept] = [count + 1, count + 2];
  const body = { name: 'caller', registers: count + 3, recv: 0, params: args, captures: [] };
  return madeCode(unit, body, (site) => [
    { op: 'call', dst, fun: 0, args, spread: true, type: UNKNOWN, site },
    handedOut(dst, kept, site),
    { op: 'return', site },
  ]);
}
