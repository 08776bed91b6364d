/**
 * Values that a function replaces in a field, a variable or a map of the package without releasing what they hold, although it knows that
 * they may be there, and whoever else takes them out of it releases that.
 */
import type { AssignStmt, CallExpr, Expr, ExprStmt, FuncDecl, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Acquires } from './api/facts.ts';
import { mentionsOf } from './callers.ts';
import type { VisibleFunc } from './callee.ts';
import type { ControlFlowGraph, Edge } from './cfg.ts';
import { isExported } from './exported.ts';
import type { Spot } from './field-look.ts';
import { nodesOfKind } from './node-index.ts';
import { fieldMentionsOf } from './own-mentions.ts';
import { ancestor, isFunc } from './parents.ts';
import { type Effect, findUnreleasedPath, type UnreleasedPath } from './paths.ts';
import { type Contents, contentsOf, type ContentUse } from './place-contents.ts';
import { type Place, type PlaceStore, storeOf } from './place-stores.ts';
import { isPlainLook } from './plain-looks.ts';
import { isMeantAgain } from './repeated-calls.ts';
import { type Acquisition, cfgNode, releaseSpec } from './resources.ts';
import { helperCalls } from './stores-by-helpers.ts';
import { callsNaming, isNamedIn, nameOf, names } from './place-names.ts';
import { deref } from './types.ts';
import type { DeclUnit } from './unit.ts';
import type { ReleaseSpec } from './uses.ts';
import { asCall, contains, isNil, baseIdent, unparen } from './walk.ts';

export interface ReplacedValue {
  stmt: AssignStmt;
  /** The place as written there. */
  target: Expr;
  /** What is acquired, as seen from the value in the place. */
  acquires: Acquires;
  /** The way to the statement. */
  path: UnreleasedPath;
  /** Where another declaration releases what it takes out of the place. */
  released: Spot;
  /** Nothing else is done with the old value in the function than to look at it. */
  isOnlyLookedAt: boolean;
  /** The function with the way, where that calls another one to put the new value there. */
  by?: { unit: DeclUnit; func: FuncDecl };
}

/** A statement that puts something into a place, or calls a helper that does. */
type Filled = Omit<PlaceStore, 'stmt'> & { stmt: AssignStmt | ExprStmt };

type Found = Omit<ReplacedValue, 'stmt' | 'target' | 'by'>;

/** Names of functions after which what a value holds is of no more use. */
const ENDING =
  /^(?:close|stop|shut_?down|end|release|cancel|detach|disconnect|dispose|clean|tear_?down|finish|unload)/i;

/** What an acquisition takes the place of, where that is left behind unreleased. */
export function replacedValue(analysis: Analysis, a: Acquisition): ReplacedValue | undefined {
  const { unit, func } = a;
  if (unit.file.isTest || func.kind !== 'FuncDecl') return undefined;
  const store = storeOf(analysis, a);
  if (!store) return undefined;
  const spec = { ...releaseSpec(store.acquires), ...(store.acquires.via !== undefined && { carried: true as const }) };
  const contents = contentsOf(analysis, unit, store.place, spec);
  if (!contents) return undefined;
  const released = releasedElsewhere(analysis, unit, func, contents, store, spec);
  if (!released) return undefined;
  if (!isPrepared(analysis, unit, func, store.place)) {
    const found = new Replacing(analysis, unit, func, store, contents).find(released);
    return found && { ...found, stmt: store.stmt, target: store.place.target };
  }
  return byHelper(analysis, unit, func, store, contents, spec);
}

/** What a function replaces that has looked at the place before, by calling the one that gives it something new. */
function byHelper(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncDecl,
  store: PlaceStore,
  contents: Contents,
  spec: ReleaseSpec,
): ReplacedValue | undefined {
  const calls = helperCalls(analysis, unit, func, store, contents);
  for (const { unit: at, func: by, stmt, call, place } of calls) {
    const filled = { ...store, stmt, place };
    const released = releasedElsewhere(analysis, at, by, contents, filled, spec);
    if (!released || isPrepared(analysis, at, by, place)) continue;
    const found = new Replacing(analysis, at, by, filled, contents, call).find(released);
    // The helper is right for those who have released what was there.
    const isOnlyLookedAt = found?.isOnlyLookedAt === true && calls.length === 1;
    const { target } = store.place;
    if (found) return { ...found, stmt: store.stmt, target, isOnlyLookedAt, by: { unit: at, func: by } };
  }
  return undefined;
}

