/** What a function does with the errors of goroutines after it has waited for them. */
import { placeInList } from '../fixes/statement-site.ts';
import type { ParentMap } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { asCall, unparen } from '../golang/walk.ts';
import type { CallExpr, Expr, IfStmt, LocalObject, RangeStmt, ReturnStmt, Stmt } from '../syntax/ast.ts';

export interface Gathering {
  errs: LocalObject;
  /** Statements that are not needed any more: the `Wait`, the `close`, or the goroutine that does both. */
  waiting: Stmt[];
  /** What takes the first error. */
  taken:
    | { kind: 'receive'; at: Expr; stmt: IfStmt | ReturnStmt }
    /** `for err := range errs { return err }` with what it returns. */
    | { kind: 'range'; stmt: RangeStmt; name: string; returned: ReturnStmt };
  /** How often the channel is named in all of this. */
  uses: number;
}

/**
 * Understands `wg.Wait(); close(errs)`, or a goroutine that does both, followed by what takes the first error. Undefined for
 * everything else, such as errors that are collected.
 */
export function gathering(unit: DeclUnit, parents: ParentMap, wait: CallExpr): Gathering | undefined {
  const stmt = parents.get(wait);
  const place = stmt?.kind === 'ExprStmt' ? placeInList(unit, stmt) : undefined;
  if (!place) return undefined;
  const { list, index } = place;
  const next = list.stmts[index + 1];
  const closed = next && closedBy(next);
  const lit = parents.get(list.owner);
  const start = lit?.kind === 'FuncLit' ? parents.get(parents.get(lit) ?? lit) : undefined;
  if (start?.kind !== 'GoStmt')
    return taking(list.stmts[index + (closed ? 2 : 1)], closed, [
      list.stmts[index] as Stmt,
      ...(closed && next ? [next] : []),
    ]);
  const outer = placeInList(unit, start);
  const isOnly = index === 0 && list.stmts.length === 2 && lit?.kind === 'FuncLit' && lit.type.params.length === 0;
  if (!outer || !isOnly || !closed) return undefined;
  const found = taking(outer.list.stmts[outer.index + 1], closed, [start]);
  return found?.taken.kind === 'range' ? found : undefined;
}

function taking(stmt: Stmt | undefined, closed: LocalObject | undefined, waiting: Stmt[]): Gathering | undefined {
  const found = stmt && takenBy(stmt);
  if (!found || (closed && found.errs !== closed)) return undefined;
  // Without a `close` a loop over the channel would not end, and a receive would wait for an error.
  if (!closed) return undefined;
  return { ...found, waiting, uses: 2 };
}

function takenBy(stmt: Stmt): Pick<Gathering, 'errs' | 'taken'> | undefined {
  if (stmt.kind === 'RangeStmt') {
    const errs = variable(stmt.x);
    const [only] = stmt.body.stmts;
    if (!errs || !stmt.define || stmt.key?.kind !== 'Ident' || stmt.value || stmt.body.stmts.length !== 1)
      return undefined;
    const { name } = stmt.key;
    const returned = only?.kind === 'IfStmt' && isTest(only, name) ? only.body.stmts[0] : only;
    return returned?.kind === 'ReturnStmt' ? { errs, taken: { kind: 'range', stmt, name, returned } } : undefined;
  }
  if (stmt.kind === 'ReturnStmt') {
    const at = stmt.results.at(-1);
    const errs = at && received(at);
    return errs ? { errs, taken: { kind: 'receive', at, stmt } } : undefined;
  }
  if (stmt.kind !== 'IfStmt' || stmt.init?.kind !== 'AssignStmt' || stmt.init.lhs.length !== 1) return undefined;
  const [target] = stmt.init.lhs;
  const [at] = stmt.init.rhs;
  const errs = at && received(at);
  if (!errs || target?.kind !== 'Ident' || !isNotNil(stmt.cond, target.name)) return undefined;
  return { errs, taken: { kind: 'receive', at, stmt } };
}

/** `if err != nil { return … }` */
function isTest({ init, cond, body, else: other }: IfStmt, name: string): boolean {
  return !init && !other && body.stmts.length === 1 && isNotNil(cond, name);
}

function isNotNil(cond: Expr, name: string): boolean {
  if (cond.kind !== 'BinaryExpr' || cond.op !== '!=') return false;
  return cond.x.kind === 'Ident' && cond.x.name === name && cond.y.kind === 'Ident' && cond.y.name === 'nil';
}

function received(x: Expr): LocalObject | undefined {
  const e = unparen(x);
  return e.kind === 'UnaryExpr' && e.op === '<-' ? variable(e.x) : undefined;
}

function closedBy(stmt: Stmt): LocalObject | undefined {
  const call = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  const [channel] = call?.args ?? [];
  return call?.fun.kind === 'Ident' && call.fun.name === 'close' && channel ? variable(channel) : undefined;
}

function variable(x: Expr): LocalObject | undefined {
  const e = unparen(x);
  return e.kind === 'Ident' ? e.obj : undefined;
}
