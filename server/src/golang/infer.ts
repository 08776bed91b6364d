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
  ValueSpec,
} from '../syntax/ast.ts';
import { inferTypeArgs, substitute } from './substitute.ts';
import type { TypeInfo } from './type-info.ts';
import { ANY, basic, type Type, UNKNOWN } from './types.ts';
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
      return info.members.selector(unit, expr)?.type ?? UNKNOWN;
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
      if (expr.op === '<<' || expr.op === '>>') return x;
      return x.kind === 'basic' && x.name.startsWith('untyped') ? info.typeOf(unit, expr.y) : x;
    }
    case 'KeyValueExpr':
      return info.typeOf(unit, expr.value);
    default:
      return info.resolve(unit, expr);
  }
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
    case 'min':
    case 'max':
      return first ? info.typeOf(unit, first) : UNKNOWN;
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

function rangeType(x: Type, position: 0 | 1): Type {
  switch (x.kind) {
    case 'slice':
    case 'array':
      return position === 0 ? basic('int') : x.elem;
    case 'map':
      return position === 0 ? x.key : x.elem;
    case 'chan':
      return position === 0 ? x.elem : UNKNOWN;
    case 'basic':
      if (x.name === 'string') return basic(position === 0 ? 'int' : 'rune');
      return position === 0 ? defaultType(x) : UNKNOWN;
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
  // comma-ok forms
  if (count === 2) return i === 0 ? t : basic('bool');
  return UNKNOWN;
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
      return rangeType(underlyingCore(info, info.typeOf(unit, d.x)), object.decl === d.key ? 0 : 1);
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
