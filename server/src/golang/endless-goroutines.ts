/** Goroutines that cannot end, decided once for all rules that speak of them. */
import type { CallExpr, Expr, FuncNode, Node, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Block, ControlFlowGraph } from './cfg.ts';
import { spend } from './effort.ts';
import { type EndlessLoop, endlessLoops, loopNodes } from './endless-loops.ts';
import type { Launch } from './launches.ts';
import { ownMentions } from './own-mentions.ts';
import { visitEvaluated } from './paths.ts';
import { isTickerChannel } from './tickers.ts';
import { type Answer, remembered } from './reads.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { operations, type Wait, waitsAt } from './waits.ts';
import { unparen } from './walk.ts';

/** An endless loop that a goroutine runs into. */
export interface EndlessGoroutine {
  /** The function that holds the loop: the goroutine's own body, or one that it calls. */
  unit: DeclUnit;
  func: FuncNode;
  loop: EndlessLoop & { stmt: Stmt };
  /** Calls that lead from the goroutine's body to that function, outermost first. */
  calls: { unit: DeclUnit; call: CallExpr }[];
  /** What the loop waits for, in source order. */
  waits: Wait[];
  /** Channel of a ticker among them: it is never closed, whatever happens to the ticker. */
  ticker?: Expr;
}

/** Calls followed one after the other, and functions looked at in all. */
const MAX_DEPTH = 4;
const MAX_FUNCTIONS = 30;

/** The endless loop a started goroutine runs into; undefined when there is none, or the body is not visible. */
export function endlessGoroutine(analysis: Analysis, launch: Launch): EndlessGoroutine | undefined {
  return launch.body && endlessIn(analysis, launch.body.unit, launch.body.func);
}

const memo = new WeakMap<Analysis, Map<FuncNode, Answer<EndlessGoroutine | undefined>>>();

/** As `endlessGoroutine`, for a function body that runs on some goroutine. Several rules ask. */
export function endlessIn(analysis: Analysis, unit: DeclUnit, func: FuncNode): EndlessGoroutine | undefined {
  let known = memo.get(analysis);
  if (!known) memo.set(analysis, (known = new Map()));
  return remembered(known, func, () => search(analysis, unit, func, new Set(), 0));
}

function search(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncNode,
  seen: Set<FuncNode>,
  depth: number,
): EndlessGoroutine | undefined {
  if (unit.hasError || seen.has(func) || seen.size > MAX_FUNCTIONS) return undefined;
  seen.add(func);
  const cfg = analysis.cfg(unit, func);
  for (const loop of endlessLoops(cfg)) {
    const { stmt } = loop;
    if (!stmt || loopNodes(loop).some((n) => cfg.mayEnd.has(n))) continue;
    if (loopNodes(loop).some((n) => callsAt(n).some((c) => mayGiveUp(analysis, unit, c)))) continue;
    const waits = loopNodes(loop).flatMap((n) => waitsAt(analysis, unit, n));
    const ticker = operations(waits).find((w) => w.kind === 'receive' && isTickerChannel(analysis, unit, w.chan));
    return {
      unit,
      func,
      loop: { ...loop, stmt },
      calls: [],
      waits,
      ticker: ticker?.kind === 'receive' ? ticker.chan : undefined,
    };
  }
  if (depth === MAX_DEPTH) return undefined;
  for (const block of cfg.reachable) {
    const calls = block.nodes.flatMap((node) => callsAt(node));
    const isSure = calls.length > 0 && unavoidable(cfg, block);
    for (const call of calls) {
      const body = isSure ? analysis.body(unit, call) : neverReturning(analysis, unit, call);
      const inner = body && search(analysis, body.unit, body.func, seen, depth + 1);
      if (inner && (isSure || inner.loop.stmt.kind !== 'SelectStmt'))
        return { ...inner, calls: [{ unit, call }, ...inner.calls] };
    }
  }
  return undefined;
}

/**
 * The function that is called, if it is there to go round for ever: a call under a condition then starts the goroutine's real work. One
 * that may return has a loop for some case only; one that parks in `select {}`, as the caller asks, ends a program that fails.
 */
function neverReturning(analysis: Analysis, unit: DeclUnit, call: CallExpr): Body | undefined {
  const { literal, visibleUnlessReturns: visible } = analysis.callee(unit, call);
  const body = literal ? { unit, func: literal } : visible && { unit: visible.unit, func: visible.decl };
  if (!body || body.unit.hasError) return undefined;
  const cfg = analysis.cfg(body.unit, body.func);
  return cfg.reachable.has(cfg.exit) ? undefined : body;
}

/**
 * True for a call that hands an error or a condition to a function which may panic or end the process because of it:
 * `check(err)`, `assert(n > 0)`. A literal that may do so is part of the loop: it does what the loop would have to do itself.
 */
function mayGiveUp(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const c = analysis.callee(unit, call);
  const isTold = call.args.some((a) => isErrorType(analysis.typeOf(unit, a)) || isCondition(a));
  if (c.kind === 'value' && !c.literal)
    return isTold && valuesOf(analysis, unit, call.fun).some((v) => mayEnd(analysis, v));
  if (!c.literal && !isTold) return false;
  const body = analysis.body(unit, call);
  return body !== undefined && mayEnd(analysis, body);
}

interface Body {
  unit: DeclUnit;
  func: FuncNode;
}

/** True for a function that may panic or end the process. */
function mayEnd(analysis: Analysis, { unit, func }: Body): boolean {
  const cfg = analysis.cfg(unit, func);
  return [...cfg.reachable].some((b) => b.ends || b.nodes.some((n) => cfg.mayEnd.has(n)));
}

function isCondition(e: Expr): boolean {
  const x = unparen(e);
  if (x.kind === 'UnaryExpr') return x.op === '!';
  return x.kind === 'BinaryExpr' && /^(?:==|!=|<|<=|>|>=|&&|\|\|)$/.test(x.op);
}

/** The literals that a variable or field is given. */
function valuesOf(analysis: Analysis, unit: DeclUnit, place: Expr): Body[] {
  return (ownMentions(analysis, unit, place) ?? []).flatMap(({ unit: at, node, initial }) => {
    const p = initial ? undefined : analysis.parents(at).get(node);
    const given = initial ?? (p?.kind === 'AssignStmt' ? p.rhs[p.lhs.indexOf(node)] : undefined);
    const x = given && given !== 'zero' ? unparen(given) : undefined;
    return x?.kind === 'FuncLit' ? [{ unit: at, func: x }] : [];
  });
}

/** True when every way through the function leads through a block. */
export function unavoidable(cfg: ControlFlowGraph, block: Block): boolean {
  const seen = new Set<Block>([block]);
  const work = [cfg.entry];
  for (let b = work.pop(); b; b = work.pop()) {
    if (seen.has(b)) continue;
    if (b === cfg.exit || b.ends) return false;
    seen.add(b);
    spend();
    for (const e of b.succs) work.push(e.to);
  }
  return true;
}

/** Calls that run where the node is evaluated. */
export function callsAt(node: Node): CallExpr[] {
  if (node.kind === 'GoStmt' || node.kind === 'DeferStmt') return [];
  const calls: CallExpr[] = [];
  visitEvaluated(node, (n) => {
    if (n.kind === 'CallExpr') calls.push(n);
  });
  return calls;
}
