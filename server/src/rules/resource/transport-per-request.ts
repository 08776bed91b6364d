/** A pool of connections is made for one use and dropped: an `http.Transport` in a function, or a database in a handler. */
import { addField } from '../../fixes/add-field.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import { type FreshTransport, freshTransports } from '../../golang/fresh-transports.ts';
import { handlerOf } from '../../golang/handlers.ts';
import { callsOfMakers } from '../../golang/maker-calls.ts';
import { enclosingFunc, enclosingStmt, inLoop, type ParentMap, parentsOf } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { startedRepeatedly } from '../../golang/repeated-start.ts';
import { type Acquisition, acquisitions, releaseSpec } from '../../golang/resources.ts';
import { isNamed } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { useEffect } from '../../golang/uses.ts';
import type { CallExpr, CompositeLit, Expr, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './transport-per-request.text.ts';

const POOLS = new Set(['db', 'client']);
const BODIES = new Set(['response-body']);
const OPENS =
  /^(?:database\/sql\.Open(?:DB)?|github\.com\/jmoiron\/sqlx\.\w+|github\.com\/jackc\/pgx\/v\d\/pgxpool\.\w+|google\.golang\.org\/grpc\.\w+)$/;

export const transportPerRequest = defineRule({
  meta: {
    id: 'transport-per-request',
    group: 'resource',
    level: 'warning',
    skipsTests: true,
    triggers: [
      '\\bhttp\\.Transport\\{',
      ['\\.Clone\\(\\)', '\\bhttp\\.'],
      '\\b(?:sql|sqlx)\\.(?:Open|Connect)',
      '\\bpgxpool\\.(?:New|Connect)',
      '\\bgrpc\\.(?:Dial|NewClient)',
    ],
    packageTriggers: ['\\bhttp\\.Transport\\b'],
    fixes: ['close-idle', 'close-after-use'],
  },
  text,
  // The functions that may give their caller a transport or a client.
  packageTest: (pkg) => callsOfMakers(pkg, GIVES_TRANSPORT),
  check(context) {
    const { analysis, unit } = context;
    if (unit.decl.kind !== 'FuncDecl') return;
    for (const { expr, made } of freshTransports(analysis, unit)) checkTransport(context, expr, made);
    for (const a of acquisitions(analysis, unit, POOLS)) if (OPENS.test(a.origin)) checkPool(context, a);
  },
});

/** A header of which the first result is one. */
const GIVES_TRANSPORT = /\)\s*\(?(?:\w+\s+)?\*?http\.(?:Transport|RoundTripper|Client)\b[^()]*\)?\s*$/;

/** The variable that holds a transport, or the client it was put in; the calls that make connections with it. */
interface Held {
  object?: LocalObject;
  requests: CallExpr[];
}

function checkTransport(context: RuleContext, expr: CompositeLit | CallExpr, made: FreshTransport): void {
  const { analysis, unit } = context;
  if (hasKey(made, 'DisableKeepAlives') || runsOncePerProcess(analysis, unit, expr)) return;
  const held = holderOf(context, expr);
  const [request] = held?.requests ?? [];
  if (!held || !request || !held.requests.every((r) => runsWithin(context, r, expr))) return;
  if (closesConnections(unit) || closesConnections(made.unit)) return;
  // A command asks for a client in one way as well as in another; what it leaves ends with the process.
  if (expr !== made.node && runsInCommand(analysis, unit, expr)) return;
  const isBounded = hasKey(made, 'IdleConnTimeout') || (held.object && isSet(unit, held.object, 'IdleConnTimeout'));
  const stmt = held.object && enclosingStmt(analysis.parents(unit), held.object.decl);
  const release = held.object && hasIdle(context, held.object) && `${held.object.name}.CloseIdleConnections()`;
  const pilesUp = isBounded ? isForRequest(context, expr) : isRepeated(context, expr);
  context.report({
    node: expr,
    message: isBounded ? 'transport-bounded' : 'transport',
    level: pilesUp ? undefined : 'hint',
    args: { call: unit.text(request.fun).replace(/\s+/g, ' ') },
    steps: [
      { unit: made.unit, node: made.node, message: 'step-made' },
      { node: request, message: 'step-used' },
    ],
    fixes: [
      stmt && release && isIdleAtReturn(context, expr, held)
        ? {
            id: 'close-idle',
            title: 'fix-close-idle',
            args: { release },
            preferred: true,
            edits: insertAfterStatement(unit, stmt, `defer ${release}`),
          }
        : {
            id: 'close-after-use',
            title: 'fix-close-after-use',
            preferred: true,
            edits:
              held.requests.length === 1 && expr.kind === 'CompositeLit'
                ? addField(unit, expr, 'DisableKeepAlives', 'true')
                : undefined,
          },
    ],
  });
}

