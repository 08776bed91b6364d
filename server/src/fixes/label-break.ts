/** Makes a `break` that is caught by a `select` or `switch` leave the loop it was meant for. */
import type { BranchStmt } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import { enclosingFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { endsFunction, labelOf, labelsIn, type Loop } from './jumps.ts';
import { eolOf, indentAt, isFirstOnLine, lineStart } from './source-lines.ts';
import { replaceNode } from './replace-expr.ts';

/**
 * Turns breaks into ones that leave `loop`: `return` when the function has no results and ends with the loop, else
 * `break label` with the loop's label, which is added when there is none.
 * @param breaks unlabelled `break` statements inside the loop, in the loop's own function
 */
export function breakOutOfLoop(unit: DeclUnit, breaks: readonly BranchStmt[], loop: Loop): FileEdit[] | undefined {
  if (breaks.length === 0) return [];
  if (endsFunction(unit, loop)) return combine(...breaks.map((b) => replaceNode(unit, b, 'return')));
  const label = loopLabel(unit, loop);
  return label && combine(label.edits, ...breaks.map((b) => replaceNode(unit, b, `break ${label.name}`)));
}

/** The label of a loop, with the edits that add one when it has none; undefined when the loop does not start its line. */
export function loopLabel(unit: DeclUnit, loop: Loop): { name: string; edits: FileEdit[] } | undefined {
  const own = labelOf(unit, loop);
  if (own) return { name: own.label.name, edits: [] };
  const func = enclosingFunc(parentsOf(unit.decl), loop);
  const { text } = unit.file;
  const start = unit.base + loop.start;
  if (!func || !isFirstOnLine(text, start)) return undefined;
  const taken = labelsIn(func);
  let name = 'loop';
  for (let n = 2; taken.has(name); n++) name = `loop${n}`;
  // gofmt writes a label one step left of its statement.
  const indent = indentAt(text, start).replace(/\t$/, '');
  return { name, edits: [insertionIn(unit.file, lineStart(text, start), `${indent}${name}:${eolOf(text)}`)] };
}
