/**
 * Values of the concurrency model. The model runs Go code on values that are concrete where the code says what they are,
 * and symbols where it does not (symbolic execution, J. King 1976).
 */
import type { DeclUnit } from '../../golang/unit.ts';
import type { Type } from '../../golang/types.ts';
import type { Code } from './instructions.ts';

/** `null` is nil. Strings, numbers and booleans stand for constants of Go's basic types. */
export type Value = null | number | string | boolean | Ref | Sym | Func | Cancel | Tuple;

/** A pointer to, or the identity of, an object in the heap of a state. */
export class Ref {
  constructor(readonly id: number) {}
}

/** A value that is not known. Equal symbols of one state are equal values; `negated` applies to booleans. */
export class Sym {
  /** Operations in its expression, each as often as it is there. */
  readonly weight: number;

  constructor(
    readonly id: number,
    readonly negated = false,
    /** The operation it is the result of. */
    readonly expression?: { op: string; x: Value; y: Value },
    /** A length, or a number that somebody else chose: any of them will do. */
    readonly isSize = false,
  ) {
    this.weight = expression ? 1 + weightOf(expression.x) + weightOf(expression.y) : 0;
  }
}

/** Operations in the expression of a value. */
export function weightOf(v: Value): number {
  return v instanceof Sym ? v.weight : 0;
}

/** A function value: code with what it captured. */
export class Func {
  constructor(
    readonly code: Code,
    /** Values of the captured variables in the order of `code.captures`; a receiver that is bound comes as `recv`. */
    readonly env: readonly Value[],
    readonly recv?: Value,
    /** The named type, when it has methods. */
    readonly type?: Type,
  ) {}
}

/** The function that `context.WithCancel` and its kin return. */
export class Cancel {
  constructor(readonly context: number) {}
}

/** Results of a call that yields several. */
export class Tuple {
  constructor(readonly values: readonly Value[]) {}
}

interface Base {
  /** The state that may change this object in place; every other state copies it first. */
  stamp: number;
  /** Code that is not seen may use it: nothing blocks on it for ever. */
  open: boolean;
  /** Where it was made; undefined for what existed before. */
  site?: Site;
  /** The goroutine that made it: of channels and wait groups. */
  madeBy?: number;
}

/** A place in the program. */
export interface Site {
  unit: DeclUnit;
  node: { start: number; end: number };
}

