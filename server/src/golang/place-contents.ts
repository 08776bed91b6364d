/** What a package does with the values that a field, a package variable, or a map in one has held one after the other. */
import type { Decl, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { ownMentions } from './own-mentions.ts';
import type { Place } from './place-stores.ts';
import type { DeclUnit } from './unit.ts';
import { elementEffect, type ReleaseSpec, useEffect, type UseEffect } from './uses.ts';
import { isNil } from './walk.ts';

/** A mention of what the place holds, by the place itself or by a variable that has taken it from there. */
export interface ContentUse {
  unit: DeclUnit;
  node: Node;
  effect: Exclude<UseEffect, 'overwrite'> | 'returned';
  /** The expression for the place, or for a place beside it in the same map, that the value has come from. */
  from: Node;
}

/** A local variable that has taken what the place holds. */
export interface Alias {
  unit: DeclUnit;
  /** Absent where it is only asked whether the map has it: `_, ok := m[k]`. */
  object?: LocalObject;
  from: Node;
  /** The variable that tells whether the map had it. */
  ok?: LocalObject;
}

export interface Contents {
  uses: ContentUse[];
  aliases: Alias[];
  /** Declarations that take something out of the place, or put another thing into it. */
  changedIn: Set<Decl>;
}

/** Functions that look at nothing but the keys of a map. */
const KEYS = /^(?:golang\.org\/x\/exp\/)?maps\.Keys$/;

/** Variables that hold the whole map, one after the other. */
const MAX_COPIES = 2;

/** All that happens to what the place holds, tests left out; undefined where that cannot be told. */
export function contentsOf(
  analysis: Analysis,
  unit: DeclUnit,
  { container, key }: Place,
  spec: ReleaseSpec,
): Contents | undefined {
  const mentions = ownMentions(analysis, unit, container);
  if (!mentions) return undefined;
  const look = new Look(analysis, spec, key !== undefined);
  for (const { unit: at, node, initial } of mentions)
    if (!at.file.isTest && initial === undefined && !look.container(at, node, 0)) return undefined;
  return look.found;
}

class Look {
  readonly found: Contents = { uses: [], aliases: [], changedIn: new Set() };

  constructor(
    private readonly analysis: Analysis,
    private readonly spec: ReleaseSpec,
    private readonly isIndexed: boolean,
  ) {}

  /** A mention of the field or variable. */
  container(unit: DeclUnit, node: Node, depth: number): boolean {
    if (!this.isIndexed) return this.element(unit, node);
    const parent = this.analysis.parents(unit).get(node);
    switch (parent?.kind) {
      case 'IndexExpr':
        return parent.x === node && this.element(unit, parent);
      case 'RangeStmt':
        return parent.x === node && this.ranged(unit, parent.value, parent.define, node);
      case 'BinaryExpr':
        return isNil(parent.x) || isNil(parent.y);
      case 'CallExpr': {
        const { kind, name } = this.analysis.callee(unit, parent);
        // `slices.Sorted(maps.Keys(m))` hands out no value.
        if (KEYS.test(name)) return true;
        if (kind !== 'builtin' || parent.args[0] !== node) return false;
        if (name === 'delete' || name === 'clear') this.found.changedIn.add(unit.decl);
        return /^(?:delete|clear|len)$/.test(name);
      }
      case 'AssignStmt': {
        if (parent.lhs.some((l) => l === node)) {
          this.found.changedIn.add(unit.decl);
          return true;
        }
        const to = parent.lhs[parent.rhs.findIndex((r) => r === node)];
        const object = to?.kind === 'Ident' ? to.obj : undefined;
        if (!object || object.role !== 'local' || depth >= MAX_COPIES) return false;
        return object.uses.every((use) => object.writes.includes(use) || this.container(unit, use, depth + 1));
      }
      default:
        return false;
    }
  }

  private ranged(unit: DeclUnit, value: Expr | undefined, isDefined: boolean, from: Node): boolean {
    if (!value || (value.kind === 'Ident' && value.name === '_')) return true;
    return isDefined && value.kind === 'Ident' && value.obj !== undefined && this.alias(unit, value.obj, from);
  }

  /** An expression for what is in the place. */
  private element(unit: DeclUnit, node: Node): boolean {
    const parent = this.analysis.parents(unit).get(node);
    if (parent?.kind === 'AssignStmt' && parent.lhs.some((l) => l === node)) {
      this.found.changedIn.add(unit.decl);
      return true;
    }
    if (parent?.kind === 'AssignStmt' || parent?.kind === 'ValueSpec') {
      const [targets, values] =
        parent.kind === 'AssignStmt' ? [parent.lhs, parent.rhs] : [parent.names as readonly Expr[], parent.values];
      const to = targets[values.findIndex((r) => r === node)];
      if (to?.kind !== 'Ident') return false;
      const flag = targets.length > values.length ? targets[1] : undefined;
      const ok = flag?.kind === 'Ident' ? flag.obj : undefined;
      if (to.name === '_') {
        this.found.aliases.push({ unit, from: node, ...(ok && { ok }) });
        return true;
      }
      return to.obj?.role === 'local' && this.alias(unit, to.obj, node, ok);
    }
    const effect = parent?.kind === 'ReturnStmt' ? 'returned' : this.effect(unit, node);
    if (effect !== 'overwrite') this.found.uses.push({ unit, node, effect, from: node });
    return true;
  }

  private effect(unit: DeclUnit, node: Node): UseEffect {
    const parents = this.analysis.parents(unit);
    const selector = parents.get(node);
    const call = selector && parents.get(selector);
    if (call?.kind === 'CallExpr' && call.fun === selector) {
      const { visible } = this.analysis.callee(unit, call);
      if (visible && parents.get(call)?.kind === 'GoStmt') return 'handoff';
      if (visible) return this.analysis.summaries.receiver(visible, this.spec);
    }
    return elementEffect(this.analysis, unit, node, this.spec);
  }

  private alias(unit: DeclUnit, object: LocalObject, from: Node, ok?: LocalObject): boolean {
    if (object.addressTaken) return false;
    this.found.aliases.push({ unit, object, from, ...(ok && { ok }) });
    for (const use of object.uses) {
      const effect = this.isReturned(unit, use)
        ? 'returned'
        : useEffect(this.analysis, unit, use, object, this.spec, undefined);
      if (effect !== 'overwrite') this.found.uses.push({ unit, node: use, effect, from });
    }
    return true;
  }

  private isReturned(unit: DeclUnit, use: Ident): boolean {
    return this.analysis.parents(unit).get(use)?.kind === 'ReturnStmt';
  }
}
