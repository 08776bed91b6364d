/**
 * Resources that go straight into a field of a struct which the function has made for itself: `p := pacer{tick: time.NewTicker(d)}`,
 * `cmd.ctx, cmd.cancel = context.WithTimeout(ctx, d)`. As long as the struct stays in the function, so does what it holds.
 */
import type { CallExpr, CompositeLit, Expr, Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isOwnUntil } from './fresh-values.ts';
import { ancestor, enclosingFunc, type ParentMap } from './parents.ts';
import { type Acquisition, cfgNode, type Destination, releaseSpec } from './resources.ts';
import { runningFunc } from './running-func.ts';
import { deref } from './types.ts';
import { useEffect } from './uses.ts';
import { contains, unparen } from './walk.ts';

/** An acquisition that a local variable holds in a field of its. */
export interface Held extends Acquisition {
  destination: Extract<Destination, { kind: 'variable' }>;
}

/**
 * The same acquisition as one of the struct, to be released by way of its field; undefined where the struct may be somebody else's by
 * then, or is used where it cannot be followed. What a function of the package gives with the resource in it is one already.
 */
export function heldByStruct(analysis: Analysis, a: Acquisition): Held | undefined {
  if (a.acquires.carried) return a.destination.kind === 'variable' ? { ...a, destination: a.destination } : undefined;
  if (a.destination.kind !== 'elsewhere' || a.acquires.via !== undefined) return undefined;
  const place = a.destination.target ? assignedPlace(a) : literalPlace(analysis, a);
  if (!place) return undefined;
  const { ident, object, field, stmt } = place;
  const type = deref(analysis.objectType(a.unit, object));
  // Of what another package's type does with its fields nothing is seen.
  if (type.kind !== 'named' || type.pkg !== a.unit.pkg.path) return undefined;
  const held: Held = {
    ...a,
    stmt,
    acquires: { ...a.acquires, via: field, carried: true },
    destination: { kind: 'variable', ident, object },
  };
  return isOwn(analysis, held, object) ? held : undefined;
}

interface Place {
  ident: Ident;
  object: LocalObject;
  field: string;
  stmt: Acquisition['stmt'];
}

/** `cmd.cancel = …` */
function assignedPlace({ destination, stmt }: Acquisition): Place | undefined {
  const target = destination.kind === 'elsewhere' && destination.target ? unparen(destination.target) : undefined;
  const ident = target?.kind === 'SelectorExpr' ? unparen(target.x) : undefined;
  if (target?.kind !== 'SelectorExpr' || ident?.kind !== 'Ident' || !ident.obj || stmt?.kind !== 'AssignStmt')
    return undefined;
  return { ident, object: ident.obj, field: target.sel.name, stmt };
}

/** `p := pacer{tick: time.NewTicker(d)}` */
function literalPlace(analysis: Analysis, { unit, call, acquires }: Acquisition): Place | undefined {
  if (acquires.result !== 0) return undefined;
  const parents = analysis.parents(unit);
  const found = literalFieldOf(analysis, unit, parents, call);
  let value: Node | undefined = found?.literal;
  for (let p = value && parents.get(value); p; p = parents.get(p)) {
    if (p.kind !== 'ParenExpr' && !(p.kind === 'UnaryExpr' && p.op === '&')) break;
    value = p;
  }
  const stmt = value && parents.get(value);
  if (!found || (stmt?.kind !== 'AssignStmt' && stmt?.kind !== 'ValueSpec')) return undefined;
  if (stmt.kind === 'AssignStmt' && stmt.op !== ':=') return undefined;
  const [targets, values] = stmt.kind === 'AssignStmt' ? [stmt.lhs, stmt.rhs] : [stmt.names, stmt.values];
  const ident = targets.length === values.length ? targets[values.indexOf(value as Expr)] : undefined;
  if (ident?.kind !== 'Ident' || !ident.obj || ident.obj.decl !== ident) return undefined;
  return { ident, object: ident.obj, field: found.field, stmt };
}

/** The literal of a struct that a call is an element of, and the field that it fills. */
export function literalFieldOf(
  analysis: Analysis,
  unit: Acquisition['unit'],
  parents: ParentMap,
  call: CallExpr,
): { literal: CompositeLit; field: string } | undefined {
  const parent = parents.get(call);
  const pair = parent?.kind === 'KeyValueExpr' && parent.value === call ? parent : undefined;
  const literal = pair ? parents.get(pair) : parent;
  if (literal?.kind !== 'CompositeLit') return undefined;
  const struct = analysis.types.underlying(deref(analysis.typeOf(unit, literal)));
  if (struct.kind !== 'struct') return undefined;
  if (pair) return pair.key.kind === 'Ident' ? { literal, field: pair.key.name } : undefined;
  const field = struct.node.fields.flatMap((f) => f.names)[literal.elts.indexOf(call)];
  return field && struct.node.fields.every((f) => f.names.length > 0) ? { literal, field: field.name } : undefined;
}

/** True for a variable that holds nothing but a struct which nobody else has when the resource goes into it. */
function isOwn(analysis: Analysis, a: Held, object: LocalObject): boolean {
  const { unit, call } = a;
  const spec = releaseSpec(a.acquires);
  if (object.func !== a.func || !isOwnUntil(analysis, unit, object, a.stmt ?? call, spec)) return false;
  const parents = analysis.parents(unit);
  const { where } = analysis.cfg(unit, a.func);
  const around = ancestor(parents, call, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || n === a.func);
  const isRepeated = around !== undefined && around !== a.func && !contains(around, object.decl);
  return object.uses.every((use) => {
    // A literal that runs later goes on with the struct.
    if (enclosingFunc(parents, use) !== a.func && runningFunc(parents, use) !== a.func) return false;
    if (a.stmt && contains(a.stmt, use)) return true;
    const effect = useEffect(analysis, unit, use, object, spec);
    if (effect === 'neutral') return true;
    // A call that is deferred before may find the field filled when it runs.
    if (use.start < call.start) return effect === 'release' && cfgNode(where, parents, use)?.kind !== 'DeferStmt';
    return !isRepeated || effect === 'release';
  });
}
