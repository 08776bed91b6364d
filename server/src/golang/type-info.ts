/**
 * Types of expressions, inferred from declarations on demand and remembered per node. One instance serves one
 * snapshot of a program: it must not outlive a change of any file.
 */
import { arrayLength } from './constants.ts';
import type { Expr, FuncDecl, FuncType, Ident, LocalObject } from '../syntax/ast.ts';
import { EXPRESSION, nested } from './effort.ts';
import { inferExpr, inferObject, specType } from './infer.ts';
import { Members } from './members.ts';
import type { GoPackage, PackageMember, Program } from './package.ts';
import { noteOrderForAll } from './reads.ts';
import { substitute } from './substitute.ts';
import { ANY, type SignatureType, type Type, UNKNOWN } from './types.ts';
import { UNIVERSE_TYPES, UNIVERSE_VALUES, BUILTINS } from './universe.ts';
import type { DeclUnit } from './unit.ts';
import { contains, fieldNames, flattenFields, unparen } from './walk.ts';

/** What a name that is not local stands for. */
export type Denotation =
  | { kind: 'package'; path: string }
  | { kind: 'member'; pkg: GoPackage; member: PackageMember }
  | { kind: 'builtin' }
  | { kind: 'type' | 'value'; type: Type }
  | undefined;

export class TypeInfo {
  private readonly memo = new WeakMap<Expr, Type>();
  private readonly objectMemo = new WeakMap<LocalObject, Type>();
  private readonly memberMemo = new Map<PackageMember, Map<string, Type>>();
  private readonly busy = new Set<unknown>();
  readonly members: Members;

  constructor(readonly program: Program) {
    this.members = new Members(this);
  }

  /** Type of an expression's value, or of the type it denotes in type position; `unknown` when it cannot be told. */
  typeOf(unit: DeclUnit, expr: Expr): Type {
    const known = this.memo.get(expr);
    if (known) return known;
    if (this.busy.has(expr)) return circular();
    const type = this.guarded(expr, () => inferExpr(this, unit, expr));
    this.memo.set(expr, type);
    return type;
  }

  /** Computes what depends on itself only in code that does not compile; `busy` stops such a circle, `nested` long chains. */
  private guarded(key: unknown, compute: () => Type): Type {
    this.busy.add(key);
    try {
      return nested<Type>(EXPRESSION, UNKNOWN, compute);
    } finally {
      this.busy.delete(key);
    }
  }

  /** Types of the values an expression yields: several for a call that returns several. */
  valuesOf(unit: DeclUnit, expr: Expr): Type[] {
    const t = this.typeOf(unit, expr);
    return t.kind === 'tuple' ? t.elems : [t];
  }

  /** What an unbound identifier stands for: import, package member or predeclared name. */
  denotes(unit: DeclUnit, ident: Ident): Denotation {
    const name = ident.name;
    const member = unit.pkg.member(name);
    const imported = unit.file.imports.get(name);
    if (imported !== undefined) return { kind: 'package', path: imported };
    if (member) return { kind: 'member', pkg: unit.pkg, member };
    const type = UNIVERSE_TYPES.get(name);
    if (type) return { kind: 'type', type };
    const value = UNIVERSE_VALUES.get(name);
    if (value) return { kind: 'value', type: value };
    if (BUILTINS.has(name)) return { kind: 'builtin' };
    return undefined;
  }

  /** The type a type expression denotes. */
  resolve(unit: DeclUnit, expr: Expr): Type {
    switch (expr.kind) {
      case 'ParenExpr':
        return this.resolve(unit, expr.x);
      case 'StarExpr':
        return { kind: 'pointer', elem: this.resolve(unit, expr.x) };
      case 'ArrayType':
        return expr.len === undefined
          ? { kind: 'slice', elem: this.resolve(unit, expr.elem) }
          : { kind: 'array', elem: this.resolve(unit, expr.elem), length: arrayLength(this, unit, expr.len) };
      case 'MapType':
        return { kind: 'map', key: this.resolve(unit, expr.key), elem: this.resolve(unit, expr.value) };
      case 'ChanType':
        return { kind: 'chan', dir: expr.dir, elem: this.resolve(unit, expr.value) };
      case 'FuncType':
        return this.signature(unit, expr);
      case 'StructType':
        return { kind: 'struct', unit, node: expr };
      case 'InterfaceType':
        return { kind: 'interface', unit, node: expr };
      case 'IndexExpr':
        return this.instantiate(
          this.resolve(unit, expr.x),
          expr.indices.map((i) => this.resolve(unit, i)),
          this.aliasParams(unit, expr.x),
        );
      case 'Ident':
        return this.resolveName(unit, expr);
      case 'SelectorExpr': {
        const x = expr.x;
        if (x.kind !== 'Ident' || x.obj) return UNKNOWN;
        const path = unit.file.imports.get(x.name);
        return path === undefined ? UNKNOWN : this.namedType(path, expr.sel.name);
      }
      default:
        return UNKNOWN;
    }
  }

