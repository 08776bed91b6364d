/** Changes of what a loop around a wait asks about, by methods that wake nobody although others that change it do. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { type Given, givenFor, mayBeChosen } from '../../golang/given-values.ts';
import { type Asked, askedFields, changes, deletesFrom } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { fieldMentionsOf, type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from '../../golang/parents.ts';
import { isShared } from '../../golang/shared-values.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, calledName, contains, find, flattenFields, isNil, pathText } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Expr, FuncDecl, IncDecStmt, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import { givenBackUnheard, isWokenAfter, leftUnheard, type Unheard } from './cond-wait.given-back.ts';
import { partsOf } from './cond-wait.waiters.ts';
import { wakesAt, wakesIn } from './cond-wait.wakes.ts';

/** A change after which nobody is woken. */
export interface Unwoken {
  /** The method that others call. */
  unit: DeclUnit;
  /** Where the field is changed, perhaps by a helper. */
  change: Change;
  /** One that does wake. */
  waking: DeclUnit;
  /** By a method that never wakes, by one that takes back what it has changed before, or by one that wakes on other ways. */
  how: 'never' | 'given-back' | 'one-way';
}

interface Change {
  unit: DeclUnit;
  stmt: Stmt | CallExpr;
  /** `w.used` */
  path: string;
  asked: Asked;
  /** Whether it is what they wait for; a parameter where that depends on who calls. */
  given: Given;
  /** Where functions change the field in other ways. */
  others: ReadonlyMap<DeclUnit, readonly Node[]>;
}

/** Where a function that wakes makes a change, or calls one that does. */
interface Made {
  change: Change;
  unit: DeclUnit;
  node: Change['stmt'];
}

/** Callers that are followed. */
const MAX_DEPTH = 3;

/**
 * What leaves asleep those who wait at a call: a method that takes the lock and changes a field which the condition of the loop asks about in
 * the way for which they wait. Undefined where somebody might wake them all the same, and for all but the first of several waits.
 */
export function leftAsleep(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): Unwoken | undefined {
  const asked = askedAround(analysis, unit, wait, cond);
  const known = asked && plainMentions(analysis, unit, cond);
  return known && isFirst(analysis, known.mentions, wait) ? unheard(analysis, unit, known, asked) : undefined;
}

/** A condition variable in a field of a type of the package. */
export interface Known {
  owner: NamedType;
  mentions: readonly OwnMention[];
}

/** Where a condition variable is mentioned, if all is known that happens to it. */
export function plainMentions(analysis: Analysis, unit: DeclUnit, cond: Expr): Known | undefined {
  if (unit.file.isTest || cond.kind !== 'SelectorExpr' || cond.x.kind !== 'Ident') return undefined;
  const field = analysis.types.members.selector(unit, cond);
  const owner = field?.kind === 'field' ? field.owner : undefined;
  const mentions = ownMentions(analysis, unit, cond);
  return owner && mentions?.every((m) => isPlain(analysis, m)) ? { owner, mentions } : undefined;
}

/**
 * A method that makes one of the changes with the lock, and after which nobody is woken.
 * @param waking one that does wake, where it is known; otherwise another one that makes such a change has to
 */
export function unheard(
  analysis: Analysis,
  unit: DeclUnit,
  { owner, mentions }: Known,
  asked: readonly Asked[],
  waking?: DeclUnit,
): Unwoken | undefined {
  const search = new Search(analysis, mentions, asked);
  for (const a of asked)
    for (const change of changesOf(analysis, unit, owner, a)) if (change.unit !== waking) search.add(change);
  return search.result(waking);
}

function askedAround(analysis: Analysis, unit: DeclUnit, wait: Node, cond: Expr): Asked[] | undefined {
  const loop = ancestor(analysis.parents(unit), wait, (n) => n.kind === 'ForStmt' || isFunc(n));
  const value = cond.kind === 'SelectorExpr' && cond.x.kind === 'Ident' && isShared(cond.x) ? cond.x.name : undefined;
  if (value === undefined || loop?.kind !== 'ForStmt') return undefined;
  const parts = partsOf(loop) ?? (loop.cond ? [{ expr: loop.cond, is: true }] : []);
  const asked = parts.flatMap((p) => askedFields(p.expr, value, p.is));
  return asked.length > 0 ? asked : undefined;
}

