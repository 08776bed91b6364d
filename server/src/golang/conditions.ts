/** Conditions whose value cannot change between two tests, so that branches on them are correlated. */
import type { Expr, Node } from '../syntax/ast.ts';
import { DECLARATION, nested } from './effort.ts';
import type { ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { isFunc } from './parents.ts';
import { baseIdent, contains, unparen, walk } from './walk.ts';

/** Expressions whose value the function itself may change, by source text (`s.closed`, `x`). */
export type WrittenPaths = ReadonlySet<string>;

/** Source texts of everything assigned to in a function, nested literals included. */
export function writtenPaths(unit: DeclUnit, func: Node): WrittenPaths {
  const written = new Set<string>();
  const add = (e: Expr): void => void written.add(unit.text(unparen(e)));
  nested(DECLARATION, undefined, () =>
    walk(func, (n) => {
      if (n.kind === 'AssignStmt' && n.op !== ':=') n.lhs.forEach(add);
      else if (n.kind === 'IncDecStmt') add(n.x);
      else if (n.kind === 'UnaryExpr' && n.op === '&') add(n.x);
      else if (n.kind === 'RangeStmt' && !n.define) for (const e of [n.key, n.value]) if (e) add(e);
    }),
  );
  return written;
}

/**
 * A key for a condition that has the same value wherever it is tested in the function: operands are constants,
 * variables and fields never assigned in it, joined by comparison. `negated` tells that the key is the opposite.
 * Undefined when the value may change.
 */
export function stableKey(
  unit: DeclUnit,
  cond: Expr,
  written: WrittenPaths,
): { key: string; negated: boolean } | undefined {
  const x = unparen(cond);
  if (x.kind === 'BinaryExpr' && ['==', '!=', '<', '<=', '>', '>='].includes(x.op)) {
    if (!isStable(unit, x.x, written) || !isStable(unit, x.y, written)) return undefined;
    const [a, b] = [spelled(unit, x.x), spelled(unit, x.y)];
    switch (x.op) {
      case '!=':
        return { key: `${a} == ${b}`, negated: true };
      case '>=':
        return { key: `${a} < ${b}`, negated: true };
      case '<=':
        return { key: `${a} > ${b}`, negated: true };
      default:
        return { key: `${a} ${x.op} ${b}`, negated: false };
    }
  }
  return isStable(unit, x, written) ? { key: spelled(unit, x), negated: false } : undefined;
}

/** Source text of a stable operand, with the place of the variable's declaration: an inner variable may have the same name. */
function spelled(unit: DeclUnit, expr: Expr): string {
  const x = unparen(expr);
  const base = baseIdent(x.kind === 'CallExpr' && x.args[0] ? x.args[0] : x);
  return base?.obj ? `${unit.text(x)}@${base.obj.decl.start}` : unit.text(x);
}

function isStable(unit: DeclUnit, expr: Expr, written: WrittenPaths): boolean {
  const x = unparen(expr);
  switch (x.kind) {
    case 'BasicLit':
      return true;
    case 'Ident':
      // Declared anew on each turn of a loop is fine: the path search forgets keys when it passes the declaration.
      return x.obj ? x.obj.writes.length === 0 && !x.obj.addressTaken : !written.has(x.name);
    case 'SelectorExpr':
      return isStable(unit, x.x, written) && !written.has(unit.text(x));
    case 'CallExpr':
      return (
        x.fun.kind === 'Ident' &&
        x.fun.name === 'len' &&
        !x.fun.obj &&
        x.args.length === 1 &&
        x.args[0] !== undefined &&
        isStable(unit, x.args[0], written)
      );
    default:
      return false;
  }
}

/** Conditions known at `node` from the `if` statements around it, as key → value. */
export function factsAt(unit: DeclUnit, parents: ParentMap, node: Node, written: WrittenPaths): Map<string, boolean> {
  const facts = new Map<string, boolean>();
  const learn = (cond: Expr, value: boolean): void => {
    const x = unparen(cond);
    if (x.kind === 'UnaryExpr' && x.op === '!') return learn(x.x, !value);
    if (x.kind === 'BinaryExpr' && x.op === (value ? '&&' : '||')) {
      learn(x.x, value);
      return learn(x.y, value);
    }
    const k = stableKey(unit, x, written);
    if (k) facts.set(k.key, value !== k.negated);
  };
  for (let child: Node = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind !== 'IfStmt') continue;
    if (n.body === child) learn(n.cond, true);
    else if (n.else === child) learn(n.cond, false);
    else if (contains(n.cond, child)) continue;
  }
  return facts;
}
