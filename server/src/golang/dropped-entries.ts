/**
 * Values that one function takes out of a map without ending what they have started, although whoever else takes them out of it does
 * that: what ends it is in a field of theirs, which nobody comes to any more.
 */
import type { CallExpr, Expr, FuncDecl, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import { isEndName } from './ending-methods.ts';
import { isExported } from './exported.ts';
import type { Spot } from './field-look.ts';
import { declaredWith, isFresh } from './fresh-values.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue } from './only-value.ts';
import { fieldMentionsOf, ownMentions } from './own-mentions.ts';
import { enclosingFunc } from './parents.ts';
import { type Contents, contentsOf } from './place-contents.ts';
import { isPlainLook } from './plain-looks.ts';
import { goneOnWith } from './place-stores.ts';
import { deref, isNamed, type NamedType, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { type ReleaseSpec, useEffect } from './uses.ts';
import { asCall, flattenFields, isNil, unparen } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/** A field of a type by which what its values have started is ended. */
export interface EndingField {
  owner: NamedType;
  /** `via` is the field. */
  spec: ReleaseSpec & { via: string };
}

export interface DroppedEntry {
  /** The call that takes an entry out and ends nothing. */
  removal: { unit: DeclUnit; call: CallExpr; decl: FuncDecl };
  /** The variable that has the entry there. */
  value?: LocalObject;
  /** Where another declaration ends what it takes out. */
  released: Spot;
}

/** Methods that call one another to end a value. */
const MAX_DEPTH = 2;

/**
 * The one function that takes values of a type out of the only map they are kept in, and leaves what they have started as it is. Everybody who
 * has such a value has to be in sight.
 * @param maker the function that starts something for the values: one that puts them into the map, or that makes them for it
 */
export function droppedEntry(analysis: Analysis, maker: DeclUnit, field: EndingField): DroppedEntry | undefined {
  const removals = removalsOf(analysis, maker, field.owner);
  const [first] = removals ?? [];
  const map = first?.call.args[0];
  if (!removals || !first || !map) return undefined;
  const mentions = ownMentions(analysis, first.unit, map);
  if (!mentions) return undefined;
  const isOfMap = ({ unit, call }: Removal): boolean =>
    mentions.some((m) => m.unit === unit && call.args[0] && unparen(call.args[0]) === m.node);
  const contents = contentsOf(analysis, first.unit, { target: map, container: map, key: map }, field.spec);
  if (!contents || !removals.every(isOfMap)) return undefined;
  const entries = new Entries(analysis, field, contents);
  for (const { unit, node, initial } of mentions)
    if (!unit.file.isTest && !entries.take(unit, node, initial)) return undefined;
  return entries.isMadeBy(maker) ? entries.dropped(removals) : undefined;
}

interface Removal {
  unit: DeclUnit;
  call: CallExpr;
}

/** The calls that take values of a type out of maps. */
function removalsOf(analysis: Analysis, { pkg }: DeclUnit, owner: NamedType): Removal[] | undefined {
  const found: Removal[] = [];
  for (const member of declarationsNaming(pkg, 'delete')) {
    const unit = pkg.unit(member);
    if (unit.file.isTest) continue;
    if (unit.hasError) return undefined;
    for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
      const [map] = call.args;
      if (!map || call.fun.kind !== 'Ident' || call.fun.name !== 'delete') continue;
      const type = analysis.types.underlying(analysis.typeOf(unit, map));
      if (type.kind === 'map' && isOwner(type.elem, owner)) found.push({ unit, call });
    }
  }
  return found;
}

function isOwner(type: Type, owner: NamedType): boolean {
  return isNamed(deref(type), owner.pkg, owner.name);
}

/** What a map has held, and who has had it. */
class Entries {
  /** The variables by which values are put into the map. */
  private readonly stored = new Map<LocalObject, DeclUnit>();
  private isGiven = false;

  constructor(
    private readonly analysis: Analysis,
    private readonly field: EndingField,
    private readonly contents: Contents,
  ) {}

  /** Looks at a mention of the map. @returns false when somebody else may have what is put into it there */
  take(unit: DeclUnit, node: Node, initial: Expr | 'zero' | undefined): boolean {
    if (initial !== undefined) return isEmptyMap(initial);
    const parents = this.analysis.parents(unit);
    const parent = parents.get(node);
    if (parent?.kind === 'AssignStmt' && parent.lhs.some((l) => l === node)) {
      const given = givenValue(parent, node as Expr);
      return given !== undefined && isEmptyMap(given);
    }
    const stmt = parent?.kind === 'IndexExpr' ? parents.get(parent) : undefined;
    if (parent?.kind !== 'IndexExpr' || stmt?.kind !== 'AssignStmt' || !stmt.lhs.some((l) => l === parent)) return true;
    const given = givenValue(stmt, parent);
    const x = given && unparen(given);
    if (x?.kind !== 'Ident' || !x.obj) return false;
    this.stored.set(x.obj, unit);
    return this.isOwn(unit, x.obj, 0, x);
  }

  /**
   * True for a variable whose value is made here, and goes to nobody but the map, goroutines that use it, and the caller.
   * @param at where it goes to the map; absent in a function that makes it for the one which puts it there
   */
  private isOwn(unit: DeclUnit, object: LocalObject, depth: number, at?: Node): boolean {
    const { analysis } = this;
    const { spec } = this.field;
    if (object.role !== 'local' || object.writes.length > 0 || object.addressTaken) return false;
    if (!this.isNew(unit, declaredWith(object), depth)) return false;
    const parents = analysis.parents(unit);
    return object.uses.every((use) => {
      const parent = parents.get(use);
      if (use === at || (parent?.kind === 'KeyValueExpr' && parent.key === use)) return true;
      if (parent?.kind === 'ReturnStmt') {
        if (at) this.isGiven = true;
        return !at || !isCalledHere(analysis, unit);
      }
      const effect = goneOnWith(analysis, unit, use, spec) ?? useEffect(analysis, unit, use, object, spec);
      return effect === 'neutral' || (effect === 'release' && at !== undefined && use.start < at.start);
    });
  }

  private isNew(unit: DeclUnit, made: Expr | 'zero' | undefined, depth: number): boolean {
    const { analysis } = this;
    const { owner, spec } = this.field;
    if (made === undefined) return false;
    if (isFresh(analysis, unit, made, owner, spec)) return true;
    const call = made === 'zero' ? undefined : asCall(made);
    const visible = call && analysis.callee(unit, call).visible;
    if (!visible?.decl.body || visible.unit.hasError || depth > MAX_DEPTH) return false;
    const returns = nodesOfKind(visible.decl, 'ReturnStmt').filter(
      (r) => enclosingFunc(analysis.parents(visible.unit), r) === visible.decl,
    );
    return returns.every(({ results: [first] }) => {
      const x = first && unparen(first);
      if (x?.kind === 'Ident' && x.obj) return this.isOwn(visible.unit, x.obj, depth + 1);
      return x !== undefined && (isNil(x) || isFresh(analysis, visible.unit, x, owner, spec));
    });
  }

  /** True for a function that puts values into the map, and for one that such a function calls. */
  isMadeBy(maker: DeclUnit): boolean {
    const units = new Set(this.stored.values());
    if (units.has(maker)) return true;
    const { decl } = maker;
    return decl.kind === 'FuncDecl' && mentionsOf(this.analysis, maker, decl).some((m) => m.call && units.has(m.unit));
  }

  /** The one removal after which nobody can end what the entry has started. */
  dropped(removals: readonly Removal[]): DroppedEntry | undefined {
    const released = this.releasedElsewhere();
    if (!released || !this.isEndedByThese() || (this.isGiven && !this.isHidden())) return undefined;
    const releasing = new Set(this.contents.uses.flatMap((u) => (u.effect === 'neutral' ? [] : [u.unit.decl])));
    const [only, ...others] = removals.filter(({ unit }) => !releasing.has(unit.decl));
    if (!only || others.length > 0) return undefined;
    const { unit, call } = only;
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || enclosingFunc(this.analysis.parents(unit), call) !== decl) return undefined;
    if (this.isToldOfEntry(unit, decl) || !this.isOnlyLookedAt(unit)) return undefined;
    return { removal: { unit, call, decl }, value: this.valueAt(only), released };
  }

  /** Where values are ended that are taken out; undefined where one may be ended and stay, or go to somebody who may end it. */
  private releasedElsewhere(): Spot | undefined {
    let released: Spot | undefined;
    for (const { unit, node, effect } of this.contents.uses) {
      const { decl } = unit;
      if (effect === 'handoff') return undefined;
      if (effect === 'returned') {
        if (isCalledHere(this.analysis, unit)) return undefined;
        this.isGiven = true;
      }
      if (effect !== 'release') continue;
      if (decl.kind !== 'FuncDecl') return undefined;
      if (this.contents.changedIn.has(decl)) released ??= { unit, node };
      // With the end of the owner nothing is taken out any more.
      else if (!isEndName(decl.name.name) || decl.type.params.length > 0) return undefined;
    }
    return released;
  }

  /** True when the field is used to end a value only where that has come from the map, or has not gone there yet. */
  private isEndedByThese(): boolean {
    const { owner, spec } = this.field;
    const [maker] = this.stored.values();
    const mentions = maker && fieldMentionsOf(this.analysis, maker, owner, spec.via);
    return (
      mentions?.every(({ unit, node, initial }) => {
        if (unit.file.isTest || initial !== undefined || node.kind !== 'SelectorExpr') return true;
        const user = this.analysis.parents(unit).get(node);
        const isEnd =
          user?.kind === 'CallExpr' || (user?.kind === 'SendStmt' && user.chan === node) || user?.kind === 'DeferStmt';
        return !isEnd || this.isEntry(unit, node.x, 0);
      }) ?? false
    );
  }

  /** True for an expression for a value from the map, or for the receiver of a method that is called with such values only. */
  private isEntry(unit: DeclUnit, expr: Expr, depth: number): boolean {
    const x = unparen(expr);
    if (x.kind === 'IndexExpr') return this.contents.uses.some((u) => u.unit === unit && u.node === x);
    if (x.kind !== 'Ident' || !x.obj) return false;
    const { obj } = x;
    if (this.stored.has(obj) || this.contents.aliases.some(({ object }) => object === obj)) return true;
    const { decl } = unit;
    if (obj.role !== 'recv' || decl.kind !== 'FuncDecl' || depth > MAX_DEPTH) return false;
    if (isExported(decl.name.name) && unit.pkg.name !== 'main') return false;
    return mentionsOf(this.analysis, unit, decl).every(({ unit: at, call }) => {
      if (at.file.isTest) return true;
      return call?.fun.kind === 'SelectorExpr' && this.isEntry(at, call.fun.x, depth + 1);
    });
  }

  /** True for a type of which other packages can call no method that ends what a value has started. */
  private isHidden(): boolean {
    const { analysis } = this;
    const { owner, spec } = this.field;
    const [maker] = this.stored.values();
    if (!maker) return false;
    if (maker.pkg.name === 'main') return true;
    return [...maker.pkg.methods(owner.name)].every(([name, member]) => {
      if (!isExported(name)) return true;
      const unit = maker.pkg.unit(member);
      const { decl } = unit;
      return (
        !unit.hasError && decl.kind === 'FuncDecl' && analysis.summaries.receiver({ unit, decl }, spec) === 'neutral'
      );
    });
  }

  /** True for a function that gets the entry from its caller, or whose caller has to do with the map: what has started may have been ended there. */
  private isToldOfEntry(unit: DeclUnit, decl: FuncDecl): boolean {
    const { analysis } = this;
    const { owner } = this.field;
    const fields = [...flattenFields(decl.type.params), ...(decl.recv ? [decl.recv] : [])];
    if (fields.some(({ type }) => isOwner(analysis.types.resolve(unit, type), owner))) return true;
    return mentionsOf(analysis, unit, decl).some(({ unit: by, call }) => {
      if (by.file.isTest || by.decl === decl) return false;
      if (!call) return true;
      if (this.contents.changedIn.has(by.decl) || this.contents.uses.some((u) => u.unit === by)) return true;
      const around = by.decl.kind === 'FuncDecl' ? by.decl : undefined;
      return around?.recv !== undefined && isOwner(analysis.types.resolve(by, around.recv.type), owner);
    });
  }

  /** True for a function that only reads of its entries what does not tell whether they have ended. */
  private isOnlyLookedAt(unit: DeclUnit): boolean {
    return (
      this.contents.uses.every(
        (u) => u.unit !== unit || (u.effect === 'neutral' && isPlainLook(this.analysis, unit, u.node)),
      ) && this.contents.aliases.every((a) => a.unit !== unit || !a.object || a.object.writes.length === 0)
    );
  }

  /** `for id, s := range m { delete(m, id) }`, and `s := m[id]` before `delete(m, id)`. */
  private valueAt({ unit, call }: Removal): LocalObject | undefined {
    const [map, key] = call.args;
    if (!map || !key) return undefined;
    const text = unit.text(key);
    return this.contents.aliases.find(({ unit: at, object, from }) => {
      if (at !== unit || !object || object.decl.start > call.start) return false;
      const { declNode } = object;
      if (declNode.kind === 'RangeStmt')
        return declNode.key?.kind === 'Ident' && unparen(key).kind === 'Ident' && declNode.key.name === text;
      return from.kind === 'IndexExpr' && from.indices[0] !== undefined && unit.text(from.indices[0]) === text;
    })?.object;
  }
}

function isEmptyMap(expr: Expr | 'zero'): boolean {
  if (expr === 'zero' || isNil(expr)) return true;
  const x = unparen(expr);
  if (x.kind === 'CompositeLit') return x.elts.length === 0;
  const call = asCall(x);
  return call?.fun.kind === 'Ident' && call.fun.name === 'make';
}

/** True for a function whose result code of the package takes. */
function isCalledHere(analysis: Analysis, unit: DeclUnit): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || !isExported(decl.name.name) || unit.pkg.name === 'main') return true;
  return mentionsOf(analysis, unit, decl).some((m) => !m.unit.file.isTest);
}
