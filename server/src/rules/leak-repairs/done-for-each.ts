/** Counts an item down on the ways through the turn of a loop that drop it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { combine } from '../../fixes/apply.ts';
import { insertBeforeStatement } from '../../fixes/insert-statement.ts';
import type { FileEdit } from '../../fixes/file-edit.ts';
import { placeInList } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc, parentsOf } from '../../golang/parents.ts';
import { cfgNode } from '../../golang/resources.ts';
import { meansSameAt } from '../../golang/scopes.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, unparen } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import type { BranchStmt, ExprStmt, FuncNode, Node, RangeStmt, ReturnStmt, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { lastName } from '../leak-sites.ts';
import { isRepairedBy } from '../model-report.ts';
import { reached } from './release-before-return.ts';
import { functionsOf } from './releases.ts';

/** `wg.Done()` before each `continue` and `return` with which what was received is dropped, where the leak is gone with it. */
export function doneForEach(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  for (const { unit, func } of functionsOf(analysis, leak)) {
    const fix = droppedFix(context, unit, func, lastName(leak.name));
    if (fix && isRepairedBy(context, leak, fix.edits)) return fix;
  }
  return undefined;
}

/**
 * The same for one function, unasked.
 * @param field the name of the group
 */
export function droppedFix(
  context: RuleContext,
  unit: DeclUnit,
  func: FuncNode,
  field: string,
): (FixSpec & { edits: FileEdit[] }) | undefined {
  const { analysis } = context;
  const done = `.${field}.Done()`;
  const stmts = nodesOfKind(unit.decl, 'ExprStmt').filter((s) => contains(func, s) && unit.text(s).endsWith(done));
  // Where others count down as well, they may do so for what is handed on.
  const all = textsNaming(unit.pkg, field).flatMap(({ text }) => text.split(done).slice(1));
  const [first] = stmts;
  const call = first && unit.text(first);
  if (!call || all.length !== stmts.length || stmts.some((s) => unit.text(s) !== call)) return undefined;
  const loop = loopAround(analysis, unit, first);
  if (!loop || !isCounted(analysis, unit, loop, field)) return undefined;
  const ends = endsOfTurn(analysis, unit, func, stmts);
  const [end] = ends;
  const edits = combine(...ends.map((e) => insertBeforeStatement(unit, e, call)));
  if (!end || !edits) return undefined;
  return {
    id: 'release-before-return',
    title: ends.length > 1 ? 'fix-call-before-each' : 'fix-call-before-return',
    args: { call, line: context.line({ unit, node: end }), count: ends.length },
    preferred: true,
    edits,
  };
}

/** Where a turn of the loop that receives the items ends without any of the statements; nothing where there is doubt about one. */
function endsOfTurn(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  stmts: readonly ExprStmt[],
): (ReturnStmt | BranchStmt)[] {
  const parents = analysis.parents(unit);
  const [first] = stmts;
  const loop = first && loopAround(analysis, unit, first);
  if (!loop || enclosingFunc(parents, loop) !== func || stmts.some((s) => loopAround(analysis, unit, s) !== loop))
    return [];
  const cfg = analysis.cfg(unit, func);
  const handed = handedOn(analysis, unit, loop).map((n) => cfgNode(cfg.where, parents, n));
  if (handed.includes(undefined)) return [];
  const isNext = (n: Node): boolean => n === loop;
  const without = reached(cfg, [loop], [...stmts, ...(handed as Node[])], isNext);
  const counted = reached(cfg, [...stmts, ...(handed as Node[])], [], isNext);
  const leaving = [...nodesOfKind(unit.decl, 'ReturnStmt'), ...nodesOfKind(unit.decl, 'BranchStmt')].filter(
    (n) => contains(loop.body, n) && without.has(n) && enclosingFunc(parents, n) === func && leaves(unit, loop, n),
  );
  const isRight = (n: ReturnStmt | BranchStmt): boolean =>
    (n.kind === 'ReturnStmt' || n.tok === 'continue') &&
    !counted.has(n) &&
    meansSameAt(unit, first, n) &&
    placeInList(unit, n) !== undefined &&
    !find(n, (m) => m.kind === 'CallExpr');
  // A turn must not come to its end without counting, either.
  const missed = reached(cfg, [loop], [...stmts, ...(handed as Node[]), ...leaving], isNext);
  return leaving.every(isRight) && !missed.has(loop) ? leaving : [];
}

