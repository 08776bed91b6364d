/** Which declarations of a package contain a word: a package is read once for all questions, not once for each. */
import type { GoPackage, PackageMember } from './package.ts';
import { noteWord } from './reads.ts';

/** The identifiers and keywords in a text, those in comments and strings included, as often as they stand there. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

const NONE: readonly PackageMember[] = [];
const indexes = new WeakMap<GoPackage, Map<string, PackageMember[]>>();

/** The declarations of a package whose text contains an identifier of that name (comments and strings count), in order. */
export function declarationsNaming(pkg: GoPackage, word: string): readonly PackageMember[] {
  noteWord(word);
  let index = indexes.get(pkg);
  if (!index) indexes.set(pkg, (index = build(pkg)));
  return index.get(word) ?? NONE;
}

function build(pkg: GoPackage): Map<string, PackageMember[]> {
  const index = new Map<string, PackageMember[]>();
  for (const file of pkg.files)
    for (const declaration of file.outline.decls) {
      const member = { file, declaration };
      for (const word of wordsOf(file.textOf(declaration))) {
        const members = index.get(word);
        if (!members) index.set(word, [member]);
        else if (members.at(-1) !== member) members.push(member);
      }
    }
  return index;
}
