/** `go` statements, what they run, and whether that can end. */
import type { CallExpr, Expr, FuncNode, GoStmt, LocalObject, Node, Stmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Block, ControlFlowGraph } from './cfg.ts';
import { enclosingFunc } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, flattenFields, unparen, walk } from './walk.ts';

/** A `go` statement. */
export interface Spawn {
  unit: DeclUnit;
  stmt: GoStmt;
  call: CallExpr;
  /** The function that contains the statement. */
  func: FuncNode;
  /** What it runs, when that is visible; possibly in another unit. */
  body?: { unit: DeclUnit; func: FuncNode };
}

/** Every `go` statement of a unit. */
export function spawns(analysis: Analysis, unit: DeclUnit): Spawn[] {
  const parents = analysis.parents(unit);
  const found: Spawn[] = [];
  walk(unit.decl, (n) => {
    if (n.kind !== 'GoStmt') return;
    const call = asCall(n.call);
    const func = enclosingFunc(parents, n);
    if (call && func) found.push({ unit, stmt: n, call, func, body: analysis.body(unit, call) });
  });
  return found;
}

/** A loop that control cannot leave. */
export interface EndlessLoop {
  /** The `for`, `range`, `select {}` or labelled statement that goes round, outermost first met. */
  stmt?: Stmt;
  /** Every block of the loop. */
  blocks: ReadonlySet<Block>;
}

/**
 * The loops of a body from which neither the end of the function, a panic nor the end of the process can be reached.
 * Empty when every loop has a way out. A `select {}` counts as a loop of one block.
 */
export function endlessLoops(cfg: ControlFlowGraph): EndlessLoop[] {
  const canLeave = new Set<Block>();
  const work: Block[] = [];
  for (const b of cfg.reachable) if (b === cfg.exit || b.ends) work.push(b);
  for (let b = work.pop(); b; b = work.pop()) {
    if (canLeave.has(b)) continue;
    canLeave.add(b);
    for (const e of b.preds) work.push(e.from);
  }
  const stuck = [...cfg.reachable].filter((b) => !canLeave.has(b));
  if (stuck.length === 0) return [];
  return [{ stmt: loopStatement(cfg, stuck), blocks: new Set(stuck) }];
}

/** The outermost loop statement all of whose evaluation lies in the given blocks. */
function loopStatement(cfg: ControlFlowGraph, blocks: readonly Block[]): Stmt | undefined {
  const nodes = blocks.flatMap((b) => b.nodes);
  const body = cfg.func.body;
  if (!body || nodes.length === 0) return findEmptyLoop(cfg, blocks);
  let best: Stmt | undefined;
  walk(body, (n) => {
    if (best) return false;
    if (n.kind === 'FuncLit') return false;
    if (n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n.kind === 'SelectStmt')
      if (nodes.some((x) => n.start <= x.start && x.end <= n.end) && !leavesStuck(n, nodes)) best = n;
    return undefined;
  });
  return best;
}

function leavesStuck(loop: Node, nodes: readonly Node[]): boolean {
  // A loop whose header is not stuck itself is not the endless one.
  return loop.kind === 'ForStmt' && loop.cond !== undefined && !nodes.some((n) => n.start === loop.cond?.start);
}

function findEmptyLoop(cfg: ControlFlowGraph, blocks: readonly Block[]): Stmt | undefined {
  if (blocks.length === 0 || !cfg.func.body) return undefined;
  let found: Stmt | undefined;
  walk(cfg.func.body, (n) => {
    if (found || n.kind === 'FuncLit') return false;
    if (n.kind === 'ForStmt' && !n.cond && n.body.stmts.length === 0) found = n;
    return undefined;
  });
  return found;
}

/** Nodes evaluated in an endless loop, in source order. */
export function loopNodes(loop: EndlessLoop): Node[] {
  return [...loop.blocks].flatMap((b) => b.nodes).sort((a, b) => a.start - b.start);
}

/**
 * The variable inside a spawned body that stands for `expr` of the spawning function: the same variable when a literal
 * captures it, the parameter when it is passed as argument; undefined when it does not reach the body or is not a variable.
 */
export function boundInside(spawn: Spawn, object: LocalObject): LocalObject[] {
  const body = spawn.body;
  if (!body) return [];
  const inside: LocalObject[] = [];
  if (body.unit === spawn.unit && body.func.kind === 'FuncLit') {
    const lit = body.func;
    if (object.uses.some((u) => lit.body.start <= u.start && u.end <= lit.body.end)) inside.push(object);
  }
  const params = flattenFields(body.func.type.params);
  for (const [i, arg] of spawn.call.args.entries()) {
    const p = params[i];
    if (p?.name?.obj && !p.variadic && isVariable(arg, object)) inside.push(p.name.obj);
  }
  return inside;
}

function isVariable(expr: Expr, object: LocalObject): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj === object;
}

/** True for code that may live as long as the process: `main` and `init` functions of any package, `TestMain`. */
export function isProcessScope(unit: DeclUnit): boolean {
  if (unit.decl.kind !== 'FuncDecl' || unit.decl.recv) return false;
  const name = unit.decl.name.name;
  return name === 'init' || (name === 'main' && unit.pkg.name === 'main') || name === 'TestMain';
}
