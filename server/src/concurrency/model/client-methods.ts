/** What callers of a package can do with the values it gives them. */
import type { Analysis } from '../../golang/analysis.ts';
import type { TypeInfo } from '../../golang/type-info.ts';
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';
import { type NamedType, type Type, deref, isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import { find } from '../../golang/walk.ts';
import type { Expr, FuncDecl, Node } from '../../syntax/ast.ts';
import { isTracked, shapeOf } from './shapes.ts';

/** A function with a body. */
export interface Method {
  unit: DeclUnit;
  decl: FuncDecl;
  /** The embedded fields that lead to what has the method; absent for those of the type itself. */
  through?: readonly string[];
}

/** A type that callers write down with a value in one of its fields. */
export interface Holder {
  type: NamedType;
  field: string;
}

/** Structs in structs that are followed. */
const MAX_EMBEDDED = 2;

/** The methods of the types of one package, and of those that are looked at together with it, that its callers can call. */
export class ClientMethods {
  private readonly known = new Map<string, readonly Method[] | undefined>();
  private readonly holders = new Map<string, readonly Holder[]>();

  constructor(
    private readonly types: TypeInfo,
    private readonly pkg: GoPackage,
  ) {}

  /** What callers can put such a value into. */
  holdersOf(type: Type): readonly Holder[] {
    if (type.kind !== 'named') return [];
    const key = `${type.pkg}.${type.name}`;
    let found = this.holders.get(key);
    const pkg = this.packageOf(type);
    if (!found) this.holders.set(key, (found = pkg ? holders(this.types, pkg, type.name) : []));
    return found;
  }

  /** True for a type that the package declares, or that callers can name in one of the others. */
  isOwn(type: Type): boolean {
    return type.kind === 'named' && !type.local && this.packageOf(type) !== undefined;
  }

  private packageOf(type: NamedType): GoPackage | undefined {
    if (type.pkg === this.pkg.path) return this.pkg;
    return isExported(type.name) ? this.pkg.joined.find((p) => p.path === type.pkg) : undefined;
  }

  /**
   * The methods, and functions that take such values; undefined where others have part in what callers can do, by embedded interfaces, or
   * where one of them cannot be read.
   */
  of(type: Type): readonly Method[] | undefined {
    if (type.kind !== 'named') return undefined;
    const key = `${type.pkg}.${type.name}`;
    if (!this.known.has(key)) this.known.set(key, this.search(type));
    return this.known.get(key);
  }

  /** True for a type whose values come from the package alone, which sets their fields: nobody else can. */
  isOnlyMade(pkg: GoPackage, name: string): boolean {
    const u = this.types.underlying(this.types.namedType(pkg.path, name));
    const fields = u.kind === 'struct' ? u.node.fields.flatMap((f) => f.names) : [];
    return fields.length > 0 && !fields.some((f) => isExported(f.name)) && !isWritten(pkg, name);
  }

  private takesChannels({ unit, decl }: Method): boolean {
    return this.types.signature(unit, decl.type).params.some((t) => {
      const shape = shapeOf(this.types, deref(t));
      return shape !== 'struct' && isTracked(this.types, deref(t));
    });
  }

  private search(type: NamedType): readonly Method[] | undefined {
    const pkg = this.packageOf(type);
    if (!pkg) return undefined;
    const names = namesOf(pkg, type.name);
    const promoted = this.promoted(pkg, type, new Set(names));
    if (!promoted) return undefined;
    const all = functionsTaking(pkg, type.name);
    if (!all) return undefined;
    // What wants channels and the like besides is called by those who wire things, as the package does itself.
    const takers = pkg === this.pkg ? all : all.filter((f) => !this.takesChannels(f));
    const found = exportedMethods(pkg, type.name, () => true);
    return found.length === names.length ? [...found, ...promoted, ...takers] : undefined;
  }

  /** The methods that a struct has from others of its package which it embeds. @param hidden names that mean something else */
  private promoted(pkg: GoPackage, type: NamedType, hidden: Set<string>, depth = 0): Method[] | undefined {
    const struct = this.types.underlying(type);
    if (struct.kind !== 'struct' || depth > MAX_EMBEDDED) return undefined;
    const found: Method[] = [];
    for (const f of struct.node.fields.filter((x) => x.names.length === 0 && !isOfOthers(x.type))) {
      const name = f.type.kind === 'StarExpr' ? f.type.x : f.type;
      const inner = name.kind === 'Ident' ? this.types.namedType(pkg.path, name.name) : undefined;
      if (name.kind !== 'Ident' || inner?.kind !== 'named') return undefined;
      const own = namesOf(pkg, name.name).filter((n) => !hidden.has(n));
      const methods = exportedMethods(pkg, name.name, (m) => own.includes(m.declaration.names[0] ?? ''));
      const further = this.promoted(pkg, inner, new Set([...hidden, ...own]), depth + 1);
      if (!further || methods.length !== own.length) return undefined;
      for (const m of [...methods, ...further]) found.push({ ...m, through: [name.name, ...(m.through ?? [])] });
    }
    return found;
  }
}

/** The exported methods of a type, those of tests left out. */
function namesOf(pkg: GoPackage, type: string): string[] {
  return [...pkg.methods(type)].flatMap(([name, { file }]) => (isExported(name) && !file.isTest ? [name] : []));
}

/** True for an embedded type of another package, as `sync.Mutex` or `net.Conn`: its methods know nothing of this one. */
function isOfOthers(type: Expr): boolean {
  const t = type.kind === 'StarExpr' ? type.x : type;
  return t.kind === 'SelectorExpr' && t.x.kind === 'Ident';
}

/** The functions that the package exports which name a type among their parameters; undefined where one of them cannot be read. */
function functionsTaking(pkg: GoPackage, type: string): Method[] | undefined {
  const found: Method[] = [];
  for (const member of declarationsNaming(pkg, type)) {
    const { tok, recv, names } = member.declaration;
    if (tok !== 'func' || recv !== undefined || member.file.isTest || !isExported(names[0] ?? '')) continue;
    const { decl } = pkg.header(member);
    const isNamed = (n: Node): boolean => n.kind === 'Ident' && n.name === type;
    if (decl.kind !== 'FuncDecl' || !decl.type.params.some((p) => find(p.type, isNamed) !== undefined)) continue;
    const unit = pkg.unit(member);
    if (unit.decl.kind !== 'FuncDecl' || unit.hasError || !unit.decl.body) return undefined;
    found.push({ unit, decl: unit.decl });
  }
  return found;
}

/** The exported methods of a type, tests left out; their bodies are not parsed. */
export function* exportedMembers(pkg: GoPackage, type: string): Iterable<PackageMember> {
  for (const [name, member] of pkg.methods(type)) {
    if (!isExported(name) || member.file.isTest || member.ambiguous) continue;
    noteDeclaration(member.declaration);
    yield member;
  }
}

/** The same for which something holds, with their code. */
export function exportedMethods(pkg: GoPackage, type: string, has: (method: PackageMember) => boolean): Method[] {
  const found: Method[] = [];
  for (const member of exportedMembers(pkg, type)) {
    if (!has(member)) continue;
    const unit = pkg.unit(member);
    if (unit.decl.kind === 'FuncDecl' && !unit.hasError) found.push({ unit, decl: unit.decl });
  }
  return found;
}

/** How a client gets a value. */
export interface Maker extends Method {
  /** It is a method of a value that the client gets this way, or writes down. */
  carrier?: Maker | 'written';
}

/** Functions of the package that make values of a type. */
export function constructors(analysis: Analysis, pkg: GoPackage, type: string): Method[] {
  return givers(analysis, pkg, type, ({ recv }) => recv === undefined).slice(0, 2);
}

/** The same, or an exported method of another type where clients cannot call one of them. */
export function makersOf(analysis: Analysis, pkg: GoPackage, type: string): Maker[] {
  const functions = constructors(analysis, pkg, type);
  if (functions.some((f) => isExported(f.decl.name.name)) || !isExported(type)) return functions;
  const methods = givers(
    analysis,
    pkg,
    type,
    ({ recv, names: [name = ''] }) => recv !== undefined && recv !== type && isExported(name),
  );
  for (const method of methods.slice(0, 1)) {
    const owner = receiverOf(analysis, method);
    if (owner?.kind !== 'named') continue;
    const [carrier] = constructors(analysis, pkg, owner.name);
    if (carrier) return [{ ...method, carrier }];
    if (owner.args.length === 0 && isWritten(pkg, owner.name)) return [{ ...method, carrier: 'written' }];
  }
  return functions;
}

/** True for a type whose values clients write down: no code of the package makes them with fields set. */
export function isWritten(pkg: GoPackage, type: string): boolean {
  const literal = new RegExp(`\\b${type}\\{\\s*[^}\\s]`);
  const isMade = declarationsNaming(pkg, type).some(({ file, declaration }) => {
    noteDeclaration(declaration);
    return !file.isTest && literal.test(file.textOf(declaration));
  });
  return isExported(type) && !isMade;
}

/** What a client makes of a value: something else, by a function or by writing it down with the value in a field, and the type of that. */
export interface Companion {
  maker: Method | { field: string };
  type: string;
}

/** What clients make of values of a type. */
export function companions(analysis: Analysis, pkg: GoPackage, type: string): Companion[] {
  const made = (functionsTaking(pkg, type) ?? []).flatMap(({ unit, decl }): Companion[] => {
    const { params, results } = analysis.types.signature(unit, decl.type);
    const result = ownTarget(pkg, results[0]);
    const isTaken = params.some((p) => ownTarget(pkg, p) === type);
    return result !== undefined && result !== type && isTaken ? [{ maker: { unit, decl }, type: result }] : [];
  });
  const written = holders(analysis.types, pkg, type);
  return [...made, ...written.map((h) => ({ maker: { field: h.field }, type: h.type.name }))];
}

/** Types that clients write down which have a pointer to one in an exported field. */
function holders(types: TypeInfo, pkg: GoPackage, type: string): Holder[] {
  const declared = declarationsNaming(pkg, type).filter(
    ({ file, declaration: { tok } }) => tok === 'type' && !file.isTest,
  );
  return declared.flatMap(({ declaration }) =>
    declaration.names.flatMap((name): Holder[] => {
      const holder = types.namedType(pkg.path, name);
      const struct = types.underlying(holder);
      if (name === type || holder.kind !== 'named' || struct.kind !== 'struct' || !isWritten(pkg, name)) return [];
      const field = struct.node.fields
        .filter((f) => ownTarget(pkg, types.resolve(struct.unit, f.type)) === type)
        .flatMap((f) => f.names)
        .find((n) => isExported(n.name));
      return field ? [{ type: holder, field: field.name }] : [];
    }),
  );
}

/** The type of a package to which a type is a pointer. */
export function ownTarget(pkg: GoPackage, type: Type | undefined): string | undefined {
  const to = type?.kind === 'pointer' ? type.elem : undefined;
  return to?.kind === 'named' && !to.local && to.pkg === pkg.path && to.args.length === 0 ? to.name : undefined;
}

/** The one type of a package that has the methods of an interface which the package declares. */
export function onlyImplementation({ types }: Analysis, pkg: GoPackage, type: Type): string | undefined {
  if (type.kind !== 'named' || type.pkg !== pkg.path) return undefined;
  const u = types.underlying(type);
  const wanted =
    u.kind === 'interface' && u.node?.embeds.length === 0 ? u.node.methods.map(({ name }) => name.name) : [];
  if (wanted.length === 0) return undefined;
  const declared = pkg.files.filter((f) => !f.isTest).flatMap((f) => f.outline.decls.filter((d) => d.tok === 'type'));
  const having = declared.flatMap(({ names }) => names).filter((name) => wanted.every((m) => pkg.methods(name).has(m)));
  return having.length === 1 ? having[0] : undefined;
}

/** The type of which something is a method, without a pointer. */
export function receiverOf(analysis: Analysis, { unit, decl }: Method): Type | undefined {
  return decl.recv && deref(analysis.types.resolve(unit, decl.recv.type));
}

function givers(
  analysis: Analysis,
  pkg: GoPackage,
  type: string,
  isWanted: (declaration: PackageMember['declaration']) => boolean,
): Method[] {
  const found: Method[] = [];
  for (const file of pkg.files)
    for (const declaration of file.outline.decls) {
      if (declaration.tok !== 'func' || declaration.names.length === 0 || !isWanted(declaration)) continue;
      if (file.isTest) continue;
      const { base, end, body } = declaration;
      if (!file.text.slice(base, body < 0 ? end : body).includes(type)) continue;
      const member: PackageMember = { file, declaration };
      const header = pkg.header(member);
      if (header.decl.kind !== 'FuncDecl' || header.hasError) continue;
      const [result] = header.decl.type.results;
      const t = result && deref(analysis.types.resolve(header, result.type));
      if (t?.kind !== 'named' || t.name !== type || t.pkg !== pkg.path) continue;
      const unit = pkg.unit(member);
      if (unit.decl.kind === 'FuncDecl' && !unit.hasError) found.push({ unit, decl: unit.decl });
    }
  return found;
}

/** Which of its results is a function without parameters, by which callers give back or end what they have got; -1 where there is none. */
export function givenFunction(types: TypeInfo, unit: DeclUnit, decl: FuncDecl): number {
  const { results } = types.signature(unit, decl.type);
  return results.findIndex((t) => {
    const u = types.underlying(t);
    return u.kind === 'func' && u.params.length === 0 && u.results.every((r) => isErrorType(r));
  });
}

/** The names of the parameters of a function, in order. */
export function paramNames({ type }: FuncDecl): string[] {
  return type.params.flatMap((p) => p.names.map((n) => n.name));
}
