/** How a function gives up when a context is done. */
import type { Expr, FuncNode, Node } from '../syntax/ast.ts';
import { enclosingFunc, parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { flattenFields } from '../golang/walk.ts';
import { isUnshadowed } from './names.ts';

/**
 * The `return` statement for the arm of a select that waits on `done`, at a node of a function:
 * `return` when it has no results or named ones; `return nil, ctx.Err()` when the last result is an `error`, `done` is
 * `ctx.Done()` and the other results have a zero value that can be written down.
 * @param done Go expression, e.g. `ctx.Done()` or `stop`
 * @returns undefined when the results leave no right answer
 */
export function doneReturn(unit: DeclUnit, at: Node, done: string): string | undefined {
  const func = enclosingFunc(parentsOf(unit.decl), at);
  if (!func) return undefined;
  const results = flattenFields(func.type.results);
  if (results.length === 0) return 'return';
  return errorReturn(func, done) ?? nakedReturn(unit, at, func);
}

function errorReturn(func: FuncNode, done: string): string | undefined {
  const results = flattenFields(func.type.results);
  const last = results.at(-1);
  if (!done.endsWith('.Done()') || !last || !isPredeclared(last.type, 'error')) return undefined;
  const zeros = results.slice(0, -1).map((result) => zeroValue(result.type));
  if (zeros.includes(undefined)) return undefined;
  return `return ${[...zeros, done.replace(/\.Done\(\)$/, '.Err()')].join(', ')}`;
}

function nakedReturn(unit: DeclUnit, at: Node, func: FuncNode): string | undefined {
  const names = flattenFields(func.type.results).map((result) => result.name);
  for (const name of names) {
    if (!name) return undefined;
    // Go rejects a bare `return` where a result is hidden by another variable.
    if (name.name !== '_' && !isUnshadowed(unit, at, name.name, (o) => o.func === func && o !== name.obj))
      return undefined;
  }
  return 'return';
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
