/** Functions that get along with a nil argument. */
import type { LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { ancestor } from './parents.ts';
import { flattenFields, isNil } from './walk.ts';

const MAX_DEPTH = 3;

/**
 * True when a visible function compares its `index`-th parameter with nil, never looks at it, or only passes it on to
 * functions that do so.
 */
export function toleratesNil(analysis: Analysis, f: VisibleFunc, index: number, depth = 0): boolean {
  const params = flattenFields(f.decl.type.params);
  const p = params[index];
  if (!p || p.variadic) return false;
  const object = p.name?.obj;
  if (!object || object.uses.length === 0) return true;
  if (comparedWithNil(analysis, f, object)) return true;
  return depth < MAX_DEPTH && object.uses.every((use) => isHarmless(analysis, f, use, depth));
}

function comparedWithNil(analysis: Analysis, f: VisibleFunc, object: LocalObject): boolean {
  const parents = analysis.parents(f.unit);
  return object.uses.some((use) => {
    const p = parents.get(use);
    if (p?.kind === 'BinaryExpr') return (p.op === '==' || p.op === '!=') && (isNil(p.x) || isNil(p.y));
    return (
      p?.kind === 'TypeSwitchStmt' ||
      (p?.kind === 'TypeAssertExpr' && ancestor(parents, p, (n) => n.kind === 'TypeSwitchStmt') !== undefined)
    );
  });
}

function isHarmless(analysis: Analysis, f: VisibleFunc, use: LocalObject['decl'], depth: number): boolean {
  const call = analysis.parents(f.unit).get(use);
  if (call?.kind !== 'CallExpr' || call.fun === use) return false;
  const { visible } = analysis.callee(f.unit, call);
  return visible !== undefined && toleratesNil(analysis, visible, call.args.indexOf(use), depth + 1);
}
