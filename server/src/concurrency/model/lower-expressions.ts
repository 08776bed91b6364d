/** Lowers expressions. */
import type { Type } from '../../golang/types.ts';
import { flattenFields, unparen } from '../../golang/walk.ts';
import { arithmetic } from './operators.ts';
import type { CompositeLit, Decl, Expr, Ident, SelectorExpr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { lowerCall } from './lower-calls.ts';
import { branch } from './lower-statements.ts';
import type { Lowering, Patch } from './lowering.ts';
import { methodCode } from './method-code.ts';
import { embeddedPath, isInline } from './shapes.ts';

/** Lowers an expression whose value is stored or passed on: structs are copied. */
export function valueOf(l: Lowering, e: Expr): Reg {
  const src = lowerExpr(l, e);
  const x = unparen(e);
  if (x.kind === 'CompositeLit' || x.kind === 'CallExpr' || x.kind === 'FuncLit' || x.kind === 'BasicLit') return src;
  if (!isInline(l.shape(l.typeOf(x)))) return src;
  const dst = l.reg();
  l.emit({ op: 'copy', dst, src });
  return dst;
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
        const i = lowerExpr(l, x.indices[0] as Expr);
        const u = l.analysis.types.underlying(l.typeOf(x.x));
        l.emit({ op: 'index', dst, ok, x: m, i, type: u.kind === 'map' ? u.elem : u });
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
      l.emit({ op: 'pick', dst, tuple, index, type: types[index] ?? { kind: 'unknown' } });
      return dst;
    });
  } finally {
    l.at(before);
  }
}

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
      return composite(l, e, l.typeOf(e));
    case 'SelectorExpr':
      return selector(l, e);
    case 'IndexExpr': {
      const type = l.typeOf(e);
      if (type.kind === 'func' && l.typeOf(e.x).kind === 'func') return lowerExpr(l, e.x);
      const x = lowerExpr(l, e.x);
      const i = lowerExpr(l, e.indices[0] as Expr);
      const dst = l.reg();
      l.emit({ op: 'index', dst, x, i, type });
      return dst;
    }
    case 'SliceExpr': {
      const x = lowerExpr(l, e.x);
      if (!e.low && !e.high) return x;
      const low = e.low && lowerExpr(l, e.low);
      const high = e.high && lowerExpr(l, e.high);
      if (e.max) lowerExpr(l, e.max);
      const u = l.analysis.types.underlying(l.typeOf(e));
      const dst = l.reg();
      l.emit({ op: 'reslice', dst, x, low, high, type: u.kind === 'slice' ? u.elem : u });
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

function literal(kind: string, value: string): number | string | undefined {
  if (kind === 'int') return Number(value.replaceAll('_', '').replace(/^0(?=\d)/, '0o'));
  if (kind === 'float') return Number(value.replaceAll('_', ''));
  return value;
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

/** Integer constants with a literal value; others are symbols that are equal wherever the constant is named. */
function constantOf(l: Lowering, e: Ident): Reg {
  const found = constantSpec(l, e);
  const value = found?.value;
  if (found) {
    const n = constantNumber(found.value, found.index);
    if (n !== undefined) return l.constant(n);
  }
  const x = value && unparen(value);
  if (x?.kind === 'BasicLit') return l.constant(literal(x.lit, x.value) ?? null);
  if (x?.kind === 'Ident' && (x.name === 'true' || x.name === 'false')) return l.constant(x.name === 'true');
  // A constant is its own name: comparisons with itself and with others of its kind go right.
  return l.constant(`const ${e.obj ? e.obj.decl.start : ''}${e.name}`);
}

/** The expression of a constant and its position in the group, which is what `iota` stands for. */
function constantSpec(l: Lowering, e: Ident): { value: Expr; index: number } | undefined {
  let decl: Decl | undefined;
  if (e.obj) {
    const parents = l.analysis.parents(l.unit);
    const spec = e.obj.declNode;
    const group = parents.get(spec);
    decl = group?.kind === 'GenDecl' ? group : undefined;
  } else {
    const d = l.analysis.types.denotes(l.unit, e);
    decl = d?.kind === 'member' ? d.pkg.unit(d.member).decl : undefined;
  }
  if (decl?.kind !== 'GenDecl') return undefined;
  let last: readonly Expr[] = [];
  for (const [index, s] of decl.specs.entries()) {
    if (s.kind !== 'ValueSpec') continue;
    if (s.values.length > 0) last = s.values;
    const i = s.names.findIndex((n) => n.name === e.name && (!e.obj || n === e.obj.decl));
    const value = i < 0 ? undefined : last[i];
    if (value) return { value, index };
  }
  return undefined;
}

/** Value of an integer constant expression made of literals and `iota`. */
function constantNumber(e: Expr, iota: number): number | undefined {
  const x = unparen(e);
  if (x.kind === 'BasicLit' && x.lit === 'int') return literal(x.lit, x.value) as number;
  if (x.kind === 'Ident' && x.name === 'iota' && !x.obj) return iota;
  if (x.kind === 'CallExpr' && x.args.length === 1) return constantNumber(x.args[0] as Expr, iota);
  if (x.kind !== 'BinaryExpr') return undefined;
  const [a, b] = [constantNumber(x.x, iota), constantNumber(x.y, iota)];
  return a === undefined || b === undefined ? undefined : arithmetic(x.op, a, b);
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
    const visible = s.pkg && !s.pkg.isStub && s.member ? s : undefined;
    if (visible?.member?.declaration.tok === 'var') {
      const dst = l.reg();
      l.emit({ op: 'global', dst, key: `${s.path}.${s.name}`, type: s.type });
      return dst;
    }
    return s.member?.declaration.tok === 'const' ? l.constant(`const ${s.path}.${s.name}`) : l.unknown(s.type, true);
  }
  if (!s) {
    lowerExpr(l, e.x);
    return l.unknown(l.typeOf(e));
  }
  if (s.kind === 'method') {
    if (l.analysis.types.isTypeExpr(l.unit, e.x)) return l.unknown(l.typeOf(e));
    const recv = promoted(l, lowerExpr(l, e.x), l.typeOf(e.x), s.dynamic ? undefined : s.owner);
    const found =
      s.pkg && s.member && !s.dynamic && !s.pkg.isStub ? l.analysis.types.declarationOf(s.pkg, s.member) : undefined;
    const code = found && l.source.code(found.unit, found.decl);
    const dst = l.reg();
    if (code) l.emit({ op: 'closure', dst, code, env: [], recv });
    // `wg.Done` as a value: whoever has it has the group.
    else l.emit({ op: 'closure', dst, code: methodCode(l.unit, s.name), env: [], recv });
    return dst;
  }
  const x = promoted(l, lowerExpr(l, e.x), l.typeOf(e.x), s.owner);
  const dst = l.reg();
  l.emit({ op: 'field', dst, x, name: s.name, type: s.type });
  return dst;
}

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
  if (op === '&') {
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
        l.emit({ op: 'forget', x: base, name: s.name, type: s.type });
      }
    }
    return l.unknown(l.typeOf(e));
  }
  const a = lowerExpr(l, x);
  const dst = l.reg();
  l.emit({ op: 'unary', dst, operator: op, x: a });
  return dst;
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
  const a = lowerExpr(l, x);
  const b = lowerExpr(l, y);
  l.emit({ op: 'binary', dst, operator: op, x: a, y: b, bound: false });
  return dst;
}

