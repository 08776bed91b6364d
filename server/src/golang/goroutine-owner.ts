/** Whether a goroutine belongs to something that ends before the process does. */
import type { Expr, FuncLit, FuncNode, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { contextInScope } from './context-in-scope.ts';
import type { Launch } from './launches.ts';
import { mapEntries } from './map-entries.ts';
import type { GoPackage } from './package.ts';
import { isPackageVariable } from './once-guards.ts';
import { startedRepeatedly } from './repeated-start.ts';
import { isExported } from './exported.ts';
import { deref, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, contains, find, unparen, walk } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/**
 * Tells whether there is evidence that a goroutine should end before its process does. There is when
 *
 * - it is started again and again: in a handler of requests, in a loop without end or over a channel (an accept loop),
 *   in a literal that runs whenever somebody calls it, or in a function of the package that is called from such code
 * - a `context.Context` or an `*http.Request` is in scope of the `go` statement: the work can be cancelled
 * - a group is told when it is done: somebody waits for it
 * - it works on an object of a type of this package, or on a parameter, with one of the methods by which an owner ends
 *   things: `Close`, `Stop`, `Shutdown`, `GracefulStop`
 * - it works on something that the starting function puts into a map, from which the package takes things out again
 *
 * Without any of these there is none when
 *
 * - it works on an object of a type of this package that outlives the starting function: its receiver, a package
 *   variable, or a variable that is returned or stored. Nothing says that such an object should ever end
 * - the starting function is set-up code: nobody outside the package calls it, and the goroutine uses nothing of the call
 *   that could end: no receiver, parameter or captured variable of a pointer, interface, function, map, channel or slice
 *   type or of a struct type of this package. A type that is not known is not evidence
 * - the starting function is a function that the package exports to start something of its own: the goroutine uses nothing of
 *   the call, but variables of the package, and the package exports no function that ends things
 *
 * In all other cases there is: a function that anybody may call leaves one more goroutine behind each time.
 */
export function belongsToWhatEnds(analysis: Analysis, launch: Launch): boolean {
  const { unit, stmt } = launch;
  if (isWaitedFor(analysis, launch) || startedRepeatedly(analysis, unit, stmt)) return true;
  if (contextInScope(analysis, unit, stmt)) return true;
  const used = usedObjects(launch);
  const owners = ownersOf(analysis, launch, used);
  if (owners.some((o) => hasEndMethod(analysis, o.type))) return true;
  if (used.some((o) => o.role === 'param' && hasEndMethod(analysis, analysis.objectType(unit, o)))) return true;
  if (used.some((o) => isTakenOut(analysis, unit, o))) return true;
  if (owners.some((o) => o.outlives) || (used.length === 0 && startsPackage(analysis, launch))) return false;
  return !isInternal(unit) || used.some((o) => mayEnd(analysis, unit, analysis.objectType(unit, o)));
}

/** True when what the goroutine works on, or what started it, has a method by which it is to end. */
export function hasEndingOwner(analysis: Analysis, launch: Launch): boolean {
  const { decl } = launch.unit;
  const starter = decl.kind === 'FuncDecl' ? decl.recv?.type : undefined;
  return (
    (starter !== undefined && hasEndMethod(analysis, analysis.types.resolve(launch.unit, starter))) ||
    ownersOf(analysis, launch, usedObjects(launch)).some((o) => hasEndMethod(analysis, o.type))
  );
}

/** True for a value that the function puts into a map from which it is deleted elsewhere: a member that leaves, a connection that is over. */
function isTakenOut(analysis: Analysis, unit: DeclUnit, object: LocalObject): boolean {
  return (
    object.role === 'local' &&
    analysis.types.underlying(analysis.objectType(unit, object)).kind === 'pointer' &&
    mapEntries(analysis, unit, object).length > 0
  );
}

/** Methods by which, following Go's conventions, an owner ends a thing. */
const END_METHODS = ['Close', 'Stop', 'Shutdown', 'GracefulStop'];

function hasEndMethod(analysis: Analysis, type: Type): boolean {
  return END_METHODS.some((name) => analysis.types.members.find(type, name)?.kind === 'method');
}

/** Started by `g.Go(f)` and the like, or calls `wg.Done`. */
function isWaitedFor(analysis: Analysis, { stmt, body }: Launch): boolean {
  if (stmt.kind !== 'GoStmt') return true;
  return (
    body !== undefined &&
    find(body.func, (n) => n.kind === 'CallExpr' && analysis.callee(body.unit, n).name === 'sync.WaitGroup.Done') !==
      undefined
  );
}

/** The code of the starting function that becomes the goroutine: its statement, and the literal it starts by a name. */
function partsOf({ unit, stmt, body }: Launch): Node[] {
  const literal: FuncLit | undefined =
    body?.unit === unit && body.func.kind === 'FuncLit' && !contains(stmt, body.func) ? body.func : undefined;
  return literal ? [stmt, literal] : [stmt];
}

/** Variables of the starting function that the goroutine mentions, its receiver and parameters included. */
function usedObjects(launch: Launch): LocalObject[] {
  const parts = partsOf(launch);
  const found = new Set<LocalObject>();
  for (const part of parts)
    walk(part, (n) => {
      if (n.kind === 'Ident' && n.obj?.kind === 'var' && !parts.some((p) => n.obj && contains(p, n.obj.decl)))
        found.add(n.obj);
    });
  return [...found];
}

interface Owner {
  type: Type;
  /** True when it is there after the starting function has returned. */
  outlives: boolean;
}

/** The objects of the package's own types that the goroutine works on. */
function ownersOf(analysis: Analysis, launch: Launch, used: readonly LocalObject[]): Owner[] {
  const { unit, call } = launch;
  const owners: Owner[] = [];
  const { recv } = analysis.callee(unit, call);
  if (recv) {
    const root = baseIdent(recv);
    const outlives = root !== undefined && (root.obj ? outlivesStart(analysis, launch, root.obj) : true);
    owners.push({ type: analysis.typeOf(unit, recv), outlives });
  }
  for (const object of used)
    if (outlivesStart(analysis, launch, object))
      owners.push({ type: analysis.objectType(unit, object), outlives: true });
  return owners.filter(({ type }) => isDeclaredHere(unit, type));
}

function isDeclaredHere(unit: DeclUnit, type: Type): boolean {
  const t = deref(type);
  return t.kind === 'named' && t.pkg === unit.pkg.path;
}

/** True for the receiver of the starting function and for variables that it returns or stores. */
function outlivesStart(analysis: Analysis, launch: Launch, object: LocalObject): boolean {
  if (object.role === 'recv' || object.role === 'result') return true;
  if (object.role !== 'local') return false;
  const parts = partsOf(launch);
  return object.uses.some((use) => !parts.some((p) => contains(p, use)) && isKept(analysis, launch.unit, use));
}

/** `return x`, `return &x`, `s.field = x`, `list = append(list, x)`, `T{x}`, `ch <- x`. */
function isKept(analysis: Analysis, unit: DeclUnit, use: Node): boolean {
  const parents = analysis.parents(unit);
  let node = use;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  switch (parent?.kind) {
    case 'ReturnStmt':
    case 'CompositeLit':
      return true;
    case 'KeyValueExpr':
      return parent.value === node;
    case 'SendStmt':
      return parent.value === node;
    case 'CallExpr':
      return parent.fun !== node && analysis.callee(unit, parent).name === 'append';
    case 'AssignStmt': {
      const target = parent.lhs[parent.rhs.indexOf(node as Expr)];
      return target !== undefined && !(unparen(target).kind === 'Ident' && baseIdent(target)?.obj);
    }
    default:
      return false;
  }
}

/** True when only the package itself can call the function. */
function isInternal({ decl, pkg }: DeclUnit): boolean {
  return decl.kind === 'FuncDecl' && (pkg.name === 'main' || !isExported(decl.name.name));
}

/** True for an exported function whose goroutine works on what the package has, in a package that nobody can end. */
function startsPackage(analysis: Analysis, { unit, body }: Launch): boolean {
  const { decl, pkg } = unit;
  if (decl.kind !== 'FuncDecl' || decl.recv || !body || body.unit.pkg !== pkg) return false;
  const { name } = decl.name;
  const ends = [...END_METHODS, name.replace(/^(?:Start|Run|Init)/, 'Stop'), `Stop${name}`].filter((n) => n !== name);
  if (ends.some((n) => exportsFunction(pkg, n))) return false;
  return worksOnPackage(analysis, body.unit, body.func, 0);
}

function exportsFunction(pkg: GoPackage, name: string): boolean {
  return declarationsNaming(pkg, name).some(
    ({ declaration: d }) => d.tok === 'func' && d.recv === undefined && d.names.includes(name),
  );
}

/** True when a function mentions a variable of its package, or calls a function of it without arguments that does. */
function worksOnPackage(analysis: Analysis, unit: DeclUnit, func: FuncNode, depth: number): boolean {
  const parents = analysis.parents(unit);
  return (
    find(func, (n) => {
      if (n.kind === 'Ident') return denotesVariable(analysis, unit, n, parents.get(n));
      const called = n.kind === 'CallExpr' && n.args.length === 0 && depth < 2 ? analysis.body(unit, n) : undefined;
      return (
        called !== undefined &&
        called.unit.pkg === unit.pkg &&
        worksOnPackage(analysis, called.unit, called.func, depth + 1)
      );
    }) !== undefined
  );
}

function denotesVariable(analysis: Analysis, unit: DeclUnit, ident: Ident, parent: Node | undefined): boolean {
  const isName = parent?.kind === 'SelectorExpr' && parent.sel === ident;
  const isKey = parent?.kind === 'KeyValueExpr' && parent.key === ident;
  return !isName && !isKey && isPackageVariable(analysis, unit, ident);
}

const MAY_END = new Set<Type['kind']>(['pointer', 'interface', 'func', 'map', 'chan', 'slice']);

/** True for what refers to something whose life may be over before that of the process. */
function mayEnd(analysis: Analysis, unit: DeclUnit, type: Type): boolean {
  const { kind } = analysis.types.underlying(type);
  return MAY_END.has(kind) || (kind === 'struct' && (type.kind === 'struct' || isDeclaredHere(unit, type)));
}
