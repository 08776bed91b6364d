/** Where values come from that are elements of lists and maps: `p` of `for _, p := range b.pumps`, `b.pumps[i]`, and what a method picks there. */
import type { CallExpr, Expr, FuncNode, LocalObject } from '../../syntax/ast.ts';
import { type AccessPath, accessPath, pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { argumentFor, pathOutside } from '../../golang/path-effects.ts';
import { deref, type Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { asCall, isNil, unparen } from '../../golang/walk.ts';

/** The step of a path that leads to some element of a list or map. */
export const ELEMENT = '[]';
/** Variables and functions that a value goes through. */
const MAX_STEPS = 6;

/** The path of an element, with a variable that stands for one followed to the list or map; undefined where it leads to none. */
export function elementPath(analysis: Analysis, unit: DeclUnit, path: AccessPath): AccessPath | undefined {
  const { root, fields } = path;
  const from = typeof root === 'string' ? undefined : ofVariable(analysis, unit, root, 0);
  return from && throughElement({ root: from.root, fields: [...from.fields, ...fields] });
}

/**
 * The path, for who calls a function, of an element that the function finds, as in a loop through `b.pumps`, or is called on: `b.pumps[i].level()`.
 * @param path as the function names it
 */
export function elementOutside(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  body: { unit: DeclUnit; func: FuncNode },
  path: AccessPath,
): AccessPath | undefined {
  const inside = elementPath(analysis, body.unit, path) ?? path;
  const outer = pathOutside(analysis, unit, call, body.func, inside);
  if (outer) return throughElement(outer);
  const from = argumentFor(analysis, unit, call, body.func, inside);
  const found = from && ofExpr(analysis, unit, from, 0);
  return found && throughElement({ root: found.root, fields: [...found.fields, ...inside.fields] });
}

/** The type of what a step leads to. */
export function typeBehind(analysis: Analysis, type: Type, step: string): Type | undefined {
  if (step !== ELEMENT) {
    const found = analysis.types.members.find(type, step);
    return found?.kind === 'field' ? found.type : undefined;
  }
  const many = analysis.types.underlying(type);
  if (many.kind === 'slice' || many.kind === 'array') return many.elem;
  if (many.kind !== 'map') return undefined;
  // Of a set the keys are what it holds.
  return many.key.kind === 'pointer' && deref(many.elem).kind !== 'named' ? many.key : many.elem;
}

function throughElement(path: AccessPath): AccessPath | undefined {
  return path.fields.includes(ELEMENT) ? path : undefined;
}

function ofExpr(analysis: Analysis, unit: DeclUnit, expr: Expr, steps: number): AccessPath | undefined {
  if (steps > MAX_STEPS) return undefined;
  const x = unparen(expr);
  const within = (of: Expr, ...more: string[]): AccessPath | undefined => {
    const path = ofExpr(analysis, unit, of, steps);
    return path && { root: path.root, fields: [...path.fields, ...more] };
  };
  switch (x.kind) {
    case 'Ident':
      return x.obj ? ofVariable(analysis, unit, x.obj, steps) : accessPath(x);
    case 'SelectorExpr':
      return within(x.x, x.sel.name);
    case 'IndexExpr':
      return within(x.x, ELEMENT);
    case 'SliceExpr':
    case 'StarExpr':
      return within(x.x);
    case 'UnaryExpr':
      return x.op === '&' ? within(x.x) : undefined;
    case 'CallExpr':
      return ofResult(analysis, unit, x, 0, steps);
    default:
      return undefined;
  }
}

/** The one place from which a variable takes all that it is given. */
function ofVariable(analysis: Analysis, unit: DeclUnit, object: LocalObject, steps: number): AccessPath | undefined {
  const { role, decl, declNode: d, writes, addressTaken } = object;
  if (addressTaken) return undefined;
  if (role === 'recv' || role === 'param') return writes.length === 0 ? { root: object, fields: [] } : undefined;
  const parents = analysis.parents(unit);
  const found = [decl, ...writes].flatMap((ident) => {
    const stmt = ident === decl ? d : parents.get(ident);
    if (stmt?.kind === 'ValueSpec' && stmt.values.length === 0) return [];
    const value = givenValue(stmt, ident);
    if (value && isNil(value)) return [];
    if (value) return [ofExpr(analysis, unit, value, steps + 1)];
    if (stmt?.kind === 'RangeStmt') {
      const path = ofExpr(analysis, unit, stmt.x, steps + 1);
      return [path && { root: path.root, fields: [...path.fields, ELEMENT] }];
    }
    if (stmt?.kind !== 'AssignStmt' || stmt.rhs.length !== 1) return [undefined];
    const [only] = stmt.rhs.map(unparen);
    const call = only && asCall(only);
    const index = stmt.lhs.indexOf(ident);
    if (call) return [ofResult(analysis, unit, call, index, steps + 1)];
    return [only?.kind === 'IndexExpr' && index === 0 ? ofExpr(analysis, unit, only, steps + 1) : undefined];
  });
  return theSame(found);
}

/** The one path that a called function of the package returns, but for `nil`, as its caller names it. */
function ofResult(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  index: number,
  steps: number,
): AccessPath | undefined {
  const callee = analysis.callee(unit, call);
  const own = callee.dynamic || steps >= MAX_STEPS ? undefined : callee.own;
  if (!own || own.unit.hasError) return undefined;
  const parents = analysis.parents(own.unit);
  const inside = theSame(
    nodesOfKind(own.decl, 'ReturnStmt')
      .filter((r) => enclosingFunc(parents, r) === own.decl)
      .flatMap(({ results }) => {
        const x = results[index];
        return x && isNil(x) ? [] : [x && ofExpr(analysis, own.unit, x, steps + 1)];
      }),
  );
  if (!inside || typeof inside.root === 'string') return inside;
  const from = argumentFor(analysis, unit, call, own.decl, inside);
  const outer = from && ofExpr(analysis, unit, from, steps + 1);
  return outer && { root: outer.root, fields: [...outer.fields, ...inside.fields] };
}

function theSame(paths: readonly (AccessPath | undefined)[]): AccessPath | undefined {
  const [first] = paths;
  return first && paths.every((p) => p && pathKey(p) === pathKey(first)) ? first : undefined;
}
