/** A goroutine of a test calls `t.Fatal` and the like, which ends the goroutine and not the test. */
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement, insertAtBlockStart } from '../../fixes/insert-statement.ts';
import { deleteStatement } from '../../fixes/move-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Callee } from '../../golang/callee.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { type MissedSignal, missedSignal } from '../../golang/missed-signals.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { runsInPlace } from '../../golang/running-func.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen } from '../../golang/walk.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import type { CallExpr, Expr, FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { LAUNCHES } from '../triggers.ts';
import { text } from './fatal-in-goroutine.text.ts';

/** What a goroutine may lead to: a call that ends it, perhaps in a function that it calls. */
interface Abort {
  unit: DeclUnit;
  call: CallExpr;
  /** Calls on the way there, the one in the goroutine itself first. */
  through: { unit: DeclUnit; call: CallExpr }[];
}

export const fatalInGoroutine = defineRule({
  meta: {
    id: 'fatal-in-goroutine',
    group: 'goroutine',
    level: 'warning',
    triggers: LAUNCHES.map((launch) => [
      launch,
      '\\.(?:Fatalf?|FailNow|Skip(?:f|Now)?)\\(|\\brequire\\.|[(,:{]\\s*(?:t|tb|b)[,)}]',
    ]),
    imports: ['testing'],
    fixes: ['use-error'],
    overlaps: ['go vet testinggoroutine', 'staticcheck SA2002'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    if (!unit.file.isTest) return;
    for (const launch of launches(analysis, unit)) {
      const { body } = launch;
      if (!body) continue;
      // A harness is called time and again: the first call of each of its methods tells it all.
      const told = new Set<CallExpr>();
      for (const abort of aborts(analysis, body.unit, body.func, 0)) {
        const [first] = abort.through;
        const isHarness = first !== undefined && !first.call.args.some((x) => isTester(analysis, first.unit, x));
        if (isHarness && told.has(abort.call)) continue;
        report(context, launch, abort);
        if (isHarness) told.add(abort.call);
      }
    }
  },
});

/** Functions that call functions that call one. */
const MAX_DEPTH = 2;

/** Calls in a function that end the goroutine they run on; literals that run elsewhere are left out. */
function aborts(analysis: Analysis, unit: DeclUnit, func: FuncNode, depth: number): Abort[] {
  const parents = analysis.parents(unit);
  const found: Abort[] = [];
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    if (!contains(func, call) || runner(call) !== func) continue;
    const callee = analysis.callee(unit, call);
    if (isAbort(callee.name)) found.push({ unit, call, through: [] });
    else if (depth < MAX_DEPTH && parents.get(call)?.kind !== 'GoStmt') {
      const helper = helperOf(analysis, unit, call, callee);
      const [inner] = helper ? aborts(analysis, helper.unit, helper.func, depth + 1) : [];
      if (inner) found.push({ ...inner, through: [{ unit, call }, ...inner.through] });
    }
  }
  return found;

  function runner(call: CallExpr): FuncNode | undefined {
    let f = enclosingFunc(parents, call);
    while (f && f !== func && f.kind === 'FuncLit' && runsInPlace(parents, f)) f = enclosingFunc(parents, f);
    return f;
  }
}

/** What a call runs, if that has the test: as an argument, in a field of its receiver, or because it is a literal of the test itself. */
function helperOf(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  callee: Callee,
): { unit: DeclUnit; func: FuncNode } | undefined {
  const { literal, recv } = callee;
  // One that runs in place is part of the function around it.
  if (literal) return literal === unparen(call.fun) ? undefined : { unit, func: literal };
  const isTold = call.args.some((a) => isTester(analysis, unit, a)) || (recv && hasTester(analysis, unit, recv));
  const helper = isTold ? callee.visible : undefined;
  return helper && { unit: helper.unit, func: helper.decl };
}

/** True for a value of a struct with a `*testing.T` or its like. */
function hasTester(analysis: Analysis, unit: DeclUnit, recv: Expr): boolean {
  const struct = analysis.types.underlying(deref(analysis.typeOf(unit, recv)));
  return (
    struct.kind === 'struct' && struct.node.fields.some((f) => isTesting(analysis.types.resolve(struct.unit, f.type)))
  );
}

function isAbort(name: string): boolean {
  return /^testing\.(?:T|B|F|TB|common)\.(?:Fatalf?|FailNow|Skip(?:f|Now)?)$/.test(name) || isRequire(name);
}

/** `require.NoError` and all others of its package call `FailNow`. */
function isRequire(name: string): boolean {
  return /^github\.com\/stretchr\/testify\/require\.[A-Z]\w*$/.test(name) && !name.endsWith('.New');
}

