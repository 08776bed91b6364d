/** Puts an argument in front of those a call has. */
import type { BinaryExpr, CallExpr, Expr } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { find } from '../golang/walk.ts';
import { combine } from './apply.ts';

const PRECEDENCE: Readonly<Record<string, number>> = { '+': 4, '-': 4, '|': 4, '^': 4, '*': 5, '/': 5, '%': 5 };

/**
 * `f(a)` becomes `f(text, a)`. gofmt writes `a + b` without spaces when it is one argument of several, which a single argument
 * is not any more afterwards.
 * @returns undefined when the spaces of the argument cannot be told
 */
export function addFirstArgument(unit: DeclUnit, call: CallExpr, text: string): FileEdit[] | undefined {
  const [first] = call.args;
  if (!first) return [insertionIn(unit.file, unit.base + call.lparen + 1, text)];
  const added = [insertionIn(unit.file, unit.base + first.start, `${text}, `)];
  return call.args.length > 1 ? added : combine(added, closeUp(unit, first));
}

/** Takes the spaces out of a sum or a product; no edits for an argument without operators. */
function closeUp(unit: DeclUnit, arg: Expr): FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  const isOperation = (n: { kind: string }): n is BinaryExpr => n.kind === 'BinaryExpr';
  let x = arg;
  for (; isOperation(x); x = x.x) {
    if (PRECEDENCE[x.op] === undefined || (isOperation(arg) && PRECEDENCE[x.op] !== PRECEDENCE[arg.op]))
      return undefined;
    if (find(x.y, isOperation)) return undefined;
    const gap = unit.text({ start: x.x.end, end: x.y.start });
    const parts = /^[ \t]*(\S+)(\s*)$/.exec(gap);
    if (parts?.[1] !== x.op) return undefined;
    const tail = parts[2]?.includes('\n') ? parts[2] : '';
    edits.push({ file: unit.file, start: unit.base + x.x.end, end: unit.base + x.y.start, newText: x.op + tail });
  }
  return find(x, isOperation) ? undefined : edits;
}
