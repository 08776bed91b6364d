/** What a goroutine left behind by a handler can wait for without end, while nobody can tell it to stop. */
import { channelFacts } from '../../concurrency/spawns/channel-facts.ts';
import { channelOf } from '../../concurrency/spawns/channels.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { rootContextCall } from '../../golang/contexts.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { accessPath } from '../../golang/access-path.ts';
import { contains, find, walkShallow } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, Node } from '../../syntax/ast.ts';

export interface UnattendedWait {
  kind: 'send' | 'call' | 'poll';
  unit: DeclUnit;
  node: Node;
  /** The operation as code. */
  text: string;
}

const MAX_CALLS = 2;

/** The first wait without a bound in what a goroutine runs; undefined when there is none or the goroutine has a context. */
export function unattendedWait(analysis: Analysis, spawn: Spawn): UnattendedWait | undefined {
  const { body } = spawn;
  if (!body || body.unit.hasError || hasContext(analysis, body.unit, body.func)) return undefined;
  return waitIn(analysis, body.unit, body.func, 0);
}

/** True when a body mentions a context at all, other than a fresh root: it may be watched in ways that are not seen. */
function hasContext(analysis: Analysis, unit: DeclUnit, func: FuncNode): boolean {
  return (
    find(func, (n) => n.kind === 'Ident' && n.obj !== undefined && isContext(analysis.objectType(unit, n.obj))) !==
    undefined
  );
}

function waitIn(analysis: Analysis, unit: DeclUnit, func: FuncNode, depth: number): UnattendedWait | undefined {
  if (!func.body || unit.hasError) return undefined;
  let found: UnattendedWait | undefined;
  const inner: { unit: DeclUnit; func: FuncNode }[] = [];
  walkShallow(func.body, (n) => {
    if (found || n.kind === 'SelectStmt' || n.kind === 'GoStmt') return false;
    if (n.kind === 'SendStmt' && isShared(n.chan) && !isServedForEver(analysis, unit, n.chan))
      found = { kind: 'send', unit, node: n, text: `${unit.text(n.chan)} <- …` };
    else if (n.kind === 'ForStmt' && !n.init && !n.post && polls(analysis, unit, n.body))
      found = { kind: 'poll', unit, node: { ...n, end: n.body.start }, text: 'time.Sleep' };
    else if (n.kind === 'CallExpr') {
      if (isUnbounded(analysis, unit, n))
        found = { kind: 'call', unit, node: n, text: unit.text(n.fun).replace(/\s+/g, ' ') };
      const body = analysis.body(unit, n);
      if (body && body.func.kind === 'FuncDecl' && !hasContext(analysis, body.unit, body.func)) inner.push(body);
    }
    return !found;
  });
  if (found || depth >= MAX_CALLS) return found;
  for (const b of inner) {
    const wait = waitIn(analysis, b.unit, b.func, depth + 1);
    if (wait) return wait;
  }
  return undefined;
}

/** A channel that a field or package variable holds: whoever receives from it is somewhere else. */
export function isShared(chan: Node): boolean {
  const path = chan.kind === 'Ident' || chan.kind === 'SelectorExpr' ? accessPath(chan) : undefined;
  return path !== undefined && (typeof path.root === 'string' || path.fields.length > 0);
}

/** True for a channel from which a loop without end receives: whoever sends there waits for its turn only. */
function isServedForEver(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const channel = channelOf(analysis, unit, chan);
  if (!channel) return false;
  const { receives, closes } = channelFacts(analysis, channel);
  return receives.some(({ unit: other, node }) => {
    const func = enclosingFunc(analysis.parents(other), node);
    if (!func) return false;
    if (node.kind === 'RangeStmt') return closes.length === 0;
    return endlessLoops(analysis.cfg(other, func)).some(({ stmt }) => stmt && contains(stmt, node));
  });
}

function polls(analysis: Analysis, unit: DeclUnit, body: Node): boolean {
  return find(body, (n) => n.kind === 'CallExpr' && analysis.callee(unit, n).name === 'time.Sleep') !== undefined;
}

/** Calls that wait for a peer with neither a context that can end nor a timeout of their own. */
const NO_TIMEOUT = /^(?:net\/http\.(?:Get|Head|Post|PostForm)|net\/smtp\.SendMail|net\/rpc\.Client\.Call)$/;

function isUnbounded(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const c = analysis.callee(unit, call);
  if (NO_TIMEOUT.test(c.name)) return true;
  if (c.fact?.blocks !== 'io') return false;
  const index = c.fact.takesContext;
  const ctx = index === undefined ? undefined : call.args[index];
  return ctx !== undefined && rootContextCall(analysis, unit, ctx) !== undefined;
}