  private instantiate(type: Type, args: Type[], aliasParams: readonly string[] | undefined): Type {
    if (aliasParams) return substitute(type, aliasParams, args);
    return type.kind === 'named' ? { ...type, args } : UNKNOWN;
  }

  /** Type parameters of the alias that a name denotes; undefined when it denotes no alias. */
  private aliasParams(unit: DeclUnit, expr: Expr): string[] | undefined {
    let pkg: GoPackage | undefined = unit.pkg;
    let name: string | undefined;
    if (expr.kind === 'Ident' && !expr.obj) name = expr.name;
    else if (expr.kind === 'SelectorExpr' && expr.x.kind === 'Ident' && !expr.x.obj) {
      const path = unit.file.imports.get(expr.x.name);
      pkg = path === undefined ? undefined : this.program.package(path);
      name = expr.sel.name;
    }
    if (!pkg || name === undefined) return undefined;
    const spec = this.members.typeSpec({ kind: 'named', pkg: pkg.path, name, args: [] })?.spec;
    return spec?.alias ? fieldNames(spec.typeParams) : undefined;
  }

  /** `path.name` as a type; aliases are followed. A type of an unseen package is still known by its name. */
  namedType(path: string, name: string): Type {
    const pkg = this.program.package(path);
    const member = pkg?.member(name);
    if (!pkg || !member) return { kind: 'named', pkg: path, name, args: [] };
    return this.typeMember(pkg, member, name);
  }

  /** Header of a function as a type. */
  signature(unit: DeclUnit, node: FuncType): SignatureType {
    const params = flattenFields(node.params);
    return {
      kind: 'func',
      params: params.map((p) => {
        const t = this.resolve(unit, p.type);
        return p.variadic ? { kind: 'slice', elem: t } : t;
      }),
      results: flattenFields(node.results).map((r) => this.resolve(unit, r.type)),
      variadic: params.some((p) => p.variadic),
      node,
      cores: node.typeParams.length > 0 ? this.cores(unit, node) : undefined,
    };
  }

  /** What constraints such as `~map[K]V` say that a type argument is made of. */
  private cores(unit: DeclUnit, node: FuncType): ReadonlyMap<string, Type> {
    const found = new Map<string, Type>();
    for (const { names, type } of node.typeParams)
      if (type.kind === 'UnaryExpr' && type.op === '~')
        for (const { name } of names) found.set(name, this.resolve(unit, type.x));
    return found;
  }

  /** The type that gives a type its structure: named types are followed to their definition. */
  underlying(type: Type): Type {
    for (let t = type, depth = 0; depth < 20; depth++) {
      if (t.kind !== 'named') return t;
      const def = this.members.definition(t);
      if (!def) return t.pkg === '' && t.name === 'error' ? ANY : UNKNOWN;
      t = def;
    }
    return UNKNOWN;
  }

  /** Type of a variable, constant or function of a package. */
  memberType(pkg: GoPackage, member: PackageMember, name: string): Type {
    let types = this.memberMemo.get(member);
    if (!types) this.memberMemo.set(member, (types = new Map()));
    let type = types.get(name);
    if (!type) {
      // Variables of one group may be made from each other.
      const key = `${member.file.path}\0${member.declaration.base}\0${name}`;
      if (this.busy.has(key)) return circular();
      type = this.guarded(key, () => this.computeMember(pkg.header(member), name));
      types.set(name, type);
    }
    return type;
  }

  /** Type of a local variable, parameter or result. */
  objectType(unit: DeclUnit, object: LocalObject): Type {
    let type = this.objectMemo.get(object);
    if (!type) {
      if (this.busy.has(object)) return circular();
      type = this.guarded(object, () => inferObject(this, unit, object));
      this.objectMemo.set(object, type);
    }
    return type;
  }