/** True where the connections are idle when the function returns: whoever gets an answer from it reads on, and a loop has not come to its end. */
function isIdleAtReturn({ analysis, unit }: RuleContext, expr: Expr, { requests }: Held): boolean {
  if (inLoop(analysis.parents(unit), expr)) return false;
  const answers = acquisitions(analysis, unit, BODIES);
  return requests.every((request) => {
    // An answer to HEAD has no body that could be read.
    if (request.fun.kind === 'SelectorExpr' && request.fun.sel.name === 'Head') return true;
    const a = answers.find(({ call }) => call === request);
    if (a?.destination.kind !== 'variable') return a?.destination.kind === 'discarded';
    const { object } = a.destination;
    const spec = releaseSpec(a.acquires);
    return !object.uses.some((use) => useEffect(analysis, unit, use, object, spec) === 'handoff');
  });
}

/**
 * True where there is evidence that transports pile up: they are made in a loop, for each of a stream of events, or in a function
 * with a context, which serves something that ends before the process does.
 */
function isRepeated({ analysis, unit }: RuleContext, expr: Expr): boolean {
  if (runsInCommand(analysis, unit, expr)) return false;
  return (
    inLoop(analysis.parents(unit), expr) ||
    startedRepeatedly(analysis, unit, expr) ||
    contextInScope(analysis, unit, expr, (o) => o.role === 'param') !== undefined
  );
}

/** True in a function that answers a request: there may be many of them while the connection of one is still idle. */
function isForRequest({ analysis, unit }: RuleContext, expr: Expr): boolean {
  const parents = analysis.parents(unit);
  for (let func = enclosingFunc(parents, expr); func; func = enclosingFunc(parents, func))
    if (handlerOf(analysis, unit, func)) return true;
  return false;
}

/** True for a variable whose type has the method that closes idle connections. */
function hasIdle({ analysis, unit }: RuleContext, object: LocalObject): boolean {
  const type = analysis.objectType(unit, object);
  return isNamed(type, 'net/http', 'Client') || isNamed(type, 'net/http', 'Transport');
}

/** True when the code says that a connection is for one request. */
function closesConnections(unit: DeclUnit): boolean {
  return /\.Close = true\b|"Connection"|\bCloseIdleConnections\b|\bDisableKeepAlives\b|\.Set(?:Read)?Deadline\(/.test(
    unit.text(unit.decl),
  );
}

/** True when a field is set where a transport is made, or on its way from there. */
function hasKey({ unit, node, objects }: FreshTransport, name: string): boolean {
  const isHere =
    node.kind === 'CompositeLit' &&
    node.elts.some((e) => e.kind !== 'KeyValueExpr' || (e.key.kind === 'Ident' && e.key.name === name));
  // What is cloned has what the other one has, as that of the library has a time limit.
  return (
    isHere || (node.kind === 'CallExpr' && name === 'IdleConnTimeout') || objects.some((o) => isSet(unit, o, name))
  );
}

function isSet(unit: DeclUnit, object: LocalObject, name: string): boolean {
  const parents = parentsOf(unit.decl);
  return object.uses.some((use) => {
    const selector = parents.get(use);
    return selector?.kind === 'SelectorExpr' && selector.sel.name === name;
  });
}

/** True for a request by the function that makes the transport, not by a literal that others call as often as they like. */
function runsWithin({ analysis, unit }: RuleContext, request: CallExpr, expr: Expr): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, expr);
  for (let f = enclosingFunc(parents, request); f && f !== func; f = enclosingFunc(parents, f)) {
    const call = parents.get(f);
    if (call?.kind !== 'CallExpr') return false;
    if (call.fun !== f && !analysis.callee(unit, call).fact?.calls) return false;
  }
  return true;
}

