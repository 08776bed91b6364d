/**
 * What the nodes of a function do to a lock, wait group or channel named by a path: call one of its methods, send or receive (directly,
 * deferred, in a closure that runs there, or through a function of the same package), or hand it to somebody who may.
 */
import type { CallExpr, Expr, FuncLit, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import { type AccessPath, accessPath, type Mention, mentions, pathKey, prefixDepth, rebase } from './access-path.ts';
import type { Analysis } from './analysis.ts';
import { onlyLiteral } from './callee.ts';
import { ancestor, isFunc, type ParentMap } from './parents.ts';
import { cfgNode } from './resources.ts';
import type { DeclUnit } from './unit.ts';
import { contains, flattenFields, walkShallow } from './walk.ts';
import { isExported } from './exported.ts';

/** `performs`: one of the methods is called; `handoff`: somebody else may call it from here on. */
export type PathEffect = 'none' | 'performs' | 'handoff';

/** What is done to a channel, as names beside those of methods. */
export const SEND = 'ch <-';
export const RECEIVE = '<-ch';

export interface PathMethods {
  /** Methods that are looked for: `Unlock`, `Done`; `SEND` or `RECEIVE`. */
  perform: readonly string[];
  /** Methods that open what those close: a function that calls one of them first settles its own account only. */
  open: readonly string[];
}

const MAX_DEPTH = 4;

export class PathEffects {
  private readonly known = new Map<FuncNode, Map<string, PathEffect>>();

  constructor(
    private readonly analysis: Analysis,
    private readonly methods: PathMethods,
  ) {}

  /** Effects of the nodes of `func`'s control flow graph on `path`; nodes without effect are left out. */
  nodes(unit: DeclUnit, func: FuncNode, path: AccessPath): Map<Node, PathEffect> {
    const parents = this.analysis.parents(unit);
    const { where } = this.analysis.cfg(unit, func);
    const effects = new Map<Node, PathEffect>();
    const set = (at: Node, effect: PathEffect): void => {
      const node = effect === 'none' ? undefined : cfgNode(where, parents, at);
      if (node && effects.get(node) !== 'performs') effects.set(node, effect);
    };
    for (const m of mentions(parents, func, path)) {
      const lit = outermostLiteral(parents, m.expr, func);
      if (!lit) set(m.expr, this.mention(unit, m, path, 0));
      else for (const [at, effect] of this.literal(unit, lit, path, 0)) set(at, effect);
    }
    for (const call of this.unnamed(func, path)) set(call, this.call(unit, call, path, 0));
    return effects;
  }

  /** What running a function does to a path seen from inside it. */
  ofFunction(unit: DeclUnit, func: FuncNode, path: AccessPath, depth = 0): PathEffect {
    let byPath = this.known.get(func);
    if (!byPath) this.known.set(func, (byPath = new Map()));
    const key = pathKey(path);
    const known = byPath.get(key);
    if (known) return known;
    byPath.set(key, 'none');
    const effect = depth > MAX_DEPTH ? 'handoff' : this.compute(unit, func, path, depth);
    byPath.set(key, effect);
    return effect;
  }

  private compute(unit: DeclUnit, func: FuncNode, path: AccessPath, depth: number): PathEffect {
    const parents = this.analysis.parents(unit);
    let result: PathEffect = 'none';
    for (const m of mentions(parents, func, path)) {
      const lit = outermostLiteral(parents, m.expr, func);
      // Opened here first: what follows closes its own.
      if (!lit && result === 'none' && this.methodOf(parents, m, path)?.kind === 'open') return 'none';
      const effects = lit
        ? this.literal(unit, lit, path, depth).map(([, e]) => e)
        : [this.mention(unit, m, path, depth)];
      if (effects.includes('performs')) return 'performs';
      if (effects.includes('handoff')) result = 'handoff';
    }
    for (const call of this.unnamed(func, path))
      if (this.call(unit, call, path, depth) === 'performs') return 'performs';
    return result;
  }

  /** Calls that can reach a package-level path without naming it. */
  private unnamed(func: FuncNode, path: AccessPath): CallExpr[] {
    const calls: CallExpr[] = [];
    if (typeof path.root === 'string')
      walkShallow(func, (n) => void (n.kind === 'CallExpr' && n.fun.kind !== 'FuncLit' && calls.push(n)));
    return calls;
  }

  /** Effects of a literal on a path of the function around it, with the places where they happen. */
  private literal(unit: DeclUnit, lit: FuncLit, path: AccessPath, depth: number): [Node, PathEffect][] {
    const effect = this.ofFunction(unit, lit, path, depth);
    if (effect === 'none') return [];
    const parents = this.analysis.parents(unit);
    const call = parents.get(lit);
    if (call?.kind === 'CallExpr' && call.fun === lit)
      return [[lit, parents.get(call)?.kind === 'GoStmt' ? 'handoff' : effect]];
    const variable = literalVariable(parents, lit);
    if (!variable) return [[lit, 'handoff']];
    return variable.uses.map((use) => {
      const p = parents.get(use);
      const called = p?.kind === 'CallExpr' && p.fun === use && parents.get(p)?.kind !== 'GoStmt';
      return [use, called ? effect : 'handoff'];
    });
  }

  /** A method of the path itself that a mention selects. */
  private methodOf(
    parents: ParentMap,
    m: Mention,
    path: AccessPath,
  ): { kind: 'open' | 'perform' | 'other'; isDone: boolean } | undefined {
    if (m.depth < path.fields.length) return undefined;
    let p = parents.get(m.expr);
    let x: Node = m.expr;
    // The embedded type may be named: s.Mutex.Lock()
    while (p?.kind === 'SelectorExpr' && p.x === x && /^(?:RW)?Mutex$|^WaitGroup$|^Locker$/.test(p.sel.name))
      [x, p] = [p, parents.get(p)];
    const operation = p && channelOperation(p, x);
    if (operation) return { kind: this.kindOf(operation), isDone: true };
    if (p?.kind !== 'SelectorExpr' || p.x !== x) return undefined;
    const up = parents.get(p);
    return { kind: this.kindOf(p.sel.name), isDone: up?.kind === 'CallExpr' && up.fun === p };
  }

  private kindOf(name: string): 'open' | 'perform' | 'other' {
    if (this.methods.perform.includes(name)) return 'perform';
    return this.methods.open.includes(name) ? 'open' : 'other';
  }

  private mention(unit: DeclUnit, m: Mention, path: AccessPath, depth: number): PathEffect {
    const parents = this.analysis.parents(unit);
    const method = this.methodOf(parents, m, path);
    if (method?.kind === 'perform') return method.isDone ? 'performs' : 'handoff';
    if (method?.kind === 'open') return 'none';
    const parent = parents.get(m.expr);
    if (parent?.kind === 'SelectorExpr') {
      const call = parents.get(parent);
      return call?.kind === 'CallExpr' && call.fun === parent ? this.call(unit, call, path, depth) : 'none';
    }
    if (parent?.kind === 'CallExpr' && parent.fun !== m.expr) return this.call(unit, parent, path, depth, m);
    return this.valueUse(parent, m, path);
  }

  /** Effect of a call that gets the path, or something on the way to it, as receiver or argument. */
  private call(unit: DeclUnit, call: CallExpr, path: AccessPath, depth: number, arg?: Mention): PathEffect {
    const body = this.analysis.body(unit, call);
    if (!body) return arg && this.outsideMayPerform(unit, call, arg, path) ? 'handoff' : 'none';
    for (const inside of pathsInside(this.analysis, unit, call, body.func, path)) {
      const effect = this.ofFunction(body.unit, body.func, inside, depth + 1);
      if (effect !== 'none') return effect;
    }
    return 'none';
  }

  /** True when code that is not visible can reach the method: the thing itself, or exported ways to it, are passed. */
  private outsideMayPerform(unit: DeclUnit, call: CallExpr, arg: Mention, path: AccessPath): boolean {
    const c = this.analysis.callee(unit, call);
    if (c.kind === 'builtin') return c.name === 'append';
    const index = call.args.findIndex((a) => a === arg.expr);
    if (c.fact?.borrows?.includes(index)) return false;
    return path.fields.slice(arg.depth).every(isExported);
  }

  /** A mention that is a plain value: kept, returned or compared. */
  private valueUse(parent: Node | undefined, m: Mention, path: AccessPath): PathEffect {
    const ownedByCaller =
      typeof path.root !== 'string' &&
      (path.root.role === 'recv' || path.root.role === 'param') &&
      m.depth < path.fields.length;
    switch (parent?.kind) {
      case 'AssignStmt':
        return parent.rhs.some((r) => r === m.expr) ? 'handoff' : 'none';
      case 'ReturnStmt':
      case 'ValueSpec':
      case 'SendStmt':
        return 'handoff';
      case 'CompositeLit':
      case 'KeyValueExpr':
        return ownedByCaller ? 'none' : 'handoff';
      default:
        return 'none';
    }
  }
}

/** What a node does to a channel that is an operand of it. */
export function channelOperation(node: Node, channel: Node): typeof SEND | typeof RECEIVE | undefined {
  if (node.kind === 'SendStmt' && node.chan === channel) return SEND;
  return node.kind === 'UnaryExpr' && node.op === '<-' && node.x === channel ? RECEIVE : undefined;
}

/** The paths that denote, inside a called or spawned function, what `path` denotes outside. */
export function pathsInside(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  func: FuncNode,
  path: AccessPath,
): AccessPath[] {
  const found: AccessPath[] = [];
  const bind = (outer: AccessPath | undefined, param: LocalObject | undefined): void => {
    const depth = outer && prefixDepth(outer, path);
    if (depth !== undefined && param) found.push(rebase(path, depth, param));
  };
  if (func.kind === 'FuncLit') found.push(path);
  else if (typeof path.root === 'string' && analysis.body(unit, call)?.unit.pkg === unit.pkg) found.push(path);
  const params = flattenFields(func.type.params);
  for (const [i, arg] of call.args.entries()) {
    const p = params[i];
    if (p && !p.variadic) bind(accessPath(arg), p.name?.obj);
  }
  const recv = analysis.callee(unit, call).recv;
  if (recv && func.kind === 'FuncDecl') bind(accessPath(recv), func.recv?.names[0]?.obj);
  return found;
}

/** What a path of a called or spawned function denotes for its caller; undefined for what is local to it. */
export function pathOutside(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  func: FuncNode,
  path: AccessPath,
): AccessPath | undefined {
  const { root } = path;
  if (typeof root === 'string') return analysis.body(unit, call)?.unit.pkg === unit.pkg ? path : undefined;
  const from = argumentFor(analysis, unit, call, func, path);
  const outer = from && accessPath(from);
  if (outer) return { root: outer.root, fields: [...outer.fields, ...path.fields] };
  return func.kind === 'FuncLit' && !contains(func, root.decl) ? path : undefined;
}

/** What a caller gives for the receiver or parameter that a path of a called function starts at. */
export function argumentFor(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  func: FuncNode,
  { root }: AccessPath,
): Expr | undefined {
  if (typeof root === 'string') return undefined;
  const isReceiver = func.kind === 'FuncDecl' && func.recv?.names[0]?.obj === root;
  if (isReceiver) return analysis.callee(unit, call).recv;
  return call.args[flattenFields(func.type.params).findIndex((p) => p.name?.obj === root && !p.variadic)];
}

function outermostLiteral(parents: ParentMap, node: Node, func: FuncNode): FuncLit | undefined {
  let lit: FuncLit | undefined;
  for (let n = ancestor(parents, node, isFunc); n && n !== func; n = ancestor(parents, n, isFunc))
    if (n.kind === 'FuncLit') lit = n;
  return lit;
}

/** The variable that always holds a literal. */
function literalVariable(parents: ParentMap, lit: FuncLit): LocalObject | undefined {
  const p = parents.get(lit);
  if (p?.kind !== 'AssignStmt' && p?.kind !== 'ValueSpec') return undefined;
  const targets = p.kind === 'AssignStmt' ? p.lhs : p.names;
  const values = p.kind === 'AssignStmt' ? p.rhs : p.values;
  const target = targets[values.indexOf(lit)];
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return object && onlyLiteral(object) === lit ? object : undefined;
}
