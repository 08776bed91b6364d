/** Code that runs once in the life of a process: what it starts may live as long as the process does. */
import type { CallExpr, FuncDecl, FuncLit, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type Mention, mentionsByDeclaration, mentionsOf } from './callers.ts';
import { type Body, COMMAND_LINES, isCommandAction, isCommandMethod, isInExitTable } from './commands.ts';
import { isExported } from './exported.ts';
import { guardedByPackageVariable } from './once-guards.ts';
import { isProcessScope } from './goroutines.ts';
import type { GoPackage } from './package.ts';
import { isOfProgram } from './package-folders.ts';
import { enclosingFunc, inLoop, type ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, flattenFields, pathText, unparen } from './walk.ts';

const MAX_DEPTH = 6;

/**
 * True when the code at `node` runs at most a fixed number of times in the life of the process: it is part of `main`,
 * `init`, `TestMain` or a package variable's initialiser, of a function given to `sync.Once` or guarded by a package
 * variable, or of a function all of whose callers are such code. Exported functions of a library may have callers that
 * are not seen. A loop that goes on for ever or over a channel breaks the chain; so does a handler of requests.
 */
export function runsOncePerProcess(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  return runsOnce(analysis, unit, node, { seen: new Map(), inCommands: false, found: false }, 0);
}

/**
 * True when the code at `node` runs once for a command of a command line, with which the process ends: in the function that
 * a command runs, or one all of whose callers are such code or run once per process.
 */
export function runsInCommand(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const search: Search = { seen: new Map(), inCommands: true, found: false };
  return runsOnce(analysis, unit, node, search, 0) && search.found;
}

interface Search {
  /** What is known of functions; undefined while their callers are looked at. */
  seen: Map<FuncDecl, boolean | undefined>;
  /** What a command runs counts as running once. */
  inCommands: boolean;
  /** Such a function was found. */
  found: boolean;
}

function runsOnce(analysis: Analysis, unit: DeclUnit, node: Node, search: Search, depth: number): boolean {
  const parents = analysis.parents(unit);
  if (guardedByPackageVariable(analysis, unit, node)) return true;
  for (let child = node, n = parents.get(node); n; child = n, n = parents.get(n)) {
    if (loopsForEver(analysis, unit, n, child)) return false;
    if (n.kind !== 'FuncLit') continue;
    const once = onceFor(analysis, unit, n);
    if (once === 'process') return true;
    if (once === 'value') continue;
    if (takesRequest(analysis, unit, n)) return false;
    if (isCommand(search, () => isCommandAction(analysis, unit, n, { unit, func: n }))) return true;
    // A literal that is kept or passed on runs whenever somebody likes; in a program's own package and in what `init`
    // registers that is start-up code.
    if (!runsWhereWritten(parents, n) && unit.pkg.name !== 'main' && !isProcessScope(unit)) return false;
  }
  if (unit.decl.kind !== 'FuncDecl' || isProcessScope(unit)) return true;
  return onlyOnceCallers(analysis, unit, unit.decl, search, depth);
}

function isCommand(search: Search, test: () => boolean): boolean {
  if (!search.inCommands || !test()) return false;
  search.found = true;
  return true;
}

/**
 * True when the code at `node` runs a single time at most: in the body of `main` or `init` or of a test, or of a function that is called
 * in one such place and named nowhere else.
 */
export function runsAtMostOnce(analysis: Analysis, unit: DeclUnit, node: Node, depth = 0): boolean {
  const { decl } = unit;
  const parents = analysis.parents(unit);
  if (depth > MAX_DEPTH || decl.kind !== 'FuncDecl' || enclosingFunc(parents, node) !== decl || inLoop(parents, node))
    return false;
  if (isProgram(unit) || (decl.name.name === 'init' && !decl.recv)) return true;
  if (unit.pkg.name !== 'main' && isExported(decl.name.name)) return false;
  const [only, ...others] = mentionsOf(analysis, unit, decl);
  return only?.call !== undefined && others.length === 0 && runsAtMostOnce(analysis, only.unit, only.call, depth + 1);
}

/** `main` and tests: nothing else runs, and everything they use is there to see. */
export function isProgram({ decl, file, pkg }: DeclUnit): boolean {
  if (decl.kind !== 'FuncDecl' || decl.recv) return false;
  const { name } = decl.name;
  return (name === 'main' && pkg.name === 'main') || (file.isTest && /^Test($|[^a-z])/.test(name));
}

/**
 * True for a call of `time.Sleep` by which a program or test gives others time: one of its own. In a loop it is part of a way to
 * wait for something else.
 */
export function givesTime(parents: ParentMap, unit: DeclUnit, sleep: CallExpr): boolean {
  return isProgram(unit) && enclosingFunc(parents, sleep) === unit.decl && !inLoop(parents, sleep);
}

/**
 * True for a program whose `main` sleeps, outside of loops: it gives its goroutines time, and they are to have ended by then.
 * What is left when it returns counts as left in a program that goes on.
 */
