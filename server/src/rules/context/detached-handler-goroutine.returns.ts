/** Handlers that start a goroutine and return without waiting for anything that could last. */
import type { Analysis } from '../../golang/analysis.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import type { Spawn } from '../../golang/goroutines.ts';
import { cfgNode } from '../../golang/resources.ts';
import { ancestor } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { waitsAt } from '../../golang/waits.ts';
import { asCall, find } from '../../golang/walk.ts';
import type { FuncNode, Node } from '../../syntax/ast.ts';

/**
 * True when nothing that the handler does after the `go` statement can wait for that goroutine or keep the handler busy:
 * no channel operation, no `Wait`, no call that blocks, no deferred wait, no loop.
 */
export function returnsSoon(analysis: Analysis, unit: DeclUnit, handler: FuncNode, spawn: Spawn): boolean {
  const parents = analysis.parents(unit);
  const cfg = analysis.cfg(unit, handler);
  const start = cfgNode(cfg.where, parents, spawn.stmt);
  if (!start) return false;
  for (const node of nodesAfter(cfg, start)) {
    // A node before the `go` statement is met again: both are part of a loop.
    if (mayLast(analysis, unit, node)) return false;
  }
  return !defersWait(analysis, unit, handler);
}

/** Writing the answer is what the handler is for. */
const ANSWERS =
  /^(?:net\/http\.(?:ResponseWriter\.\w+|Error|Redirect|NotFound|ServeContent)|encoding\/\w+\.Encoder\.\w+|fmt\.\w+|io\.WriteString|sync\.(?:RW)?Mutex\.\w+)$/;

function mayLast(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const waits = waitsAt(analysis, unit, node).some((w) => {
    if (w.kind !== 'call') return true;
    const { fact } = analysis.callee(unit, w.node);
    // A call under a context ends with it.
    return !ANSWERS.test(w.name) && !(w.blocks === 'io' && fact?.takesContext !== undefined);
  });
  return waits || staysBusy(node);
}

/** A call whose name says that it goes on for as long as a connection does. */
function staysBusy(node: Node): boolean {
  return (
    find(node, (n) => {
      if (n.kind !== 'CallExpr') return false;
      const fun = n.fun;
      const name = fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
      return /^(?:[Ww]ait|[Ss]erve|[Rr]un|[Ll]oop|[Cc]opy|[Pp]ump|[Ss]tream|[Rr]ead|[Ww]rite(?:Pump|Loop)|[Ll]isten|[Pp]roxy|[Hh]andle)/.test(
        name,
      );
    }) !== undefined
  );
}

function defersWait(analysis: Analysis, unit: DeclUnit, handler: FuncNode): boolean {
  if (!handler.body) return true;
  const parents = analysis.parents(unit);
  const isInGoroutine = (n: Node): boolean =>
    ancestor(parents, n, (p) => p.kind === 'GoStmt' || p === handler)?.kind === 'GoStmt';
  return (
    find(handler.body, (n) => {
      // What the goroutine defers holds up the goroutine only.
      if (n.kind !== 'DeferStmt' || isInGoroutine(n)) return false;
      const call = asCall(n.call);
      if (!call) return true;
      if (/\.Wait$/.test(analysis.callee(unit, call).name)) return true;
      return call.fun.kind === 'FuncLit' && find(call.fun.body, (m) => isWait(analysis, unit, m)) !== undefined;
    }) !== undefined
  );
}

function isWait(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  if (node.kind === 'UnaryExpr' && node.op === '<-') return true;
  return node.kind === 'CallExpr' && /\.Wait$/.test(analysis.callee(unit, node).name);
}
