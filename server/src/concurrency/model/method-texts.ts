/** What a method does, as its text and those of the helpers that it calls tell. */
import { isExported } from '../../golang/exported.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import { noteDeclaration } from '../../golang/reads.ts';

/** Helpers of helpers that are looked at. */
const MAX_DEPTH = 2;

/** The name of the receiver in the header of a method. */
const RECEIVER = /^func \(\s*(\w+)/;

/**
 * The text of a method or constructor, and behind it those of the unexported methods of the type that it calls, directly or by one
 * another: a type's methods often share one that sends and waits.
 */
export function textWithHelpers(pkg: GoPackage, member: PackageMember, type: string): string {
  noteDeclaration(member.declaration);
  return [member, ...helpersOf(pkg, member, type)].map((m) => m.file.textOf(m.declaration)).join('\n');
}

/** The unexported methods of a type that one of its methods calls on its receiver, or a constructor on any variable, directly or by one another. */
export function helpersOf(
  pkg: GoPackage,
  { file, declaration }: PackageMember,
  type: string,
): ReadonlySet<PackageMember> {
  const found = new Set<PackageMember>();
  const methods = pkg.methods(type);
  const visit = (text: string, depth: number): void => {
    const receiver = RECEIVER.exec(text)?.[1] ?? (depth === 1 ? '\\w+' : undefined);
    if (receiver === undefined) return;
    for (const [, name = ''] of text.matchAll(new RegExp(`\\b${receiver}\\.(\\w+)\\(`, 'g'))) {
      const member = isExported(name) ? undefined : methods.get(name);
      if (!member || found.has(member)) continue;
      noteDeclaration(member.declaration);
      found.add(member);
      if (depth < MAX_DEPTH) visit(member.file.textOf(member.declaration), depth + 1);
    }
  };
  visit(file.textOf(declaration), 1);
  return found;
}
