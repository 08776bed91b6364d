/**
 * What a client of a type does with it: makes one, starts it, calls a method. Exploring that shows leaks of goroutines that
 * belong to a value, which no single method shows.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import { type Type, deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { exportedMethods, type Method } from './client-methods.ts';
import { declarationMayWait, mayStartGoroutines } from './entries.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import { madeCode } from './made-code.ts';
import type { Model } from './model.ts';
import type { Call } from './outside-help.ts';

const MAX_CLIENTS = 6;

/** What a client does. */
export interface Client {
  code: Code;
  /** It closes the value before it calls the method: it should not, but goroutines that share a value often do. */
  closesFirst: boolean;
  /** It calls the method on two goroutines at once. */
  atOnce: boolean;
  /** One of the functions that it calls gives it a function, which may do anything. */
  givesFunctions: boolean;
  /** A method runs on a goroutine of its own. */
  runs: boolean;
  /** The methods that it calls. */
  calls: readonly Call[];
  /** The last thing that it does ends the value: nobody calls its methods after that. */
  ends: boolean;
}

interface Manner {
  closesFirst?: boolean;
  atOnce?: boolean;
  /** This one of the methods runs on a goroutine of its own. */
  runs?: Method;
}

/** Programs that end with a call of the method, each after a constructor and perhaps another method that starts goroutines. */
export function clients(model: Model, unit: DeclUnit, decl: FuncDecl): Client[] {
  const { analysis } = model;
  const owner = decl.recv && deref(analysis.types.resolve(unit, decl.recv.type));
  // What nobody outside can call is called by what is explored anyway.
  if (owner?.kind !== 'named' || !isExported(decl.name.name)) return [];
  const last: Method = { unit, decl };
  const makers = constructors(analysis, unit.pkg, owner.name);
  if (makers.length === 0 && (owner.args.length > 0 || !isExported(owner.name) || isMadeInside(unit.pkg, owner.name)))
    return [];
  const found: Client[] = [];
  const others = (methods: readonly Method[]): Method[] => methods.filter((m) => m.decl !== decl);
  const starters = others(spawners(unit.pkg, owner.name));
  const waits = makers.length > 0 && declarationMayWait(unit);
  const runners = waits ? others(runnersOf(unit.pkg, owner.name)) : [];
  const closing = waits ? others(closers(unit.pkg, owner.name)) : [];
  const own = mayStartGoroutines(unit);
  const ends = endsValue(decl);
  for (const maker of makers.length > 0 ? makers : [undefined]) {
    const push = (methods: readonly Method[], { closesFirst = false, atOnce = false, runs }: Manner = {}): void => {
      const code = client(model, owner, maker, methods, atOnce ? last : runs);
      const givesFunctions = (maker ? [maker, ...methods] : methods).some((m) => givesFunction(analysis.types, m));
      if (code)
        found.push({
          code,
          closesFirst,
          atOnce,
          givesFunctions,
          runs: runs !== undefined,
          calls: methods.map((m) => ({ decl: m.decl, isOnce: m === runs || endsValue(m.decl) })),
          ends,
        });
    };
    const starts = maker ? mayStartGoroutines(maker.unit) : false;
    if (starts || own || makers.length === 0) push([last]);
    for (const s of starters) push([s, last]);
    for (const r of runners) push([r, last], { runs: r });
    if (own || (starts && sendsUnderLock(unit))) push([last, last]);
    if (maker && mayAnswerLater(unit)) push([last], { atOnce: true });
    // What is called after the value was closed, by somebody who does not know; who only waits for the end is to come after that.
    for (const c of closing) push([c, last], { closesFirst: !onlyJoins(unit) });
  }
  return found.slice(0, MAX_CLIENTS);
}

