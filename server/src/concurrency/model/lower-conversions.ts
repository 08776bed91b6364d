/** Lowers what turns a value into one of another type: into one of an interface its type goes with it. */
import { unparen } from '../../golang/walk.ts';
import type { Type } from '../../golang/types.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import { hasOwnMethods, isNamedBasic } from './dynamic-types.ts';
import type { Reg } from './instructions.ts';
import { lowerExpr, valueOf } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';

/** The value of an expression, in `src`, as one of the type of what takes it. */
export function toInterface(l: Lowering, e: Expr, src: Reg, to: (() => Type | undefined) | undefined): Reg {
  const x = unparen(e);
  if (!to || x.kind === 'BasicLit' || x.kind === 'FuncLit') return src;
  const type = l.typeOf(x);
  if (!isNamedBasic(l.analysis.types, type) && !hasOwnMethods(l.analysis.types, type)) return src;
  const target = to();
  if (!target || l.shape(target) !== 'interface') return src;
  const dst = l.reg();
  l.emit({ op: 'named', dst, src, type });
  return dst;
}

/** The type of the parameter that takes an argument. */
export function parameterType(l: Lowering, call: CallExpr, n: number): () => Type | undefined {
  return () => {
    const u = l.analysis.types.underlying(l.typeOf(call.fun));
    if (u.kind !== 'func') return undefined;
    const last = u.params.length - 1;
    if (!u.variadic || n < last) return u.params[n];
    const rest = u.params[last];
    return rest?.kind === 'slice' && !call.spread ? rest.elem : rest;
  };
}

/** A struct or array as what it is compared by: equal for equal contents. */
export function byContent(l: Lowering, src: Reg, type: Type): Reg {
  const shape = l.shape(type);
  if (shape !== 'struct' && shape !== 'array') return src;
  const dst = l.reg();
  l.emit({ op: 'content', dst, src });
  return dst;
}

/** True for a type of measured numbers. */
export function isFloat(l: Lowering, type: Type): boolean {
  const u = l.analysis.types.underlying(type);
  return u.kind === 'basic' && /float/.test(u.name);
}

/** Both sides of an operator: where one is an interface, the other becomes one. */
export function lowerOperands(l: Lowering, x: Expr, y: Expr, op: string): [Reg, Reg] {
  const [a, b] = [lowerExpr(l, x), lowerExpr(l, y)];
  if (op !== '==' && op !== '!=') return [a, b];
  const [from, to] = [l.typeOf(x), l.typeOf(y)];
  if (l.shape(from) === l.shape(to)) return [byContent(l, a, from), byContent(l, b, to)];
  return [toInterface(l, x, a, () => l.typeOf(y)), toInterface(l, y, b, () => l.typeOf(x))];
}

/** What goes through `unsafe.Pointer` may end up anywhere. */
export function conversion(l: Lowering, call: CallExpr, type: Type): Reg {
  const [x] = call.args;
  if (!x) return l.constant(null);
  const value = valueOf(l, x, () => type);
  const converted = convertText(l, value, l.typeOf(x), type);
  if (converted !== undefined) return converted;
  if (isFloat(l, l.typeOf(x)) && !isFloat(l, type)) {
    const dst = l.reg();
    l.emit({ op: 'unary', dst, operator: 'trunc', x: value });
    return dst;
  }
  const unsafe = (t: Type): boolean => t.kind === 'named' && t.pkg === 'unsafe';
  if (unsafe(type) || unsafe(l.typeOf(x)))
    l.emit({ op: 'opaque', dst: l.reg(), args: [value], escapes: true, type: { kind: 'unknown' } });
  return typed(l, value, type);
}

/** A text made of a number or of bytes, or the other way round; undefined for other conversions. */
function convertText(l: Lowering, value: Reg, from: Type, to: Type): Reg | undefined {
  const isString = (t: Type): boolean => l.shape(t) === 'string';
  const isBytes = (t: Type): boolean => {
    const u = l.analysis.types.underlying(t);
    return u.kind === 'slice' && u.elem.kind === 'basic' && /^(?:byte|uint8)$/.test(u.elem.name);
  };
  const name =
    isString(to) && l.shape(from) === 'number'
      ? 'string'
      : isString(to) && isBytes(from)
        ? 'text'
        : isBytes(to) && isString(from)
          ? 'bytes'
          : undefined;
  if (name === undefined) return undefined;
  const dst = l.reg();
  l.emit({ op: 'pure', dst, name, args: [value], ...(name !== 'string' && { type: to }) });
  return dst;
}

/** A value of a type; one that has methods is told apart. */
export function typed(l: Lowering, value: Reg, type: Type): Reg {
  if (!hasMethods(l, type)) return value;
  const dst = l.reg();
  l.emit({ op: 'named', dst, src: value, type });
  return dst;
}

/** True for a type of functions or channels that has methods: `http.HandlerFunc` is one. */
function hasMethods(l: Lowering, type: Type): boolean {
  if (type.kind !== 'named' || type.local) return false;
  const shape = l.shape(type);
  if (shape !== 'func' && shape !== 'chan') return false;
  return (l.analysis.program.package(type.pkg)?.methods(type.name).size ?? 0) > 0;
}
