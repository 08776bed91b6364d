/** Where a function that is used as a value is called: by way of variables, fields, tables, channels and parameters of the package. */
import type { CallExpr, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { spend } from './effort.ts';
import { fieldMentionsOf, ownMentions } from './own-mentions.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields, unparen } from './walk.ts';

/** A call by way of a value. */
export interface ValueCall {
  unit: DeclUnit;
  call: CallExpr;
}

/** Variables, fields and parameters that are followed. */
const MAX_PLACES = 20;

/**
 * The calls of a function value: `run` of `table = map[int]func(){1: run}` is called by `table[k]()`.
 * @returns undefined where code out of sight may call it
 */
export function callsOfValue(analysis: Analysis, unit: DeclUnit, value: Node): ValueCall[] | undefined {
  const flow = new Flow(analysis);
  return flow.follow(unit, value, 0) ? flow.calls : undefined;
}

class Flow {
  readonly calls: ValueCall[] = [];
  private readonly seen = new Set<unknown>();

  constructor(private readonly analysis: Analysis) {}

  /**
   * Follows what becomes of a value; false when it gets out of sight.
   * @param depth of tables and channels around the function: 1 for a map of functions
   */
  follow(unit: DeclUnit, value: Node, depth: number): boolean {
    spend();
    const parents = this.analysis.parents(unit);
    const p = parents.get(value);
    switch (p?.kind) {
      case 'ParenExpr':
        return this.follow(unit, p, depth);
      case 'CallExpr':
        return unparen(p.fun) === unparen(value as Expr)
          ? this.called(unit, p, depth)
          : this.passed(unit, p, value, depth);
      case 'IndexExpr':
        return p.x !== value || (depth > 0 && this.follow(unit, p, depth - 1));
      case 'KeyValueExpr':
        return p.value === value && this.element(unit, p, value, depth);
      case 'CompositeLit':
        return this.element(unit, value, value, depth);
      case 'SendStmt':
        return p.chan === value || this.stored(unit, p.chan, depth + 1);
      case 'UnaryExpr':
        return p.op === '<-' && depth > 0 && this.follow(unit, p, depth - 1);
      case 'RangeStmt': {
        const isChannel = this.analysis.types.underlying(this.analysis.typeOf(unit, p.x)).kind === 'chan';
        const target = isChannel ? p.key : p.value;
        const element = target && unparen(target);
        if (p.x !== value) return false;
        return !element || (depth > 0 && this.stored(unit, element, depth - 1));
      }
      case 'AssignStmt': {
        // What was there before is not touched by what comes after.
        if (p.lhs.some((l) => l === value)) return true;
        const target =
          p.lhs.length === p.rhs.length
            ? p.lhs[p.rhs.indexOf(value as Expr)]
            : p.rhs.length === 1
              ? p.lhs[0]
              : undefined;
        return target !== undefined && this.stored(unit, target, depth);
      }
      case 'ValueSpec': {
        if (p.names.some((n) => n === value)) return true;
        const target = p.names[p.values.indexOf(value as Expr)];
        return target !== undefined && this.stored(unit, target, depth);
      }
      case 'BinaryExpr':
        return p.op === '==' || p.op === '!=';
      default:
        return false;
    }
  }

  private called(unit: DeclUnit, call: CallExpr, depth: number): boolean {
    if (depth > 0) return false;
    if (!this.calls.some((c) => c.call === call)) this.calls.push({ unit, call });
    return true;
  }

  /** An argument is what the parameter is. */
  private passed(unit: DeclUnit, call: CallExpr, value: Node, depth: number): boolean {
    const c = this.analysis.callee(unit, call);
    if (c.kind === 'builtin') return c.name === 'len' || c.name === 'cap' || c.name === 'close';
    const { visible } = c;
    const n = call.args.indexOf(value as Expr);
    const param = visible && n >= 0 ? flattenFields(visible.decl.type.params)[n] : undefined;
    if (!visible || visible.unit.hasError || !param?.name?.obj || param.variadic) return false;
    return this.variable(visible.unit, param.name.obj, depth);
  }

  /** What is part of a composite value is where that is; of a struct it is in the field. */
  private element(unit: DeclUnit, part: Node, value: Node, depth: number): boolean {
    const lit = this.analysis.parents(unit).get(part);
    const whole = part.kind === 'KeyValueExpr' ? lit : this.analysis.parents(unit).get(value);
    if (whole?.kind !== 'CompositeLit') return false;
    const type = this.analysis.typeOf(unit, whole);
    const underlying = this.analysis.types.underlying(type);
    if (['map', 'slice', 'array'].includes(underlying.kind)) return this.follow(unit, whole, depth + 1);
    if (part.kind !== 'KeyValueExpr' || part.key.kind !== 'Ident' || type.kind !== 'named') return false;
    return this.mentions(
      `${type.name}.${part.key.name}`,
      fieldMentionsOf(this.analysis, unit, type, part.key.name),
      depth,
    );
  }

  private stored(unit: DeclUnit, target: Expr, depth: number): boolean {
    const x = unparen(target);
    if (x.kind === 'Ident' && x.name === '_') return true;
    // An element of a table.
    if (x.kind === 'IndexExpr') return this.stored(unit, x.x, depth + 1);
    if (x.kind === 'Ident' && x.obj) return this.variable(unit, x.obj, depth);
    if (x.kind !== 'Ident' && x.kind !== 'SelectorExpr') return false;
    return this.mentions(unit.text(x), ownMentions(this.analysis, unit, x), depth);
  }

  private variable(unit: DeclUnit, object: LocalObject, depth: number): boolean {
    if (object.addressTaken || object.role === 'result') return false;
    return this.places(
      object,
      object.uses.map((node) => ({ unit, node })),
      depth,
    );
  }

  private mentions(key: string, found: ReturnType<typeof ownMentions>, depth: number): boolean {
    return found !== undefined && this.places(key, found, depth);
  }

  private places(key: unknown, found: readonly { unit: DeclUnit; node: Node }[], depth: number): boolean {
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    if (this.seen.size > MAX_PLACES) return false;
    return found.every(({ unit, node }) => isKey(this.analysis, unit, node) || this.follow(unit, node, depth));
  }
}

/** True for the name of a field in a composite literal, where the field gets its value. */
function isKey(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const p = analysis.parents(unit).get(node as Ident);
  return p?.kind === 'KeyValueExpr' && p.key === node;
}
