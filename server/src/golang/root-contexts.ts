/** Contexts that nothing can end: `context.Background()` itself, what is made with `WithoutCancel`, and what only ever holds these. */
import type { Expr, Ident, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { type ContextParam, rootContextCall } from './contexts.ts';
import { isExported } from './exported.ts';
import { givenValue } from './only-value.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields, unparen } from './walk.ts';

/** Variables, `WithValue` calls and callers that are followed to the root. */
const MAX_DEPTH = 5;

/**
 * True for `context.Background()`, `TODO()` or `context.WithoutCancel(ctx)`, also through `WithValue` or a local variable that holds
 * nothing else. What `except` assigns to the variable does not count.
 */
export function isRootContext(analysis: Analysis, unit: DeclUnit, expr: Expr, except?: Node): boolean {
  return isRoot({ analysis, params: false, except }, unit, expr, 0);
}

/**
 * True for a context parameter of a function that only code of its package can call, and calls with root contexts alone: nobody can
 * end what runs under it.
 */
export function getsOnlyRoots(analysis: Analysis, unit: DeclUnit, param: ContextParam): boolean {
  return param.from === 'context' && isParamRoot({ analysis, params: true }, unit, param.object.decl, 0);
}

interface Question {
  analysis: Analysis;
  /** Whether parameters are followed to the callers. */
  params: boolean;
  except?: Node;
}

function isRoot(question: Question, unit: DeclUnit, expr: Expr, depth: number): boolean {
  const { analysis, params, except } = question;
  const x = unparen(expr);
  if (depth > MAX_DEPTH) return false;
  if (rootContextCall(analysis, unit, x)) return true;
  if (x.kind === 'CallExpr') {
    const { name } = analysis.callee(unit, x);
    if (name === 'context.WithoutCancel') return true;
    return name === 'context.WithValue' && x.args[0] !== undefined && isRoot(question, unit, x.args[0], depth + 1);
  }
  if (x.kind !== 'Ident' || !x.obj || x.obj.addressTaken) return false;
  const { decl, declNode, role, writes } = x.obj;
  if (params && role === 'param' && writes.length === 0) return isParamRoot(question, unit, decl, depth + 1);
  if (role !== 'local') return false;
  const parents = analysis.parents(unit);
  return [{ at: decl, stmt: declNode }, ...writes.map((w) => ({ at: w, stmt: parents.get(w) }))]
    .filter(({ stmt }) => stmt !== except)
    .every(({ at, stmt }) => {
      const value = givenValue(stmt, at);
      return value !== undefined && isRoot(question, unit, value, depth + 1);
    });
}

/** The same of a parameter of a declared function, by its callers; a function that nobody calls is not known. */
function isParamRoot(question: Question, unit: DeclUnit, param: Ident, depth: number): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || depth > MAX_DEPTH) return false;
  if (isExported(decl.name.name) && (unit.pkg.name !== 'main' || decl.recv)) return false;
  const index = flattenFields(decl.type.params).findIndex((p) => p.name === param);
  const mentions = index < 0 ? [] : mentionsOf(question.analysis, unit, decl);
  return (
    mentions.length > 0 &&
    mentions.every(({ unit: from, call }) => {
      const arg = call?.args[index];
      return arg !== undefined && isRoot(question, from, arg, depth + 1);
    })
  );
}