/** The place where a declaration releases what it takes out; undefined when others may have it, and release it at any time. */
function releasedElsewhere(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncDecl,
  { uses, changedIn }: Contents,
  { isReturned, stmt, place, acquires }: Filled,
  spec: ReleaseSpec,
): Spot | undefined {
  let released: Spot | undefined;
  let isGiven = isReturned;
  for (const { unit: at, node, effect } of uses) {
    const { decl } = at;
    if (effect === 'returned') isGiven = isGiven || decl !== func || node.start > stmt.start;
    if (decl === func) continue;
    if (effect === 'returned' && isCalledHere(analysis, at)) return undefined;
    if (effect === 'handoff') return undefined;
    if (effect !== 'release') continue;
    if (decl.kind !== 'FuncDecl' || !(changedIn.has(decl) || ENDING.test(decl.name.name))) return undefined;
    released ??= { unit: at, node };
  }
  if (!released || !isGiven) return released;
  const type = deref(analysis.typeOf(unit, place.target));
  return acquires.via !== undefined && isHidden(analysis, unit, type, spec) ? released : undefined;
}

/** True for a function whose result code of the package takes. */
function isCalledHere(analysis: Analysis, unit: DeclUnit): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || !isExported(decl.name.name)) return true;
  return mentionsOf(analysis, unit, decl).some((m) => !m.unit.file.isTest);
}

/** True for a type of which other packages can call no method that releases what it holds. */
function isHidden(analysis: Analysis, { pkg }: DeclUnit, type: ReturnType<typeof deref>, spec: ReleaseSpec): boolean {
  if (type.kind !== 'named' || type.pkg !== pkg.path || isExported(spec.via ?? 'X')) return false;
  return [...pkg.methods(type.name)].every(([name, member]) => {
    if (!isExported(name)) return true;
    const at = pkg.unit(member);
    if (at.hasError || at.decl.kind !== 'FuncDecl') return false;
    return analysis.summaries.receiver({ unit: at, decl: at.decl }, spec) === 'neutral';
  });
}

/** True when a caller within the package has to do with the place, too: it may have taken out what was there. */
function isPrepared(analysis: Analysis, unit: DeclUnit, decl: FuncDecl, place: Place): boolean {
  const name = nameOf(place);
  return mentionsOf(analysis, unit, decl).some(({ unit: by, call }) => {
    if (by.file.isTest || by.decl === decl) return false;
    return !call || isNamedIn(by, by.decl, name) || callsNaming(analysis, by, by.decl, name, 1, decl);
  });
}

