/** Which function of the workspace gives what a call through an interface does. */
import type { Analysis } from './analysis.ts';
import type { Callee, VisibleFunc } from './callee.ts';
import { deref, type SignatureType, type Type } from './types.ts';

/**
 * The method behind a call by an interface that gives a struct which only another package can fill: the only one there of that name and signature. A value
 * of such a type comes from nowhere else, whoever implements the interface.
 */
export function onlyGiver(analysis: Analysis, { name, dynamic, signature }: Callee): VisibleFunc | undefined {
  if (!dynamic || signature?.kind !== 'func') return undefined;
  const method = name.slice(name.lastIndexOf('.') + 1);
  for (const result of signature.results) {
    const type = result.kind === 'pointer' ? deref(result) : undefined;
    if (type?.kind !== 'named' || type.local || type.pkg === '') continue;
    const pkg = analysis.program.package(type.pkg);
    if (!pkg || pkg.isStub || !pkg.hasMethodNamed(method)) continue;
    if (analysis.types.underlying(type).kind !== 'struct') continue;
    const members = pkg.files.flatMap((file) =>
      file.outline.decls.flatMap((declaration) =>
        declaration.recv !== undefined && declaration.body >= 0 && declaration.names.includes(method)
          ? [{ file, declaration }]
          : [],
      ),
    );
    const found = members.flatMap((member): VisibleFunc[] => {
      const unit = pkg.unit(member);
      const { decl } = unit;
      if (unit.hasError || decl.kind !== 'FuncDecl') return [];
      const given = analysis.types.signature(unit, decl.type);
      return given.kind === 'func' && isSameSignature(given, signature) ? [{ unit, decl }] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

function isSameSignature(a: SignatureType, b: SignatureType): boolean {
  return a.variadic === b.variadic && areSame(a.params, b.params) && areSame(a.results, b.results);
}

function areSame(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((t, i) => isSame(t, b[i] as Type));
}

/** False as well for what is compared in no other way than by its structure. */
function isSame(a: Type, b: Type): boolean {
  if (a.kind === 'basic') return b.kind === 'basic' && a.name === b.name;
  if (a.kind === 'pointer' || a.kind === 'slice') return b.kind === a.kind && isSame(a.elem, b.elem);
  if (a.kind !== 'named' || b.kind !== 'named' || a.local || b.local) return false;
  return a.pkg === b.pkg && a.name === b.name && areSame(a.args, b.args);
}
