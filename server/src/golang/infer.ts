/** Types of expressions and of local objects, by the rules of the Go specification as far as declarations are visible. */
import type {
  CallExpr,
  CompositeLit,
  Expr,
  FuncType,
  GenDecl,
  Ident,
  LocalObject,
  Node,
  SelectorExpr,
  ValueSpec,
} from '../syntax/ast.ts';
import { inferTypeArgs, substitute } from './substitute.ts';
import type { TypeInfo } from './type-info.ts';
import { ANY, basic, defaultType, isUntyped, type Type, UNKNOWN } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** Type of an expression's value, or of the type it denotes. */
export function inferExpr(info: TypeInfo, unit: DeclUnit, expr: Expr): Type {
  switch (expr.kind) {
    case 'Ident':
      return identType(info, unit, expr);
    case 'BasicLit':
      return basic(`untyped ${expr.lit}`);
    case 'ParenExpr':
      return info.typeOf(unit, expr.x);
    case 'FuncLit':
      return info.signature(unit, expr.type);
    case 'CompositeLit':
      return literalType(info, unit, expr);
    case 'SelectorExpr':
      return selectorType(info, unit, expr);
    case 'IndexExpr': {
      const x = info.typeOf(unit, expr.x);
      const u = underlyingCore(info, x);
      if (u.kind === 'slice' || u.kind === 'array' || u.kind === 'map') return u.elem;
      if (u.kind === 'basic' && u.name === 'string') return basic('byte');
      if (u.kind === 'func' && u.node?.typeParams.length)
        return substitute(
          u,
          typeParamNames(u.node),
          expr.indices.map((i) => info.resolve(unit, i)),
        );
      return UNKNOWN;
    }
    case 'SliceExpr': {
      const x = info.typeOf(unit, expr.x);
      const u = underlyingCore(info, x);
      return u.kind === 'array' ? { kind: 'slice', elem: u.elem } : x;
    }
    case 'TypeAssertExpr':
      return expr.type ? info.resolve(unit, expr.type) : info.typeOf(unit, expr.x);
    case 'CallExpr':
      return callType(info, unit, expr);
    case 'StarExpr': {
      if (info.isTypeExpr(unit, expr.x)) return info.resolve(unit, expr);
      const t = info.typeOf(unit, expr.x);
      const u = t.kind === 'pointer' ? t : info.underlying(t);
      return u.kind === 'pointer' ? u.elem : UNKNOWN;
    }
    case 'UnaryExpr': {
      const t = info.typeOf(unit, expr.x);
      if (expr.op === '&') return t.kind === 'unknown' ? UNKNOWN : { kind: 'pointer', elem: t };
      if (expr.op !== '<-') return t;
      const u = info.underlying(t);
      return u.kind === 'chan' ? u.elem : UNKNOWN;
    }
    case 'BinaryExpr': {
      if (['==', '!=', '<', '<=', '>', '>=', '&&', '||'].includes(expr.op)) return basic('bool');
      const x = info.typeOf(unit, expr.x);
      return expr.op === '<<' || expr.op === '>>' ? x : operandsType([x, info.typeOf(unit, expr.y)]);
    }
    case 'KeyValueExpr':
      return info.typeOf(unit, expr.value);
    default:
      return info.resolve(unit, expr);
  }
}

/** A method selected from a type is a function whose first parameter is the receiver. */
function selectorType(info: TypeInfo, unit: DeclUnit, expr: SelectorExpr): Type {
  const s = info.members.selector(unit, expr);
  if (!s) return UNKNOWN;
  if (s.kind !== 'method' || s.type.kind !== 'func' || !info.isTypeExpr(unit, expr.x)) return s.type;
  const recv = info.resolve(unit, unparen(expr.x));
  return { ...s.type, params: [recv, ...s.type.params] };
}

const UNTYPED = ['untyped int', 'untyped char', 'untyped float', 'untyped imag'];

/** Type of an operation on operands of one type, of which some may be untyped constants (Go specification, "Constant expressions"). */
function operandsType(types: readonly Type[]): Type {
  const typed = types.find((t) => !isUntyped(t));
  if (typed) return typed;
  const rank = (t: Type): number => (t.kind === 'basic' ? UNTYPED.indexOf(t.name) : -1);
  return types.reduce((a, b) => (rank(b) > rank(a) ? b : a), types[0] ?? UNKNOWN);
}

function identType(info: TypeInfo, unit: DeclUnit, ident: Ident): Type {
  const object = ident.obj;
  if (object)
    return object.kind === 'typeparam' ? { kind: 'typeparam', name: object.name } : info.objectType(unit, object);
  const d = info.denotes(unit, ident);
  switch (d?.kind) {
    case 'package':
      return { kind: 'package', path: d.path };
    case 'member':
      if (d.member.declaration.tok === 'type') return info.typeMember(d.pkg, d.member, ident.name);
      return info.memberType(d.pkg, d.member, ident.name);
    case 'type':
    case 'value':
      return d.type;
    default:
      return UNKNOWN;
  }
}

function literalType(info: TypeInfo, unit: DeclUnit, lit: CompositeLit): Type {
  return lit.type ? info.resolve(unit, lit.type) : UNKNOWN;
}

