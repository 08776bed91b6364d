/** A `defer` that closes a value stands in front of the check of the error that came with the value. */
import { isErrorCheck } from '../../fixes/error-check.ts';
import { moveStatementAfter } from '../../fixes/move-after.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import { isNilBesideError } from '../../golang/nil-results.ts';
import { receiverToleratesNil } from '../../golang/nil-tolerance.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, isStmt } from '../../golang/parents.ts';
import { isErrorType, type Type } from '../../golang/types.ts';
import { asCall, calledLiteral, contains, find } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, DeferStmt, Ident, LocalObject, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './close-before-error-check.text.ts';

const CHECK = '(?:if \\w*[eE]rr\\w* != nil\\b|require\\.N(?:oError|il)f?\\()';

export const closeBeforeErrorCheck = defineRule({
  meta: {
    id: 'close-before-error-check',
    group: 'resource',
    level: 'warning',
    // The deferred call, perhaps of a literal, and right below it the check.
    triggers: [`\\bdefer [^\\n]*\\n\\s*${CHECK}`, `\\}\\(\\)\\n\\s*${CHECK}`],
    checkTriggers: ['\\bdefer\\b'],
    fixes: ['move-below-check'],
    overlaps: ['staticcheck SA5001'],
  },
  text,
  check(context) {
    for (const stmt of nodesOfKind(context.unit.decl, 'DeferStmt')) {
      const found = uncheckedAt(context, stmt);
      if (found) report(context, stmt, found);
    }
  },
});

/** A call that may have failed when its result is used. */
interface Unchecked {
  call: CallExpr;
  error: LocalObject;
  check: Stmt;
  /** The mention of the result in the deferred call. */
  use: Ident;
}

function uncheckedAt(context: RuleContext, stmt: DeferStmt): Unchecked | undefined {
  const { analysis, unit } = context;
  const place = placeInList(unit, stmt);
  if (!place) return undefined;
  const { list, index } = place;
  const check = list.stmts.slice(index + 1).find((s) => s.kind !== 'DeferStmt');
  for (const made of list.stmts.slice(0, index).reverse()) {
    const error = made.kind === 'AssignStmt' ? errorOf(context, made) : undefined;
    if (!error) {
      // Somebody may have looked at the error before.
      if (made.kind !== 'DeferStmt' && made.kind !== 'ExprStmt' && made.kind !== 'DeclStmt') return undefined;
      continue;
    }
    if (made.kind !== 'AssignStmt' || !check) return undefined;
    if (list.stmts.slice(list.stmts.indexOf(made) + 1, index).some((s) => mentions(s, error))) return undefined;
    const leaves = (call: CallExpr): boolean => analysis.callee(unit, call).fact?.neverReturns ?? false;
    const call = made.rhs[0] && asCall(made.rhs[0]);
    const use = call && isErrorCheck(check, error, leaves) ? usedAt(context, stmt, made, call, check) : undefined;
    return use && call && !asksBefore(context, stmt, error, use) ? { call, error, check, use } : undefined;
  }
  return undefined;
}

/** True when the deferred call looks at the error before it comes to a use, unless as another argument of the same call. */
function asksBefore({ analysis, unit }: RuleContext, stmt: DeferStmt, error: LocalObject, use: Ident): boolean {
  const before = error.uses.filter((u) => contains(stmt, u) && u.start < use.start && !error.writes.includes(u));
  const [first, ...others] = before;
  if (!first) return false;
  const call = ancestor(analysis.parents(unit), first, (n) => n.kind === 'CallExpr' || isStmt(n));
  return others.length > 0 || call?.kind !== 'CallExpr' || !contains(call, use);
}

/** The variable for the error of `x, err := f()`. */
function errorOf({ analysis, unit }: RuleContext, made: AssignStmt): LocalObject | undefined {
  const last = made.lhs.at(-1);
  if (made.lhs.length < 2 || made.rhs.length !== 1 || last?.kind !== 'Ident') return undefined;
  return last.obj && isErrorType(analysis.objectType(unit, last.obj)) ? last.obj : undefined;
}

