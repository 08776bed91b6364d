/** Signs that a call leaves the context at hand alone on purpose. */
import { cfgNode } from '../../golang/resources.ts';
import { type Block, type Edge, reachableFrom } from '../../golang/cfg.ts';
import { leavesFunction } from '../../golang/leaves-function.ts';
import type { ContextParam } from '../../golang/contexts.ts';
import { ancestor, enclosingFunc, enclosingStmt, isFunc } from '../../golang/parents.ts';
import { isErrorType, isNamed } from '../../golang/types.ts';
import { calledName, contains, find, firstTarget, flattenFields, isNil, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { carriesOver } from './context-not-propagated.carried.ts';

/** Code of a declaration. */
type Site = Pick<RuleContext, 'analysis' | 'unit'>;

/** Verbs of calls that must go through although the caller has given up. */
const CLEANUP = new Set(
  (
    'abort cancel clean cleanup close deregister destroy disconnect drain end exit finalise finalize flush graceful kill leave ' +
    'quit release resign revoke rollback shutdown stop sync teardown terminate undo unlock unregister unsubscribe'
  ).split(' '),
);
/** Verbs of calls that make something which lives on: its context is its own. */
const CONSTRUCTION = new Set(
  'new open start run serve watch listen spawn launch background detach go async'.split(' '),
);

/**
 * @param call the call that gets `arg`, a `context.Background()` or `context.TODO()`; no `arg` where it gets no context at all
 * @param param the context it could get instead; none where a caller of its function has one
 */
export function isDetachedOnPurpose(
  context: Site,
  call: CallExpr,
  arg: Expr | undefined,
  param: ContextParam | undefined,
  root: string,
): boolean {
  const { unit, analysis } = context;
  if (unit.file.isTest || (param && hasTest(context, param.func))) return true;
  const verb = firstWord(calledName(call));
  const callee = analysis.callee(unit, call);
  const library = /^(?:net\/http|database\/sql|context)\./.test(callee.name);
  if (!library && (CLEANUP.has(verb) || CONSTRUCTION.has(verb))) return true;
  if (param && call.args.some((a) => a !== arg && carriesOver(context, a, param))) return true;
  if (isExplained(context, call, root)) return true;
  if (handlesFailure(context, call) || (param && followsCancellation(context, call, param))) return true;
  if (isCalledAfterEnd(context, call) || startsSomething(context, call)) return true;
  return verb === 'with' && isKept(context, call, param);
}

/** In a test a fresh context is nothing unusual. */
function hasTest(context: Site, func: FuncNode): boolean {
  return flattenFields(func.type.params).some(
    (p) =>
      p.name?.obj &&
      ['T', 'B', 'F', 'TB'].some((n) =>
        isNamed(context.analysis.objectType(context.unit, p.name?.obj as LocalObject), 'testing', n),
      ),
  );
}

/** The verb of a name: `close` of `CloseAll`, `close` and `closeAll`. */
export function firstWord(name: string): string {
  return /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)/u.exec(name)?.[0].toLowerCase() ?? '';
}

const ON_PURPOSE =
  /\b(?:detach\w*|on purpose|deliberate\w*|intentional\w*|outliv\w*|surviv\w*|independent\w*|even (?:if|when|after|though)|not (?:be )?cancel\w*)\b/i;
const ABOUT_CONTEXTS = /\bcontexts?\b|\bctx\b|background|detach|cancel|timeout|deadline|request/i;

/** What golangci-lint is told where another linter has found the same. */
const LINTED = /\bnolint:(?:[^/]*[,\s])?contextcheck\b/;

