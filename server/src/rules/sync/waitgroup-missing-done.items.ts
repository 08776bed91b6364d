/** Items that are counted when they are sent: whoever receives one has to count it down on every way. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { type AccessPath, accessPath, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { leavesLoop } from '../../golang/cfg-reach.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { PathEffects, pathsInside } from '../../golang/path-effects.ts';
import { findUnreleasedPath, type UnreleasedPath } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import { contains, flattenFields } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';

/** A way on which an item is dropped that stays counted. */
export interface DroppedItem {
  unit: DeclUnit;
  func: FuncNode;
  path: UnreleasedPath;
  /** The group as the function writes it. */
  name: string;
  add: Place;
  wait: Place;
}

/** Calls between the loop that receives and the function that counts down. */
const MAX_CALLS = 3;

/**
 * Ways through a declaration that drop an item without counting it down, where all that happens to its group is in sight: each `Add(1)` is
 * followed by a send on one channel of the same value, nothing else is sent there, and only the receivers count down.
 * @param calls what the declaration does to wait groups
 */
export function droppedItems(analysis: Analysis, unit: DeclUnit, calls: readonly SyncCall[]): DroppedItem[] {
  const found: DroppedItem[] = [];
  const seen = new Set<string>();
  for (const { method, call, path } of calls) {
    const field = path.fields.at(-1);
    if (method !== 'Done' || field === undefined || seen.has(field) || call.fun.kind !== 'SelectorExpr') continue;
    seen.add(field);
    if (!mayCountItems(unit, field)) continue;
    const dropped = new Items(analysis, unit, call.fun.x, field).dropped();
    if (dropped?.unit === unit) found.push(dropped);
  }
  return found;
}

/** Told from the text: somebody counts one and then sends. */
function mayCountItems({ pkg }: DeclUnit, field: string): boolean {
  const counts = new RegExp(`\\.${field}\\.Add\\(1\\)[^]*\\S <- `);
  return textsNaming(pkg, field).some(({ text }) => counts.test(text));
}

interface Item {
  object?: LocalObject;
  /** The node that receives it; absent for a function that is given it. */
  start?: Node;
  /** False while nothing was received. */
  ok?: LocalObject;
}

