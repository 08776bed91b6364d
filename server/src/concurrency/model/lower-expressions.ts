/** Lowers expressions. Literals, conditions and calls have files of their own. */
import { literal } from '../../golang/constants.ts';
import type { MethodSelection } from '../../golang/members.ts';
import { deref, isErrorType, type Type } from '../../golang/types.ts';
import { unparen } from '../../golang/walk.ts';
import type { Expr, Ident, SelectorExpr } from '../../syntax/ast.ts';
import { hasOwnMethods } from './dynamic-types.ts';
import type { Reg } from './instructions.ts';
import { lowerCall } from './lower-calls.ts';
import { lowerComposite } from './lower-composites.ts';
import { lowerCondition } from './lower-conditions.ts';
import { byContent, isFloat, lowerOperands, toInterface } from './lower-conversions.ts';
import { constantOf } from './lower-constants.ts';
import { durationUnit } from './lower-time.ts';
import type { Lowering } from './lowering.ts';
import { expressionCode, methodCode } from './method-code.ts';
import { takesPointer } from './methods.ts';
import { embeddedPath, isInline } from './shapes.ts';

/** Lowers an expression whose value is stored or passed on: structs are copied. `to`: the type of what takes it. */
export function valueOf(l: Lowering, e: Expr, to?: () => Type | undefined): Reg {
  const src = toInterface(l, e, lowerExpr(l, e), to);
  const x = unparen(e);
  // Who reads from it or writes to it as an `io.Reader` or `io.Writer` is left out, unless nothing is.
  if (!l.source.relevance.all && isPipe(l.typeOf(x)))
    l.emit({ op: 'opaque', dst: l.reg(), args: [src], escapes: true, type: { kind: 'unknown' } });
  if (x.kind === 'CompositeLit' || x.kind === 'CallExpr' || x.kind === 'FuncLit' || x.kind === 'BasicLit') return src;
  return copied(l, src, l.typeOf(x));
}

/** A value of a type that goes to another variable: structs and arrays are copied. */
export function copied(l: Lowering, src: Reg, type: Type): Reg {
  const shape = l.shape(type);
  return isInline(shape) || shape === 'array' ? copy(l, src) : src;
}

function copy(l: Lowering, src: Reg): Reg {
  const dst = l.reg();
  l.emit({ op: 'copy', dst, src });
  return dst;
}

/** True for an end of a pipe. */
export function isPipe(type: Type): boolean {
  const t = type.kind === 'pointer' ? type.elem : type;
  return t.kind === 'named' && t.pkg === 'io' && /^Pipe(?:Reader|Writer)$/.test(t.name);
}

/** Lowers the index of a slice or map, `of`. */
export function lowerIndex(l: Lowering, index: Expr, of: Expr): Reg {
  const key = (): Type | undefined => {
    const u = l.analysis.types.underlying(l.typeOf(of));
    return u.kind === 'map' ? u.key : undefined;
  };
  return byContent(l, toInterface(l, index, lowerExpr(l, index), key), l.typeOf(index));
}

function hasAnyKey(l: Lowering, map: Expr): boolean {
  const u = l.analysis.types.underlying(l.typeOf(map));
  return u.kind === 'map' && l.shape(u.key) === 'interface';
}

