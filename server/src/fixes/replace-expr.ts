/** Replaces expressions, and the import a replaced expression was the last user of. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { walk } from '../golang/walk.ts';
import { tidyEdits } from './apply.ts';
import { unusedImportEdits } from './remove-import.ts';

/** Puts `newText` in the place of a node. */
export function replaceNode(unit: DeclUnit, node: { start: number; end: number }, newText: string): FileEdit[] {
  return [{ file: unit.file, start: unit.base + node.start, end: unit.base + node.end, newText }];
}

/**
 * Replaces expressions such as `context.Background()` by another one such as `ctx` or `r.Context()`, and removes the
 * imports that are then unused. `newText` must not need those imports.
 */
export function replaceExprs(unit: DeclUnit, exprs: readonly Expr[], newText: string): FileEdit[] | undefined {
  const edits = exprs.flatMap((expr) => replaceNode(unit, expr, newText));
  for (const name of new Set(exprs.flatMap((expr) => importedNames(unit, expr)))) {
    const path = unit.file.imports.get(name) as string;
    const unused = unusedImportEdits(unit.file, path, edits);
    if (!unused) return undefined;
    edits.push(...unused);
  }
  return tidyEdits(edits);
}

/** Local names of the imports an expression uses. */
function importedNames(unit: DeclUnit, expr: Node): string[] {
  const names: string[] = [];
  walk(expr, (node) => {
    if (node.kind === 'SelectorExpr' && node.x.kind === 'Ident' && !node.x.obj && unit.file.imports.has(node.x.name))
      names.push(node.x.name);
  });
  return names;
}
