/** Type assertions that always hold: the value's own interface has all that is asked for. */
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import type { Type } from './types.ts';
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
  const wanted = analysis.types.underlying(analysis.types.resolve(unit, assertion.type));
  const has = analysis.typeOf(unit, assertion.x);
  if (wanted.kind !== 'interface' || !wanted.node || !wanted.unit || wanted.node.embeds.length > 0) return false;
  if (analysis.types.underlying(has).kind !== 'interface') return false;
  const { unit: home, node } = wanted;
  return node.methods.every((m) => {
    const own = analysis.types.members.find(has, m.name.name);
    return own?.kind === 'method' && isSame(own.type, analysis.types.signature(home, m.type));
  });
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
  return a.kind === 'interface' && b.kind === 'interface' && !a.node && !b.node;
}
