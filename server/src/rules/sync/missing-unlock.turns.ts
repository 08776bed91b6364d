/**
 * Locks and slots of which a loop takes one for each element, and the ways out of the loop that leave those of earlier turns: who has got
 * through gives all of them back at the end, or gets a function that does.
 */
import { takenFields } from '../../concurrency/locks/taken-fields.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Edge } from '../../golang/cfg.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { type Effect, findUnreleasedPath, type SearchSpec, type UnreleasedPath } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, find, isNil, unparen, walk } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, Ident, LocalObject, Node, RangeStmt, ReturnStmt } from '../../syntax/ast.ts';

export interface LeftByTurns {
  /** The call that takes. */
  call: CallExpr;
  func: FuncNode;
  /** From the beginning of a later turn to the return. */
  path: UnreleasedPath & { node: ReturnStmt };
}

/** What the loops of a declaration leave taken. */
export function leftByTurns(analysis: Analysis, unit: DeclUnit): LeftByTurns[] {
  if (unit.file.isTest) return [];
  return nodesOfKind(unit.decl, 'RangeStmt').flatMap((loop) => {
    const func = enclosingFunc(analysis.parents(unit), loop);
    if (!func || !find(loop.body, (n) => n.kind === 'ReturnStmt')) return [];
    const turns = new Turns(analysis, unit, func, loop);
    return nodesOfKind(unit.decl, 'CallExpr').flatMap((call) => turns.leftBy(call) ?? []);
  });
}

