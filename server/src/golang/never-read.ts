/** Fields, variables and maps in them that are filled, and that nobody takes anything out of. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type OwnMention, ownMentions } from './own-mentions.ts';
import type { DeclUnit } from './unit.ts';
import { isNil, unparen } from './walk.ts';

/** True for a map in a field or package variable when everything that happens to it is in sight, and nothing takes anything out of it. */
export function isNeverRead(analysis: Analysis, unit: DeclUnit, map: Expr): boolean {
  const x = unparen(map);
  if (x.kind !== 'SelectorExpr' && !(x.kind === 'Ident' && !x.obj)) return false;
  const mentions = ownMentions(analysis, unit, x);
  return mentions !== undefined && mentions.every((m) => isOnlyWritten(analysis, m) && isOwn(analysis, m));
}

/** False where the variable is given a map that others may have as well. */
function isOwn(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  const assign = initial === undefined ? analysis.parents(unit).get(node) : undefined;
  const value = assign?.kind === 'AssignStmt' ? assign.rhs[assign.lhs.findIndex((l) => l === node)] : initial;
  if (value === undefined) return assign?.kind !== 'AssignStmt';
  if (value === 'zero') return true;
  const x = unparen(value);
  return (
    isNil(x) || x.kind === 'CompositeLit' || (x.kind === 'CallExpr' && analysis.callee(unit, x).kind === 'builtin')
  );
}

/** True where a value is put in, deleted, or compared with nil: none of it gives the value to somebody. */
export function isOnlyWritten(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  if (initial !== undefined) return true;
  const parents = analysis.parents(unit);
  let at: Node = node;
  let parent = parents.get(at);
  if (parent?.kind === 'IndexExpr' && parent.x === at) [at, parent] = [parent, parents.get(parent)];
  if (parent?.kind === 'AssignStmt') return parent.op === '=' && parent.lhs.some((l) => l === at);
  if (parent?.kind === 'BinaryExpr') return isNil(parent.x) || isNil(parent.y);
  const callee = parent?.kind === 'CallExpr' ? analysis.callee(unit, parent) : undefined;
  return callee?.kind === 'builtin' && (callee.name === 'delete' || callee.name === 'clear' || callee.name === 'len');
}