class Items {
  private readonly effects: PathEffects;
  /** Functions that have been looked through. */
  private readonly visited = new Set<FuncNode>();
  private adds: Place[] = [];
  private waits: Place[] = [];
  private dones: Place[] = [];

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly group: Expr,
    private readonly field: string,
  ) {
    this.effects = new PathEffects(analysis, { perform: ['Done'], open: ['Add'] });
  }

  dropped(): DroppedItem | undefined {
    const mentions = ownMentions(this.analysis, this.unit, this.group);
    if (!mentions?.every((m) => this.isKnown(m)) || this.adds.length === 0 || this.waits.length === 0) return undefined;
    const receives = this.receivesOf();
    if (!receives) return undefined;
    let found: Omit<DroppedItem, 'add' | 'wait'> | undefined;
    for (const receive of receives) {
      const item = this.itemOf(receive);
      const func = enclosingFunc(this.analysis.parents(receive.unit), receive.node);
      const path = item && this.groupBeside(receive);
      if (!func || !path) return undefined;
      found ??= this.through(receive.unit, func, path, item, 0);
    }
    // Who has counted what could not be sent takes it back.
    for (const { unit, node } of this.adds) {
      const sender = enclosingFunc(this.analysis.parents(unit), node);
      if (sender) this.visited.add(sender);
    }
    const isVisited = ({ unit, node }: Place): boolean =>
      ancestor(this.analysis.parents(unit), node, (n) => isFunc(n) && this.visited.has(n)) !== undefined;
    if (!found || !this.dones.every(isVisited)) return undefined;
    return { ...found, add: this.adds[0] as Place, wait: this.waits[0] as Place };
  }

  /** Takes the mention down; false for one that may do anything to the group. */
  private isKnown({ unit, node, initial }: OwnMention): boolean {
    if (initial !== undefined) return initial === 'zero';
    const parents = this.analysis.parents(unit);
    const selector = parents.get(node);
    const call = selector?.kind === 'SelectorExpr' ? parents.get(selector) : undefined;
    if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selector) return false;
    if (unit.file.isTest) return false;
    const list = { Add: this.adds, Done: this.dones, Wait: this.waits }[selector.sel.name];
    list?.push({ unit, node: call });
    return list !== undefined;
  }

  /** Where the counted items are received; undefined where others may be, or they may be received unseen. */
  private receivesOf(): readonly Place[] | undefined {
    const { analysis } = this;
    const counted = new Set<Node>();
    let chan: { unit: DeclUnit; expr: Expr } | undefined;
    for (const { unit, node } of this.adds) {
      const parents = analysis.parents(unit);
      const [delta] = (node as CallExpr).args;
      const stmt = parents.get(node);
      const block = stmt && parents.get(stmt);
      if (delta?.kind !== 'BasicLit' || delta.value !== '1' || stmt?.kind !== 'ExprStmt' || !block) return undefined;
      const sends = nodesOfKind(unit.decl, 'SendStmt').filter((s) => s.start > node.end && contains(block, s));
      const [send] = sends;
      if (!send || enclosingFunc(parents, send) !== enclosingFunc(parents, node)) return undefined;
      for (const s of sends) counted.add(s);
      chan ??= { unit, expr: send.chan };
    }
    const channel = chan && channelOf(analysis, chan.unit, chan.expr);
    const owner = this.ownerOfGroup();
    if (channel?.kind !== 'field' || channel.owner.name !== owner?.name || channel.owner.pkg !== owner.pkg)
      return undefined;
    const { complete, sends, receives } = channelFacts(analysis, channel);
    if (!complete || receives.length === 0 || !sends.every((s) => counted.has(s.node))) return undefined;
    return receives;
  }

  private ownerOfGroup(): NamedType | undefined {
    const { group: x } = this;
    const selected = x.kind === 'SelectorExpr' ? this.analysis.types.members.selector(this.unit, x) : undefined;
    return selected?.kind === 'field' ? selected.owner : undefined;
  }

  private itemOf({ unit, node }: Place): Item | undefined {
    if (node.kind === 'RangeStmt') return { start: node, object: objectOf(node.key) };
    const stmt = this.analysis.parents(unit).get(node);
    if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1) return undefined;
    return { start: stmt, object: objectOf(stmt.lhs[0]), ok: objectOf(stmt.lhs[1]) };
  }

  /** The group of the value whose channel is received from. */
  private groupBeside({ node }: Place): AccessPath | undefined {
    const chan = node.kind === 'RangeStmt' || node.kind === 'UnaryExpr' ? accessPath(node.x) : undefined;
    return chan && { root: chan.root, fields: [...chan.fields.slice(0, -1), this.field] };
  }

  /** A way through the function that neither counts the item down nor hands it on. */
  private through(
    unit: DeclUnit,
    func: FuncNode,
    path: AccessPath,
    { object, start, ok }: Item,
    depth: number,
  ): Omit<DroppedItem, 'add' | 'wait'> | undefined {
    const { analysis } = this;
    this.visited.add(func);
    const effects = this.effects.nodes(unit, func, path);
    const performing = [...effects].filter(([, e]) => e === 'performs').map(([n]) => n);
    if (performing.length === 0) return undefined;
    const cfg = analysis.cfg(unit, func);
    const parents = analysis.parents(unit);
    const settled = new Set<Node | undefined>(effects.keys());
    for (const use of object?.uses ?? [])
      if (useEffect(analysis, unit, use, object as LocalObject, { methods: [] }) === 'handoff')
        settled.add(cfgNode(cfg.where, parents, use));
    const found = findUnreleasedPath({
      unit,
      cfg,
      start,
      ok,
      effect: (n) => (settled.has(n) ? 'settled' : 'none'),
      settledBy: (e) => start?.kind === 'RangeStmt' && leavesLoop(start, e),
      facts: new Map(),
      written: analysis.writtenPaths(unit, func),
    });
    if (found) return { unit, func, path: found, name: pathName(path) };
    if (depth >= MAX_CALLS) return undefined;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const callee = performing.some((n) => contains(n, call)) ? analysis.callee(unit, call).own : undefined;
      if (!callee || callee.unit.hasError || this.visited.has(callee.decl)) continue;
      const index = call.args.findIndex((a) => objectOf(a) === object && object !== undefined);
      const param = flattenFields(callee.decl.type.params)[index]?.name?.obj;
      for (const inside of pathsInside(analysis, unit, call, callee.decl, path)) {
        const deeper = this.through(callee.unit, callee.decl, inside, { object: param }, depth + 1);
        if (deeper) return deeper;
      }
    }
    return undefined;
  }
}

function objectOf(x: Expr | undefined): LocalObject | undefined {
  return x?.kind === 'Ident' ? x.obj : undefined;
}