/** The use in a deferred call of a result that is nil when the call has failed. */
function usedAt(
  context: RuleContext,
  stmt: DeferStmt,
  made: AssignStmt,
  call: CallExpr,
  check: Stmt,
): Ident | undefined {
  for (const [index, target] of made.lhs.slice(0, -1).entries()) {
    const object = target.kind === 'Ident' ? target.obj : undefined;
    const use = object?.uses.find((u) => contains(stmt, u));
    if (!use || !isNilWhenFailed(context, call, index, object!) || !isDereferenced(context, stmt, use)) continue;
    if (exits(context, check) && !isInterfaceOrField(context, use)) return undefined;
    return use;
  }
  return undefined;
}

/** True unless a function of the package says otherwise: beside an error others return nil. */
function isNilWhenFailed({ analysis, unit }: RuleContext, call: CallExpr, index: number, object: LocalObject): boolean {
  const { visible } = analysis.callee(unit, call);
  if (visible && !analysis.acquired.results(visible).some((r) => r.acquires.result === index))
    return isNilBesideError(analysis, visible, index);
  const type = analysis.types.underlying(analysis.objectType(unit, object));
  // In an interface, a nil pointer is not nil: its methods are called.
  if (type.kind === 'interface' && analysis.types.valuesOf(unit, call)[index]?.kind === 'pointer') return false;
  return canBeNil(type);
}

function canBeNil(type: Type): boolean {
  return type.kind === 'pointer' || type.kind === 'interface' || type.kind === 'unknown';
}

/** True for `x.Close()` and `x.Body.Close()`, also in a literal that asks nothing before. */
function isDereferenced({ analysis, unit }: RuleContext, stmt: DeferStmt, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const selector = parents.get(use);
  if (selector?.kind !== 'SelectorExpr') return false;
  const up = parents.get(selector);
  if (up?.kind === 'CallExpr' && up.fun === selector) {
    const { visible } = analysis.callee(unit, up);
    if (visible && receiverToleratesNil(analysis, visible)) return false;
  }
  const deferred = asCall(stmt.call);
  const literal = deferred && calledLiteral(deferred);
  const around = ancestor(parents, use, (n) => n.kind === 'FuncLit' || n === stmt);
  if (!literal) return around === stmt;
  if (around !== literal || find(literal, (n) => n.kind === 'Ident' && n.name === 'recover')) return false;
  const branch = ancestor(parents, use, (n) => n.kind === 'IfStmt' || n.kind === 'SwitchStmt' || n === literal);
  return branch === literal || (branch?.kind === 'IfStmt' && branch.init !== undefined && contains(branch.init, use));
}

/** True for a method that a library allows on nil, such as `Close` of a file. */
function isHarmless({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const call = parents.get(parents.get(use)!);
  return call?.kind === 'CallExpr' && analysis.callee(unit, call).fact?.toleratesNil === true;
}

/** True when the check ends the process: the deferred call does not run then. */
function exits({ analysis, unit }: RuleContext, check: Stmt): boolean {
  const last = check.kind === 'IfStmt' ? check.body.stmts.at(-1) : undefined;
  const call = last?.kind === 'ExprStmt' ? asCall(last.x) : undefined;
  return call !== undefined && analysis.callee(unit, call).fact?.skipsDefers === true;
}

/** True when the `defer` itself looks at what the value is, not only the call that comes later. */
function isInterfaceOrField({ analysis, unit }: RuleContext, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const selector = parents.get(use);
  if (selector && parents.get(selector)?.kind === 'SelectorExpr') return true;
  return analysis.types.underlying(analysis.typeOf(unit, use)).kind === 'interface';
}

function mentions(node: Stmt, object: LocalObject): boolean {
  return object.uses.some((use) => contains(node, use));
}

function report(context: RuleContext, stmt: DeferStmt, { call, error, check, use }: Unchecked): void {
  const { unit } = context;
  const harmless = isHarmless(context, use);
  context.report({
    node: stmt,
    message: harmless ? 'harmless' : 'unchecked',
    level: harmless ? 'hint' : undefined,
    args: {
      name: use.name,
      error: error.name,
      call: unit.text(call.fun).replace(/\s+/g, ' '),
      line: context.line({ node: check }),
    },
    steps: [
      { node: call, message: 'step-fails', args: { name: use.name, error: error.name } },
      { node: stmt, message: 'step-deferred', args: { name: use.name } },
      { node: check, message: 'step-check' },
    ],
    fixes: [
      {
        id: 'move-below-check',
        title: 'fix-move',
        args: { error: error.name, line: context.line({ node: check }) },
        preferred: true,
        safe: true,
        edits: moveStatementAfter(unit, stmt, check),
      },
    ],
  });
}