/** Follows a transport, and the client that gets it, to its requests; undefined when it leaves the function. */
function holderOf(context: RuleContext, value: Expr): Held | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const [node, parent] = outwards(parents, value);
  switch (parent?.kind) {
    case 'SelectorExpr': {
      const call = parents.get(parent);
      return call?.kind === 'CallExpr' && call.fun === parent && REQUESTS.has(parent.sel.name)
        ? { requests: [call] }
        : undefined;
    }
    case 'KeyValueExpr': {
      const client = parents.get(parent);
      const isTransport = parent.value === node && parent.key.kind === 'Ident' && parent.key.name === 'Transport';
      if (!isTransport || client?.kind !== 'CompositeLit') return undefined;
      const type = analysis.typeOf(unit, client);
      const holds = isNamed(type, 'net/http', 'Client') || isNamed(type, 'net/http/httputil', 'ReverseProxy');
      return holds ? holderOf(context, client) : undefined;
    }
    case 'AssignStmt': {
      // `client, err := newClient()`
      const isFirst = parent.rhs.length === 1 && parent.op === ':=';
      if (parent.lhs.length !== parent.rhs.length && !isFirst) return undefined;
      if (parent.op !== ':=') return clientOf(context, node, parent);
      const target = parent.lhs[parent.rhs.indexOf(node as Expr)];
      return target?.kind === 'Ident' && target.obj ? heldBy(context, target.obj) : undefined;
    }
    default:
      return undefined;
  }
}

const REQUESTS = new Set(['Do', 'Get', 'Head', 'Post', 'PostForm', 'RoundTrip', 'ServeHTTP']);

/** The same for the variable that holds the transport or the client. */
function heldBy(context: RuleContext, object: LocalObject): Held | undefined {
  const { analysis, unit } = context;
  const parents = analysis.parents(unit);
  const requests: CallExpr[] = [];
  for (const use of object.uses) {
    const [node, parent] = outwards(parents, use);
    const up = parent && parents.get(parent);
    if (parent?.kind === 'SelectorExpr' && parent.x === node) {
      if (up?.kind === 'CallExpr' && up.fun === parent) {
        if (!REQUESTS.has(parent.sel.name)) return undefined;
        requests.push(up);
      } else if (up?.kind !== 'AssignStmt' || up.lhs[0] !== parent) return undefined;
      continue;
    }
    const inner = parent?.kind === 'KeyValueExpr' ? holderOf(context, use) : clientOf(context, node, parent);
    if (!inner) return undefined;
    requests.push(...inner.requests);
  }
  return { object, requests };
}

/** `client.Transport = tr` */
function clientOf(context: RuleContext, node: Node, parent: Node | undefined): Held | undefined {
  const [target] = parent?.kind === 'AssignStmt' && parent.rhs[0] === node ? parent.lhs : [];
  if (target?.kind !== 'SelectorExpr' || target.sel.name !== 'Transport' || target.x.kind !== 'Ident') return undefined;
  const client = target.x.obj;
  return client?.role === 'local' && isMadeHere(context, client) ? heldBy(context, client) : undefined;
}

/** True for a variable whose value is written down: a client from elsewhere may be there for everybody. */
function isMadeHere({ analysis, unit }: RuleContext, object: LocalObject): boolean {
  const d = object.declNode;
  if (d.kind === 'ValueSpec') return d.values.length === 0 && d.type?.kind === 'SelectorExpr';
  const value = d.kind === 'AssignStmt' ? d.rhs[d.lhs.indexOf(object.decl)] : undefined;
  if (value?.kind === 'CallExpr')
    return analysis.callee(unit, value).name === 'net/http/httputil.NewSingleHostReverseProxy';
  return (value?.kind === 'UnaryExpr' ? value.x : value)?.kind === 'CompositeLit';
}

/** The outermost expression that is the same value or a pointer to it, with what is around that. */
function outwards(parents: ParentMap, value: Node): [Node, Node | undefined] {
  let node = value;
  let parent = parents.get(node);
  while (parent?.kind === 'ParenExpr' || (parent?.kind === 'UnaryExpr' && parent.op === '&'))
    [node, parent] = [parent, parents.get(parent)];
  return [node, parent];
}

/** A pool that a handler opens for one request. */
function checkPool(context: RuleContext, a: Acquisition): void {
  const { analysis, unit } = context;
  const object = a.destination.kind === 'variable' ? a.destination.object : undefined;
  if (!object || object.func !== a.func || !handlerOf(analysis, unit, a.func)) return;
  const spec = releaseSpec(a.acquires);
  if (object.uses.some((use) => useEffect(analysis, unit, use, object, spec) === 'handoff')) return;
  if (runsOncePerProcess(analysis, unit, a.call)) return;
  context.report({
    node: a.call,
    message: 'pool',
    args: { name: object.name, call: unit.text(a.call.fun) },
  });
}
