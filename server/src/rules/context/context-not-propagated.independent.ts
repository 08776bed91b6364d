/** Work that must not end with the request or call it belongs to, or that ends by other means. */
import { contextParams, type ContextParam } from '../../golang/contexts.ts';
import { ancestor, enclosingFunc, isFunc } from '../../golang/parents.ts';
import { calledName, find, unparen, walkShallow } from '../../golang/walk.ts';
import type { AssignStmt, CallExpr, Ident, LocalObject, Node, SelectStmt } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { firstWord } from './context-not-propagated.purpose.ts';

/** Verbs of functions whose callers want an end, whatever has become of them. */
const STOPPING = new Set('close destroy drain exit graceful quit shutdown stop teardown terminate'.split(' '));
/** Types of values that are made once, for all who ask for them. */
const SHARED = /(?:once|lazy|init|initiali[sz]er|singleflight)$/i;

/**
 * True for a call that ends the server of a request or the process, that makes what all share, and for a context that is
 * over at once or by the deferred cancel of a function which leaves with its own.
 */
export function endsApart(context: RuleContext, call: CallExpr, param: ContextParam): boolean {
  const { analysis, unit } = context;
  const { name, visible } = analysis.callee(unit, call);
  if (name === 'net/http.Server.Shutdown') return param.from === 'request';
  const [method, type = ''] = name.split('.').reverse();
  if (method === 'Do' && SHARED.test(type)) return true;
  const last = visible?.decl.body?.stmts.at(-1);
  if (visible && last && find(last, (n) => n.kind === 'CallExpr' && isExit(context, visible.unit, n))) return true;
  const derived = derivation(context, call);
  return derived !== undefined && (isOverAtOnce(context, derived) || isLeftWith(context, derived, param));
}

/**
 * True in a function that stops something, and for a call without results that gets a function with a context of its own:
 * it may only start that, or hand it values.
 */
export function mayBelongElsewhere({ analysis, unit }: RuleContext, call: CallExpr, { func }: ContextParam): boolean {
  if (func.kind === 'FuncDecl' && STOPPING.has(firstWord(func.name.name))) return true;
  if (analysis.parents(unit).get(call)?.kind !== 'ExprStmt' || /wait|until|forever|poll|retry/i.test(calledName(call)))
    return false;
  return call.args.some((a) => {
    const x = unparen(a);
    return x.kind === 'FuncLit' && contextParams(analysis, unit, x).some((p) => p.from === 'context');
  });
}

function isExit({ analysis }: RuleContext, unit: RuleContext['unit'], call: CallExpr): boolean {
  return analysis.callee(unit, call).name === 'os.Exit';
}

/** `inner, cancel := context.WithCancel(context.Background())` */
interface Derivation {
  stmt: AssignStmt;
  made: LocalObject;
  cancel: LocalObject;
}

function derivation({ analysis, unit }: RuleContext, call: CallExpr): Derivation | undefined {
  const stmt = analysis.parents(unit).get(call);
  if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1) return undefined;
  const [made, cancel] = stmt.lhs.map((l) => (l.kind === 'Ident' ? l.obj : undefined));
  return made && cancel && made.writes.length === 0 ? { stmt, made, cancel } : undefined;
}

/** True when the statement after it cancels. */
function isOverAtOnce({ analysis, unit }: RuleContext, { stmt, cancel }: Derivation): boolean {
  const list = analysis.parents(unit).get(stmt);
  const next = list?.kind === 'BlockStmt' ? list.stmts[list.stmts.indexOf(stmt) + 1] : undefined;
  return next?.kind === 'ExprStmt' && isCallOf(next.x, cancel);
}

/** True when a select leaves the function with its context, so that the deferred cancel ends all that was started before. */
function isLeftWith({ analysis, unit }: RuleContext, { stmt, made, cancel }: Derivation, param: ContextParam): boolean {
  const parents = analysis.parents(unit);
  const { func } = param;
  if (!func.body || enclosingFunc(parents, stmt) !== func) return false;
  const deferred = cancel.uses.some((use) => {
    const call = parents.get(use);
    return call && isCallOf(call, cancel) && parents.get(call)?.kind === 'DeferStmt';
  });
  if (!deferred) return false;
  const runsHere = made.uses.filter((use) => enclosingFunc(parents, use) === func);
  let left = false;
  walkShallow(func.body, (n) => {
    if (n.kind !== 'SelectStmt' || n.start < stmt.end || !leavesWith(n, param.object)) return;
    const from = outermostLoop(n, stmt) ?? n;
    left ||= runsHere.every((use) => use.end <= from.start);
  });
  return left;

  /** The outermost loop around a select in which the context is not made anew. */
  function outermostLoop(select: SelectStmt, before: AssignStmt): Node | undefined {
    let loop: Node | undefined;
    ancestor(parents, select, (n) => {
      if ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && n.start > before.start) loop = n;
      return isFunc(n);
    });
    return loop;
  }
}

/** True for a select that returns when a context is done. */
function leavesWith({ clauses }: SelectStmt, object: LocalObject): boolean {
  const isDone = (n: Node): boolean =>
    n.kind === 'CallExpr' &&
    n.fun.kind === 'SelectorExpr' &&
    n.fun.sel.name === 'Done' &&
    find(n.fun.x, (x): x is Ident => x.kind === 'Ident' && x.obj === object) !== undefined;
  return clauses.some((c) => c.comm && c.body.at(-1)?.kind === 'ReturnStmt' && find(c.comm, isDone) !== undefined);
}

function isCallOf(node: Node, object: LocalObject): boolean {
  return node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.obj === object;
}
