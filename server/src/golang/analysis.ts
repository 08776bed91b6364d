/**
 * The analysis of one snapshot of a program: one instance per engine run, shared by all rules. Everything here is
 * computed on demand and remembered.
 */
import type { CallExpr, Expr, FuncNode, LocalObject } from '../syntax/ast.ts';
import { AcquireSummaries } from './acquire-summary.ts';
import { calleeOf, type Callee, mayBeFatal, type VisibleFunc } from './callee.ts';
import { buildCfg, type ControlFlowGraph, type TerminationOracle } from './cfg.ts';
import { type WrittenPaths, writtenPaths } from './conditions.ts';
import { type Ending, Endings } from './endings.ts';
import { type ParentMap, parentsOf } from './parents.ts';
import type { Program } from './package.ts';
import { type Answer, remembered } from './reads.ts';
import { Summaries } from './summaries.ts';
import { isTickerChannel } from './tickers.ts';
import { TypeInfo } from './type-info.ts';
import type { Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

export class Analysis {
  readonly types: TypeInfo;
  readonly summaries: Summaries;
  /** Which functions never return. */
  readonly endings: Endings;
  /** Resources that functions of the package return to their callers. */
  readonly acquired: AcquireSummaries;
  private readonly callees = new WeakMap<CallExpr, Callee>();
  private readonly graphs = new WeakMap<FuncNode, Answer<ControlFlowGraph>>();
  private readonly written = new WeakMap<FuncNode, WrittenPaths>();

  constructor(readonly program: Program) {
    this.types = new TypeInfo(program);
    this.summaries = new Summaries(this);
    this.endings = new Endings(this);
    this.acquired = new AcquireSummaries(this);
  }

  /** Type of an expression; `unknown` when it cannot be told. */
  typeOf(unit: DeclUnit, expr: Expr): Type {
    return this.types.typeOf(unit, expr);
  }

  /** Type of a local variable, parameter or result. */
  objectType(unit: DeclUnit, object: LocalObject): Type {
    return this.types.objectType(unit, object);
  }

  /** What a call runs. */
  callee(unit: DeclUnit, call: CallExpr): Callee {
    let c = this.callees.get(call);
    if (!c) this.callees.set(call, (c = calleeOf(this.types, unit, call)));
    return c;
  }

  /** Control flow graph of a function or function literal of `unit`. */
  cfg(unit: DeclUnit, func: FuncNode): ControlFlowGraph {
    return remembered(this.graphs, func, () => this.buildGraph(unit, func, (f) => this.endings.of(f)));
  }

  /** A graph made anew under assumptions about which functions return. */
  buildGraph(unit: DeclUnit, func: FuncNode, ending: (f: VisibleFunc) => Ending): ControlFlowGraph {
    return buildCfg(
      func,
      (x) => this.terminates(unit, x, ending),
      (loop) => isTickerChannel(this, unit, loop.x),
    );
  }

  /** Parent links of the unit's tree. */
  parents(unit: DeclUnit): ParentMap {
    return parentsOf(unit.decl);
  }

  /** Everything assigned to in a function. */
  writtenPaths(unit: DeclUnit, func: FuncNode): WrittenPaths {
    let w = this.written.get(func);
    if (!w) this.written.set(func, (w = writtenPaths(unit, func)));
    return w;
  }

  /** Body that a call or `go` runs, with the unit it belongs to, when it is visible. */
  body(unit: DeclUnit, call: CallExpr): { unit: DeclUnit; func: FuncNode } | undefined {
    const c = this.callee(unit, call);
    if (c.literal) return { unit, func: c.literal };
    return c.visible && { unit: c.visible.unit, func: c.visible.decl };
  }

  private terminates(unit: DeclUnit, expr: Expr, ending: (f: VisibleFunc) => Ending): ReturnType<TerminationOracle> {
    const x = unparen(expr);
    if (x.kind !== 'CallExpr') return undefined;
    const c = this.callee(unit, x);
    if (c.kind === 'builtin') return c.name === 'panic' ? 'panic' : undefined;
    if (c.fact?.neverReturns) return 'exit';
    if (mayBeFatal(x, c)) return 'maybe';
    if (c.literal) return this.endings.ofLiteral(unit, c.literal);
    const f = c.visibleUnlessReturns;
    return f && ending(f);
  }
}

export type { VisibleFunc };
