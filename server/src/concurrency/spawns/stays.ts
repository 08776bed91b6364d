/** Where a goroutine stays: what would have to watch a signal for it to end. */
import type { Analysis } from '../../golang/analysis.ts';
import { type EndlessGoroutine, endlessGoroutine } from '../../golang/endless-goroutines.ts';
import type { Launch } from '../../golang/launches.ts';
import { onlyValue } from '../../golang/only-value.ts';
import { isContext } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { type Wait, waitsAt } from '../../golang/waits.ts';
import { calledName, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, FuncNode, Stmt } from '../../syntax/ast.ts';
import { channelFacts } from './channel-facts.ts';
import { channelOf } from './channels.ts';

export interface Stay {
  unit: DeclUnit;
  func: FuncNode;
  /** A loop, or a `select`. */
  stmt: Stmt;
  waits: readonly Wait[];
  /** Calls that lead from the goroutine's body to that function, outermost first. */
  calls: { unit: DeclUnit; call: CallExpr }[];
  /** The channel of a ticker among what it waits for. */
  ticker?: Expr;
}

/** The endless loop of a goroutine, its loop over a channel that nobody is seen to close, or its `select` that only others end. */
export function stayOf(analysis: Analysis, launch: Launch): Stay | undefined {
  const endless = endlessGoroutine(analysis, launch);
  if (endless) return stayIn(endless);
  const { body } = launch;
  if (!body?.func.body || body.unit.hasError) return undefined;
  const { unit, func } = body;
  for (const stmt of body.func.body.stmts) {
    const waits = staysIn(stmt) && !watchesContext(analysis, unit, stmt) ? waitsAt(analysis, unit, stmt) : [];
    if (waits.length > 0 && waits.every((w) => isUnended(analysis, unit, w)))
      return { unit, func, stmt, waits, calls: [] };
  }
  return undefined;
}

/** An endless loop as such a place. */
export function stayIn(endless: EndlessGoroutine): Stay {
  return { ...endless, stmt: endless.loop.stmt };
}

function staysIn(stmt: Stmt): boolean {
  return stmt.kind === 'RangeStmt' || (stmt.kind === 'SelectStmt' && stmt.clauses.length > 0);
}

function watchesContext(analysis: Analysis, unit: DeclUnit, stmt: Stmt): boolean {
  return (
    find(
      stmt,
      (n) =>
        n.kind === 'CallExpr' &&
        n.fun.kind === 'SelectorExpr' &&
        /^(?:Done|Err)$/.test(n.fun.sel.name) &&
        isContext(analysis.typeOf(unit, n.fun.x)),
    ) !== undefined
  );
}

/** True for a wait that no close, timer, context or `default` is seen to end. */
function isUnended(analysis: Analysis, unit: DeclUnit, wait: Wait): boolean {
  if (wait.kind === 'select')
    return !wait.hasDefault && wait.arms.every((w) => isUnended(analysis, unit, w) && !isSignal(analysis, unit, w));
  return wait.kind !== 'call' && isOpen(analysis, unit, wait.chan);
}

/** A receive from a channel without content: what comes of it is that something is over. */
function isSignal(analysis: Analysis, unit: DeclUnit, wait: Wait): boolean {
  const type = wait.kind === 'receive' ? analysis.types.underlying(analysis.typeOf(unit, wait.chan)) : undefined;
  const elem = type?.kind === 'chan' ? analysis.types.underlying(type.elem) : undefined;
  return elem?.kind === 'struct' && elem.node.fields.length === 0;
}

function isOpen(analysis: Analysis, unit: DeclUnit, chan: Expr): boolean {
  const x = unparen(chan);
  if (x.kind === 'CallExpr' || (x.kind === 'SelectorExpr' && x.sel.name === 'C')) return false;
  const value = x.kind === 'Ident' && x.obj ? onlyValue(x.obj) : undefined;
  if (value?.kind === 'CallExpr' && calledName(value) === 'Done') return false;
  const channel = channelOf(analysis, unit, x);
  return !channel || channelFacts(analysis, channel).closes.length === 0;
}
