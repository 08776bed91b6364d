/** Slices that `container/heap` keeps in order: what their methods say of them, and how long they are after a call. */
import type { CallExpr, Expr, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { onlyValue } from './only-value.ts';
import { deref } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, unparen } from './walk.ts';

const CALLS: ReadonlyMap<string, number> = new Map([
  ['container/heap.Push', 1],
  ['container/heap.Pop', -1],
  ['container/heap.Remove', -1],
  ['container/heap.Fix', 0],
  ['container/heap.Init', 0],
]);

/** The field that a call of `container/heap` is given, and how many elements it has more afterwards; undefined where its methods do anything else. */
export function heapCall(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
): { field: SelectorExpr; by: number } | undefined {
  const by = CALLS.get(analysis.callee(unit, call).name);
  const [first] = call.args;
  const x = first && unparen(first);
  const field = x?.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : undefined;
  if (by === undefined || field?.kind !== 'SelectorExpr') return undefined;
  const type = deref(analysis.typeOf(unit, field));
  if (type.kind !== 'named' || type.pkg !== unit.pkg.path || analysis.types.underlying(type).kind !== 'slice')
    return undefined;
  const methods = unit.pkg.methods(type.name);
  const isPlain = ['Push', 'Pop'].every((name) => {
    const member = methods.get(name);
    return member !== undefined && changesByOne(unit.pkg.unit(member), name);
  });
  return isPlain ? { field, by } : undefined;
}

/** `*h = append(*h, x)` or `*h = old[:n-1]`, and no other change. */
function changesByOne({ decl, hasError }: DeclUnit, name: string): boolean {
  const receiver = decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.obj : undefined;
  if (hasError || !receiver) return false;
  const isAll = (e: Expr): boolean => {
    const x = unparen(e);
    const of = x.kind === 'StarExpr' ? unparen(x.x) : undefined;
    return of?.kind === 'Ident' && of.obj === receiver;
  };
  const [only, ...others] = nodesOfKind(decl, 'AssignStmt').filter((s) => s.lhs.some(isAll));
  const [value, ...more] = only?.rhs ?? [];
  if (!only || !value || others.length + more.length > 0) return false;
  const x = unparen(value);
  if (name === 'Pop') {
    const high = x.kind === 'SliceExpr' && !x.low && x.high ? unparen(x.high) : undefined;
    return high !== undefined && isLess(high);
  }
  const call = asCall(x);
  const [to, ...added] = call?.fun.kind === 'Ident' && call.fun.name === 'append' ? call.args : [];
  return to !== undefined && isAll(to) && added.length === 1 && !call?.spread;
}

/** `n - 1`, or a variable with that. */
function isLess(expr: Expr): boolean {
  const x = unparen(expr);
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : x;
  const y = value?.kind === 'BinaryExpr' && value.op === '-' ? unparen(value.y) : undefined;
  return y?.kind === 'BasicLit' && y.value === '1';
}

/** The slice or map of which a method tells how long it is: `q.items` of `q.items.Len()`. */
export function lengthAsked(analysis: Analysis, unit: DeclUnit, call: CallExpr): Expr | undefined {
  const { visible, recv } = analysis.callee(unit, call);
  const [only, ...others] = visible?.decl.body?.stmts ?? [];
  const [result, ...more] = only?.kind === 'ReturnStmt' ? only.results : [];
  const len = result && asCall(result);
  if (!recv || !len || others.length + more.length > 0 || visible?.unit.hasError) return undefined;
  if (len.fun.kind !== 'Ident' || len.fun.name !== 'len' || len.fun.obj) return undefined;
  const [of] = len.args.map(unparen);
  const x = of?.kind === 'StarExpr' ? unparen(of.x) : of;
  return x?.kind === 'Ident' && x.obj !== undefined && x.obj === visible?.decl.recv?.names[0]?.obj ? recv : undefined;
}
