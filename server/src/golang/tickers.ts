/** Channels that tick for ever and are never closed: `time.Tick(d)` and the field `C` of a `time.Ticker`. */
import type { Expr, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { ownMentions } from './own-mentions.ts';
import { givenValue, onlyValue } from './only-value.ts';
import { unparen } from './walk.ts';

/** True when `expr` certainly is the channel of a ticker. `Stop` does not close it, so a receive from it can wait for ever. */
export function isTickerChannel(analysis: Analysis, unit: DeclUnit, expr: Expr, depth = 0): boolean {
  const x = unparen(expr);
  switch (x.kind) {
    case 'SelectorExpr':
      if (x.sel.name === 'C' && isNamed(analysis.typeOf(unit, x.x), 'time', 'Ticker')) return true;
      return depth < MAX_NAMES && isGivenTickers(analysis, unit, x, depth + 1);
    case 'CallExpr':
      return analysis.callee(unit, x).name === 'time.Tick';
    case 'Ident': {
      const value = x.obj && onlyValue(x.obj);
      return value !== undefined && depth < MAX_NAMES && isTickerChannel(analysis, unit, value, depth + 1);
    }
    default:
      return false;
  }
}

/** Names for the same channel, followed one after the other. */
const MAX_NAMES = 4;

/** True for a field of the package, `beats <-chan time.Time`, that is given the channel of a ticker wherever it is given anything. */
function isGivenTickers(analysis: Analysis, unit: DeclUnit, x: SelectorExpr, depth: number): boolean {
  const type = analysis.types.underlying(analysis.typeOf(unit, x));
  if (type.kind !== 'chan' || !isNamed(type.elem, 'time', 'Time')) return false;
  let isGiven = false;
  for (const { unit: at, node, initial } of ownMentions(analysis, unit, x) ?? []) {
    const user = initial ? undefined : analysis.parents(at).get(node);
    if (user?.kind === 'UnaryExpr' && user.op === '&') return false;
    const isTarget = user?.kind === 'AssignStmt' && user.lhs.includes(node);
    if (!initial && !isTarget) continue;
    const value = initial ?? givenValue(user, node);
    if (!value || value === 'zero' || !isTickerChannel(analysis, at, value, depth)) return false;
    isGiven = true;
  }
  return isGiven;
}
