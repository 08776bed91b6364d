/** A pool of connections is made for one use and dropped: an `http.Transport` in a function, or a database in a handler. */
import { addField } from '../../fixes/add-field.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { contextInScope } from '../../golang/context-in-scope.ts';
import { handlerOf } from '../../golang/handlers.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingStmt, inLoop, type ParentMap } from '../../golang/parents.ts';
import { runsInCommand, runsOncePerProcess } from '../../golang/process-lifetime.ts';
import { startedRepeatedly } from '../../golang/repeated-start.ts';
import { type Acquisition, acquisitions, releaseSpec } from '../../golang/resources.ts';
import { isNamed } from '../../golang/types.ts';
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
      '\\b(?:sql|sqlx)\\.(?:Open|Connect)',
      '\\bpgxpool\\.(?:New|Connect)',
      '\\bgrpc\\.(?:Dial|NewClient)',
    ],
    fixes: ['close-idle', 'close-after-use'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    if (unit.decl.kind !== 'FuncDecl') return;
    for (const lit of nodesOfKind(unit.decl, 'CompositeLit'))
      if (isNamed(analysis.typeOf(unit, lit), 'net/http', 'Transport')) checkTransport(context, lit);
    for (const a of acquisitions(analysis, unit, POOLS)) if (OPENS.test(a.origin)) checkPool(context, a);
  },
});

/** The variable that holds a transport, or the client it was put in; the calls that make connections with it. */
interface Held {
  object?: LocalObject;
  requests: CallExpr[];
}

function checkTransport(context: RuleContext, lit: CompositeLit): void {
  const { analysis, unit } = context;
  if (hasKey(lit, 'DisableKeepAlives') || runsOncePerProcess(analysis, unit, lit)) return;
  const held = holderOf(context, lit);
  const [request] = held?.requests ?? [];
  if (!held || !request || closesConnections(context)) return;
  const isBounded = hasKey(lit, 'IdleConnTimeout') || (held.object && isSet(context, held.object, 'IdleConnTimeout'));
  const stmt = held.object && enclosingStmt(analysis.parents(unit), held.object.decl);
  const release = held.object && `${held.object.name}.CloseIdleConnections()`;
  context.report({
    node: lit,
    message: isBounded ? 'transport-bounded' : 'transport',
    level: isBounded || !isRepeated(context, lit) ? 'hint' : undefined,
    args: { call: unit.text(request.fun).replace(/\s+/g, ' ') },
    steps: [
      { node: lit, message: 'step-made' },
      { node: request, message: 'step-used' },
    ],
    fixes: [
      stmt && release && isIdleAtReturn(context, lit, held)
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
            edits: held.requests.length === 1 ? addField(unit, lit, 'DisableKeepAlives', 'true') : undefined,
          },
    ],
  });
}

/** True where the connections are idle when the function returns: whoever gets an answer from it reads on, and a loop has not come to its end. */
function isIdleAtReturn({ analysis, unit }: RuleContext, lit: CompositeLit, { requests }: Held): boolean {
  if (inLoop(analysis.parents(unit), lit)) return false;
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
function isRepeated({ analysis, unit }: RuleContext, lit: CompositeLit): boolean {
  if (runsInCommand(analysis, unit, lit)) return false;
  return (
    inLoop(analysis.parents(unit), lit) ||
    startedRepeatedly(analysis, unit, lit) ||
    contextInScope(analysis, unit, lit, (o) => o.role === 'param') !== undefined
  );
}

/** True when the code says that a connection is for one request. */
function closesConnections({ unit }: RuleContext): boolean {
  return /\.Close = true\b|"Connection"|\bCloseIdleConnections\b|\bDisableKeepAlives\b|\.Set(?:Read)?Deadline\(/.test(
    unit.text(unit.decl),
  );
}

function hasKey(lit: CompositeLit, name: string): boolean {
  return lit.elts.some((e) => e.kind !== 'KeyValueExpr' || (e.key.kind === 'Ident' && e.key.name === name));
}

function isSet({ analysis, unit }: RuleContext, object: LocalObject, name: string): boolean {
  const parents = analysis.parents(unit);
  return object.uses.some((use) => {
    const selector = parents.get(use);
    return selector?.kind === 'SelectorExpr' && selector.sel.name === name;
  });
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
      return isNamed(analysis.typeOf(unit, client), 'net/http', 'Client') ? holderOf(context, client) : undefined;
    }
    case 'AssignStmt': {
      if (parent.lhs.length !== parent.rhs.length) return undefined;
      if (parent.op !== ':=') return clientOf(context, node, parent);
      const target = parent.lhs[parent.rhs.indexOf(node as Expr)];
      return target?.kind === 'Ident' && target.obj ? heldBy(context, target.obj) : undefined;
    }
    default:
      return undefined;
  }
}

const REQUESTS = new Set(['Do', 'Get', 'Head', 'Post', 'PostForm', 'RoundTrip']);

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
  return client?.role === 'local' && isMadeHere(client) ? heldBy(context, client) : undefined;
}

/** True for a variable whose value is written down: a client from elsewhere may be there for everybody. */
function isMadeHere(object: LocalObject): boolean {
  const d = object.declNode;
  if (d.kind === 'ValueSpec') return d.values.length === 0 && d.type?.kind === 'SelectorExpr';
  const value = d.kind === 'AssignStmt' ? d.rhs[d.lhs.indexOf(object.decl)] : undefined;
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
