/** Lowers composite literals. */
import type { Type } from '../../golang/types.ts';
import type { CompositeLit, Expr, Field } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { lowerExpr, valueOf } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';
import { isInline } from './shapes.ts';
import { isFieldOfNobody } from './unasked.ts';

/** Lowers a composite literal. `type`: what it is taken for, since inner literals may leave their type out. */
export function lowerComposite(l: Lowering, e: CompositeLit, type: Type): Reg {
  const t = type.kind === 'pointer' ? type.elem : type;
  const u = l.analysis.types.underlying(t);
  const element = (x: Expr, elem: Type): Reg =>
    x.kind === 'CompositeLit' && !x.type ? lowerComposite(l, x, elem) : valueOf(l, x, () => elem);
  const dst = l.reg();
  // `sync.WaitGroup{}` has no fields to set, but it is no ordinary struct.
  const shape = l.shape(t);
  if (isInline(shape) && shape !== 'struct' && (u.kind !== 'struct' || e.elts.length === 0)) {
    l.emit({ op: 'zero', dst, type: t });
    return dst;
  }
  if (u.kind === 'struct') {
    const names = fieldOrder(u.node.fields);
    const fields: [string, Reg][] = [];
    const given = (name: string, x: Expr): Reg => {
      const type = fieldType(l, t, name);
      return isCarriedAlong(l, t, name, x) ? l.unknown(type) : element(x, type);
    };
    e.elts.forEach((x, i) => {
      const name = x.kind !== 'KeyValueExpr' ? names[i] : x.key.kind === 'Ident' ? x.key.name : undefined;
      if (name !== undefined) fields.push([name, given(name, x.kind === 'KeyValueExpr' ? x.value : x)]);
    });
    l.emit({ op: 'struct', dst, fields, type: t });
    return dst;
  }
  if (u.kind === 'slice' || u.kind === 'array') {
    if (e.elts.some((x) => x.kind === 'KeyValueExpr')) {
      for (const x of e.elts) if (x.kind === 'KeyValueExpr') element(x.value, u.elem);
      return l.unknown(type);
    }
    const items = e.elts.map((x) => element(x, u.elem));
    l.emit({ op: 'slice', dst, items, named: t });
    return dst;
  }
  if (u.kind === 'map') {
    const key = (x: Expr, type: Type): Reg => {
      const src = element(x, type);
      const of = l.shape(type);
      if (of !== 'struct' && of !== 'array') return src;
      const content = l.reg();
      l.emit({ op: 'content', dst: content, src });
      return content;
    };
    const entries: [Reg, Reg][] = [];
    for (const x of e.elts) if (x.kind === 'KeyValueExpr') entries.push([key(x.key, u.key), element(x.value, u.elem)]);
    l.emit({ op: 'map', dst, entries, named: t });
    return dst;
  }
  // A type that is not visible keeps what it is given.
  const args = e.elts.map((x) => lowerExpr(l, x.kind === 'KeyValueExpr' ? x.value : x));
  l.emit({ op: 'opaque', dst, args, escapes: true, type });
  return dst;
}

/** True for what is put into a field that nobody asks, and that does nothing when it is computed. */
function isCarriedAlong(l: Lowering, t: Type, name: string, x: Expr): boolean {
  if (t.kind !== 'named' || x.kind === 'BasicLit') return false;
  return l.source.relevance.mayPass(l.unit, x) && isFieldOfNobody(l.analysis, t, name);
}

function fieldType(l: Lowering, t: Type, name: string): Type {
  return l.analysis.types.members.find(t, name)?.type ?? { kind: 'unknown' };
}

/** Names of the fields in order; an embedded one has that of its type. */
function fieldOrder(fields: readonly Field[]): string[] {
  return fields.flatMap((f) => {
    if (f.names.length > 0) return f.names.map((n) => n.name);
    let t = f.type;
    while (t.kind === 'StarExpr' || t.kind === 'IndexExpr' || t.kind === 'ParenExpr') t = t.x;
    return [t.kind === 'SelectorExpr' ? t.sel.name : t.kind === 'Ident' ? t.name : ''];
  });
}
