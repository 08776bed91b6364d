/** Makes a channel where its variable is declared, and ends loops whose channels are all nil. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingStmt, isFunc } from '../../golang/parents.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { isRepairedBy } from '../model-report.ts';
import { channelVariable } from '../leaked-channel.ts';
import { untilNil } from '../leak-repairs/until-nil.ts';

/** `ch := make(chan T)` for `var ch chan T` of a variable that nothing is assigned to. */
export function makeFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const variable = channelVariable(analysis, leak);
  if (!variable || variable.object.writes.length > 0) return undefined;
  const { unit, object } = variable;
  const spec = object.declNode;
  if (spec.kind !== 'ValueSpec' || spec.names.length !== 1 || spec.values.length > 0) return undefined;
  const stmt = enclosingStmt(analysis.parents(unit), spec);
  if (spec.type?.kind !== 'ChanType' || stmt?.kind !== 'DeclStmt' || !/^var\s+\w/.test(unit.text(stmt)))
    return undefined;
  const edits = replaceNode(unit, stmt, `${object.name} := make(${unit.text(spec.type)})`);
  if (!isRepairedBy(context, leak, edits)) return undefined;
  return { id: 'make-channel', title: 'fix-make', args: { name: object.name }, preferred: true, edits };
}

/** A condition for a loop that goes on when all its channels are closed and set to nil. */
export function untilNilFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { unit, node } = leak.site;
  const select = nodesOfKind(unit.decl, 'SelectStmt').find((s) => s.start === node.start);
  const loop = select && ancestor(analysis.parents(unit), select, (n) => n.kind === 'ForStmt' || isFunc(n));
  if (loop?.kind !== 'ForStmt') return undefined;
  const found = untilNil(analysis, unit, loop);
  if (!found || !isRepairedBy(context, leak, found.edits, true)) return undefined;
  const { condition, edits } = found;
  return { id: 'loop-until-nil', title: 'fix-until-nil', args: { condition }, preferred: true, edits };
}