/** A comment on the statement's own lines, or directly above, that speaks of contexts. */
function isExplained(context: Site, call: CallExpr, root: string): boolean {
  const { unit, analysis } = context;
  const stmt = enclosingStmt(analysis.parents(unit), call);
  if (!stmt) return false;
  const { text } = unit.file;
  const first = text.lastIndexOf('\n', unit.base + stmt.start) + 1;
  const lineEnd = text.indexOf('\n', unit.base + call.end);
  const own = text.slice(first, lineEnd < 0 ? text.length : lineEnd);
  const above: string[] = [];
  for (const line of text
    .slice(Math.max(0, first - 2000), first)
    .split('\n')
    .slice(0, -1)
    .reverse()) {
    if (!/^[ \t]*\/\//.test(line)) break;
    above.push(line);
  }
  const beside = (own.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []).join('\n');
  const aboveText = above.join('\n');
  if (LINTED.test(beside) || LINTED.test(aboveText)) return true;
  if (root !== 'Background') return false;
  return ON_PURPOSE.test(beside) || (ABOUT_CONTEXTS.test(aboveText) && !/\b(?:TODO|FIXME)\b/.test(aboveText));
}

/** True inside `if err != nil { … }`, `if ctx == nil { … }` and in the arm of a receive from `Done()`. */
function handlesFailure(context: Site, call: CallExpr): boolean {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  for (let child: Node = call, n = parents.get(call); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind === 'IfStmt' && n.body === child && find(n.cond, (c) => isFailureTest(context, c))) return true;
    if (n.kind === 'CommClause' && n.comm && child !== n.comm && find(n.comm, isDoneCall)) return true;
  }
  return false;
}

function isFailureTest(context: Site, node: Node): boolean {
  if (node.kind === 'CallExpr') return /^errors\.(?:Is|As)$/.test(context.analysis.callee(context.unit, node).name);
  if (node.kind !== 'BinaryExpr' || (node.op !== '!=' && node.op !== '==')) return false;
  const value = isNil(node.y) ? node.x : isNil(node.x) ? node.y : undefined;
  if (!value) return false;
  if (node.op === '!=')
    return isErrorType(context.analysis.typeOf(context.unit, value)) || /err$/i.test(context.unit.text(value));
  return /ctx|context/i.test(context.unit.text(value));
}

function isDoneCall(node: Node): boolean {
  return (
    node.kind === 'CallExpr' &&
    node.args.length === 0 &&
    node.fun.kind === 'SelectorExpr' &&
    (node.fun.sel.name === 'Done' || node.fun.sel.name === 'Err')
  );
}

/** True in a literal that a variable holds and that is called where something has failed or ended: `shutdown()` after `Done()`. */
function isCalledAfterEnd(context: Site, call: CallExpr): boolean {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const stmt = func?.kind === 'FuncLit' ? parents.get(func) : undefined;
  if (!func || stmt?.kind !== 'AssignStmt' || stmt.lhs.length !== stmt.rhs.length) return false;
  const target = stmt.lhs[stmt.rhs.findIndex((r) => r === func)];
  if (target?.kind !== 'Ident' || !target.obj) return false;
  return target.obj.uses.some((use) => {
    const p = parents.get(use);
    return p?.kind === 'CallExpr' && p.fun === use && handlesFailure(context, p);
  });
}

/** True for a call without results that gets a function: what calls that back goes on when the call has returned. */
function startsSomething({ unit, analysis }: Site, call: CallExpr): boolean {
  if (analysis.parents(unit).get(call)?.kind !== 'ExprStmt') return false;
  return call.args.some((a) => {
    const x = unparen(a);
    if (x.kind === 'FuncLit') return false;
    return analysis.types.underlying(analysis.typeOf(unit, x)).kind === 'func';
  });
}

