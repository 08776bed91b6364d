/** Where a function may be held up for ever, with the ways past each such place. */
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Block, ControlFlowGraph } from '../../golang/cfg.ts';
import { spend } from '../../golang/effort.ts';
import { callsAt, unavoidable } from '../../golang/endless-goroutines.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { waitsAt } from '../../golang/waits.ts';
import { asCall } from '../../golang/walk.ts';
import { bind, type Bindings } from './bindings.ts';
import { canReturn, type Loop, outermostLoops } from './loop-exits.ts';
import { type Scope, type WayOut, wayOfEdge, waysPast } from './ways-out.ts';

/** A wait, or a loop that goes round until something happens. */
export interface Gate {
  unit: DeclUnit;
  /** The operation, or the loop. */
  node: Node;
  loop: boolean;
  /** Never empty. */
  ways: WayOut[];
  /** Every way through the goroutine leads through here. */
  unavoidable: boolean;
  /** A statement past a loop by which the process, or the goroutine alone, may end. */
  dies?: Node;
}

export interface Gates {
  /** In the order in which they are met. */
  gates: Gate[];
  /** The function returns. Otherwise only the end of the process, or of the goroutine by a call, ends it. */
  returns: boolean;
}

/** Calls followed one after the other, and functions looked at in all. */
const MAX_DEPTH = 4;
const MAX_FUNCTIONS = 30;

/** The gates of a function and of the visible functions it calls. */
export function gatesOf(analysis: Analysis, unit: DeclUnit, func: FuncNode, bindings: Bindings): Gates {
  return new Walker(analysis).function({ analysis, unit, bindings }, func, 0);
}

class Walker {
  private readonly path = new Set<FuncNode>();
  private functions = 0;

  constructor(private readonly analysis: Analysis) {}

  function(scope: Scope, func: FuncNode, depth: number): Gates {
    const { unit } = scope;
    if (unit.hasError || this.path.has(func) || depth > MAX_DEPTH || ++this.functions > MAX_FUNCTIONS)
      return { gates: [], returns: true };
    this.path.add(func);
    const cfg = this.analysis.cfg(unit, func);
    const gates: { at: number; gate: Gate }[] = [];
    const loops = outermostLoops(cfg);
    const waiting = new Map<Loop, WayOut[]>();
    for (const loop of loops) {
      const ways = isCounted(this.analysis, unit, loop) ? [] : waysOutOf(scope, loop);
      if (!ways.some((w) => w.kind !== 'condition')) continue;
      waiting.set(loop, ways);
      const head = cfg.heads.get(loop.stmt) ?? ([...loop.blocks][0] as Block);
      const gate = { unit, node: loop.stmt, loop: true, ways, unavoidable: unavoidable(cfg, head), dies: loop.dies };
      gates.push({ at: loop.stmt.start, gate });
    }
    for (const block of cfg.reachable) {
      spend(1 + loops.length);
      const loop = loops.find((l) => l.blocks.has(block));
      const loopWays = (loop && waiting.get(loop)) ?? [];
      for (const node of block.nodes)
        for (const gate of this.at(scope, cfg, block, node, depth)) {
          if (isPartOf(gate, loopWays)) continue;
          gates.push({ at: node.kind === 'DeferStmt' ? Infinity : node.start, gate });
        }
    }
    this.path.delete(func);
    const sorted = gates.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ gate }) => gate);
    return { gates: sorted, returns: canReturn(cfg).has(cfg.entry) };
  }

  private at(scope: Scope, cfg: ControlFlowGraph, block: Block, node: Node, depth: number): Gate[] {
    const { unit } = scope;
    const found: Gate[] = [];
    for (const wait of waitsAt(this.analysis, unit, node)) {
      const ways = waysPast(scope, wait);
      if (ways.length > 0)
        found.push({ unit, node: wait.node, loop: false, ways, unavoidable: unavoidable(cfg, block) });
    }
    const deferred = node.kind === 'DeferStmt' ? asCall(node.call) : undefined;
    for (const call of deferred ? [deferred] : callsAt(node)) found.push(...this.call(scope, cfg, block, call, depth));
    return found;
  }

  private call(scope: Scope, cfg: ControlFlowGraph, block: Block, call: CallExpr, depth: number): Gate[] {
    const body = this.analysis.body(scope.unit, call);
    if (!body) return [];
    const bindings = bind(scope.unit, call, body.func, scope.bindings);
    const { gates } = this.function({ analysis: this.analysis, unit: body.unit, bindings }, body.func, depth + 1);
    const surely = gates.some((g) => g.unavoidable) && unavoidable(cfg, block);
    return gates.map((g) => ({ ...g, unavoidable: g.unavoidable && surely }));
  }
}

/** A loop over values that are there already, or with a counter: it ends by itself when what it does ends. */
function isCounted(analysis: Analysis, unit: DeclUnit, { stmt }: Loop): boolean {
  if (stmt.kind === 'RangeStmt') return analysis.types.underlying(analysis.typeOf(unit, stmt.x)).kind !== 'chan';
  return stmt.kind === 'ForStmt' && stmt.cond !== undefined && stmt.post !== undefined;
}

/** The distinct ways out of a loop, plain conditions last and once. */
function waysOutOf(scope: Scope, loop: Loop): WayOut[] {
  const ways = distinct(loop.exits.map((edge) => wayOfEdge(scope, edge)));
  const conditions = ways.filter((w) => w.kind === 'condition');
  return [...ways.filter((w) => w.kind !== 'condition'), ...conditions.slice(0, 1)];
}

function distinct(ways: readonly WayOut[]): WayOut[] {
  const byKey = new Map<string, WayOut>();
  for (const way of ways) {
    const key = `${way.kind}:${way.what}`;
    if (way.kind === 'condition' || !byKey.has(key)) byKey.set(way.kind === 'condition' ? `${byKey.size}` : key, way);
  }
  return [...byKey.values()];
}

/** True for the wait by which the loop around it is left. */
function isPartOf(gate: Gate, loopWays: readonly WayOut[]): boolean {
  return gate.ways.some((w) => loopWays.some((l) => l.unit === w.unit && l.what === w.what && l.kind !== 'condition'));
}
