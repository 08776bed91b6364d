/**
 * Fields of a value that get something new although what they held is in use, and nobody else knows it: a method makes a new stop channel,
 * and the goroutine that was started with the old one cannot be told to stop any more.
 */
import type { AssignStmt, CallExpr, FuncDecl, LocalObject, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { VisibleFunc } from './callee.ts';
import { isExported } from './exported.ts';
import { nodesOfKind } from './node-index.ts';
import { isNewStruct } from './only-value.ts';
import { type OwnMention, fieldMentionsOf } from './own-mentions.ts';
import { ancestor, enclosingFunc } from './parents.ts';
import type { NamedType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, find, isNil, unparen } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/** A place in a unit. */
export interface Spot {
  unit: DeclUnit;
  node: Node;
}

/** An assignment by which a method gives a field of its receiver something new. */
export interface Replacement {
  unit: DeclUnit;
  stmt: AssignStmt;
  /** The field as written there. */
  target: SelectorExpr;
  owner: NamedType;
  /** Where a value of the type is made, and the field has got something before: what it is given, or the call of the method that does so. */
  first: Spot;
  /** It is this method that gives new values their first one, too. */
  isByMethod: boolean;
  /** The method that callers of the package call, and with it, for one that is called by another. */
  method: FuncDecl;
}

/** Methods of which callers know that what they start has to be stopped before they call them again. */
export const STARTS = /^(?:re)?(?:start|run|open|connect|dial|init|listen|serve|begin|reset|watch|join)/i;

/** Methods of methods that are looked into. */
const MAX_DEPTH = 2;

/**
 * What a method replaces that the value has got where it was made: nothing that comes before in the method, or in the one that calls it,
 * has to do with what the field holds.
 * @param isWanted tells by what an assignment gives a field whether it is of interest: most are not, and for these nothing is read
 * @param isHarmless true for a mention of the field, or of a variable that holds the same, that leaves what is in it as it is
 */
export function* replacements(
  analysis: Analysis,
  unit: DeclUnit,
  isWanted: (stmt: AssignStmt, target: SelectorExpr) => boolean,
  isHarmless: (unit: DeclUnit, mention: Node) => boolean,
): Generator<Replacement> {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || unit.file.isTest) return;
  const receiver = decl.recv?.names[0]?.obj;
  if (!receiver) return;
  for (const stmt of nodesOfKind(decl, 'AssignStmt')) {
    if (stmt.op !== '=' || enclosingFunc(analysis.parents(unit), stmt) !== decl) continue;
    for (const target of stmt.lhs) {
      if (target.kind !== 'SelectorExpr' || !isOf(target, receiver) || isExported(target.sel.name)) continue;
      if (!isWanted(stmt, target) || !isCallable(unit, decl)) continue;
      // The package is read only for what the method itself leaves open.
      const isTouched = nodesOfKind(decl, 'SelectorExpr').some(
        (x) => x.start < stmt.start && x.sel.name === target.sel.name && isOf(x, receiver) && !isHarmless(unit, x),
      );
      if (isTouched) continue;
      const s = analysis.types.members.selector(unit, target);
      const owner = s?.kind === 'field' ? s.owner : undefined;
      const mentions = owner && fieldMentionsOf(analysis, unit, owner, target.sel.name);
      if (!mentions) continue;
      const look = new Look(analysis, target.sel.name, mentions, isHarmless);
      const found = look.found({ unit, node: stmt }, decl, receiver);
      if (found) yield { unit, stmt, target, owner, ...found };
    }
  }
}

/** True for a method that callers of the package may call, or by name an exported method of the type. */
function isCallable({ pkg }: DeclUnit, { name: { name } }: FuncDecl): boolean {
  if (isExported(name)) return true;
  return declarationsNaming(pkg, name).some(
    ({ declaration: { recv, names } }) =>
      recv !== undefined && isExported(names[0] ?? '') && !STARTS.test(names[0] ?? ''),
  );
}

/** True for `x.f` where `x` is the variable. */
function isOf({ x }: SelectorExpr, object: LocalObject): boolean {
  const base = unparen(x);
  return base.kind === 'Ident' && base.obj === object;
}

/** A look at one field. */
class Look {
  constructor(
    private readonly analysis: Analysis,
    private readonly field: string,
    private readonly mentions: readonly OwnMention[],
    private readonly isHarmless: (unit: DeclUnit, mention: Node) => boolean,
  ) {}

  found(
    at: Spot,
    decl: FuncDecl,
    receiver: LocalObject,
  ): Pick<Replacement, 'first' | 'isByMethod' | 'method'> | undefined {
    const isCalled = isExported(decl.name.name) && !STARTS.test(decl.name.name);
    const given = isCalled ? this.givenAtFirst() : undefined;
    if (given && this.isUntouched(at, receiver, given)) return { first: given, isByMethod: false, method: decl };
    const calls = mentionsOf(this.analysis, at.unit, decl).filter((m) => m.call && !m.unit.file.isTest);
    const first = calls.map((m) => this.callOnNew(m.unit, m.call as CallExpr)).find((spot) => spot !== undefined);
    if (!first || !this.isUntouched(at, receiver, first)) return undefined;
    for (const { unit, call } of calls) {
      const by = unit.decl;
      const own = by.kind === 'FuncDecl' ? by.recv?.names[0]?.obj : undefined;
      if (!call || by.kind !== 'FuncDecl' || !own || !isExported(by.name.name) || STARTS.test(by.name.name)) continue;
      const isOnOwn = call.fun.kind === 'SelectorExpr' && isOf(call.fun, own);
      if (isOnOwn && enclosingFunc(this.analysis.parents(unit), call) === by)
        if (this.isUntouched({ unit, node: call }, own, first)) return { first, isByMethod: true, method: by };
    }
    return undefined;
  }

