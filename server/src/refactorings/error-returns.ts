/** A function literal that sends its errors on a channel, seen as one that returns them. */
import { placeInList } from '../fixes/statement-site.ts';
import { isFunc, type ParentMap } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, walkShallow } from '../golang/walk.ts';
import type { Expr, FuncLit, LocalObject, Node, ReturnStmt, SelectStmt, SendStmt, Stmt } from '../syntax/ast.ts';

/** A way out of the literal. */
export interface ErrorReturn {
  /** What becomes a `return`. */
  stmt: SendStmt | SelectStmt | ReturnStmt;
  /** The error that is sent; absent where the function returns without one. */
  value?: Expr;
  /** The `return` behind the send, which is not needed any more. */
  after?: ReturnStmt;
}

/**
 * The ways out of a literal without results. Undefined when it does something else with the channel than send on it as the last
 * thing it does.
 */
export function errorReturns(
  unit: DeclUnit,
  parents: ParentMap,
  lit: FuncLit,
  errs: LocalObject,
): ErrorReturn[] | undefined {
  const found: ErrorReturn[] = [];
  const merged = new Set<Node>();
  for (const use of errs.uses.filter((u) => contains(lit, u))) {
    const send = parents.get(use);
    const stmt = send?.kind === 'SendStmt' && send.chan === use ? sendingStatement(parents, send) : undefined;
    if (send?.kind !== 'SendStmt' || !stmt || !isLast(unit, parents, lit, stmt)) return undefined;
    const place = placeInList(unit, stmt);
    const after = place?.list.stmts[place.index + 1];
    if (after?.kind === 'ReturnStmt') merged.add(after);
    found.push({ stmt, value: send.value, ...(after?.kind === 'ReturnStmt' && { after }) });
  }
  walkShallow(lit.body, (n) => {
    if (n.kind === 'ReturnStmt' && !merged.has(n)) found.push({ stmt: n });
  });
  return found;
}

/** The send itself, or the `select` that sends if there is room and does nothing else. */
function sendingStatement(parents: ParentMap, send: SendStmt): SendStmt | SelectStmt | undefined {
  const clause = parents.get(send);
  if (clause?.kind !== 'CommClause') return send;
  const select = parents.get(clause);
  if (select?.kind !== 'SelectStmt' || select.clauses.length !== 2) return undefined;
  const isTry = select.clauses.some((c) => !c.comm) && select.clauses.every((c) => c.body.length === 0);
  return isTry ? select : undefined;
}

/** True when nothing but a plain `return` follows a statement until the literal ends. */
function isLast(unit: DeclUnit, parents: ParentMap, lit: FuncLit, stmt: Stmt): boolean {
  const place = placeInList(unit, stmt);
  if (!place || place.item !== stmt) return false;
  const next = place.list.stmts[place.index + 1];
  if (next) return next.kind === 'ReturnStmt';
  let n: Node | undefined = place.list.owner;
  if (n === lit.body) return true;
  // A block of an `if`, or an arm of a `switch`; a loop goes on.
  for (n = parents.get(n); n && !isFunc(n); n = parents.get(n)) {
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n.kind === 'LabeledStmt') return false;
    if (n.kind !== 'IfStmt' && n.kind !== 'SwitchStmt' && n.kind !== 'TypeSwitchStmt' && n.kind !== 'SelectStmt')
      continue;
    if (placeInList(unit, n)) return isLast(unit, parents, lit, n);
  }
  return false;
}

/** True when a statement never lets what follows it run, once the sends are returns. */
export function isTerminating(stmt: Stmt | undefined, returns: readonly ErrorReturn[]): boolean {
  switch (stmt?.kind) {
    case 'ReturnStmt':
      return true;
    case 'SendStmt':
    case 'SelectStmt':
      return returns.some((r) => r.stmt === stmt);
    case 'BlockStmt':
      return isTerminating(stmt.stmts.at(-1), returns);
    case 'IfStmt':
      return isTerminating(stmt.body, returns) && isTerminating(stmt.else, returns);
    default:
      return false;
  }
}