function isLoop(n: Node): boolean {
  return n.kind === 'ForStmt' || n.kind === 'RangeStmt';
}

/** The loop over a channel whose turns come to a statement. */
function loopAround(analysis: Analysis, unit: DeclUnit, stmt: Stmt): RangeStmt | undefined {
  const loop = ancestor(analysis.parents(unit), stmt, (n) => isLoop(n) || isFunc(n));
  return loop?.kind === 'RangeStmt' ? loop : undefined;
}

/** True when all that a loop receives was counted, one by one, right before it was sent, and nothing else is counted. */
function isCounted(analysis: Analysis, unit: DeclUnit, { x }: RangeStmt, field: string): boolean {
  const channel = channelOf(analysis, unit, x);
  if (!channel) return false;
  const { complete, sends } = channelFacts(analysis, channel);
  const counted = `.${field}.Add(`;
  const adds = textsNaming(unit.pkg, field).flatMap(({ text }) => text.split(counted).slice(1));
  const found = new Set<Node>();
  const isRight = ({ unit: at, node }: Place): boolean => {
    const parents = analysis.parents(at);
    const add = nodesOfKind(at.decl, 'ExprStmt').findLast(
      (s) => s.end < node.start && at.text(s).endsWith(`${counted}1)`) && contains(parents.get(s) ?? s, node),
    );
    const isLoopAround = (n: Node): boolean => isLoop(n) || isFunc(n);
    if (!add || ancestor(parents, add, isLoopAround) !== ancestor(parents, node, isLoopAround)) return false;
    found.add(add);
    return true;
  };
  return (
    complete && sends.length > 0 && sends.every(isRight) && adds.length === sends.length && found.size === adds.length
  );
}

/** False for a jump that stays in the turn. */
function leaves(unit: DeclUnit, loop: RangeStmt, n: ReturnStmt | BranchStmt): boolean {
  if (n.kind === 'ReturnStmt' || n.label) return true;
  if (n.tok === 'fallthrough') return false;
  const target = ancestor(
    parentsOf(unit.decl),
    n,
    (p) =>
      isLoop(p) ||
      (n.tok === 'break' && (p.kind === 'SwitchStmt' || p.kind === 'TypeSwitchStmt' || p.kind === 'SelectStmt')),
  );
  return target === loop;
}

/** Where others get the item, who then count it down or have it counted: what sends or keeps it, and what calls such code of the package. */
function handedOn(analysis: Analysis, unit: DeclUnit, loop: RangeStmt): Node[] {
  const item = loop.key && unparen(loop.key);
  const object = item?.kind === 'Ident' ? item.obj : undefined;
  if (!object) return [];
  return object.uses.flatMap((use) => {
    const parents = analysis.parents(unit);
    const keeps = ancestor(
      parents,
      use,
      (n) => n === loop || KEEPS.has(n.kind) || (n.kind === 'CallExpr' && passesOn(analysis, unit, n)),
    );
    return keeps && keeps !== loop ? [keeps] : [];
  });
}

const KEEPS = new Set<Node['kind']>(['SendStmt', 'GoStmt', 'DeferStmt', 'FuncLit', 'CompositeLit']);

/** `append(list, v)`, and a function of the package that sends, keeps or starts something. */
function passesOn(analysis: Analysis, unit: DeclUnit, call: Node & { kind: 'CallExpr' }): boolean {
  const { kind, name, own } = analysis.callee(unit, call);
  if (kind === 'builtin') return name === 'append';
  return own !== undefined && /\S <- |\bappend\(|\bgo /.test(own.unit.text(own.decl));
}
