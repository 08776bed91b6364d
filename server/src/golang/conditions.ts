/** Conditions whose value cannot change between two tests, so that branches on them are correlated. */
import type { Expr, LocalObject, Node } from '../syntax/ast.ts';
import { DECLARATION, nested } from './effort.ts';
import type { ParentMap } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { enclosingFunc, isFunc } from './parents.ts';
import { contains, find, unparen, walk } from './walk.ts';

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
 * variables and fields never assigned in it, joined by arithmetic and comparison. `negated` tells that the key is the opposite.
 * `isTracked` names variables that are assigned, but of which the caller sees every assignment: a fact with such a variable holds
 * until then. Undefined when the value may change unseen.
 */
export function stableKey(
  unit: DeclUnit,
  cond: Expr,
  written: WrittenPaths,
  isTracked: IsTracked = () => false,
): { key: string; negated: boolean } | undefined {
  const x = unparen(cond);
  if (!isStable(unit, x, written, isTracked)) return undefined;
  if (x.kind !== 'BinaryExpr') return { key: spelled(unit, x), negated: false };
  const [a, b] = [spelled(unit, x.x), spelled(unit, x.y)];
  switch (x.op) {
    case '==':
    case '!=': {
      const equal = x.op === '==';
      const [left, right] = unparen(x.x).kind === 'BasicLit' ? [b, a] : [a, b];
      // A remainder that is not 1 is 0: what counts turns is not negative.
      if (right === '1' && left.endsWith('%2)')) return { key: `${left} == 0`, negated: equal };
      return { key: `${left} == ${right}`, negated: !equal };
    }
    case '>=':
      return { key: `${a} < ${b}`, negated: true };
    case '<=':
      return { key: `${a} > ${b}`, negated: true };
    default:
      return { key: `${a} ${x.op} ${b}`, negated: false };
  }
}

export type IsTracked = (object: LocalObject) => boolean;

/** True for a variable that only the function's own statements change: no literal that writes it, nor its address, is about. */
export function isChangedOnlyBy(func: Node, object: LocalObject): boolean {
  if (object.addressTaken || object.kind !== 'var') return false;
  if (object.writes.length === 0) return true;
  if (object.func !== func) return false;
  return !object.captured || find(func, (n) => n !== func && isFunc(n) && writesIn(n, object)) === undefined;
}

function writesIn(node: Node, object: LocalObject): boolean {
  return object.writes.some((w) => contains(node, w));
}

/** How a key names a variable: an inner one may have the same name. */
export function spelledVariable({ name, decl }: LocalObject): string {
  return `${name}@${decl.start}`;
}

function spelled(unit: DeclUnit, expr: Expr): string {
  const x = unparen(expr);
  switch (x.kind) {
    case 'Ident':
      return x.obj ? spelledVariable(x.obj) : x.name;
    case 'SelectorExpr':
      return `${spelled(unit, x.x)}.${x.sel.name}`;
    case 'BinaryExpr':
      return `(${spelled(unit, x.x)}${x.op}${spelled(unit, x.y)})`;
    case 'CallExpr':
      return `len(${x.args.map((a) => spelled(unit, a)).join()})`;
    default:
      return unit.text(x);
  }
}

const COMPARISON: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '&', '|', '^', '&^', '<<', '>>']);

function isStable(unit: DeclUnit, cond: Expr, written: WrittenPaths, isTracked: IsTracked): boolean {
  const isOperand = (expr: Expr): boolean => {
    const x = unparen(expr);
    switch (x.kind) {
      case 'BasicLit':
        return true;
      case 'Ident':
        // Declared anew on each turn of a loop is fine: the path search forgets keys when it passes the declaration.
        if (!x.obj) return !written.has(x.name);
        return !x.obj.addressTaken && (x.obj.writes.length === 0 || isTracked(x.obj));
      case 'SelectorExpr':
        return isOperand(x.x) && !written.has(unit.text(x));
      case 'BinaryExpr':
        return ARITHMETIC.has(x.op) && isOperand(x.x) && isOperand(x.y);
      case 'CallExpr':
        return (
          x.fun.kind === 'Ident' &&
          x.fun.name === 'len' &&
          !x.fun.obj &&
          x.args.length === 1 &&
          x.args[0] !== undefined &&
          isOperand(x.args[0])
        );
      default:
        return false;
    }
  };
  if (cond.kind === 'BinaryExpr' && COMPARISON.has(cond.op)) return isOperand(cond.x) && isOperand(cond.y);
  return cond.kind !== 'BinaryExpr' && isOperand(cond);
}

/** Conditions known at `node` from the `if` statements around it, as key → value. */
export function factsAt(unit: DeclUnit, parents: ParentMap, node: Node, written: WrittenPaths): Map<string, boolean> {
  const facts = new Map<string, boolean>();
  const func = enclosingFunc(parents, node);
  const learn = (cond: Expr, value: boolean, isTracked: IsTracked): void => {
    const x = unparen(cond);
    if (x.kind === 'UnaryExpr' && x.op === '!') return learn(x.x, !value, isTracked);
    if (x.kind === 'BinaryExpr' && x.op === (value ? '&&' : '||')) {
      learn(x.x, value, isTracked);
      return learn(x.y, value, isTracked);
    }
    const k = stableKey(unit, x, written, isTracked);
    if (k) facts.set(k.key, value !== k.negated);
  };
  for (let child: Node = node, n = parents.get(node); n && !isFunc(n); child = n, n = parents.get(n)) {
    if (n.kind !== 'IfStmt') continue;
    const branch = n;
    // What is assigned inside may have changed since the test.
    const isTracked: IsTracked = (o) => func !== undefined && isChangedOnlyBy(func, o) && !writesIn(branch, o);
    if (n.body === child) learn(n.cond, true, isTracked);
    else if (n.else === child) learn(n.cond, false, isTracked);
  }
  return facts;
}