/** One function that gives a place something new. */
class Replacing {
  private readonly cfg: ControlFlowGraph;
  private readonly settled = new Set<Node>();
  private readonly text: string;
  private readonly olds = new Set<LocalObject>();
  private readonly oks = new Set<LocalObject>();
  private readonly own: ContentUse[];

  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly func: FuncDecl,
    private readonly store: Filled,
    private readonly contents: Contents,
    /** The call of a helper that puts the new value there. */
    private readonly helper?: CallExpr,
  ) {
    this.cfg = analysis.cfg(unit, func);
    this.text = unit.text(store.place.target);
    for (const { unit: at, object, from, ok } of contents.aliases) {
      if (at !== unit || !this.isPlace(from) || from.start > store.stmt.start) continue;
      if (object?.writes.length === 0) this.olds.add(object);
      if (ok?.writes.length === 0) this.oks.add(ok);
    }
    this.own = contents.uses.filter((u) => u.unit === unit && !contains(store.stmt, u.node));
  }

  find(released: Spot): Found | undefined {
    const { stmt, acquires } = this.store;
    // What is taken from a place beside it may be the same.
    const isBeside = (use: ContentUse): boolean =>
      use.effect !== 'neutral' && use.effect !== 'returned' && !this.isPlace(use.from) && !this.isTakenOut(use);
    if (this.own.some(isBeside)) return undefined;
    if (this.helper && !this.own.every((u) => !this.isPlace(u.from) || isPlainLook(this.analysis, this.unit, u.node)))
      return undefined;
    if (this.contents.aliases.some((a) => a.unit === this.unit && a.object && a.object.writes.length > 0))
      return undefined;
    const isOld = ({ node }: ContentUse): boolean => node.kind === 'Ident' || node.start < stmt.start;
    for (const use of this.own)
      if (
        use.effect === 'release' ||
        (use.effect === 'handoff' && !this.isSignal(use)) ||
        (use.effect === 'returned' && isOld(use))
      )
        this.settle(use.node);
    for (const call of nodesOfKind(this.func, 'CallExpr'))
      if (call !== this.helper && this.mayRelease(call)) this.settle(call);
    const at = this.nodeOf(stmt);
    if (!at || this.settled.has(at)) return undefined;
    const search = {
      unit: this.unit,
      cfg: this.cfg,
      facts: new Map<string, boolean>(),
      written: this.analysis.writtenPaths(this.unit, this.func),
      settledBy: (edge: Edge) => this.tells(edge) === 'absent',
    };
    const before = (n: Node): Effect =>
      n === at ? 'overwritten' : this.settled.has(n) || n.kind === 'ReturnStmt' ? 'settled' : 'none';
    const settledBy = (edge: Edge): boolean => edge.to === this.cfg.exit || search.settledBy(edge);
    const path = findUnreleasedPath({ ...search, settledBy, effect: before });
    if (path?.end !== 'overwritten' || !this.isKnown(path)) return undefined;
    const after = (n: Node): Effect => (this.settled.has(n) ? 'settled' : 'none');
    // A loop that comes round replaces another one.
    const left = findUnreleasedPath({ ...search, start: at, throughStart: true, effect: after });
    if (left?.end !== 'return') return undefined;
    return {
      acquires,
      path,
      released,
      isOnlyLookedAt: this.own.every(({ node, effect }) => effect === 'neutral' && !this.callOn(node)),
    };
  }

  /** True for the end of an entry that is deleted in the same block, as in a loop over all: what is found afterwards is another one. */
  private isTakenOut({ node, from, effect }: ContentUse): boolean {
    const parents = this.analysis.parents(this.unit);
    const stmt = ancestor(parents, node, (n) => parents.get(n)?.kind === 'BlockStmt');
    const block = stmt && parents.get(stmt);
    const at = parents.get(from);
    const isRanged = at?.kind === 'RangeStmt' && at.x === from;
    const key = isRanged ? at.key : from.kind === 'IndexExpr' ? from.indices[0] : undefined;
    const map = from.kind === 'IndexExpr' ? from.x : from;
    if (effect !== 'release' || block?.kind !== 'BlockStmt' || !key) return false;
    return block.stmts.some((s) => {
      const call = s.kind === 'ExprStmt' ? asCall(s.x) : undefined;
      const [container, gone] = call?.fun.kind === 'Ident' && call.fun.name === 'delete' ? call.args : [];
      return (
        container &&
        gone &&
        [container, gone].map((x) => this.unit.text(x)).join() === `${this.unit.text(map)},${this.unit.text(key)}`
      );
    });
  }

  /** True when the way, or what is done on every way, says that something is in the place. */
  private isKnown(path: UnreleasedPath): boolean {
    const { stmt } = this.store;
    const parents = this.analysis.parents(this.unit);
    if (path.decisions.some((edge) => this.tells(edge) === 'present') || this.isKeyGiven()) return true;
    if (this.isCalledAgain()) return true;
    return this.own.some(({ node, from }) => {
      if (!this.isPlace(from) || node.start > stmt.start || parents.get(node)?.kind !== 'SelectorExpr') return false;
      const outer = ancestor(parents, node, (n) => isFunc(n) || parents.get(n) === this.func.body);
      return outer?.kind === 'ExprStmt' || outer?.kind === 'AssignStmt';
    });
  }

  /**
   * True for the element of a map that is named by callers, and never looked at: nothing keeps other packages from coming with the same
   * name again.
   */
  private isKeyGiven(): boolean {
    const { analysis, unit, func, contents } = this;
    const { key, container } = this.store.place;
    const x = key && unparen(key);
    if (x?.kind !== 'Ident' || x.obj?.role !== 'param' || unit.pkg.name === 'main') return false;
    const type = analysis.types.underlying(analysis.typeOf(unit, x));
    if (type.kind !== 'basic' || type.name !== 'string' || !isExported(func.name.name)) return false;
    const isLookedAt = this.own.some((u) => u.node.start < this.store.stmt.start);
    return !isLookedAt && !contents.aliases.some((a) => a.unit === unit) && baseIdent(container)?.obj?.role === 'recv';
  }

  /** True for the field of a method that is called again while what it has put there goes on. */
  private isCalledAgain(): boolean {
    const { stmt, place } = this.store;
    if (place.key || this.helper || stmt.kind !== 'AssignStmt') return false;
    const { uses } = this.contents;
    const releasing = new Set(uses.flatMap((u) => (u.effect === 'release' ? [u.unit.decl] : [])));
    return isMeantAgain(this.analysis, this.unit, stmt, place.target, releasing);
  }

  /** What a branch says of the old value. */
  private tells({ cond, kind }: Edge): 'present' | 'absent' | undefined {
    if (!cond || (kind !== 'true' && kind !== 'false')) return undefined;
    let x = unparen(cond);
    let truth = kind === 'true';
    while (x.kind === 'UnaryExpr' && x.op === '!') {
      truth = !truth;
      x = unparen(x.x);
    }
    if (x.kind === 'Ident' && x.obj && this.oks.has(x.obj)) return truth ? 'present' : 'absent';
    if (x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=')) return undefined;
    const other = isNil(x.y) ? x.x : isNil(x.x) ? x.y : undefined;
    if (!other || !this.isOld(other)) return undefined;
    return (x.op === '==') === truth ? 'absent' : 'present';
  }

  /**
   * True for `old.supersede()`, which does not name what is to be released, where only those release it who take the value out of the
   * place: nobody who is told something by it.
   */
  private isSignal({ node }: ContentUse): boolean {
    const { analysis, unit, store, contents } = this;
    const { via } = store.acquires;
    const call = this.callOn(node);
    const { visible } = call ? analysis.callee(unit, call) : {};
    const type = deref(analysis.typeOf(unit, store.place.target));
    if (!visible || via === undefined || type.kind !== 'named') return false;
    if (names(analysis, visible, new RegExp(`\\.${via}\\b`), 0)) return false;
    const takers = contents.uses.filter((u) => u.effect === 'release');
    const mentions = fieldMentionsOf(analysis, unit, type, via);
    return (
      mentions?.every(({ unit: at, node: field, initial }) => {
        if (initial !== undefined || at.file.isTest) return true;
        const member = analysis.parents(at).get(field);
        const isReleased = member?.kind === 'SelectorExpr' && store.acquires.release.includes(member.sel.name);
        if (!isReleased && !(member?.kind === 'CallExpr' && member.fun === field)) return true;
        const isTaken = (by: DeclUnit, n: Node | undefined): boolean =>
          n !== undefined && takers.some((t) => t.unit === by && contains(n, t.node));
        if (isTaken(at, field)) return true;
        return (
          at.decl.kind === 'FuncDecl' &&
          mentionsOf(analysis, at, at.decl).every((m) => m.unit.file.isTest || isTaken(m.unit, m.call?.fun))
        );
      }) ?? false
    );
  }

  private isOld(expr: Expr): boolean {
    const x = unparen(expr);
    if (x.kind === 'Ident' && x.obj) return this.olds.has(x.obj);
    return x.start < this.store.stmt.start && this.isPlace(x);
  }

  private isPlace(node: Node): boolean {
    return this.unit.text(node) === this.text;
  }

  /** The call of a method, or of a field, of what a node denotes. */
  private callOn(node: Node): CallExpr | undefined {
    const parents = this.analysis.parents(this.unit);
    const selector = parents.get(node);
    const call = selector && parents.get(selector);
    return selector?.kind === 'SelectorExpr' && call?.kind === 'CallExpr' && call.fun === selector ? call : undefined;
  }

  /** True for a call that has to do with the place: of a method of the value that has it, or one that is given that. */
  private mayRelease(call: CallExpr): boolean {
    const { analysis, unit, store } = this;
    const root = baseIdent(store.place.container)?.obj;
    const { visible, kind } = analysis.callee(unit, call);
    const name = nameOf(store.place);
    if (!root) return visible !== undefined && names(analysis, visible, name, 0);
    const isRoot = (x: Expr): boolean => {
      const y = unparen(x);
      const z = y.kind === 'UnaryExpr' && y.op === '&' ? unparen(y.x) : y;
      return z.kind === 'Ident' && z.obj === root;
    };
    const isGiven = call.args.some(isRoot);
    const isMethod = call.fun.kind === 'SelectorExpr' && isRoot(call.fun.x);
    if (!isGiven && !isMethod) return false;
    if (visible) return names(analysis, visible, name, 0) && !this.onlyAsks(visible);
    return isGiven ? kind !== 'builtin' : kind === 'value';
  }

  /** True for a function that compares what is in the place with something, itself, and does nothing else to it. */
  private onlyAsks({ unit, decl }: VisibleFunc): boolean {
    const { uses, aliases, changedIn } = this.contents;
    if (changedIn.has(decl) || aliases.some((a) => a.unit === unit)) return false;
    const own = uses.filter((u) => u.unit === unit);
    const isAsked = ({ node, effect }: ContentUse): boolean =>
      effect === 'neutral' && this.analysis.parents(unit).get(node)?.kind === 'BinaryExpr';
    return own.every(isAsked) && !callsNaming(this.analysis, unit, decl, nameOf(this.store.place), 1, this.func);
  }

  private settle(node: Node): void {
    const at = this.nodeOf(node);
    if (at) this.settled.add(at);
  }

  private nodeOf(node: Node): Node | undefined {
    return cfgNode(this.cfg.where, this.analysis.parents(this.unit), node);
  }
}
