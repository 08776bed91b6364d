/** Lowers `select`. */
import type { Type } from '../../golang/types.ts';
import { unparen } from '../../golang/walk.ts';
import type { Expr, SelectStmt } from '../../syntax/ast.ts';
import type { Reg, SelectArm } from './instructions.ts';
import { store } from './lower-assignments.ts';
import { lowerExpr, valueOf } from './lower-expressions.ts';
import { lowerBlock } from './lower-statements.ts';
import type { Lowering, Patch } from './lowering.ts';

function yieldsTimes(l: Lowering, chan: Expr): boolean {
  const t = l.typeOf(chan);
  return t.kind === 'chan' && t.elem.kind === 'named' && t.elem.pkg === 'time' && t.elem.name === 'Time';
}

/** The type of what a channel takes. */
export function elementType(l: Lowering, chan: Expr): Type | undefined {
  const u = l.analysis.types.underlying(l.typeOf(chan));
  return u.kind === 'chan' ? u.elem : undefined;
}

/** Lowers a `select`. */
export function lowerSelect(l: Lowering, s: SelectStmt, label: string | undefined): void {
  const arms: SelectArm[] = [];
  for (const { comm, start } of s.clauses) {
    const site = { unit: l.unit, node: comm ?? { start, end: start + 'default'.length } };
    if (!comm) arms.push({ kind: 'default', target: -1, site });
    else if (comm.kind === 'SendStmt') {
      const chan = lowerExpr(l, comm.chan);
      arms.push({
        kind: 'send',
        target: -1,
        chan,
        value: valueOf(l, comm.value, () => elementType(l, comm.chan)),
        site,
      });
    } else {
      const x = unparen((comm.kind === 'ExprStmt' ? comm.x : comm.rhs[0]) as Expr);
      if (x.kind !== 'UnaryExpr') return void l.emit({ op: 'end', why: 'unsupported' });
      const chan = lowerExpr(l, x.x);
      // Of `case <-done` nothing is made of what comes.
      const into = comm.kind === 'ExprStmt' ? undefined : { dst: l.reg(), ok: l.reg() };
      arms.push({ kind: 'recv', target: -1, chan, ...into, isTimer: yieldsTimes(l, x.x), site });
    }
  }
  l.at({ start: s.start, end: s.start + 'select'.length });
  l.emit({ op: 'select', arms });
  const ends: Patch[] = [];
  l.targets.push({ label, breaks: ends });
  s.clauses.forEach((c, i) => {
    const arm = arms[i] as SelectArm;
    arm.target = l.here;
    if (c.comm?.kind === 'AssignStmt') {
      const { lhs, op } = c.comm;
      if (lhs[0]) store(l, lhs[0], arm.dst as Reg, op === ':=');
      if (lhs[1]) store(l, lhs[1], arm.ok as Reg, op === ':=');
    }
    lowerBlock(l, c.body);
    ends.push(l.jump());
  });
  l.targets.pop();
  l.patch(ends);
}
