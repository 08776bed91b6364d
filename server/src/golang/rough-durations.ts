/** About how long durations are, also where a part of them is not known. */
import type { Expr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { TIME_UNITS } from './durations.ts';
import { onlyValueOf } from './only-value.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

const MAX_STEPS = 8;

/**
 * Nanoseconds of a duration. What is multiplied with a unit but not known counts once: `n * time.Millisecond` is a few of them, and
 * not hours. Undefined when no unit is in sight.
 */
export function roughDuration(analysis: Analysis, unit: DeclUnit, expr: Expr, steps = 0): number | undefined {
  const x = unparen(expr);
  if (steps > MAX_STEPS) return undefined;
  const part = (e: Expr | undefined): number | undefined => e && roughDuration(analysis, unit, e, steps + 1);
  switch (x.kind) {
    case 'BasicLit':
      return x.lit === 'int' || x.lit === 'float' ? Number(x.value.replaceAll('_', '')) : undefined;
    case 'SelectorExpr': {
      const s = analysis.types.members.selector(unit, x);
      return s?.kind === 'package' && s.path === 'time' ? TIME_UNITS[x.sel.name] : undefined;
    }
    case 'CallExpr':
      return analysis.callee(unit, x).kind === 'conversion' ? part(x.args[0]) : undefined;
    case 'BinaryExpr': {
      const [a, b] = [part(x.x), part(x.y)];
      if (x.op === '*') return a === undefined ? withUnit(b) : b === undefined ? withUnit(a) : a * b;
      if (a === undefined || b === undefined) return undefined;
      return x.op === '+' ? a + b : x.op === '-' ? a - b : x.op === '/' ? a / b : undefined;
    }
    case 'Ident': {
      const value = onlyValueOf(analysis, unit, x);
      return value && roughDuration(analysis, value.unit, value.expr, steps + 1);
    }
    default:
      return undefined;
  }
}

/** The known factor of a product, when it is a unit and no plain number. */
function withUnit(factor: number | undefined): number | undefined {
  return factor !== undefined && factor >= 1e3 ? factor : undefined;
}