/** Lowers an expression that yields several values. */
export function lowerMulti(l: Lowering, e: Expr | undefined, count: number): Reg[] {
  if (!e) return Array.from({ length: count }, () => l.constant(null));
  const x = unparen(e);
  const before = l.at(x);
  try {
    if (count === 2) {
      const dst = l.reg();
      const ok = l.reg();
      if (x.kind === 'UnaryExpr' && x.op === '<-') {
        const u = l.analysis.types.underlying(l.typeOf(x.x));
        const chan = lowerExpr(l, x.x);
        l.at(x);
        l.emit({ op: 'recv', chan, dst, ok, range: false, type: u.kind === 'chan' ? u.elem : u });
        return [dst, ok];
      }
      if (x.kind === 'IndexExpr') {
        const m = lowerExpr(l, x.x);
        const i = lowerIndex(l, x.indices[0] as Expr, x.x);
        const u = l.analysis.types.underlying(l.typeOf(x.x));
        l.emit({ op: 'index', dst, ok, x: m, i, type: u.kind === 'map' ? u.elem : u, isAnyKey: hasAnyKey(l, x.x) });
        return [dst, ok];
      }
      if (x.kind === 'TypeAssertExpr' && x.type) {
        const v = lowerExpr(l, x.x);
        l.emit({ op: 'assert', dst, ok, x: v, type: l.analysis.types.resolve(l.unit, x.type) });
        return [dst, ok];
      }
    }
    const tuple = lowerExpr(l, x);
    const types = l.analysis.types.valuesOf(l.unit, x);
    return Array.from({ length: count }, (_, index) => {
      const dst = l.reg();
      const isLast = index === count - 1;
      l.emit({ op: 'pick', dst, tuple, index, isLast, type: types[index] ?? { kind: 'unknown' } });
      return dst;
    });
  } finally {
    l.at(before);
  }
}

/** Lowers an expression; the register that holds its value. */
export function lowerExpr(l: Lowering, e: Expr): Reg {
  switch (e.kind) {
    case 'ParenExpr':
      return lowerExpr(l, e.x);
    case 'Ident':
      return lowerIdent(l, e);
    case 'BasicLit':
      return l.constant(literal(e.lit, e.value) ?? null);
    case 'FuncLit':
      return l.closure(e);
    case 'CompositeLit':
      return lowerComposite(l, e, l.typeOf(e));
    case 'SelectorExpr':
      return selector(l, e);
    case 'IndexExpr': {
      const type = l.typeOf(e);
      if (type.kind === 'func' && l.typeOf(e.x).kind === 'func') return lowerExpr(l, e.x);
      const x = lowerExpr(l, e.x);
      const i = lowerIndex(l, e.indices[0] as Expr, e.x);
      const dst = l.reg();
      const isSlice = l.shape(l.typeOf(e.x)) === 'slice';
      l.emit({ op: 'index', dst, x, i, type, isSlice, isAnyKey: !isSlice && hasAnyKey(l, e.x) });
      return dst;
    }
    case 'SliceExpr': {
      const x = lowerExpr(l, e.x);
      if (!e.low && !e.high) return x;
      const low = e.low && lowerExpr(l, e.low);
      const high = e.high && lowerExpr(l, e.high);
      if (e.max) lowerExpr(l, e.max);
      const dst = l.reg();
      l.emit({ op: 'reslice', dst, x, low, high });
      return dst;
    }
    case 'TypeAssertExpr': {
      const x = lowerExpr(l, e.x);
      if (!e.type) return x;
      const dst = l.reg();
      l.emit({ op: 'assert', dst, x, type: l.analysis.types.resolve(l.unit, e.type) });
      return dst;
    }
    case 'CallExpr':
      return lowerCall(l, e);
    case 'StarExpr': {
      const x = lowerExpr(l, e.x);
      if (isInline(l.shape(l.typeOf(e)))) return x;
      const dst = l.reg();
      l.emit({ op: 'load', dst, cell: x });
      return dst;
    }
    case 'UnaryExpr':
      return unary(l, e.op, e.x, e);
    case 'BinaryExpr':
      return binary(l, e.op, e.x, e.y, e);
    default:
      return l.unknown(l.typeOf(e));
  }
}

function lowerIdent(l: Lowering, e: Ident): Reg {
  if (e.obj) {
    if (e.obj.kind === 'const') return constantOf(l, e);
    return e.obj.kind === 'var' ? l.read(e.obj) : l.constant(null);
  }
  if (e.name === '_') return l.reg();
  const d = l.analysis.types.denotes(l.unit, e);
  if (d?.kind === 'value') {
    if (e.name === 'true' || e.name === 'false') return l.constant(e.name === 'true');
    if (e.name === 'nil') return l.constant(null);
    return l.unknown(d.type);
  }
  if (d?.kind !== 'member') return l.unknown({ kind: 'unknown' });
  const { tok } = d.member.declaration;
  if (tok === 'func') return functionValue(l, e);
  if (tok === 'const') return constantOf(l, e);
  const dst = l.reg();
  const unit = d.pkg.unit(d.member);
  l.emit({
    op: 'global',
    dst,
    key: `${d.pkg.path}.${e.name}`,
    type: l.typeOf(e),
    init: l.source.initialiser(unit, e.name),
  });
  return dst;
}

