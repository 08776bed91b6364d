/** How a function gives up when a context is done. */
import type { Expr, FuncNode, Ident, Node } from '../syntax/ast.ts';
import { enclosingFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { flattenFields } from '../golang/walk.ts';
import { isUnshadowed } from './names.ts';

/**
 * The `return` statement for the arm of a select that waits on `done`, at a node of a function:
 * `return nil, ctx.Err()` when the last result is an `error`, `done` is `ctx.Done()` and the other results have a
 * name or a zero value that can be written down; `return` when it has no results, or named ones of which none can be mistaken for success.
 * @param done Go expression, e.g. `ctx.Done()` or `stop`
 * @param error what to return where the last result is an `error`; for a context its own error unless something else is given
 * @returns undefined when the results leave no right answer
 */
export function doneReturn(unit: DeclUnit, at: Node, done: string, error = errorOf(done)): string | undefined {
  const func = enclosingFunc(parentsOf(unit.decl), at);
  if (!func) return undefined;
  const results = flattenFields(func.type.results);
  const last = results.at(-1);
  if (!last) return 'return';
  if (!isPredeclared(last.type, 'error')) return nakedReturn(unit, at, func);
  if (error !== undefined) return errorReturn(unit, at, func, error);
  // No error beside no result would look like success.
  return results.length === 1 ? nakedReturn(unit, at, func) : undefined;
}

function errorOf(done: string): string | undefined {
  return done.endsWith('.Done()') ? done.replace(/\.Done\(\)$/, '.Err()') : undefined;
}

function errorReturn(unit: DeclUnit, at: Node, func: FuncNode, error: string): string | undefined {
  const others = flattenFields(func.type.results).slice(0, -1);
  const values = others.map(({ type, name }) => {
    const named = name && name.name !== '_' && isVisible(unit, at, func, name) ? name.name : undefined;
    return zeroValue(type) ?? named;
  });
  if (values.includes(undefined)) return undefined;
  return `return ${[...values, error].join(', ')}`;
}

function nakedReturn(unit: DeclUnit, at: Node, func: FuncNode): string | undefined {
  const names = flattenFields(func.type.results).map((result) => result.name);
  // Go rejects a bare `return` where a result is hidden by another variable.
  return names.every((name) => name && (name.name === '_' || isVisible(unit, at, func, name))) ? 'return' : undefined;
}

/** True when the name of a result is not hidden by another variable of the function. */
function isVisible(unit: DeclUnit, at: Node, func: FuncNode, name: Ident): boolean {
  return isUnshadowed(unit, at, name.name, (o) => o.func === func && o !== name.obj);
}

function isPredeclared(type: Expr, name: string): boolean {
  return type.kind === 'Ident' && type.name === name && !type.obj;
}

const ZERO_BY_NAME = new Map<string, string>([
  ['bool', 'false'],
  ['string', '""'],
  ['error', 'nil'],
  ['any', 'nil'],
]);
for (const size of ['', '8', '16', '32', '64']) {
  ZERO_BY_NAME.set(`int${size}`, '0');
  ZERO_BY_NAME.set(`uint${size}`, '0');
}
for (const name of ['byte', 'rune', 'uintptr', 'float32', 'float64', 'complex64', 'complex128'])
  ZERO_BY_NAME.set(name, '0');

/** The zero value of a type whose kind is plain from how it is written. */
function zeroValue(type: Expr): string | undefined {
  switch (type.kind) {
    case 'StarExpr':
    case 'MapType':
    case 'ChanType':
    case 'FuncType':
    case 'InterfaceType':
      return 'nil';
    case 'ArrayType':
      return type.len === undefined ? 'nil' : undefined;
    case 'Ident':
      return type.obj ? undefined : ZERO_BY_NAME.get(type.name);
    default:
      return undefined;
  }
}
