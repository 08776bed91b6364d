/**
 * Functions of the package that start a goroutine and give their caller the function that ends it: `release := c.watch(ctx)`. It is to the
 * goroutine what a cancel function is to a context.
 */
import type { Analysis } from '../../golang/analysis.ts';
import { importsOthers, isNamedIn } from '../../golang/imported.ts';
import type { Launch } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage } from '../../golang/package.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { type Acquisition, resultsOf, unreleasedPath } from '../../golang/resources.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, unparen } from '../../golang/walk.ts';
import type { Expr } from '../../syntax/ast.ts';
import { readResults } from '../../syntax/func-header.ts';
import type { RuleContext } from '../context.ts';
import { goHeader } from '../endless-report.ts';
import { reportReplacedValue } from '../replaced-value.ts';
import { pathSteps } from '../witness.ts';
import { cancelBeforeReturns } from './lost-cancel.fixes.ts';
import { startedBy } from './lost-cancel.started.ts';

const known = new WeakMap<GoPackage, ReadonlySet<string>>();

/** A header, the longest that is looked into, and a function among its results; and what a function that gives one does. */
const HEADER = /^(?:func\b|\)).*\{$/gm;
const LONGEST = 1000;
const GIVES_STOP = /\)[^{]*\bfunc\(\)/;
const ENDS = /\bclose\(|\bWithCancel|\breturn \w+\.\w+(?:,|$)|\bOnceFunc\(\w+\.\w+\)/m;

/** Names of functions that may give such a function, told from their text. */
export function stopperNames(pkg: GoPackage): ReadonlySet<string> {
  let names = known.get(pkg);
  if (!names) {
    // Of other packages not even the outline may be known.
    const files = pkg.files.filter(({ text, isTest }) => !isTest && ENDS.test(text) && mayGiveStop(text));
    const found = files.flatMap((file) =>
      file.outline.decls.flatMap((d) => {
        if (d.tok !== 'func' || d.body < 0) return [];
        if (!/\bfunc\(\)/.test(readResults(file.textOf({ base: d.base, end: d.body })))) return [];
        const text = file.textOf(d);
        return /\bgo\b/.test(text) && ENDS.test(text) ? d.names : [];
      }),
    );
    known.set(pkg, (names = new Set(found)));
  }
  return names;
}

function mayGiveStop(text: string): boolean {
  return Array.from(text.matchAll(HEADER)).some(([header]) => header.length <= LONGEST && GIVES_STOP.test(header));
}

/** Reports ways out on which the function is not called that ends what a function of the package, or of another one, has started. */
export function reportLostStops(context: RuleContext): void {
  const { analysis, unit } = context;
  if (unit.file.isTest) return;
  const parents = analysis.parents(unit);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    const func = isStopper(analysis, unit, calledName(call)) ? enclosingFunc(parents, call) : undefined;
    const { visible, name } = func ? analysis.callee(unit, call) : {};
    const started = visible && startedBy(analysis, visible);
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
    if (a.destination.kind === 'discarded') {
      if (started.contexts.length === 0) reportDiscarded(context, a, started.launch);
    } else if (!reportReplacedValue(context, a)) report(context, a, started.launch);
  }
}

function isStopper({ program }: Analysis, { pkg, file }: DeclUnit, name: string): boolean {
  return stopperNames(pkg).has(name) || (importsOthers(program, file) && isNamedIn(program, file, name, stopperNames));
}

/** Reports `_` in the place of the function, where nothing else ends the goroutine. */
function reportDiscarded(context: RuleContext, a: Acquisition, launch: Launch): void {
  const { analysis, unit } = context;
  if (a.destination.kind !== 'discarded' || !a.destination.ident || runsOncePerProcess(analysis, unit, a.call)) return;
  const args = { call: unit.text(a.call.fun).replace(/\s+/g, ' ') };
  context.report({
    node: a.destination.ident,
    message: 'discarded-stop',
    args,
    steps: [{ unit: launch.unit, node: goHeader(launch), message: 'step-started', args }],
  });
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