export interface CellObject extends Base {
  t: 'cell';
  value: Value;
  /** The named type of what it holds, when that has methods. */
  type?: Type;
  /** It stands for a field of a struct, which has the value. */
  field?: { of: number; name: string; type: Type };
}
export interface StructObject extends Base {
  t: 'struct';
  /** Fields that are not exported are not known to those who have it when it is open: only the package uses them. */
  sealed?: boolean;
  /** A client has given it back or left it: nobody calls its methods. */
  isOver?: boolean;
  /** A client has filled it in as it likes. */
  given?: boolean;
  /** Stands for what the fields hold that nobody has looked at yet: copies of the struct have the same in them. */
  unread?: Sym;
  type: Type;
  fields: ReadonlyMap<string, Value>;
}
export interface ChanObject extends Base {
  t: 'chan';
  /** Undefined: not known, so that nobody can be said to wait for room. */
  capacity: number | undefined;
  /** The capacity is one that was tried for a number which is not known. */
  isGuessed?: true;
  /** It has less room than was written. */
  isShrunk?: true;
  buffer: readonly Value[];
  closed: boolean;
  /** A timer may send at any time: once, or again and again; `stopped` when it never will. */
  timer?: 'once' | 'ticker' | 'stopped';
  /** When it sends next, in nanoseconds of the model's clock; how long a ticker waits each time, and how often it has sent. */
  due?: number;
  period?: number;
  ticks?: number;
  /** Belongs to a context. */
  context?: number;
  /** The goroutine that gave it to code that is not seen. */
  givenBy?: number;
  /** The named type, when it has methods. */
  type?: Type;
}
export interface MutexObject extends Base {
  t: 'mutex';
  rw: boolean;
  /** Goroutine that holds it for writing, and where it took it. */
  writer?: number;
  readers: readonly number[];
  /** Goroutine that has announced that it wants to write: new readers wait. */
  waiting?: number;
  /** Where those who hold it took it, in that order. */
  holds: readonly { by: number; site: Site }[];
}
export interface WaitGroupObject extends Base {
  t: 'waitgroup';
  /** Undefined: not known. */
  count: number | undefined;
}
export interface CondObject extends Base {
  t: 'cond';
  locker: Value;
  /** Goroutines that wait and have not been woken. */
  waiters: readonly number[];
  /** Its lock is held for reading. */
  reads?: boolean;
}
export interface OnceObject extends Base {
  t: 'once';
  state: 'new' | 'running' | 'done';
  runner?: number;
}
export interface ContextObject extends Base {
  t: 'context';
  /** Its `Done` channel; undefined for a context that is never cancelled. */
  done?: number;
  /** A deadline, or an ancestor that is not seen, may cancel it at any time. */
  mayFire: boolean;
  /** Of one that only adds a value: the context it ends with. */
  base?: number;
  /** What `Value` returns, by key; absent where somebody who is not seen may have put something in. */
  values?: ReadonlyMap<string, Value>;
  /** What `Err` says once it has ended, as far as that is known, and what it was cancelled for. */
  error?: 'Canceled' | 'DeadlineExceeded';
  cause?: Value;
  /** It has a deadline of its own. */
  deadline?: boolean;
  /** When its deadline is, in nanoseconds of the model's clock. */
  due?: number;
  children: readonly number[];
}
export interface GroupObject extends Base {
  t: 'group';
  active: number;
  limit?: number;
  context?: number;
}
export interface AtomicObject extends Base {
  t: 'atomic';
  value: Value;
}
export interface SliceObject extends Base {
  t: 'slice';
  /** Known elements. */
  elems: readonly Value[];
  /** Set when the length is not known: its symbol. Elements are then unknown, too. */
  length?: Sym;
  /** The named type, which may have methods. */
  type?: Type;
  back?: BackField;
  /** A client has filled it as it likes. */
  given?: boolean;
}
/** The field by which elements lead back to the struct that holds them. */
export interface BackField {
  field: string;
  to: number;
}
export interface MapObject extends Base {
  t: 'map';
  back?: BackField;
  entries: ReadonlyMap<string, readonly [Value, Value]>;
  /** Has entries that are not known. */
  partial: boolean;
  /** A client has filled it as it likes. */
  given?: boolean;
  type?: Type;
}

export type HeapObject =
  | CellObject
  | StructObject
  | ChanObject
  | MutexObject
  | WaitGroupObject
  | CondObject
  | OnceObject
  | ContextObject
  | GroupObject
  | AtomicObject
  | SliceObject
  | MapObject;

/** The object of one kind. */
export type ObjectOf<T extends HeapObject['t']> = Extract<HeapObject, { t: T }>;

/** Adds the values that an object leads to directly. */
export function pushSuccessors(o: HeapObject, into: Value[]): void {
  switch (o.t) {
    case 'cell':
      if (o.field) into.push(new Ref(o.field.of));
      into.push(o.value);
      break;
    case 'atomic':
      into.push(o.value);
      break;
    case 'struct':
      for (const v of o.fields.values()) into.push(v);
      break;
    case 'chan':
      for (const v of o.buffer) into.push(v);
      if (o.context !== undefined) into.push(new Ref(o.context));
      break;
    case 'cond':
      into.push(o.locker);
      break;
    case 'context':
      if (o.done !== undefined) into.push(new Ref(o.done));
      for (const c of o.children) into.push(new Ref(c));
      if (o.base !== undefined) into.push(new Ref(o.base));
      if (o.cause !== undefined) into.push(o.cause);
      for (const v of o.values?.values() ?? []) into.push(v);
      break;
    case 'group':
      if (o.context !== undefined) into.push(new Ref(o.context));
      break;
    case 'slice':
      for (const v of o.elems) into.push(v);
      if (o.back) into.push(new Ref(o.back.to));
      break;
    case 'map':
      for (const [k, v] of o.entries.values()) into.push(k, v);
      if (o.back) into.push(new Ref(o.back.to));
      break;
    default:
  }
}

/** Where a goroutine took a lock that it holds: the last time when it holds it more than once. */
export function takenBy({ holds }: MutexObject, goroutine: number): Site | undefined {
  return holds.findLast((h) => h.by === goroutine)?.site;
}

/** Number of the object that a value refers to. */
export function refId(v: Value | undefined): number | undefined {
  return v instanceof Ref ? v.id : undefined;
}
