/** Changes after which a function wakes nobody: it takes back what it has changed before, or wakes on other ways only. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Block, ControlFlowGraph, Edge } from '../../golang/cfg.ts';
import { spend } from '../../golang/effort.ts';
import { type Asked, askedFields } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc } from '../../golang/parents.ts';
import { visitEvaluated } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, isNil, pathText, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, LocalObject, Node, ReturnStmt } from '../../syntax/ast.ts';
import { isUnrelated } from './cond-wait.one-way.ts';
import { wakesAt } from './cond-wait.wakes.ts';

/** What a search looks at: a function that changes a field of its receiver. */
export interface GivingBack {
  unit: DeclUnit;
  /** The change for which others may wait. */
  stmt: Node;
  /** Where the function changes the field in other ways. */
  others: readonly Node[];
  receiver: string;
  field: string;
  /** What the condition of the waiting loop asks about. */
  asked: readonly Asked[];
  /** The function makes the same change elsewhere, and wakes. */
  isMadeAlike?: boolean;
}

/** Calls within a call that are followed. */
const MAX_DEPTH = 2;

/** How it goes on after such a change. */
export interface Unheard {
  /** The function tells of an error then, and only of that. */
  fails: boolean;
}

/**
 * Whether a function takes the lock, makes the change and returns without waking anybody. Undefined where somebody might be woken, where
 * the lock has been held since another change or a wait, so that nobody could have missed anything, and where a flag that ends all waits is
 * known to be set.
 */
export function givenBackUnheard(analysis: Analysis, change: GivingBack): Unheard | undefined {
  const { unit, stmt } = change;
  const func = enclosingFunc(analysis.parents(unit), stmt);
  const cfg = func && analysis.cfg(unit, func);
  const at = cfg?.where.get(stmt);
  if (!cfg || !at) return undefined;
  const search = new Search(analysis, change, cfg);
  return search.isLockedJustBefore(at) ? search.unheard(at) : undefined;
}

/**
 * The same of a function that wakes on other ways: one way has to lead from the lock to the change that is not chosen by what the condition of the
 * waiting loop, or the value at all, is found to be, since nobody may wait then.
 */
export function leftUnheard(analysis: Analysis, change: GivingBack): Unheard | undefined {
  const { unit, stmt } = change;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, stmt);
  const cfg = func && analysis.cfg(unit, func);
  const node = cfg && cfgNode(cfg.where, parents, stmt);
  const at = node && cfg.where.get(node);
  if (!cfg || !at) return undefined;
  const search = new Search(analysis, change, cfg);
  return search.isLockedJustBefore(at) && search.isFreelyReached(at) ? search.unheard(at) : undefined;
}

/**
 * Whether somebody is woken after a call or another statement, on the ways on which the error that a call gives is looked at as one, or by a
 * `defer` before.
 */
export function isWokenAfter(analysis: Analysis, unit: DeclUnit, stmt: Node, { fails }: Unheard): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, stmt);
  const cfg = func && analysis.cfg(unit, func);
  const node = cfg && cfgNode(cfg.where, parents, stmt);
  const at = node && cfg.where.get(node);
  if (!cfg || !at) return true;
  for (const n of cfg.where.keys())
    if (n.kind === 'DeferStmt' && n.end <= stmt.start && wakesAt(analysis, unit, n)) return true;
  if (parents.get(stmt)?.kind === 'DeferStmt') return false;
  const error = fails && stmt.kind === 'CallExpr' ? errorOf(parents.get(stmt), stmt) : undefined;
  const seen = new Set<Block>();
  const work = [{ block: at.block, from: at.index + 1 }];
  for (let w = work.pop(); w; w = work.pop()) {
    for (const n of w.block.nodes.slice(w.from)) if (wakesAt(analysis, unit, n)) return true;
    for (const edge of w.block.succs)
      if (!seen.has(edge.to) && !(error && isSuccess(edge, error))) {
        seen.add(edge.to);
        work.push({ block: edge.to, from: 0 });
      }
  }
  return false;
}

interface At {
  block: Block;
  index: number;
}

class Search {
  constructor(
    private readonly analysis: Analysis,
    private readonly change: GivingBack,
    private readonly cfg: ControlFlowGraph,
  ) {}

  /** True when each way to the change, but those on which nobody waits any more, comes from the lock and from nothing else that matters. */
  isLockedJustBefore({ block, index }: At): boolean {
    const seen = new Set<Block>();
    const work = [{ block, upTo: index }];
    let locked = false;
    for (let w = work.pop(); w; w = work.pop()) {
      const nodes = w.block.nodes.slice(0, w.upTo).reverse();
      const found = nodes.map((n) => this.meaning(n)).find((m) => m !== undefined);
      if (found === 'lock') {
        locked = true;
        continue;
      }
      if (found !== undefined || w.block === this.cfg.entry) return false;
      for (const edge of w.block.preds) {
        if (seen.has(edge.from) || this.endsWaits(edge)) continue;
        seen.add(edge.from);
        work.push({ block: edge.from, upTo: edge.from.nodes.length });
      }
    }
    return locked;
  }

  /** True when a way leads from the lock to the change on which nothing tells that nobody waits. */
  isFreelyReached({ block, index }: At): boolean {
    const { analysis, change } = this;
    const seen = new Set<Block>();
    const work = [{ block, upTo: index }];
    for (let w = work.pop(); w; w = work.pop()) {
      if (w.block.nodes.slice(0, w.upTo).some((n) => this.meaning(n) === 'lock')) return true;
      for (const edge of w.block.preds) {
        if (seen.has(edge.from) || this.endsWaits(edge) || !isUnrelated(analysis, change, edge)) continue;
        seen.add(edge.from);
        work.push({ block: edge.from, upTo: edge.from.nodes.length });
      }
    }
    return false;
  }

