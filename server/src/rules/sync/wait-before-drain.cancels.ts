/**
 * A method that waits for goroutines of a part of its value, which another package may have made, while the cancel function that alone ends
 * them is deferred in the same method: it is called only when the wait is over.
 */
import { gateOf } from '../../concurrency/spawns/spawn-sites.ts';
import { contextOf } from '../../concurrency/spawns/ways-out.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { awaitedEnds } from '../../golang/awaited-ends.ts';
import type { VisibleFunc } from '../../golang/callee.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { givenValue, onlyValue } from '../../golang/only-value.ts';
import { fieldMentionsOf } from '../../golang/own-mentions.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { type ParentMap } from '../../golang/parents.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { deref, isNamed, type NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, find, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, DeferStmt, Expr, FuncDecl, Ident, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { isExplored } from '../model-report.ts';

/** A goroutine that only the end of a context lets go, and the wait that stands in `Wait` for it. */
interface Waited {
  launch: Launch;
  wait: { unit: DeclUnit; node: Node };
}

/** Reports calls that wait for goroutines whose context is cancelled only when the method returns. */
export function reportWaitBeforeCancel(context: RuleContext): void {
  const { analysis, unit } = context;
  const { decl } = unit;
  const self = decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.obj : undefined;
  if (unit.file.isTest || decl.kind !== 'FuncDecl' || !decl.body || !self) return;
  const type = deref(analysis.objectType(unit, self));
  if (type.kind !== 'named') return;
  for (const stmt of decl.body.stmts) {
    const cancel = stmt.kind === 'DeferStmt' ? fieldCalled(stmt, self) : undefined;
    if (stmt.kind !== 'DeferStmt' || !cancel || !isNamed(analysis.typeOf(unit, cancel), 'context', 'CancelFunc'))
      continue;
    const started = startedUnder(analysis, unit, type, cancel);
    for (const later of started ? decl.body.stmts.filter((s) => s.start > stmt.end) : []) {
      if (later.kind === 'IfStmt' || find(later, (n) => n.kind === 'ReturnStmt') !== undefined) {
        // What the last statement returns is still waited for.
        if (later.kind !== 'ReturnStmt') break;
      }
      const call = started && waitingCall(later, self, started.part);
      const { visible } = call ? analysis.callee(unit, call) : {};
      const waited = call && visible && started && waitedIn(analysis, visible, started);
      if (waited && !isExplored(context, unit, [call])) report(context, call, cancel, stmt, waited);
      if (call) break;
    }
  }
}

function report(context: RuleContext, call: CallExpr, cancel: Expr, deferred: DeferStmt, waited: Waited): void {
  const { unit } = context;
  const { base, file } = unit;
  const args = { call: unit.text(call), cancel: `${unit.text(cancel)}()` };
  context.report({
    node: call,
    message: 'cancel',
    args,
    steps: [
      { unit: waited.launch.unit, node: waited.launch.stmt, message: 'step-start' },
      { ...waited.wait, message: 'step-waits-for-it' },
      { node: deferred, message: 'step-cancelled-later' },
    ],
    fixes: [
      {
        id: 'cancel-before-wait',
        title: 'fix-cancel-first',
        args,
        preferred: true,
        edits: [{ file, start: base + deferred.start, end: base + deferred.call.start, newText: '' }],
      },
    ],
  });
}

/** `s.cancel` of `defer s.cancel()`. */
function fieldCalled({ call: x }: DeferStmt, self: LocalObject): (Expr & { kind: 'SelectorExpr' }) | undefined {
  const fun = asCall(x)?.fun;
  return fun?.kind === 'SelectorExpr' && fun.x.kind === 'Ident' && fun.x.obj === self ? fun : undefined;
}

/** The call of a method of a part of the value that a statement makes before anything else: `s.part.Wait()`. */
function waitingCall(stmt: Stmt, self: LocalObject, part: string): CallExpr | undefined {
  const x =
    stmt.kind === 'ExprStmt'
      ? stmt.x
      : stmt.kind === 'ReturnStmt' || stmt.kind === 'AssignStmt'
        ? (stmt.kind === 'ReturnStmt' ? stmt.results : stmt.rhs)[0]
        : undefined;
  const call = x && asCall(x);
  const of = call?.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
  const isPart = of?.kind === 'SelectorExpr' && of.sel.name === part && of.x.kind === 'Ident' && of.x.obj === self;
  return isPart ? call : undefined;
}

/** What is started with a context, and the field with the part of the value that has started it. */
interface Started {
  part: string;
  start: VisibleFunc;
  /** The parameter that is given the context. */
  param: LocalObject;
}

/** What the maker of a value starts under the context whose only cancel function is in a field, and called in one place. */
function startedUnder(
  analysis: Analysis,
  unit: DeclUnit,
  type: NamedType,
  cancel: Expr & { kind: 'SelectorExpr' },
): Started | undefined {
  const mentions = fieldMentionsOf(analysis, unit, type, cancel.sel.name)?.filter((m) => m.node !== cancel);
  const [only, ...others] = mentions ?? [];
  if (!only || others.length > 0) return undefined;
  const maker = only.unit;
  const parents = analysis.parents(maker);
  const stmt = parents.get(only.node);
  const given = only.initial ?? (stmt?.kind === 'AssignStmt' ? givenValue(stmt, only.node) : undefined);
  const func = given && given !== 'zero' ? unparen(given) : undefined;
  const object = func?.kind === 'Ident' ? func.obj : undefined;
  const made = object?.declNode;
  const ctx = made?.kind === 'AssignStmt' && made.lhs[1] === object?.decl ? made.lhs[0] : undefined;
  const call = made?.kind === 'AssignStmt' && made.rhs[0] ? asCall(made.rhs[0]) : undefined;
  const [parent] = call?.args ?? [];
  if (!func || !object || ctx?.kind !== 'Ident' || !ctx.obj || !call || !parent || ctx.obj.writes.length > 0)
    return undefined;
  if (!/^context\.WithCancel$/.test(analysis.callee(maker, call).name)) return undefined;
  if (!isRootContext(analysis, maker, parent)) return undefined;
  // In `T{cancel: cancel}` the binder takes the key for the variable, too.
  const isKey = (use: Ident): boolean => {
    const pair = parents.get(use);
    return pair?.kind === 'KeyValueExpr' && pair.key === use;
  };
  if (!object.uses.every((use) => use === func || isKey(use))) return undefined;
  for (const use of ctx.obj.uses) {
    const started = startedWith(analysis, maker, use, type);
    if (started) return started;
  }
  return undefined;
}

/** `s.part.Start(ctx)` or `part.Start(ctx)` as a statement of the function that makes the value. */
function startedWith(analysis: Analysis, unit: DeclUnit, ctx: Ident, type: NamedType): Started | undefined {
  const parents = analysis.parents(unit);
  const call = parents.get(ctx);
  const stmt = call && parents.get(call);
  if (call?.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || stmt?.kind !== 'ExprStmt') return undefined;
  if (unit.decl.kind !== 'FuncDecl' || parents.get(stmt) !== unit.decl.body) return undefined;
  const part = partOf(analysis, unit, unparen(call.fun.x), type);
  const { visible, dynamic } = analysis.callee(unit, call);
  if (part === undefined || !visible || dynamic || visible.unit.hasError) return undefined;
  const given = flattenFields(visible.decl.type.params)[call.args.indexOf(ctx)];
  const param = given?.variadic ? undefined : given?.name?.obj;
  return param && param.writes.length === 0 ? { part, start: visible, param } : undefined;
}

/** The field of the value that holds what an expression denotes, which it has from the beginning. */
function partOf(analysis: Analysis, unit: DeclUnit, x: Expr, type: NamedType): string | undefined {
  const isOfType = (e: Expr): boolean => {
    const t = deref(analysis.typeOf(unit, e));
    return t.kind === 'named' && t.pkg === type.pkg && t.name === type.name;
  };
  let part: string | undefined;
  if (x.kind === 'SelectorExpr') {
    const of = unparen(x.x);
    part = of.kind === 'Ident' && of.obj && onlyValue(of.obj) && isOfType(of) ? x.sel.name : undefined;
  } else if (x.kind === 'Ident' && x.obj && onlyValue(x.obj)) {
    const parents = analysis.parents(unit);
    for (const use of x.obj.uses) {
      const pair = parents.get(use);
      const literal = pair && parents.get(pair);
      if (pair?.kind !== 'KeyValueExpr' || pair.value !== use || pair.key.kind !== 'Ident') continue;
      if (literal?.kind === 'CompositeLit' && isOfType(literal)) part = pair.key.name;
    }
  }
  const mentions = part === undefined ? undefined : fieldMentionsOf(analysis, unit, type, part);
  const isSetOnce = mentions?.every(({ unit: at, node, initial }) => {
    const user = analysis.parents(at).get(node);
    return initial ? at === unit : !(user?.kind === 'AssignStmt' && user.lhs.includes(node));
  });
  return isSetOnce ? part : undefined;
}

/** The goroutine that a method waits for, where it is started under the context and ends only with that. */
function waitedIn(analysis: Analysis, wait: VisibleFunc, { start, param }: Started): Waited | undefined {
  if (wait.unit.hasError || wait.decl === start.decl) return undefined;
  const parents = analysis.parents(wait.unit);
  for (const launch of launches(analysis, start.unit)) {
    if (!isAlwaysStarted(analysis.parents(start.unit), launch, start.decl)) continue;
    if (!gateOf(analysis, launch, (way) => way.kind === 'done' && contextOf(way) === param)) continue;
    const end = awaitedEnds(analysis, launch).find(
      ({ unit, stmt }) =>
        unit.decl === wait.decl &&
        parents.get(stmt) === wait.decl.body &&
        !nodesOfKind(wait.decl, 'ReturnStmt').some((r) => r.start < stmt.start) &&
        !nodesOfKind(wait.decl, 'CallExpr').some((c) => c.end < stmt.start),
    );
    if (end) return { launch, wait: { unit: end.unit, node: end.stmt } };
  }
  return undefined;
}

/** True for a `go` statement around which only loops stand. */
function isAlwaysStarted(parents: ParentMap, { stmt }: Launch, decl: FuncDecl): boolean {
  if (stmt.kind !== 'GoStmt') return false;
  for (let n: Node | undefined = parents.get(stmt); n; n = parents.get(n)) {
    if (n === decl) return true;
    if (n.kind !== 'BlockStmt' && n.kind !== 'RangeStmt' && n.kind !== 'ForStmt') return false;
  }
  return true;
}