class Turns {
  private readonly parents;
  private readonly cfg;
  /** Variables that stand for the element of a turn. */
  private readonly elements = new Set<LocalObject>();
  /** Lists and maps that hold elements, by object or text. */
  private readonly collections = new Set<LocalObject | string>();

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly func: FuncNode,
    private readonly loop: RangeStmt,
  ) {
    this.parents = analysis.parents(unit);
    this.cfg = analysis.cfg(unit, func);
    for (const e of [loop.key, loop.value]) if (e?.kind === 'Ident' && e.obj) this.elements.add(e.obj);
    const over = unparen(loop.x);
    this.collections.add((over.kind === 'Ident' ? over.obj : undefined) ?? unit.text(over));
    walk(loop.body, (n) => {
      if (n.kind !== 'AssignStmt' || !n.rhs.some((r) => this.mentionsElement(r))) return;
      for (const target of n.lhs) {
        const x = unparen(target.kind === 'IndexExpr' ? target.x : target);
        if (x.kind !== 'Ident' || !x.obj) continue;
        if (n.op === ':=' && !isErrorType(analysis.objectType(unit, x.obj))) this.elements.add(x.obj);
        else if (n.op === '=' && x.obj.role === 'local') this.collections.add(x.obj);
      }
    });
  }

  /** The way out on which what a call takes in earlier turns is left. */
  leftBy(call: CallExpr): LeftByTurns | undefined {
    const { analysis, unit, loop, func } = this;
    if (!contains(loop.body, call) || !this.mentionsElement(call)) return undefined;
    const around = ancestor(this.parents, call, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
    const node = around === loop ? cfgNode(this.cfg.where, this.parents, call) : undefined;
    if (!node || node.kind === 'GoStmt' || node.kind === 'DeferStmt') return undefined;
    const { takes, gives } = takenFields(analysis, unit, call);
    const keys = [...takes].filter((key) => !gives.has(key));
    const given = keys.length > 0 ? this.givenToCaller(keys) : undefined;
    if (given === undefined || this.mayGiveLater(keys)) return undefined;
    const outcome = this.outcomeOf(call, node);
    if (!outcome) return undefined;
    const settled = new Map<Node, boolean>();
    const settles = (n: Node): boolean => {
      let answer = settled.get(n);
      if (answer === undefined) settled.set(n, (answer = n !== loop && this.maySettle(n, call, keys)));
      return answer;
    };
    const base = { unit, cfg: this.cfg, facts: new Map<string, boolean>(), written: analysis.writtenPaths(unit, func) };
    const back = findUnreleasedPath({
      ...base,
      ...outcome,
      start: node,
      effect: (n): Effect => (n === loop ? 'overwritten' : n.kind === 'ReturnStmt' || settles(n) ? 'settled' : 'none'),
    });
    if (back?.end !== 'overwritten') return undefined;
    const path = findUnreleasedPath({
      ...base,
      start: loop,
      throughStart: true,
      settledBy: (edge) => edge.to === this.cfg.exit,
      effect: (n): Effect =>
        (n.kind === 'ReturnStmt' &&
          !(contains(loop.body, n) && this.leaves(n, given) && !this.comesBehindGiving(n, keys))) ||
        settles(n)
          ? 'settled'
          : 'none',
    });
    return path?.end === 'return' && path.node?.kind === 'ReturnStmt'
      ? { call, func, path: { ...path, node: path.node } }
      : undefined;
  }

  /** How the call tells that it has taken something; undefined where that cannot be told. */
  private outcomeOf(call: CallExpr, node: Node): Pick<SearchSpec, 'error' | 'settledBy'> | undefined {
    const parent = this.parents.get(call);
    if (parent?.kind === 'ExprStmt') return {};
    if (parent?.kind === 'AssignStmt') {
      const [target, ...more] = parent.lhs;
      const error = target?.kind === 'Ident' && more.length === 0 && parent.rhs.length === 1 ? target.obj : undefined;
      return node === parent && error && isErrorType(this.analysis.objectType(this.unit, error))
        ? { error }
        : undefined;
    }
    const stmt = ancestor(this.parents, call, (n) => n.kind === 'IfStmt' || isFunc(n));
    if (stmt?.kind !== 'IfStmt' || !contains(stmt.cond, call)) return undefined;
    const isCall = (e: Edge): boolean => e.cond !== undefined && asCall(e.cond) === call;
    return { settledBy: (e) => isCall(e) && e.kind === 'false' };
  }

  /**
   * What gives all back behind the loop: 'here', or the index of the result that is a function for the caller. Undefined where nothing
   * does.
   */
  private givenToCaller(keys: readonly string[]): 'here' | number | undefined {
    const behind = (n: Node): boolean => n.start > this.loop.end && contains(this.func, n);
    const candidates: Node[] = (['RangeStmt', 'ForStmt', 'CallExpr'] as const).flatMap((kind) => [
      ...nodesOfKind(this.unit.decl, kind),
    ]);
    for (const n of candidates) {
      if (!behind(n) || !this.mentionsCollection(n) || !this.gives(n, keys)) continue;
      const func = enclosingFunc(this.parents, n);
      if (func === this.func) return this.isDeferred(n) ? undefined : 'here';
      const result = func?.kind === 'FuncLit' ? this.parents.get(func) : undefined;
      if (result?.kind === 'ReturnStmt' && enclosingFunc(this.parents, result) === this.func)
        return result.results.findIndex((r) => unparen(r) === func);
    }
    return undefined;
  }

  /** True for a return that gives the caller nothing by which to give back what was taken. */
  private leaves({ results }: ReturnStmt, given: 'here' | number): boolean {
    if (given === 'here') return true;
    const result = results[given];
    return result !== undefined && isNil(result);
  }

  /** True where a statement in front of a return, or of a block around it, may give something back: on which of its ways is not looked at. */
  private comesBehindGiving(ret: Node, keys: readonly string[]): boolean {
    for (let n = ret, p = this.parents.get(ret); p && n !== this.loop.body; n = p, p = this.parents.get(p)) {
      const list = p.kind === 'BlockStmt' ? p.stmts : p.kind === 'CaseClause' || p.kind === 'CommClause' ? p.body : [];
      if (list.some((stmt) => stmt.end <= n.start && (this.gives(stmt, keys) || this.callsUnseen(stmt)))) return true;
    }
    return false;
  }

  private isDeferred(n: Node): boolean {
    return ancestor(this.parents, n, (p) => p.kind === 'DeferStmt' || isFunc(p))?.kind === 'DeferStmt';
  }

  /** True where a deferred call may give something back, or is not seen. */
  private mayGiveLater(keys: readonly string[]): boolean {
    return nodesOfKind(this.unit.decl, 'DeferStmt').some(
      (d) =>
        enclosingFunc(this.parents, d) === this.func &&
        (this.gives(d, keys) || this.mentionsCollection(d) || this.callsUnseen(d)),
    );
  }

  private gives(n: Node, keys: readonly string[]): boolean {
    const { gives } = takenFields(this.analysis, this.unit, n);
    return keys.some((key) => gives.has(key));
  }

  /** True for a call of a function that a variable or field holds. */
  private callsUnseen(node: Node): boolean {
    const isUnseen = (n: Node): boolean => {
      if (n.kind !== 'CallExpr') return false;
      const { kind } = this.analysis.callee(this.unit, n);
      return kind === 'value' || kind === 'unknown';
    };
    return find(node, isUnseen) !== undefined;
  }

  /** True for what may give something back, or pass it on to somebody who does. */
  private maySettle(node: Node, call: CallExpr, keys: readonly string[]): boolean {
    if (node.kind === 'RangeStmt') return this.mentionsCollection(node.x);
    if (node.kind === 'DeferStmt') return false;
    if (this.gives(node, keys) || this.callsUnseen(node)) return true;
    let settles = false;
    walk(node, (n) => {
      if (settles || n === call) return false;
      if (n.kind === 'Ident' && n.obj && this.elements.has(n.obj)) settles = !this.isHarmless(n);
      else if (this.isCollection(n)) settles = !this.isFilled(n);
      return true;
    });
    return settles;
  }

  private isHarmless(element: Ident): boolean {
    if (enclosingFunc(this.parents, element) !== this.func) return false;
    const parent = this.parents.get(element);
    switch (parent?.kind) {
      case 'SelectorExpr':
      case 'BinaryExpr':
      case 'IndexExpr':
      case 'RangeStmt':
        return true;
      case 'AssignStmt':
        return parent.lhs.includes(element) || parent.op === ':=' || parent.lhs.every((l) => this.isFilled(unparen(l)));
      case 'CallExpr': {
        const callee = this.analysis.callee(this.unit, parent);
        if (callee.kind === 'builtin') return callee.name !== 'append' || this.isFilled(parent.args[0] as Expr);
        return callee.own !== undefined || /^(?:fmt|errors|log|log\/slog|strconv)\./.test(callee.name);
      }
      default:
        return false;
    }
  }

  /** True for a mention of a collection by which something is put into it, or it is counted. */
  private isFilled(mention: Node): boolean {
    const x = mention.kind === 'IndexExpr' ? unparen(mention.x) : mention;
    const parent = this.parents.get(x);
    if (parent?.kind === 'IndexExpr') return true;
    if (parent?.kind === 'AssignStmt') return parent.lhs.includes(x as Expr) && parent.lhs.length === 1;
    if (parent?.kind !== 'CallExpr') return false;
    const { kind, name } = this.analysis.callee(this.unit, parent);
    return kind === 'builtin' && (name === 'len' || name === 'append') && parent.args[0] === x;
  }

  private mentionsElement(node: Node): boolean {
    return find(node, (n) => n.kind === 'Ident' && n.obj !== undefined && this.elements.has(n.obj)) !== undefined;
  }

  private mentionsCollection(node: Node): boolean {
    return find(node, (n) => this.isCollection(n)) !== undefined;
  }

  private isCollection(n: Node): boolean {
    if (n.kind === 'Ident' && n.obj) return this.collections.has(n.obj);
    return (n.kind === 'SelectorExpr' || n.kind === 'Ident') && this.collections.has(this.unit.text(n));
  }
}
