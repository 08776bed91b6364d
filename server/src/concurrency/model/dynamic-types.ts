/**
 * Types of values in interfaces. A number, text or truth value of a named type is a text of its own there, which says the type: equal
 * for equal values of one type, as Go compares interfaces.
 */
import type { TypeInfo } from '../../golang/type-info.ts';
import { isErrorType, type NamedType, type Type } from '../../golang/types.ts';
import { type Shape, shapeOf } from './shapes.ts';
import type { State } from './state.ts';
import { Func, type HeapObject, Ref, type Value } from './values.ts';

const MARK = 'of type';
const APART = '\0';

/** True for types defined as a number, text or truth value, outside of functions. */
export function isNamedBasic(info: TypeInfo, type: Type): type is NamedType {
  if (type.kind !== 'named' || type.pkg === '' || type.local || type.args.length > 0) return false;
  return info.underlying(type).kind === 'basic';
}

/** True for types with methods whose values are no structs, and for pointers to them. */
export function hasOwnMethods(info: TypeInfo, type: Type): boolean {
  const t = type.kind === 'pointer' ? type.elem : type;
  if (t.kind !== 'named' || t.pkg === '' || t.local) return false;
  const u = info.underlying(t);
  if (u.kind !== 'slice' && u.kind !== 'map') return false;
  return (info.program.package(t.pkg)?.methods(t.name).size ?? 0) > 0;
}

/** A value of a named basic type as an interface holds it; a value that is not known stays what it is. */
export function inInterface(type: NamedType, v: Value): Value {
  return v instanceof Object || v === null || ofNamedBasic(v)
    ? v
    : [MARK, type.pkg, type.name, JSON.stringify(v)].join(APART);
}

/** The type and the value that an interface holds; undefined for all that is not of a named basic type. */
export function ofNamedBasic(v: Value): { type: NamedType; value: Value } | undefined {
  if (typeof v !== 'string' || !v.startsWith(MARK)) return undefined;
  const [, pkg = '', name = '', ...value] = v.split(APART);
  return { type: { kind: 'named', pkg, name, args: [] }, value: JSON.parse(value.join(APART)) as Value };
}

/** What a value that is of a type is outside of an interface. */
export function asserted(info: TypeInfo, v: Value, type: Type): Value {
  const held = ofNamedBasic(v);
  return held && info.underlying(type).kind !== 'interface' ? held.value : v;
}

/** Whether a value in an interface has a type; undefined when that is not known. */
export function hasType(info: TypeInfo, st: State, x: Value, type: Type): boolean | undefined {
  if (x === null) return false;
  const own = ofNamedBasic(x)?.type ?? namedTypeOf(st, x);
  const shape = shapeOf(info, type);
  if (shape === 'context') return undefined;
  if (shape === 'interface') return own && implementsAll(info, own, type);
  if (own) {
    const t = type.kind === 'pointer' ? type.elem : type;
    if (t.kind === 'named' && !t.local) return t.pkg === own.pkg && t.name === own.name;
  }
  const shapes = x instanceof Ref ? SHAPES[st.get(x.id).t] : x instanceof Func ? FUNC : BASIC[typeof x];
  if (!shapes || shape === 'other') return undefined;
  if (!shapes.includes(shape)) return false;
  // Of a type that is defined as a text it is not known whether the value is of that type.
  return typeof x === 'string' && type.kind === 'basic'
    ? true
    : typeof x === 'boolean'
      ? type.kind === 'basic' || undefined
      : undefined;
}

const FUNC: readonly Shape[] = ['func'];
const BASIC: Readonly<Record<string, readonly Shape[]>> = { string: ['string'], boolean: ['bool'], number: ['number'] };
const SHAPES: Partial<Record<HeapObject['t'], readonly Shape[]>> = {
  struct: ['struct', 'pointer', 'context'],
  chan: ['chan'],
  map: ['map', 'pointer'],
};

/** The named type of a value, or of what it points to. */
export function namedTypeOf(st: State, x: Value): NamedType | undefined {
  if (x instanceof Func) return named(x.type);
  const o = x instanceof Ref ? st.get(x.id) : undefined;
  return o?.t === 'struct' ? named(o.type) : undefined;
}

function named(type: Type | undefined): NamedType | undefined {
  return type?.kind === 'named' && !type.local ? type : undefined;
}

/** Whether a type, or a pointer to it, has the methods of an interface; undefined when not all are known. */
function implementsAll(info: TypeInfo, type: NamedType, wanted: Type): boolean | undefined {
  if (isErrorType(wanted)) return hasMethods(info, type, ['Error']);
  const u = info.underlying(wanted);
  if (u.kind !== 'interface' || (u.node?.embeds.length ?? 0) > 0) return undefined;
  const names = (u.node?.methods ?? []).map(({ name }) => name.name);
  return hasMethods(info, type, names);
}

function hasMethods(info: TypeInfo, type: NamedType, names: readonly string[]): boolean | undefined {
  if (names.every((name) => info.members.find(type, name)?.kind === 'method')) return true;
  // What is embedded may have methods that are not seen.
  const u = info.underlying(type);
  const isSeen = info.program.package(type.pkg)?.origin === 'own';
  return isSeen && (u.kind !== 'struct' || u.node.fields.every((f) => f.names.length > 0)) ? false : undefined;
}
