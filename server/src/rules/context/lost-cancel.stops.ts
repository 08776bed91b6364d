/**
 * Functions of the package that start a goroutine and give their caller the function that ends it: `release := c.watch(ctx)`. It is to the
 * goroutine what a cancel function is to a context.
 */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import type { WayOut } from '../../concurrency/spawns/ways-out.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import type { GoPackage } from '../../golang/package.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import { type Acquisition, resultsOf, unreleasedPath } from '../../golang/resources.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, calledName, contains, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncDecl, FuncLit, LocalObject } from '../../syntax/ast.ts';
import { readResults } from '../../syntax/func-header.ts';
import type { RuleContext } from '../context.ts';
import { goHeader } from '../endless-report.ts';
import { pathSteps } from '../witness.ts';
import { cancelBeforeReturns } from './lost-cancel.fixes.ts';

const known = new WeakMap<GoPackage, ReadonlySet<string>>();

/** Names of functions that may give such a function, told from their text. */
export function stopperNames(pkg: GoPackage): ReadonlySet<string> {
  let names = known.get(pkg);
  if (!names) {
    const found = pkg.files.flatMap((file) =>
      file.outline.decls.flatMap((d) => {
        if (d.tok !== 'func' || d.body < 0 || file.isTest) return [];
        if (!/\bfunc\(\)/.test(readResults(file.textOf({ base: d.base, end: d.body })))) return [];
        const text = file.textOf(d);
        return /\bgo\b/.test(text) && /\bclose\(/.test(text) ? d.names : [];
      }),
    );
    known.set(pkg, (names = new Set(found)));
  }
  return names;
}

/** Reports ways out on which the function is not called that ends what a function of the package has started. */
export function reportLostStops(context: RuleContext): void {
  const { analysis, unit } = context;
  const names = stopperNames(unit.pkg);
  if (unit.file.isTest || names.size === 0) return;
  const parents = analysis.parents(unit);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const func = names.has(calledName(call)) ? enclosingFunc(parents, call) : undefined;
    const { visible, name } = func ? analysis.callee(unit, call) : {};
    const started = visible?.unit.pkg === unit.pkg ? startedBy(analysis, visible) : undefined;
    if (!func || !started || !name || !started.contexts.every((i) => mayStay(analysis, unit, call.args[i]))) continue;
    const { result, error } = started;
    const acquires = { kind: 'cancel' as const, result, release: ['()'], ...(error >= 0 && { error }) };
    const a: Acquisition = {
      unit,
      func,
      call,
      callee: name,
      origin: name,
      acquires,
      ...resultsOf(parents, call, acquires),
    };
    report(context, a, started.launch);
  }
}

function report(context: RuleContext, a: Acquisition, launch: Launch): void {
  const { analysis, unit } = context;
  if (a.destination.kind !== 'variable') return;
  const { ident, object } = a.destination;
  const path = unreleasedPath(analysis, a, true);
  if (path?.end !== 'return') return;
  const line = context.line({ node: path.node ?? { start: a.func.end - 1, end: a.func.end } });
  const args = { name: object.name, call: unit.text(a.call.fun).replace(/\s+/g, ' '), line };
  context.report({
    node: ident,
    message: 'not-called-stop',
    args,
    steps: [
      { unit: launch.unit, node: goHeader(launch), message: 'step-stop', args },
      ...pathSteps(unit, a.func, path),
    ],
    fixes: cancelBeforeReturns(context, a, object, path),
  });
}

/** True for a context that may go on when the function has returned: its caller's, or one that never ends. */
function mayStay(analysis: Analysis, unit: DeclUnit, arg: Expr | undefined): boolean {
  const x = arg && unparen(arg);
  if (!x) return false;
  if (x.kind === 'Ident' && x.obj?.role === 'param') return x.obj.writes.length === 0 && x.obj.func === unit.decl;
  return isRootContext(analysis, unit, x);
}

interface Started {
  launch: Launch;
  /** The result that ends the goroutine. */
  result: number;
  error: number;
  /** Parameters whose end lets the goroutine go as well. */
  contexts: readonly number[];
}

/** The goroutine that only what a function returns can end, besides contexts of the caller. */
function startedBy(analysis: Analysis, { unit, decl }: VisibleFunc): Started | undefined {
  if (unit.hasError || !decl.body) return undefined;
  const types = analysis.types.signature(unit, decl.type).results;
  const result = types.findIndex((t) => analysis.types.underlying(t).kind === 'func');
  const stops = result < 0 ? undefined : returnedLiterals(analysis, unit, decl, result);
  if (!stops) return undefined;
  const params = flattenFields(decl.type.params);
  for (const launch of launches(analysis, unit)) {
    const isStarted = launch.stmt.kind === 'GoStmt' && decl.body.stmts.includes(launch.stmt);
    if (!isStarted) continue;
    const contexts: number[] = [];
    let isStopped = false;
    const gate = gateOf(analysis, launch, (way) => {
      const object = way.channel?.kind === 'local' ? way.channel.object : undefined;
      if ((way.kind === 'received' || way.kind === 'closed') && object) {
        const isOwn = stops.every((stop) => isClosedBy(analysis, unit, decl, object, stop));
        isStopped ||= isOwn;
        return isOwn;
      }
      const index = way.kind === 'done' ? params.findIndex((p) => p.name?.obj === contextOf(way)) : -1;
      if (index >= 0) contexts.push(index);
      return index >= 0;
    });
    if (gate && isStopped) return { launch, result, error: types.findIndex(isErrorType), contexts };
  }
  return undefined;
}

/** The parameter that a context is. */
function contextOf({ context }: WayOut): LocalObject | undefined {
  let at = context;
  for (let x = at && unparen(at.expr); at && x?.kind === 'Ident' && x.obj; x = at && unparen(at.expr)) {
    const bound = at.bindings.get(x.obj);
    if (!bound) return x.obj.role === 'param' && x.obj.writes.length === 0 ? x.obj : undefined;
    at = bound;
  }
  return undefined;
}

/** The literals that are returned as one result, where nothing else is but `nil`. */
function returnedLiterals(
  analysis: Analysis,
  unit: DeclUnit,
  decl: FuncDecl,
  result: number,
): readonly FuncLit[] | undefined {
  const parents = analysis.parents(unit);
  const returns = nodesOfKind(decl, 'ReturnStmt').filter((r) => enclosingFunc(parents, r) === decl);
  const found: FuncLit[] = [];
  for (const { results } of returns) {
    const given = results[result];
    const x = given && unparen(given);
    if (x?.kind === 'FuncLit') found.push(x);
    else if (!x || !isNil(x)) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

/** True for a channel of the function that nobody but the literal closes, and nobody sends on. */
function isClosedBy(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, object: LocalObject, stop: FuncLit): boolean {
  const made = onlyValue(object);
  const call = made && asCall(made);
  if (object.func !== decl || call?.fun.kind !== 'Ident' || call.fun.name !== 'make') return false;
  const parents = analysis.parents(unit);
  let isClosed = false;
  const isPlain = object.uses.every((use) => {
    const user = parents.get(use);
    if (user?.kind === 'UnaryExpr') return user.op === '<-';
    if (user?.kind !== 'CallExpr' || !isClose(user) || !contains(stop, user)) return false;
    isClosed = true;
    return ancestor(parents, user, (n) => n === stop || n.kind === 'GoStmt') === stop;
  });
  return isPlain && isClosed;
}

function isClose({ fun }: CallExpr): boolean {
  return fun.kind === 'Ident' && fun.name === 'close' && !fun.obj;
}
