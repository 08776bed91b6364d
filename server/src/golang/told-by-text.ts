/** Functions of a package that are told from their text alone. */
import type { DeclarationText } from './declaration-text.ts';
import type { GoPackage } from './package.ts';
import { perPackage } from './per-package.ts';
import type { SourceFile } from './source-file.ts';

/**
 * The names of the functions of a package, those of tests left out, whose text tells something; they depend on bodies. What a text tells is
 * remembered for all versions of its package.
 *
 * @param inFile a file whose text does not match has no such function
 */
export function functionsToldByText(
  tells: (text: string) => boolean,
  inFile?: RegExp,
): (pkg: GoPackage) => readonly string[] {
  const known = new WeakMap<DeclarationText, boolean>();
  const namesIn = (file: SourceFile): string[] => {
    if (file.isTest || inFile?.test(file.text) === false) return [];
    return file.outline.decls.flatMap((d) => {
      if (d.tok !== 'func') return [];
      const text = file.declarationText(d);
      let isTold = known.get(text);
      if (isTold === undefined) known.set(text, (isTold = tells(text.text)));
      return isTold ? d.names : [];
    });
  };
  return perPackage((pkg) => [...new Set(pkg.files.flatMap(namesIn))]);
}
