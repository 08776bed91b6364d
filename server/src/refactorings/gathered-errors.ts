/** What a function does with the errors of goroutines after it has waited for them. */
import { jumpsOutOf } from '../fixes/jumps.ts';
import { placeInList, StatementSite } from '../fixes/statement-site.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { ParentMap } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { asCall, unparen } from '../golang/walk.ts';
import type { CallExpr, Expr, IfStmt, LocalObject, RangeStmt, SelectStmt, Stmt } from '../syntax/ast.ts';

export interface Gathering {
  errs: LocalObject;
  /** Statements that are not needed any more: the `Wait`, the `close`, or the goroutine that does both. */
  waiting: Stmt[];
  /** The `Wait` among them when other statements stand between it and what takes the error: they run once all goroutines are done. */
  early?: Stmt;
  /** What takes the first error. */
  taken:
    | { kind: 'receive'; at: Expr; stmt: Stmt }
    /** `for err := range errs { … }` or `select { case err := <-errs: …; default: }` with what is done about an error. */
    | { kind: 'handled'; stmt: RangeStmt | SelectStmt; name: string; body: readonly Stmt[] };
  /** How often the channel is named in all of this. */
  uses: number;
}

/**
 * Understands `wg.Wait(); close(errs)`, or a goroutine that does both, followed by what takes the first error; and a `Wait` followed by a
 * `select` that takes one if there is any. Undefined for everything else, such as errors that are collected.
 */
export function gathering(
  analysis: Analysis,
  unit: DeclUnit,
  parents: ParentMap,
  wait: CallExpr,
): Gathering | undefined {
  const stmt = parents.get(wait);
  const place = stmt?.kind === 'ExprStmt' ? placeInList(unit, stmt) : undefined;
  if (!place || stmt?.kind !== 'ExprStmt') return undefined;
  const { list, index } = place;
  const lit = parents.get(list.owner);
  const start = lit?.kind === 'FuncLit' ? parents.get(parents.get(lit) ?? lit) : undefined;
  if (start?.kind === 'GoStmt') {
    const outer = placeInList(unit, start);
    const isOnly = index === 0 && list.stmts.length === 2 && lit?.kind === 'FuncLit' && lit.type.params.length === 0;
    const closed = isOnly ? closedBy(list.stmts[1]) : undefined;
    const found = closed && takenBy(analysis, unit, outer?.list.stmts[outer.index + 1]);
    const isLoop = found?.taken.stmt.kind === 'RangeStmt' && found.errs === closed;
    return isLoop ? { ...found, waiting: [start], uses: 2 } : undefined;
  }
  for (const [i, next] of list.stmts.entries()) {
    const found = i > index ? takenBy(analysis, unit, next) : undefined;
    if (!found) continue;
    const between = list.stmts.slice(index + 1, i);
    const closes = between.filter((s) => closedBy(s) === found.errs);
    // Without a `close` a loop over the channel would not end, and a receive would wait for an error.
    if (closes.length !== (found.taken.stmt.kind === 'SelectStmt' ? 0 : 1)) return undefined;
    const others = between.length > closes.length;
    return { ...found, waiting: [stmt, ...closes], uses: 1 + closes.length, ...(others && { early: stmt }) };
  }
  return undefined;
}

type Taken = Pick<Gathering, 'errs' | 'taken'>;

