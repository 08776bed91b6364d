/** Keeps a value that is offered once, to whoever comes later. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { makeBuffered } from '../../fixes/make-buffered.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { inLoop } from '../../golang/parents.ts';
import type { GoPackage } from '../../golang/package.ts';
import { contains, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

/** Room for one value where the only send is an arm of a `select` with `default`, which drops it when nobody is there yet. Title: `fix-buffer`. */
export function keepValue(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const { made } = leak;
  if (!made || !isOfferedOnce(analysis, made.unit.pkg, lastName(leak.name))) return undefined;
  const make = nodesOfKind(made.unit.decl, 'CallExpr').find(
    (c) => contains(c, made.node) && c.fun.kind === 'Ident' && c.fun.name === 'make',
  );
  const edits = make && makeBuffered(made.unit, make);
  if (!isRepairedBy(context, leak, edits, true)) return undefined;
  return { id: 'make-buffered', title: 'fix-buffer', args: { name: leak.name, size: 1 }, preferred: true, edits };
}

/** True when the only send on channels of a name is tried once, and given up at once. */
function isOfferedOnce(analysis: Analysis, pkg: GoPackage, name: string): boolean {
  let offers = 0;
  for (const member of declarationsNaming(pkg, name)) {
    const unit = pkg.unit(member);
    if (unit.hasError) return false;
    const parents = analysis.parents(unit);
    for (const send of nodesOfKind(unit.decl, 'SendStmt')) {
      if (lastName(pathText(unparen(send.chan)) ?? '') !== name) continue;
      const select = nodesOfKind(unit.decl, 'SelectStmt').find((s) => s.clauses.some((c) => c.comm === send));
      const gives = select?.clauses.length === 2 && select.clauses.some((c) => !c.comm && c.body.length === 0);
      if (!gives || inLoop(parents, send)) return false;
      offers++;
    }
  }
  return offers === 1;
}