function callType(info: TypeInfo, unit: DeclUnit, call: CallExpr): Type {
  const fun = unparen(call.fun);
  if (fun.kind === 'Ident' && !fun.obj && info.denotes(unit, fun)?.kind === 'builtin')
    return builtinType(info, unit, fun.name, call);
  if (info.isTypeExpr(unit, fun)) return info.resolve(unit, fun);
  const t = info.underlying(info.typeOf(unit, fun));
  if (t.kind !== 'func') return UNKNOWN;
  let results = t.results;
  if (t.node && t.node.typeParams.length > 0 && fun.kind !== 'IndexExpr') {
    const names = typeParamNames(t.node);
    const args = inferTypeArgs(
      names,
      t.params,
      call.args.map((a) => info.typeOf(unit, a)),
      t.cores && { types: t.cores, underlying: (x) => info.underlying(x) },
    );
    results = results.map((r) => substitute(r, names, args));
  }
  return results.length === 1 && results[0] ? results[0] : { kind: 'tuple', elems: results };
}

function builtinType(info: TypeInfo, unit: DeclUnit, name: string, call: CallExpr): Type {
  const first = call.args[0];
  switch (name) {
    case 'make':
      return first ? info.resolve(unit, first) : UNKNOWN;
    case 'new': {
      if (!first) return UNKNOWN;
      // new(expr) since Go 1.26
      const t = info.isTypeExpr(unit, first) ? info.resolve(unit, first) : defaultType(info.typeOf(unit, first));
      return t.kind === 'unknown' ? UNKNOWN : { kind: 'pointer', elem: t };
    }
    case 'append':
      return first ? info.typeOf(unit, first) : UNKNOWN;
    case 'min':
    case 'max':
      return operandsType(call.args.map((a) => info.typeOf(unit, a)));
    case 'len':
    case 'cap':
    case 'copy':
      return basic('int');
    case 'recover':
      return ANY;
    case 'panic':
    case 'print':
    case 'println':
    case 'close':
    case 'delete':
    case 'clear':
      return { kind: 'tuple', elems: [] };
    default:
      return UNKNOWN;
  }
}

function underlyingCore(info: TypeInfo, type: Type): Type {
  const u = info.underlying(type);
  return u.kind === 'pointer' ? info.underlying(u.elem) : u;
}

function rangeType(info: TypeInfo, ranged: Type, position: 0 | 1): Type {
  const x = underlyingCore(info, ranged);
  switch (x.kind) {
    case 'slice':
    case 'array':
      return position === 0 ? basic('int') : x.elem;
    case 'map':
      return position === 0 ? x.key : x.elem;
    case 'chan':
      return position === 0 ? x.elem : UNKNOWN;
    case 'basic':
      if (x.name === 'string' || x.name === 'untyped string') return basic(position === 0 ? 'int' : 'rune');
      return position === 0 ? defaultType(ranged) : UNKNOWN;
    case 'func': {
      const yieldType = x.params[0];
      return yieldType?.kind === 'func' ? (yieldType.params[position] ?? UNKNOWN) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** Type of the i-th of `count` targets of an assignment from `values`. */
function assigned(info: TypeInfo, unit: DeclUnit, count: number, values: readonly Expr[], i: number): Type {
  if (values.length === count && values[i]) return defaultType(single(info, unit, values[i]));
  if (values.length !== 1) return UNKNOWN;
  const source = unparen(values[0]);
  const t = info.typeOf(unit, source);
  if (t.kind === 'tuple') return t.elems[i] ?? UNKNOWN;
  // comma-ok forms; a call whose results are not known is none
  const commaOk =
    source.kind === 'IndexExpr' ||
    source.kind === 'TypeAssertExpr' ||
    (source.kind === 'UnaryExpr' && source.op === '<-');
  if (count !== 2 || !commaOk) return UNKNOWN;
  return i === 0 ? t : basic('bool');
}

function single(info: TypeInfo, unit: DeclUnit, expr: Expr): Type {
  const t = info.typeOf(unit, expr);
  return t.kind === 'tuple' ? UNKNOWN : t;
}

/** Type of a local object, from its declaration. */
export function inferObject(info: TypeInfo, unit: DeclUnit, object: LocalObject): Type {
  const d: Node = object.declNode;
  switch (d.kind) {
    case 'Field': {
      const t = info.resolve(unit, d.type);
      return d.variadic ? { kind: 'slice', elem: t } : t;
    }
    case 'ValueSpec':
      return specType(info, unit, d, d.names.indexOf(object.decl), object.kind === 'const' ? 'const' : 'var');
    case 'AssignStmt':
      return assigned(info, unit, d.lhs.length, d.rhs, d.lhs.indexOf(object.decl));
    case 'RangeStmt':
      return rangeType(info, info.typeOf(unit, d.x), object.decl === d.key ? 0 : 1);
    case 'CaseClause':
      return d.exprs.length === 1 && d.exprs[0] ? info.resolve(unit, d.exprs[0]) : UNKNOWN;
    case 'TypeSpec': {
      if (d.alias) return info.resolve(unit, d.type);
      const named: Type = { kind: 'named', pkg: `local:${unit.pkg.path}:${unit.base}`, name: object.name, args: [] };
      named.local = { unit, type: info.resolve(unit, d.type) };
      return named;
    }
    default:
      return UNKNOWN;
  }
}

function typeParamNames(node: FuncType): string[] {
  return node.typeParams.flatMap((f) => f.names.map((n) => n.name));
}

/**
 * Type of the i-th name of a `var` or `const` spec. Constants without a type keep their untyped kind; those that repeat
 * the expression before them (iota lists) have no values and stay unknown unless a type is written.
 */
export function specType(info: TypeInfo, unit: DeclUnit, spec: ValueSpec, i: number, tok: GenDecl['tok']): Type {
  if (spec.type) return info.resolve(unit, spec.type);
  if (tok !== 'const') return assigned(info, unit, spec.names.length, spec.values, i);
  const value = spec.values[i];
  return value ? info.typeOf(unit, value) : UNKNOWN;
}
