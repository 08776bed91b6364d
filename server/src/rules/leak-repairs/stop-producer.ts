/** Lets a goroutine that sends give up when its receiver has left. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { insertionIn, type FileEdit } from '../../fixes/file-edit.ts';
import { addFirstArgument } from '../../fixes/add-first-argument.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { freshName, isFree, isUnshadowed } from '../../fixes/names.ts';
import { selectWithStops, type Stop } from '../../fixes/select-with-done.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, enclosingStmt, inLoop, type ParentMap } from '../../golang/parents.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, Node, SendStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { funcAt } from '../leak-sites.ts';
import { blockedSend, leakedChannel, startOf } from '../leaked-channel.ts';
import { isRepairedBy } from '../model-report.ts';
import { stopsAt } from './stops-at-hand.ts';

/**
 * A `select` with the send and a channel that is closed when nobody receives any more: one that is at hand, else one that the function
 * which receives closes when it returns. Titles: `STOP_MESSAGES`.
 */
export function stopFix(context: RuleContext, leak: Leak): FixSpec | undefined {
  const producer = producerOf(context, leak);
  if (!producer) return undefined;
  return (
    withStopAtHand(context, leak, producer) ??
    withOwnStop(context, leak, producer) ??
    withContextOfCaller(context, leak, producer) ??
    withStopParameter(context, leak, producer)
  );
}

/** Only the caller's context, made one that is done when the caller returns. Title: `fix-stop-producer` ({name}). */
export function cancelByCaller(context: RuleContext, leak: Leak): FixSpec | undefined {
  const producer = producerOf(context, leak);
  return producer && withContextOfCaller(context, leak, producer);
}

/** Only what is at hand. Title: `fix-stop` ({done}). */
export function stopAtHand(context: RuleContext, leak: Leak): FixSpec | undefined {
  const producer = producerOf(context, leak);
  return producer && withStopAtHand(context, leak, producer);
}

function producerOf({ analysis }: RuleContext, leak: Leak): Producer | undefined {
  const { unit } = leak.site;
  const send = blockedSend(leak);
  const func = send && funcAt(leak.site);
  if (!send || !func) return undefined;
  return { unit, func, sends: sendsOf(analysis, unit, func, send) };
}

/** A function that sends, and its sends on the channel that are not an arm of a `select`. */
interface Producer {
  unit: DeclUnit;
  func: FuncNode;
  sends: SendStmt[];
}

function sendsOf(analysis: Analysis, unit: DeclUnit, func: FuncNode, { chan }: SendStmt): SendStmt[] {
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'SendStmt').filter(
    (s) =>
      enclosingFunc(parents, s) === func &&
      parents.get(s)?.kind !== 'CommClause' &&
      unit.text(s.chan) === unit.text(chan),
  );
}

function giveUp({ unit, sends }: Producer, stops: readonly Stop[]): FileEdit[] | undefined {
  return combine(...sends.map((s) => selectWithStops(unit, s, stops)));
}

/** Channels or contexts that the goroutine can name, variables or fields of its receiver or of what has the channel, that somebody closes. */
function withStopAtHand(context: RuleContext, leak: Leak, producer: Producer): FixSpec | undefined {
  const [send] = producer.sends;
  if (!send) return undefined;
  const { analysis } = context;
  for (const stops of stopsAt(analysis, producer.unit, send)) {
    const edits = giveUp(producer, stops);
    if (!isRepairedBy(context, leak, edits)) continue;
    const [done, other] = stops.map((s) => `<-${s.done}`);
    return {
      id: 'select-with-stop',
      title: other === undefined ? 'fix-stop' : 'fix-stop-either',
      args: { done: done ?? '', ...(other === undefined ? {} : { other }) },
      preferred: true,
      edits,
    };
  }
  return undefined;
}

/** `done := make(chan struct{}); defer close(done)` in the function that starts the goroutine and receives. */
function withOwnStop(context: RuleContext, leak: Leak, producer: Producer): FixSpec | undefined {
  const { analysis } = context;
  const start = startOf(analysis, leak);
  const leaked = leakedChannel(analysis, leak);
  if (!start || !leaked || producer.func.kind !== 'FuncLit' || start.body?.func !== producer.func) return undefined;
  const { unit } = start;
  const parents = analysis.parents(unit);
  const starter = enclosingFunc(parents, start.stmt);
  const receives = leaked.uses.some((u) => u.func === starter && (u.use.kind === 'receive' || u.use.kind === 'length'));
  if (!receives || starter !== leaked.channel.object.func || inLoop(parents, start.stmt)) return undefined;
  const name = freshName(unit, start.stmt, 'done', 'stop');
  const edits = combine(
    insertBeforeStatement(unit, start.stmt, `${name} := make(chan struct{})\ndefer close(${name})`),
    giveUp(producer, [{ done: name }]),
  );
  return stopping(context, leak, edits, name);
}

