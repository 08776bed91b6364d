/** On which goroutines a function can run, as far as the package shows. */
import type { CallExpr, FuncDecl, FuncLit, FuncNode, Ident, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { mentionsOf } from '../../golang/callers.ts';
import { isProcessScope } from '../../golang/goroutines.ts';
import { launches } from '../../golang/launches.ts';
import { enclosingFunc, inLoop, type ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { callsOfValue } from '../../golang/value-calls.ts';
import { mayJoin, waitsAt } from '../../golang/waits.ts';
import { isExported } from '../../golang/exported.ts';

/**
 * - `any`: on any number of goroutines at the same time: exported, kept as a value (`byValue`), or started in a loop
 * - `launch`: on the goroutine that one statement starts
 * - `root`: on the goroutine of the function the question is about, or of `main` or a test, at `node`
 */
export type RunContext =
  | { kind: 'any'; byValue?: boolean }
  | { kind: 'launch'; unit: DeclUnit; node: Node }
  | { kind: 'root'; func: FuncNode; unit: DeclUnit; node: Node };

const ANY: RunContext = { kind: 'any' };
const BY_VALUE: RunContext = { kind: 'any', byValue: true };
const MAX_DEPTH = 6;

/**
 * The goroutines on which the code at `node` can run.
 * @param roots functions whose own goroutine is meant when they are reached: what calls them is not asked
 */
export function runContexts(
  analysis: Analysis,
  unit: DeclUnit,
  node: Node,
  roots: readonly FuncNode[] = [],
): RunContext[] {
  const found = new Search(analysis, roots);
  found.at(unit, node, 0);
  return found.contexts;
}

/** True when pieces of code, each of which runs in one of some contexts, can all run at the same time. */
export function mayOverlap(
  analysis: Analysis,
  [first, ...others]: readonly (readonly RunContext[])[],
  chosen: readonly RunContext[] = [],
): boolean {
  if (!first) return true;
  return first.some(
    (x) => chosen.every((y) => overlap(analysis, y, x)) && mayOverlap(analysis, others, [...chosen, x]),
  );
}

function overlap(analysis: Analysis, a: RunContext, b: RunContext): boolean {
  if (a.kind === 'any') return b.kind !== 'root' || isAfterLaunch(analysis, b.unit, b.node);
  if (b.kind === 'any') return overlap(analysis, b, a);
  if (a.kind === 'root' && b.kind === 'root') return false;
  if (a.node === b.node) return false;
  // Within one function the order of what starts them and waits for them is known.
  const funcOf = ({ unit, node }: typeof a): FuncNode | undefined => enclosingFunc(analysis.parents(unit), node);
  if (a.unit !== b.unit || funcOf(a) !== funcOf(b)) return true;
  const [first, second] = a.node.start < b.node.start ? [a, b] : [b, a];
  return first.kind === 'launch' && !joinsBetween(analysis, a.unit, funcOf(a), first.node, second.node);
}

/** True when something has been started before: until then there is one goroutine. */
function isAfterLaunch(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  return launches(analysis, unit).some((l) => l.stmt.start < node.start);
}

/** True when a wait for other goroutines stands between two places of a function. */
function joinsBetween(analysis: Analysis, unit: DeclUnit, func: FuncNode | undefined, from: Node, to: Node): boolean {
  if (!func) return true;
  for (const n of analysis.cfg(unit, func).where.keys())
    if (n.start >= from.end && n.start < to.start && waitsAt(analysis, unit, n).some(mayJoin)) return true;
  return false;
}

class Search {
  readonly contexts: RunContext[] = [];
  private readonly seen = new Set<FuncNode>();

  constructor(
    private readonly analysis: Analysis,
    private readonly roots: readonly FuncNode[],
  ) {}

  at(unit: DeclUnit, node: Node, depth: number): void {
    const parents = this.analysis.parents(unit);
    const func = enclosingFunc(parents, node);
    if (!func || depth > MAX_DEPTH) return this.add(ANY);
    if (this.roots.includes(func)) return this.add({ kind: 'root', func, unit, node });
    if (this.seen.has(func) && !(func.kind === 'FuncDecl' && isRoot(unit, func))) return;
    this.seen.add(func);
    if (func.kind === 'FuncLit') this.literal(unit, parents, func, depth);
    else this.declaration(unit, func, node, depth);
  }

  private literal(unit: DeclUnit, parents: ParentMap, lit: FuncLit, depth: number): void {
    const launch = launches(this.analysis, unit).find((l) => l.body?.func === lit);
    if (launch) return this.launched(unit, parents, launch.stmt);
    let value: Node = lit;
    while (parents.get(value)?.kind === 'ParenExpr') value = parents.get(value) as Node;
    const call = parents.get(value);
    if (call?.kind === 'CallExpr' && call.fun === value) return this.at(unit, call, depth + 1);
    if (call?.kind === 'CallExpr' && this.isStart(unit, call)) return this.launched(unit, parents, call);
    this.value(unit, value, depth);
  }

  /** True for `group.Go(func() {})` of a group that is not seen: by the name it starts a goroutine. */
  private isStart(unit: DeclUnit, { fun }: CallExpr): boolean {
    if (fun.kind !== 'SelectorExpr' || fun.sel.name !== 'Go') return false;
    const s = this.analysis.types.members.selector(unit, fun);
    return s === undefined || s.kind !== 'method' || s.dynamic === true;
  }

  /** A function that is used as a value runs where that is called. */
  private value(unit: DeclUnit, value: Node, depth: number): void {
    const calls = callsOfValue(this.analysis, unit, value);
    if (!calls) return this.add(BY_VALUE);
    for (const c of calls) this.called(c.unit, c.call, depth);
  }

  private called(unit: DeclUnit, call: CallExpr, depth: number): void {
    const parents = this.analysis.parents(unit);
    const stmt = parents.get(call);
    if (stmt?.kind === 'GoStmt') this.launched(unit, parents, stmt);
    else this.at(unit, call, depth + 1);
  }

  private declaration(unit: DeclUnit, func: FuncDecl, node: Node, depth: number): void {
    if (isRoot(unit, func)) return this.add({ kind: 'root', func, unit, node });
    const { name } = func.name;
    if (unit.pkg.name !== 'main' && isExported(name)) return this.add(ANY);
    for (const m of mentionsOf(this.analysis, unit, func)) {
      if (m.unit.file.isTest && !unit.file.isTest) continue;
      if (m.call) this.called(m.unit, m.call, depth);
      else this.value(m.unit, selected(this.analysis.parents(m.unit), m.ident), depth);
    }
  }

  private launched(unit: DeclUnit, parents: ParentMap, stmt: Node): void {
    this.add(inLoop(parents, stmt) ? ANY : { kind: 'launch', unit, node: stmt });
  }

  private add(context: RunContext): void {
    this.contexts.push(context);
  }
}

/** The method value or method expression that a name is part of. */
function selected(parents: ParentMap, ident: Ident): Node {
  const p = parents.get(ident);
  return p?.kind === 'SelectorExpr' && p.sel === ident ? p : ident;
}

/** `main`, `init`, and tests, which run one after the other. */
function isRoot(unit: DeclUnit, func: FuncDecl): boolean {
  return (
    isProcessScope(unit) || (unit.file.isTest && !func.recv && /^(?:Test|Benchmark|Example|Fuzz)/.test(func.name.name))
  );
}
