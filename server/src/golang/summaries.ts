/**
 * Function summaries within the analysed package: what a function does with a parameter, and whether it ever returns.
 * Computed on demand; a recursive question is answered with the quiet assumption.
 */
import type { DeferStmt, Field, FuncDecl, Ident } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { DECLARATION, nested } from './effort.ts';
import { type ReleaseSpec, type UseEffect, useEffect } from './uses.ts';
import { asCall, find, flattenFields, unparen, walkShallow } from './walk.ts';

export class Summaries {
  private readonly endings = new Map<FuncDecl, 'panic' | 'exit' | undefined>();
  private readonly parameters = new Map<unknown, Map<string, UseEffect>>();

  constructor(private readonly analysis: Analysis) {}

  /**
   * How a function ends that never comes back to its caller because no path through its body reaches the end: some path
   * panics, or all loop for ever or end the process (or goroutine). Undefined when it may return.
   */
  neverReturns(f: VisibleFunc): 'panic' | 'exit' | undefined {
    if (!this.endings.has(f.decl)) this.settle(f);
    return this.endings.get(f.decl);
  }

  /** Decides about a function after those it calls; with a stack of its own, since chains of calls can be very long. */
  private settle(first: VisibleFunc): void {
    const open: { f: VisibleFunc; callees: VisibleFunc[] }[] = [];
    const enter = (f: VisibleFunc): void => {
      this.endings.set(f.decl, undefined);
      open.push({ f, callees: this.callees(f).reverse() });
    };
    try {
      enter(first);
      for (let top = open.at(-1); top; top = open.at(-1)) {
        const next = top.callees.pop();
        if (next) {
          if (!this.endings.has(next.decl)) enter(next);
          continue;
        }
        this.endings.set(top.f.decl, this.ending(top.f));
        open.pop();
      }
    } finally {
      // Given up half-way: the assumption about those that were waiting must not stay.
      for (const { f } of open) this.endings.delete(f.decl);
    }
  }

  /** The visible functions that a function's own graph asks about: those called as statements. */
  private callees(f: VisibleFunc): VisibleFunc[] {
    const found: VisibleFunc[] = [];
    walkShallow(f.decl, (n) => {
      const call = n.kind === 'ExprStmt' ? unparen(n.x) : undefined;
      const visible = call?.kind === 'CallExpr' ? this.analysis.callee(f.unit, call).visible : undefined;
      if (visible) found.push(visible);
    });
    return found;
  }

  private ending(f: VisibleFunc): 'panic' | 'exit' | undefined {
    const cfg = this.analysis.cfg(f.unit, f.decl);
    if (!f.decl.body || cfg.reachable.has(cfg.exit)) return undefined;
    if (![...cfg.reachable].some((b) => b.ends === 'panic')) return 'exit';
    const recovers = [...cfg.reachable].some((b) => b.nodes.some((n) => n.kind === 'DeferStmt' && this.recovers(f, n)));
    return recovers ? undefined : 'panic';
  }

  /** True when what is deferred calls `recover`, so that a panic ends in a return. */
  private recovers(f: VisibleFunc, defer: DeferStmt): boolean {
    const call = asCall(defer.call);
    const body = call && this.analysis.body(f.unit, call);
    if (!body) return false;
    return (
      find(
        body.func,
        (n) => n.kind === 'CallExpr' && n.fun.kind === 'Ident' && n.fun.name === 'recover' && !n.fun.obj,
      ) !== undefined
    );
  }

  /** What the function does with its `index`-th argument: `neutral` (only uses it), `release`, or `handoff` (keeps it, passes it on, or unknown). */
  parameter(f: VisibleFunc, index: number, spec: ReleaseSpec): UseEffect {
    const params = flattenFields(f.decl.type.params);
    const p = params[Math.min(index, params.length - 1)];
    if (!p || p.variadic) return 'handoff';
    if (!p.name || p.name.name === '_') return 'neutral';
    return this.ofName(f, p.name, `${index}`, spec);
  }

  /** What a method does with its receiver. */
  receiver(f: VisibleFunc, spec: ReleaseSpec): UseEffect {
    const recv: Field | undefined = f.decl.recv;
    const name = recv?.names[0];
    if (!name || name.name === '_') return 'neutral';
    return this.ofName(f, name, 'recv', spec);
  }

  private ofName(f: VisibleFunc, name: Ident, slot: string, spec: ReleaseSpec): UseEffect {
    const key = `${slot}|${spec.methods.join()}|${spec.via ?? ''}`;
    let byKey = this.parameters.get(f.decl);
    if (!byKey) this.parameters.set(f.decl, (byKey = new Map()));
    const known = byKey.get(key);
    if (known) return known;
    byKey.set(key, 'handoff');
    const effect = nested<UseEffect>(DECLARATION, 'handoff', () => this.compute(f, name, spec));
    byKey.set(key, effect);
    return effect;
  }

  private compute(f: VisibleFunc, name: Ident, spec: ReleaseSpec): UseEffect {
    const object = name.obj;
    if (!object) return 'handoff';
    let result: UseEffect = 'neutral';
    for (const use of object.uses) {
      const e = useEffect(this.analysis, f.unit, use, object, spec);
      if (e === 'release') return 'release';
      if (e === 'handoff') result = 'handoff';
    }
    return result;
  }
}
