/**
 * What methods do with a field of their value: which nodes have to do with what the field holds, and who in the package may release that.
 */
import type { CallExpr, Decl, Expr, FuncDecl, LocalObject, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { VisibleFunc } from './callee.ts';
import { endsValue } from './ending-methods.ts';
import { isExported } from './exported.ts';
import { nodesOfKind } from './node-index.ts';
import { givenValue, isNewStruct } from './only-value.ts';
import { type OwnMention, fieldMentionsOf } from './own-mentions.ts';
import { ancestor, isFunc } from './parents.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, find, isNil, unparen } from './walk.ts';

/** A place in a unit. */
export interface Spot {
  unit: DeclUnit;
  node: Node;
}

/** Methods of methods that are looked into. */
const MAX_DEPTH = 2;

/** True for `x.f` where `x` is the variable. */
export function isFieldOf({ x }: SelectorExpr, object: LocalObject): boolean {
  const base = unparen(x);
  return base.kind === 'Ident' && base.obj === object;
}

/** The receiver of a method. */
export function receiverOf({ decl }: DeclUnit): LocalObject | undefined {
  return decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.obj : undefined;
}

/** A look at one field of a type. */
export class FieldLook {
  /** @param isHarmless true for a mention of the field, or of a variable that holds the same, that leaves what is in it as it is */
  constructor(
    readonly analysis: Analysis,
    readonly owner: NamedType,
    readonly field: string,
    readonly mentions: readonly OwnMention[],
    readonly isHarmless: (unit: DeclUnit, mention: Node) => boolean,
  ) {}

  /**
   * True when nothing before a place has to do with what the field holds, and no flag of the value tells that it holds nothing.
   * @param except a condition of which it is known that it tells something else
   */
  isUntouched({ unit, node }: Spot, receiver: LocalObject, first?: Spot, except?: Expr): boolean {
    const isBefore = (n: Node): boolean => n.start < node.start && n !== except;
    const own = this.mentions.filter((m) => m.unit === unit && isBefore(m.node) && !contains(node, m.node));
    if (!own.every((m) => this.isHarmless(unit, m.node))) return false;
    const calls = nodesOfKind(unit.decl, 'CallExpr').filter((c) => isBefore(c) && !contains(c, node) && c !== node);
    return calls.every((c) => this.leavesAlone(unit, c, receiver)) && !this.isGuarded(unit, receiver, isBefore, first);
  }

  /** The mentions and calls of a method that have to do with what the field holds, those of deferred literals left out. */
  touches(unit: DeclUnit, receiver: LocalObject): Node[] {
    const parents = this.analysis.parents(unit);
    const isDeferred = (n: Node): boolean => {
      const literal = ancestor(parents, n, isFunc);
      const call = literal?.kind === 'FuncLit' ? parents.get(literal) : undefined;
      return call?.kind === 'CallExpr' && call.fun === literal && parents.get(call)?.kind === 'DeferStmt';
    };
    return [
      ...this.mentions.filter((m) => m.unit === unit && !this.isHarmless(unit, m.node)).map((m) => m.node),
      ...nodesOfKind(unit.decl, 'CallExpr').filter((c) => !this.leavesAlone(unit, c, receiver)),
    ].filter((n) => !isDeferred(n));
  }

  /** True for a call that is not given the value, and for a method of it that does not name the field. */
  private leavesAlone(unit: DeclUnit, call: CallExpr, receiver: LocalObject): boolean {
    if (call.args.some((a) => unparen(a).kind === 'Ident' && (unparen(a) as { obj?: LocalObject }).obj === receiver))
      return false;
    if (call.fun.kind !== 'SelectorExpr' || !isFieldOf(call.fun, receiver)) return true;
    const { visible } = this.analysis.callee(unit, call);
    return visible !== undefined && !this.names(visible, 0);
  }

  private names({ unit, decl }: VisibleFunc, depth: number): boolean {
    if (new RegExp(`\\.${this.field}\\b`).test(unit.text(decl))) return true;
    const receiver = decl.recv?.names[0]?.obj;
    if (!receiver) return false;
    return nodesOfKind(decl, 'CallExpr').some((c) => {
      if (c.fun.kind !== 'SelectorExpr' || !isFieldOf(c.fun, receiver)) return false;
      const { visible } = this.analysis.callee(unit, c);
      return depth >= MAX_DEPTH || (visible !== undefined && visible.decl !== decl && this.names(visible, depth + 1));
    });
  }

  /**
   * True when all that may release what the field holds is in the given functions, in methods that end the value, or in helpers that
   * only these call; and something is.
   */
  isReleasedOnlyIn(allowed: readonly FuncDecl[]): boolean {
    let isReleased = false;
    for (const { unit, node, initial } of this.mentions) {
      if (unit.file.isTest || initial !== undefined || this.isHarmless(unit, node)) continue;
      const parents = this.analysis.parents(unit);
      const user = parents.get(node);
      if (user?.kind === 'BinaryExpr' && (isNil(user.x) || isNil(user.y))) continue;
      const { decl } = unit;
      if (decl.kind !== 'FuncDecl' || !this.isAmong(unit, decl, allowed, 0)) return false;
      const isSet = user?.kind === 'AssignStmt' && user.lhs.some((l) => l === node);
      if (isSet) continue;
      const literal = ancestor(parents, node, isFunc);
      const call = literal?.kind === 'FuncLit' ? parents.get(literal) : undefined;
      // A goroutine does it at some time.
      if (literal?.kind === 'FuncLit' && !(call?.kind === 'CallExpr' && parents.get(call)?.kind === 'DeferStmt'))
        return false;
      isReleased = true;
    }
    return isReleased;
  }

  private isAmong(unit: DeclUnit, decl: FuncDecl, allowed: readonly FuncDecl[], depth: number): boolean {
    if (allowed.includes(decl)) return true;
    if (depth > MAX_DEPTH) return false;
    const isEnd = endsValue(decl);
    if (!isEnd && isExported(decl.name.name)) return false;
    const mentions = mentionsOf(this.analysis, unit, decl).filter((m) => !m.unit.file.isTest);
    // Who ends a value from outside has done with it; a method of the value that does so may go on.
    return mentions.every(({ unit: by, call }) => {
      if (by.decl.kind !== 'FuncDecl' || (!call && !isEnd)) return false;
      const own = receiverOf(by);
      const isOwn = call?.fun.kind === 'SelectorExpr' && own !== undefined && isFieldOf(call.fun, own);
      return (isEnd && !isOwn) || this.isAmong(by, by.decl, allowed, depth + 1);
    });
  }

  /** True when some caller of a method within the package does something about the field before. */
  isPreparedByCallers(unit: DeclUnit, decl: FuncDecl): boolean {
    return mentionsOf(this.analysis, unit, decl).some(({ unit: by, call }) => {
      const root = call?.fun.kind === 'SelectorExpr' ? unparen(call.fun.x) : undefined;
      if (by.file.isTest || !call || root?.kind !== 'Ident' || !root.obj) return false;
      if (this.analysis.callee(by, call).visible?.decl !== decl) return false;
      return this.touches(by, root.obj).some((n) => n.start < call.start && !contains(n, call));
    });
  }

  /** True for `x.f == nil` around a node. */
  isWhereNil(unit: DeclUnit, node: Node): boolean {
    const parents = this.analysis.parents(unit);
    for (let child = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
      if (n.kind !== 'IfStmt' || n.body !== child) continue;
      const test = unparen(n.cond);
      if (test.kind !== 'BinaryExpr' || test.op !== '==') continue;
      const tested = isNil(test.y) ? test.x : isNil(test.x) ? test.y : undefined;
      if (tested && this.mentions.some((m) => m.unit === unit && m.node === unparen(tested))) return true;
    }
    return false;
  }

  /** Where the field of a new value gets something. */
  givenAtFirst(): Spot | undefined {
    for (const { unit, node, initial } of this.mentions) {
      if (unit.file.isTest) continue;
      if (initial !== undefined && initial !== 'zero' && !isNil(initial)) return { unit, node: initial };
      const stmt = this.analysis.parents(unit).get(node);
      if (stmt?.kind !== 'AssignStmt' || !stmt.lhs.some((l) => l === node) || node.kind !== 'SelectorExpr') continue;
      const given = givenValue(stmt, node);
      if (isOnNew(node) && !(given && isNil(given))) return { unit, node: stmt };
    }
    return undefined;
  }

  /** True when a condition asks for a flag of the value that changes along with the field: `if s.running { return }`. */
  private isGuarded(unit: DeclUnit, receiver: LocalObject, isBefore: (n: Node) => boolean, first?: Spot): boolean {
    const units = first ? [unit, first.unit] : [unit];
    return conditionsOf(unit.decl).some((test) => isBefore(test) && this.asksFlag(unit, receiver, test, units));
  }

  /** True for a condition that asks for a field of the value which one of some declarations sets, or for what a method of it says. */
  asksFlag(unit: DeclUnit, receiver: LocalObject, test: Node, units: readonly DeclUnit[]): boolean {
    const isFlag = (n: Node): boolean =>
      n.kind === 'SelectorExpr' && isFieldOf(n, receiver) && this.isFlag(unit, n, units);
    return find(test, isFlag) !== undefined;
  }

  private isFlag(unit: DeclUnit, x: SelectorExpr, units: readonly DeclUnit[]): boolean {
    const s = this.analysis.types.members.selector(unit, x);
    if (s?.kind !== 'field' || !s.owner) return s?.kind === 'method';
    const type = this.analysis.types.underlying(this.analysis.typeOf(unit, x));
    if (type.kind !== 'basic') return true;
    // What is measured is no flag.
    const parents = this.analysis.parents(unit);
    if (ancestor(parents, x, (n) => n.kind === 'BinaryExpr' && /^[<>]=?$/.test(n.op))) return false;
    // `if to == s.at { return }`: what is asked for is there already.
    const by = parents.get(x);
    if (by?.kind === 'BinaryExpr' && type.name !== 'bool' && isParameter(by.x === x ? by.y : by.x)) return false;
    const mentions = fieldMentionsOf(this.analysis, unit, s.owner, s.name);
    return (
      !mentions ||
      mentions.some(({ unit: at, node, initial }) => {
        if (!units.includes(at)) return false;
        if (initial !== undefined) return initial !== 'zero';
        const stmt = this.analysis.parents(at).get(node);
        return stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node);
      })
    );
  }
}

/** What `if`, `for` and `switch` of a declaration ask. */
export function conditionsOf(decl: Decl): Expr[] {
  return [
    ...nodesOfKind(decl, 'IfStmt').map(({ cond }) => cond),
    ...nodesOfKind(decl, 'ForStmt').flatMap(({ cond }) => cond ?? []),
    ...nodesOfKind(decl, 'SwitchStmt').flatMap(({ tag }) => tag ?? []),
  ];
}

function isParameter(expr: Expr): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj?.role === 'param';
}

/** True for a field or method of a variable that holds a struct which is made where it is declared. */
export function isOnNew({ x }: SelectorExpr): boolean {
  const base = unparen(x);
  return base.kind === 'Ident' && base.obj !== undefined && isNewStruct(base.obj);
}
