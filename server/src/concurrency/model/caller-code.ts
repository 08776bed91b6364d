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
 * A function that calls another one on what it is given.
 * @param count how many arguments that has
 */
export function callerCode(unit: DeclUnit, called: Code, count: number): Code {
  const args = Array.from({ length: count }, (_, n) => n + 1);
  const recv = begun(called).recv === undefined ? undefined : 0;
  const body = { name: 'caller', registers: count + 3, recv, params: args, captures: [] };
  return madeCode(unit, body, (site) => [
    ...callAndKeep(called, { recv, args }, count + 1, count + 2, site),
    { op: 'return', site },
  ]);
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
