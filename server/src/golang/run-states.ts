/** What is known on a way through a function that is tried with small numbers for the fields of its receiver. */
import type { CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import { spend } from './effort.ts';
import { type Frame, MAX_VALUE, type Method, type Value, type Values } from './small-values.ts';
import type { DeclUnit } from './unit.ts';
import { find, forEachChild } from './walk.ts';

/** A call, and where it stands. */
export interface CallSite {
  unit: DeclUnit;
  call: CallExpr;
}

/** One way through a function, as far as the next time at which it takes the lock anew: until then nobody comes between. */
export interface Run {
  values: Values;
  signals: readonly CallSite[];
  broadcasts: boolean;
  /** Where it goes to sleep, if it does. */
  sleeps?: CallSite;
  /** Where it goes on with the lock taken anew, if it does: who has called whom, the outermost first. */
  rest?: readonly Place[];
}

/** Where a method is: at the call that takes the lock, or in a call. */
export interface Place {
  method: Method;
  node: Node;
  /** What it has deferred. */
  deferred: readonly CallExpr[];
}

/** How it is on a way through a method. */
export interface State extends Run {
  /** The lock that has been taken, without the receiver: `mu`. */
  lock?: string;
  /** It goes to sleep, or would take the lock anew. */
  isOver: boolean;
  locals: ReadonlyMap<LocalObject, number | 'opaque'>;
  deferred: readonly CallExpr[];
  /** What the method that has been called last gives. */
  results?: readonly Value[];
  /** What has been assumed of conditions on other things, by their text. */
  assumed: ReadonlyMap<string, boolean>;
  /** What is known of the keys that callers give: in no map so far, or perhaps in one. */
  keys?: 'new' | 'old';
}

/** What is not known yet when a function begins. */
export const NOTHING_LOCAL: Pick<State, 'locals' | 'deferred' | 'assumed'> = {
  locals: new Map(),
  deferred: [],
  assumed: new Map(),
};

/** The state in which a condition on other things has a value; undefined where it has been assumed to have another one. */
export function assuming(state: State, unit: DeclUnit, cond: Expr, holds: boolean): State | undefined {
  if (find(cond, (n) => n.kind === 'CallExpr' || (n.kind === 'UnaryExpr' && n.op === '<-'))) return state;
  const key = unit.text(cond);
  const before = state.assumed.get(key);
  if (before !== undefined) return before === holds ? state : undefined;
  return { ...state, assumed: new Map(state.assumed).set(key, holds) };
}

/** The beginning of a way. */
export function startWith(values: Values): State {
  return { values, signals: [], broadcasts: false, isOver: false, ...NOTHING_LOCAL };
}

/** Where a method has its fields, and what is known of its variables. */
export function frameOf({ unit, receiver }: Method, { locals }: State): Frame {
  return { unit, receiver, locals };
}

/** The state with another value; none where that is too great to be tried, or less than nothing. */
export function withValue(state: State, field: string, value: number | undefined): State[] {
  if (value !== undefined && (value < 0 || value > MAX_VALUE)) return [];
  return [{ ...state, values: new Map(state.values).set(field, value) }];
}

/** The state with another value of a local variable. */
export function withLocal(state: State, object: LocalObject, value: number | 'opaque' | 'free'): State {
  const locals = new Map(state.locals);
  if (value === 'free') locals.delete(object);
  else locals.set(object, value);
  return { ...state, locals };
}

/** Calls in the order in which they are made, literals not entered. */
export function callsIn(node: Node): CallExpr[] {
  const found: CallExpr[] = [];
  const visit = (n: Node): void => {
    spend();
    if (n.kind === 'FuncLit') return;
    forEachChild(n, visit);
    if (n.kind === 'CallExpr') found.push(n);
  };
  visit(node);
  return found;
}
