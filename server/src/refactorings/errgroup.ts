/**
 * Goroutines that a `sync.WaitGroup` counts and that send their errors on a channel become an `errgroup.Group`, whose context
 * ends the others when one of them fails.
 */
import type { FileEdit } from '../fixes/file-edit.ts';
import { importEdits } from '../fixes/add-import.ts';
import { combine } from '../fixes/apply.ts';
import { rawStrings } from '../fixes/indent.ts';
import { insertAfterStatement } from '../fixes/insert-statement.ts';
import { deleteStatement } from '../fixes/move-statement.ts';
import { freshName } from '../fixes/names.ts';
import { replaceOnlyImport, unusedImportEdits } from '../fixes/remove-import.ts';
import { replaceNode } from '../fixes/replace-expr.ts';
import { eolOf, indentAt, layLines } from '../fixes/source-lines.ts';
import { placeInList, StatementSite } from '../fixes/statement-site.ts';
import type { Analysis } from '../golang/analysis.ts';
import { contextInScope } from '../golang/context-in-scope.ts';
import { givenValue } from '../golang/only-value.ts';
import { enclosingFunc, type ParentMap } from '../golang/parents.ts';
import type { SyncCall } from '../golang/sync-calls.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, find } from '../golang/walk.ts';
import type { Ident, LocalObject, Stmt } from '../syntax/ast.ts';
import { bindingLines, type CountedGoroutine, countedGoroutine, countsOne, groupCalls } from './counted-goroutines.ts';
import { type ErrorReturn, errorReturns, isTerminating } from './error-returns.ts';
import { type Gathering, gathering } from './gathered-errors.ts';
import { defineRefactoring, type Refactored, type RefactoringContext, touches } from './refactoring.ts';

const PACKAGE = 'golang.org/x/sync/errgroup';

interface Member extends CountedGoroutine {
  returns: ErrorReturn[];
}

/** All that has to do with one group. */
interface Crew {
  group: LocalObject;
  /** The statement that declares the group. */
  declared: Stmt;
  /** The statement that makes the channel of errors. */
  made: Stmt;
  adds: Stmt[];
  members: Member[];
  end: Gathering;
}

export const errgroupMigration = defineRefactoring({
  id: 'use-errgroup',
  title: {
    en: 'Run the goroutines of `{group}` in an `errgroup.Group`',
    'zh-cn': '改用 `errgroup.Group` 运行 `{group}` 的 goroutine',
  },
  find(context) {
    // Members may use the variables of a loop.
    if (!context.goAtLeast('1.22')) return undefined;
    const calls = groupCalls(context.analysis, context.unit);
    for (const wait of calls) {
      const crew = wait.method === 'Wait' ? crewOf(context, wait, calls) : undefined;
      if (crew && isSelected(context, crew)) return rewrite(context, crew);
    }
    return undefined;
  },
});

/** The group that a call waits for, when all that is done with it and with its channel of errors is understood. */
function crewOf({ analysis, unit }: RefactoringContext, wait: SyncCall, calls: readonly SyncCall[]): Crew | undefined {
  const parents = analysis.parents(unit);
  const { root: group, fields } = wait.path;
  if (typeof group === 'string' || fields.length > 0 || group.addressTaken) return undefined;
  const end = gathering(analysis, unit, parents, wait.call);
  const [declared, made] = [declarationOf(unit, parents, group), end && declarationOf(unit, parents, end.errs)];
  if (!end || !declared || !made || !/\bchan error\b/.test(unit.text(made))) return undefined;
  if (!isNewGroup(analysis, unit, group)) return undefined;
  const adds: Stmt[] = [];
  const members: Member[] = [];
  for (const use of group.uses) {
    const own = calls.find(({ call }) => contains(call.fun, use));
    if (own === wait) continue;
    const stmt = own && parents.get(own.call);
    if (own?.method === 'Add' && stmt?.kind === 'ExprStmt') adds.push(stmt);
    else {
      const member = own?.method === 'Done' ? memberWith(analysis, unit, use, calls, end.errs) : undefined;
      // What is started later is not waited for here.
      if (!member || member.stmt.start > wait.call.start) return undefined;
      members.push(member);
    }
  }
  const sends = members.flatMap(({ returns }) => returns.filter(({ value }) => value));
  if (sends.length === 0 || sends.length + end.uses !== end.errs.uses.length) return undefined;
  if (!areCounted(unit, adds, members, calls)) return undefined;
  const crew = { group, declared, made, adds, members, end };
  return leavesUnused([made, ...adds]) ? undefined : crew;
}

function memberWith(
  analysis: Analysis,
  unit: DeclUnit,
  done: Ident,
  calls: readonly SyncCall[],
  errs: LocalObject,
): Member | undefined {
  const parents = analysis.parents(unit);
  const lit = enclosingFunc(parents, done);
  const start = lit && parents.get(parents.get(lit) ?? lit);
  const found = start?.kind === 'GoStmt' ? countedGoroutine(analysis, unit, start, calls) : undefined;
  const returns = found && errorReturns(unit, parents, found.lit, errs);
  return found && returns && { ...found, returns };
}

/** The statement that declares a variable and nothing else. */
function declarationOf(unit: DeclUnit, parents: ParentMap, { declNode }: LocalObject): Stmt | undefined {
  if (declNode.kind === 'AssignStmt')
    return declNode.lhs.length === 1 && placeInList(unit, declNode) ? declNode : undefined;
  if (declNode.kind !== 'ValueSpec' || declNode.names.length !== 1) return undefined;
  const stmt = parents.get(parents.get(declNode) ?? declNode);
  return stmt?.kind === 'DeclStmt' && stmt.decl.specs.length === 1 ? stmt : undefined;
}

