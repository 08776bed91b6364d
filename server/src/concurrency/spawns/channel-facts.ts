/** Everything a package does to a channel: who closes it, sends and receives, and whether others may do so unseen. */
import { givenValue } from '../../golang/only-value.ts';
import type { CallExpr, Expr, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { DECLARATION, nested, spend } from '../../golang/effort.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { type Answer, remembered } from '../../golang/reads.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields, isNil, unparen } from '../../golang/walk.ts';
import { declarationsNaming, declarationsWith } from '../../golang/word-index.ts';
import { type Channel, channelOf } from './channels.ts';
import { isExported } from '../../golang/exported.ts';

export interface Place {
  unit: DeclUnit;
  node: Node;
}

export interface ChannelFacts {
  closes: Place[];
  sends: Place[];
  receives: Place[];
  /** Calls of `make` that the channel may come from. */
  makes: { unit: DeclUnit; call: CallExpr }[];
  /** Nothing can happen to the channel but what is listed, and it always comes from one of `makes`. */
  complete: boolean;
}

const memo = new WeakMap<Analysis, Map<LocalObject | string, Answer<ChannelFacts>>>();

/** What the package does to a channel, and to variables and fields that may hold the same one. */
export function channelFacts(analysis: Analysis, channel: Channel): ChannelFacts {
  let known = memo.get(analysis);
  if (!known) memo.set(analysis, (known = new Map()));
  return remembered(known, channelKey(channel), () => {
    const unknown = { closes: [], sends: [], receives: [], makes: [], complete: false };
    return nested<ChannelFacts>(DECLARATION, unknown, () => new Collector(analysis).collect(channel));
  });
}

function channelKey(channel: Channel): LocalObject | string {
  if (channel.kind === 'local') return channel.object;
  const owner = channel.kind === 'field' ? `${channel.owner.pkg}.${channel.owner.name}` : '';
  return `${channel.pkg.path}#${channel.pkg.name} ${owner} ${channel.name}`;
}

class Collector {
  private readonly facts: ChannelFacts = { closes: [], sends: [], receives: [], makes: [], complete: true };
  private readonly seen = new Set<LocalObject | string>();

  constructor(private readonly analysis: Analysis) {}

  collect(channel: Channel): ChannelFacts {
    this.add(channel);
    return this.facts;
  }

  private add(channel: Channel | undefined): void {
    if (!channel) this.facts.complete = false;
    else if (channel.kind === 'local') this.local(channel.unit, channel.object);
    else this.shared(channel);
  }

  private local(unit: DeclUnit, object: LocalObject): void {
    if (this.seen.has(object)) return;
    this.seen.add(object);
    if (object.addressTaken) this.facts.complete = false;
    // What a parameter is given is looked at where the argument stands.
    if (object.role !== 'param') this.declared(unit, object);
    for (const use of object.uses) this.use(unit, use);
  }

  private declared(unit: DeclUnit, object: LocalObject): void {
    const d = object.declNode;
    if (d.kind === 'ValueSpec' && d.values.length === 0) return;
    const value = givenValue(object.declNode, object.decl);
    if (value) this.value(unit, value);
    else this.facts.complete = false;
  }

  private shared(channel: Channel & { kind: 'field' | 'variable' }): void {
    const key = channelKey(channel);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (isExported(channel.name)) this.facts.complete = false;
    const { kind, pkg, name } = channel;
    if (kind === 'variable')
      for (const unit of this.units(pkg, declarationsNaming(pkg, name))) this.variableIn(unit, channel);
    else {
      for (const unit of this.units(pkg, declarationsWith(pkg, name, 'field'))) this.fieldIn(unit, channel);
      const literals = declarationsWith(pkg, channel.owner.name, 'unkeyedLiteral');
      for (const unit of this.units(pkg, literals)) this.positional(unit, channel);
    }
  }

  private units(pkg: GoPackage, members: readonly PackageMember[]): DeclUnit[] {
    return members
      .map((member) => pkg.unit(member))
      .filter((unit) => {
        if (unit.hasError) this.facts.complete = false;
        return !unit.hasError;
      });
  }

  private variableIn(unit: DeclUnit, { name }: Channel & { kind: 'variable' }): void {
    const parents = this.analysis.parents(unit);
    for (const ident of nodesOfKind(unit.decl, 'Ident')) {
      spend();
      if (ident.name !== name || ident.obj) continue;
      const parent = parents.get(ident);
      if (parent?.kind === 'SelectorExpr' && parent.sel === ident) continue;
      if (parent?.kind === 'KeyValueExpr' && parent.key === ident) continue;
      if (parent?.kind === 'Field' && parent.names.includes(ident)) continue;
      if (parent?.kind === 'ValueSpec' && parent.names.includes(ident)) {
        const value = parent.values[parent.names.indexOf(ident)];
        if (value && parent.values.length === parent.names.length) this.value(unit, value);
        else if (parent.values.length > 0) this.facts.complete = false;
      } else this.use(unit, ident);
    }
  }

