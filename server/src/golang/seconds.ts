/** Lengths of time that a text says: `500 * time.Millisecond`. */
import type { Expr, LocalObject } from '../syntax/ast.ts';
import { pathText, unparen } from './walk.ts';

const UNITS: Readonly<Record<string, number>> = {
  'time.Nanosecond': 1e-9,
  'time.Microsecond': 1e-6,
  'time.Millisecond': 1e-3,
  'time.Second': 1,
  'time.Minute': 60,
  'time.Hour': 3600,
};

/**
 * Seconds of a duration made of numbers and the units of package `time`, and for `time.Duration(n)` the bare number; undefined for
 * anything else.
 *
 * @param given what stands for a variable
 */
export function secondsOf(expr: Expr, given?: (object: LocalObject) => Expr | undefined): number | undefined {
  const x = unparen(expr);
  switch (x.kind) {
    case 'BasicLit':
      return x.lit === 'int' || x.lit === 'float' ? Number(x.value.replaceAll('_', '')) : undefined;
    case 'SelectorExpr':
      return UNITS[pathText(x) ?? ''];
    case 'CallExpr':
      return pathText(x.fun) === 'time.Duration' && x.args[0] ? secondsOf(x.args[0], given) : undefined;
    case 'BinaryExpr': {
      const a = x.op === '*' ? secondsOf(x.x, given) : undefined;
      const b = secondsOf(x.y, given);
      return a !== undefined && b !== undefined ? a * b : undefined;
    }
    case 'Ident': {
      const value = x.obj && given?.(x.obj);
      return value && secondsOf(value);
    }
    default:
      return undefined;
  }
}
