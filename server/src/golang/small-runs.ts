/** What a function makes of small numbers for the fields of its receiver, on each way through it, and whom it wakes. */
import type { AssignStmt, CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { type Block, type Edge, evaluated } from './cfg.ts';
import { spend } from './effort.ts';
import { nodesOfKind } from './node-index.ts';
import { Evaluator, type Frame, type Method, methodOf, type Sort, type Values } from './small-values.ts';
import { heapCall } from './heap-calls.ts';
import { lookedUp, startingKeys, usesGivenKey } from './keyed-lookups.ts';
import {
  assuming,
  callsIn,
  frameOf,
  NOTHING_LOCAL,
  type Place,
  type Run,
  startWith,
  type State,
  withLocal,
  withValue,
} from './run-states.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, contains, pathText, unparen } from './walk.ts';

/** Ways through one function that are followed, turns of a loop, and calls within calls. */
const MAX_WAYS = 400;
const MAX_TURNS = 2;
const MAX_DEPTH = 3;

const LOCK = /^sync\.\w+\.R?Lock$/;

export class Runner {
  private readonly evaluator: Evaluator;
  private readonly touching = new Map<DeclUnit, boolean>();
  private ways = 0;

  /** `cond` is the field with the condition variable. */
  constructor(
    private readonly analysis: Analysis,
    private readonly sorts: ReadonlyMap<string, Sort>,
    private readonly cond: string,
  ) {
    this.evaluator = new Evaluator(analysis, sorts);
  }

  /** Whether a condition holds; undefined where that is not known. */
  holds(condition: Expr, { unit, receiver }: Method, values: Values): boolean | undefined {
    const value = this.evaluator.value(condition, values, { unit, receiver, locals: new Map() });
    return typeof value === 'number' ? value === 1 : undefined;
  }

  /** The value of an expression that has nothing to do with a method: what a field starts with. */
  initial(field: string, value: Expr, unit: DeclUnit): number | undefined {
    return this.evaluator.assigned(field, value, new Map(), { unit, receiver: '', locals: new Map() });
  }

  /**
   * Ways through a method, as far as it is known what they make of the fields. Conditions on other things may hold or not.
   * @returns undefined where there are too many
   */
  runs(method: Method, values: Values): Run[] | undefined {
    this.ways = 0;
    const found = this.through(method, { ...startWith(values), keys: startingKeys(method) }, 0);
    return this.ways > MAX_WAYS ? undefined : found;
  }

  /** The same for the rest of a method, from where it takes the lock anew. */
  runsOn(rest: readonly Place[], values: Values): Run[] | undefined {
    this.ways = 0;
    const [innermost, ...others] = [...rest].reverse();
    let states = innermost
      ? this.through(innermost.method, { ...startWith(values), keys: 'old' }, others.length, innermost)
      : [];
    others.forEach((place, i) => {
      const depth = others.length - 1 - i;
      states = states.flatMap((s) => {
        if (!s.isOver) return this.through(place.method, s, depth, place, 1);
        return [s.rest ? { ...s, rest: [place, ...s.rest] } : s];
      });
    });
    return this.ways > MAX_WAYS ? undefined : states;
  }

  /** True for a function that names one of the fields or the condition variable, or calls one that does. */
  touches(unit: DeclUnit, depth = 0): boolean {
    const known = this.touching.get(unit);
    if (known !== undefined) return known;
    const names = (n: string): boolean => n === this.cond || this.sorts.has(n);
    const found =
      nodesOfKind(unit.decl, 'SelectorExpr').some((n) => names(n.sel.name)) ||
      (depth < MAX_DEPTH &&
        nodesOfKind(unit.decl, 'CallExpr').some((call) => {
          const { visible } = this.analysis.callee(unit, call);
          return visible !== undefined && visible.unit !== unit && this.touches(visible.unit, depth + 1);
        }));
    if (depth === 0 || found) this.touching.set(unit, found);
    return found;
  }

  /** From the start of a method or another place in it, or after that. */
  private through(method: Method, start: State, depth: number, from?: Place, after = 0): State[] {
    const { unit, decl } = method;
    const cfg = this.analysis.cfg(unit, decl);
    const done: State[] = [];
    const at = from && cfg.where.get(from.node);
    const { block, index } = at ? { block: at.block, index: at.index + after } : { block: cfg.entry, index: 0 };
    const state = {
      ...start,
      ...NOTHING_LOCAL,
      ...(from ? { locals: this.takenFrom(method), deferred: from.deferred } : {}),
    };
    const work: { block: Block; index: number; state: State; turns: ReadonlyMap<Block, number> }[] = [
      { block, index, state, turns: new Map() },
    ];
    for (let w = work.pop(); w && this.ways <= MAX_WAYS; w = work.pop()) {
      spend(4);
      if (w.block === cfg.exit) {
        this.ways++;
        done.push(...this.atEnd(method, w.state, depth));
        continue;
      }
      let states: State[] = [w.state];
      for (const node of w.block.nodes.slice(w.index))
        states = this.each(states, (s) =>
          this.step(method, node, s, depth).map((t) =>
            t.rest ? { ...t, rest: [{ method, node, deferred: s.deferred }, ...t.rest] } : t,
          ),
        );
      done.push(...states.filter((s) => s.isOver));
      if (w.block.ends) continue;
      const turn = (w.turns.get(w.block) ?? 0) + 1;
      if (turn > MAX_TURNS) continue;
      const turns = new Map(w.turns).set(w.block, turn);
      for (const state of states)
        if (!state.isOver)
          for (const edge of w.block.succs) {
            const next = this.taking(method, edge, state);
            if (next) work.push({ block: edge.to, index: 0, state: next, turns });
          }
    }
    const { locals, deferred, assumed } = start;
    return done.map((s) => ({ ...s, locals, deferred, assumed }));
  }

  /** Variables with something of the fields in them, of which it is not known any more what. */
  private takenFrom({ unit, decl, receiver }: Method): ReadonlyMap<LocalObject, 'opaque'> {
    const found = new Map<LocalObject, 'opaque'>();
    const frame = { unit, receiver, locals: found };
    const isTaken = (e: Expr): boolean => this.evaluator.value(e, new Map(), frame) !== 'free';
    const add = (targets: readonly (Expr | undefined)[], values: readonly Expr[]): void => {
      for (const t of targets)
        if (t?.kind === 'Ident' && t.obj && values.some(isTaken) && !isErrorType(this.analysis.typeOf(unit, t)))
          found.set(t.obj, 'opaque');
    };
    for (const s of nodesOfKind(decl, 'AssignStmt')) add(s.lhs, s.rhs);
    for (const s of nodesOfKind(decl, 'RangeStmt')) add([s.key, s.value], [s.x]);
    return found;
  }

  private each(states: readonly State[], step: (state: State) => State[]): State[] {
    return states.flatMap((s) => (s.isOver ? [s] : step(s)));
  }

  /** The state on a branch; undefined where it is not taken, or where it is not known whether it is although the fields decide. */
  private taking(method: Method, { cond, kind, tag, clause }: Edge, state: State): State | undefined {
    const frame = frameOf(method, state);
    if (cond && (kind === 'true' || kind === 'false')) {
      const found = lookedUp(this.analysis, method, cond, state);
      if (found) return kind === 'false' ? found : undefined;
      const value = this.evaluator.value(cond, state.values, frame);
      if (value === 'free') return assuming(state, method.unit, cond, kind === 'true');
      return typeof value === 'number' && (value === 1) === (kind === 'true') ? state : undefined;
    }
    const asked = [...(tag ? [tag] : []), ...(clause?.kind === 'CaseClause' ? clause.exprs : [])];
    return asked.every((e) => this.evaluator.value(e, state.values, frame) === 'free') ? state : undefined;
  }

  /** Deferred calls, the last one first. */
  private atEnd(method: Method, state: State, depth: number): State[] {
    let states = [state];
    for (const call of [...state.deferred].reverse())
      states = this.each(states, (s) => this.called(method, call, s, depth));
    return states.map((s) => ({ ...s, rest: undefined }));
  }

  private step(method: Method, node: Node, state: State, depth: number): State[] {
    if (node.kind === 'GoStmt') return [state];
    if (node.kind === 'DeferStmt') {
      const call = asCall(node.call);
      return call ? [{ ...state, deferred: [...state.deferred, call] }] : [];
    }
    let states: State[] = [{ ...state, results: undefined }];
    for (const part of evaluated(node))
      for (const call of callsIn(part)) states = this.each(states, (s) => this.called(method, call, s, depth));
    return this.each(states, (s) => this.assigned(method, node, s));
  }

  private called(method: Method, call: CallExpr, state: State, depth: number): State[] {
    const { unit, receiver } = method;
    const { kind, name, recv, visible, literal } = this.analysis.callee(unit, call);
    const site = { unit, call };
    const of = recv && pathText(recv);
    const operation = /^sync\.Cond\.(\w+)$/.exec(name)?.[1];
    if (operation !== undefined) {
      if (of !== `${receiver}.${this.cond}`) return operation === 'Wait' ? [] : [state];
      if (operation === 'Wait') return [{ ...state, sleeps: site, isOver: true }];
      return operation === 'Signal'
        ? [{ ...state, signals: [...state.signals, site] }]
        : [{ ...state, broadcasts: true }];
    }
    if (LOCK.test(name) && of !== undefined) {
      const lock = of.slice(receiver.length);
      if (state.lock === undefined) return [{ ...state, lock }];
      return [state.lock === lock ? { ...state, isOver: true, rest: [] } : state];
    }
    const field = call.args[0] && this.evaluator.field(call.args[0], frameOf(method, state));
    if (kind === 'builtin') {
      if (field === undefined || (name !== 'delete' && name !== 'clear')) return [state];
      const before = state.values.get(field);
      if (before === undefined) return [state];
      if (name === 'clear') return withValue(state, field, 0);
      // The key may not be there.
      const isGiven = usesGivenKey(method, call.args[1]);
      if (before === 0 || (isGiven && state.keys === 'new')) return [state];
      return [...withValue(isGiven ? { ...state, keys: 'old' } : state, field, before - 1), state];
    }
    const changed = heapCall(this.analysis, unit, call);
    const heap = changed && this.evaluator.field(changed.field, frameOf(method, state));
    if (changed && heap !== undefined) {
      const before = state.values.get(heap);
      return before === undefined ? [state] : withValue(state, heap, before + changed.by);
    }
    if (literal && nodesOfKind(unit.decl, 'SelectorExpr').some((n) => contains(literal, n) && this.isNamed(n.sel.name)))
      return [];
    if (!visible || !this.touches(visible.unit)) return [state];
    const callee = methodOf(visible.unit);
    if (!callee || of !== receiver || depth >= MAX_DEPTH) return [];
    return this.through(callee, state, depth + 1);
  }

  private isNamed(name: string): boolean {
    return name === this.cond || this.sorts.has(name);
  }

  private assigned(method: Method, node: Node, state: State): State[] {
    const frame = frameOf(method, state);
    const { values } = state;
    if (node.kind === 'IncDecStmt') {
      const field = this.evaluator.field(node.x, frame);
      const before = field === undefined ? undefined : values.get(field);
      if (field !== undefined && before !== undefined)
        return withValue(state, field, before + (node.op === '++' ? 1 : -1));
      const x = unparen(node.x);
      return x.kind === 'Ident' && x.obj && state.locals.has(x.obj) ? [withLocal(state, x.obj, 'opaque')] : [state];
    }
    if (node.kind === 'RangeStmt') {
      let s = state;
      for (const e of [node.key, node.value])
        if (e?.kind === 'Ident' && e.obj && this.evaluator.value(node.x, values, frame) !== 'free')
          s = withLocal(s, e.obj, 'opaque');
      return [s];
    }
    if (node.kind === 'ReturnStmt')
      return [{ ...state, results: node.results.map((r) => this.evaluator.value(r, values, frame)) }];
    if (node.kind !== 'AssignStmt') return [state];
    const [, ok] = node.lhs.length === 2 && node.rhs.length === 1 ? node.lhs : [];
    const found = ok?.kind === 'Ident' && ok.obj && lookedUp(this.analysis, method, node.rhs[0] as Expr, state);
    if (found) return [withLocal(found, ok.obj as LocalObject, 0)];
    // All operands are looked at before anything is assigned.
    return node.lhs.reduce<State[]>(
      (states, target) => states.flatMap((s) => this.target(method, node, target, s, { ...frame, values })),
      [state],
    );
  }

  private target(
    method: Method,
    stmt: AssignStmt,
    target: Expr,
    state: State,
    before: Frame & Pick<Run, 'values'>,
  ): State[] {
    const { op, lhs, rhs } = stmt;
    const { values, ...frame } = before;
    const x = unparen(target);
    const value = lhs.length === rhs.length ? rhs[lhs.indexOf(target)] : undefined;
    if (x.kind === 'Ident') {
      if (!x.obj) return [state];
      const given = value ? undefined : state.results?.[lhs.indexOf(target)];
      if (given !== undefined) return [withLocal(state, x.obj, given)];
      const of = (value ? [value] : rhs).map((e) => this.evaluator.value(e, values, frame));
      const isKnown = (op === ':=' || op === '=') && value !== undefined && typeof of[0] === 'number';
      const isFree = isErrorType(this.analysis.typeOf(method.unit, x)) || of.every((v) => v === 'free');
      return [withLocal(state, x.obj, isKnown ? (of[0] as number) : isFree ? 'free' : 'opaque')];
    }
    const element = x.kind === 'IndexExpr' ? this.evaluator.field(x.x, frame) : undefined;
    if (element !== undefined && x.kind === 'IndexExpr') {
      const size = values.get(element);
      const { kind } = this.analysis.types.underlying(this.analysis.typeOf(method.unit, x.x));
      // The key may have been there before.
      if (kind !== 'map' || size === undefined) return [state];
      const isNew = state.keys === 'new' && usesGivenKey(method, x.indices[0]);
      const more = withValue(isNew ? { ...state, keys: 'old' } : state, element, size + 1);
      return isNew || size === 0 ? more : [...more, state];
    }
    const field = this.evaluator.field(x, frame);
    if (field === undefined) return [state];
    if (op === '=') {
      const after = value && this.evaluator.assigned(field, value, values, frame);
      // Who calls chooses.
      const isChosen =
        value && this.sorts.get(field) === 'flag' && this.evaluator.value(value, values, frame) === 'free';
      return isChosen ? [0, 1].flatMap((v) => withValue(state, field, v)) : withValue(state, field, after);
    }
    return withValue(state, field, rhs[0] && this.evaluator.changed(op, rhs[0], values.get(field), values, frame));
  }
}
