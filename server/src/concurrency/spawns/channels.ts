/** Which channel an expression denotes: a local variable, a field of a type of the package, or a package variable. */
import type { Expr, LocalObject } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { spend } from '../../golang/effort.ts';
import type { GoPackage } from '../../golang/package.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { type Bindings, NO_BINDINGS } from './bindings.ts';

/** A place in the program that holds channels. All values of a field count as one: who closes one may close any. */
export type Channel =
  | { kind: 'local'; unit: DeclUnit; object: LocalObject }
  | { kind: 'field'; pkg: GoPackage; owner: NamedType; name: string }
  | { kind: 'variable'; pkg: GoPackage; name: string };

const MAX_STEPS = 8;

/** The channel an expression denotes; undefined when it cannot be told. */
export function channelOf(
  analysis: Analysis,
  unit: DeclUnit,
  expr: Expr,
  bindings: Bindings = NO_BINDINGS,
  steps = 0,
): Channel | undefined {
  spend();
  if (steps > MAX_STEPS) return undefined;
  const x = unparen(expr);
  if (x.kind === 'Ident' && x.obj) {
    const { obj } = x;
    const bound = bindings.get(obj);
    if (bound) return channelOf(analysis, bound.unit, bound.expr, bound.bindings, steps + 1);
    const value = onlyValue(obj);
    if (value && isAlias(unparen(value))) return channelOf(analysis, unit, value, bindings, steps + 1);
    return obj.role === 'local' ? { kind: 'local', unit, object: obj } : undefined;
  }
  if (x.kind === 'Ident') {
    const d = analysis.types.denotes(unit, x);
    if (d?.kind !== 'member' || d.member.declaration.tok !== 'var') return undefined;
    return { kind: 'variable', pkg: d.pkg, name: x.name };
  }
  if (x.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, x);
    if (s?.kind !== 'field' || !s.owner || s.owner.local || s.owner.pkg !== unit.pkg.path) return undefined;
    return { kind: 'field', pkg: unit.pkg, owner: s.owner, name: s.name };
  }
  return x.kind === 'CallExpr' && x.args.length === 0 ? ofGetter(analysis, unit, x, steps) : undefined;
}

function isAlias({ kind }: Expr): boolean {
  return kind === 'Ident' || kind === 'SelectorExpr';
}

/** `s.Done()` of a method that only hands out a field. */
function ofGetter(
  analysis: Analysis,
  unit: DeclUnit,
  call: Expr & { kind: 'CallExpr' },
  steps: number,
): Channel | undefined {
  const visible = analysis.callee(unit, call).visible;
  const stmts = visible?.decl.body?.stmts ?? [];
  const [only] = stmts;
  if (!visible || visible.unit.hasError || stmts.length !== 1 || only?.kind !== 'ReturnStmt') return undefined;
  const result = only.results.length === 1 ? only.results[0] : undefined;
  return result && channelOf(analysis, visible.unit, result, NO_BINDINGS, steps + 1);
}
