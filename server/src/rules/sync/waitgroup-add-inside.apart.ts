/** Goroutines that count themselves in a wait group which another function of the package waits for. */
import { pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { PathEffects } from '../../golang/path-effects.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';

export interface CountedApart {
  add: SyncCall;
  /** The `go` statement of the goroutine, maybe in another declaration. */
  spawn: Spawn;
  wait: { unit: DeclUnit; call: CallExpr };
  name: string;
}

/** Calls that a function goes through before it comes to its own start again. */
const MAX_CALLS = 3;

/**
 * The calls of `Add` in a declaration that belong to the goroutine they count, where nothing else counts the group up, and a function
 * other than the one that starts the goroutine waits for it.
 */
export function countedApart(analysis: Analysis, unit: DeclUnit, calls: readonly SyncCall[]): CountedApart[] {
  const found: CountedApart[] = [];
  const effects = new PathEffects(analysis, { perform: ['Done'], open: [] });
  for (const add of calls) {
    if (add.method !== 'Add' || add.call.fun.kind !== 'SelectorExpr') continue;
    if (![...effects.nodes(unit, add.func, add.path).values()].includes('performs')) continue;
    const group = ownMentions(analysis, unit, add.call.fun.x);
    if (!group || add.path.root === undefined || group.some((m) => !isKnownUse(analysis, m, add))) continue;
    const spawn = startOf(analysis, unit, add.func);
    const wait = spawn && waitApart(analysis, group, spawn);
    if (!wait || isJoined(analysis, spawn, wait) || comesBack(analysis, unit, add.func, spawn.unit, 0)) continue;
    found.push({ add, spawn, wait, name: pathName(add.path) });
  }
  return found;
}

/** True for a call of one of the methods, of which no `Add` but the one is there: whoever has the group otherwise may count it up. */
function isKnownUse(analysis: Analysis, { unit, node, initial }: OwnMention, add: SyncCall): boolean {
  if (initial !== undefined) return initial === 'zero';
  const method = methodOf(analysis, unit, node);
  return method !== undefined && (method.name === 'Done' || method.name === 'Wait' || method.call === add.call);
}

function methodOf(analysis: Analysis, unit: DeclUnit, node: Node): { name: string; call: CallExpr } | undefined {
  const parents = analysis.parents(unit);
  const selector = parents.get(node);
  const call = selector?.kind === 'SelectorExpr' ? parents.get(selector) : undefined;
  if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selector) return undefined;
  return { name: selector.sel.name, call };
}

/** The only `go` statement that runs the function. */
function startOf(analysis: Analysis, unit: DeclUnit, func: FuncNode): Spawn | undefined {
  const runsIt = ({ body }: Spawn): boolean => body?.func === func;
  if (func.kind === 'FuncLit') return spawns(analysis, unit).find(runsIt);
  const units = declarationsNaming(unit.pkg, func.name.name).map((member) => unit.pkg.unit(member));
  const isStarter = new RegExp(`\\bgo\\s[^\\n]*\\b${func.name.name}\\(`);
  const starts = units
    .filter((u) => !u.hasError && !u.file.isTest && isStarter.test(u.text(u.decl)))
    .flatMap((u) => spawns(analysis, u).filter(runsIt));
  return starts.length === 1 ? starts[0] : undefined;
}

/** A wait in another function than the one that starts the goroutine; undefined where that one waits as well. */
function waitApart(
  analysis: Analysis,
  group: readonly OwnMention[],
  spawn: Spawn,
): { unit: DeclUnit; call: CallExpr; func: FuncNode } | undefined {
  const waits = group.flatMap(({ unit, node }) => {
    const method = methodOf(analysis, unit, node);
    const func = method?.name === 'Wait' ? enclosingFunc(analysis.parents(unit), node) : undefined;
    return method && func && !unit.file.isTest ? [{ unit, call: method.call, func }] : [];
  });
  return waits.some((w) => w.unit.decl === spawn.unit.decl) ? undefined : waits[0];
}

/** True where the starter waits for something behind the `go` statement, or the waiter for something else first. */
function isJoined(analysis: Analysis, spawn: Spawn, waiter: { unit: DeclUnit; func: FuncNode }): boolean {
  return (
    find(spawn.func, (n) => n.start >= spawn.stmt.end && mayWait(analysis, spawn.unit, n)) !== undefined ||
    find(waiter.func, (n) => mayWait(analysis, waiter.unit, n)) !== undefined
  );
}

/** True for what may wait for another goroutine: an operation on channels, or a loop over one. */
export function mayWait(analysis: Analysis, unit: DeclUnit, n: Node): boolean {
  if (n.kind === 'RangeStmt') return !ENDS.has(analysis.types.underlying(analysis.typeOf(unit, n.x)).kind);
  return n.kind === 'SelectStmt' || n.kind === 'SendStmt' || (n.kind === 'UnaryExpr' && n.op === '<-');
}

/** What a loop goes through without waiting for anybody. */
const ENDS = new Set(['slice', 'array', 'map', 'basic', 'pointer']);

/** True when the goroutine may be started from itself: the one before it is counted while it starts the next. */
function comesBack(analysis: Analysis, unit: DeclUnit, func: Node, starter: DeclUnit, depth: number): boolean {
  if (depth > MAX_CALLS) return false;
  return nodesOfKind(unit.decl, 'CallExpr').some((call) => {
    if (!contains(func, call)) return false;
    const { visible } = analysis.callee(unit, call);
    if (!visible || visible.decl === func) return false;
    return visible.decl === starter.decl || comesBack(analysis, visible.unit, visible.decl, starter, depth + 1);
  });
}
