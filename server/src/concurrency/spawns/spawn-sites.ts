/** Every goroutine that code starts, and how it ends. */
import type { CallExpr, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { DirectiveScopes } from '../../golang/directive-scopes.ts';
import { EffortExceeded, withEffort } from '../../golang/effort.ts';
import { endlessGoroutine } from '../../golang/endless-goroutines.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { runsOncePerProcess } from '../../golang/process-lifetime.ts';
import type { SourceFile } from '../../golang/source-file.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, pathText, unparen } from '../../golang/walk.ts';
import { bind, type Bindings, NO_BINDINGS } from './bindings.ts';
import type { Place } from './channel-facts.ts';
import { type Gate, gatesOf } from './gates.ts';
import { isGiven, refined, type SettledWay } from './settled-ways.ts';
import type { WayOut } from './ways-out.ts';

export type EndKind =
  | 'completes'
  | 'when-done'
  | 'when-closed'
  | 'when-received'
  | 'when-sent'
  /** Several ways out, or one of another kind. */
  | 'when-signalled'
  | 'with-process'
  | 'unknown'
  | 'none';

export interface GoroutineEnd {
  kind: EndKind;
  /** For the kinds that wait: what ends the wait that decides. For `none`: what would, but never comes. */
  ways: SettledWay[];
  /** The loop or wait that decides; for `with-process` what makes it live as long. */
  at?: Place;
  /** The goroutine may end before it comes to the loop that decides, or by a way without the wait that does. */
  unless?: 'earlier' | 'elsewhere';
  /** Why, where the kind leaves that open. */
  why?: 'daemon' | 'once' | 'fatal' | 'loop' | 'counterpart';
  /** Other places where it may wait. */
  also: Place[];
}

export interface SpawnSite {
  unit: DeclUnit;
  /** The `go` keyword, or the call up to its name: `g.Go`. Offsets are relative to the unit. */
  node: { start: number; end: number };
  /** The `go` keyword, or the name of the method. */
  word: { start: number; end: number };
  /** Name of the function that runs; absent for literals. */
  name?: string;
  end: GoroutineEnd;
}

/** Steps of work for one declaration (see `golang/effort.ts`): a base, and more by its length in UTF-16 units. */
const EFFORT = { base: 1_000_000, perUnit: 60 };

/**
 * The goroutines a declaration starts, in source order. When telling how they end takes too much work, the end of those
 * that are left is `unknown`.
 */
export function spawnSites(analysis: Analysis, unit: DeclUnit): SpawnSite[] {
  if (unit.hasError) return [];
  const sites: SpawnSite[] = [];
  try {
    const { base, end } = unit.declaration;
    withEffort(EFFORT.base + EFFORT.perUnit * (end - base), () => {
      const found = launches(analysis, unit);
      sites.push(...found.map((launch) => ({ unit, ...place(launch), end: UNKNOWN })));
      for (const [i, site] of sites.entries()) site.end = endOf(analysis, found[i] as Launch);
    });
  } catch (e) {
    if (!(e instanceof EffortExceeded)) throw e;
  }
  return sites.sort((a, b) => a.node.start - b.node.start);
}

const UNKNOWN: GoroutineEnd = { kind: 'unknown', ways: [], also: [] };
const COMPLETES: GoroutineEnd = { kind: 'completes', ways: [], also: [] };

function place({ stmt, call, body, unit }: Launch): Pick<SpawnSite, 'node' | 'word' | 'name'> {
  if (stmt.kind === 'GoStmt') {
    const word = { start: stmt.start, end: stmt.start + 'go'.length };
    const name = pathText(call.fun);
    return { node: word, word, ...(name !== undefined && { name }) };
  }
  const fun = unparen(call.fun);
  const word = fun.kind === 'SelectorExpr' ? fun.sel : fun;
  const arg = call.args.map(unparen).find((a) => a.kind !== 'FuncLit' && body && runs(a, unit, body));
  const name = arg && pathText(arg);
  return { node: { start: stmt.start, end: word.end }, word, ...(name !== undefined && { name }) };
}

/** True for the argument that stands for the function which is started. */
function runs(arg: Node, unit: DeclUnit, { func, unit: at }: NonNullable<Launch['body']>): boolean {
  if (func.kind === 'FuncLit') return at === unit && arg.kind === 'Ident' && arg.obj !== undefined;
  const last = arg.kind === 'SelectorExpr' ? arg.sel : arg;
  return last.kind === 'Ident' && last.name === func.name.name;
}

function endOf(analysis: Analysis, launch: Launch): GoroutineEnd {
  const end = ownEnd(analysis, launch);
  if (end.kind !== 'none' && end.kind !== 'unknown') return end;
  const { unit, stmt } = launch;
  const at = { unit, node: stmt };
  if (isDaemon(unit, stmt)) return { kind: 'with-process', ways: [], at, why: 'daemon', also: [] };
  if (end.kind === 'none' && runsOncePerProcess(analysis, unit, stmt))
    return { ...end, kind: 'with-process', ways: [], why: 'once' };
  return end;
}

function ownEnd(analysis: Analysis, launch: Launch): GoroutineEnd {
  const { body, unit, call } = launch;
  if (!body) return unseen(analysis, unit, call);
  if (body.unit.hasError || !body.func.body) return UNKNOWN;
  const endless = endlessGoroutine(analysis, launch);
  if (endless)
    return { kind: 'none', ways: [], at: { unit: endless.unit, node: endless.loop.stmt }, why: 'loop', also: [] };
  const { gates, returns } = gatesOf(analysis, body.unit, body.func, bindingsOf(launch, body));
  const settled = withoutReleases(
    gates.flatMap((gate): Settled[] => {
      const ways = refined(analysis, gate, launch.stmt.kind === 'GoStmt' ? launch : undefined);
      return ways.length > 0 ? [{ ...gate, ways }] : [];
    }),
  );
  const stuck = settled.find((g) => g.unavoidable && g.ways.every((w) => w.never));
  if (stuck?.dies) return fatal(analysis, stuck.unit, stuck.dies);
  if (stuck) return { kind: 'none', ways: stuck.ways, at: stuck, why: 'counterpart', also: [] };
  const open = settled.filter((g) => g.ways.some((w) => !w.never));
  const deciding = open.findLast((g) => g.loop) ?? open.findLast((g) => g.unavoidable) ?? open.at(-1);
  if (!deciding)
    return returns ? { ...COMPLETES, also: settled } : fatal(analysis, body.unit, lastStatement(analysis, body));
  const ways = deciding.ways.filter((w) => !w.never);
  return {
    kind: kindOf(deciding, ways),
    ways,
    at: deciding,
    ...(!deciding.unavoidable && { unless: deciding.loop ? 'earlier' : 'elsewhere' }),
    also: settled.filter((g) => g.node !== deciding.node),
  };
}

function bindingsOf({ unit, call, stmt }: Launch, { func }: NonNullable<Launch['body']>): Bindings {
  return stmt.kind === 'GoStmt' ? bind(unit, call, func, NO_BINDINGS) : NO_BINDINGS;
}

/**
 * The loop or `select` that a goroutine with a loop or end of its own never gets past, because nothing in the package does what would
 * let it; undefined where there is none. Most are ruled out by what the package says of the names of channels, before it is read.
 */
export function missingSignals(analysis: Analysis, launch: Launch): Settled | undefined {
  const { body } = launch;
  if (!body?.func.body || body.unit.hasError || endlessGoroutine(analysis, launch)) return undefined;
  const { gates } = gatesOf(analysis, body.unit, body.func, bindingsOf(launch, body));
  for (const gate of gates) {
    const isKept = gate.unavoidable && !gate.dies && WAITS.has(gate.node.kind);
    if (!isKept || gate.ways.some((way) => isGiven(analysis, way))) continue;
    const ways = refined(analysis, gate, undefined);
    if (ways.length > 0 && ways.every((w) => w.never)) return { ...gate, ways };
  }
  return undefined;
}

/** The wait or loop that a goroutine gets past only in ways for which something holds; undefined where there is none that it has to pass. */
export function gateOf(analysis: Analysis, launch: Launch, holds: (way: WayOut) => boolean): Gate | undefined {
  const { body } = launch;
  if (!body?.func.body || body.unit.hasError) return undefined;
  const { gates } = gatesOf(analysis, body.unit, body.func, bindingsOf(launch, body));
  return gates.find((g) => g.unavoidable && !g.dies && g.ways.length > 0 && g.ways.every(holds));
}

const WAITS: ReadonlySet<Node['kind']> = new Set(['ForStmt', 'RangeStmt', 'SelectStmt']);

interface Settled extends Gate {
  ways: SettledWay[];
}

/** A goroutine that put something into a buffered channel, as into a semaphore, takes it out again without waiting. */
function withoutReleases(gates: readonly Settled[]): Settled[] {
  return gates.filter(({ ways: [way, ...others] }, i) => {
    if (way?.kind !== 'received' || !way.buffered || others.length > 0) return true;
    return !gates.slice(0, i).some(({ ways }) => ways.some((w) => w.kind === 'sent' && w.what === way.what));
  });
}

function kindOf({ node }: Gate, ways: readonly SettledWay[]): EndKind {
  const [way, ...others] = ways.filter((w) => w.kind !== 'condition');
  // The loop's own condition counts as much as what happens inside.
  const head = node.kind === 'ForStmt' ? node.cond : undefined;
  const byHead = head !== undefined && ways.some((w) => w.kind === 'condition' && contains(head, w.node));
  if (!way || others.length > 0 || byHead) return 'when-signalled';
  switch (way.kind) {
    case 'done':
      return 'when-done';
    case 'closed':
      return 'when-closed';
    case 'received':
      return 'when-received';
    case 'sent':
      return 'when-sent';
    default:
      return 'when-signalled';
  }
}

/** Of a function without a visible body its API facts may tell that it comes back. */
function unseen(analysis: Analysis, unit: DeclUnit, call: CallExpr): GoroutineEnd {
  const { kind, fact } = analysis.callee(unit, call);
  const type = analysis.typeOf(unit, call.fun);
  const cancels = isNamed(type, 'context', 'CancelFunc') || isNamed(type, 'context', 'CancelCauseFunc');
  const returns = kind === 'builtin' || cancels || fact?.blocks === 'io' || fact?.blocks === 'time';
  return returns ? COMPLETES : UNKNOWN;
}

/** Where a function ends that does not return. */
function lastStatement(analysis: Analysis, { unit, func }: NonNullable<Launch['body']>): Node | undefined {
  return [...analysis.cfg(unit, func).reachable].findLast((b) => b.ends)?.nodes.at(-1);
}

/** The end by a call that ends the process, or the goroutine alone, as `runtime.Goexit` and `t.Fatal` do. */
function fatal(analysis: Analysis, unit: DeclUnit, node: Node | undefined): GoroutineEnd {
  const call = node?.kind === 'ExprStmt' ? unparen(node.x) : undefined;
  if (!node || call?.kind !== 'CallExpr') return COMPLETES;
  const callee = analysis.callee(unit, call);
  if (!callee.visible && !callee.fact?.skipsDefers && callee.name !== 'panic') return COMPLETES;
  return { kind: 'with-process', ways: [], at: { unit, node }, why: 'fatal', also: [] };
}

const scopes = new WeakMap<SourceFile, DirectiveScopes>();

/** True when a `//hygiene:daemon` comment with a reason speaks for the statement. */
function isDaemon({ file, base }: DeclUnit, { start }: Node): boolean {
  const daemons = file.outline.directives.filter((d) => /^\s*hygiene:daemon\s+\S/.test(d.text));
  if (daemons.length === 0) return false;
  let known = scopes.get(file);
  if (!known) scopes.set(file, (known = new DirectiveScopes(file)));
  const { line } = file.lines.position(base + start);
  return daemons.some((d) => {
    const [first, last] = (known as DirectiveScopes).of(d);
    return first <= line && line <= last;
  });
}
