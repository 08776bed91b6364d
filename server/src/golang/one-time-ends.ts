/**
 * Fields that are called only by whoever ends the value: a flag is set by the first one who comes, and nobody else does anything. Where the
 * first one leaves without the call, it is never made.
 */
import type { CallExpr, Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { ControlFlowGraph, Edge } from './cfg.ts';
import { nodesAfter } from './cfg-reach.ts';
import { nodesOfKind } from './node-index.ts';
import { fieldMentionsOf, type OwnMention } from './own-mentions.ts';
import { enclosingFunc } from './parents.ts';
import { findUnreleasedPath, type UnreleasedPath } from './paths.ts';
import { names } from './place-names.ts';
import { cfgNode } from './resources.ts';
import { type Method, methodOf } from './small-values.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, find, pathText, unparen } from './walk.ts';

export interface LeftUncalled {
  method: Method;
  flag: string;
  /** Where the flag is set, by itself or in a call. */
  start: Node;
  path: UnreleasedPath;
}

/** A call of the field on the receiver. */
interface FieldCall {
  method: Method;
  call: CallExpr;
}

/**
 * A way on which a method ends a value without calling a field of it, after which nobody calls that any more; undefined where the field goes
 * anywhere else.
 * @param mentions all of the field
 */
export function leftUncalled(
  analysis: Analysis,
  owner: NamedType,
  field: string,
  mentions: readonly OwnMention[],
): LeftUncalled | undefined {
  const calls: FieldCall[] = [];
  for (const { unit, node, initial } of mentions) {
    if (unit.file.isTest || initial !== undefined) continue;
    const parent = analysis.parents(unit).get(node);
    if (parent?.kind === 'AssignStmt' && parent.lhs.some((l) => l === node)) continue;
    const method = methodOf(unit);
    if (parent?.kind !== 'CallExpr' || parent.fun !== node || !method || !isOnReceiver(analysis, method, node, owner))
      return undefined;
    if (enclosingFunc(analysis.parents(unit), node) !== unit.decl) return undefined;
    calls.push({ method, call: parent });
  }
  const [first] = calls;
  for (const flag of first ? flagsOf(analysis, first.method) : []) {
    const look = new Look(analysis, owner, field, flag);
    if (!look.isSetForGood(first?.method.unit) || !calls.every((c) => look.isGuarded(c))) continue;
    for (const { method } of calls) {
      const found = look.left(
        method,
        calls.flatMap((c) => (c.method.decl === method.decl ? [c.call] : [])),
      );
      if (found) return found;
    }
  }
  return undefined;
}

function isOnReceiver(analysis: Analysis, { receiver, unit }: Method, node: Node, owner: NamedType): boolean {
  if (node.kind !== 'SelectorExpr' || pathText(node.x) !== receiver) return false;
  const of = analysis.types.members.selector(unit, node);
  return of?.kind === 'field' && of.owner?.name === owner.name;
}

/** Names of flags that decide in a method, or in the methods it asks. */
function flagsOf(analysis: Analysis, method: Method): Set<string> {
  const found = new Set<string>();
  const add = ({ unit, receiver }: Method): void => {
    for (const n of nodesOfKind(unit.decl, 'SelectorExpr')) {
      const type = pathText(n.x) === receiver ? analysis.types.underlying(analysis.typeOf(unit, n)) : undefined;
      if (type?.kind === 'basic' && type.name === 'bool') found.add(n.sel.name);
    }
  };
  add(method);
  for (const call of nodesOfKind(method.decl, 'CallExpr')) {
    const asked = askedMethod(analysis, method, call);
    if (asked) add(asked);
  }
  return found;
}

/** The method of the same value that a call asks. */
function askedMethod(analysis: Analysis, { unit, receiver }: Method, call: CallExpr): Method | undefined {
  const { visible, recv } = analysis.callee(unit, call);
  return visible && !visible.unit.hasError && recv && pathText(recv) === receiver ? methodOf(visible.unit) : undefined;
}

class Look {
  constructor(
    private readonly analysis: Analysis,
    private readonly owner: NamedType,
    private readonly field: string,
    private readonly flag: string,
  ) {}

  /** True for a flag that nothing takes back. */
  isSetForGood(unit: DeclUnit | undefined): boolean {
    const mentions = unit && fieldMentionsOf(this.analysis, unit, this.owner, this.flag);
    return (
      mentions?.every(({ unit: at, node, initial }) => {
        if (at.file.isTest) return true;
        if (initial !== undefined) return initial === 'zero';
        const parent = this.analysis.parents(at).get(node);
        if (parent?.kind === 'UnaryExpr') return parent.op === '!';
        if (parent?.kind !== 'AssignStmt' || !parent.lhs.some((l) => l === node)) return true;
        return parent.op === '=' && isTrue(parent.rhs[parent.lhs.indexOf(node as Expr)]);
      }) ?? false
    );
  }

  /** True for a call that is only reached by who finds the flag not set. */
  isGuarded({ method, call }: FieldCall): boolean {
    const { unit, decl } = method;
    const cfg = this.analysis.cfg(unit, decl);
    const at = this.nodeOf(method, cfg, call);
    return (
      at !== undefined &&
      findUnreleasedPath({
        unit,
        cfg,
        facts: new Map(),
        written: this.analysis.writtenPaths(unit, decl),
        settledBy: (edge) => edge.to === cfg.exit || this.tells(method, edge) === 'first',
        effect: (n) => (n === at ? 'overwritten' : n.kind === 'ReturnStmt' ? 'settled' : 'none'),
      }) === undefined
    );
  }

  /** The way out of a method that has set the flag, and not made the call. */
  left(method: Method, calls: readonly CallExpr[]): LeftUncalled | undefined {
    const { analysis } = this;
    const { unit, decl } = method;
    const cfg = analysis.cfg(unit, decl);
    const ends = new Set(calls.flatMap((c) => this.nodeOf(method, cfg, c) ?? []));
    const others = new Set(this.callsOfOthers(method).flatMap((c) => this.nodeOf(method, cfg, c) ?? []));
    for (const set of this.sets(method)) {
      const start = this.nodeOf(method, cfg, set);
      if (!start || [...ends].some((n) => n === start || nodesAfter(cfg, n).has(start))) continue;
      const path = findUnreleasedPath({
        unit,
        cfg,
        start,
        facts: new Map(),
        written: analysis.writtenPaths(unit, decl),
        settledBy: (edge) => this.tells(method, edge) === 'late' || (edge.cond !== undefined && asksForEnd(edge.cond)),
        effect: (n) => (ends.has(n) || (n !== start && (others.has(n) || asksForEnd(n))) ? 'settled' : 'none'),
      });
      if (path?.end === 'return') return { method, flag: `${method.receiver}.${this.flag}`, start: set, path };
    }
    return undefined;
  }

  /** Calls of functions that may make the call themselves. */
  private callsOfOthers({ unit, decl }: Method): CallExpr[] {
    const name = new RegExp(`\\.${this.field}\\b`);
    return nodesOfKind(decl, 'CallExpr').filter((call) => {
      const { visible } = this.analysis.callee(unit, call);
      return visible !== undefined && names(this.analysis, visible, name, 0);
    });
  }

  /** Where a method sets the flag, or asks one that does. */
  private sets(method: Method): Node[] {
    const { unit, decl } = method;
    const parents = this.analysis.parents(unit);
    return [
      ...nodesOfKind(decl, 'AssignStmt').filter((s) => s.lhs.some((l) => this.isFlag(method, l))),
      ...nodesOfKind(decl, 'CallExpr').filter((call) => this.isFirst(method, call)),
    ].filter((n) => enclosingFunc(parents, n) === decl);
  }

  /** Whether a branch is that of who comes first, or later. */
  private tells(method: Method, { cond, kind }: Edge): 'first' | 'late' | undefined {
    if (!cond || (kind !== 'true' && kind !== 'false')) return undefined;
    const x = unparen(cond);
    if (this.isFlag(method, x)) return kind === 'true' ? 'late' : 'first';
    if (x.kind !== 'CallExpr' || !this.isFirst(method, x)) return undefined;
    return kind === 'true' ? 'first' : 'late';
  }

  /** True for the call of a method that sets the flag and says whether it was not set before. */
  private isFirst(method: Method, call: CallExpr): boolean {
    const asked = askedMethod(this.analysis, method, call);
    return asked !== undefined && asked.decl !== method.decl && this.setsOnce(asked);
  }

  /** `if s.ended { return false }`, `s.ended = true` and at last `return true`. */
  private setsOnce(asked: Method): boolean {
    const stmts = asked.decl.body?.stmts ?? [];
    const at = stmts.findIndex((s) => s.kind === 'IfStmt');
    const guard = stmts[at];
    const last = stmts.at(-1);
    if (guard?.kind !== 'IfStmt' || guard.init || guard.else || !this.isFlag(asked, guard.cond)) return false;
    const [refused, ...more] = guard.body.stmts;
    const returns = nodesOfKind(asked.decl, 'ReturnStmt');
    return (
      stmts.slice(0, at).every((s) => s.kind === 'ExprStmt' || s.kind === 'DeferStmt') &&
      refused?.kind === 'ReturnStmt' &&
      more.length === 0 &&
      isOnly(refused.results, 'false') &&
      last?.kind === 'ReturnStmt' &&
      isOnly(last.results, 'true') &&
      returns.length === 2 &&
      stmts.some((s) => s.kind === 'AssignStmt' && s.lhs.some((l) => this.isFlag(asked, l)))
    );
  }

  private isFlag({ receiver }: Method, expr: Expr): boolean {
    const x = unparen(expr);
    return x.kind === 'SelectorExpr' && x.sel.name === this.flag && pathText(x.x) === receiver;
  }

  private nodeOf({ unit }: Method, cfg: ControlFlowGraph, node: Node): Node | undefined {
    return cfgNode(cfg.where, this.analysis.parents(unit), node);
  }
}

/** `ctx.Err()` and `ctx.Done()`: what is to be ended may have ended by itself. */
function asksForEnd(node: Node): boolean {
  return find(node, (n) => n.kind === 'CallExpr' && /^(?:Err|Done)$/.test(calledName(n))) !== undefined;
}

function isTrue(expr: Expr | undefined): boolean {
  const x = expr && unparen(expr);
  return x?.kind === 'Ident' && x.name === 'true' && !x.obj;
}

function isOnly([only, ...others]: readonly Expr[], name: string): boolean {
  return only?.kind === 'Ident' && only.name === name && others.length === 0;
}
