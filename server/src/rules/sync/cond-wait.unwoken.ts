/** Changes of what a loop around a wait asks about, by methods that wake nobody although others that change it do. */
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isExported } from '../../golang/exported.ts';
import { type Asked, askedFields, changes, deletesFrom } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { fieldMentionsOf, type OwnMention, ownMentions } from '../../golang/own-mentions.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { calledName, contains, find, pathText } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncDecl, Node, Stmt } from '../../syntax/ast.ts';
import { givenBackUnheard, isWokenAfter, type Unheard } from './cond-wait.given-back.ts';
import { wakesIn } from './cond-wait.wakes.ts';

/** A change after which nobody is woken. */
export interface Unwoken {
  /** The method that others call. */
  unit: DeclUnit;
  /** Where the field is changed, perhaps by a helper. */
  change: Change;
  /** One that does wake. */
  waking: DeclUnit;
  /** The change takes back one that the same function has made before. */
  isGivenBack: boolean;
}

interface Change {
  unit: DeclUnit;
  stmt: Stmt | CallExpr;
  /** `w.used` */
  path: string;
  field: string;
  /** Where the same function changes the field in other ways. */
  others: Node[];
}

/** Callers that are followed. */
const MAX_DEPTH = 3;

/**
 * What leaves asleep those who wait at a call: a method that takes the lock and changes a field which the condition of the loop asks about in
 * the way for which they wait. Undefined where somebody might wake them all the same, and for all but the first of several waits.
 */
export function leftAsleep(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): Unwoken | undefined {
  const asked = askedAround(analysis, unit, wait);
  if (!asked || unit.file.isTest || cond.kind !== 'SelectorExpr' || cond.x.kind !== 'Ident') return undefined;
  const field = analysis.types.members.selector(unit, cond);
  const owner = field?.kind === 'field' ? field.owner : undefined;
  const mentions = ownMentions(analysis, unit, cond);
  if (!owner || !mentions?.every((m) => isPlain(analysis, m)) || !isFirst(analysis, mentions, wait)) return undefined;
  const search = new Search(analysis, mentions, asked);
  for (const a of asked) for (const change of changesOf(analysis, unit, owner, a)) search.add(change);
  return search.result();
}

function askedAround(analysis: Analysis, unit: DeclUnit, wait: Node): Asked[] | undefined {
  const receiver = receiverOf(unit);
  const loop = ancestor(analysis.parents(unit), wait, (n) => n.kind === 'ForStmt' || isFunc(n));
  if (receiver === undefined || loop?.kind !== 'ForStmt' || !loop.cond) return undefined;
  const asked = askedFields(loop.cond, receiver);
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
    return selector?.kind === 'SelectorExpr' && selector.sel.name === 'Wait' && askedAround(analysis, unit, node);
  });
  return waits[0] !== undefined && contains(wait, waits[0].node);
}

/** The changes that help, in methods. */
function changesOf(analysis: Analysis, unit: DeclUnit, owner: NamedType, { field, way }: Asked): Change[] {
  const found: Change[] = [];
  const others = new Map<DeclUnit, Node[]>();
  for (const { unit: at, node } of fieldMentionsOf(analysis, unit, owner, field) ?? []) {
    const path = pathText(node);
    const parents = analysis.parents(at);
    const user = parents.get(node);
    // Whoever has the address may do anything.
    if (user?.kind === 'UnaryExpr' && user.op === '&') return [];
    if (path === undefined || path !== `${receiverOf(at)}.${field}` || ancestor(parents, node, isFunc) !== at.decl)
      continue;
    const rest = others.get(at) ?? [];
    others.set(at, rest);
    const change = { unit: at, path, field, others: rest };
    const isTarget = user?.kind === 'AssignStmt' ? user.lhs.some((l) => l === node) : user?.kind === 'IncDecStmt';
    if (user && (user.kind === 'AssignStmt' || user.kind === 'IncDecStmt') && isTarget) {
      if (changes(user, path, way)) found.push({ ...change, stmt: user });
      else rest.push(user);
    } else if (user && way === 'less' && deletesFrom(user, path)) found.push({ ...change, stmt: user as CallExpr });
  }
  return found;
}

function receiverOf({ decl }: DeclUnit): string | undefined {
  return decl.kind === 'FuncDecl' ? decl.recv?.names[0]?.name : undefined;
}

class Search {
  private readonly asleep: Omit<Unwoken, 'waking'>[] = [];
  /** Who wakes after a change, by the field. */
  private readonly waking = new Map<string, DeclUnit>();

  constructor(
    private readonly analysis: Analysis,
    private readonly mentions: readonly OwnMention[],
    private readonly asked: readonly Asked[],
  ) {}

  add(change: Change): void {
    const { unit, others } = change;
    if (others.length > 0 || this.waits(unit)) this.giveBack(change);
    else this.climb(change, unit, 0);
  }

  result(): Unwoken | undefined {
    const [first] = this.asleep;
    const waking = first && (this.waking.get(first.change.field) ?? [...this.waking.values()][0]);
    return waking && { ...first, waking };
  }

  /** Looks at one change of a function that makes others as well, or waits itself. */
  private giveBack(change: Change): void {
    const { unit } = change;
    const { decl } = unit;
    const receiver = receiverOf(unit);
    if (decl.kind !== 'FuncDecl' || receiver === undefined || unit.file.isTest || unit.hasError) return;
    const unheard = givenBackUnheard(this.analysis, { ...change, receiver, asked: this.asked });
    if (unheard && this.isOpenUnheard(unit, decl, unheard, 0)) this.asleep.push({ unit, change, isGivenBack: true });
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
  private climb(change: Change, unit: DeclUnit, depth: number): void {
    const { decl } = unit;
    if (decl.kind !== 'FuncDecl' || unit.file.isTest || unit.hasError || this.waits(unit)) return;
    const wakes = wakesIn(this.analysis, unit);
    if (wakes === 'surely' && !this.waking.has(change.field)) this.waking.set(change.field, unit);
    if (wakes) return;
    const callers = mentionsOf(this.analysis, unit, decl).filter((m) => !m.unit.file.isTest);
    if (isExported(decl.name.name)) {
      const isWokenLater = callers.some((m) => wakesIn(this.analysis, m.unit));
      if (locks(decl) && !isWokenLater) this.asleep.push({ unit, change, isGivenBack: false });
      return;
    }
    if (depth >= MAX_DEPTH || callers.some((m) => !m.call)) return;
    for (const { unit: caller } of callers) if (caller.decl !== decl) this.climb(change, caller, depth + 1);
  }

  private waits(unit: DeclUnit): boolean {
    return this.mentions.some((m) => m.unit === unit && this.methodAt(m) === 'Wait');
  }

  private methodAt({ unit, node }: OwnMention): string | undefined {
    const selector = this.analysis.parents(unit).get(node);
    return selector?.kind === 'SelectorExpr' && selector.x === node ? selector.sel.name : undefined;
  }
}

function locks(decl: FuncDecl): boolean {
  return nodesOfKind(decl, 'CallExpr').some((call) => calledName(call) === 'Lock');
}