/** True for a method that does no more than to wait until goroutines have ended. */
function onlyJoins({ file, declaration }: DeclUnit): boolean {
  const text = file.textOf(declaration);
  return /\.Wait\(\)/.test(text) && !/<-|Lock\(|\bclose\(/.test(text);
}

/** True for a method that sends with a lock held: the second call may meet a receiver that is still busy with what the first one has sent. */
function sendsUnderLock({ file, declaration }: DeclUnit): boolean {
  const text = file.textOf(declaration);
  return /\.R?Lock\(/.test(text) && /[\w)\]] <- /.test(text);
}

function givesFunction(types: TypeInfo, { unit, decl }: Method): boolean {
  return decl.type.results.some((r) => types.underlying(types.resolve(unit, r.type)).kind === 'func');
}

/** True for a method that may wait, under a lock or after it, for what another call of it does: those who ask for the same share an answer. */
function mayAnswerLater({ file, declaration }: DeclUnit): boolean {
  const text = file.textOf(declaration);
  return ANSWERS.every((word) => word.test(text));
}

const ANSWERS = [/\.R?Lock\(/, /<-|\.Wait\(/, /\bmake\(chan\b|&\w+\{|\bnew\(|\.Add\(/];

/** True when code of the package makes values of a type with fields set, so that a client need not. */
function isMadeInside(pkg: GoPackage, type: string): boolean {
  const literal = new RegExp(`\\b${type}\\{\\s*[^}\\s]`);
  return declarationsNaming(pkg, type).some(({ file, declaration }) => {
    noteDeclaration(declaration);
    return !file.isTest && literal.test(file.textOf(declaration));
  });
}

/** Functions of the package that make values of a type. */
function constructors(analysis: Analysis, pkg: GoPackage, type: string): Method[] {
  const found: Method[] = [];
  for (const file of pkg.files)
    for (const declaration of file.outline.decls) {
      const [name] = declaration.names;
      if (declaration.tok !== 'func' || declaration.recv !== undefined || name === undefined) continue;
      if (file.isTest) continue;
      const { base, end, body } = declaration;
      if (!file.text.slice(base, body < 0 ? end : body).includes(type)) continue;
      const member: PackageMember = { file, declaration };
      const header = pkg.header(member);
      if (header.decl.kind !== 'FuncDecl' || header.hasError) continue;
      const [result] = header.decl.type.results;
      const t = result && deref(analysis.types.resolve(header, result.type));
      if (t?.kind !== 'named' || t.name !== type) continue;
      const unit = pkg.unit(member);
      if (unit.decl.kind === 'FuncDecl' && !unit.hasError) found.push({ unit, decl: unit.decl });
    }
  return found.slice(0, 2);
}

/** Exported methods of a type that start goroutines. */
function spawners(pkg: GoPackage, type: string): Method[] {
  return exportedMethods(pkg, type, mayStartGoroutines).slice(0, 3);
}

/** Exported methods of a type that close a channel or cancel. */
function closers(pkg: GoPackage, type: string): Method[] {
  return exportedMethods(pkg, type, (m) => CLOSES.test(m.file.textOf(m.declaration))).slice(0, 1);
}

/** Exported methods of a type that go round until something ends them: they are there to be run on a goroutine of their own. */
function runnersOf(pkg: GoPackage, type: string): Method[] {
  return exportedMethods(pkg, type, ({ file, declaration }) => RUNS.test(file.textOf(declaration))).slice(0, 1);
}

const RUNS = /^\tfor \{\n\t\tselect \{$/m;

const CLOSES = /\bclose\(|\bcancel\w*\(\)/i;

/** @param apart the method that another goroutine calls: when it is the last one, with the same arguments at the same time */
function client(
  model: Model,
  owner: Type,
  maker: Method | undefined,
  methods: readonly Method[],
  apart?: Method,
): Code | undefined {
  const { types } = model.analysis;
  const target = methods.at(-1) as Method;
  const site = { unit: target.unit, node: target.decl.name };
  const instructions: Instruction[] = [];
  let registers = 0;
  const reg = (): Reg => registers++;
  const args = (m: Method): Reg[] =>
    types.signature(m.unit, m.decl.type).params.map((type) => {
      const dst = reg();
      instructions.push({ op: 'unknown', dst, type, isGiven: true, site });
      return dst;
    });
  let value = reg();
  if (maker) {
    const code = model.codes.code(maker.unit, maker.decl);
    if (!code) return undefined;
    const made = reg();
    instructions.push({
      op: 'call',
      dst: made,
      code,
      args: args(maker),
      spread: true,
      type: { kind: 'unknown' },
      site,
    });
    if (maker.decl.type.results.length > 1 || (maker.decl.type.results[0]?.names.length ?? 0) > 1)
      instructions.push({ op: 'pick', dst: value, tuple: made, index: 0, type: { kind: 'unknown' }, site });
    else value = made;
  } else instructions.push({ op: 'client', dst: value, type: owner, site });
  const common = { type: { kind: 'unknown' } as const, site };
  // Others may have it as well, and call its methods meanwhile.
  instructions.push({ op: 'opaque', dst: reg(), args: [value], escapes: true, handedOut: true, ...common });
  for (const m of methods) {
    const code = model.codes.code(m.unit, m.decl);
    if (!code) return undefined;
    const result = reg();
    const given = args(m);
    // The client has what it is given.
    const call = (from: { recv: Reg; args: Reg[] }, dst: Reg, kept: Reg): Instruction[] => [
      { op: 'call', dst, code, ...from, spread: true, ...common },
      { op: 'opaque', dst: kept, args: [dst], escapes: true, handedOut: true, ...common },
    ];
    if (m === apart)
      instructions.push({
        op: 'go',
        code: caller(target.unit, given.length, call),
        recv: value,
        args: given,
        spread: true,
        site,
      });
    if (m !== apart || m === target) instructions.push(...call({ recv: value, args: given }, result, reg()));
  }
  instructions.push({ op: 'return', src: value, site });
  return madeCode(target.unit, { name: 'client', registers, params: [], captures: [] }, () => instructions);
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
