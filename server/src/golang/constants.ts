/** Values of literals and of constants that are made of them. */
import type { Decl, Expr, Ident } from '../syntax/ast.ts';
import { arithmetic } from './operators.ts';
import { parentsOf } from './parents.ts';
import type { TypeInfo } from './type-info.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** The expression of a constant, and its position in the group, which is what `iota` stands for. */
interface Spec {
  value: Expr;
  index: number;
}

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

/** What a constant is declared as, of a function or of a package; undefined for names that are none. */
export function constantSpec(types: TypeInfo, unit: DeclUnit, e: Ident): Spec | undefined {
  let decl: Decl | undefined;
  if (e.obj) {
    const group = parentsOf(unit.decl).get(e.obj.declNode);
    decl = group?.kind === 'GenDecl' ? group : undefined;
  } else {
    const d = types.denotes(unit, e);
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
export function constantNumber({ value, index }: Spec): number | undefined {
  const x = unparen(value);
  const of = (e: Expr): number | undefined => constantNumber({ value: e, index });
  if (x.kind === 'BasicLit' && x.lit === 'int') return literal(x.lit, x.value) as number;
  if (x.kind === 'Ident' && x.name === 'iota' && !x.obj) return index;
  if (x.kind === 'CallExpr' && x.args.length === 1) return of(x.args[0] as Expr);
  if (x.kind !== 'BinaryExpr') return undefined;
  const [a, b] = [of(x.x), of(x.y)];
  return a === undefined || b === undefined ? undefined : arithmetic(x.op, a, b);
}

/** The length of an array: a number, or a constant that is one. */
export function arrayLength(types: TypeInfo, unit: DeclUnit, len: Expr | '...'): number | undefined {
  if (len === '...') return undefined;
  if (len.kind !== 'Ident') return constantNumber({ value: len, index: 0 });
  const spec = constantSpec(types, unit, len);
  return spec && constantNumber(spec);
}
