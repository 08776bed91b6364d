/**
 * Buffered channels that are used as semaphores: a send takes a slot and a receive gives it back; or, where the channel is filled when it
 * is made, the other way round.
 */
import type { CallExpr, FuncNode, Node, Stmt } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { onlyValueOf } from '../../golang/only-value.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { RECEIVE, SEND } from '../../golang/path-effects.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import { type ChannelFacts, channelFacts, type Place } from './channel-facts.ts';
import type { Channel } from './channels.ts';

export interface Semaphore {
  takes: typeof SEND | typeof RECEIVE;
  gives: typeof SEND | typeof RECEIVE;
  /** Sends that fill it when it is made: they give nothing back. */
  fills: ReadonlySet<Node>;
  facts: ChannelFacts;
}

/**
 * The semaphore that a channel is; undefined for a channel that anything else may be done with. Whoever gives a slot back has taken it
 * before: nobody counts on others to do so.
 */
export function semaphoreOf(analysis: Analysis, channel: Channel): Semaphore | undefined {
  const facts = tokensOf(analysis, channel);
  if (!facts) return undefined;
  const { sends, receives } = facts;
  const isLocal = channel.kind === 'local';
  const filling = sends.filter((send) => isFill(analysis, send, facts, isLocal));
  const fills = new Set(filling.map(({ node }) => node));
  const isFilled = fills.size > 0;
  const taking = isFilled ? receives : sends;
  const giving = isFilled ? sends.filter(({ node }) => !fills.has(node)) : receives;
  if (!giving.every((given) => !isTried(analysis, given) && isOwn(analysis, given, taking))) return undefined;
  return { takes: isFilled ? RECEIVE : SEND, gives: isFilled ? SEND : RECEIVE, fills, facts };
}

/** What is done to a channel of the package that only counts; undefined for one that anything else may be done with. */
function tokensOf(analysis: Analysis, channel: Channel): ChannelFacts | undefined {
  if (channel.kind !== 'local' && !isMadeWithRoom(channel)) return undefined;
  const facts = channelFacts(analysis, channel);
  const { sends, receives, makes } = facts;
  if (!facts.complete || facts.closes.length > 0 || makes.length === 0) return undefined;
  if (!makes.every(({ unit, call }) => isBuffered(analysis, unit, call) && isOfTokens(analysis, unit, call)))
    return undefined;
  return sends.every(isTokenSent) && receives.every((place) => isDropped(analysis, place)) ? facts : undefined;
}

/**
 * True for a channel that works as a lock, perhaps of several places, where one function sends for another one which receives: nobody who
 * receives would do something else as well, as who waits for a signal does.
 */
export function isTakenBySends(analysis: Analysis, channel: Channel): boolean {
  const facts = tokensOf(analysis, channel);
  if (!facts || facts.receives.length === 0 || facts.receives.some((given) => isTried(analysis, given))) return false;
  return !facts.sends.some((send) => isFill(analysis, send, facts, channel.kind === 'local'));
}

/** Whether the text of the package gives a field or variable of that name a buffer for tokens: nothing need be parsed for the others. */
function isMadeWithRoom({ pkg, name }: Exclude<Channel, { kind: 'local' }>): boolean {
  const made = new RegExp(`\\b${name}\\b[^\\n]*\\bmake\\(chan (?:struct\\{\\}|bool|byte|u?int\\w*), `);
  return textsNaming(pkg, name).some(({ text }) => made.test(text));
}

function isBuffered(analysis: Analysis, unit: DeclUnit, make: CallExpr): boolean {
  const capacity = make.args[1] && unparen(make.args[1]);
  const x = capacity?.kind === 'Ident' ? (onlyValueOf(analysis, unit, capacity)?.expr ?? capacity) : capacity;
  return x !== undefined && !(x.kind === 'BasicLit' && Number(x.value) === 0);
}

/** True for `chan struct{}`, and for channels of numbers and flags. */
function isOfTokens(analysis: Analysis, unit: DeclUnit, make: CallExpr): boolean {
  const channel = analysis.types.underlying(analysis.typeOf(unit, make));
  const elem = channel.kind === 'chan' ? analysis.types.underlying(channel.elem) : undefined;
  if (elem?.kind === 'struct') return elem.node.fields.length === 0;
  return elem?.kind === 'basic' && /^(?:bool|byte|u?int\d*)$/.test(elem.name);
}

/** `struct{}{}`, `true`, `0`: what is sent says nothing. */
function isTokenSent({ node }: Place): boolean {
  const x = node.kind === 'SendStmt' ? unparen(node.value) : undefined;
  if (x?.kind === 'CompositeLit') return x.elts.length === 0;
  return x?.kind === 'BasicLit' || (x?.kind === 'Ident' && !x.obj && /^(?:true|false)$/.test(x.name));
}

/** True for `<-ch` as a statement, or as one that a `select` waits for. */
function isDropped(analysis: Analysis, { unit, node }: Place): boolean {
  return node.kind === 'UnaryExpr' && analysis.parents(unit).get(node)?.kind === 'ExprStmt';
}

/** True when a `select` may do something else instead. */
function isTried(analysis: Analysis, { unit, node }: Place): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(node);
  const stmt = parent?.kind === 'ExprStmt' ? parent : node;
  const clause = parents.get(stmt);
  return clause?.kind === 'CommClause' && clause.comm === stmt;
}

/** True for a send with which the function that makes the channel fills it, before it does anything else with it. */
function isFill(
  analysis: Analysis,
  { unit, node }: Place,
  { sends, receives, makes }: ChannelFacts,
  isLocal: boolean,
): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, node);
  const isHere = (p: { unit: DeclUnit; node: Node }): boolean => p.unit === unit && p.node.start < node.start;
  const made = makes.some((m) => isHere({ unit: m.unit, node: m.call }) && enclosingFunc(parents, m.call) === func);
  const isInit = func?.kind === 'FuncDecl' && !func.recv && func.name.name === 'init';
  if (!made && !isInit) return false;
  if ([...sends, ...receives].some(isHere)) return false;
  // Of the slots of a variable, a function takes one in the same way.
  const block = parents.get(node);
  const loop = block && parents.get(block);
  return block?.kind === 'BlockStmt' && (isLoop(loop) ? block.stmts.length === 1 : !isLocal);
}

function isLoop(n: Node | undefined): n is Stmt & { kind: 'ForStmt' | 'RangeStmt' } {
  return n?.kind === 'ForStmt' || n?.kind === 'RangeStmt';
}

/** True when the function, or one around it, takes a slot before: the one that is given back is its own. */
function isOwn(analysis: Analysis, given: Place, taking: readonly Place[]): boolean {
  const parents = analysis.parents(given.unit);
  return taking.some((taken) => {
    if (taken.unit !== given.unit) return false;
    const func = enclosingFunc(parents, taken.node);
    if (!func || !contains(func, given.node)) return false;
    return taken.node.start < given.node.start || isInHelper(parents, func, given.node);
  });
}

/** True for what a literal does that a variable of the function holds: it comes when that is called. */
function isInHelper(parents: ParentMap, func: FuncNode, node: Node): boolean {
  const literal = enclosingFunc(parents, node);
  const holder = literal && literal !== func ? parents.get(literal) : undefined;
  return holder?.kind === 'AssignStmt' || holder?.kind === 'ValueSpec';
}