  /** Where the field of a new value gets something. */
  private givenAtFirst(): Spot | undefined {
    for (const { unit, node, initial } of this.mentions) {
      if (unit.file.isTest) continue;
      if (initial !== undefined && initial !== 'zero' && !isNil(initial)) return { unit, node: initial };
      const stmt = this.analysis.parents(unit).get(node);
      if (stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node) && node.kind === 'SelectorExpr')
        if (isNewValue(node)) return { unit, node: stmt };
    }
    return undefined;
  }

  /** A call of a method on a value that is made in the same function. */
  private callOnNew(unit: DeclUnit, call: CallExpr): Spot | undefined {
    return call.fun.kind === 'SelectorExpr' && isNewValue(call.fun) ? { unit, node: call } : undefined;
  }

  /** True when nothing before a place has to do with what the field holds, and no flag of the value tells that it holds nothing. */
  private isUntouched({ unit, node }: Spot, receiver: LocalObject, first: Spot): boolean {
    const isBefore = (n: Node): boolean => n.start < node.start;
    const own = this.mentions.filter((m) => m.unit === unit && isBefore(m.node) && !contains(node, m.node));
    if (!own.every((m) => this.isHarmless(unit, m.node))) return false;
    const calls = nodesOfKind(unit.decl, 'CallExpr').filter((c) => isBefore(c) && !contains(c, node) && c !== node);
    return calls.every((c) => this.leavesAlone(unit, c, receiver)) && !this.isGuarded(unit, receiver, isBefore, first);
  }

  /** True for a call that is not given the value, and for a method of it that does not name the field. */
  private leavesAlone(unit: DeclUnit, call: CallExpr, receiver: LocalObject): boolean {
    if (call.args.some((a) => unparen(a).kind === 'Ident' && (unparen(a) as { obj?: LocalObject }).obj === receiver))
      return false;
    if (call.fun.kind !== 'SelectorExpr' || !isOf(call.fun, receiver)) return true;
    const { visible } = this.analysis.callee(unit, call);
    return visible !== undefined && !this.names(visible, 0);
  }

  private names({ unit, decl }: VisibleFunc, depth: number): boolean {
    if (new RegExp(`\\.${this.field}\\b`).test(unit.text(decl))) return true;
    const receiver = decl.recv?.names[0]?.obj;
    if (!receiver) return false;
    return nodesOfKind(decl, 'CallExpr').some((c) => {
      if (c.fun.kind !== 'SelectorExpr' || !isOf(c.fun, receiver)) return false;
      const { visible } = this.analysis.callee(unit, c);
      return depth >= MAX_DEPTH || (visible !== undefined && visible.decl !== decl && this.names(visible, depth + 1));
    });
  }

  /** True when a condition asks for a flag of the value that changes along with the field: `if s.running { return }`. */
  private isGuarded(unit: DeclUnit, receiver: LocalObject, isBefore: (n: Node) => boolean, first: Spot): boolean {
    const tests = [
      ...nodesOfKind(unit.decl, 'IfStmt').map(({ cond }) => cond),
      ...nodesOfKind(unit.decl, 'ForStmt').map(({ cond }) => cond),
      ...nodesOfKind(unit.decl, 'SwitchStmt').map(({ tag }) => tag),
    ];
    return tests.some(
      (test) =>
        test &&
        isBefore(test) &&
        find(test, (n) => n.kind === 'SelectorExpr' && isOf(n, receiver) && this.isFlag(unit, n, first)) !== undefined,
    );
  }

  private isFlag(unit: DeclUnit, x: SelectorExpr, first: Spot): boolean {
    const s = this.analysis.types.members.selector(unit, x);
    if (s?.kind !== 'field' || !s.owner) return s?.kind === 'method';
    const type = this.analysis.types.underlying(this.analysis.typeOf(unit, x));
    if (type.kind !== 'basic') return true;
    // What is measured is no flag.
    const parents = this.analysis.parents(unit);
    if (ancestor(parents, x, (n) => n.kind === 'BinaryExpr' && /^[<>]=?$/.test(n.op))) return false;
    const mentions = fieldMentionsOf(this.analysis, unit, s.owner, s.name);
    return (
      !mentions ||
      mentions.some(({ unit: at, node, initial }) => {
        if (at !== unit && at !== first.unit) return false;
        if (initial !== undefined) return initial !== 'zero';
        const stmt = this.analysis.parents(at).get(node);
        return stmt?.kind === 'AssignStmt' && stmt.lhs.some((l) => l === node);
      })
    );
  }
}

/** True for a field or method of a variable that holds a struct which is made where it is declared. */
function isNewValue({ x }: SelectorExpr): boolean {
  const base = unparen(x);
  return base.kind === 'Ident' && base.obj !== undefined && isNewStruct(base.obj);
}