/** Lowers a condition to jumps. `bound`: it is the test of a loop. */
export function lowerCondition(l: Lowering, e: Expr, bound = false): { yes: Patch[]; no: Patch[] } {
  const x = unparen(e);
  if (x.kind === 'UnaryExpr' && x.op === '!') {
    const { yes, no } = lowerCondition(l, x.x, bound);
    return { yes: no, no: yes };
  }
  if (x.kind === 'BinaryExpr' && (x.op === '&&' || x.op === '||')) {
    const a = lowerCondition(l, x.x, bound);
    l.patch(x.op === '&&' ? a.yes : a.no);
    const b = lowerCondition(l, x.y, bound);
    return x.op === '&&' ? { yes: b.yes, no: [...a.no, ...b.no] } : { yes: [...a.yes, ...b.yes], no: b.no };
  }
  const before = l.at(x);
  let cond: Reg;
  if (x.kind === 'BinaryExpr') {
    const a = lowerExpr(l, x.x);
    const b = lowerExpr(l, x.y);
    cond = l.reg();
    l.emit({ op: 'binary', dst: cond, operator: x.op, x: a, y: b, bound });
  } else cond = lowerExpr(l, x);
  const r = branch(l, cond, bound);
  l.at(before);
  return r;
}

function composite(l: Lowering, e: CompositeLit, type: Type): Reg {
  const t = type.kind === 'pointer' ? type.elem : type;
  const u = l.analysis.types.underlying(t);
  const element = (x: Expr, elem: Type): Reg =>
    x.kind === 'CompositeLit' && !x.type ? composite(l, x, elem) : valueOf(l, x);
  const dst = l.reg();
  if (u.kind === 'struct') {
    const names = flattenStruct(u.node.fields);
    const fields: [string, Reg][] = [];
    e.elts.forEach((x, i) => {
      if (x.kind === 'KeyValueExpr') {
        if (x.key.kind === 'Ident') fields.push([x.key.name, element(x.value, fieldType(l, t, x.key.name))]);
      } else {
        const name = names[i];
        if (name !== undefined) fields.push([name, element(x, fieldType(l, t, name))]);
      }
    });
    l.emit({ op: 'struct', dst, fields, type: t });
    return dst;
  }
  if (isInline(l.shape(t))) {
    l.emit({ op: 'zero', dst, type: t });
    return dst;
  }
  if (u.kind === 'slice' || u.kind === 'array') {
    if (e.elts.some((x) => x.kind === 'KeyValueExpr')) {
      for (const x of e.elts) if (x.kind === 'KeyValueExpr') element(x.value, u.elem);
      return l.unknown(type);
    }
    const items = e.elts.map((x) => element(x, u.elem));
    l.emit({ op: 'slice', dst, items, type: u.elem, named: t });
    return dst;
  }
  if (u.kind === 'map') {
    const entries: [Reg, Reg][] = [];
    for (const x of e.elts)
      if (x.kind === 'KeyValueExpr') entries.push([element(x.key, u.key), element(x.value, u.elem)]);
    l.emit({ op: 'map', dst, entries, type: u.elem, named: t });
    return dst;
  }
  // A type that is not visible keeps what it is given.
  const args = e.elts.map((x) => lowerExpr(l, x.kind === 'KeyValueExpr' ? x.value : x));
  l.emit({ op: 'opaque', dst, args, escapes: true, type });
  return dst;
}

