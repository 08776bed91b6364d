/** Constant durations, and whether they were written with a unit. */
import type { Expr, Ident, ValueSpec } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

export interface ConstantDuration {
  /** Nanoseconds. */
  value: number;
  /** True when a unit such as `time.Second` is part of it: the number is meant as it stands. */
  hasUnit: boolean;
}

/** Nanoseconds in the units of package `time`. */
export const TIME_UNITS: Readonly<Record<string, number>> = {
  Nanosecond: 1,
  Microsecond: 1e3,
  Millisecond: 1e6,
  Second: 1e9,
  Minute: 6e10,
  Hour: 3.6e12,
};

/** Constants that stand for constants are followed this far. */
const MAX_DEPTH = 5;

/**
 * The value of an expression made of whole numbers in decimal, units of package `time` and constants that are such
 * expressions; undefined for everything else. `1e9` is no such number: who writes that counts nanoseconds on purpose.
 */
export function constantDuration(
  analysis: Analysis,
  unit: DeclUnit,
  expr: Expr,
  depth = 0,
): ConstantDuration | undefined {
  const x = unparen(expr);
  const of = (e: Expr | undefined): ConstantDuration | undefined => e && constantDuration(analysis, unit, e, depth);
  switch (x.kind) {
    case 'BasicLit':
      return /^(?:0|[1-9][\d_]*)$/.test(x.value)
        ? { value: Number(x.value.replaceAll('_', '')), hasUnit: false }
        : undefined;
    case 'UnaryExpr': {
      const operand = x.op === '-' ? of(x.x) : undefined;
      return operand && { ...operand, value: -operand.value };
    }
    case 'BinaryExpr':
      return combined(x.op, of(x.x), of(x.y));
    case 'CallExpr':
      return isDurationConversion(analysis, unit, x.fun) && x.args.length === 1 ? of(x.args[0]) : undefined;
    case 'SelectorExpr': {
      const s = analysis.types.members.selector(unit, x);
      const value = s?.kind === 'package' && s.path === 'time' ? TIME_UNITS[s.name] : undefined;
      return value === undefined ? undefined : { value, hasUnit: true };
    }
    case 'Ident':
      return depth < MAX_DEPTH ? named(analysis, unit, x, depth + 1) : undefined;
    default:
      return undefined;
  }
}

function combined(
  op: string,
  x: ConstantDuration | undefined,
  y: ConstantDuration | undefined,
): ConstantDuration | undefined {
  if (!x || !y) return undefined;
  const hasUnit = x.hasUnit || y.hasUnit;
  switch (op) {
    case '*':
      return { value: x.value * y.value, hasUnit };
    case '+':
      return { value: x.value + y.value, hasUnit };
    case '-':
      return { value: x.value - y.value, hasUnit };
    case '/':
      return y.value === 0 ? undefined : { value: Math.trunc(x.value / y.value), hasUnit };
    default:
      return undefined;
  }
}

function isDurationConversion(analysis: Analysis, unit: DeclUnit, fun: Expr): boolean {
  const x = unparen(fun);
  if (x.kind !== 'SelectorExpr' || x.sel.name !== 'Duration') return false;
  const s = analysis.types.members.selector(unit, x);
  return s?.kind === 'package' && s.path === 'time';
}

/** The value of a constant of this function or package. */
function named(analysis: Analysis, unit: DeclUnit, ident: Ident, depth: number): ConstantDuration | undefined {
  if (ident.obj) {
    const { kind, decl, declNode } = ident.obj;
    const value = kind === 'const' && declNode.kind === 'ValueSpec' ? valueOf(declNode, decl.name) : undefined;
    return value && constantDuration(analysis, unit, value, depth);
  }
  const denoted = analysis.types.denotes(unit, ident);
  if (denoted?.kind !== 'member' || denoted.member.declaration.tok !== 'const' || denoted.member.ambiguous)
    return undefined;
  const owner = denoted.pkg.unit(denoted.member);
  if (owner.hasError || owner.decl.kind !== 'GenDecl') return undefined;
  for (const spec of owner.decl.specs) {
    const value = spec.kind === 'ValueSpec' ? valueOf(spec, ident.name) : undefined;
    if (value) return constantDuration(analysis, owner, value, depth);
  }
  return undefined;
}

function valueOf(spec: ValueSpec, name: string): Expr | undefined {
  return spec.values[spec.names.findIndex((n) => n.name === name)];
}
