/** Does what ends a wait on the ways out that leave it out, where a `defer` would do it too late or on too many. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Block, ControlFlowGraph } from '../../golang/cfg.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import { isErrorType } from '../../golang/types.ts';
import { isNil } from '../../golang/walk.ts';
import type { BranchStmt, Node, ReturnStmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { funcAt } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';
import { returnsWhenClosed } from './defer-place.ts';
import { type Release, releasesOf } from './releases.ts';

/** The model is asked for each: there is hardly ever more than one. */
const MAX_CANDIDATES = 3;

/** The same statement before each `return` and `continue` that lacks it. Titles: `fix-call-before-return` ({call}, {line}), `fix-call-before-each` ({call}, {count}). */
export function releaseBeforeReturn(
  context: RuleContext,
  leak: Leak,
  wanted: (release: Release) => boolean = () => true,
): FixSpec | undefined {
  const { analysis } = context;
  const candidates = releasesOf(context, leak).flatMap((release) => {
    if (!wanted(release)) return [];
    const ends = returnsWhenClosed(analysis, release.unit, release.func, release.stmts)
      ? []
      : endsWithout(analysis, release);
    return ends.length > 0 ? [{ release, ends }] : [];
  });
  for (const { release, ends } of candidates.slice(0, MAX_CANDIDATES)) {
    const { unit, stmts } = release;
    const [first] = ends;
    const call = stmts[0] ? unit.text(stmts[0]) : '';
    const edits = combine(...ends.map((end) => insertBeforeStatement(unit, end, call)));
    if (!first || !isRepairedBy(context, leak, edits, isLeftOut(analysis, leak, release))) continue;
    return {
      id: 'release-before-return',
      title: ends.length > 1 ? 'fix-call-before-each' : 'fix-call-before-return',
      args: { call, line: context.line({ unit, node: first }), count: ends.length },
      preferred: true,
      edits,
    };
  }
  return undefined;
}

/** True when the witness tells of a way out of the function, or there is one on which it keeps a lock: with the repair that one is like all others. */
export function isLeftOut(analysis: Analysis, { steps, operation }: Leak, release: Release): boolean {
  return operation.endsWith('lock')
    ? endsWithout(analysis, release).length > 0
    : steps.some(({ kind, site }) => (kind === 'departs' || kind === 'returned') && funcAt(site) === release.func);
}

/** Ways out of the function on which nothing of a release is done; none where there is doubt about one. */
function endsWithout(analysis: Analysis, { unit, func, stmts }: Release): (ReturnStmt | BranchStmt)[] {
  const cfg = analysis.cfg(unit, func);
  const [first] = stmts;
  if (!first || stmts.some((s) => !cfg.where.has(s))) return [];
  const lock = lockOf(unit.text(first));
  const starts = lock ? [...cfg.where.keys()].filter((n) => n.kind === 'ExprStmt' && unit.text(n) === lock) : [];
  if (lock && starts.length !== 1) return [];
  const isContinue = (n: Node): boolean => lock !== undefined && n.kind === 'BranchStmt' && n.tok === 'continue';
  // What a turn of a loop has locked is unlocked before the next one.
  const without = reached(cfg, lock ? starts : [cfg.entry], stmts, isContinue);
  const done = reached(cfg, stmts, starts);
  const parents = analysis.parents(unit);
  const ends = [...nodesOfKind(unit.decl, 'ReturnStmt'), ...nodesOfKind(unit.decl, 'BranchStmt')].filter(
    (n) => without.has(n) && enclosingFunc(parents, n) === func && (n.kind === 'ReturnStmt' || isContinue(n)),
  );
  const isRight = (end: Node): boolean => !done.has(end) && meansSameAt(unit, first, end);
  const wanted = keepsOnSuccess(analysis, { unit, func, stmts }) ? ends.filter((e) => !succeeds(e)) : ends;
  return wanted.every((e) => isRight(e) && placeInList(unit, e) !== undefined) ? wanted : [];
}

/** True when a function that takes a place, as in a buffer, keeps it where it succeeds: only where it fails it is to give it back. */
export function keepsOnSuccess(analysis: Analysis, { unit, func, stmts }: Omit<Release, 'call'>): boolean {
  const [first] = stmts;
  if (!first || !/^<-|<- /.test(unit.text(first))) return false;
  const last = analysis.types.signature(unit, func.type).results.at(-1);
  if (!last || !isErrorType(last)) return false;
  const cfg = analysis.cfg(unit, func);
  const without = reached(cfg, [cfg.entry], stmts);
  return nodesOfKind(unit.decl, 'ReturnStmt').some((r) => without.has(r) && succeeds(r));
}

function succeeds(end: ReturnStmt | BranchStmt): boolean {
  const last = end.kind === 'ReturnStmt' ? end.results.at(-1) : undefined;
  return last !== undefined && isNil(last);
}

/** `mu.Lock()` for `mu.Unlock()`. */
function lockOf(text: string): string | undefined {
  return /Unlock\(\)$/.test(text) ? text.replace(/Unlock\(\)$/, 'Lock()') : undefined;
}

/** Every node that control can come to from the start of a block or from behind some nodes, without passing others; and none behind the last ones. */
export function reached(
  cfg: ControlFlowGraph,
  from: readonly (Block | Node)[],
  stops: readonly Node[],
  isLast: (n: Node) => boolean = () => false,
): Set<Node> {
  const found = new Set<Node>();
  const seen = new Set<Block>();
  const work = from.flatMap((f) => {
    if ('succs' in f) return [{ block: f, index: 0 }];
    const at = cfg.where.get(f);
    return at ? [{ block: at.block, index: at.index + 1 }] : [];
  });
  for (let w = work.pop(); w; w = work.pop()) {
    const rest = w.block.nodes.slice(w.index);
    const stop = rest.findIndex((n) => stops.includes(n) || isLast(n));
    const end = rest[stop];
    for (const n of stop < 0 ? rest : rest.slice(0, stop)) found.add(n);
    if (end && isLast(end)) found.add(end);
    if (end) continue;
    for (const { to } of w.block.succs) {
      if (seen.has(to)) continue;
      seen.add(to);
      work.push({ block: to, index: 0 });
    }
  }
  return found;
}
