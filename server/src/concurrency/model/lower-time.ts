/**
 * Lowers points in time: one is a struct with a number, so that a clock that a test sets by hand shows what it says, and
 * the real one shows anything, and more each time.
 */
import { givesTime } from '../../golang/process-lifetime.ts';
import type { Type } from '../../golang/types.ts';
import type { CallExpr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { receiver } from './lower-calls.ts';
import { lowerExpr } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';

/** The field that holds the number; no field of Go has such a name. */
const AT = '#at';
const NUMBER: Type = { kind: 'basic', name: 'int64' };

const COMPARISONS: Readonly<Record<string, string>> = { After: '>', Before: '<', Equal: '==' };
/** Methods that give the same point in time. */
const SAME = new Set(['Local', 'UTC', 'In', 'Round', 'Truncate']);

const UNITS: Readonly<Record<string, number>> = {
  Nanosecond: 1,
  Microsecond: 1e3,
  Millisecond: 1e6,
  Second: 1e9,
  Minute: 60e9,
  Hour: 3600e9,
};

/** Nanoseconds of a constant of package time. */
export function durationUnit(name: string): number | undefined {
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
}

/** A call that makes, compares or changes points in time; undefined for other calls. */
export function lowerTime(l: Lowering, call: CallExpr, name: string, type: Type): Reg | undefined {
  const [first, second] = call.args;
  const binary = (operator: string, x: Reg, y: Reg): Reg => {
    const dst = l.reg();
    l.emit({ op: 'binary', dst, operator, x, y, bound: false });
    return dst;
  };
  const at = (x: Reg): Reg => {
    const dst = l.reg();
    l.emit({ op: 'field', dst, x, name: AT, type: NUMBER });
    return dst;
  };
  const point = (n: Reg): Reg => {
    const dst = l.reg();
    l.emit({ op: 'struct', dst, fields: [[AT, n]], type });
    return dst;
  };
  const now = (): Reg => {
    const dst = l.reg();
    l.emit({ op: 'unknown', dst, type: NUMBER, origin: 'clock' });
    return dst;
  };
  switch (name) {
    case 'time.Now':
      return point(now());
    case 'time.Unix':
    case 'time.UnixMilli': {
      if (!first) return undefined;
      const n = binary('*', lowerExpr(l, first), l.constant(name === 'time.Unix' ? 1e9 : 1e6));
      return point(second ? binary('+', n, lowerExpr(l, second)) : n);
    }
    case 'time.Since':
    case 'time.Until': {
      if (!first) return undefined;
      const x = at(lowerExpr(l, first));
      return name === 'time.Since' ? binary('-', now(), x) : binary('-', x, now());
    }
    case 'time.Sleep': {
      if (!first || !l.isProgram || !givesTime(l.analysis.parents(l.unit), l.unit, call)) return undefined;
      l.emit({ op: 'pause', asleep: true, after: lowerExpr(l, first) });
      return l.constant(null);
    }
    default:
  }
  const method = /^time\.Time\.(\w+)$/.exec(name)?.[1];
  if (method === undefined) return undefined;
  const own = (): Reg => receiver(l, call);
  if (SAME.has(method)) return own();
  if (method === 'IsZero') return binary('==', at(own()), l.constant(0));
  if (!first) return undefined;
  if (method === 'Add') return point(binary('+', at(own()), lowerExpr(l, first)));
  if (method === 'Sub') return binary('-', at(own()), at(lowerExpr(l, first)));
  const comparison = COMPARISONS[method];
  return comparison === undefined ? undefined : binary(comparison, at(own()), at(lowerExpr(l, first)));
}
