/**
 * What one mention of a variable does to the resource the variable holds: use it, release it, or hand it to somebody
 * who may. Whatever is not understood counts as handed off.
 */
import type { CallExpr, FuncLit, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isFunc, type ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { deref } from './types.ts';

export type UseEffect = 'neutral' | 'release' | 'handoff' | 'overwrite';

export interface ReleaseSpec {
  /** Names of the methods that release the value; `()` when calling the value itself does. */
  methods: readonly string[];
  /** The field that must be released, when it is not the value itself: `Body` of an HTTP response. */
  via?: string;
}

/** Effect of the mention `ident` of variable `object`, as seen from the function that declares `object`. */
export function useEffect(analysis: Analysis, unit: DeclUnit, ident: Ident, object: LocalObject, spec: ReleaseSpec): UseEffect {
  const parents = analysis.parents(unit);
  const effect = new Use(analysis, unit, parents, spec).effect(ident);
  if (effect === 'neutral' || effect === 'overwrite') return effect;
  for (let n: Node | undefined = parents.get(ident); n; n = parents.get(n)) {
    if (!isFunc(n)) continue;
    if (n === object.func) return effect;
    // Inside a literal: the effect happens here only if the literal runs here.
    if (n.kind === 'FuncLit' && !runsHere(parents, n)) return 'handoff';
  }
  return effect;
}

/** True for `defer func() {…}()` and `func() {…}()`. */
function runsHere(parents: ParentMap, lit: FuncLit): boolean {
  let n: Node = lit;
  for (let p = parents.get(n); p?.kind === 'ParenExpr'; p = parents.get(n)) n = p;
  const call = parents.get(n);
  return call?.kind === 'CallExpr' && call.fun === n && parents.get(call)?.kind !== 'GoStmt';
}

class Use {
  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly parents: ParentMap,
    private readonly spec: ReleaseSpec,
  ) {}

  effect(ident: Node): UseEffect {
    let node = ident;
    /** True while `node` denotes the thing that is released itself. */
    let target = this.spec.via === undefined;
    for (;;) {
      const parent = this.parents.get(node);
      if (!parent) return 'handoff';
      switch (parent.kind) {
        case 'ParenExpr':
        case 'StarExpr':
          node = parent;
          continue;
        case 'TypeAssertExpr':
          // x.(T) hands the value on under another type
          node = parent;
          continue;
        case 'SelectorExpr': {
          const name = parent.sel.name;
          if (!target && name === this.spec.via) {
            target = true;
            node = parent;
            continue;
          }
          const up = this.parents.get(parent);
          const called = up?.kind === 'CallExpr' && up.fun === parent;
          if (target && this.spec.methods.includes(name)) return called ? 'release' : 'handoff';
          if (called) return this.methodCall(up, node);
          return this.fieldRead(parent, up);
        }
        case 'CallExpr':
          if (parent.fun === node) return target && this.spec.methods.includes('()') ? 'release' : 'neutral';
          return this.argument(parent, node, target);
        case 'BinaryExpr':
        case 'ExprStmt':
        case 'IndexExpr':
        case 'RangeStmt':
        case 'IfStmt':
        case 'ForStmt':
        case 'SwitchStmt':
        case 'CaseClause':
          return 'neutral';
        case 'UnaryExpr':
          return parent.op === '&' ? 'handoff' : 'neutral';
        case 'SendStmt':
          return parent.chan === node ? 'neutral' : 'handoff';
        case 'AssignStmt': {
          if (parent.lhs.some((l) => l === node)) return node.kind === 'Ident' ? 'overwrite' : 'neutral';
          const i = parent.rhs.findIndex((r) => r === node);
          const to = parent.lhs[i];
          return to?.kind === 'Ident' && to.name === '_' ? 'neutral' : 'handoff';
        }
        default:
          return 'handoff';
      }
    }
  }

  private methodCall(call: CallExpr, recv: Node): UseEffect {
    const c = this.analysis.callee(this.unit, call);
    if (!c.visible) return 'neutral';
    // A method of the analysed package may release or keep its receiver.
    return recv.kind === 'Ident' ? this.analysis.summaries.receiver(c.visible, this.spec) : 'neutral';
  }

  /** Reading a plain field is harmless; a channel field that travels on keeps the resource in use elsewhere. */
  private fieldRead(selector: Node, up: Node | undefined): UseEffect {
    if (selector.kind !== 'SelectorExpr') return 'neutral';
    const t = this.analysis.types.underlying(deref(this.analysis.typeOf(this.unit, selector)));
    if (t.kind === 'basic') return 'neutral';
    if (t.kind !== 'chan' && t.kind !== 'unknown' && t.kind !== 'interface') return 'neutral';
    switch (up?.kind) {
      case 'UnaryExpr':
      case 'RangeStmt':
      case 'BinaryExpr':
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'ExprStmt':
      case 'SendStmt':
        return up.kind === 'SendStmt' && up.value === selector ? 'handoff' : 'neutral';
      default:
        return 'handoff';
    }
  }

  private argument(call: CallExpr, arg: Node, target: boolean): UseEffect {
    const index = call.args.findIndex((a) => a === arg);
    const c = this.analysis.callee(this.unit, call);
    switch (c.kind) {
      case 'builtin':
        return c.name === 'append' || c.name === 'panic' ? 'handoff' : 'neutral';
      case 'func':
      case 'method': {
        if (c.fact?.borrows?.includes(index)) return 'neutral';
        if (!c.visible) return 'handoff';
        const spec: ReleaseSpec = target ? { methods: this.spec.methods } : this.spec;
        return this.analysis.summaries.parameter(c.visible, index, spec);
      }
      default:
        return 'handoff';
    }
  }
}