  private fieldIn(unit: DeclUnit, { owner, name }: Channel & { kind: 'field' }): void {
    const { members } = this.analysis.types;
    for (const x of nodesOfKind(unit.decl, 'SelectorExpr')) {
      spend();
      if (x.sel.name !== name) continue;
      const s = members.selector(unit, x);
      if (!s) this.facts.complete = false;
      else if (s.kind === 'field' && (!s.owner || (s.owner.name === owner.name && s.owner.pkg === owner.pkg)))
        this.use(unit, x);
    }
    for (const lit of nodesOfKind(unit.decl, 'CompositeLit'))
      for (const elt of lit.elts) {
        spend();
        if (elt.kind !== 'KeyValueExpr' || elt.key.kind !== 'Ident' || elt.key.name !== name) continue;
        const type = this.analysis.typeOf(unit, lit);
        if (type.kind === 'named' && (type.name !== owner.name || type.pkg !== owner.pkg)) continue;
        this.value(unit, elt.value);
      }
  }

  /** `T{a, b}` sets fields without naming them. */
  private positional(unit: DeclUnit, { owner }: Channel & { kind: 'field' }): void {
    for (const lit of nodesOfKind(unit.decl, 'CompositeLit')) {
      spend(1 + lit.elts.length);
      if (lit.elts.length === 0 || lit.elts.some((e) => e.kind === 'KeyValueExpr')) continue;
      const type = this.analysis.typeOf(unit, lit);
      if (type.kind === 'unknown' || (type.kind === 'named' && type.name === owner.name && type.pkg === owner.pkg))
        this.facts.complete = false;
    }
  }

  /** A value that the channel's variable is given. */
  private value(unit: DeclUnit, expr: Expr): void {
    const x = unparen(expr);
    if (isNil(x)) return;
    if (x.kind === 'CallExpr') {
      const c = this.analysis.callee(unit, x);
      if (c.kind === 'builtin' && c.name === 'make') {
        this.facts.makes.push({ unit, call: x });
        return;
      }
    }
    this.add(channelOf(this.analysis, unit, x));
  }

  /** One mention of the channel. */
  private use(unit: DeclUnit, mention: Ident | (Expr & { kind: 'SelectorExpr' })): void {
    spend();
    const parents = this.analysis.parents(unit);
    let node: Node = mention;
    let parent = parents.get(node);
    while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
    const at = { unit, node: parent as Node };
    switch (parent?.kind) {
      case 'SendStmt':
        if (parent.chan === node) return void this.facts.sends.push(at);
        break;
      case 'UnaryExpr':
        if (parent.op === '<-') return void this.facts.receives.push(at);
        break;
      case 'RangeStmt':
        if (parent.x === node) return void this.facts.receives.push(at);
        break;
      case 'BinaryExpr':
      case 'ExprStmt':
        return;
      case 'AssignStmt':
        return this.assigned(unit, parent, node as Expr);
      case 'ValueSpec':
        if (parent.values.length === parent.names.length)
          return this.heldBy(unit, parent.names[parent.values.indexOf(node as Expr)]);
        break;
      case 'KeyValueExpr':
        if (parent.value === node) return this.storedIn(unit, parent);
        break;
      case 'CallExpr':
        return this.passed(unit, parent, node);
      default:
    }
    this.facts.complete = false;
  }

  private assigned(unit: DeclUnit, stmt: Node & { kind: 'AssignStmt' }, node: Expr): void {
    const [left, right] = [stmt.lhs.indexOf(node), stmt.rhs.indexOf(node)];
    if (stmt.lhs.length !== stmt.rhs.length) this.facts.complete = false;
    else if (left >= 0) this.value(unit, stmt.rhs[left] as Expr);
    else this.heldBy(unit, stmt.lhs[right]);
  }

  /** Another variable or field holds the channel from here on. */
  private heldBy(unit: DeclUnit, target: Expr | undefined): void {
    const x = target && unparen(target);
    if (x?.kind === 'Ident' && x.name === '_') return;
    if (x?.kind === 'Ident' && x.obj?.role === 'local') this.local(unit, x.obj);
    else this.add(x && channelOf(this.analysis, unit, x));
  }

  private storedIn(unit: DeclUnit, entry: Node & { kind: 'KeyValueExpr' }): void {
    const lit = this.analysis.parents(unit).get(entry);
    const type = lit?.kind === 'CompositeLit' ? this.analysis.typeOf(unit, lit) : undefined;
    const own = type?.kind === 'named' && !type.local && type.pkg === unit.pkg.path ? type : undefined;
    if (!own || entry.key.kind !== 'Ident') this.facts.complete = false;
    else this.add({ kind: 'field', pkg: unit.pkg, owner: own, name: entry.key.name });
  }

  private passed(unit: DeclUnit, call: CallExpr, node: Node): void {
    const callee = this.analysis.callee(unit, call);
    if (callee.kind === 'builtin') {
      if (callee.name === 'close') this.facts.closes.push({ unit, node: call });
      else if (callee.name !== 'len' && callee.name !== 'cap') this.facts.complete = false;
      return;
    }
    const body = this.analysis.body(unit, call);
    const index = call.args.indexOf(node as Expr);
    const param = body && index >= 0 ? flattenFields(body.func.type.params)[index] : undefined;
    if (!body || body.unit.hasError || !param || param.variadic) this.facts.complete = false;
    else if (param.name?.obj) this.local(body.unit, param.name.obj);
  }
}