function fieldType(l: Lowering, t: Type, name: string): Type {
  return l.analysis.types.members.find(t, name)?.type ?? { kind: 'unknown' };
}

function flattenStruct(fields: Parameters<typeof flattenFields>[0]): string[] {
  return fields.flatMap((f) => {
    if (f.names.length > 0) return f.names.map((n) => n.name);
    let t = f.type;
    while (t.kind === 'StarExpr' || t.kind === 'IndexExpr' || t.kind === 'ParenExpr') t = t.x;
    return [t.kind === 'SelectorExpr' ? t.sel.name : t.kind === 'Ident' ? t.name : ''];
  });
}

/** Assigns a register to what an expression denotes. */
export function assign(l: Lowering, target: Expr, src: Reg): void {
  const x = unparen(target);
  switch (x.kind) {
    case 'Ident':
      if (x.name === '_') return;
      if (x.obj) return l.write(x.obj, src);
      {
        const d = l.analysis.types.denotes(l.unit, x);
        if (d?.kind === 'member') l.emit({ op: 'setglobal', key: `${d.pkg.path}.${x.name}`, src });
      }
      return;
    case 'SelectorExpr': {
      const s = l.analysis.types.members.selector(l.unit, x);
      if (s?.kind === 'package') return void l.emit({ op: 'setglobal', key: `${s.path}.${s.name}`, src });
      const base = lowerExpr(l, x.x);
      if (s?.kind !== 'field')
        return void l.emit({ op: 'opaque', dst: l.reg(), args: [src], escapes: true, type: { kind: 'unknown' } });
      const at = promoted(l, base, l.typeOf(x.x), s.owner);
      if (isInline(l.shape(s.type))) {
        const dst = l.reg();
        l.emit({ op: 'field', dst, x: at, name: s.name, type: s.type });
        return void l.emit({ op: 'overwrite', dst, src });
      }
      return void l.emit({ op: 'setfield', x: at, name: s.name, src });
    }
    case 'IndexExpr': {
      const base = lowerExpr(l, x.x);
      const i = lowerExpr(l, x.indices[0] as Expr);
      return void l.emit({ op: 'setindex', x: base, i, src });
    }
    case 'StarExpr': {
      const p = lowerExpr(l, x.x);
      l.emit(isInline(l.shape(l.typeOf(x))) ? { op: 'overwrite', dst: p, src } : { op: 'store', cell: p, src });
      return;
    }
    default:
  }
}
