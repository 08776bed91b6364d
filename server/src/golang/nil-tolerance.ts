/** Functions that get along with a nil argument. */
import type { LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { nodesOfKind } from './node-index.ts';
import { ancestor } from './parents.ts';
import { isContext } from './types.ts';
import { baseIdent, flattenFields, isNil } from './walk.ts';

const MAX_DEPTH = 3;

type Question = (analysis: Analysis, f: VisibleFunc, index: number, depth?: number) => boolean;

/** True when what a call runs can be seen, and `holds` for it or for one of the declarations of which it runs one. */
export function holdsForCallee(analysis: Analysis, callee: Callee, index: number, holds: Question): boolean {
  const { visible } = callee;
  return visible ? holds(analysis, visible, index) : (callee.twins?.some((f) => holds(analysis, f, index)) ?? false);
}

/** True when a visible method also waits for the end of a context that its receiver has: that one ends it. */
export function watchesOwnContext(analysis: Analysis, { unit, decl }: VisibleFunc): boolean {
  const recv = decl.recv?.names[0]?.obj;
  if (!recv || !decl.body) return false;
  return nodesOfKind(decl, 'CallExpr').some((c) => {
    if (c.fun.kind !== 'SelectorExpr' || c.fun.sel.name !== 'Done' || c.fun.x.kind !== 'SelectorExpr') return false;
    return baseIdent(c.fun.x)?.obj === recv && isContext(analysis.typeOf(unit, c.fun.x));
  });
}

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
  return depth < MAX_DEPTH && object.uses.every((use) => isPassedOn(analysis, f, use, depth));
}

/** True when a visible method compares its receiver with nil, or never looks at it: it may be called on a nil pointer. */
export function receiverToleratesNil(analysis: Analysis, f: VisibleFunc): boolean {
  const object = f.decl.recv?.names[0]?.obj;
  if (!f.decl.body) return false;
  return !object || object.uses.length === 0 || comparedWithNil(analysis, f, object);
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

/** True when a use passes the parameter on to a visible function that tolerates nil there. */
function isPassedOn(analysis: Analysis, f: VisibleFunc, use: LocalObject['decl'], depth: number): boolean {
  const call = analysis.parents(f.unit).get(use);
  if (call?.kind !== 'CallExpr' || call.fun === use) return false;
  const { visible } = analysis.callee(f.unit, call);
  return visible !== undefined && toleratesNil(analysis, visible, call.args.indexOf(use), depth + 1);
}
