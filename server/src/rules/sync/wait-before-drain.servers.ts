/**
 * The end of a server that waits for its handlers, one of which waits for a channel that is closed only afterwards: of two deferred calls
 * the one that is written first comes last.
 */
import { moveStatementAfter } from '../../fixes/move-after.ts';
import { moveStatementBefore } from '../../fixes/move-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { enclosingFunc, type ParentMap } from '../../golang/parents.ts';
import { isRootContext } from '../../golang/root-contexts.ts';
import { deref, isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, contains, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncLit, LocalObject, Node, Stmt } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';

/** A call that ends something, and the statement of the function that makes or defers it. */
interface End {
  call: CallExpr;
  stmt: Stmt;
  when: 'now' | 'deferred' | 'cleanup';
}

/** Calls of this kind end a server when its handlers have returned. */
const MAKES_SERVER = /^net\/http\/httptest\.New(?:TLS|Unstarted)?Server$/;

/** Reports ends of servers that come before the only `close` of a channel which a handler of theirs waits for. */
export function reportWaitedHandlers(context: RuleContext): void {
  const { analysis, unit } = context;
  for (const { server, handler } of servers(analysis, unit)) {
    const [end] = endsOf(analysis, unit, server).sort(byTime);
    if (!end || !isAsked(analysis.parents(unit), server)) continue;
    for (const literal of handlersIn(analysis, unit, handler, 0)) {
      const found = receivesIn(analysis, unit, literal).find(({ channel }) =>
        isClosedAfter(analysis, unit, channel, server, end),
      );
      const [close] = found ? (closesOf(analysis, unit, found.channel) ?? []) : [];
      if (!found || !close) continue;
      const args = { call: unit.text(end.call), name: found.channel.name, line: context.line({ node: found.node }) };
      context.report({
        node: end.call,
        message: 'handler',
        args,
        steps: [
          { node: found.node, message: 'step-handler-waits' },
          {
            node: close.call,
            message: end.when === 'now' && close.when === 'now' ? 'step-closed-behind' : 'step-closed-later',
          },
        ],
        fixes: closeFirst(unit, close, end),
      });
      break;
    }
  }
}