function functionValue(l: Lowering, e: Expr): Reg {
  const d = e.kind === 'Ident' ? l.analysis.types.denotes(l.unit, e) : undefined;
  const found = d?.kind === 'member' ? l.analysis.types.declarationOf(d.pkg, d.member) : undefined;
  const code = found && l.source.code(found.unit, found.decl);
  if (!code) return l.unknown(l.typeOf(e));
  const dst = l.reg();
  l.emit({ op: 'closure', dst, code, env: [] });
  return dst;
}

/** The embedded struct that declares what a selector selects. */
export function promoted(l: Lowering, x: Reg, from: Type, owner: Parameters<typeof embeddedPath>[2] | undefined): Reg {
  const path = owner && embeddedPath(l.analysis.types, from, owner);
  let at = x;
  for (const step of path ?? []) {
    const dst = l.reg();
    l.emit({ op: 'field', dst, x: at, name: step.name, type: step.type });
    at = dst;
  }
  return at;
}

function selector(l: Lowering, e: SelectorExpr): Reg {
  const s = l.analysis.types.members.selector(l.unit, e);
  if (s?.kind === 'package') {
    const visible = s.pkg?.origin === 'own' && s.member ? s : undefined;
    if (visible?.member?.declaration.tok === 'var') {
      const dst = l.reg();
      l.emit({ op: 'global', dst, key: `${s.path}.${s.name}`, type: s.type });
      return dst;
    }
    // By convention such variables hold errors that are made once and compared with: `io.EOF`, `sql.ErrNoRows`.
    if (isErrorType(s.type) || (s.type.kind === 'unknown' && /^Err\p{Lu}/u.test(s.name))) {
      const dst = l.reg();
      l.emit({ op: 'global', dst, key: `${s.path}.${s.name}`, type: s.type, isSentinel: true });
      return dst;
    }
    const unit = s.path === 'time' ? durationUnit(s.name) : undefined;
    if (unit !== undefined) return l.constant(unit);
    const usual = USUAL_MACHINE[`${s.path}.${s.name}`];
    if (usual !== undefined) return l.constant(usual);
    return s.member?.declaration.tok === 'const' ? l.constant(`const ${s.path}.${s.name}`) : l.unknown(s.type);
  }
  if (!s) {
    const x = lowerExpr(l, e.x);
    const dst = l.reg();
    l.emit({ op: 'field', dst, x, name: e.sel.name, type: l.typeOf(e), isUnseen: true });
    return dst;
  }
  if (s.kind === 'method') {
    if (l.analysis.types.isTypeExpr(l.unit, e.x)) return methodExpression(l, e, s);
    const recv = promoted(l, lowerExpr(l, e.x), l.typeOf(e.x), s.dynamic ? undefined : s.owner);
    const found =
      s.pkg?.origin === 'own' && s.member && !s.dynamic ? l.analysis.types.declarationOf(s.pkg, s.member) : undefined;
    const code = found && l.source.code(found.unit, found.decl);
    const dst = l.reg();
    if (code) l.emit({ op: 'closure', dst, code, env: [], recv: takesPointer(found.decl) ? recv : copy(l, recv) });
    // `wg.Done` as a value: whoever has it has the group.
    else l.emit({ op: 'closure', dst, code: methodCode(l.unit, s.name), env: [], recv });
    return dst;
  }
  const x = promoted(l, lowerExpr(l, e.x), l.typeOf(e.x), s.owner);
  const dst = l.reg();
  l.emit({ op: 'field', dst, x, name: s.name, type: s.type });
  return dst;
}

