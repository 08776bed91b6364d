/** Tests that expect a call to fail: there, getting a resource is the accident that ends the test. */
import type { AssignStmt, CallExpr, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { hasAllOf } from './certain-assertions.ts';
import { isExported } from './exported.ts';
import type { Edge } from './cfg.ts';
import { ancestor, isFunc } from './parents.ts';
import type { UnreleasedPath } from './paths.ts';
import type { Acquisition } from './resources.ts';
import { deref, isErrorType, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, contains, find, isNil, unparen } from './walk.ts';

/** True when a path leads through a branch on which the test complains that the acquisition succeeded. */
export function complainsOfSuccess(analysis: Analysis, a: Acquisition, path: UnreleasedPath): boolean {
  const parents = analysis.parents(a.unit);
  const value = a.destination.kind === 'variable' ? a.destination.object : undefined;
  return path.decisions.some((edge) => {
    if (!edge.cond || (edge.kind !== 'true' && edge.kind !== 'false')) return false;
    const taken = edge.kind === 'true';
    const tellsSuccess = nilTest(edge.cond, a.error) === taken || nilTest(edge.cond, value) === !taken;
    const stmt = tellsSuccess ? ancestor(parents, edge.cond, (n) => n.kind === 'IfStmt' || isFunc(n)) : undefined;
    if (stmt?.kind !== 'IfStmt') return false;
    const branch = taken ? stmt.body : stmt.else;
    return branch !== undefined && failsTest(analysis, a.unit, branch);
  });
}

/** True when a test treats an error of the acquiring call as its failure: it expects the call to succeed. */
export function expectsSuccess(analysis: Analysis, a: Acquisition): boolean {
  const parents = analysis.parents(a.unit);
  const first = a.error?.uses.find((use) => use.start > a.call.end);
  const stmt = first && ancestor(parents, first, (n) => n.kind === 'IfStmt' || isFunc(n));
  return stmt?.kind === 'IfStmt' && nilTest(stmt.cond, a.error) === false && failsTest(analysis, a.unit, stmt.body);
}

/** `assert.ErrorContains(t, err, …)`: from here on the call is known to have failed. */
export function demandsError(analysis: Analysis, unit: DeclUnit, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const call = parents.get(use);
  if (call?.kind !== 'CallExpr' || call.fun === use) return false;
  const fun = unparen(call.fun);
  const name = fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
  return /^(?:Error|ErrorIs|ErrorAs|ErrorContains|ErrorType|EqualError|NotNil)f?$/.test(name);
}

/** True for code in a literal that a test gives to `assert.Panics` or the like: it has to go wrong. */
export function hasToPanic(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  if (!unit.file.isTest) return false;
  const parents = analysis.parents(unit);
  for (let n: Node | undefined = node; n; n = parents.get(n)) {
    const call = n.kind === 'FuncLit' ? parents.get(n) : undefined;
    if (call?.kind !== 'CallExpr' || call.fun === n) continue;
    if (/^(?:Should)?Panic(?:s|Matches)?(?:With\w+)?f?$/.test(calledName(call))) return true;
  }
  return false;
}

/** `true` for `x == nil`, `false` for `x != nil`, undefined for anything else. */
export function nilTest(cond: Expr, object: LocalObject | undefined): boolean | undefined {
  const x = unparen(cond);
  if (!object || x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=')) return undefined;
  const other = isNil(x.y) ? unparen(x.x) : isNil(x.x) ? unparen(x.y) : undefined;
  return other?.kind === 'Ident' && other.obj === object ? x.op === '==' : undefined;
}

/** True when a test fails somewhere in a branch. */
export function failsTest(analysis: Analysis, unit: DeclUnit, branch: Node): boolean {
  return find(branch, (n) => isTestFailure(analysis, unit, n)) !== undefined;
}

/** True for a `return false` or `return true` at which every caller in the package says that its test has failed. */
export function returnsFailure(analysis: Analysis, unit: DeclUnit, stmt: Node | undefined): boolean {
  if (stmt?.kind !== 'ReturnStmt' || stmt.results.length !== 1 || unit.decl.kind !== 'FuncDecl') return false;
  if (!unit.file.isTest || isExported(unit.decl.name.name)) return false;
  const [result] = stmt.results;
  if (result?.kind !== 'Ident' || result.obj || !/^(?:true|false)$/.test(result.name)) return false;
  const calls = mentionsOf(analysis, unit, unit.decl);
  return calls.length > 0 && calls.every((m) => failsWhen(analysis, m.unit, m.call, result.name === 'true'));
}

/** True for a call that is the condition of an `if` whose branch for that result fails a test, also by way of a variable. */
function failsWhen(analysis: Analysis, unit: DeclUnit, asked: Node | undefined, result: boolean): boolean {
  const parents = analysis.parents(unit);
  let node = asked;
  let value = result;
  for (let p = node && parents.get(node); p; node = p, p = parents.get(p)) {
    if (p.kind === 'AssignStmt') return failsWhen(analysis, unit, nextUse(p), value);
    if (p.kind === 'IfStmt') {
      const branch: Node | undefined = value ? p.body : p.else;
      return p.cond === node && branch !== undefined && failsTest(analysis, unit, branch);
    }
    if (p.kind === 'UnaryExpr' && p.op === '!') value = !value;
    else if (p.kind !== 'ParenExpr') return false;
  }
  return false;
}

/** Where the variable that a statement gives its one value is mentioned next. */
function nextUse(stmt: AssignStmt): Ident | undefined {
  const [target] = stmt.lhs;
  const object = stmt.lhs.length === 1 && target?.kind === 'Ident' ? target.obj : undefined;
  const next = object?.uses.find((use) => use.start > stmt.end);
  return next && object?.writes.includes(next) ? undefined : next;
}

/** True for a return that hands its caller an error; in a test or a helper of tests it is the failure of the test. */
export function returnsError(analysis: Analysis, unit: DeclUnit, stmt: Node | undefined): boolean {
  if (stmt?.kind !== 'ReturnStmt') return false;
  const last = stmt.results.at(-1);
  if (!last) return isBehindErrorTest(analysis, unit, stmt);
  return !isNil(last) && isErrorType(analysis.typeOf(unit, last));
}

/** True for a bare `return` in the branch where the named result of the function is an error: `if err != nil { return }`. */
function isBehindErrorTest(analysis: Analysis, unit: DeclUnit, stmt: Node): boolean {
  const test = ancestor(analysis.parents(unit), stmt, (n) => n.kind === 'IfStmt' || isFunc(n));
  if (test?.kind !== 'IfStmt' || !contains(test.body, stmt)) return false;
  const error = find(test.cond, (n) => n.kind === 'Ident' && n.obj?.role === 'result');
  const object = error?.kind === 'Ident' ? error.obj : undefined;
  return nilTest(test.cond, object) === false && object !== undefined && isErrorType(analysis.objectType(unit, object));
}

/** True for the branch on which an assertion of a test has told that it failed: `if !assert.NoError(t, err) { return }`. */
export function isFailedAssertion(analysis: Analysis, unit: DeclUnit, edge: Edge): boolean {
  const call = edge.kind === 'false' && edge.cond ? unparen(edge.cond) : undefined;
  const first = call?.kind === 'CallExpr' ? call.args[0] : undefined;
  return first !== undefined && unit.file.isTest && isTestHandle(analysis, unit, first);
}

/** `t` of type `*testing.T` and the like. */
export function isTestHandle(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const type = analysis.typeOf(unit, unparen(expr));
  const t = type.kind === 'pointer' ? type.elem : type;
  return t.kind === 'named' && t.pkg === 'testing' && /^(?:T|B|F|TB)$/.test(t.name);
}

const FAILURE = /\.(?:Error|Errorf|Fail|FailNow|Fatal|Fatalf)$/;
const STOP = /\.(?:FailNow|Fatal|Fatalf)$/;
const TESTING_TB: Type = { kind: 'named', pkg: 'testing', name: 'TB', args: [] };

/**
 * True for a call that says the test has failed: `t.Error(…)`, `t.Fatal(…)`, also on a part of `testing.TB` to which a package
 * gives a name of its own.
 */
export function isTestFailure(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  if (node.kind !== 'CallExpr') return false;
  const { name, dynamic, recv } = analysis.callee(unit, node);
  // What `t` is given to so that it fails: `assert.Fail(t, …)`.
  const first = node.args[0];
  if (/\.(?:Fail|FailNow)f?$/.test(name) && first && isTestHandle(analysis, unit, first)) return true;
  if (!FAILURE.test(name)) return isFailureOfDotImport(analysis, unit, node);
  if (/^(?:testing\.\w+|(?:gopkg\.in\/check\.v1|github\.com\/go-check\/check)\.C)\.\w+$/.test(name)) return true;
  // Outside of tests what has nothing but `Error` and `Errorf` of these is a log.
  if (!unit.file.isTest && !STOP.test(name)) return false;
  return dynamic === true && recv !== undefined && hasAllOf(analysis, TESTING_TB, analysis.typeOf(unit, recv));
}

/**
 * `c.Error(…)` where the type of `c`, a parameter, may come from a dot import, and `Fail(…)` where that may: the names of those
 * are not resolved.
 */
function isFailureOfDotImport(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const { fun } = call;
  if (fun.kind === 'Ident')
    return ENDS_TEST.test(fun.name) && unit.file.hasDotImports && analysis.callee(unit, call).kind === 'unknown';
  if (!unit.file.isTest || !unit.file.hasDotImports) return false;
  if (fun.kind !== 'SelectorExpr' || !/^(?:Error|Errorf|Fail|FailNow|Fatal|Fatalf)$/.test(fun.sel.name)) return false;
  const object = fun.x.kind === 'Ident' ? fun.x.obj : undefined;
  // An error has `Error`, too.
  return object?.role === 'param' && deref(analysis.objectType(unit, object)).kind === 'unknown';
}

/** How packages for tests call a function after which a test does not go on. */
const ENDS_TEST = /^(?:Fail(?:Now)?|Fatalf?|Abort(?:Test|Suite)?|Skip(?:Now)?)$/;
