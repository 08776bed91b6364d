/** Where a function starts members of its group: by itself, or by running a literal that does. */
import type { Analysis } from '../../golang/analysis.ts';
import type { ErrorGroup } from '../../golang/error-groups.ts';
import { callsOfLiteral } from '../../golang/literal-calls.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import { runningFunc } from '../../golang/running-func.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, walk } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, FuncLit, LocalObject, Node } from '../../syntax/ast.ts';

export interface GroupStart {
  /** The call of `Go`. */
  launch: CallExpr;
  /** What the function itself does at that point: the same, or the call of the literal. */
  at: CallExpr;
  /** The error that says that nothing was started. */
  error?: LocalObject;
  /** What tells whether there was a start: it changes along with it, or decides about it. */
  tied: ReadonlySet<LocalObject>;
}

export function groupStarts(analysis: Analysis, unit: DeclUnit, group: ErrorGroup): GroupStart[] {
  const parents = analysis.parents(unit);
  const { func } = group.object;
  return group.launches.flatMap((launch): GroupStart[] => {
    if (enclosingFunc(parents, launch) === func)
      return [{ launch, at: launch, tied: countedBeside(ancestor(parents, launch, (n) => n.kind === 'BlockStmt')) }];
    const literal = runningFunc(parents, launch);
    if (literal?.kind !== 'FuncLit') return [];
    return (callsOfLiteral(analysis, unit, literal, func) ?? []).map((at) =>
      byLiteral(analysis, unit, launch, literal, at),
    );
  });
}

function byLiteral(analysis: Analysis, unit: DeclUnit, launch: CallExpr, literal: FuncLit, at: CallExpr): GroupStart {
  const tied = new Set<LocalObject>();
  const add = (part: Node | undefined): void => {
    if (part)
      walk(part, (n) => {
        if (n.kind === 'Ident' && n.obj && !contains(literal, n.obj.decl)) tied.add(n.obj);
      });
  };
  for (const n of changesIn(literal)) add(n);
  const conditions = conditionsIn(literal, launch);
  if (conditions.length === 0) return { launch, at, tied };
  for (const part of [...conditions, ...at.args]) add(part);
  // What calls its argument more than once may fail when some are started.
  const repeats = analysis.callee(unit, at).fact?.calls?.some((c) => c.returns);
  const error = repeats ? undefined : errorOf(analysis, unit, at);
  if (error) tied.delete(error);
  return { launch, at, tied, error };
}

/** What is asked in a literal apart from what is started. */
function conditionsIn(literal: FuncLit, launch: CallExpr): Expr[] {
  const found: Expr[] = [];
  walk(literal.body, (n) => {
    if (n === launch || n.kind === 'FuncLit') return false;
    if (n.kind === 'IfStmt') found.push(n.cond);
    else if (n.kind === 'RangeStmt') found.push(n.x);
    else if (n.kind === 'ForStmt' && n.cond) found.push(n.cond);
    else if (n.kind === 'CaseClause') found.push(...n.exprs);
    else if (n.kind === 'SwitchStmt' && n.tag) found.push(n.tag);
    return true;
  });
  return found;
}

/** Everything that is assigned to. */
function changesIn(node: Node): Expr[] {
  const found: Expr[] = [];
  walk(node, (n) => {
    if (n.kind === 'IncDecStmt') found.push(n.x);
    else if (n.kind === 'AssignStmt' && n.op !== ':=') found.push(...n.lhs);
  });
  return found;
}

/** Counters and lists that grow, and flags that are set, in the block in which a member is started. */
function countedBeside(block: Node | undefined): Set<LocalObject> {
  const tied = new Set<LocalObject>();
  for (const stmt of block?.kind === 'BlockStmt' ? block.stmts : []) {
    const counted =
      stmt.kind === 'IncDecStmt' ? stmt.x : stmt.kind === 'AssignStmt' && isCount(stmt) ? stmt.lhs[0] : undefined;
    const object = counted && baseIdent(counted)?.obj;
    if (object) tied.add(object);
  }
  return tied;
}

function isCount({ op, rhs, lhs }: AssignStmt): boolean {
  const [value] = rhs;
  if (op === ':=' || lhs.length !== 1 || !value) return false;
  if (op !== '=' || value.kind === 'BasicLit') return true;
  if (value.kind === 'Ident') return !value.obj && (value.name === 'true' || value.name === 'false');
  return value.kind === 'CallExpr' && value.fun.kind === 'Ident' && value.fun.name === 'append' && !value.fun.obj;
}

/** The variable that takes the error of a call, its last result. */
function errorOf(analysis: Analysis, unit: DeclUnit, call: CallExpr): LocalObject | undefined {
  const stmt = analysis.parents(unit).get(call);
  const target = stmt?.kind === 'AssignStmt' && stmt.rhs.length === 1 ? stmt.lhs.at(-1) : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return object && isErrorType(analysis.objectType(unit, object)) ? object : undefined;
}
