/**
 * What a client of a type does with it: makes one, starts it, calls a method. Exploring that shows leaks of goroutines that
 * belong to a value, which no single method shows.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { type Type, deref } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { declarationMayWait, mayStartGoroutines } from './entries.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import type { Model } from './model.ts';

interface Method {
  unit: DeclUnit;
  decl: FuncDecl;
}

const MAX_CLIENTS = 6;

/** What a client does. */
export interface Client {
  code: Code;
  /** It closes the value before it calls the method: it should not, but goroutines that share a value often do. */
  closesFirst: boolean;
}

/** Programs that end with a call of the method, each after a constructor and perhaps another method that starts goroutines. */
export function clients(model: Model, unit: DeclUnit, decl: FuncDecl): Client[] {
  const { analysis } = model;
  const owner = decl.recv && deref(analysis.types.resolve(unit, decl.recv.type));
  // What nobody outside can call is called by what is explored anyway.
  if (owner?.kind !== 'named' || owner.args.length > 0 || !isExported(decl.name.name)) return [];
  const last: Method = { unit, decl };
  const makers = constructors(analysis, unit.pkg, owner.name);
  if (makers.length === 0 && (!isExported(owner.name) || isMadeInside(unit.pkg, owner.name))) return [];
  const found: Client[] = [];
  const others = (methods: readonly Method[]): Method[] => methods.filter((m) => m.decl !== decl);
  const starters = others(spawners(unit.pkg, owner.name));
  const closing = makers.length > 0 && declarationMayWait(unit) ? others(closers(unit.pkg, owner.name)) : [];
  const own = mayStartGoroutines(unit);
  for (const maker of makers.length > 0 ? makers : [undefined]) {
    const starts = maker ? mayStartGoroutines(maker.unit) : false;
    if (starts || own || makers.length === 0) push(client(model, owner, maker, [last]));
    for (const s of starters) push(client(model, owner, maker, [s, last]));
    if (own) push(client(model, owner, maker, [last, last]));
    // What is called after the value was closed, by somebody who does not know.
    for (const c of closing) push(client(model, owner, maker, [c, last]), true);
  }
  return found.slice(0, MAX_CLIENTS);

  function push(code: Code | undefined, closesFirst = false): void {
    if (code) found.push({ code, closesFirst });
  }
}

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

const CLOSES = /\bclose\(|\bcancel\w*\(\)/i;

function exportedMethods(pkg: GoPackage, type: string, has: (method: PackageMember) => boolean): Method[] {
  const found: Method[] = [];
  for (const [name, member] of pkg.methods(type)) {
    if (!isExported(name) || member.file.isTest || member.ambiguous) continue;
    noteDeclaration(member.declaration);
    if (!has(member)) continue;
    const unit = pkg.unit(member);
    if (unit.decl.kind === 'FuncDecl' && !unit.hasError) found.push({ unit, decl: unit.decl });
  }
  return found;
}

function client(model: Model, owner: Type, maker: Method | undefined, methods: readonly Method[]): Code | undefined {
  const { types } = model.analysis;
  const target = methods.at(-1) as Method;
  const site = { unit: target.unit, node: target.decl.name };
  const instructions: Instruction[] = [];
  let registers = 0;
  const reg = (): Reg => registers++;
  const args = (m: Method): Reg[] =>
    types.signature(m.unit, m.decl.type).params.map((type) => {
      const dst = reg();
      instructions.push({ op: 'unknown', dst, type, site });
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
    instructions.push({ op: 'call', dst: result, code, recv: value, args: args(m), spread: true, ...common });
    // The client has what it is given.
    instructions.push({ op: 'opaque', dst: reg(), args: [result], escapes: true, handedOut: true, ...common });
  }
  instructions.push({ op: 'return', src: value, site });
  return {
    name: 'client',
    unit: target.unit,
    func: undefined,
    instructions,
    registers,
    params: [],
    variadic: false,
    captures: [],
    recovers: false,
  };
}
