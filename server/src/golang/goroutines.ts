/** `go` statements and what they run. */
import type { CallExpr, FuncNode, GoStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { functionValue } from './function-values.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { type Answer, remembered } from './reads.ts';
import type { DeclUnit } from './unit.ts';
import { asCall } from './walk.ts';

/**
 * Source of a pattern, with the flag `m`, for a `go` statement in a text that is not parsed. It can only stand at the start
 * of a line, after `{`, `;`, `:` or a comment; the word in a comment is none. It starts with a letter, which is searched for fast.
 */
export const GO_STATEMENT = '\\bgo\\s+(?<=(?:^|[{;:]|\\*/)[ \\t]*go\\s+)[^\\s:=.,;)]';

/** A `go` statement. */
export interface Spawn {
  unit: DeclUnit;
  stmt: GoStmt;
  call: CallExpr;
  /** The function that contains the statement. */
  func: FuncNode;
  /** What it runs, when that is visible; possibly in another unit. */
  body?: { unit: DeclUnit; func: FuncNode };
}

/** Every `go` statement of a unit. */
export function spawns(analysis: Analysis, unit: DeclUnit): readonly Spawn[] {
  return remembered(known, unit, () => find(analysis, unit));
}

/** Units live as long as one analysis. */
const known = new WeakMap<DeclUnit, Answer<readonly Spawn[]>>();

function find(analysis: Analysis, unit: DeclUnit): Spawn[] {
  const parents = analysis.parents(unit);
  const found: Spawn[] = [];
  for (const stmt of nodesOfKind(unit.decl, 'GoStmt')) {
    const call = asCall(stmt.call);
    const func = enclosingFunc(parents, stmt);
    if (!call || !func) continue;
    const isValue = call.fun.kind === 'Ident' && call.fun.obj !== undefined;
    const body = analysis.body(unit, call) ?? (isValue ? functionValue(analysis, unit, call.fun) : undefined);
    found.push({ unit, stmt, call, func, body });
  }
  return found;
}

/** True for code that may live as long as the process: `main` and `init` functions of any package, `TestMain`. */
export function isProcessScope(unit: DeclUnit): boolean {
  if (unit.decl.kind !== 'FuncDecl' || unit.decl.recv) return false;
  const name = unit.decl.name.name;
  return name === 'init' || (name === 'main' && unit.pkg.name === 'main') || name === 'TestMain';
}
