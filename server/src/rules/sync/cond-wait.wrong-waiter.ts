/** Signals that can wake somebody who waits for something else, while the one for whom they have come sleeps on. */
import { mayOverlap } from '../../concurrency/locks/run-contexts.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { DECLARATION, nested, spend } from '../../golang/effort.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ownMentions } from '../../golang/own-mentions.ts';
import type { CallSite, Place, Run } from '../../golang/run-states.ts';
import { Runner } from '../../golang/small-runs.ts';
import { type Method, saidBy, type Values } from '../../golang/small-values.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, pathText } from '../../golang/walk.ts';
import type { CallExpr, Expr, Node } from '../../syntax/ast.ts';
import { calls, contextsOf, type Entry, entriesOf } from './cond-wait.entries.ts';
import { mayBeMany } from './cond-wait.many.ts';
import { trackedFields, type Tracked } from './cond-wait.tracked.ts';
import { conditionOf, operationAt, type Waiter, waiterAt } from './cond-wait.waiters.ts';
import { isPlain } from './cond-wait.unwoken.ts';

/** How the signal for a wait can be used up. */
export interface WrongWaiter {
  /** Each signal that the waiter may miss. */
  signals: readonly [CallSite, ...CallSite[]];
  other: Waiter;
  /** What the fields may be after the change: `len(q.items) = 1`. */
  example: string;
}

/** Methods that a condition asks. */
const MAX_DEPTH = 2;

/** States of the fields that are looked at. */
const MAX_STATES = 4000;

/**
 * How a goroutine at a wait can miss the signal for it: all that the methods of the type make of the fields is tried with small numbers, and one
 * way found on which two wait in different loops, a change ends the condition of the first only, and a single `Signal` follows. Undefined where
 * anything that matters is not known.
 */
export function wrongWaiter(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): WrongWaiter | undefined {
  return nested(DECLARATION, undefined, () => search(analysis, unit, wait, cond));
}

function search(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): WrongWaiter | undefined {
  if (unit.file.isTest || cond.kind !== 'SelectorExpr' || cond.x.kind !== 'Ident') return undefined;
  const field = analysis.types.members.selector(unit, cond);
  const owner = field?.kind === 'field' ? field.owner : undefined;
  const all = ownMentions(analysis, unit, cond);
  if (!owner || !all?.every((m) => isPlain(analysis, m))) return undefined;
  const mentions = all.filter((m) => !m.unit.file.isTest);
  const waiters = mentions.flatMap((m) => waiterAt(analysis, m) ?? []);
  const missed = waiters.find((w) => w.call === wait);
  const others = waiters.filter((w) => missed && w !== missed && !w.passesOn && conditionOf(w) !== conditionOf(missed));
  if (!missed || others.length === 0 || !mentions.some((m) => operationAt(analysis, m) === 'Signal')) return undefined;
  const units = mentions.map((m) => m.unit);
  for (const other of others) {
    const tracked = trackedFields(analysis, owner, [missed, other], units);
    if (!tracked) continue;
    const tries = new Search(analysis, tracked, new Runner(analysis, tracked.sorts, cond.sel.name), owner, units);
    const found = tries.missed(missed, other);
    const [first, ...more] = found?.signals ?? [];
    if (!found || !first || (mayBeOver(analysis, tracked, other) && (missed.passesOn || !tries.missed(other, missed))))
      continue;
    return { signals: [first, ...more], other, example: example(found.values, tracked, [missed, other]) };
  }
  return undefined;
}

/**
 * True for a condition that ends once and for all, and not as the last thing that happens to the value: whoever makes the other change may always
 * come later, as what happens after a start does, and then nobody waits for it any more.
 */
function mayBeOver(analysis: Analysis, { ways }: Tracked, { parts, method }: Waiter): boolean {
  const fields = [...ways].filter(([field]) => parts.some(({ expr }) => asks(analysis, method, expr, field)));
  return fields.every(([, way]) => way.isOneWay && !way.atEnd);
}

