/** The code of a client of a type: it makes a value, hands it to whoever wants it, and calls methods one after the other. */
import { isExported } from '../../golang/exported.ts';
import { isContext, isErrorType, type NamedType, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { callAndKeep, callerCode, givingUp, handedOut, resultAt } from './caller-code.ts';
import { keeperCode, keptBy } from './callbacks.ts';
import {
  type Companion,
  constructors,
  givenFunction,
  isWritten,
  type Maker,
  type Method,
  onlyImplementation,
  ownTarget,
  paramNames,
  receiverOf,
} from './client-methods.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import { madeCode, UNKNOWN } from './made-code.ts';
import type { Model } from './model.ts';
import type { Site } from './values.ts';

/** A call of a method. */
export interface Step extends Method {
  /**
   * Of what: the value, that from which the client has got it, what the first step has given or was given, or what was made of it; the value
   * by default. Or the function that the first step has given is called, not the method.
   */
  of?: 'value' | 'carrier' | 'given' | 'argument' | 'companion' | 'function';
  /** It is given what the first step has given, of this type, of which nobody makes use meanwhile. */
  takesGiven?: string;
  /** On a goroutine of its own, or also on one, with the same arguments at the same time. */
  apart?: 'only' | 'too';
  /** It goes round as long as the value lives. */
  goesRound?: boolean;
  /** With the arguments of the last call of the method. */
  again?: boolean;
  /** With the arguments of the same names that the first call of this method was given. */
  givenAs?: FuncDecl;
  /** Its contexts never end. */
  isPatient?: boolean;
  /** It comes when all that was called before has come to its end, or waits. */
  whenIdle?: boolean;
  /** The functions that it is given keep what they are called with, and give it back later. */
  keeps?: boolean;
  /** Whoever is told that it failed does not go on, or only who is. */
  must?: 'succeed' | 'fail';
}

/**
 * @param maker how the client gets the value; without one it writes it down itself
 * @param steps what it calls, in order
 * @param companion what it makes of the value first
 * @returns undefined where the code of one of them cannot be read
 */
export function clientCode(
  model: Model,
  owner: NamedType,
  maker: Maker | undefined,
  steps: readonly Step[],
  companion?: Companion,
): Code | undefined {
  const target = steps.at(-1) as Step;
  const { unit } = target;
  const builder = new Builder(model, { unit, node: target.decl.name });
  const carrier = maker?.carrier && builder.carrier(maker, maker.carrier);
  if (carrier !== undefined) builder.handOut(carrier);
  const value = maker ? builder.made(maker, true, carrier) : builder.written(owner, true);
  if (value === undefined) return undefined;
  // Others may have it as well, and call its methods meanwhile.
  builder.handOut(value);
  const other = companion && builder.companion(companion, value, owner);
  if (companion && other === undefined) return undefined;
  if (other !== undefined) builder.handOut(other);
  let given: Reg | undefined;
  let release: Reg | undefined;
  for (const [n, step] of steps.entries()) {
    if (step.whenIdle) builder.wait();
    if (step.of === 'function') {
      if (release === undefined) return undefined;
      builder.callFunction(release, step);
      continue;
    }
    const argument = step.of === 'argument' ? builder.argument(steps[0], step) : undefined;
    const recv = { value, carrier, given, argument, companion: other }[step.of ?? 'value'];
    const own = given !== undefined && step.takesGiven ? { reg: given, type: step.takesGiven } : undefined;
    const results = recv === undefined ? undefined : builder.call(recv, step, own);
    if (results === undefined) return undefined;
    const result = builder.first(step, results);
    if (release === undefined && steps.some((x) => x.of === 'function')) {
      release = builder.functionIn(step, results);
      if (release !== undefined) builder.giveUpWhere(release, '==');
    }
    if (given === undefined && steps.some((x) => x.of === 'given' || x.takesGiven)) builder.giveUpWhere(result, '==');
    if (given === undefined && steps.some((x) => x.takesGiven)) builder.end(result);
    given ??= result;
    if (n + 1 < steps.length && !step.apart) builder.fillUp(value);
  }
  return builder.finish(unit, value);
}

class Builder {
  private readonly instructions: Instruction[] = [];
  private registers = 0;
  private readonly given = new Map<FuncDecl, Reg[]>();
  private readonly givenFirst = new Map<FuncDecl, Reg[]>();

  constructor(
    private readonly model: Model,
    private readonly site: Site,
  ) {}

  finish(unit: DeclUnit, value: Reg): Code {
    const { instructions, registers, site } = this;
    instructions.push({ op: 'return', src: value, site });
    return madeCode(unit, { name: 'client', registers, params: [], captures: [] }, () => instructions);
  }

  /**
   * A value as a client writes it down.
   * @param inFull what its exported fields point to is made, too
   */
  written(type: NamedType, inFull: boolean): Reg {
    return this.writtenWith(type, inFull ? this.fieldsOf(type) : []);
  }

  private writtenWith(type: NamedType, fields: [string, Reg][]): Reg {
    const dst = this.reg();
    this.instructions.push({ op: 'client', dst, type, fields, site: this.site });
    return dst;
  }

  /** What a client puts into exported fields that are pointers to structs of the package, or interfaces that one of these has. */
  private fieldsOf(type: NamedType): [string, Reg][] {
    const { types } = this.model.analysis;
    const struct = types.underlying(type);
    if (struct.kind !== 'struct') return [];
    const { unit, node } = struct;
    return node.fields.flatMap(({ names, type: of }) =>
      names
        .filter(({ name }) => isExported(name))
        .flatMap(({ name }): [string, Reg][] => {
          const made = this.ofPackage(unit, types.resolve(unit, of), type.name);
          if (made === undefined) return [];
          this.handOut(made);
          return [[name, made]];
        }),
    );
  }

  /** What is made of a value. */
  companion({ maker, type }: Companion, value: Reg, owner: NamedType): Reg | undefined {
    if ('decl' in maker) return this.made(maker, true, undefined, { reg: value, type: owner.name });
    const named = this.model.analysis.types.namedType(owner.pkg, type);
    return named.kind === 'named' ? this.writtenWith(named, [[maker.field, value]]) : undefined;
  }

  /** What the value is got from. */
  carrier(maker: Maker, carrier: Maker | 'written'): Reg | undefined {
    if (carrier !== 'written') return this.made(carrier, true);
    const type = receiverOf(this.model.analysis, maker);
    return type?.kind === 'named' ? this.written(type, true) : undefined;
  }

  /**
   * What a constructor gives.
   * @param fromMade its arguments of types of the package come from their constructors
   * @param recv what it is called on, for a method
   * @param of the argument that it is made of
   */
  made(maker: Method, fromMade: boolean, recv?: Reg, of?: { reg: Reg; type: string }): Reg | undefined {
    const { site } = this;
    const code = this.model.codes.code(maker.unit, maker.decl);
    if (!code) return undefined;
    const args = this.args(maker, fromMade, of);
    const dst = this.reg();
    this.instructions.push({ op: 'call', dst, code, recv, args, spread: true, type: UNKNOWN, site });
    return this.first(maker, dst);
  }

  /** The first of the results of a call. */
  first({ decl: { type } }: Method, results: Reg): Reg {
    if (type.results.length === 1 && (type.results[0]?.names.length ?? 0) <= 1) return results;
    const dst = this.reg();
    this.instructions.push({ op: 'pick', dst, tuple: results, index: 0, type: UNKNOWN, site: this.site });
    return dst;
  }

  handOut(value: Reg): void {
    this.instructions.push(handedOut(value, this.reg(), this.site));
  }

  /** What was called may have been called often. */
  fillUp(x: Reg): void {
    this.instructions.push({ op: 'fillup', x, site: this.site });
  }

  /** Nobody calls the methods of a value from now on, or receives from the channels that it shows. */
  end(x: Reg): void {
    this.instructions.push({ op: 'over', x, site: this.site });
  }

  /** Waits until nobody else goes on. */
  wait(): void {
    this.instructions.push({ op: 'pause', untilIdle: true, site: this.site });
  }

  /** The function among the results of a call by which a caller gives back what the others are. */
  functionIn({ unit, decl }: Method, results: Reg): Reg | undefined {
    const index = givenFunction(this.model.analysis.types, unit, decl);
    if (index < 0 || decl.type.results.length === 1) return index < 0 ? undefined : results;
    const dst = this.reg();
    this.instructions.push({ op: 'pick', dst, tuple: results, index, type: UNKNOWN, site: this.site });
    return dst;
  }

  callFunction(fun: Reg, { apart }: Step): void {
    const { site, instructions } = this;
    if (apart) instructions.push({ op: 'go', fun, args: [], spread: false, site });
    else instructions.push({ op: 'call', dst: this.reg(), fun, args: [], spread: false, type: UNKNOWN, site });
  }

  /** Calls a method; its results, if they are known here. Undefined where its code cannot be read. */
  call(recv: Reg, m: Step, of?: { reg: Reg; type: string }): Reg | undefined {
    const { site, instructions } = this;
    const code = this.model.codes.code(m.unit, m.decl);
    if (!code) return undefined;
    const args = (m.again && this.given.get(m.decl)) || this.argsOf(m, of);
    if (!this.given.has(m.decl)) this.givenFirst.set(m.decl, args);
    this.given.set(m.decl, args);
    // The client has what it is given.
    if (m.apart) {
      const failing = m.must === 'fail' ? m.decl.type.results.length : undefined;
      const caller = callerCode(site.unit, code, args.length, failing);
      instructions.push({ op: 'go', code: caller, recv, args, spread: true, site });
    }
    const result = this.reg();
    if (m.apart !== 'only') instructions.push(...callAndKeep(code, { recv, args }, result, this.reg(), site));
    if (m.must && m.apart !== 'only') this.giveUpUnless(m.must, m, result);
    return result;
  }

  /** What a call was given of which another method is one. */
  argument(of: Method | undefined, method: Method): Reg | undefined {
    const owner = receiverOf(this.model.analysis, method);
    if (!of || owner?.kind !== 'named') return undefined;
    const { params } = this.model.analysis.types.signature(of.unit, of.decl.type);
    return this.given.get(of.decl)?.[params.findIndex((t) => ownTarget(of.unit.pkg, t) === owner.name)];
  }

  /**
   * Nothing more is looked at where a call gives an error, as what that leaves behind shows without what comes next; or where it
   * gives none.
   */
  private giveUpUnless(wanted: 'succeed' | 'fail', { unit, decl }: Method, results: Reg): void {
    const { site, instructions } = this;
    const signature = this.model.analysis.types.signature(unit, decl.type);
    const { results: all } = signature;
    const last = all.at(-1);
    if (!last || !isErrorType(last)) return;
    const failure = this.reg();
    instructions.push(resultAt(failure, results, all.length - 1, all.length, site));
    this.giveUpWhere(failure, wanted === 'succeed' ? '!=' : '==');
  }

  /** Nothing more is looked at where a value is nil, or is something. */
  giveUpWhere(value: Reg, compares: '==' | '!='): void {
    const { instructions, site } = this;
    const at = [this.reg(), this.reg()] as const;
    instructions.push(...givingUp(value, compares, at, instructions.length, site));
  }

  private argsOf(step: Step, of?: { reg: Reg; type: string }): Reg[] {
    const args = step.isPatient ? this.patientArgs(step) : this.args(step, true, of, step.keeps);
    const { givenAs } = step;
    const before = givenAs && this.givenFirst.get(givenAs);
    if (!before) return args;
    const names = paramNames(givenAs);
    return paramNames(step.decl).map((name, n) => before[names.indexOf(name)] ?? (args[n] as Reg));
  }

  private patientArgs(step: Step): Reg[] {
    const { params } = this.model.analysis.types.signature(step.unit, step.decl.type);
    return this.args(step, true).map((arg, n) => {
      if (!isContext(params[n] as Type)) return arg;
      const dst = this.reg();
      this.instructions.push({ op: 'context', dst, kind: 'root', site: this.site });
      return dst;
    });
  }

  private args(m: Method, fromMade: boolean, of?: { reg: Reg; type: string }, keeps = false): Reg[] {
    const { types } = this.model.analysis;
    const { params, results, variadic } = types.signature(m.unit, m.decl.type);
    const result = m.decl.recv ? undefined : ownTarget(m.unit.pkg, results[0]);
    return params.map((type, n) => {
      if (of && ownTarget(m.unit.pkg, type) === of.type) return of.reg;
      if (variadic && n === params.length - 1 && this.isOption(m.unit, type)) return this.nothing();
      const keeper = keeps ? this.keeper(m.unit, type) : undefined;
      if (keeper !== undefined) return keeper;
      const made = fromMade ? this.ofPackage(m.unit, type, result) : undefined;
      if (made !== undefined) {
        this.handOut(made);
        return made;
      }
      const dst = this.reg();
      this.instructions.push({ op: 'unknown', dst, type, isGiven: true, site: this.site });
      return dst;
    });
  }

  /** What others can implement, by methods that are exported, is what the value works with. */
  private isOption({ pkg }: DeclUnit, list: Type): boolean {
    const elem = list.kind === 'slice' ? list.elem : list;
    const u = this.model.analysis.types.underlying(elem);
    if (u.kind !== 'interface') return u.kind === 'func';
    const methods = elem.kind === 'named' && elem.pkg === pkg.path ? (u.node?.methods ?? []) : [];
    return methods.length === 0 || !methods.every(({ name }) => isExported(name.name));
  }

  /** Of options none is given. */
  private nothing(): Reg {
    const dst = this.reg();
    this.instructions.push({ op: 'const', dst, value: null, site: this.site });
    return dst;
  }

  private keeper(unit: DeclUnit, type: Type): Reg | undefined {
    const { analysis, codes } = this.model;
    const kept = keptBy(analysis, unit, type);
    const back = kept && codes.code(kept.back.unit, kept.back.decl);
    if (!back) return undefined;
    const dst = this.reg();
    this.instructions.push({ op: 'closure', dst, code: keeperCode(unit, kept, back), env: [], site: this.site });
    return dst;
  }

  /**
   * A value of a type of the package, to which a function takes a pointer, or as an interface that no other type has, from its constructor;
   * and one of an exported type of another package that is looked at together with it.
   * @param made the type that the function makes
   */
  private ofPackage({ pkg }: DeclUnit, type: Type, made: string | undefined): Reg | undefined {
    const { analysis } = this.model;
    const owner = ownTarget(pkg, type) ?? onlyImplementation(analysis, pkg, type);
    if (owner === undefined) return this.ofOther(type);
    // A type that wraps what it is itself is not made of itself.
    if (owner === made) return undefined;
    const [maker] = constructors(analysis, pkg, owner);
    if (maker) return this.made(maker, false);
    const target = type.kind === 'pointer' && isWritten(pkg, owner) ? type.elem : undefined;
    return target?.kind === 'named' ? this.written(target, false) : undefined;
  }

  private ofOther(type: Type): Reg | undefined {
    for (const pkg of this.site.unit.pkg.joined) {
      const owner = ownTarget(pkg, type);
      if (owner === undefined || !isExported(owner)) continue;
      const maker = constructors(this.model.analysis, pkg, owner).find((m) => isExported(m.decl.name.name));
      return maker && this.made(maker, false);
    }
    return undefined;
  }

  private reg(): Reg {
    return this.registers++;
  }
}