/** True for a `*testing.T` and its like. */
function isTester(analysis: Analysis, unit: DeclUnit, arg: CallExpr['args'][number]): boolean {
  const x = unparen(arg);
  return (x.kind === 'Ident' || x.kind === 'SelectorExpr') && isTesting(analysis.typeOf(unit, x));
}

function isTesting(type: Type): boolean {
  const named = deref(type);
  return named.kind === 'named' && named.pkg === 'testing' && /^(?:T|B|F|TB)$/.test(named.name);
}

function report(context: RuleContext, launch: Launch, abort: Abort): void {
  const { unit } = context;
  const [first] = abort.through;
  const outer = first ?? abort;
  const here = outer.unit.file === unit.file;
  const name = abort.unit.text(abort.call.fun);
  const missed = here ? missedSignal(context.analysis, launch, outer.call) : undefined;
  context.report({
    unit: here ? outer.unit : unit,
    node: here ? outer.call : launch.stmt,
    message: first ? 'through' : 'fatal',
    // Where deferred calls tell the test that the goroutine is done, or nobody waits for it, nothing hangs.
    level: missed ? undefined : 'hint',
    args: { name, call: outer.unit.text(outer.call.fun), line: context.line({ node: launch.stmt }) },
    steps: [
      { node: launch.stmt, message: 'step-go' },
      ...abort.through.map(({ unit: at, call }) => ({ unit: at, node: call, message: 'step-calls' })),
      { unit: abort.unit, node: abort.call, message: 'step-ends' },
      ...(missed ? [{ node: missed.wait, message: 'step-waits' }] : []),
    ],
    fixes: first ? [] : [missed ? deferringFix(context, launch, abort, missed) : plainFix(context, launch, abort)],
  });
}

function plainFix(context: RuleContext, launch: Launch, abort: Abort): FixSpec {
  return { id: 'use-error', title: 'fix-error', preferred: true, edits: useError(context, launch, abort) };
}

/** The same, and the signal that the test waits for is deferred; a value that is sent cannot be. */
function deferringFix(context: RuleContext, launch: Launch, abort: Abort, { signal }: MissedSignal): FixSpec {
  const { unit, analysis } = context;
  const body = launch.body?.func.body;
  const stmt = analysis.parents(unit).get(signal);
  const isLast = stmt?.kind === 'ExprStmt' && body?.stmts.at(-1) === stmt;
  const edits = isLast ? useError(context, launch, abort, body.stmts.at(-2)) : undefined;
  const call = unit.text(signal);
  return {
    id: 'use-error',
    title: 'fix-error-defer',
    args: { call },
    preferred: true,
    edits:
      edits && stmt?.kind === 'ExprStmt' && body
        ? combine(insertAtBlockStart(unit, body, `defer ${call}`), edits, deleteStatement(unit, stmt))
        : undefined,
  };
}

/**
 * `t.Fatal(x)` of a goroutine is `t.Error(x)` and `return`, where anything follows.
 * @param last the statement behind which nothing follows
 */
function useError(
  context: RuleContext,
  { body }: Launch,
  { unit, call }: Abort,
  last = body?.func.body?.stmts.at(-1),
): FileEdit[] | undefined {
  const parents = context.analysis.parents(unit);
  const stmt = parents.get(call);
  if (unit !== context.unit || call.fun.kind !== 'SelectorExpr' || stmt?.kind !== 'ExprStmt') return undefined;
  const func = enclosingFunc(parents, call);
  const { sel } = call.fun;
  const named = /^Fatal(f?)$/.exec(sel.name);
  const name = named ? `Error${named[1]}` : sel.name === 'FailNow' ? 'Fail' : undefined;
  if (!name || !func || func !== body?.func || func.type.results.length > 0) return undefined;
  const place = placeInList(unit, stmt);
  const ends = place?.list.stmts[place.index + 1]?.kind === 'ReturnStmt' || isAtEndOf(parents, stmt, last);
  return combine(replaceNode(unit, sel, name), ends ? [] : insertAfterStatement(unit, stmt, 'return'));
}

/** True for a statement, and for the last one of a branch of it, or of a branch of that. */
function isAtEndOf(parents: ParentMap, stmt: Stmt, last: Stmt | undefined): boolean {
  let n: Node | undefined = stmt;
  while (n && n !== last) {
    const parent: Node | undefined = parents.get(n);
    const isEnd: boolean = parent?.kind === 'BlockStmt' ? parent.stmts.at(-1) === n : parent?.kind === 'IfStmt';
    n = isEnd ? parent : undefined;
  }
  return n !== undefined;
}