/** `(*T).method`: a function whose first argument is the receiver. */
function methodExpression(l: Lowering, e: SelectorExpr, s: MethodSelection): Reg {
  const from = deref(l.typeOf(e.x));
  const isItsOwn = !s.dynamic && from.kind === 'named' && from.name === s.owner.name && from.pkg === s.owner.pkg;
  const found =
    isItsOwn && s.pkg?.origin === 'own' && s.member ? l.analysis.types.declarationOf(s.pkg, s.member) : undefined;
  const code = found && l.source.code(found.unit, found.decl);
  if (!code || s.type.kind !== 'func' || s.type.variadic) return l.unknown(l.typeOf(e));
  const dst = l.reg();
  l.emit({ op: 'closure', dst, code: expressionCode(code, s.type.params.length), env: [] });
  return dst;
}

/** Constants that depend on the machine, as they are on the one that most servers run on. */
const USUAL_MACHINE: Readonly<Record<string, string>> = {
  'runtime.Compiler': '"gc"',
  'runtime.GOARCH': '"amd64"',
  'runtime.GOOS': '"linux"',
};

function unary(l: Lowering, op: string, operand: Expr, e: Expr): Reg {
  const x = unparen(operand);
  if (op === '<-') {
    const chan = lowerExpr(l, x);
    const before = l.at(e);
    const dst = l.reg();
    l.emit({ op: 'recv', chan, dst, range: false, type: l.typeOf(e) });
    l.at(before);
    return dst;
  }
  if (op === '&') return lowerAddress(l, x) ?? l.unknown(l.typeOf(e));
  const a = lowerExpr(l, x);
  const dst = l.reg();
  l.emit({ op: 'unary', dst, operator: op, x: a });
  return dst;
}

/** Lowers `&x`; undefined where what is behind the pointer is not followed. */
export function lowerAddress(l: Lowering, x: Expr): Reg | undefined {
  if (isInline(l.shape(l.typeOf(x)))) return lowerExpr(l, x);
  if (x.kind === 'Ident' && x.obj) {
    const v = l.variable(x.obj);
    if (v?.boxed) return v.reg;
  }
  if (x.kind === 'CompositeLit') {
    const src = lowerExpr(l, x);
    const dst = l.reg();
    l.emit({ op: 'cell', dst, src });
    return dst;
  }
  // Of a field or element: what is behind the pointer is not followed.
  if (x.kind === 'SelectorExpr') {
    const s = l.analysis.types.members.selector(l.unit, x);
    if (s?.kind === 'field') {
      const base = promoted(l, lowerExpr(l, x.x), l.typeOf(x.x), s.owner);
      if (hasOwnMethods(l.analysis.types, s.type)) {
        const dst = l.reg();
        l.emit({ op: 'fieldptr', dst, x: base, name: s.name, type: s.type });
        return dst;
      }
      l.emit({ op: 'forget', x: base, name: s.name, type: s.type });
    }
  } else if (x.kind === 'IndexExpr') l.emit({ op: 'lose', x: lowerExpr(l, x.x) });
  return undefined;
}

/** An operator as the model has it: division of measured numbers has one of its own. */
export function operatorOf(l: Lowering, op: string, e: Expr): string {
  return op === '/' && isFloat(l, l.typeOf(e)) ? 'float/' : op;
}

function binary(l: Lowering, op: string, x: Expr, y: Expr, e: Expr): Reg {
  const dst = l.reg();
  if (op === '&&' || op === '||') {
    const { yes, no } = lowerCondition(l, e);
    l.patch(yes);
    l.emit({ op: 'const', dst, value: true });
    const end = l.jump();
    l.patch(no);
    l.emit({ op: 'const', dst, value: false });
    end(l.here);
    return dst;
  }
  const [a, b] = lowerOperands(l, x, y, op);
  l.emit({ op: 'binary', dst, operator: operatorOf(l, op, e), x: a, y: b, bound: false });
  return dst;
}
