/** Lowers loops. */
import type { ForStmt, RangeStmt } from '../../syntax/ast.ts';
import type { Type } from '../../golang/types.ts';
import type { Reg } from './instructions.ts';
import { store } from './lower-assignments.ts';
import { lowerCondition } from './lower-conditions.ts';
import { lowerIteration } from './lower-iterators.ts';
import { copied, lowerExpr } from './lower-expressions.ts';
import { lowerBlock, lowerStmt } from './lower-statements.ts';
import type { Lowering, Patch } from './lowering.ts';

/** Lowers a `for` with or without a condition. */
export function lowerFor(l: Lowering, s: ForStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const head = l.here;
  const exits: Patch[] = [];
  if (s.cond) {
    const { yes, no } = lowerCondition(l, s.cond, true);
    l.patch(yes);
    exits.push(...no);
  }
  const continues: Patch[] = [];
  l.targets.push({ label, breaks: exits, continues });
  lowerBlock(l, s.body.stmts);
  l.targets.pop();
  l.patch(continues);
  // Each turn has its own variable (Go 1.22).
  if (s.init?.kind === 'AssignStmt')
    for (const x of s.init.lhs)
      if (x.kind === 'Ident' && x.obj && l.variables.get(x.obj)?.boxed) l.declare(x.obj, l.read(x.obj));
  if (s.post) lowerStmt(l, s.post);
  l.jump()(head);
  l.patch(exits);
}

/**
 * Calls a function for each of some things that are not seen, until it fails: what `filepath.WalkDir` does.
 *
 * @returns the register of what the last call gave
 */
export function callForEach(l: Lowering, fun: Reg): Reg {
  const unknown: Type = { kind: 'unknown' };
  const things = l.reg();
  const error = l.constant(null);
  const failed = l.reg();
  l.emit({ op: 'unknown', dst: things, type: { kind: 'slice', elem: unknown } });
  const iter = l.constant(0);
  const head = l.here;
  const range = l.emit({
    op: 'range',
    x: things,
    iter,
    type: unknown,
    valueType: unknown,
    body: l.here + 1,
    exit: -1,
    isCount: false,
  });
  l.emit({ op: 'call', dst: error, fun, args: [], spread: false, type: unknown, isRepeated: true });
  l.emit({ op: 'binary', dst: failed, operator: '!=', x: error, y: l.constant(null), bound: false });
  const branch = l.emit({ op: 'branch', cond: failed, yes: -1, no: head });
  (l.code.instructions[range] as { exit: number }).exit = l.here;
  (l.code.instructions[branch] as { yes: number }).yes = l.here;
  return error;
}

/** Lowers a `for` with `range`. */
export function lowerRange(l: Lowering, s: RangeStmt, label: string | undefined): void {
  const type = l.typeOf(s.x);
  const shape = l.shape(type);
  const x = lowerExpr(l, s.x);
  const { key, value } = s;
  if (shape === 'func') return lowerIteration(l, s, label, x, type);
  const u = l.analysis.types.underlying(type);
  const elem = u.kind === 'slice' || u.kind === 'array' || u.kind === 'map' ? u.elem : type;
  const iter = l.constant(0);
  const exits: Patch[] = [];
  const continues: Patch[] = [];
  const head = l.here;
  const k = l.reg();
  const v = l.reg();
  // Only what is evaluated at the head, not the body, is where a goroutine waits.
  l.at({ start: s.start, end: s.body.start });
  if (shape === 'chan') {
    const ok = l.reg();
    l.emit({ op: 'recv', chan: x, dst: k, ok, range: true, type: u.kind === 'chan' ? u.elem : type });
    const i = l.emit({ op: 'branch', cond: ok, yes: l.here + 1, no: -1 });
    exits.push((t) => ((l.code.instructions[i] as { no: number }).no = t));
  } else {
    const isCount = u.kind === 'basic' && u.name !== 'string';
    const i = l.emit({
      op: 'range',
      x,
      iter,
      key: k,
      value: v,
      type,
      valueType: elem,
      body: l.here + 1,
      exit: -1,
      isCount,
    });
    exits.push((t) => ((l.code.instructions[i] as { exit: number }).exit = t));
  }
  if (key) store(l, key, u.kind === 'map' ? keyFrom(l, k, u.key) : k, s.define);
  if (value) store(l, value, copied(l, v, elem), s.define);
  l.targets.push({ label, breaks: exits, continues });
  lowerBlock(l, s.body.stmts);
  l.targets.pop();
  l.patch(continues);
  l.jump()(head);
  l.patch(exits);
}

/** A key that a map has given: structs are kept by what they contain. */
function keyFrom(l: Lowering, src: Reg, type: Type): Reg {
  if (l.shape(type) !== 'struct') return src;
  const dst = l.reg();
  l.emit({ op: 'structof', dst, src, type });
  return dst;
}
