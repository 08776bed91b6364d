/** Values of literals and constants. */
import { unparen } from '../../golang/walk.ts';
import type { Decl, Expr, Ident } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import type { Lowering } from './lowering.ts';
import { arithmetic } from './operators.ts';

/** Value of a literal; strings with their quotes. */
export function literal(kind: string, value: string): number | string | undefined {
  if (kind === 'int') return Number(value.replaceAll('_', '').replace(/^0(?=\d)/, '0o'));
  if (kind === 'char') return codePoint(value);
  if (kind === 'float') return Number(value.replaceAll('_', ''));
  return value;
}

/** A rune literal as a number; undefined for those of which the number is not read here. */
function codePoint(literal: string): number | undefined {
  const inner = literal.slice(1, -1);
  const escaped = ESCAPES[inner];
  if (escaped !== undefined) return escaped;
  return inner.startsWith('\\') ? undefined : inner.codePointAt(0);
}

const ESCAPES: Record<string, number> = { '\\n': 10, '\\r': 13, '\\t': 9, '\\\\': 92, "\\'": 39 };

/** Integer constants with a literal value; others are symbols that are equal wherever the constant is named. */
export function constantOf(l: Lowering, e: Ident): Reg {
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
