/**
 * What one mention of a variable does to the resource the variable holds: use it, release it, or hand it to somebody
 * who may. Whatever is not understood counts as handed off.
 */
import type { CallExpr, Ident, KeyValueExpr, LocalObject, Node, SelectorExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { asksFunction, type Callee, parameterIndex } from './callee.ts';
import { keepsDescriptor } from './descriptors.ts';
import { spend } from './effort.ts';
import { isOwnUntil } from './fresh-values.ts';
import { isReceivedHere } from './lent-channels.ts';
import { nodesOfKind } from './node-index.ts';
import { isNeverRead } from './never-read.ts';
import { tellsOwnEnd } from './own-ends.ts';
import { isFunc, type ParentMap } from './parents.ts';
import { runsByNow } from './running-func.ts';
import type { DeclUnit } from './unit.ts';
import { deref, isContext, isErrorType } from './types.ts';
import { calledName, unparen } from './walk.ts';

/** Wrappers around wrappers that are followed. */
const MAX_WRAPPERS = 3;

export type UseEffect = 'neutral' | 'release' | 'handoff' | 'overwrite';

export interface ReleaseSpec {
  /** Names of the methods that release the value; `()` when calling the value itself does. */
  methods: readonly string[];
  /** Qualified names of the functions and methods that release it when they get it as an argument; `close` for a channel by which others end. */
  functions?: readonly string[];
  /** The field that must be released, when it is not the value itself: `Body` of an HTTP response. */
  via?: string;
  /** The name of functions whose result uses the value and does not release it. */
  wrappedBy?: RegExp;
  /** The value is a struct of the package that holds the resource: what is not seen of its methods may release it. */
  carried?: true;
  /** Of a method: its caller only receives from the channel that it gives, and keeps it to itself. */
  lends?: true;
}

/**
 * A local variable that holds what was acquired, or something that uses it: a buffered reader, a struct. Where it stays in the function
 * the resource does, too.
 */
export interface Holder {
  object: LocalObject;
  /** The field of a struct that holds it. */
  field?: string;
  /** What puts it there. */
  by: Node;
  /** What is held uses the resource and does not own it: releasing that releases nothing. */
  wraps: boolean;
}

/**
 * Effect of the mention `ident` of variable `object`, as seen from the function that declares `object`.
 * @param holders takes the variables that hold the resource from that mention on, which is then `neutral`; without it they must be harmless
 *   wherever they are mentioned
 */
export function useEffect(
  analysis: Analysis,
  unit: DeclUnit,
  ident: Ident,
  object: LocalObject,
  spec: ReleaseSpec,
  holders?: Map<LocalObject, Holder>,
): UseEffect {
  spend();
  const use = new Use(analysis, unit, analysis.parents(unit), spec, holders);
  return seenFrom(analysis, unit, ident, object, use.effect(ident));
}

/** Effect on the resource of a mention of a variable that holds it; more variables may hold it from there on. */
export function holderEffect(
  analysis: Analysis,
  unit: DeclUnit,
  ident: Ident,
  holder: Holder,
  spec: ReleaseSpec,
  holders: Map<LocalObject, Holder>,
): UseEffect {
  spend();
  const { object, field, wraps } = holder;
  const parents = analysis.parents(unit);
  const released = wraps ? { methods: [] } : spec;
  const use = new Use(analysis, unit, parents, { ...released, via: field }, holders);
  if (field !== undefined && !use.isSeen(ident)) return 'handoff';
  return seenFrom(analysis, unit, ident, object, use.effect(ident, field === undefined ? 1 : 0));
}

/** The same of an expression for what a field or an element of a map holds, apart from methods of the package that are called on it. */
export function elementEffect(analysis: Analysis, unit: DeclUnit, node: Node, spec: ReleaseSpec): UseEffect {
  spend();
  return new Use(analysis, unit, analysis.parents(unit), spec).effect(node);
}

function seenFrom(analysis: Analysis, unit: DeclUnit, ident: Ident, object: LocalObject, effect: UseEffect): UseEffect {
  const parents = analysis.parents(unit);
  if (effect === 'neutral' || effect === 'overwrite') return effect;
  for (let n: Node | undefined = parents.get(ident); n; n = parents.get(n)) {
    if (!isFunc(n)) continue;
    if (n === object.func) return effect;
    // Inside a literal: the effect happens here only if the literal runs here.
    if (n.kind === 'FuncLit' && !runsByNow(analysis, unit, n)) return 'handoff';
  }
  return effect;
}

class Use {
  constructor(
    private readonly analysis: Analysis,
    private readonly unit: DeclUnit,
    private readonly parents: ParentMap,
    private readonly spec: ReleaseSpec,
    private readonly holders?: Map<LocalObject, Holder>,
  ) {}

  /** False for a method of a struct, of which it is not seen what it does with the fields. */
  isSeen(ident: Ident): boolean {
    const selector = this.parents.get(ident);
    if (selector?.kind !== 'SelectorExpr' || selector.sel.name === this.spec.via) return true;
    const call = this.parents.get(selector);
    if (call?.kind !== 'CallExpr' || call.fun !== selector)
      return this.analysis.types.underlying(this.analysis.typeOf(this.unit, selector)).kind !== 'func';
    // A goroutine goes on with what it needs; ending that is left to others only of what is called for it.
    if (!this.isCalled && this.parents.get(call)?.kind === 'GoStmt') return false;
    return this.analysis.callee(this.unit, call).visible !== undefined;
  }

  /** True for a function that is called to end something, of no use for anything else. */
  private get isCalled(): boolean {
    return this.spec.methods.includes('()');
  }

  /** @param wrapped `ident` holds something that uses the resource without owning it, such as a buffered reader */
  effect(ident: Node, wrapped = 0): UseEffect {
    let node = ident;
    /** True while `node` denotes the thing that is released itself. */
    let target = !wrapped && this.spec.via === undefined;
    let inside = wrapped > 0;
    for (;;) {
      const parent = this.parents.get(node);
      if (!parent) return 'handoff';
      switch (parent.kind) {
        // x.(T) hands the value on under another type
        case 'ParenExpr':
        case 'StarExpr':
        case 'TypeAssertExpr':
          node = parent;
          continue;
        case 'SelectorExpr': {
          const name = parent.sel.name;
          const up = this.parents.get(parent);
          if (!target && !inside && name === this.spec.via) {
            // `resp.Body = …`: what was there is somebody else's now
            if (up?.kind === 'AssignStmt' && up.lhs.some((l) => l === parent)) return 'handoff';
            target = true;
            node = parent;
            continue;
          }
          const called = up?.kind === 'CallExpr' && up.fun === parent;
          if (target && this.spec.methods.includes(name)) return called ? 'release' : 'handoff';
          if (called) return inside ? 'neutral' : this.methodCall(up, node);
          if (target && this.isPart(parent)) {
            node = parent;
            continue;
          }
          return this.fieldRead(parent, up);
        }
        case 'CallExpr':
          if (parent.fun === node) return target && this.isCalled ? 'release' : 'neutral';
          if (this.isKeptByProgram(parent, node)) return 'handoff';
          if (this.wraps(parent, node)) {
            inside = true;
            target = false;
            node = parent;
            continue;
          }
          return inside ? this.wrappedArgument(parent, node) : this.argument(parent, node, target);
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
        case 'SendStmt': // Who waits for the end of a channel is let go by a value, too.
          if (parent.chan === node) return target && this.spec.functions?.includes('close') ? 'release' : 'neutral';
          return 'handoff';
        case 'AssignStmt': {
          if (parent.lhs.some((l) => l === node)) return node.kind === 'Ident' ? 'overwrite' : 'neutral';
          const i = parent.rhs.findIndex((r) => r === node);
          const to = parent.lhs[i];
          if (to?.kind === 'Ident' && to.name === '_') return 'neutral';
          if (inside && to?.kind === 'Ident' && to.obj) return this.wrapper(to.obj, wrapped + 1, parent);
          if (to?.kind === 'IndexExpr' && this.isCalled && isNeverRead(this.analysis, this.unit, to.x))
            return 'neutral';
          return to?.kind === 'SelectorExpr' ? this.keptInField(to, parent, target, inside) : 'handoff';
        }
        case 'KeyValueExpr':
          return parent.value === node ? this.keptInLiteral(parent, target, inside) : 'neutral';
        default:
          return 'handoff';
      }
    }
  }

  /** True for the field of an embedded type: its methods are those of the value. */
  private isPart(selector: SelectorExpr): boolean {
    if (this.parents.get(selector)?.kind === 'AssignStmt') return false;
    const type = deref(this.analysis.typeOf(this.unit, selector));
    return type.kind === 'named' && type.name === selector.sel.name;
  }

  /** True for `bufio.NewReader(resp.Body)` and the like: the result goes on using the argument but does not own it. */
  private wraps(call: CallExpr, arg: Node): boolean {
    const index = call.args.findIndex((a) => a === arg);
    const c = this.analysis.callee(this.unit, call);
    if (c.fact) return c.fact.keepsWithoutClosing?.includes(index) ?? false;
    return !c.visible && this.spec.wrappedBy?.test(calledName(call)) === true;
  }

  /** `pprof.StartCPUProfile(f)`: the whole program goes on using the argument, unless the function has that stopped. */
  private isKeptByProgram(call: CallExpr, arg: Node): boolean {
    const opens = this.wraps(call, arg) ? this.analysis.callee(this.unit, call).fact?.opens : undefined;
    if (opens?.on !== 'program') return false;
    return !nodesOfKind(this.unit.decl, 'CallExpr').some((c) =>
      opens.release.includes(this.analysis.callee(this.unit, c).name),
    );
  }

  /** A variable of this function that holds a wrapper: harmless while the wrapper stays here. */
  private wrapper(object: LocalObject, depth: number, by: Node): UseEffect {
    if (depth > MAX_WRAPPERS || object.role !== 'local' || object.addressTaken) return 'handoff';
    if (this.holders)
      // `err := pprof.StartCPUProfile(f)`: what goes on using it is no value.
      return isErrorType(this.analysis.objectType(this.unit, object))
        ? 'handoff'
        : this.holds({ object, by, wraps: true });
    const stays = object.uses.every((use) => {
      const e = this.effect(use, depth);
      return e === 'neutral' || e === 'overwrite';
    });
    return stays ? 'neutral' : 'handoff';
  }

  /** `c := &client{conn: conn}`: the variable has it, and nobody else as long as it stays here. */
  private keptInLiteral(field: KeyValueExpr, target: boolean, inside: boolean): UseEffect {
    const literal = this.parents.get(field);
    if (literal?.kind !== 'CompositeLit' || field.key.kind !== 'Ident') return 'handoff';
    const parent = this.parents.get(literal);
    const value = parent?.kind === 'UnaryExpr' && parent.op === '&' ? parent : literal;
    const stmt = this.parents.get(value);
    if (stmt?.kind !== 'AssignStmt' || stmt.op !== ':=') return 'handoff';
    const to = stmt.lhs[stmt.rhs.findIndex((r) => r === value)];
    const object = to?.kind === 'Ident' ? to.obj : undefined;
    return object ? this.keptIn({ object, field: field.key.name, by: stmt, wraps: inside }, target) : 'handoff';
  }

  /** `c.conn = conn`, where `c` is a struct that the function has made. */
  private keptInField({ x, sel }: SelectorExpr, by: Node, target: boolean, inside: boolean): UseEffect {
    const base = unparen(x);
    const object = base.kind === 'Ident' ? base.obj : undefined;
    const spec: ReleaseSpec = { ...this.spec, via: sel.name };
    return object && this.holders && isOwnUntil(this.analysis, this.unit, object, by, spec)
      ? this.keptIn({ object, field: sel.name, by, wraps: inside }, target)
      : 'handoff';
  }

  private keptIn(holder: Holder, target: boolean): UseEffect {
    const { object } = holder;
    if (!this.holders || (!target && !holder.wraps) || object.role !== 'local' || object.addressTaken) return 'handoff';
    // Of what another package's type does with its fields nothing is seen.
    const type = deref(this.analysis.objectType(this.unit, object));
    if (type.kind !== 'named' || type.pkg !== this.unit.pkg.path) return 'handoff';
    return this.holds(holder);
  }

  private holds(holder: Holder): UseEffect {
    const known = this.holders?.get(holder.object);
    if (known && (known.field !== holder.field || known.wraps !== holder.wraps)) return 'handoff';
    this.holders?.set(holder.object, holder);
    return 'neutral';
  }

  private wrappedArgument(call: CallExpr, arg: Node): UseEffect {
    const c = this.analysis.callee(this.unit, call);
    if (c.kind === 'builtin') return c.name === 'append' || c.name === 'panic' ? 'handoff' : 'neutral';
    return c.fact?.borrows?.includes(parameterIndex(c, call, arg)) ? 'neutral' : 'handoff';
  }

  private methodCall(call: CallExpr, recv: Node): UseEffect {
    const c = this.analysis.callee(this.unit, call);
    if (c.fact?.releasesReceiver === 'always') return 'release';
    // `db.Unsafe()`, `conn.WithTimeout(t)`: what it gives may be the receiver, or share with it what is to be released.
    if (this.givesOwnType(c, call) || this.maySucceed(c, call, recv) || keepsDescriptor(this.analysis, this.unit, call))
      return 'handoff';
    const { carried } = this.spec;
    const isUnseen = !c.visible && !asksFunction(this.analysis.types, c);
    if (carried && recv.kind === 'Ident' && (isUnseen || this.parents.get(call)?.kind === 'GoStmt')) return 'handoff';
    if (!c.visible) return 'neutral';
    // A method of the analysed package may release or keep its receiver.
    const spec = isReceivedHere(this.parents, call) ? { ...this.spec, lends: true as const } : this.spec;
    return recv.kind === 'Ident' ? this.analysis.summaries.receiver(c.visible, spec) : 'neutral';
  }

  /** True for a method whose result has its receiver's type and is used. */
  private givesOwnType({ recv, signature }: Callee, call: CallExpr): boolean {
    const result = signature?.kind === 'func' && signature.results[0] && deref(signature.results[0]);
    if (!recv || !result || result.kind !== 'named' || this.parents.get(call)?.kind === 'ExprStmt') return false;
    const own = deref(this.analysis.typeOf(this.unit, recv));
    return own.kind === 'named' && own.pkg === result.pkg && own.name === result.name;
  }

  /**
   * `conn = conn.WithTimeout(t)`, or `c := conn.WithTimeout(t)` where `c` is released: what a method of which nothing is known gives may
   * take the place of its receiver.
   */
  private maySucceed({ kind }: Callee, call: CallExpr, recv: Node): boolean {
    const parent = this.parents.get(call);
    if (kind !== 'unknown' || recv.kind !== 'Ident' || parent?.kind !== 'AssignStmt') return false;
    return parent.lhs.some((target) => {
      const object = target.kind === 'Ident' ? target.obj : undefined;
      return object !== undefined && (object === recv.obj || object.uses.some((use) => this.isReleased(use)));
    });
  }

  private isReleased(use: Ident): boolean {
    const selector = this.parents.get(use);
    return selector?.kind === 'SelectorExpr' && this.spec.methods.includes(selector.sel.name);
  }

  /** Reading a plain field is harmless; a channel field that travels on keeps the resource in use elsewhere. */
  private fieldRead(selector: Node, up: Node | undefined): UseEffect {
    if (selector.kind !== 'SelectorExpr') return 'neutral';
    // What a field is given says nothing of the value that has it.
    if (up?.kind === 'AssignStmt' && up.lhs.includes(selector)) return 'neutral';
    const type = this.analysis.typeOf(this.unit, selector);
    // Neither leads back to what has it.
    if (isErrorType(type) || isContext(type)) return 'neutral';
    const { kind } = this.analysis.types.underlying(deref(type));
    // `defer run(s.close)`
    if (this.spec.carried && kind === 'func') return 'handoff';
    if (this.spec.lends && kind === 'chan' && up?.kind === 'ReturnStmt') return 'neutral';
    if (kind !== 'chan' && kind !== 'unknown' && kind !== 'interface') return 'neutral';
    switch (up?.kind) {
      case 'UnaryExpr':
      case 'RangeStmt':
      case 'BinaryExpr':
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'ExprStmt':
      case 'SendStmt':
        return up.kind === 'SendStmt' && up.value === selector ? 'handoff' : 'neutral';
      case 'CallExpr':
        return tellsOwnEnd(this.analysis, this.unit, up, selector) || /^(?:len|cap)$/.test(this.builtin(up))
          ? 'neutral'
          : 'handoff';
      default:
        return 'handoff';
    }
  }

  private builtin(call: CallExpr): string {
    const { kind, name } = this.analysis.callee(this.unit, call);
    return kind === 'builtin' ? name : '';
  }

  private argument(call: CallExpr, arg: Node, target: boolean): UseEffect {
    const c = this.analysis.callee(this.unit, call);
    const index = parameterIndex(c, call, arg);
    switch (c.kind) {
      case 'builtin':
        if (target && this.spec.functions?.includes(c.name)) return 'release';
        return c.name === 'append' || c.name === 'panic' ? 'handoff' : 'neutral';
      case 'func':
      case 'method': {
        if (c.fact?.releases?.includes(index)) return 'release';
        if (target && this.spec.functions?.includes(c.name)) return 'release';
        if (c.fact?.borrows?.includes(index)) return 'neutral';
        const { methods, functions } = this.spec;
        const spec: ReleaseSpec = target ? { methods, functions } : this.spec;
        if (!c.visible) return this.analysis.summaries.behindInterface(this.unit, call, c, index, spec);
        return this.analysis.summaries.parameter(c.visible, index, spec);
      }
      default:
        return 'handoff';
    }
  }
}
