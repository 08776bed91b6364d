/** Contexts a piece of code can use: parameters of the functions around it, and those of HTTP requests. */
import type { CallExpr, Expr, FuncLit, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { enclosingFunc, isStmt, type ParentMap } from './parents.ts';
import { isContext, isNamed, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, flattenFields, unparen } from './walk.ts';

/** A parameter that carries a context. */
export interface ContextParam {
  object: LocalObject;
  /** The function that declares it. */
  func: FuncNode;
  /** Go expression of the context: `ctx`, `r.Context()`. */
  text: string;
  from: 'context' | 'request';
}

/** `*http.Request`, the kind that comes with a context. */
export function isRequest(type: Type): boolean {
  return type.kind === 'pointer' && isNamed(type, 'net/http', 'Request');
}

/**
 * The parameters of `func` that carry a context, `context.Context` before requests. Blank ones do not count, nor does a
 * request without a response writer beside it: such a function sends requests, it does not answer them.
 */
export function contextParams(analysis: Analysis, unit: DeclUnit, func: FuncNode): ContextParam[] {
  const found: ContextParam[] = [];
  for (const p of flattenFields(func.type.params)) {
    const object = p.name?.obj;
    if (!object || object.name === '_' || p.variadic) continue;
    const type = analysis.objectType(unit, object);
    if (isContext(type)) found.push({ object, func, text: object.name, from: 'context' });
    else if (isRequest(type)) found.push({ object, func, text: `${object.name}.Context()`, from: 'request' });
  }
  const answers = flattenFields(func.type.params).some((p) =>
    isNamed(analysis.types.resolve(unit, p.type), 'net/http', 'ResponseWriter'),
  );
  return found
    .filter((p) => p.from === 'context' || answers)
    .sort((a, b) => Number(a.from === 'request') - Number(b.from === 'request'));
}

/** When a function literal runs, seen from the function around it. */
export type LiteralRun =
  /** Called where it stands, or by a function that calls it before it returns. */
  | 'here'
  | 'go'
  | 'defer'
  /** Stored, returned, registered, or passed to somebody unknown. */
  | 'later';

/** When a function literal runs. */
export function literalRun(analysis: Analysis, unit: DeclUnit, lit: FuncLit): LiteralRun {
  const parents = analysis.parents(unit);
  const holder = outerParen(parents, lit);
  const parent = parents.get(holder);
  if (parent?.kind === 'CallExpr') {
    if (parent.fun === holder) return callRun(parents, parent);
    const index = parent.args.indexOf(holder as Expr);
    const called = analysis.callee(unit, parent).fact?.calls?.some((c) => c.param === index && c.when === 'sync');
    return called ? callRun(parents, parent) : 'later';
  }
  if (parent?.kind !== 'AssignStmt' || parent.op !== ':=' || parent.lhs.length !== parent.rhs.length) return 'later';
  const target = parent.lhs[parent.rhs.indexOf(holder as Expr)];
  const uses = target?.kind === 'Ident' ? target.obj?.uses : undefined;
  const alwaysCalled = uses?.every((use) => {
    const p = parents.get(use);
    return p?.kind === 'CallExpr' && p.fun === use && callRun(parents, p) === 'here';
  });
  return alwaysCalled ? 'here' : 'later';
}

function callRun(parents: ParentMap, call: CallExpr): LiteralRun {
  const stmt = parents.get(outerParen(parents, call));
  if (stmt?.kind === 'GoStmt') return 'go';
  return stmt?.kind === 'DeferStmt' ? 'defer' : 'here';
}

function outerParen(parents: ParentMap, node: Node): Node {
  let n = node;
  for (let p = parents.get(n); p?.kind === 'ParenExpr'; p = parents.get(n)) n = p;
  return n;
}

/**
 * The context parameters that code at `node` could use because it runs while the function that declares them does:
 * those of the innermost function that has any, looking outwards through literals that run where they stand. Empty inside
 * `go` and `defer`, and in literals that run later.
 * @param throughAwaited looks through literals, too, that most likely run before the function they are given to returns
 */
export function contextsAt(analysis: Analysis, unit: DeclUnit, node: Node, throughAwaited = false): ContextParam[] {
  const parents = analysis.parents(unit);
  let from: Node = node;
  for (;;) {
    if (isSpawnedOrDeferred(parents, from)) return [];
    const func = enclosingFunc(parents, from);
    if (!func) return [];
    const params = contextParams(analysis, unit, func);
    if (params.length > 0) return params;
    if (func.kind === 'FuncDecl') return [];
    if (literalRun(analysis, unit, func) !== 'here' && !(throughAwaited && isAwaited(parents, func))) return [];
    from = func;
  }
}

/** Verbs of functions that keep what they get, and call it some time. */
const KEEPS =
  /^(?:add|async|defer|enqueue|go|handle|on|post|push|queue|register|schedule|set|spawn|start|submit|subscribe|use)(?![a-z])/i;

/**
 * True for a literal that gives an error, and is an argument of a call whose error is returned or looked at: `err := retry(func() error
 * {…})`. What comes of the one is most likely the other, so that the literal has run by then.
 */
function isAwaited(parents: ParentMap, lit: FuncLit): boolean {
  const call = parents.get(lit);
  const last = lit.type.results.at(-1)?.type;
  if (call?.kind !== 'CallExpr' || call.fun === lit || last?.kind !== 'Ident' || last.name !== 'error') return false;
  if (KEEPS.test(calledName(call))) return false;
  const user = parents.get(call);
  const target = user?.kind === 'AssignStmt' ? user.lhs.at(-1) : undefined;
  return user?.kind === 'ReturnStmt' || (target?.kind === 'Ident' && target.name !== '_');
}

/** True for code that runs while the declared function around it does: not in a goroutine, deferred or later. */
export function runsWithin(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  for (let from: Node = node; ;) {
    const func = isSpawnedOrDeferred(parents, from) ? undefined : enclosingFunc(parents, from);
    if (func?.kind !== 'FuncLit') return func !== undefined;
    if (literalRun(analysis, unit, func) !== 'here') return false;
    from = func;
  }
}

/** True for an operand of a `go` or `defer` statement. */
function isSpawnedOrDeferred(parents: ParentMap, node: Node): boolean {
  for (let n = parents.get(node); n; n = parents.get(n)) {
    if (n.kind === 'GoStmt' || n.kind === 'DeferStmt') return true;
    if (isStmt(n) || n.kind === 'FuncLit' || n.kind === 'FuncDecl') return false;
  }
  return false;
}

/** `context.Background()` and `context.TODO()`: the name that is called. */
export function rootContextCall(analysis: Analysis, unit: DeclUnit, expr: Expr): 'Background' | 'TODO' | undefined {
  const x = unparen(expr);
  if (x.kind !== 'CallExpr' || x.args.length > 0) return undefined;
  const found = /^(?:golang\.org\/x\/net\/)?context\.(Background|TODO)$/.exec(analysis.callee(unit, x).name);
  return found?.[1] as 'Background' | 'TODO' | undefined;
}
