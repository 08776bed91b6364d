/** Small numbers for fields of a value: what expressions over them give, and what assignments make of them. */
import type { BasicLit, BinaryExpr, CallExpr, Expr, FuncDecl, Ident, LocalObject, SliceExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { lengthAsked } from './heap-calls.ts';
import { arithmetic } from './operators.ts';
import type { Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { find, isNil, pathText, unparen, walk } from './walk.ts';

/** What is kept of a field: a number, a flag, how many elements there are, or whether there is something. */
export type Sort = 'number' | 'flag' | 'length' | 'reference';

/** The value of a field, or of a limit that never changes. `undefined` where it is not known. */
export type Values = ReadonlyMap<string, number | undefined>;

/** A value; `free` for one that has nothing to do with the fields, `opaque` for one that may have. */
export type Value = number | 'free' | 'opaque';

/** Where an expression stands: who has the fields, and what is known of local variables. */
export interface Frame {
  unit: DeclUnit;
  receiver: string;
  locals: ReadonlyMap<LocalObject, number | 'opaque'>;
}

/** Numbers greater than that are never tried. */
export const MAX_VALUE = 4;

/** What is kept of values of a type; undefined for types of which nothing is. */
export function sortOf(analysis: Analysis, type: Type): Sort | undefined {
  const t = analysis.types.underlying(type);
  switch (t.kind) {
    case 'basic':
      if (t.name === 'bool') return 'flag';
      if (t.name === 'string') return 'length';
      return /^u?int(?:8|16|32|64|ptr)?$/.test(t.name) ? 'number' : undefined;
    case 'slice':
    case 'map':
      return 'length';
    case 'pointer':
    case 'interface':
    case 'func':
      return 'reference';
    default:
      return undefined;
  }
}

/** Limits that are not fields: constants of the package, and numbers too great to be tried, as in `len(q.items) >= 100`. */
export function limitsIn(analysis: Analysis, unit: DeclUnit, condition: Expr): string[] {
  const found: string[] = [];
  walk(condition, (n) => {
    if (n.kind === 'SelectorExpr') return false;
    if (n.kind === 'BasicLit' && isGreat(n)) found.push(limit(n.value));
    if (n.kind !== 'Ident' || n.obj) return undefined;
    const denotes = analysis.types.denotes(unit, n);
    if (denotes?.kind === 'member' && denotes.member.declaration.tok === 'const') found.push(limit(n.name));
    return undefined;
  });
  return found;
}

function isGreat({ lit, value }: BasicLit): boolean {
  return lit === 'int' && Number(value) > MAX_VALUE;
}

/** No field has such a name. */
function limit(name: string): string {
  return `#${name}`;
}

/** Methods that an expression asks. */
const MAX_DEPTH = 2;

/** What a method of the same value gives that does nothing but say something of its fields: `q.isFull()`. */
export function saidBy(
  analysis: Analysis,
  { unit, receiver }: Pick<Frame, 'unit' | 'receiver'>,
  call: CallExpr,
): { method: Method; result: Expr } | undefined {
  const { visible, recv } = analysis.callee(unit, call);
  if (!visible || !recv || pathText(recv) !== receiver || call.args.length > 0) return undefined;
  const method = methodOf(visible.unit);
  const [only, ...others] = visible.decl.body?.stmts ?? [];
  const [result, ...more] = only?.kind === 'ReturnStmt' ? only.results : [];
  return method && result && others.length + more.length === 0 ? { method, result } : undefined;
}

/** A method with a body, and the name of its receiver. */
export interface Method {
  unit: DeclUnit;
  decl: FuncDecl;
  receiver: string;
}

/** The method that a unit is. */
export function methodOf(unit: DeclUnit): Method | undefined {
  const { decl } = unit;
  const receiver = decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.name : undefined;
  return decl.kind === 'FuncDecl' && decl.body && receiver !== undefined ? { unit, decl, receiver } : undefined;
}

/** Values of expressions, of fields that have a sort. */
export class Evaluator {
  constructor(
    private readonly analysis: Analysis,
    private readonly sorts: ReadonlyMap<string, Sort>,
  ) {}

  /** The tracked field that an expression names. */
  field(expr: Expr, { receiver }: Frame): string | undefined {
    const x = unparen(expr);
    if (x.kind !== 'SelectorExpr' || x.x.kind !== 'Ident' || x.x.name !== receiver || x.x.obj?.role !== 'recv')
      return undefined;
    return this.sorts.has(x.sel.name) ? x.sel.name : undefined;
  }

  value(expr: Expr, values: Values, frame: Frame, depth = 0): Value {
    const x = unparen(expr);
    switch (x.kind) {
      case 'BasicLit':
        if (x.lit !== 'int') return 'free';
        return isGreat(x) ? (values.get(limit(x.value)) ?? 'free') : Number(x.value);
      case 'Ident':
        return this.named(x, values, frame);
      case 'SelectorExpr': {
        const field = this.field(x, frame);
        const sort = field === undefined ? undefined : this.sorts.get(field);
        if (field === undefined || (sort !== 'number' && sort !== 'flag')) return this.unknown(x, frame);
        return values.get(field) ?? 'opaque';
      }
      case 'UnaryExpr': {
        const of = this.value(x.x, values, frame, depth);
        if (typeof of !== 'number') return of === 'free' && x.op !== '<-' ? 'free' : this.unknown(x, frame);
        return x.op === '!' ? 1 - of : x.op === '-' ? -of : 'opaque';
      }
      case 'BinaryExpr':
        return this.binary(x, values, frame, depth);
      case 'CallExpr':
        return this.call(x, values, frame, depth);
      default:
        return this.unknown(x, frame);
    }
  }

  /** How many elements an assigned value has, or what it is. */
  assigned(target: string, value: Expr, values: Values, frame: Frame): number | undefined {
    const x = unparen(value);
    switch (this.sorts.get(target)) {
      case 'length':
        return this.length(x, values, frame);
      case 'reference': {
        if (isNil(x)) return 0;
        const isNew = (x.kind === 'UnaryExpr' && x.op === '&') || x.kind === 'CompositeLit' || x.kind === 'FuncLit';
        return isNew ? 1 : undefined;
      }
      default: {
        const v = this.value(x, values, frame);
        return typeof v === 'number' ? v : undefined;
      }
    }
  }

  /** The value after `x += 2`. */
  changed(op: string, operand: Expr, before: number | undefined, values: Values, frame: Frame): number | undefined {
    const by = this.value(operand, values, frame);
    if (typeof by !== 'number' || before === undefined) return undefined;
    return op === '+=' ? before + by : op === '-=' ? before - by : undefined;
  }

  private length(x: Expr, values: Values, frame: Frame): number | undefined {
    if (isNil(x)) return 0;
    const field = this.field(x, frame);
    if (field !== undefined) return this.sorts.get(field) === 'length' ? values.get(field) : undefined;
    if (x.kind === 'BasicLit') return x.value.length === 2 ? 0 : undefined;
    if (x.kind === 'CompositeLit') return x.elts.some((e) => e.kind === 'KeyValueExpr') ? undefined : x.elts.length;
    if (x.kind === 'SliceExpr') return this.slice(x, values, frame);
    if (x.kind !== 'CallExpr') return undefined;
    const { kind, name } = this.analysis.callee(frame.unit, x);
    const [first, ...rest] = x.args;
    if (kind !== 'builtin' || !first) return undefined;
    if (name === 'make') {
      const size = rest[0] && first.kind !== 'MapType' ? this.value(rest[0], values, frame) : 0;
      return typeof size === 'number' ? size : undefined;
    }
    const before = name === 'append' && !x.spread ? this.length(unparen(first), values, frame) : undefined;
    return before === undefined ? undefined : before + rest.length;
  }

  private slice({ x, low, high }: SliceExpr, values: Values, frame: Frame): number | undefined {
    const of = this.length(unparen(x), values, frame);
    const from = low ? this.value(low, values, frame) : 0;
    const to = high ? this.value(high, values, frame) : of;
    if (of === undefined || typeof from !== 'number' || typeof to !== 'number') return undefined;
    // More than there is may be within the capacity.
    return to <= of ? to - from : undefined;
  }

  private named(x: Ident, values: Values, frame: Frame): Value {
    if (x.obj) return x.name === frame.receiver ? 'opaque' : (frame.locals.get(x.obj) ?? 'free');
    if (x.name === 'true') return 1;
    return x.name === 'false' ? 0 : (values.get(limit(x.name)) ?? 'free');
  }

  private binary({ op, x, y }: BinaryExpr, values: Values, frame: Frame, depth: number): Value {
    if (op === '==' || op === '!=') {
      const of = isNil(y) ? this.field(x, frame) : undefined;
      if (of !== undefined) {
        const is = this.sorts.get(of) === 'reference' ? values.get(of) : undefined;
        return is === undefined ? 'opaque' : Number((is === 0) === (op === '=='));
      }
    }
    const [a, b] = [this.value(x, values, frame, depth), this.value(y, values, frame, depth)];
    if (op === '&&' && (a === 0 || b === 0)) return 0;
    if (op === '||' && (a === 1 || b === 1)) return 1;
    if (typeof a !== 'number' || typeof b !== 'number') return a === 'free' && b === 'free' ? 'free' : 'opaque';
    return calculated(op, a, b) ?? 'opaque';
  }

  private call(x: CallExpr, values: Values, frame: Frame, depth: number): Value {
    const { kind, name } = this.analysis.callee(frame.unit, x);
    const [arg] = x.args;
    if (kind === 'conversion' && arg) return this.value(arg, values, frame, depth);
    const measured =
      kind === 'builtin' ? (name === 'len' ? arg : undefined) : lengthAsked(this.analysis, frame.unit, x);
    if (measured) {
      const field = this.field(measured, frame);
      if (field === undefined) return this.unknown(measured, frame);
      return (this.sorts.get(field) === 'length' ? values.get(field) : undefined) ?? 'opaque';
    }
    const said = depth < MAX_DEPTH ? saidBy(this.analysis, frame, x) : undefined;
    if (said) return this.value(said.result, values, { ...said.method, locals: new Map() }, depth + 1);
    return this.unknown(x, frame);
  }

  /** Anything into which the value that has the fields goes, or what was taken from it, may tell of them. */
  private unknown(x: Expr, { receiver, locals }: Frame): Value {
    const tells = find(
      x,
      (n) => n.kind === 'Ident' && (n.name === receiver || (n.obj !== undefined && locals.has(n.obj))),
    );
    return tells ? 'opaque' : 'free';
  }
}

/** Truth is 1 or 0. */
function calculated(op: string, a: number, b: number): number | undefined {
  switch (op) {
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '&&':
      return Number(a === 1 && b === 1);
    case '||':
      return Number(a === 1 || b === 1);
    default:
      return arithmetic(op, a, b);
  }
}
