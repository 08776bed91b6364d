/** What stands behind the methods of interfaces that a package declares. */
import type { CallExpr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { spend } from './effort.ts';
import type { DeclUnit } from './unit.ts';
import { calledName } from './walk.ts';

/**
 * The methods of the package's own types, tests apart, that a call by an interface of the package may run. Others may implement that as well,
 * under the same contract. Empty where the call is none of these, or where not all of the methods are seen.
 */
export function implementations(analysis: Analysis, unit: DeclUnit, call: CallExpr, callee: Callee): VisibleFunc[] {
  const { pkg } = unit;
  const type = callee.dynamic && callee.recv ? analysis.typeOf(unit, callee.recv) : undefined;
  if (type?.kind !== 'named' || type.local || type.pkg !== pkg.path) return [];
  const u = analysis.types.underlying(type);
  if (u.kind !== 'interface' || !u.node || u.node.embeds.length > 0) return [];
  const wanted = u.node.methods.map(({ name }) => name.name);
  const found: VisibleFunc[] = [];
  for (const file of pkg.files) {
    if (file.isTest) continue;
    spend(file.outline.decls.length);
    for (const { tok, names } of file.outline.decls)
      for (const name of tok === 'type' ? names : []) {
        const methods = pkg.methods(name);
        const method = wanted.every((m) => methods.has(m)) ? methods.get(calledName(call)) : undefined;
        if (!method) continue;
        const visible = analysis.types.declarationOf(pkg, method);
        if (!visible) return [];
        found.push(visible);
      }
  }
  return found;
}
