/** Channels that tick for ever and are never closed: `time.Tick(d)` and the field `C` of a `time.Ticker`. */
import type { Expr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { onlyValue } from './only-value.ts';
import { unparen } from './walk.ts';

/** True when `expr` certainly is the channel of a ticker. `Stop` does not close it, so a receive from it can wait for ever. */
export function isTickerChannel(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  switch (x.kind) {
    case 'SelectorExpr':
      return x.sel.name === 'C' && isNamed(analysis.typeOf(unit, x.x), 'time', 'Ticker');
    case 'CallExpr':
      return analysis.callee(unit, x).name === 'time.Tick';
    case 'Ident': {
      const value = x.obj && onlyValue(x.obj);
      return value !== undefined && isTickerChannel(analysis, unit, value);
    }
    default:
      return false;
  }
}