/** True for a condition on a field, asked for directly or by methods that do nothing else. */
function asks(analysis: Analysis, method: Method, condition: Expr, field: string, depth = 0): boolean {
  return (
    find(condition, (n) => {
      if (n.kind === 'SelectorExpr') return pathText(n) === `${method.receiver}.${field}`;
      const said = n.kind === 'CallExpr' && depth < MAX_DEPTH ? saidBy(analysis, method, n) : undefined;
      return said !== undefined && asks(analysis, said.method, said.result, field, depth + 1);
    }) !== undefined
  );
}

/** Fields, who of the two is asleep, and methods that have let go of the lock and will take it once more. */
interface Situation {
  values: Values;
  asleep: readonly Waiter[];
  /** By their names in `Search.rests`; those too of which there is one goroutine that has not begun. */
  under: readonly string[];
}

/** Methods on their way at the same time. */
const MAX_UNDER_WAY = 2;

class Search {
  private readonly known = new Map<string, readonly Run[]>();
  private readonly rests = new Map<string, { entry: Entry; rest: readonly Place[] | undefined }>();
  private readonly entries: Entry[];

  constructor(
    private readonly analysis: Analysis,
    private readonly tracked: Tracked,
    private readonly runner: Runner,
    private readonly owner: NamedType,
    waking: readonly DeclUnit[],
  ) {
    this.entries = entriesOf(analysis, runner, owner, [...tracked.units, ...waking]);
    for (const entry of this.entries) this.nameOf(entry, undefined);
  }

  /** The signals by which a waiter may be missed because another one is woken, and values after the first of them. */
  missed(missed: Waiter, other: Waiter): { signals: CallSite[]; values: Values } | undefined {
    const pair = [missed, other];
    const hasMore = mayBeMany(this.analysis, other, undefined);
    const seen = new Set<string>();
    const work: Situation[] = [];
    const add = (s: Situation): void => {
      const key = [keyOf(s.values), pair.map((w) => s.asleep.includes(w)), s.under].join('|');
      if (seen.has(key) || seen.size >= MAX_STATES) return;
      seen.add(key);
      work.push(s);
    };
    const once = this.entries.filter((e) => e.once).map((e) => this.nameOf(e, undefined));
    for (const values of this.tracked.starts) add({ values, asleep: [], under: once });
    const signals = new Map<CallExpr, CallSite>();
    let first: Values | undefined;
    // Nearest first, so that the example is a simple one.
    for (let i = 0; i < work.length; i++) {
      const s = work[i] as Situation;
      for (const name of [...this.entries.flatMap((e) => (e.once ? [] : [this.nameOf(e, undefined)])), ...s.under])
        for (const run of this.runs(name, s.values)) {
          spend(10);
          const next = this.after(s, name, run, pair, hasMore ? other : undefined);
          if (next) add(next);
          const [signal] = run.signals;
          if (!signal || s.asleep.length < 2 || !this.isMisled(run, missed, other)) continue;
          if (!this.mayMeet(missed, other, this.rests.get(name)?.entry.method as Method, signal)) continue;
          signals.set(signal.call, signal);
          first ??= run.values;
        }
    }
    return first && { signals: [...signals.values()], values: first };
  }

  /**
   * How it is after a method has run; undefined where somebody goes on who has been asleep, or should.
   * @param many where more than one waits: a signal may have come for another one of them, who has not gone on yet
   */
  private after(
    { values, asleep, under }: Situation,
    name: string,
    run: Run,
    pair: readonly Waiter[],
    many: Waiter | undefined,
  ): Situation | undefined {
    const comes = run.sleeps && pair.find((w) => w.call === run.sleeps?.call);
    // One more who waits elsewhere, or at the same place, changes nothing for these two but what it has counted.
    if (run.sleeps && (!comes || asleep.includes(comes))) return undefined;
    const next = comes ? [...asleep, comes] : asleep;
    const sleepsOn = (w: Waiter): boolean => {
      const holds = this.holds(w, run.values);
      if (holds !== false || w !== many || w === comes) return holds === true;
      return !run.broadcasts && (this.holds(w, values) === false || run.signals.length === 1);
    };
    if (!next.every(sleepsOn)) return undefined;
    const others = under.filter((n) => n !== name);
    const entry = this.rests.get(name)?.entry;
    const rest = run.rest && entry ? [this.nameOf(entry, run.rest)] : [];
    const still = [...new Set([...others, ...rest])].sort();
    const isMany = still.filter((n) => this.rests.get(n)?.rest).length > MAX_UNDER_WAY;
    return isMany ? undefined : { values: run.values, asleep: next, under: still };
  }

