/** Releases what a turn of a loop acquires in the branches by which the turn ends without doing so. */
import { combine } from '../fixes/apply.ts';
import { insertAfterStatement, insertAtBlockStart, insertBeforeStatement } from '../fixes/insert-statement.ts';
import type { FileEdit } from '../fixes/file-edit.ts';
import type { Edge } from '../golang/cfg.ts';
import { isReachedOnFailure } from '../golang/failed-ways.ts';
import { ancestor, isFunc, type ParentMap } from '../golang/parents.ts';
import { findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../golang/paths.ts';
import { isReachedReleased } from '../golang/released-ways.ts';
import type { Acquisition } from '../golang/resources.ts';
import { isNamedAt } from '../golang/scopes.ts';
import { contains, find } from '../golang/walk.ts';
import type { BlockStmt, CaseClause, CommClause, LocalObject, Node, Stmt } from '../syntax/ast.ts';
import type { RuleContext } from './context.ts';

type Branch = BlockStmt | CaseClause | CommClause;

/** Branches that somebody would write the release into; where there are more, the loop wants another shape. */
const MAX_BRANCHES = 3;

/**
 * The release in each branch that lacks it, for a variable of the loop's body: retries that `continue` behind an answer they do not want.
 * @param path the first way on which it is not released
 * @param succeeded tells ways that have looked at the outcome of the call
 * @param reads tells nodes that need what is released
 * @returns undefined when a way has no such branch, or when code behind it in the same turn needs the value
 */
export function releaseInTurn(
  { analysis, unit }: RuleContext,
  a: Acquisition,
  object: LocalObject,
  path: UnreleasedPath,
  search: SearchSpec,
  release: string,
  { succeeded, reads }: { succeeded: (path: UnreleasedPath) => boolean; reads: (node: Node) => boolean },
): FileEdit[] | undefined {
  const parents = analysis.parents(unit);
  const body = a.stmt && parents.get(a.stmt);
  const loop = body && parents.get(body);
  if (body?.kind !== 'BlockStmt' || (loop?.kind !== 'ForStmt' && loop?.kind !== 'RangeStmt')) return undefined;
  if (object.declNode !== a.stmt || object.captured) return undefined;
  const branches: Branch[] = [];
  const isIn = (n: Node): boolean => branches.some((b) => contains(b, n));
  const left = { ...search, effect: (n: Node) => (isIn(n) ? 'settled' : search.effect(n)) } satisfies SearchSpec;
  for (let way: UnreleasedPath | undefined = path; way; way = findUnreleasedPath(left)) {
    const branch = succeeded(way) ? lastBranch(parents, way, body) : undefined;
    if (!branch || branches.length === MAX_BRANCHES || branches.includes(branch)) return undefined;
    branches.push(branch);
  }
  const isRight = (branch: Branch): boolean => {
    const nodes = nodesIn(search, branch);
    const [first] = nodes;
    if (!first || isReachedOnFailure(search, first) || !isNamedAt(unit, object, first)) return false;
    if (nodes.some((n) => search.effect(n) === 'settled') || isReachedReleased(search, first)) return false;
    return endsTurn(branch) || !isUsedBehind(parents, branch, body, object);
  };
  if (!branches.every(isRight)) return undefined;
  return combine(
    ...branches.map((branch) => {
      const stmts = stmtsOf(branch);
      const last = stmts.at(-1);
      if (!stmts.some(reads)) return insertAtBlockStart(unit, branch, release);
      const leaves = (n: Node): boolean => n !== last && (n.kind === 'ReturnStmt' || n.kind === 'BranchStmt');
      if (!last || stmts.some((s) => find(s, leaves))) return undefined;
      return endsTurn(branch) && !reads(last)
        ? insertBeforeStatement(unit, last, release)
        : insertAfterStatement(unit, last, release);
    }),
  );
}

/** The innermost branch of the loop's body that a way takes last and whose code it runs. */
function lastBranch(parents: ParentMap, way: UnreleasedPath, body: BlockStmt): Branch | undefined {
  const taken = way.decisions.map((edge) => branchOf(parents, edge)).filter((b) => b !== undefined);
  return taken.findLast((b) => contains(body, b) && stmtsOf(b).length > 0);
}

function branchOf(parents: ParentMap, { cond, clause, kind }: Edge): Branch | undefined {
  if (clause) return clause;
  if (!cond || (kind !== 'true' && kind !== 'false')) return undefined;
  const at = ancestor(parents, cond, (n) => n.kind === 'IfStmt' || n.kind === 'CaseClause' || isFunc(n));
  if (at?.kind === 'CaseClause') return kind === 'true' && !stmtsOf(at).some((s) => contains(s, cond)) ? at : undefined;
  if (at?.kind !== 'IfStmt') return undefined;
  const branch = kind === 'true' ? at.body : at.else;
  return branch?.kind === 'BlockStmt' ? branch : undefined;
}

function stmtsOf(branch: Branch): readonly Stmt[] {
  return branch.kind === 'BlockStmt' ? branch.stmts : branch.body;
}

/** What is evaluated in a branch, from its beginning. */
function nodesIn({ cfg }: SearchSpec, branch: Branch): Node[] {
  const own = new Set<Node>(stmtsOf(branch));
  return [...cfg.where.keys()].filter((n) => [...own].some((s) => contains(s, n))).sort((x, y) => x.start - y.start);
}

function endsTurn(branch: Branch): boolean {
  const last = stmtsOf(branch).at(-1);
  return last?.kind === 'BranchStmt' && last.tok === 'continue';
}

/** True where code that comes behind a branch in the same turn mentions the value. */
function isUsedBehind(parents: ParentMap, branch: Branch, body: BlockStmt, object: LocalObject): boolean {
  for (let n: Node | undefined = branch; n && n !== body; n = parents.get(n)) {
    const owner = parents.get(n);
    if (owner?.kind !== 'BlockStmt' && owner?.kind !== 'CaseClause' && owner?.kind !== 'CommClause') continue;
    const inner = n;
    const behind = stmtsOf(owner).filter((s) => s.start > inner.start);
    if (object.uses.some((use) => behind.some((s) => contains(s, use)))) return true;
  }
  return false;
}
