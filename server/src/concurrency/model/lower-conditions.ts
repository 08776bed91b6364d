/** Lowers conditions to jumps. */
import { unparen } from '../../golang/walk.ts';
import type { Expr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { lowerOperands } from './lower-conversions.ts';
import { lowerExpr } from './lower-expressions.ts';
import type { Lowering, Patch } from './lowering.ts';

/** Lowers a condition to jumps. `bound`: it is the test of a loop. */
export function lowerCondition(l: Lowering, e: Expr, bound = false): { yes: Patch[]; no: Patch[] } {
  const x = unparen(e);
  if (x.kind === 'UnaryExpr' && x.op === '!') {
    const { yes, no } = lowerCondition(l, x.x, bound);
    return { yes: no, no: yes };
  }
  if (x.kind === 'BinaryExpr' && (x.op === '&&' || x.op === '||')) {
    const a = lowerCondition(l, x.x, bound);
    l.patch(x.op === '&&' ? a.yes : a.no);
    const b = lowerCondition(l, x.y, bound);
    return x.op === '&&' ? { yes: b.yes, no: [...a.no, ...b.no] } : { yes: [...a.yes, ...b.yes], no: b.no };
  }
  const before = l.at(x);
  let cond: Reg;
  if (x.kind === 'BinaryExpr') {
    const [a, b] = lowerOperands(l, x.x, x.y, x.op);
    cond = l.reg();
    l.emit({ op: 'binary', dst: cond, operator: x.op, x: a, y: b, bound });
  } else cond = lowerExpr(l, x);
  const r = branch(l, cond, bound);
  l.at(before);
  return r;
}

/** Emits a jump on a condition; `loop`: it is the test of a loop. */
export function branch(l: Lowering, cond: Reg, loop = false): { yes: Patch[]; no: Patch[] } {
  const i = l.emit({ op: 'branch', cond, yes: -1, no: -1, loop });
  const at = l.code.instructions[i] as { yes: number; no: number };
  return { yes: [(t) => (at.yes = t)], no: [(t) => (at.no = t)] };
}