  private resolveName(unit: DeclUnit, ident: Ident): Type {
    const object = ident.obj;
    if (object) {
      if (object.kind === 'typeparam') return { kind: 'typeparam', name: object.name };
      return object.kind === 'type' ? this.objectType(unit, object) : UNKNOWN;
    }
    if (isOwnTypeParam(unit, ident)) return { kind: 'typeparam', name: ident.name };
    const d = this.denotes(unit, ident);
    if (d?.kind === 'type') return d.type;
    if (d?.kind === 'member' && d.member.declaration.tok === 'type')
      return this.typeMember(d.pkg, d.member, ident.name);
    return UNKNOWN;
  }

  /** A type declared in a package; aliases are followed. */
  typeMember(pkg: GoPackage, member: PackageMember, name: string): Type {
    if (member.declaration.tok !== 'type') return UNKNOWN;
    const unit = pkg.unit(member);
    const spec =
      unit.decl.kind === 'GenDecl'
        ? unit.decl.specs.find((s) => s.kind === 'TypeSpec' && s.name.name === name)
        : undefined;
    if (spec?.kind === 'TypeSpec' && spec.alias && !unit.hasError) {
      if (this.busy.has(spec)) return circular();
      const target = this.guarded(spec, () => this.resolve(unit, spec.type));
      if (target.kind !== 'unknown') return target;
    }
    return { kind: 'named', pkg: pkg.path, name, args: [] };
  }

  private computeMember(unit: DeclUnit, name: string): Type {
    const decl = unit.decl;
    if (unit.hasError) return UNKNOWN;
    if (decl.kind === 'FuncDecl') return this.signature(unit, decl.type);
    for (const spec of decl.specs) {
      if (spec.kind !== 'ValueSpec') continue;
      const i = spec.names.findIndex((n) => n.name === name);
      if (i >= 0) return specType(this, unit, spec, i, decl.tok);
    }
    return UNKNOWN;
  }

  /** True when an expression in call position denotes a type, so that the call is a conversion. */
  isTypeExpr(unit: DeclUnit, expr: Expr): boolean {
    const x = unparen(expr);
    switch (x.kind) {
      case 'ArrayType':
      case 'MapType':
      case 'ChanType':
      case 'FuncType':
      case 'InterfaceType':
      case 'StructType':
        return true;
      case 'StarExpr':
        return this.isTypeExpr(unit, x.x);
      case 'IndexExpr':
        return this.isTypeExpr(unit, x.x);
      case 'Ident': {
        if (x.obj) return x.obj.kind === 'type' || x.obj.kind === 'typeparam';
        const d = this.denotes(unit, x);
        return d?.kind === 'type' || (d?.kind === 'member' && d.member.declaration.tok === 'type');
      }
      case 'SelectorExpr': {
        if (x.x.kind !== 'Ident' || x.x.obj) return false;
        const path = unit.file.imports.get(x.x.name);
        return path !== undefined && this.program.package(path)?.member(x.sel.name)?.declaration.tok === 'type';
      }
      default:
        return false;
    }
  }

  /** The function declaration a call runs, when it is one of the program's own with a visible body. */
  declarationOf(pkg: GoPackage, member: PackageMember): { unit: DeclUnit; decl: FuncDecl } | undefined {
    if (member.ambiguous) return undefined;
    const unit = pkg.unit(member);
    return unit.decl.kind === 'FuncDecl' && !unit.hasError ? { unit, decl: unit.decl } : undefined;
  }
}

/** What depends on itself is not known; of the types on the way there more is known or less by where one starts. */
function circular(): Type {
  noteOrderForAll();
  return UNKNOWN;
}

/** True for a type parameter of the package-level type whose declaration the name stands in; these have no local object. */
function isOwnTypeParam({ decl }: DeclUnit, ident: Ident): boolean {
  if (decl.kind !== 'GenDecl' || decl.tok !== 'type') return false;
  return decl.specs.some(
    (s) =>
      s.kind === 'TypeSpec' &&
      s.typeParams.length > 0 &&
      contains(s, ident) &&
      fieldNames(s.typeParams).includes(ident.name),
  );
}
