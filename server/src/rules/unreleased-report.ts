/** What rules about things that must be closed have in common: finding the ways on which they are not, and repairing them. */
import type { FileEdit } from '../fixes/file-edit.ts';
import { combine } from '../fixes/apply.ts';
import { nameBlank } from '../fixes/assign.ts';
import { insertAfterErrorCheck } from '../fixes/error-check.ts';
import { insertAfterStatement, insertBeforeStatement } from '../fixes/insert-statement.ts';
import { deleteStatement } from '../fixes/move-statement.ts';
import { freshName } from '../fixes/names.ts';
import { placeInList } from '../fixes/statement-site.ts';
import { isReadAbove } from '../golang/closed-above.ts';
import { complainsOfSuccess, expectsSuccess } from '../golang/expected-failure.ts';
import { isReachedOnFailure } from '../golang/failed-ways.ts';
import { nodesOfKind } from '../golang/node-index.ts';
import { withoutFailures } from '../golang/normal-ways.ts';
import { ancestor, enclosingFunc, inLoop, isFunc } from '../golang/parents.ts';
import { allUnreleasedPaths, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../golang/paths.ts';
import { runsOncePerProcess } from '../golang/process-lifetime.ts';
import { isReachedReleased } from '../golang/released-ways.ts';
import { type Acquisition, cfgNode, releaseSearch, releaseSpec } from '../golang/resources.ts';
import { isNamedAt } from '../golang/scopes.ts';
import { useEffect } from '../golang/uses.ts';
import { contains, find } from '../golang/walk.ts';
import type { AssignStmt, CallExpr, ExprStmt, Ident, LocalObject, Node, ReturnStmt, Stmt } from '../syntax/ast.ts';
import type { FixSpec, RuleContext, StepSpec } from './context.ts';
import { releaseInTurn } from './release-in-turn.ts';
import { pathSteps } from './witness.ts';

export interface ReleaseWords {
  /** What is released, as the reader knows it: `resp.Body`, `rows`. */
  subject(name: string): string;
  /** The statement that releases it: `resp.Body.Close()`; undefined when it cannot be written down here. */
  release(name: string): string | undefined;
  /** True for a use of the variable after which there is nothing left to release. */
  settles?(use: Ident): boolean;
  /** True when a call of which a test looks at nothing is known to give the value. */
  succeeds?(): boolean;
  /** True when the end of the function releases the value anyway. */
  endsAtReturn?(): boolean;
  /** Messages of its own, for a thing of which the rule's usual words are not true. */
  messages?: Record<'discarded' | 'not-closed' | 'again' | 'overwritten', string>;
  /** The step at which it is acquired, when that has words of its own. */
  stepAcquired?: string;
  /** Further arguments of the messages. */
  args?: Record<string, string>;
  /** The way that is told is one on which nothing else went wrong, where there is one. */
  tellsNormalWays?: true;
  /** A milder level for what is found on a way. */
  level?(path: UnreleasedPath, search: SearchSpec): 'hint' | undefined;
  /**
   * Statements for the way out of a return, where the release alone will not do; `titles`: message ids for one return and for several.
   */
  beforeReturn?: {
    lines: (name: string, ret: ReturnStmt) => string;
    titles?: readonly [string, string];
    /** Only where something else went wrong on the way to each of the returns; only before those where nothing did. */
    only: 'failures' | 'successes';
    /** True for a return at which it is not too late. */
    isInTime?: (ret: ReturnStmt) => boolean;
  };
  /** True when the release has to come after what the function defers. */
  isDeferredOnly?: boolean;
  /** The release is written behind the check of the error, as a goroutine: nobody cares when it happens. */
  inBackground?: { fixId: string; title: string };
  /** The release waits: its fixes are neither preferred nor applied with others. */
  isCareful?: boolean;
  /** Name for a value that has none. */
  newName: string;
  /** Id of the fix that defers the release. */
  fixId: string;
}

/**
 * Reports an acquisition that is dropped or not released on some way out. Messages: `discarded` ({call}), `not-closed`
 * ({name}, {call}, {line}), `again`, `overwritten`, `step-acquired` ({name}), those of `pathSteps`, `fix-defer`,
 * `fix-before-return` ({release}, {line}), `fix-before-each` ({release}, {count}) and `fix-in-turn` ({release}).
 */
export function checkAcquisition(context: RuleContext, a: Acquisition, words: ReleaseWords): void {
  if (a.destination.kind === 'discarded') reportDiscarded(context, a, words);
  else if (a.destination.kind === 'variable') checkVariable(context, a, a.destination.object, words);
}

function reportDiscarded(context: RuleContext, a: Acquisition, words: ReleaseWords): void {
  const { unit } = context;
  if (a.destination.kind !== 'discarded') return;
  // A test that drops the result looks at the error, or at what the server got.
  const succeeds = (): boolean => expectsSuccess(context.analysis, a) || (!a.error && (words.succeeds?.() ?? false));
  if (unit.file.isTest && (/\.RoundTrip$/.test(a.origin) || !succeeds())) return;
  if (isForLife(context, a)) return;
  const blank = a.destination.ident;
  context.report({
    node: blank ?? a.call,
    message: words.messages?.discarded ?? 'discarded',
    args: { ...words.args, call: callText(context, a) },
    fixes: blank && a.stmt?.kind === 'AssignStmt' ? [nameAndDefer(context, a, a.stmt, blank, words)] : [],
  });
}

function checkVariable(context: RuleContext, a: Acquisition, object: LocalObject, words: ReleaseWords): void {
  const search = searchOf(context, a, object, words);
  if (!search) return;
  const normal = words.tellsNormalWays && pathOf(withoutFailures(context.analysis, search), words);
  const path = normal ?? pathOf(search, words);
  if (!path || complainsOfSuccess(context.analysis, a, path) || skipsRelease(context, a, object, path)) return;
  if (isForLife(context, a)) return;
  const end = path.node ?? { start: a.func.end - 1, end: a.func.end };
  const ended = path.end === 'return' ? 'not-closed' : path.end;
  const name = words.subject(object.name);
  const steps: StepSpec[] = [
    { node: a.call, message: words.stepAcquired ?? 'step-acquired', args: { name } },
    ...pathSteps(context.unit, a.func, path),
  ];
  context.report({
    node: a.destination.kind === 'variable' && a.destination.ident.start < a.call.start ? a.destination.ident : a.call,
    message: words.messages?.[ended] ?? ended,
    level: words.level?.(path, search),
    args: { ...words.args, name, call: callText(context, a), line: context.line({ node: end }) },
    steps,
    fixes: isReadAbove(context.analysis, a)
      ? []
      : repairs(context, a, object, path, search, words, normal !== undefined),
  });
}

/** It may stay as long as the process: the code runs once in it. To know that takes looking at all callers. */
function isForLife({ analysis, unit }: RuleContext, a: Acquisition): boolean {
  return runsOncePerProcess(analysis, unit, a.call);
}

/**
 * True when a path round a loop goes past a release that depends on something the function changes: whether the two go
 * together, as in `if len(seen) > 0 { resp.Body.Close() }`, cannot be told.
 */
function skipsRelease(context: RuleContext, a: Acquisition, object: LocalObject, path: UnreleasedPath): boolean {
  if (path.end === 'return') return false;
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const spec = releaseSpec(a.acquires);
  const releases = object.uses.filter((u) => useEffect(analysis, unit, u, object, spec) === 'release');
  return path.decisions.some((edge) => {
    const stmt = edge.cond && ancestor(parents, edge.cond, (n) => n.kind === 'IfStmt' || isFunc(n));
    if (stmt?.kind !== 'IfStmt' || !edge.cond) return false;
    const skipped = edge.kind === 'true' ? stmt.else : stmt.body;
    const changes = find(edge.cond, (n) => n.kind === 'Ident' && (n.obj?.writes.length ?? 0) > 0 && n.obj !== object);
    return skipped !== undefined && changes !== undefined && releases.some((u) => contains(skipped, u));
  });
}

function pathOf(search: SearchSpec, words: ReleaseWords): UnreleasedPath | undefined {
  const path = findUnreleasedPath(search);
  return path?.end === 'return' && words.endsAtReturn?.() ? undefined : path;
}

function searchOf(
  context: RuleContext,
  a: Acquisition,
  object: LocalObject,
  words: ReleaseWords,
): SearchSpec | undefined {
  const { analysis, unit } = context;
  const search = releaseSearch(analysis, a);
  if (!search) return undefined;
  const settled = new Set<Node | undefined>();
  for (const use of object.uses)
    if (words.settles?.(use)) settled.add(cfgNode(search.cfg.where, analysis.parents(unit), use));
  const endsAtReturn = words.endsAtReturn?.() ?? false;
  const isSettled = (n: Node): boolean => settled.has(n) || (endsAtReturn && n.kind === 'ReturnStmt');
  return { ...search, effect: (n) => (isSettled(n) ? 'settled' : search.effect(n)) };
}

function callText(context: RuleContext, a: Acquisition): string {
  return context.unit.text(a.call.fun).replace(/\s+/g, ' ');
}

/** Returns that somebody would put a release before where a `defer` does it for all of them. */
const MAX_BESIDE_DEFER = 3;

function repairs(
  context: RuleContext,
  a: Acquisition,
  object: LocalObject,
  path: UnreleasedPath,
  search: SearchSpec,
  words: ReleaseWords,
  isNormal: boolean,
): FixSpec[] {
  const { analysis, unit } = context;
  const release = words.release(object.name);
  if (release === undefined || (a.stmt?.kind !== 'AssignStmt' && a.stmt?.kind !== 'ExprStmt')) return [];
  if (!canRelease(context, a, object, release)) return [];
  if (words.inBackground) {
    const { fixId: id, title } = words.inBackground;
    const fix = { id, title, args: { release }, edits: insertAfterCheck(context, a, a.stmt, `go ${release}`) };
    return fix.edits ? [fix] : [];
  }
  const spec = releaseSpec(a.acquires);
  const handedOn = object.uses.some((u) => useEffect(analysis, unit, u, object, spec) === 'handoff');
  const deferable = !handedOn && !words.beforeReturn && !inLoop(analysis.parents(unit), a.call);
  const fixes: FixSpec[] = [];
  const ret = path.node;
  const deferred = deferable ? deferAfterCheck(context, a, a.stmt, object, release) : undefined;
  // A `return` in front of the place for the `defer` would not be helped by it.
  if (deferred?.some((e) => path.end !== 'return' || !ret || e.start < unit.base + ret.start))
    fixes.push({
      id: words.fixId,
      title: 'fix-defer',
      args: { release },
      preferred: !words.isCareful,
      safe: !words.isCareful,
      edits: deferred,
    });
  const only = words.beforeReturn?.only;
  const isLeft = words.isDeferredOnly || (only && isNormal !== (only === 'successes'));
  const among = only === 'successes' ? withoutFailures(analysis, search) : search;
  const returns = isLeft ? undefined : returnsToRepair(context, a, object, path, among);
  const [first] = returns ?? [];
  const [one, each] = words.beforeReturn?.titles ?? ['fix-before-return', 'fix-before-each'];
  const isInTime = words.beforeReturn?.isInTime;
  const isTooMuch = fixes.length > 0 && (returns?.length ?? 0) > MAX_BESIDE_DEFER;
  if (returns && first && !isTooMuch && (!isInTime || returns.every(isInTime)))
    fixes.push({
      id: 'close-before-return',
      title: returns.length > 1 ? each : one,
      args: { release, line: context.line({ node: first }), count: returns.length },
      preferred: !words.isCareful && !fixes.some((f) => f.edits),
      edits: combine(
        ...returns.map((r) => insertBeforeStatement(unit, r, words.beforeReturn?.lines(object.name, r) ?? release)),
      ),
    });
  if (!fixes.some((f) => f.edits) && !words.beforeReturn && !words.isCareful)
    fixes.push({
      id: 'close-in-turn',
      title: 'fix-in-turn',
      args: { release },
      preferred: true,
      edits: releaseInTurn(context, a, object, path, search, release, {
        succeeded: (way) => succeeded(a, object, way),
        reads: (n) => readsReleased(context, a, object, n),
      }),
    });
  return fixes.filter((f) => f.edits);
}

/** False where the variable was declared with a type that does not have what the release calls: `var r io.Reader`. */
function canRelease({ analysis, unit }: RuleContext, a: Acquisition, object: LocalObject, release: string): boolean {
  const [, member] = new RegExp(`^${object.name}\\.(\\w+)`).exec(release) ?? [];
  if (member === undefined || object.declNode === a.stmt) return true;
  const type = analysis.objectType(unit, object);
  return type.kind === 'unknown' || analysis.types.members.find(type, member) !== undefined;
}

/**
 * The returns that lack the release; undefined when something else does, too, when a return reads what would be released before it, or when
 * control may come to it without the acquisition.
 */
function returnsToRepair(
  context: RuleContext,
  a: Acquisition,
  object: LocalObject,
  path: UnreleasedPath,
  search: SearchSpec,
): ReturnStmt[] | undefined {
  const endOf = ({ end, node }: UnreleasedPath): ReturnStmt | undefined =>
    end === 'return' && node?.kind === 'ReturnStmt' ? node : undefined;
  const ways = allUnreleasedPaths(search, path, endOf)?.filter((way) => !complainsOfSuccess(context.analysis, a, way));
  if (!ways?.every((way) => succeeded(a, object, way))) return undefined;
  const returns = ways.map(endOf).filter((end) => end !== undefined);
  // Where nothing was acquired the release would panic.
  const cannotRelease = (ret: ReturnStmt): boolean =>
    readsReleased(context, a, object, ret) ||
    isReachedOnFailure(search, ret) ||
    isReachedReleased(search, ret) ||
    !isBehind(context, a, object, ret);
  return returns.some(cannotRelease) ? undefined : returns;
}

/** True when a return is in the block of the acquisition, behind it, and the variable is not hidden there by another one. */
function isBehind({ analysis, unit }: RuleContext, a: Acquisition, object: LocalObject, ret: ReturnStmt): boolean {
  const parents = analysis.parents(unit);
  let region = a.stmt && parents.get(a.stmt);
  while (region && !isListOwner(region) && !contains(region, object.decl)) region = parents.get(region);
  return region !== undefined && contains(region, ret) && isNamedAt(unit, object, ret);
}

function isListOwner(n: Node): boolean {
  return n.kind === 'BlockStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause';
}

/** True when the path has looked at the outcome of the call: without that there may be nothing to release. */
function succeeded(a: Acquisition, object: LocalObject, path: UnreleasedPath): boolean {
  if (a.acquires.error === undefined) return true;
  return path.decisions.some(
    (edge) => edge.cond && find(edge.cond, (n) => n.kind === 'Ident' && (n.obj === a.error || n.obj === object)),
  );
}

/** True when a return reads what the fix would release before it; `resp.Status` is not part of the body. */
function readsReleased(context: RuleContext, a: Acquisition, object: LocalObject, ret: Node): boolean {
  const parents = context.analysis.parents(context.unit);
  return (
    find(ret, (n) => {
      if (n.kind !== 'Ident' || n.obj !== object) return false;
      const field = parents.get(n);
      return !(a.acquires.via && field?.kind === 'SelectorExpr' && field.sel.name !== a.acquires.via);
    }) !== undefined
  );
}

function nameAndDefer(
  context: RuleContext,
  a: Acquisition,
  stmt: AssignStmt,
  blank: Ident,
  words: ReleaseWords,
): FixSpec {
  const { unit, analysis } = context;
  const name = freshName(unit, a.call, words.newName);
  const release = words.release(name);
  return {
    id: words.fixId,
    title: 'fix-defer',
    args: { release: release ?? '' },
    preferred: true,
    edits:
      release === undefined || inLoop(analysis.parents(unit), a.call)
        ? undefined
        : combine(nameBlank(unit, blank, name), insertAfterCheck(context, a, stmt, `defer ${release}`)),
  };
}

/**
 * Defers the release right behind the error check: a `defer` further down moves up. What is deferred is the value that the variable
 * has there, so that it may get another one later.
 */
function deferAfterCheck(
  context: RuleContext,
  a: Acquisition,
  stmt: AssignStmt | ExprStmt,
  object: LocalObject,
  release: string,
): FileEdit[] | undefined {
  const { unit } = context;
  const inserted = insertAfterCheck(context, a, stmt, `defer ${release}`);
  const late = placeInList(unit, stmt)?.list.stmts.find(
    (s) => s.kind === 'DeferStmt' && s.start > stmt.end && unit.text(s.call) === release,
  );
  const isOfAnother = late && object.writes.some((w) => stmt.end < w.start && w.start < late.start);
  const doubled = doubledReleases(context, a, stmt, object, release).flatMap((d) =>
    [deleteStatement(unit, d)].filter((e) => e !== undefined),
  );
  return combine(inserted, ...(late && !isOfAnother ? [deleteStatement(unit, late)] : []), ...doubled);
}

/** Releases right before a way out, which a `defer` makes superfluous: nothing happens between the two. */
function doubledReleases(
  { analysis, unit }: RuleContext,
  a: Acquisition,
  stmt: AssignStmt | ExprStmt,
  object: LocalObject,
  release: string,
): Stmt[] {
  if (object.writes.some((w) => w.start > stmt.end)) return [];
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'ExprStmt').filter((s) => {
    if (s.start < stmt.end || unit.text(s) !== release || enclosingFunc(parents, s) !== a.func) return false;
    const place = placeInList(unit, s);
    const next = place?.list.stmts[place.index + 1];
    if (!next) return place?.list.owner === a.func.body && a.func.type.results.length === 0;
    // What makes an error or a text of what it is given may as well come first.
    const works = (n: Node): boolean => n.kind === 'CallExpr' && !MAKES.test(analysis.callee(unit, n).name);
    return next.kind === 'ReturnStmt' && !find(next, works);
  });
}

const MAKES = /^(?:fmt\.(?:Errorf|Sprintf?)|errors\.(?:New|Join))$/;

/** Puts lines where the error of an acquisition has been checked; nowhere when it is thrown away. */
function insertAfterCheck(
  context: RuleContext,
  a: Acquisition,
  stmt: AssignStmt | ExprStmt,
  lines: string,
): FileEdit[] | undefined {
  const { unit, analysis } = context;
  if (a.acquires.error !== undefined && !a.error) return undefined;
  if (stmt.kind === 'ExprStmt') return insertAfterStatement(unit, stmt, lines);
  // The last of several variables takes no error then.
  if (a.acquires.error === undefined)
    return placeInList(unit, stmt) ? insertAfterStatement(unit, stmt, lines) : undefined;
  const neverReturns = (call: CallExpr): boolean => analysis.callee(unit, call).fact?.neverReturns ?? false;
  return insertAfterErrorCheck(unit, stmt, lines, neverReturns, a.error);
}
