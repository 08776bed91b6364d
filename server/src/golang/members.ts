/** Fields and methods: what `x.name` selects (Go specification, "Selectors"), promotion through embedding included. */
import type { Expr, FuncDecl, SelectorExpr, StructType, TypeSpec } from '../syntax/ast.ts';
import type { GoPackage, PackageMember } from './package.ts';
import { substitute } from './substitute.ts';
import type { TypeInfo } from './type-info.ts';
import { deref, type NamedType, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { fieldNames, unparen } from './walk.ts';

export interface FieldSelection {
  kind: 'field';
  type: Type;
  /** The named type that declares the field, when it has a name. */
  owner?: NamedType;
  name: string;
}
export interface MethodSelection {
  kind: 'method';
  /** Signature without the receiver, type arguments applied. */
  type: Type;
  /** The type that declares it: an interface for dynamic calls. */
  owner: NamedType;
  name: string;
  dynamic: boolean;
  /** Where it is declared; absent for interface methods. */
  pkg?: GoPackage;
  member?: PackageMember;
}
export interface PackageSelection {
  kind: 'package';
  /** Import path. */
  path: string;
  name: string;
  type: Type;
  pkg?: GoPackage;
  member?: PackageMember;
}
export type Selection = FieldSelection | MethodSelection | PackageSelection;

const MAX_EMBEDDING = 5;

export class Members {
  private readonly lookups = new Map<string, FieldSelection | MethodSelection | undefined>();
  constructor(private readonly info: TypeInfo) {}

  /** What a selector expression selects, or undefined when it cannot be told. */
  selector(unit: DeclUnit, expr: SelectorExpr): Selection | undefined {
    const x = unparen(expr.x);
    const name = expr.sel.name;
    const type = this.info.typeOf(unit, x);
    if (type.kind === 'package') return this.packageMember(type.path, name);
    return this.find(type, name);
  }

  /** `path.name` of another package. */
  packageMember(path: string, name: string): PackageSelection {
    const pkg = this.info.program.package(path);
    const member = pkg?.member(name);
    if (!pkg || !member) return { kind: 'package', path, name, type: { kind: 'unknown' } };
    const { info } = this;
    return {
      kind: 'package',
      path: pkg.path,
      name,
      pkg,
      member,
      // Many ask only what a name stands for.
      get type() {
        return member.declaration.tok === 'type' ? info.namedType(path, name) : info.memberType(pkg, member, name);
      },
    };
  }

  /** Field or method `name` of a value of `type`, embedded ones included. */
  find(type: Type, name: string): FieldSelection | MethodSelection | undefined {
    const key = cacheKey(type, name);
    if (key !== undefined && this.lookups.has(key)) return this.lookups.get(key);
    const found = this.search(type, name);
    if (key !== undefined) this.lookups.set(key, found);
    return found;
  }

  /** What a named type is defined as, its type arguments applied. */
  definition(type: NamedType): Type | undefined {
    if (type.local) return type.local.type;
    const found = this.typeSpec(type);
    if (!found) return undefined;
    const def = this.info.resolve(found.unit, found.spec.type);
    const names = fieldNames(found.spec.typeParams);
    return names.length && type.args.length ? substitute(def, names, type.args) : def;
  }

  /** The declaration of a named type, when its package is visible. */
  typeSpec(type: NamedType): { unit: DeclUnit; spec: TypeSpec } | undefined {
    const pkg = this.info.program.package(type.pkg);
    const member = pkg?.member(type.name);
    if (!pkg || !member) return undefined;
    const unit = pkg.unit(member);
    if (unit.decl.kind !== 'GenDecl' || unit.hasError) return undefined;
    for (const spec of unit.decl.specs)
      if (spec.kind === 'TypeSpec' && spec.name.name === type.name) return { unit, spec };
    return undefined;
  }

  private search(type: Type, name: string): FieldSelection | MethodSelection | undefined {
    let level: Type[] = [deref(type)];
    for (let depth = 0; depth < MAX_EMBEDDING && level.length > 0; depth++) {
      const next: Type[] = [];
      for (const t of level) {
        const found = this.own(t, name, next);
        if (found) return found;
      }
      level = next;
    }
    return undefined;
  }

  /** A member declared by the type itself; types it embeds are added to `embedded`. */
  private own(type: Type, name: string, embedded: Type[]): FieldSelection | MethodSelection | undefined {
    const named = type.kind === 'named' ? type : undefined;
    if (named) {
      const pkg = this.info.program.package(named.pkg);
      const member = pkg?.methods(named.name).get(name);
      if (pkg && member) return this.method(pkg, member, named, name);
      if (named.pkg === '' && named.name === 'error' && name === 'Error')
        return { kind: 'method', type: ERROR_METHOD, owner: named, name, dynamic: true };
    }
    let u = this.info.underlying(type);
    if (u.kind === 'pointer') u = this.info.underlying(u.elem);
    const generic = named && this.instantiated(named);
    if (u.kind === 'struct') return this.field(u.unit, u.node, named, generic, name, embedded);
    if (u.kind !== 'interface' || !u.node || !u.unit) return undefined;
    for (const m of u.node.methods)
      if (m.name.name === name) {
        const owner: NamedType = named ?? { kind: 'named', pkg: '', name: '', args: [] };
        return {
          kind: 'method',
          type: this.applied(this.info.signature(u.unit, m.type), generic),
          owner,
          name,
          dynamic: true,
        };
      }
    for (const e of u.node.embeds) embedded.push(this.applied(this.info.resolve(u.unit, e), generic));
    return undefined;
  }

  /** The type whose declaration spells the structure out: `Box[int]` for `type IntBox Box[int]`. */
  private instantiated(type: NamedType): NamedType {
    let t = type;
    for (let depth = 0; depth < 20; depth++) {
      const next = this.definition(t);
      if (next?.kind !== 'named') break;
      t = next;
    }
    return t;
  }

  private field(
    unit: DeclUnit,
    node: StructType,
    owner: NamedType | undefined,
    generic: NamedType | undefined,
    name: string,
    embedded: Type[],
  ): FieldSelection | undefined {
    for (const f of node.fields) {
      if (f.names.length === 0) {
        const t = this.applied(this.info.resolve(unit, f.type), generic);
        if (embeddedName(f.type) === name) return { kind: 'field', type: t, owner, name };
        embedded.push(deref(t));
      } else if (f.names.some((n) => n.name === name))
        return { kind: 'field', type: this.applied(this.info.resolve(unit, f.type), generic), owner, name };
    }
    return undefined;
  }

  /** Type parameters of `owner`'s declaration replaced by its arguments. */
  private applied(type: Type, owner: NamedType | undefined): Type {
    if (!owner || owner.args.length === 0) return type;
    return substitute(type, fieldNames(this.typeSpec(owner)?.spec.typeParams ?? []), owner.args);
  }

  private method(pkg: GoPackage, member: PackageMember, owner: NamedType, name: string): MethodSelection {
    const { info } = this;
    let signature: Type | undefined;
    return {
      kind: 'method',
      owner,
      name,
      dynamic: false,
      pkg,
      member,
      get type() {
        return (signature ??= methodSignature(info, pkg, member, owner));
      },
    };
  }
}

/** The signature of a method of that type, type arguments applied. */
function methodSignature(info: TypeInfo, pkg: GoPackage, member: PackageMember, owner: NamedType): Type {
  const unit = pkg.header(member);
  if (unit.decl.kind !== 'FuncDecl' || unit.hasError) return { kind: 'unknown' };
  const type = info.signature(unit, unit.decl.type);
  const names = receiverTypeParams(unit.decl);
  return names.length && owner.args.length ? substitute(type, names, owner.args) : type;
}

const ERROR_METHOD: Type = { kind: 'func', params: [], results: [{ kind: 'basic', name: 'string' }], variadic: false };

function receiverTypeParams(decl: FuncDecl): string[] {
  let x = decl.recv?.type;
  while (x && (x.kind === 'StarExpr' || x.kind === 'ParenExpr')) x = x.x;
  return x?.kind === 'IndexExpr' ? x.indices.map((i) => (i.kind === 'Ident' ? i.name : '_')) : [];
}

/** Name of the field that embedding a type declares: the name as written, be it an alias. */
function embeddedName(type: Expr): string | undefined {
  switch (type.kind) {
    case 'ParenExpr':
    case 'StarExpr':
    case 'IndexExpr':
      return embeddedName(type.x);
    case 'SelectorExpr':
      return type.sel.name;
    default:
      return type.kind === 'Ident' ? type.name : undefined;
  }
}

function cacheKey(type: Type, name: string): string | undefined {
  const t = deref(type);
  return t.kind === 'named' && t.args.length === 0 && !t.local ? `${t.pkg}\0${t.name}\0${name}` : undefined;
}
