/** Whether anybody can wake those who wait for a condition variable. */
import type { Analysis } from '../../golang/analysis.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { isNil, unparen } from '../../golang/walk.ts';
import type { Expr, Node } from '../../syntax/ast.ts';

/** True when every use of the condition variable is in sight and none of them is `Signal` or `Broadcast`. */
export function neverSignalled(analysis: Analysis, unit: DeclUnit, cond: Expr): boolean {
  const mentions = ownMentions(analysis, unit, cond);
  return mentions !== undefined && mentions.length > 0 && mentions.every((m) => isQuiet(analysis, m));
}

/** True for a mention that neither wakes anybody nor lets others do so. */
function isQuiet(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  if (initial !== undefined) return initial === 'zero' || isNew(analysis, unit, initial);
  const parents = analysis.parents(unit);
  let x: Node = node;
  let p = parents.get(x);
  while (p?.kind === 'ParenExpr') [x, p] = [p, parents.get(p)];
  switch (p?.kind) {
    case 'SelectorExpr':
      return p.x === x && (p.sel.name === 'L' || p.sel.name === 'Wait');
    case 'BinaryExpr':
      return isNil(p.x) || isNil(p.y);
    case 'AssignStmt': {
      const value = p.lhs.length === p.rhs.length ? p.rhs[p.lhs.findIndex((l) => l === x)] : undefined;
      return value !== undefined && (isNil(value) || isNew(analysis, unit, value));
    }
    default:
      return false;
  }
}

/** True for a condition variable that nobody else has yet: `sync.NewCond(&mu)`, `&sync.Cond{L: &mu}`. */
function isNew(analysis: Analysis, unit: DeclUnit, value: Expr): boolean {
  const x = unparen(value);
  if (x.kind === 'UnaryExpr' && x.op === '&') return isNew(analysis, unit, x.x);
  if (x.kind === 'CompositeLit') return true;
  if (x.kind !== 'CallExpr') return false;
  const { kind, name } = analysis.callee(unit, x);
  return name === 'sync.NewCond' || (kind === 'builtin' && name === 'new');
}
