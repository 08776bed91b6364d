/** Lowers switches. */
import { unparen, walk } from '../../golang/walk.ts';
import type { CaseClause, Expr, LocalObject, SwitchStmt, TypeSwitchStmt } from '../../syntax/ast.ts';
import { branch, lowerCondition } from './lower-conditions.ts';
import { toInterface } from './lower-conversions.ts';
import { lowerExpr } from './lower-expressions.ts';
import { lowerBlock, lowerStmt } from './lower-statements.ts';
import type { Lowering, Patch } from './lowering.ts';

/** Lowers the clauses of a switch. `test`: emits the jumps to a clause; `enter`: what comes before its statements. */
function lowerCases(
  l: Lowering,
  label: string | undefined,
  cases: readonly CaseClause[],
  test: (c: CaseClause) => { yes: Patch[]; no: Patch[] },
  enter: (c: CaseClause) => void = () => undefined,
): void {
  const ends: Patch[] = [];
  const entries: Patch[][] = [];
  // All tests come first, so that `default` may stand anywhere.
  for (const c of cases) {
    if (c.isDefault) {
      entries.push([]);
      continue;
    }
    const { yes, no } = test(c);
    entries.push(yes);
    l.patch(no);
  }
  const fallback = cases.findIndex((c) => c.isDefault);
  const none = l.jump();
  if (fallback >= 0) (entries[fallback] as Patch[]).push(none);
  else ends.push(none);
  l.targets.push({ label, breaks: ends });
  let through: Patch | undefined;
  cases.forEach((c, i) => {
    l.patch(entries[i] as Patch[]);
    if (through) through(l.here);
    through = undefined;
    enter(c);
    const last = c.body.at(-1);
    const falls = last?.kind === 'BranchStmt' && last.tok === 'fallthrough';
    lowerBlock(l, falls ? c.body.slice(0, -1) : c.body);
    const end = l.jump();
    if (falls) through = end;
    else ends.push(end);
  });
  if (through) ends.push(through);
  l.targets.pop();
  l.patch(ends);
}

/** Lowers a switch on values or conditions. */
export function lowerSwitch(l: Lowering, s: SwitchStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const tag = s.tag && lowerExpr(l, s.tag);
  lowerCases(l, label, s.cases, (c) => {
    const yes: Patch[] = [];
    let no: Patch[] = [];
    for (const e of c.exprs) {
      l.patch(no);
      if (tag === undefined) {
        const r = lowerCondition(l, e);
        yes.push(...r.yes);
        no = r.no;
        continue;
      }
      const dst = l.reg();
      const y = toInterface(l, e, lowerExpr(l, e), () => s.tag && l.typeOf(s.tag));
      l.emit({ op: 'binary', dst, operator: '==', x: tag, y, bound: false });
      const r = branch(l, dst);
      yes.push(...r.yes);
      no = r.no;
    }
    return { yes, no };
  });
}

/** Lowers a switch on types. */
export function lowerTypeSwitch(l: Lowering, s: TypeSwitchStmt, label: string | undefined): void {
  if (s.init) lowerStmt(l, s.init);
  const x = lowerExpr(l, unparenAssert(s.x));
  const dst = l.reg();
  const objects = new Map<CaseClause, LocalObject>();
  if (s.bind)
    for (const c of s.cases)
      walk(c, (n) => {
        if (n.kind === 'Ident' && n.obj?.role === 'typeswitch' && n.obj.declNode === c) objects.set(c, n.obj);
      });
  lowerCases(
    l,
    label,
    s.cases,
    (c) => {
      const yes: Patch[] = [];
      let no: Patch[] = [];
      for (const e of c.exprs) {
        l.patch(no);
        const ok = l.reg();
        if (e.kind === 'Ident' && e.name === 'nil' && !e.obj)
          l.emit({ op: 'binary', dst: ok, operator: '==', x, y: l.constant(null), bound: false });
        else l.emit({ op: 'assert', dst, ok, x, type: l.analysis.types.resolve(l.unit, e) });
        const r = branch(l, ok);
        yes.push(...r.yes);
        no = r.no;
      }
      return { yes, no };
    },
    (c) => {
      const object = objects.get(c);
      if (object) l.declare(object, c.exprs.length === 1 ? dst : x);
    },
  );
}

function unparenAssert(e: Expr): Expr {
  const x = unparen(e);
  return x.kind === 'TypeAssertExpr' ? x.x : x;
}
