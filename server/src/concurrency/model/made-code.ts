/** Code that nobody wrote in the program: of functions and methods of the standard library that the model runs. */
import type { Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import type { Site } from './values.ts';

export const UNKNOWN: Type = { kind: 'unknown' };

type Body = Pick<Code, 'name' | 'registers' | 'params' | 'captures'> & { recv?: Reg };

/** Code whose instructions stand at the beginning of a unit. */
export function madeCode(unit: DeclUnit, body: Body, make: (site: Site) => Instruction[]): Code {
  const instructions = make({ unit, node: { start: 0, end: 0 } });
  return { ...body, unit, func: undefined, instructions, variadic: false, recovers: false };
}

/** Reads a field of the receiver, which is in register 0. */
export function fieldOf(dst: Reg, name: string, site: Site): Instruction {
  return { op: 'field', dst, x: 0, name, type: UNKNOWN, site };
}

/** Instructions of methods, by name: the receiver is in register 0, and `params` are those of all. */
export interface Methods {
  type: string;
  registers: number;
  params: Reg[];
  make: Record<string, (site: Site) => Instruction[]>;
}

/** The code of methods of a type; made once for each unit. */
export class MadeMethods {
  private readonly known = new WeakMap<DeclUnit, Map<string, Code>>();

  constructor(private readonly methods: Methods) {}

  /** Undefined when there is no method of that name. */
  code(unit: DeclUnit, name: string): Code | undefined {
    const { type, registers, params, make } = this.methods;
    const instructions = make[name];
    if (!instructions) return undefined;
    let own = this.known.get(unit);
    if (!own) this.known.set(unit, (own = new Map()));
    let code = own.get(name);
    if (!code) {
      code = madeCode(unit, { name: `${type}.${name}`, registers, recv: 0, params, captures: [] }, instructions);
      own.set(name, code);
    }
    return code;
  }
}
