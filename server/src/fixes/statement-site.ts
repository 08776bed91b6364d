/** Where a statement stands, and what it takes to have it alone on its lines so that lines can be put around it. */
import { insertionIn, type FileEdit } from './file-edit.ts';
import type { BlockStmt, CaseClause, CommClause, Node, Stmt } from '../syntax/ast.ts';
import type { TextEdit } from '../engine/finding.ts';
import { parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import {
  attachedStart,
  eolOf,
  indentAt,
  isFirstOnLine,
  isLastOnLine,
  layLines,
  lineEnd,
  lineStart,
} from './source-lines.ts';

/** A list of statements: a block, or the body of a `case`. Offsets are relative to the declaration. */
export interface StatementList {
  owner: BlockStmt | CaseClause | CommClause;
  stmts: readonly Stmt[];
  /** Just after `{` or `:`. */
  open: number;
  /** Offset of `}`; -1 for the body of a `case`. */
  close: number;
}

/** The statement list a block or clause holds. */
export function listOf(owner: BlockStmt | CaseClause | CommClause): StatementList {
  return owner.kind === 'BlockStmt'
    ? { owner, stmts: owner.stmts, open: owner.start + 1, close: owner.end - 1 }
    : { owner, stmts: owner.body, open: owner.colon, close: -1 };
}

/**
 * The list a statement is an element of, with its place there. A labelled statement is represented by its label's
 * statement. Undefined for a statement that is no element of a list, such as the `init` of an `if`.
 */
export function placeInList(
  unit: DeclUnit,
  stmt: Stmt,
): { list: StatementList; index: number; item: Stmt } | undefined {
  const parents = parentsOf(unit.decl);
  let item: Stmt = stmt;
  let parent: Node | undefined = parents.get(item);
  while (parent?.kind === 'LabeledStmt') {
    item = parent;
    parent = parents.get(item);
  }
  if (!parent || (parent.kind !== 'BlockStmt' && parent.kind !== 'CaseClause' && parent.kind !== 'CommClause'))
    return undefined;
  const list = listOf(parent);
  const index = list.stmts.indexOf(item);
  return index < 0 ? undefined : { list, index, item };
}

/** Indentation of the statements of a list, taken from one of them where possible. */
export function listIndent(unit: DeclUnit, list: StatementList, preferred?: Stmt): string {
  const { text } = unit.file;
  for (const stmt of preferred ? [preferred, ...list.stmts] : list.stmts) {
    const at = unit.base + stmt.start;
    if (stmt.kind !== 'LabeledStmt' && isFirstOnLine(text, at)) return indentAt(text, at);
  }
  return `${ownerIndent(unit, list)}\t`;
}

/** Indentation of the line that closes a block, or that holds a `case`. */
export function ownerIndent(unit: DeclUnit, list: StatementList): string {
  const { text } = unit.file;
  const close = unit.base + list.close;
  if (list.close >= 0 && isFirstOnLine(text, close)) return indentAt(text, close);
  return indentAt(text, unit.base + list.owner.start);
}

/** A statement that is, once `edits` are made, alone on its lines. */
export class StatementSite {
  private constructor(
    private readonly unit: DeclUnit,
    readonly list: StatementList,
    readonly index: number,
    /** The element of the list: the statement, or its label. */
    readonly item: Stmt,
    readonly indent: string,
    readonly eol: string,
    /** Line breaks that have to be put around the statement; none when it has its own lines already. */
    readonly edits: readonly FileEdit[],
  ) {}

  /** Undefined for a statement outside a list, or beside a comment on one line whose place would be a guess. */
  static of(unit: DeclUnit, stmt: Stmt): StatementSite | undefined {
    const place = placeInList(unit, stmt);
    if (!place) return undefined;
    const { list, index, item } = place;
    const eol = eolOf(unit.file.text);
    const indent = listIndent(unit, list, item);
    const edits = lineBreaks(unit, list, index, indent, eol);
    return edits && new StatementSite(unit, list, index, item, indent, eol, edits);
  }

  /** True when the statement shares a line with others and has to be moved to its own. */
  get shares(): boolean {
    return this.edits.length > 0;
  }

  /** File offset of the start of the statement's lines, comments directly above included. Only when it has its own lines. */
  get top(): number {
    const floor = this.unit.base + this.list.open;
    return attachedStart(this.unit.file.text, this.unit.base + this.item.start, floor);
  }

  /** File offset of the end of the statement's last line, a comment behind it included. Only when it has its own lines. */
  get bottom(): number {
    return lineEnd(this.unit.file.text, this.unit.base + this.item.end);
  }

  /** Edit that puts lines above the statement and the comments attached to it. `lines` are unindented, `\n` between them. */
  above(lines: string): FileEdit {
    const text = layLines(lines, this.indent, this.eol);
    const start = this.unit.base + this.item.start;
    if (!isFirstOnLine(this.unit.file.text, start))
      return insertionIn(this.unit.file, start, `${text.slice(this.indent.length)}${this.eol}${this.indent}`);
    return insertionIn(this.unit.file, this.top, text + this.eol);
  }

  /** Edit that puts lines below the statement and the comment behind it. */
  below(lines: string): FileEdit {
    const text = this.eol + layLines(lines, this.indent, this.eol);
    const end = this.unit.base + this.item.end;
    return insertionIn(this.unit.file, isLastOnLine(this.unit.file.text, end) ? this.bottom : end, text);
  }
}

/** An edit that inserts. */
export function insertion(offset: number, newText: string): TextEdit {
  return { start: offset, end: offset, newText };
}

/** Line breaks for the gaps around the statement that have none, and for those further along the same line. */
function lineBreaks(
  unit: DeclUnit,
  list: StatementList,
  index: number,
  indent: string,
  eol: string,
): FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  const last = list.stmts.length;
  for (let gap = index; gap >= 0; gap--) {
    const edit = gapBreak(unit, list, gap, indent, eol);
    if (edit === 'broken') break;
    if (!edit) return undefined;
    edits.unshift(edit);
  }
  for (let gap = index + 1; gap <= last; gap++) {
    const edit = gapBreak(unit, list, gap, indent, eol);
    if (edit === 'broken') break;
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** What to do with the gap before statement `gap` of a list; `broken`: a line break is there already. */
function gapBreak(
  unit: DeclUnit,
  list: StatementList,
  gap: number,
  indent: string,
  eol: string,
): FileEdit | 'broken' | undefined {
  const { text } = unit.file;
  const from = unit.base + (gap === 0 ? list.open : (list.stmts[gap - 1] as Stmt).end);
  const next = list.stmts[gap];
  if (!next && list.close < 0) return isLastOnLine(text, from) ? 'broken' : undefined;
  const to = unit.base + (next ? next.start : list.close);
  const between = text.slice(from, to);
  if (between.includes('\n')) {
    // A comment in front of or behind a statement on its own line stays with it, unless it spans lines.
    if (gap > 0 && !isLastOnLine(text, from)) return undefined;
    return text.slice(lineStart(text, to), to).trim() === '' ? 'broken' : undefined;
  }
  if (!/^[ \t]*;?[ \t]*$/.test(between)) return undefined;
  return { file: unit.file, start: from, end: to, newText: eol + (next ? indent : ownerIndent(unit, list)) };
}
