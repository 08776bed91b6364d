/** Wakes who waits for a condition: all of them, and wherever the condition changes. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import type { Site } from '../../concurrency/model/values.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { replaceNode } from '../../fixes/replace-expr.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, pathText, unparen, walk } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, Ident, IncDecStmt, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

/** The model is asked for each. */
const MAX_CANDIDATES = 3;

/** Titles: `fix-broadcast` ({name}), `fix-wake` ({call}, {line}). */
export function wakeFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  return broadcast(context, leak) ?? wakeAfterChange(context, leak);
}

/**
 * `Broadcast` for the `Signal` that wakes too few, where that is seen to be enough, else for every one of the condition: with one of several
 * kinds of waiters, a signal may wake the wrong one.
 */
function broadcast(context: RuleContext, leak: Leak): FixSpec | undefined {
  const signals = wakes(context, leak, 'Signal');
  if (signals.length === 0) return undefined;
  const all = signals.map(({ unit, call }) =>
    call.fun.kind === 'SelectorExpr' ? replaceNode(unit, call.fun.sel, 'Broadcast') : undefined,
  );
  const told = signals.findIndex((s) => leak.steps.some((step) => isAt(step.site, s)));
  const alone = all[told];
  // One more that wakes up and looks again leaves nobody waiting.
  const edits =
    alone && all.length > 1 && isRepairedBy(context, leak, alone)
      ? alone
      : [combine(...all)].find((each) => isRepairedBy(context, leak, each, true));
  if (!edits) return undefined;
  return { id: 'use-broadcast', title: 'fix-broadcast', args: { name: leak.name }, preferred: true, edits };
}

function isAt(site: Site, { unit, call }: { unit: DeclUnit; call: CallExpr }): boolean {
  return site.unit === unit && contains(site.node, call);
}

/** `Broadcast` behind the assignment, in a method that wakes nobody, to a field that the waiting loop looks at. */
function wakeAfterChange(context: RuleContext, leak: Leak): FixSpec | undefined {
  const changes = changesWithoutWake(context, leak).slice(0, MAX_CANDIDATES);
  for (const { unit, stmt, receiver } of changes) {
    const call = `${receiver}.${lastName(leak.name)}.Broadcast()`;
    const edits = insertAfterStatement(unit, stmt, call);
    if (!isRepairedBy(context, leak, edits, true)) continue;
    return {
      id: 'wake-waiters',
      title: 'fix-wake',
      args: { call, line: context.line({ unit, node: stmt }) },
      preferred: true,
      edits,
    };
  }
  return undefined;
}

interface Change {
  unit: DeclUnit;
  stmt: AssignStmt | IncDecStmt;
  receiver: string;
}

function changesWithoutWake(context: RuleContext, leak: Leak): Change[] {
  const { unit, node } = leak.site;
  const waiter = unit.decl;
  if (waiter.kind !== 'FuncDecl' || leak.name !== `${receiverOf(waiter)?.name}.${lastName(leak.name)}`) return [];
  const fields = fieldsOfLoop(context, unit, node);
  const waking = new Set([...wakes(context, leak, 'Signal'), ...wakes(context, leak, 'Broadcast')].map((w) => w.unit));
  const found = new Map<DeclUnit, Change>();
  for (const field of fields)
    for (const member of declarationsNaming(unit.pkg, field)) {
      const other = unit.pkg.unit(member);
      const { decl } = other;
      if (other.hasError || decl === waiter || waking.has(other)) continue;
      if (decl.kind !== 'FuncDecl' || typeOf(decl) !== typeOf(waiter)) continue;
      const receiver = receiverOf(decl)?.name;
      const change = [...nodesOfKind(decl, 'AssignStmt'), ...nodesOfKind(decl, 'IncDecStmt')].findLast(
        (s) =>
          (s.kind === 'AssignStmt' ? s.lhs : [s.x]).some((l) => pathText(l) === `${receiver}.${field}`) &&
          enclosingFunc(context.analysis.parents(other), s) === decl &&
          // Whoever changes it without the lock has more to repair.
          nodesOfKind(decl, 'CallExpr').some((c) => c.end < s.start && other.text(c).endsWith('.Lock()')),
      );
      if (change && receiver) found.set(other, { unit: other, stmt: change, receiver });
    }
  return [...found.values()];
}

/** Fields of the receiver that the loop around a wait looks at to know whether to go on. */
function fieldsOfLoop({ analysis }: RuleContext, unit: DeclUnit, node: { start: number; end: number }): Set<string> {
  const found = new Set<string>();
  const call = nodesOfKind(unit.decl, 'CallExpr').find((c) => c.start === node.start && c.end === node.end);
  const loop = call && ancestor(analysis.parents(unit), call, (n) => n.kind === 'ForStmt' || isFunc(n));
  if (loop?.kind !== 'ForStmt' || !loop.cond || unit.decl.kind !== 'FuncDecl') return found;
  const receiver = receiverOf(unit.decl)?.name;
  const conditions = nodesOfKind(unit.decl, 'IfStmt').flatMap((s) => (contains(loop, s) ? [s.cond] : []));
  for (const condition of [loop.cond, ...conditions])
    walk(condition, (n: Node) => {
      if (n.kind === 'SelectorExpr' && n.x.kind === 'Ident' && n.x.name === receiver) found.add(n.sel.name);
    });
  return found;
}

/** Calls of `Signal` or `Broadcast` of a condition variable with the name of the one that is waited for. */
function wakes({ analysis }: RuleContext, leak: Leak, method: string): { unit: DeclUnit; call: CallExpr }[] {
  const { pkg } = leak.site.unit;
  const name = lastName(leak.name);
  const isIt = (x: Expr): boolean => lastName(pathText(unparen(x)) ?? '') === name;
  return declarationsNaming(pkg, name).flatMap((member) => {
    const unit = pkg.unit(member);
    if (unit.hasError) return [];
    return nodesOfKind(unit.decl, 'CallExpr')
      .filter(
        (c) =>
          c.fun.kind === 'SelectorExpr' &&
          c.fun.sel.name === method &&
          isIt(c.fun.x) &&
          analysis.callee(unit, c).name === `sync.Cond.${method}`,
      )
      .map((call) => ({ unit, call }));
  });
}

function receiverOf({ recv }: FuncDecl): Ident | undefined {
  return recv?.names[0];
}

/** The name of the receiver's type. */
function typeOf({ recv }: FuncDecl): string | undefined {
  const type = recv && baseIdent(recv.type.kind === 'StarExpr' ? recv.type.x : recv.type);
  return type?.name;
}
