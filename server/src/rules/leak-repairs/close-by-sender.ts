/** Closes a channel that somebody waits to be closed, in the goroutine that has what goes through it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { launches } from '../../golang/launches.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { Expr, FuncNode, LocalObject } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';

/** `defer close(ch)` first in the one function that is started as a goroutine and sends. Title: `fix-close` ({name}). */
export function closeBySender(context: RuleContext, leak: Leak): FixSpec | undefined {
  const sender = onlySender(context, leak);
  if (!sender?.func.body) return undefined;
  const name = sender.unit.text(sender.chan);
  const edits = insertAtBlockStart(sender.unit, sender.func.body, `defer close(${name})`);
  if (!isRepairedBy(context, leak, edits)) return undefined;
  return { id: 'close-channel', title: 'fix-close', args: { name }, preferred: true, edits };
}

interface Sender {
  unit: DeclUnit;
  func: FuncNode;
  chan: Expr;
}

/** The only function that sends on the channel, when it is in the file and started as a goroutine. */
function onlySender({ analysis, unit: here }: RuleContext, leak: Leak): Sender | undefined {
  const senders = new Map(sendersOf(analysis, leak).map((s) => [s.func, s]));
  const [only] = [...senders.values()];
  if (!only || senders.size > 1 || only.unit.file !== here.file) return undefined;
  // What the channel is named by there must be known where the function begins.
  const base = baseIdent(only.chan)?.obj;
  if (!base || (only.func.body && contains(only.func.body, base.decl))) return undefined;
  const units = new Set([
    leak.entry,
    only.unit,
    ...[...leak.path, ...leak.steps.map((s) => s.site)].map((s) => s.unit),
  ]);
  const isStarted = [...units].some(
    (u) => !u.hasError && launches(analysis, u).some((l) => l.body?.func === only.func),
  );
  return isStarted ? only : undefined;
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
