/** Signals of a goroutine for which the function that started it waits, and which a part of the goroutine leaves out. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Launch } from './launches.ts';
import { nodesOfKind } from './node-index.ts';
import { ancestor, enclosingFunc, isFunc, type ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, contains } from './walk.ts';

export interface MissedSignal {
  /** The send, or the call of `close` or `Done`, that control does not come to. */
  signal: Node;
  /** What waits for it. */
  wait: Node;
}

/**
 * A wait of the starting function that goes on for ever when the goroutine ends at `end`: what it waits for, a value, a
 * `close` or a `Done` of its group, comes later in the literal that runs, and is not deferred. A wait that a `select` may end
 * otherwise is none.
 */
export function missedSignal(analysis: Analysis, { unit, stmt, body }: Launch, end: Node): MissedSignal | undefined {
  if (body?.unit !== unit || body.func.kind !== 'FuncLit') return undefined;
  const { func } = body;
  const parents = analysis.parents(unit);
  const starter = enclosingFunc(parents, stmt);
  if (!starter) return undefined;
  const given = signalsIn(analysis, unit, (n) => contains(func, n));
  const missed = given.filter(({ node, object }) => {
    // What follows a call that never returns is not in the control flow graph: the text tells.
    const stands = node.kind === 'SendStmt' ? node : parents.get(node);
    const block = stands && parents.get(stands);
    const follows = stands?.kind !== 'DeferStmt' && node.start > end.end && block !== undefined && contains(block, end);
    if (!follows || enclosingFunc(parents, node) !== func || contains(func, object.decl)) return false;
    return !given.some((g) => g.object === object && isSafe(parents, g.node, func));
  });
  const waits =
    missed.length === 0
      ? []
      : waitsIn(analysis, unit).filter(
          ({ node }) => node.start > stmt.start && enclosingFunc(parents, node) === starter,
        );
  for (const { node: signal, object } of missed) {
    const wait = waits.find((w) => w.object === object)?.node;
    if (wait) return { signal, wait };
  }
  return undefined;
}

/** A node that signals by something a variable holds, or waits for it. */
interface Signal {
  node: Node;
  object: LocalObject;
}

/** Values sent, channels closed, and groups told. */
function signalsIn(analysis: Analysis, unit: DeclUnit, within: (n: Node) => boolean): Signal[] {
  const found: Signal[] = [];
  const add = (node: Node, object: LocalObject | undefined): void => void (object && found.push({ node, object }));
  for (const send of nodesOfKind(unit.decl, 'SendStmt')) if (within(send)) add(send, baseIdent(send.chan)?.obj);
  for (const call of nodesOfKind(unit.decl, 'CallExpr')) {
    if (!within(call)) continue;
    const { name, kind, recv } = analysis.callee(unit, call);
    if (kind === 'builtin' && name === 'close' && call.args[0]) add(call, baseIdent(call.args[0])?.obj);
    else if (name === 'sync.WaitGroup.Done' && recv) add(call, baseIdent(recv)?.obj);
  }
  return found;
}

/** True for a signal that is deferred, or given by somebody else than the goroutine itself. */
function isSafe(parents: ParentMap, node: Node, func: Node): boolean {
  return ancestor(parents, node, (n) => n.kind === 'DeferStmt' || isFunc(n)) !== func;
}

/** Receives and waits that nothing but such a signal ends. */
function waitsIn(analysis: Analysis, unit: DeclUnit): Signal[] {
  const parents = analysis.parents(unit);
  const found: Signal[] = [];
  const add = (node: Node, of: Expr | undefined): void => {
    const object = of && baseIdent(of)?.obj;
    if (object) found.push({ node, object });
  };
  for (const n of nodesOfKind(unit.decl, 'UnaryExpr')) if (n.op === '<-' && !isArm(parents, n)) add(n, n.x);
  for (const n of nodesOfKind(unit.decl, 'RangeStmt')) add(n, n.x);
  for (const n of nodesOfKind(unit.decl, 'CallExpr')) {
    const { name, recv } = analysis.callee(unit, n);
    if (name === 'sync.WaitGroup.Wait') add(n, recv);
  }
  return found;
}

function isArm(parents: ParentMap, node: Node): boolean {
  const clause = ancestor(parents, node, (n) => n.kind === 'CommClause' || n.kind === 'BlockStmt' || isFunc(n));
  return clause?.kind === 'CommClause' && clause.comm !== undefined && contains(clause.comm, node);
}
