/** Expressions that make a pool of connections of their own: an `http.Transport`, or a client with one, also by way of functions. */
import type { CallExpr, CompositeLit, Expr, FuncDecl, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { DECLARATION, nested } from './effort.ts';
import { nodesOfKind } from './node-index.ts';
import { enclosingFunc } from './parents.ts';
import { type Answer, answered } from './reads.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { calledName, isNil, unparen, walkShallow } from './walk.ts';

/** Where a transport is made. */
export interface FreshTransport {
  unit: DeclUnit;
  /** `http.Transport{…}`, or a call of `Clone`. */
  node: CompositeLit | CallExpr;
  /** The variables that hold it on its way to the caller. */
  objects: readonly LocalObject[];
}

/** By the function that gives what it has made to its caller. */
const functions = new WeakMap<Analysis, WeakMap<FuncDecl, Answer<FreshTransport | undefined>>>();

/** The transports that a unit makes for itself, with the expressions of which they are the value. */
export function freshTransports(
  analysis: Analysis,
  unit: DeclUnit,
): { expr: CompositeLit | CallExpr; made: FreshTransport }[] {
  const found: { expr: CompositeLit | CallExpr; made: FreshTransport }[] = [];
  for (const expr of [...nodesOfKind(unit.decl, 'CompositeLit'), ...nodesOfKind(unit.decl, 'CallExpr')]) {
    const made = madeBy(analysis, unit, expr);
    if (made) found.push({ expr, made });
  }
  return found;
}

function madeBy(analysis: Analysis, unit: DeclUnit, node: CompositeLit | CallExpr): FreshTransport | undefined {
  if (node.kind === 'CompositeLit') return isTransport(analysis, unit, node) ? { unit, node, objects: [] } : undefined;
  if (calledName(node) === 'Clone') return isTransport(analysis, unit, node) ? { unit, node, objects: [] } : undefined;
  const { visible, signature } = analysis.callee(unit, node);
  const [result] = signature?.kind === 'func' ? signature.results : [];
  const mayHold = ['Transport', 'RoundTripper', 'Client'].some((name) => result && isNamed(result, 'net/http', name));
  return visible && mayHold ? ofFunction(analysis, visible) : undefined;
}

function isTransport(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  return isNamed(analysis.typeOf(unit, expr), 'net/http', 'Transport');
}

/** What every call of a function makes and gives to its caller, as the first result. */
function ofFunction(analysis: Analysis, { unit, decl }: VisibleFunc): FreshTransport | undefined {
  let known = functions.get(analysis);
  if (!known) functions.set(analysis, (known = new WeakMap()));
  return answered(known, decl, undefined, () =>
    nested(DECLARATION, undefined, (): FreshTransport | undefined => {
      if (!decl.body || unit.hasError) return undefined;
      let made: FreshTransport | undefined;
      let isFresh = true;
      walkShallow(decl.body, (n) => {
        if (n.kind !== 'ReturnStmt' || !isFresh) return;
        const [value] = n.results;
        if (value && isNil(unparen(value))) return;
        const found = value && returned(analysis, unit, decl, value, []);
        if (found) made ??= found;
        else isFresh = false;
      });
      return isFresh ? made : undefined;
    }),
  );
}

/** What an expression that a function returns holds; undefined when somebody else may have it as well. */
function returned(
  analysis: Analysis,
  unit: DeclUnit,
  func: FuncDecl,
  expr: Expr,
  objects: readonly LocalObject[],
): FreshTransport | undefined {
  const x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '&') return returned(analysis, unit, func, x.x, objects);
  if (x.kind === 'CompositeLit' && isNamed(analysis.typeOf(unit, x), 'net/http', 'Client')) {
    const transport = x.elts.find(
      (e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === 'Transport',
    );
    return transport?.kind === 'KeyValueExpr' ? returned(analysis, unit, func, transport.value, objects) : undefined;
  }
  if (x.kind === 'CompositeLit' || x.kind === 'CallExpr') {
    const made = madeBy(analysis, unit, x);
    return made && { ...made, objects: [...made.objects, ...objects] };
  }
  if (x.kind !== 'Ident' || !x.obj || objects.includes(x.obj)) return undefined;
  const value = onlyValueOf(x.obj);
  const isOwn =
    x.obj.func === func && x.obj.role === 'local' && x.obj.uses.every((use) => isKept(analysis, unit, func, use));
  return value && isOwn ? returned(analysis, unit, func, value, [...objects, x.obj]) : undefined;
}

function onlyValueOf({ declNode: d, decl, writes, addressTaken }: LocalObject): Expr | undefined {
  if (writes.length > 0 || addressTaken) return undefined;
  if (d.kind === 'AssignStmt') return d.lhs.length === d.rhs.length ? d.rhs[d.lhs.indexOf(decl)] : undefined;
  return d.kind === 'ValueSpec' && d.names.length === d.values.length ? d.values[d.names.indexOf(decl)] : undefined;
}

/** True for a use by which nobody else gets hold of a value: a selector, a part of the client that is returned, the return itself. */
function isKept(analysis: Analysis, unit: DeclUnit, func: FuncDecl, use: Node): boolean {
  const parents = analysis.parents(unit);
  if (enclosingFunc(parents, use) !== func) return false;
  let [node, parent] = [use, parents.get(use)];
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  if (parent?.kind === 'SelectorExpr') return parent.x === node;
  if (parent?.kind === 'ReturnStmt') return true;
  const client = parent?.kind === 'KeyValueExpr' && parent.value === node ? parents.get(parent) : undefined;
  return client?.kind === 'CompositeLit' && isNamed(analysis.typeOf(unit, client), 'net/http', 'Client');
}
