/** Interfaces that have all the methods of another: type assertions between them always hold. */
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import type { InterfaceType_, Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/**
 * True for the branch on which the `ok` of `v, ok := x.(I)` is false although every value of the type of `x` is an `I`. That
 * `x` is nil is left out: it has the methods of an interface to be called.
 */
export function isFailedCertainty(analysis: Analysis, unit: DeclUnit, edge: Edge): boolean {
  const ok = edge.kind === 'false' && edge.cond ? unparen(edge.cond) : undefined;
  if (ok?.kind !== 'Ident' || !ok.obj || ok.obj.writes.length > 0 || ok.obj.addressTaken) return false;
  const { declNode, decl } = ok.obj;
  if (declNode.kind !== 'AssignStmt' || declNode.lhs.length !== 2 || declNode.lhs[1] !== decl) return false;
  const [value] = declNode.rhs;
  const assertion = value && unparen(value);
  if (assertion?.kind !== 'TypeAssertExpr' || !assertion.type) return false;
  const has = analysis.typeOf(unit, assertion.x);
  return (
    analysis.types.underlying(has).kind === 'interface' &&
    hasAllOf(analysis, has, analysis.types.resolve(unit, assertion.type))
  );
}

/** Embedded interfaces that are followed one into the other. */
const MAX_EMBEDDING = 5;

/** True when a type certainly has every method of an interface that has some. */
export function hasAllOf(analysis: Analysis, has: Type, wanted: Type, depth = 0): boolean {
  const { types } = analysis;
  const u = types.underlying(wanted);
  if (u.kind !== 'interface' || !u.node || !u.unit || depth > MAX_EMBEDDING) return false;
  const { unit, node } = u;
  if (node.methods.length + node.embeds.length === 0) return false;
  const hasMethods = node.methods.every((m) => {
    const own = types.members.find(has, m.name.name);
    return own?.kind === 'method' && isSame(own.type, types.signature(unit, m.type));
  });
  return hasMethods && node.embeds.every((e) => hasAllOf(analysis, has, types.resolve(unit, e), depth + 1));
}

/** True for types that are certainly the same. */
function isSame(a: Type, b: Type): boolean {
  const same = (x: readonly Type[], y: readonly Type[]): boolean =>
    x.length === y.length && x.every((t, n) => isSame(t, y[n] as Type));
  if (a.kind === 'named' && b.kind === 'named')
    return a.pkg === b.pkg && a.name === b.name && !a.local && !b.local && same(a.args, b.args);
  if (a.kind === 'basic' && b.kind === 'basic') return a.name === b.name;
  if ((a.kind === 'pointer' && b.kind === 'pointer') || (a.kind === 'slice' && b.kind === 'slice'))
    return isSame(a.elem, b.elem);
  if (a.kind === 'func' && b.kind === 'func')
    return a.variadic === b.variadic && same(a.params, b.params) && same(a.results, b.results);
  return a.kind === 'interface' && b.kind === 'interface' && isAny(a) && isAny(b);
}

function isAny({ node }: InterfaceType_): boolean {
  return !node || node.methods.length + node.embeds.length === 0;
}
