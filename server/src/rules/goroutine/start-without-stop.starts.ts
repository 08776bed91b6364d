/** Which calls start something that only a method of a value ends. */
import { type SpawnSite, spawnSites } from '../../concurrency/spawns/spawn-sites.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import { isNamedIn } from '../../golang/imported.ts';
import { type CallTest, callsOf } from '../../golang/maker-calls.ts';
import type { GoPackage } from '../../golang/package.ts';
import { perPackage } from '../../golang/per-package.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, unparen } from '../../golang/walk.ts';
import type { CallExpr, LocalObject, Stmt } from '../../syntax/ast.ts';
import { readResults } from '../../syntax/func-header.ts';
import { SEEN_ENDS, type Stoppable, stoppable, stoppableGiven } from './start-without-stop.types.ts';

interface Start {
  call: CallExpr;
  object: LocalObject;
  worker: Stoppable;
  site: SpawnSite;
}

/** Ends by which a goroutine waits for somebody to end it. */
const LASTING = new Set(['when-done', 'when-closed', 'when-received', 'when-signalled']);

/** `w.Start()`, `go w.Run()`, where the function has made what `w` holds. */
export function ownStart(analysis: Analysis, unit: DeclUnit, call: CallExpr): Start | undefined {
  const x = call.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
  const object = x?.kind === 'Ident' ? x.obj : undefined;
  if (!object) return undefined;
  const left = (): SpawnSite | undefined => leftBehind(analysis, unit, call);
  const worker = stoppable(analysis, unit, object, call, left);
  const site = worker && left();
  return site && { call, object, worker, site };
}

/** The goroutine that is still there after the call: `Start` leaves one, `go w.Run()` is one. */
function leftBehind(analysis: Analysis, unit: DeclUnit, call: CallExpr): SpawnSite | undefined {
  const stmt = analysis.parents(unit).get(call);
  if (stmt?.kind === 'GoStmt')
    return spawnSites(analysis, unit).find((s) => s.node.start === stmt.start && LASTING.has(s.end.kind));
  if (calledName(call) !== 'Start' || stmt?.kind === 'DeferStmt') return undefined;
  const { visible } = analysis.callee(unit, call);
  return visible && spawnSites(analysis, visible.unit).find((s) => LASTING.has(s.end.kind));
}

/** `w := c.Watch(name)`, where the function makes a value and starts a goroutine that only methods of it end. */
export function givenStart(analysis: Analysis, unit: DeclUnit, call: CallExpr): Start | undefined {
  const stmt = analysis.parents(unit).get(call);
  const target = stmt?.kind === 'AssignStmt' && stmt.op === ':=' && stmt.rhs[0] === call ? stmt.lhs[0] : undefined;
  const object = target?.kind === 'Ident' && target.obj?.decl === target ? target.obj : undefined;
  if (!object || !mayStart(analysis, unit, calledName(call))) return undefined;
  const { visible } = analysis.callee(unit, call);
  if (!visible) return undefined;
  for (const site of startedIn(analysis, visible.unit, 0)) {
    const worker = stoppableGiven(analysis, unit, object, call, site);
    if (worker) return { call, object, worker, site };
  }
  return undefined;
}

function mayStart({ program }: Analysis, { pkg, file }: DeclUnit, name: string): boolean {
  return startingMakers(pkg).has(name) || isNamedIn(program, file, name, importedStarters);
}

/** Calls that are followed from the function to the one that starts the goroutine. */
const MAX_CALLS = 2;

/** The goroutines that a function starts whenever it comes to its end: by statements that are not subject to anything. */
function startedIn(analysis: Analysis, unit: DeclUnit, depth: number): SpawnSite[] {
  const { decl } = unit;
  if (unit.hasError || decl.kind !== 'FuncDecl' || !decl.body) return [];
  return decl.body.stmts.flatMap((stmt) => {
    if (stmt.kind === 'GoStmt')
      return spawnSites(analysis, unit).filter((s) => s.node.start === stmt.start && LASTING.has(s.end.kind));
    const call = depth < MAX_CALLS ? callOf(stmt) : undefined;
    const visible = call && analysis.callee(unit, call).visible;
    return visible && visible.unit.pkg === unit.pkg ? startedIn(analysis, visible.unit, depth + 1) : [];
  });
}

/** The call that a statement is, or begins with: `w.start()`, `err := w.start()`, `if err := w.start(); err != nil {`. */
function callOf(stmt: Stmt): CallExpr | undefined {
  if (stmt.kind === 'ExprStmt') return asCall(stmt.x);
  if (stmt.kind === 'IfStmt') return stmt.init && callOf(stmt.init);
  return stmt.kind === 'AssignStmt' && stmt.rhs.length === 1 && stmt.rhs[0] ? asCall(stmt.rhs[0]) : undefined;
}

const known = new WeakMap<GoPackage, ReadonlySet<string>>();

/** Finds calls of functions of a package that may start a goroutine and give back what ends it. */
export function callsOfStarters(pkg: GoPackage): CallTest | undefined {
  return callsOf([...startingMakers(pkg)]);
}

/** Names of such functions, told by their text: they have a result of a type of the package, and a `go` statement, or call what has one. */
function startingMakers(pkg: GoPackage): ReadonlySet<string> {
  let names = known.get(pkg);
  if (!names) known.set(pkg, (names = makersIn(pkg)));
  return names;
}

/**
 * The same of a package that others import: exported functions whose result has a method of a name that ends things. To those who call them a value
 * without one is no more than what it was started for.
 */
export const importedStarters = perPackage((pkg: GoPackage): ReadonlySet<string> => {
  if (!pkg.files.some((file) => STARTS.test(file.text))) return new Set();
  return makersIn(pkg, (name, result) => isExported(name) && SEEN_ENDS.some((end) => pkg.methods(result).has(end)));
});

const STARTS = /\bgo (?:func\b|[\w.]+\()/;

function makersIn(pkg: GoPackage, counts: (name: string, result: string) => boolean = () => true): ReadonlySet<string> {
  const funcs = pkg.files.flatMap((file) =>
    file.isTest
      ? []
      : file.outline.decls.flatMap((d) => (d.tok === 'func' && d.body >= 0 ? [{ d, text: file.textOf(d), file }] : [])),
  );
  const starting = new Set(funcs.filter(({ text }) => STARTS.test(text)).flatMap(({ d }) => d.names));
  if (starting.size === 0) return starting;
  for (let depth = 1; depth <= MAX_CALLS; depth++) {
    const calls = new RegExp(`\\b(?:${[...starting].join('|')})\\(`);
    for (const { d, text } of funcs)
      if (!d.names.some((n) => starting.has(n)) && calls.test(text.slice(d.body - d.base)))
        d.names.forEach((n) => starting.add(n));
  }
  return new Set(
    funcs.flatMap(({ d, file }) => {
      if (!d.names.some((n) => starting.has(n))) return [];
      const result = GIVES.exec(readResults(file.textOf({ base: d.base, end: d.body })))?.[1];
      return result === undefined ? [] : d.names.filter((name) => counts(name, result));
    }),
  );
}

/** A first result of a type of the package. */
const GIVES = /^[\s(]*(?:\w+\s+)?\*?([A-Za-z_]\w*)\b(?!\.)/;
