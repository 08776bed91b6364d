/** Groups of golang.org/x/sync/errgroup that a function makes for itself: all that happens to them is in that function. */
import type { CallExpr, Expr, FuncLit, Ident, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

const PACKAGE = 'golang.org/x/sync/errgroup';

export interface ErrorGroup {
  object: LocalObject;
  /** Calls of `Go` and `TryGo`. */
  launches: readonly CallExpr[];
  /** Calls of `Wait`. */
  waits: readonly CallExpr[];
  /** `errgroup.WithContext(parent)` and the variable, perhaps `_`, that takes the context it makes. */
  derived?: { call: CallExpr; context: Ident };
}

/** The groups of a unit that are used by their methods only: neither stored, returned nor passed on. */
export function errorGroups(analysis: Analysis, unit: DeclUnit): ErrorGroup[] {
  const found: ErrorGroup[] = [];
  for (const ident of nodesOfKind(unit.decl, 'Ident')) {
    const object = ident.obj;
    if (object?.decl !== ident || object.kind !== 'var' || object.role !== 'local') continue;
    const made = madeBy(analysis, unit, object);
    const group = made && groupOf(analysis, unit, object, made);
    if (group) found.push(group);
  }
  return found;
}

/** How a variable comes by a group of its own. */
function madeBy(analysis: Analysis, unit: DeclUnit, object: LocalObject): Pick<ErrorGroup, 'derived'> | undefined {
  const d = object.declNode;
  if (object.writes.length > 0 || object.addressTaken) return undefined;
  if (d.kind === 'ValueSpec' && d.values.length === 0) {
    const t = analysis.objectType(unit, object);
    return t.kind === 'named' && isNamed(t, PACKAGE, 'Group') ? {} : undefined;
  }
  if (d.kind !== 'AssignStmt' && d.kind !== 'ValueSpec') return undefined;
  const targets: readonly Expr[] = d.kind === 'AssignStmt' ? d.lhs : d.names;
  const values = d.kind === 'AssignStmt' ? d.rhs : d.values;
  const index = targets.indexOf(object.decl);
  const [only] = values;
  if (targets.length === 2 && values.length === 1 && only) {
    const call = unparen(only);
    const context = targets[1];
    const isDerived = call.kind === 'CallExpr' && analysis.callee(unit, call).name === `${PACKAGE}.WithContext`;
    return index === 0 && isDerived && context?.kind === 'Ident' ? { derived: { call, context } } : undefined;
  }
  const value = targets.length === values.length ? values[index] : undefined;
  if (!value || !isNamed(analysis.objectType(unit, object), PACKAGE, 'Group')) return undefined;
  return isNew(analysis, unit, value) ? {} : undefined;
}

function isNew(analysis: Analysis, unit: DeclUnit, value: Expr): boolean {
  const x = unparen(value);
  if (x.kind === 'UnaryExpr' && x.op === '&') return isNew(analysis, unit, x.x);
  if (x.kind === 'CompositeLit') return true;
  if (x.kind !== 'CallExpr') return false;
  const { kind, name } = analysis.callee(unit, x);
  return kind === 'builtin' && name === 'new';
}

function groupOf(
  analysis: Analysis,
  unit: DeclUnit,
  object: LocalObject,
  made: Pick<ErrorGroup, 'derived'>,
): ErrorGroup | undefined {
  const parents = analysis.parents(unit);
  const launches: CallExpr[] = [];
  const waits: CallExpr[] = [];
  for (const use of object.uses) {
    const selector = parents.get(use);
    const call = selector && parents.get(selector);
    if (selector?.kind !== 'SelectorExpr' || selector.x !== use) return undefined;
    if (call?.kind !== 'CallExpr' || call.fun !== selector) return undefined;
    const method = selector.sel.name;
    if (method === 'Go' || method === 'TryGo') launches.push(call);
    else if (method === 'Wait') waits.push(call);
    else if (method !== 'SetLimit') return undefined;
  }
  return { object, launches, waits, ...made };
}

/** The literals a group runs; undefined when one of its members is something else. */
export function memberLiterals(group: ErrorGroup): FuncLit[] | undefined {
  const members: FuncLit[] = [];
  for (const { args } of group.launches) {
    const member = args[0] && unparen(args[0]);
    if (member?.kind !== 'FuncLit') return undefined;
    members.push(member);
  }
  return members;
}
