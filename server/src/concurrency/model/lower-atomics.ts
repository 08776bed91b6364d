/** Lowers the functions of `sync/atomic`, which work on a variable: each is one step. */
import { unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { assign } from './lower-assignments.ts';
import { branch } from './lower-conditions.ts';
import { lowerExpr } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';

const ATOMIC = /^sync\/atomic\.(Load|Store|Add|Swap|CompareAndSwap)(?:Int32|Int64|Uint32|Uint64|Uintptr|Pointer)$/;

/** A variable that is read and written. */
interface Place {
  read(): Reg;
  write(src: Reg): void;
}

/** A call of such a function; undefined for other calls. */
export function lowerAtomic(l: Lowering, call: CallExpr, name: string): Reg | undefined {
  const kind = ATOMIC.exec(name)?.[1];
  const [address, ...operands] = call.args;
  if (kind === undefined || !address) return undefined;
  const place = placeOf(l, address);
  const [x, y] = operands.map((e) => lowerExpr(l, e));
  if (kind !== 'Load') beforeAtomicWrite(l);
  switch (kind) {
    case 'Load':
      return place.read();
    case 'Store':
      if (x !== undefined) place.write(x);
      return l.constant(null);
    case 'Swap': {
      const old = copyOf(l, place.read());
      if (x !== undefined) place.write(x);
      return old;
    }
    case 'Add': {
      const dst = l.reg();
      l.emit({ op: 'binary', dst, operator: '+', x: place.read(), y: x ?? l.constant(0), bound: false, counts: true });
      place.write(dst);
      return dst;
    }
    default: {
      const same = l.reg();
      l.emit({ op: 'binary', dst: same, operator: '==', x: place.read(), y: x ?? l.constant(0), bound: false });
      const { yes, no } = branch(l, same);
      l.patch(yes);
      place.write(y ?? l.constant(0));
      l.patch(no);
      return same;
    }
  }
}

/** Others may go on before they see what is written. */
export function beforeAtomicWrite(l: Lowering): void {
  if (l.source.relevance.all) l.emit({ op: 'pause' });
}

function copyOf(l: Lowering, src: Reg): Reg {
  const dst = l.reg();
  l.emit({ op: 'move', dst, src });
  return dst;
}

/** What an address leads to: the variable itself where the address is taken on the spot. */
function placeOf(l: Lowering, address: Expr): Place {
  const e = unparen(address);
  const x = e.kind === 'UnaryExpr' && e.op === '&' ? unparen(e.x) : undefined;
  if (x && (x.kind === 'Ident' || x.kind === 'SelectorExpr' || x.kind === 'IndexExpr'))
    return { read: () => lowerExpr(l, x), write: (src) => assign(l, x, src) };
  const cell = lowerExpr(l, e);
  return {
    read() {
      const dst = l.reg();
      l.emit({ op: 'load', dst, cell });
      return dst;
    },
    write: (src) => void l.emit({ op: 'store', cell, src }),
  };
}
