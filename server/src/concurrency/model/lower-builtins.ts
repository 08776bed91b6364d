/** Lowers calls of built-in functions. */
import type { Type } from '../../golang/types.ts';
import type { CallExpr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { typed } from './lower-conversions.ts';
import { lowerExpr, lowerIndex, valueOf } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';
import { shapeOf } from './shapes.ts';
import { givenSize, isConstant } from './small-rooms.ts';

/** Lowers the call of the built-in function of a name; the register holds its result. */
export function lowerBuiltin(l: Lowering, call: CallExpr, name: string, type: Type): Reg {
  const [first, second] = call.args;
  const dst = l.reg();
  switch (name) {
    case 'make': {
      const t = first ? l.analysis.types.resolve(l.unit, first) : type;
      const size = second && lowerExpr(l, second);
      const u = l.analysis.types.underlying(t);
      if (u.kind === 'chan') {
        const isFixed = second && isConstant(l.analysis, l.unit, second);
        l.emit({ op: 'makechan', dst, size, isFixed, parameter: second && givenSize(second) });
        return typed(l, dst, t);
      }
      if (u.kind === 'slice') l.emit({ op: 'makeslice', dst, length: size, type: u.elem });
      else if (u.kind === 'map') l.emit({ op: 'map', dst, entries: [] });
      else l.emit({ op: 'unknown', dst, type });
      return dst;
    }
    case 'new': {
      const t = first ? l.analysis.types.resolve(l.unit, first) : type;
      const z = l.zero(t);
      const shape = shapeOf(l.analysis.types, t);
      if (['mutex', 'rwmutex', 'waitgroup', 'cond', 'once', 'group', 'atomic', 'struct'].includes(shape)) return z;
      l.emit({ op: 'cell', dst, src: z });
      return dst;
    }
    case 'append': {
      const x = first ? lowerExpr(l, first) : l.constant(null);
      const u = first && l.analysis.types.underlying(l.typeOf(first));
      const elem = u?.kind === 'slice' && !call.spread ? u.elem : undefined;
      const items = call.args.slice(1).map((a) => valueOf(l, a, () => elem));
      l.emit({ op: 'append', dst, x, items, spread: call.spread });
      return dst;
    }
    case 'len':
    case 'cap':
      l.emit({ op: name, dst, x: first ? lowerExpr(l, first) : l.constant(null) });
      return dst;
    case 'max':
    case 'min': {
      const [x, ...rest] = call.args.map((a) => lowerExpr(l, a));
      let result = x ?? l.constant(null);
      for (const y of rest) {
        const both = l.reg();
        l.emit({ op: 'binary', dst: both, operator: name, x: result, y, bound: false });
        result = both;
      }
      return result;
    }
    case 'close':
      l.emit({ op: 'close', chan: first ? lowerExpr(l, first) : l.constant(null) });
      return dst;
    case 'delete':
      if (first && second) l.emit({ op: 'delete', x: lowerExpr(l, first), i: lowerIndex(l, second, first) });
      return dst;
    case 'clear':
      if (first) l.emit({ op: 'clear', x: lowerExpr(l, first) });
      return dst;
    case 'copy':
      if (first && second) l.emit({ op: 'copyto', dst, x: lowerExpr(l, first), y: lowerExpr(l, second) });
      return dst;
    case 'panic':
      if (first) lowerExpr(l, first);
      l.emit({ op: 'panic' });
      return dst;
    case 'recover':
      l.markRecovers();
      l.emit({ op: 'recover', dst });
      return dst;
    default:
      for (const a of call.args) lowerExpr(l, a);
      return l.unknown(type);
  }
}
