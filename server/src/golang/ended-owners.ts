/** Contexts of values that have been ended: `if c.conns == nil`, where what sets that to nil cancels the context of `c`, too. */
import type { Expr, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue } from './only-value.ts';
import { fieldMentionsOf, type OwnMention } from './own-mentions.ts';
import type { Acquisition } from './resources.ts';
import { isNamed } from './types.ts';
import { isNil, baseIdent, unparen } from './walk.ts';

/** True for the branch on which the value that has the parent of an acquired context has been ended, and its contexts with it. */
export function isOwnerEnded(analysis: Analysis, a: Acquisition, edge: Edge): boolean {
  const parent = a.call.args[0] && unparen(a.call.args[0]);
  if (!edge.cond || !/(?:^|\/)context\.With/.test(a.origin) || parent?.kind !== 'SelectorExpr') return false;
  const field = endedField(edge.cond, edge.kind === 'true');
  const owner = field && baseIdent(field.x)?.obj;
  if (!field || !owner || baseIdent(parent.x)?.obj !== owner) return false;
  const s = analysis.types.members.selector(a.unit, field);
  const mentions = s?.kind === 'field' && s.owner ? fieldMentionsOf(analysis, a.unit, s.owner, s.name) : undefined;
  const ends = mentions?.filter((m) => endsIn(analysis, m)) ?? [];
  return ends.length > 0 && ends.every((m) => cancelsToo(analysis, m));
}

/** The field that a condition with a value shows to be nil, or true. */
function endedField(cond: Expr, value: boolean): SelectorExpr | undefined {
  const x = unparen(cond);
  if (x.kind === 'SelectorExpr') return value ? x : undefined;
  if (x.kind !== 'BinaryExpr' || x.op !== (value ? '==' : '!=')) return undefined;
  const field = unparen(isNil(x.y) ? x.x : x.y);
  return (isNil(x.x) || isNil(x.y)) && field.kind === 'SelectorExpr' ? field : undefined;
}

/** `c.conns = nil`, `c.closed = true` */
function endsIn(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  const stmt = analysis.parents(unit).get(node);
  const given = initial === undefined && stmt?.kind === 'AssignStmt' ? givenValue(stmt, node) : undefined;
  const x = given && unparen(given);
  return x !== undefined && (isNil(x) || (x.kind === 'Ident' && x.name === 'true' && !x.obj));
}

/** True where a cancel function of the same value is called in the same declaration. */
function cancelsToo(analysis: Analysis, { unit, node }: OwnMention): boolean {
  const owner = baseIdent(node)?.obj;
  return (
    owner !== undefined &&
    nodesOfKind(unit.decl, 'CallExpr').some(({ fun }) => {
      if (fun.kind !== 'SelectorExpr' || baseIdent(fun)?.obj !== owner) return false;
      const type = analysis.typeOf(unit, fun);
      return isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc');
    })
  );
}
