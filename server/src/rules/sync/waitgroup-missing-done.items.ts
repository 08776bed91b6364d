/** Items that are counted when they are sent: whoever receives one has to count it down on every way. */
import { channelFacts, type Place } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import { type AccessPath, accessPath } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import type { SyncCall } from '../../golang/sync-calls.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains } from '../../golang/walk.ts';
import { textsNaming } from '../../golang/word-index.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';
import { type Dropping, DroppingWays, itemOf } from './waitgroup-missing-done.ways.ts';

/** A way on which an item is dropped that stays counted. */
export interface DroppedItem extends Dropping {
  add: Place;
  wait: Place;
}

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

class Items {
  private readonly ways: DroppingWays;
  private adds: Place[] = [];
  private waits: Place[] = [];
  private dones: Place[] = [];

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly group: Expr,
    private readonly field: string,
  ) {
    this.ways = new DroppingWays(analysis);
  }

  dropped(): DroppedItem | undefined {
    const mentions = ownMentions(this.analysis, this.unit, this.group);
    if (!mentions?.every((m) => this.isKnown(m)) || this.adds.length === 0 || this.waits.length === 0) return undefined;
    const receives = this.receivesOf();
    if (!receives) return undefined;
    let found: Dropping | undefined;
    for (const receive of receives) {
      const item = itemOf(this.analysis, receive);
      const func = enclosingFunc(this.analysis.parents(receive.unit), receive.node);
      const path = item && this.groupBeside(receive);
      if (!func || !path) return undefined;
      found ??= this.ways.through(receive.unit, func, path, item, 0);
    }
    // Who has counted what could not be sent takes it back.
    for (const { unit, node } of this.adds) {
      const sender = enclosingFunc(this.analysis.parents(unit), node);
      if (sender) this.ways.visited.add(sender);
    }
    const isVisited = ({ unit, node }: Place): boolean =>
      ancestor(this.analysis.parents(unit), node, (n) => isFunc(n) && this.ways.visited.has(n)) !== undefined;
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

  /** The group of the value whose channel is received from. */
  private groupBeside({ node }: Place): AccessPath | undefined {
    const chan = node.kind === 'RangeStmt' || node.kind === 'UnaryExpr' ? accessPath(node.x) : undefined;
    return chan && { root: chan.root, fields: [...chan.fields.slice(0, -1), this.field] };
  }
}
