/** Closes a channel that somebody waits to be closed, in the goroutine that has what goes through it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { insertAfterStatement, insertAtBlockStart } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { enclosingFunc, inLoop } from '../../golang/parents.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { pathName } from '../../golang/access-path.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import { functionsOf } from './releases.ts';
import { baseIdent, contains, find, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

/** `defer close(ch)` first in the one function that is started as a goroutine and sends. Title: `fix-close` ({name}). */
export function closeBySender(context: RuleContext, leak: Leak): FixSpec | undefined {
  const sender = onlySender(context, leak);
  const cfg = sender && context.analysis.cfg(sender.unit, sender.func);
  if (!sender?.func.body || !cfg?.reachable.has(cfg.exit)) return undefined;
  const name = sender.unit.text(sender.chan);
  const edits = insertAtBlockStart(sender.unit, sender.func.body, `defer close(${name})`);
  // Nobody else sends, and nobody closed it before: who ranges over it ends with the sender.
  if (!isRepairedBy(context, leak, edits, true)) return undefined;
  return { id: 'close-channel', title: 'fix-close', args: { name }, preferred: true, edits };
}

/** `close(ch)` behind the `Wait` for a group that all who send count down. Title: `fix-close` ({name}). */
export function closeBehindWait(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const senders = sendersOf(analysis, leak);
  const { object } = channelOf(leak);
  if (object || senders.length === 0) return undefined;
  for (const { unit, func } of functionsOf(analysis, leak)) {
    const wait = syncCalls(analysis, unit, func, GROUP).find((c) => c.method === 'Wait' && c.func === func);
    const stmt = wait && analysis.parents(unit).get(wait.call);
    const group = wait && lastName(pathName(wait.path));
    if (stmt?.kind !== 'ExprStmt' || !senders.every((s) => isCounted(analysis, s, group, { unit, func }))) continue;
    const name = nameIn(unit, func, leak);
    const edits = name === undefined ? undefined : insertAfterStatement(unit, stmt, `close(${name})`);
    // All who send are waited for.
    if (name === undefined || !isRepairedBy(context, leak, edits, true)) continue;
    return { id: 'close-channel', title: 'fix-close', args: { name }, preferred: true, edits };
  }
  return undefined;
}

const GROUP = new Set(['WaitGroup']);

/** True for a function that counts the group down, or that the waiting one runs with `Go`. */
function isCounted(
  analysis: Analysis,
  { unit, func }: Sender,
  group: string | undefined,
  waiting: { unit: DeclUnit; func: FuncNode },
): boolean {
  const isIt = (c: SyncCall): boolean => lastName(pathName(c.path)) === group;
  if (syncCalls(analysis, unit, func, GROUP).some((c) => c.method === 'Done' && isIt(c))) return true;
  const calls = syncCalls(analysis, waiting.unit, waiting.func, GROUP).filter((c) => c.method === 'Go' && isIt(c));
  const runs = (n: Node): boolean =>
    n === func || (n.kind === 'CallExpr' && analysis.callee(waiting.unit, n).visible?.decl === func);
  return calls.some((c) => find(c.call, runs) !== undefined);
}

/** What the channel in a field is called in a function that names it. */
function nameIn(unit: DeclUnit, func: FuncNode, leak: Leak): string | undefined {
  const { name } = channelOf(leak);
  const named = nodesOfKind(unit.decl, 'SelectorExpr').find((s) => contains(func, s) && s.sel.name === name);
  if (named) return unit.text(named);
  const { recv } = unit.decl.kind === 'FuncDecl' ? unit.decl : {};
  const { recv: own } = leak.site.unit.decl.kind === 'FuncDecl' ? leak.site.unit.decl : {};
  // Of two methods of one type, what the one says holds for the other.
  if (!recv?.names[0] || !own?.names[0] || unit.text(recv.type) !== leak.site.unit.text(own.type)) return undefined;
  return leak.name === `${own.names[0].name}.${name}` ? `${recv.names[0].name}.${name}` : undefined;
}

interface Sender {
  unit: DeclUnit;
  func: FuncNode;
  chan: Expr;
}

/** The only function that sends on the channel, when it is started as a goroutine. */
function onlySender({ analysis }: RuleContext, leak: Leak): Sender | undefined {
  const senders = new Map(sendersOf(analysis, leak).map((s) => [s.func, s]));
  const [only] = [...senders.values()];
  if (!only || senders.size > 1) return undefined;
  // What the channel is named by there must be known where the function begins.
  const base = baseIdent(only.chan)?.obj;
  if (!base || (only.func.body && contains(only.func.body, base.decl))) return undefined;
  const units = new Set([
    leak.entry,
    only.unit,
    ...(leak.made ? [leak.made.unit] : []),
    ...[...leak.path, ...leak.steps.map((s) => s.site)].map((s) => s.unit),
  ]);
  const starts = [...units].flatMap((u) =>
    u.hasError ? [] : launches(analysis, u).filter((l) => l.body?.func === only.func),
  );
  return starts.length > 0 && starts.every((start) => runsOnce(analysis, start, leak)) ? only : undefined;
}

/** False for a goroutine that may be started more than once for one channel: who sends last is then not known. */
function runsOnce(analysis: Analysis, { unit, stmt }: Launch, { made }: Leak): boolean {
  const func = enclosingFunc(analysis.parents(unit), stmt);
  if (made?.unit === unit && func && contains(func, made.node)) return true;
  if (unit.decl.kind !== 'FuncDecl') return false;
  const [first, ...others] = mentionsOf(analysis, unit, unit.decl);
  return others.length === 0 && !(first && inLoop(analysis.parents(first.unit), first.ident));
}

/** Who sends on the variable that the channel is made for; or, of one in a field, all that send on one of that name in the package. */
function sendersOf(analysis: Analysis, leak: Leak): Sender[] {
  const { name, object } = channelOf(leak);
  const { pkg } = leak.site.unit;
  const units = object ? [(leak.made ?? leak.site).unit] : declarationsNaming(pkg, name).map((m) => pkg.unit(m));
  return units.flatMap((unit) => {
    if (unit.hasError) return [];
    const parents = analysis.parents(unit);
    return nodesOfKind(unit.decl, 'SendStmt').flatMap(({ chan }) => {
      const x = unparen(chan);
      const isIt = object ? x.kind === 'Ident' && x.obj === object : lastName(pathText(x) ?? '') === name;
      const func = isIt ? enclosingFunc(parents, chan) : undefined;
      return func ? [{ unit, func, chan }] : [];
    });
  });
}

/** What the channel is assigned to where it is made: whoever waits may have it from a call, or as a parameter. */
function channelOf({ name, made }: Leak): { name: string; object?: LocalObject } {
  if (!made || made.unit.hasError) return { name: lastName(name) };
  const { node, unit } = made;
  const assigned = nodesOfKind(unit.decl, 'AssignStmt').find((a) => a.rhs.some((r) => contains(r, node)));
  const index = assigned?.rhs.findIndex((r) => contains(r, node)) ?? -1;
  const target = assigned?.rhs[index]?.kind === 'CallExpr' ? assigned.lhs[index] : undefined;
  if (target?.kind === 'Ident' && target.obj) return { name: target.name, object: target.obj };
  if (target) return { name: lastName(pathText(target) ?? name) };
  const key = nodesOfKind(unit.decl, 'KeyValueExpr').findLast((k) => contains(k.value, node))?.key;
  return { name: key?.kind === 'Ident' ? key.name : lastName(name) };
}
