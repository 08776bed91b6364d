/**
 * Functions that take a lock for their caller unless they fail, `if err := s.begin(); err != nil { return err }`: on one failing way they
 * unlock, on another they forget to, and no caller unlocks what it has been told it did not get.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isOpenToOthers } from '../../golang/exported.ts';
import { type Kept, type KeptSpec, keptOnSomeWay } from '../../golang/kept-operation.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { isNewError } from '../../golang/passed-errors.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import { closedElsewhere, type SyncKind } from '../../golang/released-elsewhere.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Decl, FuncDecl, IfStmt, Node, ReturnStmt } from '../../syntax/ast.ts';

/** The way on which such a function fails with the lock held; undefined where somebody may unlock then. */
export function keptWithError(analysis: Analysis, unit: DeclUnit, spec: KeptSpec, kind: SyncKind): Kept | undefined {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || !isForCallers(analysis, unit, decl, spec, kind)) return undefined;
  const given: Node[] = ownReturns(analysis, unit, decl).filter(givesNil);
  for (;;) {
    const found = keptOnSomeWay(analysis, unit, { ...spec, handedOn: given, turns: undefined });
    const end = found?.path.node;
    if (!found || end?.kind !== 'ReturnStmt' || given.includes(end)) return undefined;
    if (isNewError(end, found.path)) return isLeftByCallers(analysis, unit, decl, spec, kind) ? found : undefined;
    // That may be a success as well.
    given.push(end);
  }
}

function ownReturns(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): ReturnStmt[] {
  const parents = analysis.parents(unit);
  return nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
}

function givesNil({ results }: ReturnStmt): boolean {
  const last = results.at(-1);
  return last !== undefined && isNil(last);
}

/** True for a function of the package alone that has the lock whenever it succeeds, and unlocks on some way on which it fails. */
function isForCallers(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  { taken, stmt, operations }: KeptSpec,
  kind: SyncKind,
): boolean {
  const last = flattenFields(decl.type.results).at(-1);
  if (taken.func !== decl || !last || last.name || !decl.body?.stmts.some((s) => s === stmt)) return false;
  if (!isErrorType(analysis.types.resolve(unit, last.type)) || nodesOfKind(decl, 'DeferStmt').length > 0) return false;
  if (isOpenToOthers(unit, decl) || operations.some((o) => o !== taken && !kind.close.includes(o.method))) return false;
  const succeeds = ownReturns(analysis, unit, decl).filter(givesNil);
  if (succeeds.length === 0 || !succeeds.every((r) => r.start > stmt.start)) return false;
  const unlocks = operations.filter((o) => o !== taken);
  return unlocks.length > 0 && unlocks.every((o) => o.func === decl && failsBehind(analysis, unit, o.node));
}

/** True where the statement with an operation stands right before the `return` of an error. */
function failsBehind(analysis: Analysis, unit: DeclUnit, operation: Node): boolean {
  const parents = analysis.parents(unit);
  const stmt = parents.get(operation);
  const block = stmt && parents.get(stmt);
  if (block?.kind !== 'BlockStmt' && block?.kind !== 'CaseClause') return false;
  const stmts = block.kind === 'BlockStmt' ? block.stmts : block.body;
  const end = stmts.at(-1);
  return end?.kind === 'ReturnStmt' && !givesNil(end);
}

/** True where all who call the function return on its error and unlock only behind that, and nobody else unlocks. */
function isLeftByCallers(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  { taken: { path }, summaries }: KeptSpec,
  kind: SyncKind,
): boolean {
  const mentions = mentionsOf(analysis, unit, decl).filter((m) => !m.unit.file.isTest);
  const callers = new Set<Decl>(mentions.map((m) => m.unit.decl));
  const isLeft = mentions.every(({ unit: at, call }) => {
    const outer = call && pathOutside(analysis, at, call, decl, path);
    const failed = outer && failingBranch(analysis, at, call);
    const func = failed && enclosingFunc(analysis.parents(at), call);
    if (!func || func !== at.decl) return false;
    const effects = [...summaries.nodes(at, func, outer)].filter(([n]) => !contains(n, call) && !contains(call, n));
    return effects.length > 0 && effects.every(([n]) => n.start > failed.end);
  });
  if (!isLeft || mentions.length === 0) return false;
  const isOfCallers = (other: DeclUnit): boolean => {
    if (callers.has(other.decl)) return true;
    if (other.decl.kind !== 'FuncDecl' || isOpenToOthers(other, other.decl)) return false;
    const uses = mentionsOf(analysis, other, other.decl);
    return uses.length > 0 && uses.every((m) => m.call !== undefined && callers.has(m.unit.decl));
  };
  return !closedElsewhere(analysis, unit, path, kind, (other) => !isOfCallers(other));
}

/** The `if err != nil { … return … }` right at a call, or behind it. */
function failingBranch(analysis: Analysis, unit: DeclUnit, call: CallExpr): IfStmt | undefined {
  const parents = analysis.parents(unit);
  const assignment = parents.get(call);
  if (assignment?.kind !== 'AssignStmt' || assignment.rhs.length !== 1 || assignment.rhs[0] !== call) return undefined;
  const around = parents.get(assignment);
  const next = around?.kind === 'BlockStmt' ? around.stmts[around.stmts.indexOf(assignment) + 1] : around;
  if (next?.kind !== 'IfStmt' || next.else || (next === around && next.init !== assignment)) return undefined;
  const cond = unparen(next.cond);
  const [error, asked] = [assignment.lhs.at(-1), cond.kind === 'BinaryExpr' ? unparen(cond.x) : undefined];
  if (cond.kind !== 'BinaryExpr' || cond.op !== '!=' || !isNil(cond.y)) return undefined;
  if (error?.kind !== 'Ident' || asked?.kind !== 'Ident' || !error.obj || error.obj !== asked.obj) return undefined;
  const end = next.body.stmts.at(-1);
  const isOnWay = ancestor(parents, call, (n) => isFunc(n) || n.kind === 'ForStmt' || n.kind === 'RangeStmt');
  return end?.kind === 'ReturnStmt' && isOnWay && isFunc(isOnWay) ? next : undefined;
}
