/** Ends a loop that sets the channels it receives from to nil as they are closed. */
import { insertionIn, type FileEdit } from '../../fixes/file-edit.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, isNil, pathText, unparen } from '../../golang/walk.ts';
import type { CommClause, ForStmt } from '../../syntax/ast.ts';

/** `for a != nil || b != nil {` and the condition itself. */
export interface UntilNil {
  edits: FileEdit[];
  condition: string;
}

/**
 * The condition for an endless loop around one `select` that does nothing but receive from channels it sets to nil, and leave.
 * @returns undefined for any other loop, and where Go would then miss a `return`
 */
export function untilNil(analysis: Analysis, unit: DeclUnit, loop: ForStmt): UntilNil | undefined {
  const [select, ...others] = loop.body.stmts;
  if (loop.init || loop.cond || loop.post || select?.kind !== 'SelectStmt' || others.length > 0) return undefined;
  const func = enclosingFunc(analysis.parents(unit), loop);
  if (!func || (func.type.results.length > 0 && func.body?.stmts.at(-1) === loop)) return undefined;
  const cleared = new Set(
    nodesOfKind(unit.decl, 'AssignStmt').flatMap((a) =>
      contains(loop, a) && a.lhs.length === 1 && a.rhs.every(isNil) ? a.lhs.map((l) => pathText(l)) : [],
    ),
  );
  const channels: string[] = [];
  for (const clause of select.clauses) {
    const channel = receivedFrom(clause);
    if (channel !== undefined && cleared.has(channel)) channels.push(channel);
    else if (clause.body.at(-1)?.kind !== 'ReturnStmt') return undefined;
  }
  if (channels.length === 0) return undefined;
  const condition = [...new Set(channels)].map((c) => `${c} != nil`).join(' || ');
  return { condition, edits: [insertionIn(unit.file, unit.base + loop.start + 'for'.length, ` ${condition}`)] };
}

/** The channel of an arm that receives from a variable or field. */
function receivedFrom({ comm }: CommClause): string | undefined {
  const x = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const receive = x && unparen(x);
  return receive?.kind === 'UnaryExpr' && receive.op === '<-' ? pathText(receive.x) : undefined;
}