/**
 * True for a mention that waits or gives the variable its value, and for one that wakes, unless that comes from time to time: in a literal
 * that is called later, or in a loop with a pause.
 */
export function isPlain(analysis: Analysis, { unit, node, initial }: OwnMention): boolean {
  if (initial !== undefined) return true;
  const parents = analysis.parents(unit);
  const user = parents.get(node);
  if (user?.kind === 'AssignStmt') return user.lhs.some((l) => l === node);
  if (user?.kind === 'BinaryExpr') return isNil(user.x) || isNil(user.y);
  if (user?.kind !== 'SelectorExpr' || user.x !== node) return false;
  if (user.sel.name === 'L' || user.sel.name === 'Wait') return true;
  // What is passed on is called whenever somebody likes.
  if (parents.get(user)?.kind !== 'CallExpr' || (parents.get(user) as CallExpr).fun !== user) return false;
  const loop = ancestor(parents, node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  if (loop && !isFunc(loop) && find(loop, (n) => pauses(analysis, unit, n))) return false;
  const around = ancestor(parents, node, isFunc);
  return around === unit.decl || parents.get(parents.get(around as Node) as Node)?.kind === 'DeferStmt';
}

function pauses(analysis: Analysis, unit: DeclUnit, n: Node): boolean {
  if (n.kind === 'CallExpr') return calledName(n) === 'Sleep';
  if (n.kind === 'RangeStmt') return analysis.types.underlying(analysis.typeOf(unit, n.x)).kind === 'chan';
  return n.kind === 'SelectStmt' || (n.kind === 'UnaryExpr' && n.op === '<-');
}

function isFirst(analysis: Analysis, mentions: readonly OwnMention[], wait: CallExpr): boolean {
  const waits = mentions.filter(({ unit, node }) => {
    const selector = analysis.parents(unit).get(node);
    return selector?.kind === 'SelectorExpr' && selector.sel.name === 'Wait' && askedAround(analysis, unit, node, node);
  });
  return waits[0] !== undefined && contains(wait, waits[0].node);
}

/** The changes that help, or may do so, of values that others hold too. */
function changesOf(analysis: Analysis, unit: DeclUnit, owner: NamedType, asked: Asked): Change[] {
  const { field, way } = asked;
  const found: Change[] = [];
  const others = new Map<DeclUnit, Node[]>();
  for (const { unit: at, node } of fieldMentionsOf(analysis, unit, owner, field) ?? []) {
    const path = pathText(node);
    const parents = analysis.parents(at);
    const user = parents.get(node);
    // Whoever has the address may do anything.
    if (user?.kind === 'UnaryExpr' && user.op === '&') return [];
    if (path === undefined || node.kind !== 'SelectorExpr' || !isShared(node.x) || !runsWithin(parents, node, at))
      continue;
    const rest = others.get(at) ?? [];
    others.set(at, rest);
    const change = { unit: at, path, asked, others };
    const isTarget = user?.kind === 'AssignStmt' ? user.lhs.some((l) => l === node) : user?.kind === 'IncDecStmt';
    if (user && (user.kind === 'AssignStmt' || user.kind === 'IncDecStmt') && isTarget) {
      const given = changes(user, path, way) ? 'surely' : givenBy(analysis, at, user, node, asked);
      if (given !== 'unknown') found.push({ ...change, stmt: user, given });
      if (given !== 'surely') rest.push(user);
    } else if (user && way === 'less' && deletesFrom(user, path))
      found.push({ ...change, stmt: user as CallExpr, given: 'surely' });
  }
  return found;
}

function givenBy(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt | IncDecStmt, target: Expr, asked: Asked): Given {
  const value = stmt.kind === 'AssignStmt' && stmt.op === '=' ? givenValue(stmt, target) : undefined;
  return value ? givenFor(analysis, unit, stmt, value, asked) : 'unknown';
}

/** True for a node of the function itself, and of literals that run where they stand or at its end. */
function runsWithin(parents: ParentMap, node: Node, { decl }: DeclUnit): boolean {
  for (let func = enclosingFunc(parents, node); func && func !== decl; func = enclosingFunc(parents, func)) {
    const call = parents.get(func);
    if (call?.kind !== 'CallExpr' || call.fun !== func || parents.get(call)?.kind === 'GoStmt') return false;
  }
  return true;
}

class Search {
  private readonly asleep: Omit<Unwoken, 'waking'>[] = [];
  /** Who wakes after a change, by the field. */
  private readonly waking = new Map<string, DeclUnit>();
  private readonly made: Made[] = [];

  constructor(
    private readonly analysis: Analysis,
    private readonly mentions: readonly OwnMention[],
    private readonly asked: readonly Asked[],
  ) {}

  add(change: Change): void {
    const { unit, others, stmt, given } = change;
    if (!others.get(unit)?.some((n) => n !== stmt) && !this.waits(unit))
      this.climb(change, unit, { given, locks: false }, 0, stmt);
    else if (given === 'surely') {
      this.giveBack(change);
      this.made.push({ change, unit, node: stmt });
    }
  }

  result(known?: DeclUnit): Unwoken | undefined {
    const first = this.asleep[0] ?? (known ? undefined : this.leftOnOneWay());
    const waking = known ?? (first && (this.waking.get(first.change.asked.field) ?? [...this.waking.values()][0]));
    return first && waking && { ...first, waking };
  }

  /** Looks at one change of a function that makes others as well, or waits itself. */
  private giveBack(change: Change): void {
    const { unit } = change;
    const { decl } = unit;
    const { path, asked } = change;
    if (decl.kind !== 'FuncDecl' || unit.file.isTest || unit.hasError) return;
    // What a function does after a literal is not followed.
    const isWithin = enclosingFunc(this.analysis.parents(unit), change.stmt) !== decl;
    if (isWithin && this.mayWakeAtEnd(unit)) return;
    const receiver = valueOf(path);
    const others = change.others.get(unit) ?? [];
    const way = { ...change, others, receiver, field: asked.field, asked: this.asked };
    const unheard = givenBackUnheard(this.analysis, way);
    if (unheard && this.isOpenUnheard(unit, decl, unheard, 0)) this.asleep.push({ unit, change, how: 'given-back' });
  }

  /** A change that wakes nobody in a function which wakes on other ways, where somebody is woken after the same change elsewhere. */
  private leftOnOneWay(): Omit<Unwoken, 'waking'> | undefined {
    const { analysis } = this;
    for (const made of this.made) {
      const { change, unit, node } = made;
      const { decl } = unit;
      const receiver = node.kind === 'CallExpr' ? calledOn(node) : valueOf(change.path);
      const others = change.others.get(unit) ?? [];
      if (decl.kind !== 'FuncDecl' || receiver === undefined || others.length > 0 || this.waits(unit)) continue;
      if (enclosingFunc(analysis.parents(unit), node) !== decl) continue;
      const alike = this.made.filter((m) => m.node !== node && m.change.asked.field === change.asked.field);
      const isWoken = (m: Made): boolean =>
        wakesIn(analysis, m.unit) === 'surely' && isWokenAfter(analysis, m.unit, m.node, { fails: false });
      if (!alike.some(isWoken)) continue;
      const isMadeAlike = alike.some((m) => m.unit === unit && isWoken(m));
      const { field } = change.asked;
      const way = { unit, stmt: node, others, receiver, field, asked: this.asked, isMadeAlike };
      const unheard = leftUnheard(analysis, way);
      if (!unheard || !this.isOpenUnheard(unit, decl, unheard, 0)) continue;
      const stmt = node.kind === 'CallExpr' ? analysis.parents(unit).get(node) : node;
      if (stmt?.kind !== 'ExprStmt' && stmt !== node) continue;
      return { unit, change: { ...change, unit, stmt, path: `${receiver}.${field}` }, how: 'one-way' };
    }
    return undefined;
  }

  /** True for a function that everybody can call, itself or by others, and after which no caller wakes. */
  private isOpenUnheard(unit: DeclUnit, decl: FuncDecl, unheard: Unheard, depth: number): boolean {
    const callers = mentionsOf(this.analysis, unit, decl).filter((m) => !m.unit.file.isTest);
    if (callers.some((m) => !m.call || isWokenAfter(this.analysis, m.unit, m.call, unheard))) return false;
    if (isExported(decl.name.name)) return true;
    if (depth >= MAX_DEPTH) return false;
    return callers.some(({ unit: caller }) => {
      const { decl: outer } = caller;
      if (outer.kind !== 'FuncDecl' || outer === decl) return false;
      return this.isOpenUnheard(caller, outer, { fails: false }, depth + 1);
    });
  }

  /** Follows a change to those who call the function that makes it, until one of them wakes or can be called by everybody. */
  private climb(change: Change, unit: DeclUnit, { given, locks }: Way, depth: number, node: Change['stmt']): void {
    const { decl } = unit;
    const { analysis } = this;
    const { asked } = change;
    if (decl.kind !== 'FuncDecl' || unit.file.isTest || unit.hasError || this.waits(unit)) return;
    const wakes = wakesIn(analysis, unit);
    if (wakes === 'surely' && !this.waking.has(asked.field)) this.waking.set(asked.field, unit);
    if (wakes === 'surely' && given === 'surely') this.made.push({ change, unit, node });
    if (wakes) return;
    const isLocked = locks || takesLock(decl);
    const callers = mentionsOf(analysis, unit, decl).filter((m) => !m.unit.file.isTest);
    if (isExported(decl.name.name)) {
      const isWokenLater = callers.some((m) =>
        m.call ? isWokenAfter(analysis, m.unit, m.call, { fails: false }) : wakesIn(analysis, m.unit),
      );
      const helps = given === 'surely' || (given !== 'unknown' && mayBeChosen(asked));
      if (helps && isLocked && !isWokenLater) this.asleep.push({ unit, change, how: 'never' });
      return;
    }
    if (depth >= MAX_DEPTH || callers.some((m) => !m.call)) return;
    for (const { unit: caller, call } of callers)
      if (call && caller.decl !== decl && isOnShared(call)) {
        const arg = typeof given === 'string' ? undefined : argumentFor(decl, call, given);
        const next = arg ? givenFor(analysis, caller, call, arg, asked) : given;
        this.climb(
          change,
          caller,
          { given: typeof next === 'string' || arg ? next : 'unknown', locks: isLocked },
          depth + 1,
          call,
        );
      }
  }

  private mayWakeAtEnd(unit: DeclUnit): boolean {
    const { analysis } = this;
    return (
      wakesIn(analysis, unit) === 'surely' ||
      nodesOfKind(unit.decl, 'DeferStmt').some((d) => wakesAt(analysis, unit, d) !== undefined)
    );
  }

  private waits(unit: DeclUnit): boolean {
    return this.mentions.some((m) => m.unit === unit && this.methodAt(m) === 'Wait');
  }

  private methodAt({ unit, node }: OwnMention): string | undefined {
    const selector = this.analysis.parents(unit).get(node);
    return selector?.kind === 'SelectorExpr' && selector.x === node ? selector.sel.name : undefined;
  }
}

/** What is known where a change has been followed to. */
interface Way {
  given: Given;
  /** A lock is taken on the way. */
  locks: boolean;
}

function takesLock(decl: FuncDecl): boolean {
  return nodesOfKind(decl, 'CallExpr').some((call) => calledName(call) === 'Lock');
}

/** True for a call of a method of something that others hold too: nobody waits for what has just been made. */
function isOnShared({ fun, args }: CallExpr): boolean {
  if (fun.kind === 'SelectorExpr' && baseIdent(fun.x)?.obj) return isShared(fun.x);
  return args.every((a) => baseIdent(a)?.obj?.role !== 'local' || isShared(a));
}

function argumentFor({ type }: FuncDecl, { args, spread }: CallExpr, param: LocalObject): Expr | undefined {
  const index = flattenFields(type.params).findIndex((p) => p.name === param.decl && !p.variadic);
  return spread ? undefined : args[index];
}

/** The variable whose method is called. */
function calledOn({ fun }: CallExpr): string | undefined {
  return fun.kind === 'SelectorExpr' && fun.x.kind === 'Ident' ? fun.x.name : undefined;
}

/** The value that has the field: `w` of `w.used`. */
function valueOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}