  /** Follows the change to the end of the function. */
  unheard({ block, index }: At): Unheard | undefined {
    const { unit, stmt } = this.change;
    for (const n of this.cfg.where.keys())
      if (n.kind === 'DeferStmt' && n.start < stmt.start && wakesAt(this.analysis, unit, n)) return undefined;
    const seen = new Set<Block>();
    const work = [{ block, from: index + 1 }];
    let end: Unheard | undefined;
    for (let w = work.pop(); w; w = work.pop()) {
      const nodes = w.block.nodes.slice(w.from);
      const found = nodes.map((n) => this.meaning(n)).find((m) => m !== undefined && m !== 'lock');
      if (found === 'wake') return undefined;
      if (found) continue;
      const last = nodes.at(-1);
      for (const edge of w.block.succs) {
        if (edge.to === this.cfg.exit) end = { fails: (end?.fails ?? true) && this.fails(last) };
        else if (!seen.has(edge.to) && !this.endsWaits(edge)) {
          seen.add(edge.to);
          work.push({ block: edge.to, from: 0 });
        }
      }
    }
    return end;
  }

  private meaning(node: Node): 'lock' | 'wake' | 'other' | undefined {
    const { analysis } = this;
    const { unit, others, receiver } = this.change;
    spend(4);
    if (others.includes(node)) return 'other';
    if (wakesAt(analysis, unit, node)) return 'wake';
    let found: 'lock' | 'other' | undefined;
    if (node.kind !== 'DeferStmt' && node.kind !== 'GoStmt')
      visitEvaluated(node, (n) => {
        if (n.kind !== 'CallExpr') return;
        const { name, recv, visible } = analysis.callee(unit, n);
        if (name === 'sync.Cond.Wait') found = 'other';
        else if (/^sync\.(?:RW)?Mutex\.Lock$|^sync\.Locker\.Lock$/.test(name))
          found ??= recv && pathText(recv)?.split('.')[0] === receiver ? 'lock' : undefined;
        else if (visible && this.touches(visible.unit, 0)) found = 'other';
      });
    return found;
  }

  /** True for a function that names the field, or may wait. */
  private touches(unit: DeclUnit, depth: number): boolean {
    const { field } = this.change;
    if (nodesOfKind(unit.decl, 'SelectorExpr').some((n) => n.sel.name === field || n.sel.name === 'Wait')) return true;
    return nodesOfKind(unit.decl, 'CallExpr').some((call) => {
      const { visible } = this.analysis.callee(unit, call);
      return visible !== undefined && depth < MAX_DEPTH && this.touches(visible.unit, depth + 1);
    });
  }

  /** True for a branch on which the condition of the loop is known to hold no longer, by a flag of it. */
  private endsWaits({ cond, kind }: Edge): boolean {
    if (!cond || (kind !== 'true' && kind !== 'false')) return false;
    const { receiver, asked } = this.change;
    return askedFields(cond, receiver).some(({ field, way }) => {
      const known = kind === 'false' ? way : OPPOSITE[way];
      return known !== undefined && asked.some((a) => a.field === field && a.way === known && OPPOSITE[known]);
    });
  }

  /** True for a `return` of an error that cannot be nil. */
  private fails(end: Node | undefined): boolean {
    const result = end?.kind === 'ReturnStmt' ? lastResult(end) : undefined;
    if (!end || !result || isNil(result)) return false;
    const { unit } = this.change;
    const x = unparen(result);
    if (x.kind !== 'Ident' || !x.obj) return x.kind === 'Ident' || x.kind === 'SelectorExpr' || x.kind === 'CallExpr';
    const { obj } = x;
    const test = ancestor(
      this.analysis.parents(unit),
      end,
      (n) =>
        n.kind === 'IfStmt' && comparesToNil(n.cond, obj) === '!=' && n.body.start < end.start && n.body.end >= end.end,
    );
    return test !== undefined;
  }
}

/** Ways that are known from a flag or from nil; numbers tell less. */
const OPPOSITE: Partial<Record<Asked['way'], Asked['way']>> = {
  true: 'false',
  false: 'true',
  something: 'nothing',
  nothing: 'something',
};

function lastResult({ results }: ReturnStmt): Expr | undefined {
  return results.at(-1);
}

/** The variable that takes the last result of a call. */
function errorOf(stmt: Node | undefined, call: CallExpr): LocalObject | undefined {
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1 || stmt.rhs[0] === undefined) return undefined;
  const target = asCall(stmt.rhs[0]) === call ? stmt.lhs.at(-1) : undefined;
  return target?.kind === 'Ident' ? target.obj : undefined;
}

function comparesToNil(cond: Expr, variable: LocalObject): '==' | '!=' | undefined {
  const x = unparen(cond);
  if (x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=') || !isNil(x.y)) return undefined;
  const of = unparen(x.x);
  return of.kind === 'Ident' && of.obj === variable ? x.op : undefined;
}

function isSuccess({ cond, kind }: Edge, error: LocalObject): boolean {
  const op = cond && comparesToNil(cond, error);
  return op !== undefined && kind === (op === '==' ? 'true' : 'false');
}