export function sleepsInMain(pkg: GoPackage): boolean {
  const member = pkg.name === 'main' ? pkg.member('main') : undefined;
  const decl = member && pkg.unit(member).decl;
  if (decl?.kind !== 'FuncDecl' || !decl.body) return false;
  return decl.body.stmts.some(
    (s) => s.kind === 'ExprStmt' && s.x.kind === 'CallExpr' && pathText(s.x.fun) === 'time.Sleep',
  );
}

/** True when `node` is a loop that goes on for ever or over a channel, and `child` its body. */
export function loopsForEver(analysis: Analysis, unit: DeclUnit, node: Node, child: Node): boolean {
  if (node.kind === 'ForStmt') return node.body === child && !node.cond;
  return (
    node.kind === 'RangeStmt' &&
    node.body === child &&
    analysis.types.underlying(analysis.typeOf(unit, node.x)).kind === 'chan'
  );
}

function onlyOnceCallers(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, search: Search, depth: number): boolean {
  if (depth > MAX_DEPTH || search.seen.has(decl)) return search.seen.get(decl) === true;
  search.seen.set(decl, undefined);
  const once = isCalledOnce(analysis, unit, decl, search, depth);
  search.seen.set(decl, once);
  return once;
}

function isCalledOnce(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, search: Search, depth: number): boolean {
  if (isCommand(search, () => isCommandMethod(analysis, unit, decl))) return true;
  if (takesRequest(analysis, unit, decl)) return false;
  const mayHaveOtherCallers =
    unit.pkg.name !== 'main' && isExported(decl.name.name) && !(search.inCommands && isCommandLine(unit.pkg));
  if (mayHaveOtherCallers && !search.inCommands) return false;
  const isOnceAt = (m: Mention): boolean => {
    if (m.call) return !mayHaveOtherCallers && runsOnce(analysis, m.unit, m.call, search, depth + 1);
    if (isCommand(search, () => isRunByCommandLine(analysis, m, { unit, func: decl }))) return true;
    return !mayHaveOtherCallers && isArgumentOfOnce(analysis, m.unit, m.ident);
  };
  let isMentioned = false;
  for (const mentions of mentionsByDeclaration(analysis, unit, decl, (file) => !file.isTest || unit.file.isTest)) {
    // That a function calls itself says nothing of who begins.
    const others = mentions?.filter((m) => !(search.inCommands && m.call && m.unit.decl === decl));
    if (!others?.every(isOnceAt)) return false;
    isMentioned ||= others.length > 0;
  }
  return isMentioned || isUnnamedMain(decl);
}

function isRunByCommandLine(analysis: Analysis, { unit, ident }: Mention, body: Body): boolean {
  return isCommandAction(analysis, unit, ident, body) || isInExitTable(analysis, unit, ident, body.func);
}

/** True for a package of commands below `cmd`: what it exports is for their program, and they are the callers. */
function isCommandLine(pkg: GoPackage): boolean {
  return isOfProgram(pkg.path) && pkg.files.some((f) => f.importsAnyOf(COMMAND_LINES));
}

/**
 * A function `main` that its package never names has its one caller outside of Go code: a runtime, or a build that
 * puts another package clause above it.
 */
function isUnnamedMain(decl: FuncDecl): boolean {
  return decl.name.name === 'main' && !decl.recv;
}

/** `func() {…}()`, `go func() {…}()` and `defer func() {…}()`. */
function runsWhereWritten(parents: ReadonlyMap<Node, Node>, lit: FuncLit): boolean {
  let node: Node = lit;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  return parent?.kind === 'CallExpr' && parent.fun === node;
}

const ONCE = new Set(['sync.Once.Do', 'sync.OnceFunc', 'sync.OnceValue', 'sync.OnceValues']);

/**
 * How often an argument of `once.Do`, `sync.OnceFunc`, … runs: once in the life of the process, or of each value that the `Once` is a
 * field of; undefined for other arguments.
 */
function onceFor(analysis: Analysis, unit: DeclUnit, arg: Node): 'process' | 'value' | undefined {
  const parent = analysis.parents(unit).get(arg);
  if (parent?.kind !== 'CallExpr' || !parent.args.some((a) => unparen(a) === arg)) return undefined;
  const { name, recv } = analysis.callee(unit, parent);
  if (!ONCE.has(name)) return undefined;
  const owner = recv && baseIdent(recv);
  return owner?.obj ? 'value' : 'process';
}

function isArgumentOfOnce(analysis: Analysis, unit: DeclUnit, ident: Node): boolean {
  const parent = analysis.parents(unit).get(ident);
  const arg = parent?.kind === 'SelectorExpr' ? parent : ident;
  return onceFor(analysis, unit, arg) === 'process';
}

/** True for a function that is called for each request: it has an `*http.Request` parameter. */
export function takesRequest(analysis: Analysis, unit: DeclUnit, func: FuncLit | FuncDecl): boolean {
  return flattenFields(func.type.params).some((p) => {
    const t = analysis.types.resolve(unit, p.type);
    return t.kind === 'pointer' && t.elem.kind === 'named' && t.elem.pkg === 'net/http' && t.elem.name === 'Request';
  });
}
