/** Whether, and where, what ends a wait may be deferred: it then runs on all ways behind the `defer`. */
import type { Analysis } from '../../golang/analysis.ts';
import { asCall, contains, find, isNil, unparen, walk } from '../../golang/walk.ts';
import { ancestor, isFunc, parentsOf } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { BlockStmt, ExprStmt, FuncNode, Node, Stmt } from '../../syntax/ast.ts';

/** True where a condition around a statement says whether there is anything to do: `if ch != nil { close(ch) }`. */
export function isConditional(unit: DeclUnit, { body }: FuncNode, stmts: readonly ExprStmt[]): boolean {
  const parents = parentsOf(unit.decl);
  const isGuarded = (stmt: Stmt): boolean => {
    const branch = ancestor(parents, stmt, (n) => n === body || isBranch(n, parents.get(n)));
    if (branch === undefined || branch === body) return false;
    const last = lastOf(branch);
    return last?.kind !== 'ReturnStmt' && last?.kind !== 'BranchStmt';
  };
  return stmts.some(isGuarded);
}

function isBranch(n: Node, parent: Node | undefined): boolean {
  return n.kind === 'CaseClause' || n.kind === 'CommClause' || (n.kind === 'BlockStmt' && parent?.kind === 'IfStmt');
}

function lastOf(n: Node): Stmt | undefined {
  return n.kind === 'BlockStmt'
    ? n.stmts.at(-1)
    : n.kind === 'CaseClause' || n.kind === 'CommClause'
      ? n.body.at(-1)
      : undefined;
}

/**
 * True where those who come when a channel is closed already return in front of the statement that closes it: `if s.closed { return }` before
 * `s.closed = true`, or `if !s.closed.CompareAndSwap(false, true) { return }`. On their way it must not be closed once more.
 */
export function returnsWhenClosed(
  analysis: Analysis,
  unit: DeclUnit,
  { body }: FuncNode,
  [stmt]: readonly ExprStmt[],
): boolean {
  const call = stmt && asCall(stmt.x);
  const { kind, name, visible } = call ? analysis.callee(unit, call) : {};
  const closes = (kind === 'builtin' && name === 'close') || /\bclose\(/.test(visible?.unit.text(visible.decl) ?? '');
  return closes && body !== undefined && stmt !== undefined && returnsWhenDone(unit, body, stmt);
}

function returnsWhenDone(unit: DeclUnit, body: BlockStmt, stmt: Stmt): boolean {
  const marks = new Set<string>();
  walk(body, (n) => {
    if (isFunc(n)) return false;
    if (n.kind === 'AssignStmt' && n.op === '=' && n.end <= stmt.start)
      n.lhs.forEach((target, i) => {
        const value = n.rhs[i];
        const isOwn = target.kind === 'SelectorExpr' || (target.kind === 'Ident' && target.obj === undefined);
        if (isOwn && value && (isNil(value) || /^(?:true|false)$/.test(unit.text(value)))) marks.add(unit.text(target));
      });
    return true;
  });
  const tells = (n: Node): boolean =>
    ((n.kind === 'SelectorExpr' || n.kind === 'Ident') && marks.has(unit.text(n))) ||
    (n.kind === 'CallExpr' &&
      n.fun.kind === 'SelectorExpr' &&
      /^(?:CompareAndSwap|Swap|LoadAndDelete)/.test(n.fun.sel.name));
  return (
    find(
      body,
      (n) =>
        n.kind === 'IfStmt' &&
        n.end <= stmt.start &&
        n.body.stmts.at(-1)?.kind === 'ReturnStmt' &&
        find(n.cond, tells) !== undefined,
    ) !== undefined
  );
}

/** True where what the statement needs is tested behind the statement that makes it, other than for an error: there may be none. */
export function isTested(body: BlockStmt, made: Stmt, stmts: readonly ExprStmt[]): boolean {
  if (made.kind !== 'AssignStmt') return false;
  const objects = new Set(made.lhs.flatMap((x) => (x.kind === 'Ident' && x.obj ? [x.obj] : [])));
  const needed = new Set(
    [...objects].filter((o) => stmts.some((s) => find(s, (n) => n.kind === 'Ident' && n.obj === o))),
  );
  // `ch, ok := m[id]` is told by `ok`.
  const [value] = made.rhs;
  const isOk = made.lhs.length === 2 && value !== undefined && unparen(value).kind !== 'CallExpr';
  const tells = (n: Node): boolean => n.kind === 'Ident' && n.obj !== undefined && (isOk ? objects : needed).has(n.obj);
  return (
    find(body, (n) => n.kind === 'IfStmt' && n.start > made.start && find(n.cond, tells) !== undefined) !== undefined
  );
}

/** True for a statement with arguments that get other values behind a place: those of a `defer` are taken where it stands. */
export function changesLater(stmts: readonly ExprStmt[], place: number): boolean {
  return stmts.some((s) =>
    find(s, (n) => n.kind === 'Ident' && (n.obj?.writes.some((w) => w.start > place && w.start < s.start) ?? false)),
  );
}

/** The first statement of a body that calls another method of the same value: `s.Get()` for a later `s.Put()`. */
export function counterpart(unit: DeclUnit, body: BlockStmt, [stmt]: readonly ExprStmt[]): Stmt | undefined {
  const call = stmt && asCall(stmt.x);
  const owner = call?.fun.kind === 'SelectorExpr' ? unit.text(call.fun.x) : undefined;
  if (!stmt || owner === undefined) return undefined;
  return body.stmts.find((s) => {
    const x = s.kind === 'ExprStmt' ? asCall(s.x) : undefined;
    return s.end < stmt.start && !contains(s, stmt) && x?.fun.kind === 'SelectorExpr' && unit.text(x.fun.x) === owner;
  });
}
