/** Functions that name a place, or call those that do: whatever happens to it, they may have done it. */
import type { FuncDecl, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { nodesOfKind } from './node-index.ts';
import type { Place } from './place-stores.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** Functions that call one another and may have to do with the place. */
const MAX_DEPTH = 2;

/** What a mention of a place looks like in any function of the package. */
export function nameOf({ container }: Place): RegExp {
  const x = unparen(container);
  return x.kind === 'SelectorExpr'
    ? new RegExp(`\\.${x.sel.name}\\b`)
    : new RegExp(`(?<![.\\w])${(x as { name?: string }).name ?? ''}\\b`);
}

/** True for code that may mention the place. */
export function isNamedIn(unit: DeclUnit, node: Node, name: RegExp): boolean {
  return name.test(unit.text(node));
}

/** True for code that calls a function which may mention the place, by itself or by what it calls. */
export function callsNaming(
  analysis: Analysis,
  unit: DeclUnit,
  node: FuncDecl | DeclUnit['decl'],
  name: RegExp,
  depth: number,
  except?: FuncDecl,
): boolean {
  return nodesOfKind(node, 'CallExpr').some((call) => {
    const { visible } = analysis.callee(unit, call);
    return visible !== undefined && visible.decl !== except && names(analysis, visible, name, depth);
  });
}

/** True for a function that may mention the place, by itself or by what it calls. */
export function names(analysis: Analysis, { unit, decl }: VisibleFunc, name: RegExp, depth: number): boolean {
  if (isNamedIn(unit, decl, name)) return true;
  return depth < MAX_DEPTH && callsNaming(analysis, unit, decl, name, depth + 1, decl);
}
