/** Everything that starts a goroutine with a visible body: `go` statements and calls such as `g.Go(f)`. */
import type { CallExpr, Expr, ExprStmt, FuncNode, GoStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { onlyLiteral } from './callee.ts';
import { spawns } from './goroutines.ts';
import { nodesOfKind } from './node-index.ts';
import type { GoPackage, PackageMember } from './package.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** A `go` statement, or a statement that hands a function to something that runs it on a goroutine of its own. */
export interface Launch {
  unit: DeclUnit;
  stmt: GoStmt | ExprStmt;
  call: CallExpr;
  /** What runs, when that is visible; possibly in another unit. */
  body?: { unit: DeclUnit; func: FuncNode };
}

/** Every launch of a unit in source order of its kind: `go` statements, then calls of groups, timers and handlers. */
export function launches(analysis: Analysis, unit: DeclUnit): Launch[] {
  const found: Launch[] = [...spawns(analysis, unit)];
  for (const n of nodesOfKind(unit.decl, 'ExprStmt')) {
    const call = unparen(n.x);
    if (call.kind !== 'CallExpr') continue;
    const { fact } = analysis.callee(unit, call);
    for (const { param, when } of fact?.calls ?? []) {
      const arg = when === 'async' && fact?.startsGoroutine ? call.args[param] : undefined;
      const body = arg && functionValue(analysis, unit, arg);
      if (body) found.push({ unit, stmt: n, call, body });
    }
  }
  return found;
}

/** The function an expression stands for: a literal, a variable that always holds one, a function or a method value. */
function functionValue(analysis: Analysis, unit: DeclUnit, expr: Expr): Launch['body'] {
  const x = unparen(expr);
  if (x.kind === 'FuncLit') return { unit, func: x };
  if (x.kind === 'Ident' && x.obj) {
    const literal = onlyLiteral(x.obj);
    return literal && { unit, func: literal };
  }
  let declared: { pkg?: GoPackage; member?: PackageMember } | undefined;
  if (x.kind === 'Ident') {
    const d = analysis.types.denotes(unit, x);
    declared = d?.kind === 'member' ? d : undefined;
  } else if (x.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, x);
    declared = s?.kind === 'method' && !s.dynamic ? s : undefined;
  }
  const found = declared?.pkg && declared.member && analysis.types.declarationOf(declared.pkg, declared.member);
  return found?.decl.body ? { unit: found.unit, func: found.decl } : undefined;
}