/** The same where a function starts the goroutine and returns the channel: its only caller tells it when it leaves. */
function withStopParameter(context: RuleContext, leak: Leak, producer: Producer): FixSpec | undefined {
  const { unit } = producer;
  const call = onlyCall(context, producer);
  const { decl } = unit;
  if (!call || decl.kind !== 'FuncDecl') return undefined;
  const name = ['done', 'stop', 'quit'].find((n) => isFree(unit, decl, n) && isFree(call.unit, call.stmt, n));
  if (name === undefined) return undefined;
  const params = flattenFields(decl.type.params);
  const [first] = decl.type.params;
  const at = first ? first.start : decl.type.paramsEnd - 1;
  const edits = combine(
    [insertionIn(unit.file, unit.base + at, `${name} <-chan struct{}${params.length > 0 ? ', ' : ''}`)],
    giveUp(producer, [{ done: name }]),
    insertBeforeStatement(call.unit, call.stmt, `${name} := make(chan struct{})\ndefer close(${name})`),
    addFirstArgument(call.unit, call.call, name),
  );
  return stopping(context, leak, edits, name);
}

/** Where the caller passes its context on: one of its own that is done when it returns. */
function withContextOfCaller(context: RuleContext, leak: Leak, producer: Producer): FixSpec | undefined {
  const { analysis } = context;
  const { unit } = producer;
  const call = onlyCall(context, producer);
  const { decl } = unit;
  if (!call || decl.kind !== 'FuncDecl') return undefined;
  const index = flattenFields(decl.type.params).findIndex(
    ({ name }) => name?.obj !== undefined && isContext(analysis.objectType(unit, name.obj)),
  );
  const param = flattenFields(decl.type.params)[index]?.name;
  const arg = call.call.args[index];
  const passed = arg && unparen(arg);
  const [send] = producer.sends;
  if (!param || !send || passed?.kind !== 'Ident' || !passed.obj || !isFree(call.unit, call.stmt, 'cancel'))
    return undefined;
  if (!isUnshadowed(unit, send, param.name, (o) => o !== param.obj)) return undefined;
  const pkg = [...call.unit.file.imports].find(([, path]) => path === 'context')?.[0];
  if (pkg === undefined) return undefined;
  const { name } = passed;
  const edits = combine(
    giveUp(producer, [{ done: `${param.name}.Done()` }]),
    insertBeforeStatement(call.unit, call.stmt, `${name}, cancel := ${pkg}.WithCancel(${name})\ndefer cancel()`),
  );
  return stopping(context, leak, edits, name);
}

function stopping(context: RuleContext, leak: Leak, edits: FileEdit[] | undefined, name: string): FixSpec | undefined {
  // Whoever leaves ends the sender, however often the model lets it send.
  if (!isRepairedBy(context, leak, edits, true)) return undefined;
  return { id: 'stop-producer', title: 'fix-stop-producer', args: { name }, preferred: true, edits };
}

/** The one call of a function that only the package knows and that starts the goroutine, outside of loops and other functions. */
function onlyCall(
  { analysis }: RuleContext,
  { unit, func }: Producer,
): { unit: DeclUnit; call: CallExpr; stmt: Stmt } | undefined {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || isExported(decl.name.name) || func.kind !== 'FuncLit') return undefined;
  const [mention, ...others] = mentionsOf(analysis, unit, decl);
  if (!mention?.call || others.length > 0) return undefined;
  const parents = analysis.parents(mention.unit);
  const stmt = enclosingStmt(parents, mention.call);
  if (!stmt || isRepeated(parents, mention.call) || enclosingFunc(parents, mention.call) !== mention.unit.decl)
    return undefined;
  return placeInList(mention.unit, stmt) ? { unit: mention.unit, call: mention.call, stmt } : undefined;
}

/** True in the body of a loop; what a loop goes over is evaluated once. */
function isRepeated(parents: ParentMap, node: Node): boolean {
  const isTurn = (n: Node): boolean => (n.kind === 'ForStmt' || n.kind === 'RangeStmt') && contains(n.body, node);
  return ancestor(parents, node, isTurn) !== undefined;
}
