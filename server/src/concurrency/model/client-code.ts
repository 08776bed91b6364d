/** The code of a client of a type: it makes a value, hands it to whoever wants it, and calls methods one after the other. */
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { constructors, type Method } from './client-methods.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import { madeCode } from './made-code.ts';
import type { Model } from './model.ts';
import type { Site } from './values.ts';

/**
 * @param maker the constructor; without one the client writes the value down itself
 * @param methods what it calls, in order
 * @param apart the method that another goroutine calls: when it is the last one, with the same arguments at the same time
 * @returns undefined where the code of one of them cannot be read
 */
export function clientCode(
  model: Model,
  owner: Type,
  maker: Method | undefined,
  methods: readonly Method[],
  apart?: Method,
): Code | undefined {
  const target = methods.at(-1) as Method;
  const { unit } = target;
  const builder = new Builder(model, { unit, node: target.decl.name });
  const value = maker ? builder.made(maker, true) : builder.written(owner);
  if (value === undefined) return undefined;
  // Others may have it as well, and call its methods meanwhile.
  builder.handOut(value);
  for (const m of methods)
    if (!builder.call(value, m, { isApart: m === apart, isLast: m === target })) return undefined;
  return builder.finish(unit, value);
}

const UNKNOWN = { kind: 'unknown' } as const;

class Builder {
  private readonly instructions: Instruction[] = [];
  private registers = 0;

  constructor(
    private readonly model: Model,
    private readonly site: Site,
  ) {}

  finish(unit: DeclUnit, value: Reg): Code {
    const { instructions, registers, site } = this;
    instructions.push({ op: 'return', src: value, site });
    return madeCode(unit, { name: 'client', registers, params: [], captures: [] }, () => instructions);
  }

  /** A value as a client writes it down. */
  written(type: Type): Reg {
    const dst = this.reg();
    this.instructions.push({ op: 'client', dst, type, site: this.site });
    return dst;
  }

  /**
   * What a constructor gives.
   * @param fromMade its arguments of types of the package come from their constructors
   */
  made(maker: Method, fromMade: boolean): Reg | undefined {
    const { site } = this;
    const code = this.model.codes.code(maker.unit, maker.decl);
    if (!code) return undefined;
    const args = this.args(maker, fromMade);
    const dst = this.reg();
    this.instructions.push({ op: 'call', dst, code, args, spread: true, type: UNKNOWN, site });
    const { results } = maker.decl.type;
    if (results.length === 1 && (results[0]?.names.length ?? 0) <= 1) return dst;
    const value = this.reg();
    this.instructions.push({ op: 'pick', dst: value, tuple: dst, index: 0, type: UNKNOWN, site });
    return value;
  }

  handOut(value: Reg): void {
    this.instructions.push(this.handedOut(value, this.reg()));
  }

  private handedOut(value: Reg, dst: Reg): Instruction {
    return { op: 'opaque', dst, args: [value], escapes: true, handedOut: true, type: UNKNOWN, site: this.site };
  }

  /** Calls a method, on a goroutine of its own or, for the last one, there as well. */
  call(recv: Reg, m: Method, { isApart, isLast }: { isApart: boolean; isLast: boolean }): boolean {
    const { site, instructions } = this;
    const code = this.model.codes.code(m.unit, m.decl);
    if (!code) return false;
    const args = this.args(m, true);
    // The client has what it is given.
    const call = (from: { recv: Reg; args: Reg[] }, dst: Reg, kept: Reg): Instruction[] => [
      { op: 'call', dst, code, ...from, spread: true, type: UNKNOWN, site },
      this.handedOut(dst, kept),
    ];
    if (isApart) {
      const body = caller(site.unit, args.length, call);
      instructions.push({ op: 'go', code: body, recv, args, spread: true, site });
    }
    if (!isApart || isLast) instructions.push(...call({ recv, args }, this.reg(), this.reg()));
    return true;
  }

  private args(m: Method, fromMade: boolean): Reg[] {
    const { types } = this.model.analysis;
    return types.signature(m.unit, m.decl.type).params.map((type) => {
      const made = fromMade ? this.ofPackage(m.unit, type) : undefined;
      if (made !== undefined) {
        this.handOut(made);
        return made;
      }
      const dst = this.reg();
      this.instructions.push({ op: 'unknown', dst, type, isGiven: true, site: this.site });
      return dst;
    });
  }

  /** A value of a type of the package, to which a function takes a pointer, from its constructor. */
  private ofPackage({ pkg }: DeclUnit, type: Type): Reg | undefined {
    const owner = type.kind === 'pointer' ? deref(type) : undefined;
    if (owner?.kind !== 'named' || owner.local || owner.pkg !== pkg.path || owner.args.length > 0) return undefined;
    const [maker] = constructors(this.model.analysis, pkg, owner.name);
    return maker && this.made(maker, false);
  }

  private reg(): Reg {
    return this.registers++;
  }
}

/** A function that calls a method on a value that it is given. */
function caller(
  unit: DeclUnit,
  count: number,
  call: (from: { recv: Reg; args: Reg[] }, dst: Reg, kept: Reg) => Instruction[],
): Code {
  const params = Array.from({ length: count }, (_, n) => n + 1);
  const body = { name: 'caller', registers: count + 3, recv: 0, params, captures: [] };
  return madeCode(unit, body, (site) => [
    ...call({ recv: 0, args: params }, count + 1, count + 2),
    { op: 'return', site },
  ]);
}
