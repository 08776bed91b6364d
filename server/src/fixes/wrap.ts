/** Puts lines around statements. */
import type { BlockStmt, Stmt } from '../syntax/ast.ts';
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { combine } from './apply.ts';
import { errorReturns } from './error-returns.ts';
import { indentLines } from './indent.ts';
import { jumpsOutOf } from './jumps.ts';
import { StatementSite } from './statement-site.ts';
import { layLines, lineStart } from './source-lines.ts';

/**
 * Wraps the statements from `first` to `last` of one block: `before` above them, `after` below, everything between one
 * step further in. Comments above the first and behind the last stay with them; raw strings keep their text.
 * @param before unindented lines that open a block, e.g. `func() {`
 * @param after unindented lines that close it, e.g. `}()`
 * @returns undefined when a statement shares its line with another, or when the two are not in one block
 */
export function wrapStatements(
  unit: DeclUnit,
  first: Stmt,
  last: Stmt,
  before: string,
  after: string,
): FileEdit[] | undefined {
  const [from, to] = [StatementSite.of(unit, first), StatementSite.of(unit, last)];
  if (!from || !to || from.shares || to.shares || from.list.owner !== to.list.owner || to.index < from.index)
    return undefined;
  const { indent, eol } = from;
  return combine(
    [insertionIn(unit.file, from.top, layLines(before, indent, eol) + eol)],
    indentLines(unit, from.top, to.bottom),
    [to.below(after)],
  );
}

/**
 * Wraps the whole body of a loop in a function literal that is called at once, so that `defer` in it runs once per
 * iteration. `continue` of that loop becomes `return`; where the body returns errors, the literal gives them to the function.
 * @returns undefined when the body leaves the loop by `break`, a label, or a `return` of something else
 */
export function wrapBodyInClosure(unit: DeclUnit, body: BlockStmt): FileEdit[] | undefined {
  const [first, last] = [body.stmts[0], body.stmts.at(-1)];
  const { breaks, labelled, returns, continues } = jumpsOutOf(body.stmts);
  if (!first || !last || breaks.length + labelled.length > 0 || last.kind === 'ReturnStmt') return undefined;
  const errors = returns.length > 0 ? errorReturns(unit, returns, body) : undefined;
  if (returns.length > 0 && !errors) return undefined;
  const { text } = unit.file;
  const close = unit.base + body.end - 1;
  const end = last.kind === 'BranchStmt' ? '' : '\treturn nil\n';
  const wrapped = errors
    ? wrapStatements(unit, first, last, 'if err := func() error {', `${end}}(); err != nil {\n\t${errors.leave}\n}`)
    : wrapStatements(unit, first, last, 'func() {', '}()');
  // Comments that stand alone at the end of the body belong to it.
  const site = StatementSite.of(unit, last);
  if (!site || text.slice(site.bottom, lineStart(text, close)).trim() !== '') return undefined;
  const next = errors ? 'return nil' : 'return';
  return combine(
    wrapped,
    errors?.edits ?? [],
    continues.map((c) => ({ file: unit.file, start: unit.base + c.start, end: unit.base + c.end, newText: next })),
  );
}
