/** What is used after a wait as though the condition that led to it could hold no longer, on a way on which nothing asks. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Block, Edge } from '../../golang/cfg.ts';
import { spend } from '../../golang/effort.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { visitEvaluated } from '../../golang/paths.ts';
import { cfgNode } from '../../golang/resources.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { baseIdent, find, isNil, pathText, unparen } from '../../golang/walk.ts';
import type { CallExpr, Expr, IfStmt, LocalObject, Node } from '../../syntax/ast.ts';

/** A part of a condition, with the value that it has while the condition holds. */
interface Atom {
  text: string;
  holds: boolean;
  expr: Expr;
}

/** There is nothing in what a path names: `len(q.items) == 0`, `q.head == nil`. */
interface Emptiness {
  root: LocalObject;
  path: string;
  of: 'slice' | 'pointer';
}

/**
 * The first use after a wait that panics while the guard of the wait still holds: an element of what may be empty, a field of what may be
 * nil. A condition may come before that asks about something else, or that asks about this on other ways only.
 */
export function usedUntested(analysis: Analysis, unit: DeclUnit, guard: IfStmt, wait: CallExpr): Node | undefined {
  for (const atoms of alternatives(unit, guard.cond))
    for (const atom of atoms) {
      const empty = emptiness(analysis, unit, atom);
      const use = empty && firstUse(analysis, unit, wait, empty, atoms);
      if (use) return use;
    }
  return undefined;
}

/** The parts of a condition that hold together, once for each side of an `||`. */
function alternatives(unit: DeclUnit, cond: Expr): Atom[][] {
  const x = unparen(cond);
  if (x.kind !== 'BinaryExpr' || x.op !== '||') return [parts(unit, x)];
  return [...alternatives(unit, x.x), ...alternatives(unit, x.y)];
}

function parts(unit: DeclUnit, cond: Expr, holds = true): Atom[] {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return parts(unit, x.x, !holds);
  if (x.kind === 'BinaryExpr' && x.op === '&&' && holds) return [...parts(unit, x.x), ...parts(unit, x.y)];
  return [{ text: unit.text(x), holds, expr: x }];
}

function emptiness(analysis: Analysis, unit: DeclUnit, { expr, holds }: Atom): Emptiness | undefined {
  const x = expr.kind === 'BinaryExpr' && expr.op === '==' && holds ? expr : undefined;
  if (!x) return undefined;
  const [left, right] = [unparen(x.x), unparen(x.y)];
  const isLength = left.kind === 'CallExpr' && analysis.callee(unit, left).name === 'len';
  const of =
    isLength && right.kind === 'BasicLit' && right.value === '0' ? left.args[0] : isNil(right) ? left : undefined;
  const path = of && pathText(of);
  const root = of && baseIdent(of)?.obj;
  if (!of || !root || path === undefined) return undefined;
  const { kind } = analysis.types.underlying(analysis.typeOf(unit, of));
  return kind === 'slice' || kind === 'pointer' ? { root, path, of: kind } : undefined;
}

/** The first use on a way from the wait on which nothing asks whether there is something, while all the rest is as it was. */
function firstUse(
  analysis: Analysis,
  unit: DeclUnit,
  wait: CallExpr,
  empty: Emptiness,
  atoms: readonly Atom[],
): Node | undefined {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, wait);
  const cfg = func && analysis.cfg(unit, func);
  const at = cfg && cfg.where.get(cfgNode(cfg.where, parents, wait) as Node);
  if (!cfg || !at) return undefined;
  const seen = new Set<Block>();
  const work = [{ block: at.block, from: at.index + 1 }];
  for (let w = work.shift(); w; w = work.shift()) {
    let isSettled = w.block.ends !== undefined;
    for (const node of w.block.nodes.slice(w.from)) {
      spend(4);
      const use = useIn(analysis, unit, node, empty);
      if (use) return use;
      if ((isSettled ||= settles(analysis, unit, node, empty))) break;
    }
    if (isSettled) continue;
    for (const edge of w.block.succs)
      if (!seen.has(edge.to) && mayBeTaken(unit, edge, empty, atoms)) {
        seen.add(edge.to);
        work.push({ block: edge.to, from: 0 });
      }
  }
  return undefined;
}

/** An element or field of what is empty. */
function useIn(analysis: Analysis, unit: DeclUnit, node: Node, empty: Emptiness): Node | undefined {
  let use: Node | undefined;
  visitEvaluated(node, (n) => {
    if (use) return;
    if (empty.of === 'slice') {
      const isElement =
        n.kind === 'IndexExpr' || (n.kind === 'SliceExpr' && n.low?.kind === 'BasicLit' && n.low.value !== '0');
      if (isElement && isSame(n.x, empty)) use = n;
    } else if (n.kind === 'StarExpr' && isSame(n.x, empty)) use = n;
    else if (n.kind === 'SelectorExpr' && isSame(n.x, empty))
      use = analysis.types.members.selector(unit, n)?.kind === 'field' ? n : undefined;
  });
  return use;
}

function isSame(expr: Expr, { root, path }: Emptiness): boolean {
  return baseIdent(expr)?.obj === root && pathText(expr) === path;
}

/** True for a node after which it is not known any more: what is empty is set, or somebody else has it, who may look. */
function settles(analysis: Analysis, unit: DeclUnit, node: Node, { root, path }: Emptiness): boolean {
  let settled = false;
  const isHis = (e: Expr): boolean => baseIdent(e)?.obj === root;
  visitEvaluated(node, (n) => {
    if (n.kind === 'AssignStmt') settled ||= n.lhs.some((l) => isHis(l) && path.startsWith(pathText(l) ?? path));
    else if (n.kind === 'CallExpr') {
      const { kind, name, recv } = analysis.callee(unit, n);
      if (kind === 'builtin' || kind === 'conversion' || /^sync\.\w+\.(?!Wait)/.test(name)) return;
      settled ||= [...(recv ? [recv] : []), ...n.args].some(isHis) || kind === 'value' || kind === 'literal';
    }
  });
  return settled;
}

/** True for a branch that control takes while the guard holds, and that does not come of a look at what is empty. */
function mayBeTaken(unit: DeclUnit, edge: Edge, empty: Emptiness, atoms: readonly Atom[]): boolean {
  const { cond, tag, clause, kind, from } = edge;
  const last = from.nodes.at(-1);
  if (last?.kind === 'RangeStmt' && isSame(last.x, empty)) return kind === 'exhausted';
  const asked = [
    ...(cond ? [cond] : []),
    ...(tag ? [tag] : []),
    ...(clause?.kind === 'CaseClause' ? clause.exprs : []),
  ];
  const isLook = (n: Node): boolean => (n.kind === 'Ident' || n.kind === 'SelectorExpr') && isSame(n, empty);
  if (asked.some((e) => find(e, isLook))) return false;
  const known = cond && atoms.find((a) => a.text === unit.text(unparen(cond)));
  return !known || known.holds === (kind === 'true');
}