/** True when control can come here after the context, or one derived from it, was seen to be done. */
function followsCancellation(context: Site, call: CallExpr, param: ContextParam): boolean {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  if (!func?.body || func !== param.func) return false;
  const cfg = analysis.cfg(unit, func);
  const node = cfgNode(cfg.where, parents, call);
  const target = node && cfg.where.get(node)?.block;
  if (!target) return false;
  const starts: Block[] = [];
  for (const block of cfg.reachable)
    for (const n of block.nodes) {
      // The head of a select is no receive yet: its arms are.
      if (n.kind === 'SelectStmt' || !find(n, (x) => x.kind !== 'FuncLit' && isDoneCall(x))) continue;
      if (block !== target || contains(n, call) === false)
        starts.push(...(block === target && n.start < call.start ? [block] : whenDone(block, n)));
    }
  return reachableFrom(starts).has(target);
}

/** Where control goes after a look at a context that is done: not on from `if err := ctx.Err(); err != nil {…}`. */
function whenDone({ nodes, succs }: Block, look: Node): Block[] {
  const isAlive = ({ cond, kind }: Edge): boolean => {
    const test = cond && unparen(cond);
    if (test?.kind !== 'BinaryExpr' || !/^[!=]=$/.test(test.op) || !isNil(test.y)) return false;
    return kind === (test.op === '==' ? 'true' : 'false') && isErrOf(unparen(test.x), look, nodes);
  };
  return succs.filter((e) => !isAlive(e)).map((e) => e.to);
}

/** True for `ctx.Err()` of a look at a context, and for the variable that it has just been assigned to. */
function isErrOf(value: Node, look: Node, nodes: readonly Node[]): boolean {
  if (value.kind === 'CallExpr') return contains(look, value) && calledName(value) === 'Err' && isDoneCall(value);
  if (look.kind !== 'AssignStmt' || look.lhs.length !== 1 || nodes.indexOf(look) !== nodes.length - 2) return false;
  const [target, given] = [look.lhs[0], look.rhs[0] && unparen(look.rhs[0])];
  if (value.kind !== 'Ident' || target?.kind !== 'Ident' || given?.kind !== 'CallExpr') return false;
  return value.obj === target.obj && calledName(given) === 'Err' && isDoneCall(given);
}

/** True when the derived context is kept, returned or used by a goroutine: it is meant to live longer than this call. */
function isKept(context: Site, call: CallExpr, param: ContextParam | undefined): boolean {
  const { unit, analysis } = context;
  const parents = analysis.parents(unit);
  const parent = parents.get(call);
  if (parent?.kind === 'CallExpr') return firstWord(calledName(parent)) === 'with' && isKept(context, parent, param);
  if (parent?.kind !== 'AssignStmt' && parent?.kind !== 'ValueSpec') return true;
  const target = firstTarget(parent);
  if (target?.kind !== 'Ident' || !target.obj) return true;
  const { obj } = target;
  if (obj === param?.object) return true;
  const cancel = parent.kind === 'AssignStmt' ? parent.lhs[1] : parent.names[1];
  if (cancel?.kind === 'Ident' && cancel.obj && isCancelledElsewhere(context, cancel.obj)) return true;
  return obj.uses.some((use) => use.start > call.start && outlives(context, obj, use));
}

/** True when a goroutine or callback may call the cancel function: it decides when the work has to end. */
function isCancelledElsewhere(context: Site, cancel: LocalObject): boolean {
  const parents = context.analysis.parents(context.unit);
  return cancel.uses.some((use) => {
    const owner = ancestor(parents, use, (n) => n.kind === 'GoStmt' || isFunc(n));
    if (!owner || owner === cancel.func) return false;
    const call = parents.get(owner);
    return !(call?.kind === 'CallExpr' && call.fun === owner && parents.get(call)?.kind === 'DeferStmt');
  });
}

function outlives(context: Site, object: LocalObject, use: Node): boolean {
  const parents = context.analysis.parents(context.unit);
  if (leavesFunction(parents, object, use)) return true;
  const p = parents.get(use);
  return (
    p?.kind === 'CallExpr' &&
    /^(?:new|start|run|serve|watch|stop|close|shutdown|release|cleanup)$/.test(firstWord(calledName(p)))
  );
}
