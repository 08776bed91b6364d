/** Channels that are made under the condition under which they are used. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { factsAt } from '../../golang/conditions.ts';
import { contains, isNil } from '../../golang/walk.ts';
import type { Ident } from '../../syntax/ast.ts';
import { channelVariable } from '../leaked-channel.ts';

/**
 * True when all that is tested where the variable gets its channel is known to hold at the operation that is blocked. The model
 * does not know that what is promoted from a type out of sight has the same value each time.
 */
export function isMadeWhereUsed(analysis: Analysis, leak: Leak): boolean {
  const { unit, node } = leak.site;
  const variable = channelVariable(analysis, leak);
  const use = variable?.unit === unit ? variable.object.uses.find((u) => contains(node, u)) : undefined;
  if (!variable || !use) return false;
  const { func, writes } = variable.object;
  const parents = analysis.parents(unit);
  const facts = (at: Ident): Map<string, boolean> => factsAt(unit, parents, at, analysis.writtenPaths(unit, func));
  const here = facts(use);
  const isMade = (write: Ident): boolean => {
    const stmt = parents.get(write);
    return stmt?.kind === 'AssignStmt' && stmt.lhs.length === stmt.rhs.length && !stmt.rhs.some(isNil);
  };
  const known = writes.map(facts);
  return (
    writes.every(isMade) && known.some((k) => k.size > 0 && [...k].every(([key, value]) => here.get(key) === value))
  );
}
