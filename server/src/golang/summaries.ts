/**
 * Function summaries within the analysed package: what a function does with a parameter.
 * Computed on demand; a recursive question is answered with the quiet assumption.
 */
import type { CallExpr, Field, FuncDecl, Ident } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { neverReturnsAfter } from './cfg-reach.ts';
import { DECLARATION, nested } from './effort.ts';
import { implementations } from './implementations.ts';
import { type Answer, answered } from './reads.ts';
import { cfgNode } from './resources.ts';
import { isErrorType } from './types.ts';
import { type ReleaseSpec, type UseEffect, useEffect } from './uses.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields } from './walk.ts';

export class Summaries {
  private readonly parameters = new Map<FuncDecl, Map<string, Answer<UseEffect>>>();

  constructor(private readonly analysis: Analysis) {}

  /** What the function does with its `index`-th argument: `neutral` (only uses it), `release`, or `handoff` (keeps it, passes it on, or unknown). */
  parameter(f: VisibleFunc, index: number, spec: ReleaseSpec): UseEffect {
    const params = flattenFields(f.decl.type.params);
    const p = params[Math.min(index, params.length - 1)];
    if (!p || p.variadic) return 'handoff';
    if (!p.name || p.name.name === '_') return 'neutral';
    return this.ofName(f, p.name, `${index}`, spec);
  }

  /**
   * The same for a method of an interface of the package, of which there are others than are seen: an argument stays with the caller only where
   * all that are seen leave it there, and one of them does something with it.
   */
  behindInterface(unit: DeclUnit, call: CallExpr, callee: Callee, index: number, spec: ReleaseSpec): UseEffect {
    const methods = implementations(this.analysis, unit, call, callee);
    const mentions = ({ decl }: VisibleFunc): boolean =>
      (flattenFields(decl.type.params)[index]?.name?.obj?.uses.length ?? 0) > 0;
    return methods.some(mentions) && methods.every((f) => this.parameter(f, index, spec) === 'neutral')
      ? 'neutral'
      : 'handoff';
  }

  /** What a method does with its receiver. */
  receiver(f: VisibleFunc, spec: ReleaseSpec): UseEffect {
    const recv: Field | undefined = f.decl.recv;
    const name = recv?.names[0];
    if (!name || name.name === '_') return 'neutral';
    return this.ofName(f, name, 'recv', spec);
  }

  private ofName(f: VisibleFunc, name: Ident, slot: string, spec: ReleaseSpec): UseEffect {
    const key = `${slot}|${spec.methods.join()}|${spec.via ?? ''}|${spec.functions?.join() ?? ''}|${spec.carried ?? ''}|${spec.lends ?? ''}`;
    let byKey = this.parameters.get(f.decl);
    if (!byKey) this.parameters.set(f.decl, (byKey = new Map()));
    return answered(byKey, key, 'handoff', () => nested(DECLARATION, 'handoff', () => this.compute(f, name, spec)));
  }

  private compute(f: VisibleFunc, name: Ident, spec: ReleaseSpec): UseEffect {
    const object = name.obj;
    if (!object) return 'handoff';
    let result: UseEffect = 'neutral';
    for (const use of object.uses) {
      const e = useEffect(this.analysis, f.unit, use, object, spec);
      if ((e !== 'release' && e !== 'handoff') || this.isLostToCaller(f, use)) continue;
      if (e === 'release') return 'release';
      result = 'handoff';
    }
    return result;
  }

  /**
   * True for a use behind which the function does not return, though it does elsewhere: `resp.Body.Close(); t.FailNow()`. The caller
   * that goes on has got nothing of it. One that gives back an error may return only where it failed.
   */
  private isLostToCaller({ unit, decl }: VisibleFunc, use: Ident): boolean {
    const last = flattenFields(decl.type.results).at(-1);
    if (last && isErrorType(this.analysis.types.resolve(unit, last.type))) return false;
    const cfg = this.analysis.cfg(unit, decl);
    if (!cfg.reachable.has(cfg.exit)) return false;
    const node = cfgNode(cfg.where, this.analysis.parents(unit), use);
    return node !== undefined && neverReturnsAfter(cfg, node);
  }
}
