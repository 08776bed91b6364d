/** Goroutines that a wait group counts: `wg.Add(1)`, `go func() { defer wg.Done(); … }()`. */
import { eolOf, indentAt } from '../fixes/source-lines.ts';
import { type AccessPath, pathKey } from '../golang/access-path.ts';
import type { Analysis } from '../golang/analysis.ts';
import { scopeOf } from '../golang/scopes.ts';
import { type SyncCall, syncCalls } from '../golang/sync-calls.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { qualifiedName, type Type } from '../golang/types.ts';
import { contains, find, flattenFields } from '../golang/walk.ts';
import type { DeferStmt, Expr, FuncLit, GoStmt, Ident, LocalObject, Stmt } from '../syntax/ast.ts';

const GROUP = new Set(['WaitGroup']);

export interface CountedGoroutine {
  stmt: GoStmt;
  lit: FuncLit;
  /** First statement of the function. */
  done: DeferStmt;
  group: AccessPath;
  /** Statements that give the parameters' names to the arguments, for a literal without parameters. */
  bindings: string[];
}

/** All calls on wait groups in a declaration. */
export function groupCalls(analysis: Analysis, unit: DeclUnit): SyncCall[] {
  return syncCalls(analysis, unit, unit.decl, GROUP);
}

/**
 * A statement that starts a function literal which can do without parameters and whose first statement defers the only `Done` in it;
 * undefined for all others.
 */
export function countedGoroutine(
  analysis: Analysis,
  unit: DeclUnit,
  stmt: Stmt,
  calls: readonly SyncCall[],
): CountedGoroutine | undefined {
  if (stmt.kind !== 'GoStmt' || stmt.call.kind !== 'CallExpr') return undefined;
  const { fun: lit, args } = stmt.call;
  if (lit.kind !== 'FuncLit' || lit.type.results.length > 0 || stmt.call.spread) return undefined;
  const bindings = parameterBindings(analysis, unit, stmt, lit, args);
  if (!bindings) return undefined;
  const [done] = lit.body.stmts;
  if (done?.kind !== 'DeferStmt') return undefined;
  const own = calls.filter(({ method, call }) => method === 'Done' && contains(lit, call));
  const [only] = own;
  return own.length === 1 && only?.call === done.call ? { stmt, lit, done, group: only.path, bindings } : undefined;
}

/**
 * What gives a literal without parameters the same names: nothing where an argument is a variable of the same name and type that nobody
 * sets later, else a declaration. Undefined where that would hide another name, or change when something is evaluated.
 */
function parameterBindings(
  analysis: Analysis,
  unit: DeclUnit,
  stmt: GoStmt,
  lit: FuncLit,
  args: readonly Expr[],
): string[] | undefined {
  const params = flattenFields(lit.type.params);
  if (params.length !== args.length || params.some((p) => p.variadic)) return undefined;
  const bindings: string[] = [];
  for (const [i, { name, type }] of params.entries()) {
    const arg = args[i] as Expr;
    if (!name?.obj || name.name === '_') return undefined;
    const taken = analysis.types.resolve(unit, type);
    const isSame = isSameType(analysis.typeOf(unit, arg), taken);
    if (arg.kind === 'Ident' && arg.name === name.name) {
      const stays = name.obj.writes.length === 0 && arg.obj && keepsValue(analysis, unit, arg.obj);
      if (!isSame || !stays) return undefined;
    } else {
      const text = unit.text(arg);
      if (text.includes('\n') || name.obj.uses.length === 0 || isNamedOutside(analysis, unit, stmt, lit, name.name))
        return undefined;
      bindings.push(isSame ? `${name.name} := ${text}` : `var ${name.name} ${unit.text(type)} = ${text}`);
    }
  }
  return bindings;
}

/** True for a variable that has one value: it is never set, or belongs to one turn of a loop (since Go 1.22). */
function keepsValue(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  if (object.addressTaken) return false;
  const loop = analysis.parents(unit).get(object.declNode);
  const post = loop?.kind === 'ForStmt' && loop.init === object.declNode ? loop.post : undefined;
  return object.writes.every((w) => post !== undefined && contains(post, w));
}

/** True when the block around a statement mentions a name elsewhere than in the literal that the statement starts. */
function isNamedOutside(analysis: Analysis, unit: DeclUnit, stmt: GoStmt, lit: FuncLit, name: string): boolean {
  const parents = analysis.parents(unit);
  const scope = scopeOf(parents, stmt) ?? unit.decl;
  const isSelector = (n: Ident): boolean => {
    const parent = parents.get(n);
    return parent?.kind === 'SelectorExpr' && parent.sel === n;
  };
  return find(scope, (n) => n.kind === 'Ident' && n.name === name && !contains(lit, n) && !isSelector(n)) !== undefined;
}

/** The declarations as lines before what stands in the place of a statement. */
export function bindingLines(unit: DeclUnit, stmt: Stmt, bindings: readonly string[]): string {
  const { text } = unit.file;
  const indent = indentAt(text, unit.base + stmt.start);
  return bindings.map((line) => `${line}${eolOf(text)}${indent}`).join('');
}

/** True for equal types that have names, and for pointers to them. */
function isSameType(a: Type, b: Type): boolean {
  if (a.kind === 'basic') return b.kind === 'basic' && a.name === b.name;
  if (a.kind === 'pointer') return b.kind === 'pointer' && isSameType(a.elem, b.elem);
  if (a.kind !== 'named' || b.kind !== 'named') return false;
  return a.args.length + b.args.length === 0 && qualifiedName(a) === qualifiedName(b);
}

/** True for `wg.Add(1)` on that group. */
export function countsOne(stmt: Stmt | undefined, group: AccessPath, calls: readonly SyncCall[]): boolean {
  if (stmt?.kind !== 'ExprStmt' || stmt.x.kind !== 'CallExpr') return false;
  const add = calls.find(({ call, method }) => call === stmt.x && method === 'Add');
  const [delta] = stmt.x.args;
  return add !== undefined && pathKey(add.path) === pathKey(group) && delta?.kind === 'BasicLit' && delta.value === '1';
}
