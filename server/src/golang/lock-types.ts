/** Types whose values must not be copied, since a lock, a group or an atomic value is part of them. */
import type { StructType } from '../syntax/ast.ts';
import { isForeignLock } from './api/lock-types.ts';
import type { Analysis } from './analysis.ts';
import type { GoPackage, PackageMember } from './package.ts';
import { substitute } from './substitute.ts';
import type { NamedType, Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { fieldNames } from './walk.ts';

/** The way from a type to the lock in it: `Cache`, `shard`, `sync.Mutex`. A type without a name is left out. */
export type LockPath = readonly [string, ...string[]];

const MAX_DEPTH = 12;

/** Where in a value of `type` there is a lock; undefined when there is none, or when the type is not known. */
export function lockIn(analysis: Analysis, type: Type): LockPath | undefined {
  return search(analysis, type, 0);
}

function search(analysis: Analysis, type: Type, depth: number): LockPath | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (type.kind) {
    case 'array':
      return search(analysis, type.elem, depth + 1);
    case 'struct':
      return inFields(analysis, type.unit, type.node, undefined, depth);
    case 'named':
      return inNamed(analysis, type, depth);
    default:
      return undefined;
  }
}

function inNamed(analysis: Analysis, type: NamedType, depth: number): LockPath | undefined {
  if (isForeignLock(type.pkg, type.name)) return [`${type.pkg.replace(/^.*\//, '')}.${type.name}`];
  if (type.local) return withName(type.name, search(analysis, type.local.type, depth + 1));
  if (type.args.length > 0) return declaredLock(analysis, type, depth);
  let known = byName.get(analysis);
  if (!known) byName.set(analysis, (known = new Map()));
  const key = `${type.pkg}\0${type.name}`;
  if (known.has(key)) return known.get(key);
  // A type that contains itself does so by a pointer.
  known.set(key, undefined);
  const path = declaredLock(analysis, type, depth);
  known.set(key, path);
  return path;
}

const byName = new WeakMap<Analysis, Map<string, LockPath | undefined>>();

function declaredLock(analysis: Analysis, type: NamedType, depth: number): LockPath | undefined {
  const { types } = analysis;
  const found = types.members.typeSpec(type);
  if (!found || found.unit.pkg.isStub) return undefined;
  const { unit, spec } = found;
  // Declared in files for different platforms: which one counts is not known.
  if (unit.pkg.member(type.name)?.ambiguous) return undefined;
  const params = fieldNames(spec.typeParams);
  const def = types.resolve(unit, spec.type);
  if (def.kind === 'struct' && isLocker(unit.pkg, type.name)) return [type.name];
  const args = params.length > 0 ? { names: params, types: type.args } : undefined;
  if (def.kind === 'struct') return withName(type.name, inFields(analysis, def.unit, def.node, args, depth + 1));
  return withName(type.name, search(analysis, args ? substitute(def, args.names, args.types) : def, depth + 1));
}

function withName(name: string, path: LockPath | undefined): LockPath | undefined {
  return path && [name, ...path];
}

function inFields(
  analysis: Analysis,
  unit: DeclUnit,
  node: StructType,
  args: { names: readonly string[]; types: readonly Type[] } | undefined,
  depth: number,
): LockPath | undefined {
  for (const field of node.fields) {
    const declared = analysis.types.resolve(unit, field.type);
    const path = search(analysis, args ? substitute(declared, args.names, args.types) : declared, depth + 1);
    if (path) return path;
  }
  return undefined;
}

/** True for a type with methods `Lock()` and `Unlock()` of its pointer: this is also how types say that they must not be copied. */
function isLocker(pkg: GoPackage, name: string): boolean {
  const methods = pkg.methods(name);
  return ['Lock', 'Unlock'].every((m) => isPlainPointerMethod(pkg, methods.get(m)));
}

function isPlainPointerMethod(pkg: GoPackage, member: PackageMember | undefined): boolean {
  const decl = member && pkg.header(member).decl;
  if (decl?.kind !== 'FuncDecl' || decl.recv?.type.kind !== 'StarExpr') return false;
  return decl.type.params.length === 0 && decl.type.results.length === 0;
}
