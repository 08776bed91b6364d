/** What a goroutine left behind by a handler can wait for without end, while nobody can tell it to stop. */
import type { Analysis } from '../../golang/analysis.ts';
import { rootContextCall } from '../../golang/contexts.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { endlessLoops } from '../../golang/endless-loops.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { deref, isContext } from '../../golang/types.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { accessPath } from '../../golang/access-path.ts';
import { contains, find, unparen, walkShallow } from '../../golang/walk.ts';
import type { CallExpr, FuncNode, Node } from '../../syntax/ast.ts';

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
function isShared(chan: Node): boolean {
  const path = chan.kind === 'Ident' || chan.kind === 'SelectorExpr' ? accessPath(chan) : undefined;
  return path !== undefined && (typeof path.root === 'string' || path.fields.length > 0);
}

/** True for a field from which a loop without end receives: whoever sends there waits for its turn only. */
function isServedForEver(analysis: Analysis, unit: DeclUnit, chan: Node): boolean {
  if (chan.kind !== 'SelectorExpr') return false;
  const { name } = chan.sel;
  const owner = deref(analysis.typeOf(unit, chan.x));
  return declarationsNaming(unit.pkg, name).some((member) => {
    const other = unit.pkg.unit(member);
    if (other.hasError) return false;
    return nodesOfKind(other.decl, 'UnaryExpr').some((receive) => {
      const from = receive.op === '<-' ? unparen(receive.x) : undefined;
      if (from?.kind !== 'SelectorExpr' || from.sel.name !== name) return false;
      const type = deref(analysis.typeOf(other, from.x));
      if (type.kind !== 'named' || owner.kind !== 'named' || type.name !== owner.name) return false;
      const func = enclosingFunc(analysis.parents(other), receive);
      if (!func) return false;
      return endlessLoops(analysis.cfg(other, func)).some(({ stmt }) => stmt && contains(stmt, receive));
    });
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