/** Local servers, and the expressions for what answers their requests. */
function servers(analysis: Analysis, unit: DeclUnit): { server: LocalObject; handler: Expr }[] {
  const parents = analysis.parents(unit);
  const found: { server: LocalObject; handler: Expr }[] = [];
  const add = (value: Node, handler: Expr | undefined): void => {
    const stmt = parents.get(value);
    const target = stmt?.kind === 'AssignStmt' && stmt.op === ':=' && stmt.lhs.length === 1 ? stmt.lhs[0] : undefined;
    const server = target?.kind === 'Ident' ? target.obj : undefined;
    if (server?.role === 'local' && server.writes.length === 0 && handler) found.push({ server, handler });
  };
  for (const call of nodesOfKind(unit.decl, 'CallExpr'))
    if (MAKES_SERVER.test(analysis.callee(unit, call).name)) add(call, call.args[0]);
  for (const literal of nodesOfKind(unit.decl, 'CompositeLit')) {
    if (!isNamed(analysis.typeOf(unit, literal), 'net/http', 'Server')) continue;
    const pair = literal.elts.find(
      (e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === 'Handler',
    );
    const outer = parents.get(literal);
    add(outer?.kind === 'UnaryExpr' ? outer : literal, pair?.kind === 'KeyValueExpr' ? pair.value : undefined);
  }
  return found;
}

/** The calls that wait for the handlers, each of which certainly comes once the function has come to its statement. */
function endsOf(analysis: Analysis, unit: DeclUnit, server: LocalObject): End[] {
  const parents = analysis.parents(unit);
  const isCut = server.uses.some((use) => {
    const selector = parents.get(use);
    return selector?.kind === 'SelectorExpr' && selector.sel.name === 'Close' && !isTestServer(analysis, unit, use);
  });
  // `Shutdown` no longer waits for connections that `Close` has dropped.
  if (isCut) return [];
  return server.uses.flatMap((use) => {
    const selector = parents.get(use);
    if (selector?.kind !== 'SelectorExpr') return [];
    const user = parents.get(selector);
    // `t.Cleanup(srv.Close)`
    if (user?.kind === 'CallExpr' && user.fun !== selector)
      return selector.sel.name === 'Close' && isTestServer(analysis, unit, use) ? cleanup(parents, server, user) : [];
    if (user?.kind !== 'CallExpr' || !waitsForHandlers(analysis, unit, user)) return [];
    return endAt(parents, server, user);
  });
}

function isTestServer(analysis: Analysis, unit: DeclUnit, server: Expr): boolean {
  return isNamed(deref(analysis.typeOf(unit, server)), 'net/http/httptest', 'Server');
}

function waitsForHandlers(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const { name } = analysis.callee(unit, call);
  if (name === 'net/http/httptest.Server.Close') return true;
  const [ctx] = call.args;
  return name === 'net/http.Server.Shutdown' && ctx !== undefined && isRootContext(analysis, unit, ctx);
}

/** A call that is a statement of the body of the variable's function, or deferred or left to the end of the test by one. */
function endAt(parents: ParentMap, object: LocalObject, call: CallExpr): End[] {
  const stmt = parents.get(call);
  if (stmt?.kind === 'DeferStmt' && isOfBody(parents, object, stmt)) return [{ call, stmt, when: 'deferred' }];
  if (stmt?.kind !== 'ExprStmt') return [];
  if (isOfBody(parents, object, stmt)) return [{ call, stmt, when: 'now' }];
  // `t.Cleanup(func() { close(ch) })`
  const block = parents.get(stmt);
  const literal = block && parents.get(block);
  const outer = literal && parents.get(literal);
  const isAll = literal?.kind === 'FuncLit' && literal.body.stmts.length === 1;
  return isAll && outer?.kind === 'CallExpr' && outer.fun !== literal ? cleanup(parents, object, outer, call) : [];
}

function cleanup(parents: ParentMap, object: LocalObject, outer: CallExpr, call = outer): End[] {
  const stmt = parents.get(outer);
  const isCleanup = outer.fun.kind === 'SelectorExpr' && outer.fun.sel.name === 'Cleanup' && outer.args.length === 1;
  if (!isCleanup || stmt?.kind !== 'ExprStmt' || !isOfBody(parents, object, stmt)) return [];
  return [{ call, stmt, when: 'cleanup' }];
}

function isOfBody(parents: ParentMap, { func }: LocalObject, stmt: Stmt): boolean {
  return func !== undefined && parents.get(stmt) === func.body;
}

const ORDER = { now: 0, deferred: 1, cleanup: 2 } as const;

/** What is deferred, or left to the end of a test, comes in the order opposite to that of the statements. */
function byTime(a: End, b: End): number {
  if (a.when !== b.when) return ORDER[a.when] - ORDER[b.when];
  return a.when === 'now' ? a.stmt.start - b.stmt.start : b.stmt.start - a.stmt.start;
}

/** True for a server of which the function does more than to make and end it. */
function isAsked(parents: ParentMap, server: LocalObject): boolean {
  return server.uses.some((use) => {
    const selector = parents.get(use);
    return (
      selector?.kind !== 'SelectorExpr' ||
      /^(?:URL|Client|Listener|Serve\w*|ListenAndServe\w*)$/.test(selector.sel.name)
    );
  });
}

/** Functions and muxes that are followed. */
const MAX_DEPTH = 3;

/** The literals that answer requests: `http.HandlerFunc(func…)`, also in a variable, and what a mux is given. */
function handlersIn(analysis: Analysis, unit: DeclUnit, handler: Expr, depth: number): FuncLit[] {
  const x = unparen(handler);
  if (depth > MAX_DEPTH) return [];
  const inner = (expr: Expr | undefined): FuncLit[] => (expr ? handlersIn(analysis, unit, expr, depth + 1) : []);
  if (x.kind === 'FuncLit') return [x];
  if (x.kind === 'CallExpr')
    return isNamed(analysis.typeOf(unit, x), 'net/http', 'HandlerFunc') ? inner(x.args[0]) : [];
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : undefined;
  if (x.kind !== 'Ident' || !x.obj || !value) return [];
  const made = asCall(value);
  if (!made || analysis.callee(unit, made).name !== 'net/http.NewServeMux') return inner(value);
  const parents = analysis.parents(unit);
  return x.obj.uses.flatMap((use) => {
    const selector = parents.get(use);
    const call = selector && parents.get(selector);
    if (selector?.kind !== 'SelectorExpr' || call?.kind !== 'CallExpr' || call.fun !== selector) return [];
    return /^Handle(?:Func)?$/.test(selector.sel.name) ? inner(call.args[1]) : [];
  });
}

/** Plain receives of a handler, with nothing beside them that may come instead. */
function receivesIn(analysis: Analysis, unit: DeclUnit, handler: FuncLit): { node: Node; channel: LocalObject }[] {
  const parents = analysis.parents(unit);
  return nodesOfKind(unit.decl, 'UnaryExpr').flatMap((node) => {
    const x = unparen(node.x);
    if (node.op !== '<-' || x.kind !== 'Ident' || !x.obj || !contains(handler, node)) return [];
    if (enclosingFunc(parents, node) !== handler) return [];
    const stmt = parents.get(node);
    const isArm = stmt && parents.get(stmt)?.kind === 'CommClause';
    return stmt?.kind === 'ExprStmt' && !isArm ? [{ node, channel: x.obj }] : [];
  });
}

/** True for a channel of the same function that nobody sends on, and which everybody closes after the end of the server. */
function isClosedAfter(
  analysis: Analysis,
  unit: DeclUnit,
  channel: LocalObject,
  server: LocalObject,
  end: End,
): boolean {
  const made = onlyValue(channel);
  const call = made && asCall(made);
  if (channel.func !== server.func || channel.role !== 'local') return false;
  if (!call || analysis.callee(unit, call).name !== 'make') return false;
  const closes = closesOf(analysis, unit, channel);
  return closes !== undefined && closes.length > 0 && closes.every((c) => byTime(c, end) > 0);
}

/** The calls that close a channel; undefined where something else may end a receive from it. */
function closesOf(analysis: Analysis, unit: DeclUnit, channel: LocalObject): End[] | undefined {
  const parents = analysis.parents(unit);
  const found: End[] = [];
  for (const use of channel.uses) {
    const user = parents.get(use);
    if (user?.kind === 'UnaryExpr' && user.op === '<-') continue;
    if (user?.kind !== 'CallExpr' || analysis.callee(unit, user).name !== 'close') return undefined;
    const [end] = endAt(parents, channel, user);
    if (!end) return undefined;
    found.push(end);
  }
  return found;
}

function closeFirst(unit: DeclUnit, close: End, end: End): FixSpec[] {
  if (close.when !== end.when) return [];
  const edits =
    close.when === 'now'
      ? moveStatementBefore(unit, close.stmt, end.stmt)
      : moveStatementAfter(unit, close.stmt, end.stmt);
  const args = { call: unit.text(end.call), close: unit.text(close.call) };
  return [{ id: 'close-before-wait', title: 'fix-close-first', args, preferred: true, edits }];
}