function takenBy(analysis: Analysis, unit: DeclUnit, stmt: Stmt | undefined): Taken | undefined {
  switch (stmt?.kind) {
    case 'RangeStmt': {
      const errs = variable(stmt.x);
      if (!errs || !stmt.define || stmt.key?.kind !== 'Ident' || stmt.value) return undefined;
      const taken = handled(unit, stmt, stmt.key.name, stmt.body.stmts);
      // Of the loop's turns there is but one.
      return taken && leaves(analysis, unit, taken.body.at(-1)) ? { errs, taken } : undefined;
    }
    case 'SelectStmt': {
      const arm = stmt.clauses.find((c) => c.comm);
      const other = stmt.clauses.find((c) => !c.comm);
      const comm = arm?.comm?.kind === 'AssignStmt' && arm.comm.op === ':=' ? arm.comm : undefined;
      const [target] = comm?.lhs ?? [];
      const errs = comm?.rhs[0] && received(comm.rhs[0]);
      const isTry = stmt.clauses.length === 2 && other?.body.length === 0 && comm?.lhs.length === 1;
      if (!arm || !isTry || !errs || target?.kind !== 'Ident') return undefined;
      const taken = handled(unit, stmt, target.name, arm.body);
      return taken && { errs, taken };
    }
    case 'ReturnStmt':
      return receiving(stmt, stmt.results.at(-1));
    case 'AssignStmt':
      return stmt.lhs.length === 1 && /^:?=$/.test(stmt.op) ? receiving(stmt, stmt.rhs[0]) : undefined;
    case 'IfStmt': {
      const init = stmt.init?.kind === 'AssignStmt' && stmt.init.lhs.length === 1 ? stmt.init : undefined;
      const [target] = init?.lhs ?? [];
      const isTested = target?.kind === 'Ident' && isNotNil(stmt.cond, target.name);
      return isTested ? receiving(stmt, init?.rhs[0]) : undefined;
    }
    default:
      return undefined;
  }
}

function receiving(stmt: Stmt, at: Expr | undefined): Taken | undefined {
  const errs = at && received(at);
  return errs && at && { errs, taken: { kind: 'receive', at, stmt } };
}

/** What is done about an error, without the test of it. Undefined when it jumps out of the loop or the `select`, which then is none any more. */
function handled(
  unit: DeclUnit,
  stmt: RangeStmt | SelectStmt,
  name: string,
  stmts: readonly Stmt[],
): (Taken['taken'] & { kind: 'handled' }) | undefined {
  const [only] = stmts;
  const body = stmts.length === 1 && only?.kind === 'IfStmt' && isTest(only, name) ? only.body.stmts : stmts;
  const [first, last] = [body[0], body.at(-1)];
  if (!first || !last || name === '_') return undefined;
  const jumps = jumpsOutOf(body);
  if (jumps.breaks.length + jumps.continues.length + jumps.labelled.length > 0) return undefined;
  // A comment on what goes away would be lost.
  const [from, to] = [StatementSite.of(unit, first), StatementSite.of(unit, last)];
  if (!from || !to || from.shares || to.shares) return undefined;
  const { text } = unit.file;
  const around = text.slice(unit.base + stmt.start, from.top) + text.slice(to.bottom, unit.base + stmt.end);
  return /\/[/*]/.test(around) ? undefined : { kind: 'handled', stmt, name, body };
}

/** True for a statement after which the function does not go on. */
function leaves(analysis: Analysis, unit: DeclUnit, stmt: Stmt | undefined): boolean {
  if (stmt?.kind === 'ReturnStmt') return true;
  const call = stmt?.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  if (!call) return false;
  const { kind, name, fact } = analysis.callee(unit, call);
  return (kind === 'builtin' && name === 'panic') || fact?.neverReturns === true;
}

/** `if err != nil { … }` */
function isTest({ init, cond, else: other }: IfStmt, name: string): boolean {
  return !init && !other && isNotNil(cond, name);
}

function isNotNil(cond: Expr, name: string): boolean {
  if (cond.kind !== 'BinaryExpr' || cond.op !== '!=') return false;
  return cond.x.kind === 'Ident' && cond.x.name === name && cond.y.kind === 'Ident' && cond.y.name === 'nil';
}

function received(x: Expr): LocalObject | undefined {
  const e = unparen(x);
  return e.kind === 'UnaryExpr' && e.op === '<-' ? variable(e.x) : undefined;
}

function closedBy(stmt: Stmt | undefined): LocalObject | undefined {
  const call = stmt?.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  const [channel] = call?.args ?? [];
  return call?.fun.kind === 'Ident' && call.fun.name === 'close' && channel ? variable(channel) : undefined;
}

function variable(x: Expr): LocalObject | undefined {
  const e = unparen(x);
  return e.kind === 'Ident' ? e.obj : undefined;
}