/** True for a variable that holds a group of its own, not one that others have as well. */
function isNewGroup(analysis: Analysis, unit: DeclUnit, { decl, declNode }: LocalObject): boolean {
  if (declNode.kind === 'ValueSpec' && declNode.values.length === 0) return true;
  const value = givenValue(declNode, decl);
  const x = value?.kind === 'UnaryExpr' && value.op === '&' ? value.x : value;
  return x?.kind === 'CompositeLit' || (x?.kind === 'CallExpr' && analysis.callee(unit, x).name === 'new');
}

/** Each goroutine is counted right before it is started, or all are by one call. */
function areCounted(
  unit: DeclUnit,
  adds: readonly Stmt[],
  members: readonly Member[],
  calls: readonly SyncCall[],
): boolean {
  if (adds.length === 1) return true;
  return (
    adds.length === members.length &&
    members.every(({ stmt, group }) => {
      const place = placeInList(unit, stmt);
      return countsOne(place?.list.stmts[place.index - 1], group, calls);
    })
  );
}

/** True when a variable is named nowhere else than in statements that are taken out: the rest would not compile. */
function leavesUnused(removed: readonly Stmt[]): boolean {
  const isRemoved = (n: Ident): boolean => removed.some((stmt) => contains(stmt, n));
  return removed.some(
    (stmt) =>
      find(stmt, (n) => {
        const object = n.kind === 'Ident' ? n.obj : undefined;
        return object?.role === 'local' && !isRemoved(object.decl) && object.uses.every(isRemoved);
      }) !== undefined,
  );
}

function isSelected(context: RefactoringContext, { declared, made, adds, members, end }: Crew): boolean {
  const starts = members.map(({ stmt, done }) => ({ start: stmt.start, end: done.end }));
  return [declared, made, ...adds, ...starts, ...end.waiting, end.taken.stmt].some((range) => touches(context, range));
}

function rewrite({ analysis, unit }: RefactoringContext, crew: Crew): Refactored | undefined {
  const { group, declared, made, adds, members, end } = crew;
  const imported = importEdits(unit.file, PACKAGE, { unit, node: declared });
  if (!imported) return undefined;
  const name = freshName(unit, declared, 'g', 'group');
  const outer = contextInScope(analysis, unit, declared);
  const used = outer?.object.uses.filter((use) => members.some(({ lit }) => contains(lit, use))) ?? [];
  const isShared = outer?.expr === outer?.object.name && used.length > 0;
  const inner = freshName(unit, declared, 'gctx', 'groupCtx');
  const begin = isShared
    ? `${name}, ${inner} := ${imported.name}.WithContext(${outer?.expr ?? ''})`
    : `var ${name} ${imported.name}.Group`;
  const waited = freshName(unit, declared, 'err', 'groupErr');
  const edits = combine(
    replaceNode(unit, declared, begin),
    ...[made, ...adds, ...end.waiting].map((stmt) =>
      stmt === end.early ? replaceNode(unit, stmt, `${waited} := ${name}.Wait()`) : deleteStatement(unit, stmt),
    ),
    ...members.map((member) => memberEdits(unit, member, name)),
    ...(isShared ? used.map((use) => replaceNode(unit, use, inner)) : []),
    takenEdits(unit, end, end.early ? waited : `${name}.Wait()`),
  );
  const unused = edits && unusedImportEdits(unit.file, 'sync', edits);
  const only = unused?.length ? replaceOnlyImport(unit.file, 'sync', PACKAGE) : undefined;
  const all = only ? combine(edits, only) : combine(edits, unused, imported.edits);
  return all && { edits: all, args: { group: group.name } };
}

function memberEdits(
  unit: DeclUnit,
  { stmt, lit, done, bindings, returns }: Member,
  name: string,
): FileEdit[] | undefined {
  const last = lit.body.stmts.at(-1) as Stmt;
  return combine(
    replaceNode(
      unit,
      { start: stmt.start, end: lit.body.start },
      `${bindingLines(unit, stmt, bindings)}${name}.Go(func() error `,
    ),
    deleteStatement(unit, done),
    ...returns.map((r) => replaceNode(unit, r.stmt, `return ${r.value ? unit.text(r.value) : 'nil'}`)),
    ...returns.map((r) => (r.after ? deleteStatement(unit, r.after) : [])),
    isTerminating(last, returns) ? [] : insertAfterStatement(unit, last, 'return nil'),
    replaceNode(unit, { start: lit.end, end: stmt.end }, ')'),
  );
}

function takenEdits(unit: DeclUnit, { taken }: Gathering, waited: string): FileEdit[] | undefined {
  if (taken.kind === 'receive') return replaceNode(unit, taken.at, waited);
  const { text } = unit.file;
  const [first, last] = [taken.body[0], taken.body.at(-1)];
  const [from, to] = [first && StatementSite.of(unit, first), last && StatementSite.of(unit, last)];
  if (!from || !to || from.shares || to.shares || !first || !last) return undefined;
  const [start, end] = [from.top, to.bottom];
  if (rawStrings(unit).some((raw) => start <= raw.start && raw.end <= end)) return undefined;
  const indent = indentAt(text, unit.base + taken.stmt.start);
  const lines = text.slice(start, end).split(/\r?\n/);
  const body = lines.map((l) => (l.startsWith(from.indent) ? l.slice(from.indent.length) : l)).join('\n');
  const head = `if ${taken.name} := ${waited}; ${taken.name} != nil {`;
  const eol = eolOf(text);
  return replaceNode(unit, taken.stmt, `${head}${eol}${layLines(body, `${indent}\t`, eol)}${eol}${indent}}`);
}
