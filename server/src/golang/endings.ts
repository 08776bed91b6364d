/**
 * Functions that never come back to their caller. Functions that call one another are decided together (strongly
 * connected components of the call graph, R. Tarjan 1972), so that the answer does not depend on who asks first.
 */
import type { DeferStmt, FuncDecl, FuncLit, FuncNode } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import type { ControlFlowGraph } from './cfg.ts';
import { DECLARATION, nested } from './effort.ts';
import { nodesOfKind } from './node-index.ts';
import { type Answer, answered, newReads, noteUse, type Reads, recordReads } from './reads.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, find, unparen } from './walk.ts';

/** `panic`: some path panics; `exit`: all loop for ever or end the process or goroutine; undefined: it may return. */
export type Ending = 'panic' | 'exit' | undefined;

interface Visit {
  f: VisibleFunc;
  /** Order of the first visit. */
  index: number;
  /** The earliest function on the stack that can be reached. */
  low: number;
  /** Calls itself. */
  recursive: boolean;
  callees: VisibleFunc[];
}

export class Endings {
  private readonly known = new Map<FuncDecl, Ending>();
  private readonly reads = new Map<FuncDecl, Reads>();
  private readonly literals = new WeakMap<FuncLit, Answer<Ending>>();

  constructor(private readonly analysis: Analysis) {}

  /** How a function ends that never returns; undefined when it may. */
  of(f: VisibleFunc): Ending {
    if (this.known.has(f.decl)) noteUse(this.reads.get(f.decl));
    else {
      const reads = newReads();
      recordReads(reads, () => this.settle(f, reads));
    }
    return this.known.get(f.decl);
  }

  /** How a literal ends that a local variable holds; one that calls itself may return. */
  ofLiteral(unit: DeclUnit, literal: FuncLit): Ending {
    const graph = (): ControlFlowGraph => this.analysis.cfg(unit, literal);
    return answered(this.literals, literal, undefined, () => this.ending({ unit, func: literal }, graph));
  }

  /** Depth first with a stack of its own, since chains of calls can be very long. */
  private settle(first: VisibleFunc, reads: Reads | undefined): void {
    const visits = new Map<FuncDecl, Visit>();
    const component: Visit[] = [];
    const path: Visit[] = [];
    const enter = (f: VisibleFunc): void => {
      const v = { f, index: visits.size, low: visits.size, recursive: false, callees: this.callees(f) };
      visits.set(f.decl, v);
      if (reads) this.reads.set(f.decl, reads);
      component.push(v);
      path.push(v);
    };
    enter(first);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.callees.pop();
      if (next) {
        const seen = visits.get(next.decl);
        if (seen === top) top.recursive = true;
        if (!seen && this.known.has(next.decl)) noteUse(this.reads.get(next.decl));
        else if (!seen) enter(next);
        else if (seen && !this.known.has(next.decl)) top.low = Math.min(top.low, seen.index);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) above.low = Math.min(above.low, top.low);
      if (top.low !== top.index) continue;
      const group = component.splice(component.indexOf(top)).map((v) => v.f);
      if (group.length > 1 || top.recursive) this.decide(group);
      else
        this.known.set(
          top.f.decl,
          this.ending({ unit: top.f.unit, func: top.f.decl }, () => this.analysis.cfg(top.f.unit, top.f.decl)),
        );
    }
  }

  /** Starts from "all may return" and takes back what is refuted until nothing changes. */
  private decide(group: readonly VisibleFunc[]): void {
    const endings = new Map<FuncDecl, Ending>(group.map((f) => [f.decl, undefined]));
    const assumed = (f: VisibleFunc): Ending => (endings.has(f.decl) ? endings.get(f.decl) : this.of(f));
    for (let round = 0, changed = true; changed && round <= group.length; round++) {
      changed = false;
      for (const f of group) {
        // Nothing built on an assumption may be kept.
        const ending = this.ending({ unit: f.unit, func: f.decl }, () =>
          this.analysis.buildGraph(f.unit, f.decl, assumed),
        );
        if (ending === endings.get(f.decl)) continue;
        endings.set(f.decl, ending);
        changed = true;
      }
    }
    for (const [decl, ending] of endings) this.known.set(decl, ending);
  }

  /** The visible functions that a function's own graph asks about: those called as statements, last one first. */
  private callees(f: VisibleFunc): VisibleFunc[] {
    return nested<VisibleFunc[]>(DECLARATION, [], () =>
      nodesOfKind(f.decl, 'ExprStmt').flatMap((n) => {
        const call = unparen(n.x);
        const visible = call.kind === 'CallExpr' ? this.analysis.callee(f.unit, call).visibleUnlessReturns : undefined;
        return visible ? [visible] : [];
      }),
    ).reverse();
  }

  private ending(f: { unit: DeclUnit; func: FuncNode }, graph: () => ControlFlowGraph): Ending {
    return nested<Ending>(DECLARATION, undefined, () => {
      const cfg = graph();
      if (!f.func.body || cfg.reachable.has(cfg.exit)) return undefined;
      const blocks = [...cfg.reachable];
      if (!blocks.some((b) => b.ends === 'panic')) return 'exit';
      const recovers = blocks.some((b) => b.nodes.some((n) => n.kind === 'DeferStmt' && this.recovers(f.unit, n)));
      return recovers ? undefined : 'panic';
    });
  }

  /** True when what is deferred calls `recover`, so that a panic ends in a return. */
  private recovers(unit: DeclUnit, defer: DeferStmt): boolean {
    const call = asCall(defer.call);
    const body = call && this.analysis.body(unit, call);
    if (!body) return false;
    return (
      find(
        body.func,
        (n) => n.kind === 'CallExpr' && n.fun.kind === 'Ident' && n.fun.name === 'recover' && !n.fun.obj,
      ) !== undefined
    );
  }
}
