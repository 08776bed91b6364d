/**
 * Go types as far as they can be known without compiling. Everything that is not known is `unknown`, and a rule that
 * needs a type it does not have stays silent.
 */
import type { DeclUnit } from './unit.ts';
import type { FuncType, StructType, InterfaceType } from '../syntax/ast.ts';

export type Type =
  | UnknownType
  | BasicType
  | NamedType
  | PointerType
  | SliceType
  | ArrayType_
  | MapType_
  | ChanType_
  | SignatureType
  | StructType_
  | InterfaceType_
  | TupleType
  | TypeParamType
  | PackageRef;

export interface UnknownType {
  kind: 'unknown';
}
/** Predeclared types, the untyped constant kinds and nil. */
export interface BasicType {
  kind: 'basic';
  name: string;
}
/** A defined type `pkg.Name[args]`. Its declaration is looked up on demand by `TypeInfo.underlying`. */
export interface NamedType {
  kind: 'named';
  /** Import path, or the package key of a workspace package (see `GoPackage.path`). */
  pkg: string;
  name: string;
  args: Type[];
  /** A type declared inside a function: the unit that holds its declaration. */
  local?: { unit: DeclUnit; type: Type };
}
export interface PointerType {
  kind: 'pointer';
  elem: Type;
}
export interface SliceType {
  kind: 'slice';
  elem: Type;
}
export interface ArrayType_ {
  kind: 'array';
  elem: Type;
  /** Known where it is written as a number. */
  length?: number;
}
export interface MapType_ {
  kind: 'map';
  key: Type;
  elem: Type;
}
export interface ChanType_ {
  kind: 'chan';
  dir: 'both' | 'send' | 'recv';
  elem: Type;
}
export interface SignatureType {
  kind: 'func';
  params: Type[];
  results: Type[];
  variadic: boolean;
  /** The declared header, when there is one. */
  node?: FuncType;
  /** What is known of type parameters from their constraints: `~[]E`. */
  cores?: ReadonlyMap<string, Type>;
}
/** A struct's fields are resolved on demand in the unit that wrote them. */
export interface StructType_ {
  kind: 'struct';
  unit: DeclUnit;
  node: StructType;
}
export interface InterfaceType_ {
  kind: 'interface';
  unit?: DeclUnit;
  node?: InterfaceType;
}
/** Results of a call that returns other than one value. */
export interface TupleType {
  kind: 'tuple';
  elems: Type[];
}
export interface TypeParamType {
  kind: 'typeparam';
  name: string;
}
/** What a package name denotes, as in `http` of `http.Get`. */
export interface PackageRef {
  kind: 'package';
  path: string;
}

export const UNKNOWN: UnknownType = { kind: 'unknown' };
const basics = new Map<string, BasicType>();

/** The basic type of that name (interned). */
export function basic(name: string): BasicType {
  let t = basics.get(name);
  if (!t) basics.set(name, (t = { kind: 'basic', name }));
  return t;
}

export const ERROR: NamedType = { kind: 'named', pkg: '', name: 'error', args: [] };
export const ANY: InterfaceType_ = { kind: 'interface' };

/** The type with one level of pointer removed. */
export function deref(type: Type): Type {
  return type.kind === 'pointer' ? type.elem : type;
}

/** True for `pkg.Name` or `*pkg.Name`. */
export function isNamed(type: Type, pkg: string, name: string): boolean {
  const t = deref(type);
  return t.kind === 'named' && t.name === name && t.pkg === pkg;
}

/** `pkg.Name` of a named type or of what a pointer to one points at; undefined for others. */
export function qualifiedName(type: Type): string | undefined {
  const t = deref(type);
  return t.kind === 'named' ? (t.pkg ? `${t.pkg}.${t.name}` : t.name) : undefined;
}

/** `context.Context`, also under its old import path. */
export function isContext(type: Type): boolean {
  return (
    type.kind === 'named' &&
    type.name === 'Context' &&
    (type.pkg === 'context' || type.pkg === 'golang.org/x/net/context')
  );
}

export function isErrorType(type: Type): boolean {
  return type.kind === 'named' && type.pkg === '' && type.name === 'error';
}

/** True for what a call yields whose last or only value is an error. */
export function mayFail(results: Type): boolean {
  const last = results.kind === 'tuple' ? results.elems.at(-1) : results;
  return last !== undefined && isErrorType(last);
}

/** True for the type of a constant that has none yet. */
export function isUntyped(type: Type): boolean {
  return type.kind === 'basic' && type.name.startsWith('untyped');
}

const DEFAULTS: Record<string, string> = {
  'untyped int': 'int',
  'untyped float': 'float64',
  'untyped imag': 'complex128',
  'untyped char': 'rune',
  'untyped string': 'string',
};

/** Default type of an untyped constant; other types unchanged. */
export function defaultType(type: Type): Type {
  if (type.kind !== 'basic') return type;
  const name = DEFAULTS[type.name];
  return name ? basic(name) : type;
}