  private isMisled(run: Run, missed: Waiter, other: Waiter): boolean {
    if (run.sleeps || run.signals.length !== 1 || run.broadcasts) return false;
    return this.holds(missed, run.values) === false && this.holds(other, run.values) === true;
  }

  /** Whether somebody who waits there goes on waiting; undefined where that is not known. */
  private holds({ parts, method }: Waiter, values: Values): boolean | undefined {
    const known = parts.map(({ expr, is }) => {
      const value = this.runner.holds(expr, method, values);
      return value === undefined ? undefined : value === is;
    });
    return known.includes(undefined) ? undefined : known.every((k) => k);
  }

  /** The name of a method at its start, or at a place where it goes on. */
  private nameOf(entry: Entry, rest: readonly Place[] | undefined): string {
    const key = [
      entry.method.decl.name.name,
      ...(rest ?? []).map((p) => `${p.method.decl.name.name}:${p.node.start}:${p.deferred.length}`),
    ].join('/');
    if (!this.rests.has(key)) this.rests.set(key, { entry, rest });
    return key;
  }

  private runs(name: string, values: Values): readonly Run[] {
    const key = `${name}|${keyOf(values)}`;
    const known = this.known.get(key);
    if (known) return known;
    const { entry, rest } = this.rests.get(name) as { entry: Entry; rest: readonly Place[] | undefined };
    const found = rest ? this.runner.runsOn(rest, values) : this.runner.runs(entry.method, values);
    this.known.set(key, found ?? []);
    return found ?? [];
  }

  /** True when both can wait on goroutines of their own while a third one signals, and nobody wakes more of them later. */
  private mayMeet(missed: Waiter, other: Waiter, by: Method, { unit, call }: CallSite): boolean {
    const { analysis, owner } = this;
    const body = by.decl.body as Node;
    const contexts = [
      contextsOf(analysis, owner, missed.method, missed.call),
      contextsOf(analysis, owner, other.method, other.call),
      contextsOf(analysis, owner, by, by.unit === unit && contains(body, call) ? call : body),
    ];
    if (!mayOverlap(analysis, contexts) || calls(analysis, by.unit, /^Broadcast$/, 2)) return false;
    // A method that takes the lock itself comes later, and for something else.
    const isHelper = (inner: DeclUnit): boolean => !calls(analysis, inner, /^Lock$/, 0);
    return !mentionsOf(analysis, by.unit, by.decl).some(
      (m) => !m.unit.file.isTest && calls(analysis, m.unit, /^(?:Signal|Broadcast)$/, 1, isHelper),
    );
  }
}

/** The operands of two conditions, with their values. */
function example(values: Values, { sorts }: Tracked, waiters: readonly Waiter[]): string {
  const found = new Map<string, string>();
  for (const { parts, method } of waiters)
    for (const n of nodesOfKind(method.unit.decl, 'SelectorExpr')) {
      const value = parts.some(({ expr }) => contains(expr, n)) ? values.get(n.sel.name) : undefined;
      const sort = sorts.get(n.sel.name);
      if (value === undefined || sort === undefined || sort === 'reference') continue;
      const text = method.unit.text(n);
      const shown = sort === 'flag' ? String(value === 1) : String(value);
      found.set(n.sel.name, sort === 'length' ? `len(${text}) = ${shown}` : `${text} = ${shown}`);
    }
  return [...found.values()].join(', ');
}

function keyOf(values: Values): string {
  return [...values.values()].join();
}
