/** Whether a send may come when the loop that receives has been left. */
import type { Place } from '../../concurrency/spawns/channel-facts.ts';
import { endsOf, groupWaits, isInDefer, isWaitedBefore } from '../../concurrency/spawns/loop-ends.ts';
import type { ReceiverLoop } from '../../concurrency/spawns/receiver-loops.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Mention, mentionsOf } from '../../golang/callers.ts';
import type { Edge } from '../../golang/cfg.ts';
import { isExported } from '../../golang/exported.ts';
import { isProcessScope } from '../../golang/goroutines.ts';
import { launchesOf } from '../../golang/goroutine-starts.ts';
import { launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { inLoop } from '../../golang/parents.ts';
import { runsOncePerProcess, takesRequest } from '../../golang/process-lifetime.ts';
import { runningFunc } from '../../golang/running-func.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, contains, find } from '../../golang/walk.ts';
import type { FuncDecl, FuncNode, Ident, Node, SendStmt } from '../../syntax/ast.ts';
import { endsWithProcess } from '../milder-leaks.ts';

/** Callers of callers that are looked at. */
const MAX_DEPTH = 4;

/**
 * The ways out after which a send may come, on a goroutine other than that of the loop. None where that is not certain: the loop may start anew,
 * a condition before the send may tell that it is there, or who ends it waits for others first.
 */
export function mayRunAfter(
  analysis: Analysis,
  at: Place & { node: SendStmt },
  loop: ReceiverLoop,
  exits: readonly Edge[],
): readonly Edge[] {
  if (isRestarted(analysis, loop)) return [];
  const search = { analysis, loop, seen: new Set<FuncDecl>() };
  return after(
    search,
    at,
    exits.filter((e) => !endsOf(analysis, loop, e).some((end) => isWaitedBefore(analysis, end))),
    0,
  );
}

interface Search {
  analysis: Analysis;
  loop: ReceiverLoop;
  seen: Set<FuncDecl>;
}

function after(search: Search, { unit, node }: Place, exits: readonly Edge[], depth: number): readonly Edge[] {
  const { analysis, loop, seen } = search;
  const func = runningFunc(analysis.parents(unit), node);
  if (isConditional(analysis, { unit, node })) return [];
  const left = func ? exits.filter((e) => !endsLater(analysis, loop, e, unit, func, node)) : [];
  if (!func || left.length === 0 || func === loop.func) return [];
  if (func.kind === 'FuncLit') {
    const isStarted = launches(analysis, unit).some((l) => l.body?.func === func);
    return isStarted || takesRequest(analysis, unit, func) ? left : [];
  }
  if (isCalledByOthers(unit, func) || takesRequest(analysis, unit, func)) return left;
  if (depth > MAX_DEPTH || seen.has(func)) return [];
  seen.add(func);
  for (const m of mentionsOf(analysis, unit, func)) {
    if (m.unit.file.isTest) continue;
    if (startsIt(analysis, m, func)) return left;
    const found = m.call ? after(search, { unit: m.unit, node: m.call }, left, depth + 1) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** True for a mention by which a goroutine is started that runs the function. */
function startsIt(analysis: Analysis, { unit, call }: Mention, func: FuncDecl): boolean {
  if (call) return analysis.parents(unit).get(call)?.kind === 'GoStmt';
  return launches(analysis, unit).some((l) => l.body?.func === func);
}

/** True for a function that runs on goroutines of other packages, and for one with which the program starts. */
function isCalledByOthers(unit: DeclUnit, { name, recv }: FuncDecl): boolean {
  if (isProcessScope(unit)) return true;
  if (unit.pkg.name === 'main' || !isExported(name.name)) return false;
  const type = recv && baseIdent(recv.type.kind === 'StarExpr' ? recv.type.x : recv.type);
  return !recv || (type !== undefined && isExported(type.name));
}

/** True where the function that sends, or calls who does, ends the loop itself and only after that. */
function endsLater(
  analysis: Analysis,
  loop: ReceiverLoop,
  exit: Edge,
  unit: DeclUnit,
  func: FuncNode,
  node: Node,
): boolean {
  const ends = endsOf(analysis, loop, exit);
  const parents = analysis.parents(unit);
  return (
    ends.length > 0 &&
    ends.every((e) => {
      if (e.unit !== unit || !contains(func, e.node)) return false;
      return e.node.start > node.end || isInDefer(parents, e.node);
    })
  );
}

/** True for a loop that is run again and again: what is sent in between waits for the next turn. */
function isRestarted(analysis: Analysis, { unit, func }: ReceiverLoop): boolean {
  const parents = analysis.parents(unit);
  if (func.kind === 'FuncLit') return inLoop(parents, func);
  return mentionsOf(analysis, unit, func).some((m) => m.call && inLoop(analysis.parents(m.unit), m.call));
}

/** True where a flag or the like of what has the channel, or the method, decides whether the function comes to a send or call. */
function isConditional(analysis: Analysis, { unit, node }: Place): boolean {
  const root = node.kind === 'SendStmt' ? node.chan : node.kind === 'CallExpr' ? node.fun : undefined;
  const base = root && baseIdent(root);
  const func = runningFunc(analysis.parents(unit), node);
  if (!base || !func) return false;
  const isAsked = (x: Node | undefined): boolean =>
    x !== undefined && find(x, (n) => n.kind === 'SelectorExpr' && isSameName(baseIdent(n), base)) !== undefined;
  return (
    nodesOfKind(unit.decl, 'IfStmt').some(
      (s) => contains(func, s) && s.start < node.start && (isAsked(s.cond) || isAsked(s.init)),
    ) || nodesOfKind(unit.decl, 'ForStmt').some((s) => contains(s, node) && isAsked(s.cond))
  );
}

function isSameName(a: Ident | undefined, b: Ident): boolean {
  return a?.name === b.name && a.obj === b.obj;
}

/** True for a loop that goes on until its process ends, where that is not held up by a group which may wait for those who send. */
export function isMildForLoop(analysis: Analysis, { unit, func }: ReceiverLoop): boolean {
  const isLast = (at: DeclUnit): boolean => groupWaits(analysis, at).length === 0;
  const started = func.body ? launchesOf(analysis, unit, func.body) : [];
  if (started.length > 0) return started.every((l) => endsWithProcess(analysis, l) && isLast(l.unit));
  const mentions = func.kind === 'FuncDecl' ? mentionsOf(analysis, unit, func) : [];
  return (
    unit.pkg.name === 'main' &&
    mentions.length > 0 &&
    mentions.every((m) => m.call && runsOncePerProcess(analysis, m.unit, m.call) && isLast(m.unit))
  );
}
