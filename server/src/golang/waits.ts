/** What code waits for: channel operations and calls known to block. */
import type { CallExpr, Expr, Node, RangeStmt, SelectStmt, SendStmt, UnaryExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { ApiFact } from './api/facts.ts';
import { visitEvaluated } from './paths.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

export type Wait =
  | { kind: 'receive'; node: UnaryExpr | RangeStmt; chan: Expr }
  | { kind: 'send'; node: SendStmt; chan: Expr }
  /** All arms of a `select`; it does not wait when one of them is `default`. */
  | { kind: 'select'; node: SelectStmt; arms: Wait[]; hasDefault: boolean }
  | { kind: 'call'; node: CallExpr; name: string; blocks: NonNullable<ApiFact['blocks']> };

/**
 * What the evaluation of a node of a control flow graph waits for, in source order. Function literals are not entered;
 * a wait inside a visible function that is called is not seen.
 */
export function waitsAt(analysis: Analysis, unit: DeclUnit, node: Node): Wait[] {
  if (node.kind === 'SelectStmt') return [selectWait(node)];
  // The communication of a select waits as part of the select.
  const parent = analysis.parents(unit).get(node);
  if (parent?.kind === 'CommClause' && parent.comm === node) return [];
  if (node.kind === 'RangeStmt')
    return analysis.types.underlying(analysis.typeOf(unit, node.x)).kind === 'chan'
      ? [{ kind: 'receive', node, chan: node.x }]
      : [];
  // A call in `go` or `defer` does not run here.
  if (node.kind === 'GoStmt' || node.kind === 'DeferStmt') return [];
  const waits: Wait[] = [];
  visitEvaluated(node, (n) => {
    if (n.kind === 'UnaryExpr' && n.op === '<-') waits.push({ kind: 'receive', node: n, chan: n.x });
    else if (n.kind === 'SendStmt') waits.push({ kind: 'send', node: n, chan: n.chan });
    else if (n.kind === 'CallExpr') {
      const c = analysis.callee(unit, n);
      if (c.fact?.blocks) waits.push({ kind: 'call', node: n, name: c.name, blocks: c.fact.blocks });
    }
  });
  return waits;
}

function selectWait(select: SelectStmt): Wait {
  const arms: Wait[] = [];
  for (const { comm } of select.clauses) {
    if (comm?.kind === 'SendStmt') arms.push({ kind: 'send', node: comm, chan: comm.chan });
    else if (comm) {
      const x = comm.kind === 'ExprStmt' ? comm.x : comm.rhs[0];
      const receive = x && unparen(x);
      if (receive?.kind === 'UnaryExpr' && receive.op === '<-')
        arms.push({ kind: 'receive', node: receive, chan: receive.x });
    }
  }
  return { kind: 'select', node: select, arms, hasDefault: select.clauses.some((c) => !c.comm) };
}

/** The single operations among waits: arms of a select in its place. */
export function operations(waits: readonly Wait[]): Exclude<Wait, { kind: 'select' }>[] {
  return waits.flatMap((w) => (w.kind === 'select' ? operations(w.arms) : [w]));
}

/** True for a wait that another goroutine can end by what it does: a channel operation, `Wait` of a group; not for locks. */
export function mayJoin(wait: Wait): boolean {
  if (wait.kind === 'call') return wait.blocks === 'sync' && !/\.R?Lock$/.test(wait.name);
  return wait.kind !== 'send';
}
