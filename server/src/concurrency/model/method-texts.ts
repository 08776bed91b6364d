/** What a method does, as its text and those of the helpers that it calls tell. */
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';

/** Helpers of helpers that are looked at. */
const MAX_DEPTH = 2;

/** The name of the receiver in the header of a method. */
const RECEIVER = /^func \(\s*(\w+)/;

/**
 * The text of a method or constructor, and behind it those of the unexported methods that it calls, directly or by one another: a
 * type's methods often share one that sends and waits.
 */
export function textWithHelpers(pkg: GoPackage, member: PackageMember, type: string): string {
  noteDeclaration(member.declaration);
  return [member, ...helpersOf(pkg, member, type)].map((m) => m.file.textOf(m.declaration)).join('\n');
}

/**
 * The unexported methods of a type that one of its methods calls on its receiver, or a constructor on any variable, directly or by one
 * another; and those of other types of the package that are the only ones of their name.
 */
export function helpersOf(
  pkg: GoPackage,
  { file, declaration }: PackageMember,
  type: string,
): ReadonlySet<PackageMember> {
  const found = new Set<PackageMember>();
  const visit = (text: string, of: string, depth: number): void => {
    const receiver = RECEIVER.exec(text)?.[1];
    const methods = pkg.methods(of);
    for (const [, variable, name = ''] of text.matchAll(CALLED)) {
      if (isExported(name)) continue;
      const isOwn = variable === receiver || (receiver === undefined && depth === 1 && methods.has(name));
      // Promoted ones are those of another type.
      const member = (isOwn ? methods.get(name) : undefined) ?? onlyOfName(pkg, name);
      if (!member || member.declaration === declaration || found.has(member)) continue;
      noteDeclaration(member.declaration);
      found.add(member);
      if (depth < MAX_DEPTH) visit(member.file.textOf(member.declaration), member.declaration.recv ?? of, depth + 1);
    }
  };
  visit(file.textOf(declaration), type, 1);
  return found;
}

/** A call of a method on a variable or field. */
const CALLED = /\b(\w+)\.(\w+)\(/g;

const receivers = new WeakMap<GoPackage, Map<string, ReadonlySet<string>>>();

/** The method of some type of the package, perhaps one that another type embeds, when no other one has a method of that name. */
export function onlyOfName(pkg: GoPackage, name: string): PackageMember | undefined {
  let ofPackage = receivers.get(pkg);
  if (!ofPackage) receivers.set(pkg, (ofPackage = receiversByMethod(pkg)));
  const [type, ...others] = ofPackage.get(name) ?? [];
  return type === undefined || others.length > 0 ? undefined : pkg.methods(type).get(name);
}

/** The types of a package that have a method of some name. */
function receiversByMethod({ files }: GoPackage): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { recv, names } of files.flatMap((f) => f.outline.decls))
    if (recv !== undefined) for (const name of names) found.set(name, (found.get(name) ?? new Set()).add(recv));
  return found;
}
