/** Functions that take a lock or a slot and do not give it back, `l.lock(key)`: told from their text, for those who call them in a loop. */
import type { DeclarationText } from './declaration-text.ts';
import type { GoPackage } from './package.ts';
import type { SourceFile } from './source-file.ts';

/** What is taken, with the name by which it would be given back. */
const TAKES = /\b(\w+)(?: <- (?:struct\{\}\{\}|true)|\.(?:Try)?R?Lock\(\)|\.(?:Try)?Acquire\()/g;

const taking = new WeakMap<DeclarationText, boolean>();
const namesByPackage = new WeakMap<GoPackage, readonly string[]>();

/** Names of functions of a package that seem to keep what they take. They depend on bodies. */
export function takerNames(pkg: GoPackage): readonly string[] {
  let names = namesByPackage.get(pkg);
  if (!names) namesByPackage.set(pkg, (names = [...new Set(pkg.files.flatMap(takersIn))]));
  return names;
}

function takersIn(file: SourceFile): string[] {
  if (file.isTest) return [];
  return file.outline.decls.flatMap((d) => {
    if (d.tok !== 'func') return [];
    const known = file.declarationText(d);
    let takes = taking.get(known);
    if (takes === undefined) taking.set(known, (takes = keeps(known.text)));
    return takes ? d.names : [];
  });
}

function keeps(text: string): boolean {
  return [...text.matchAll(TAKES)].some(
    ([, name]) => !new RegExp(`<-[\\w.]*\\b${name}\\b|\\b${name}\\.(?:R?Unlock|Release)\\(`).test(text),
  );
}

/** Finds functions that call one of these in a loop; undefined for a package without any. */
export function takersInTurnsTest(
  pkg: GoPackage,
): { inFile(text: string): Pick<RegExp, 'test'> | undefined } | undefined {
  const names = takerNames(pkg);
  const own = names.length > 0 ? `|\\b(?:${names.join('|')})\\(` : '';
  const calls = new RegExp(`\\.(?:TryR?Lock|(?:Try)?Acquire)\\(${own}`);
  const inLoop = { test: (text: string) => text.includes(' range ') && text.includes('return') && calls.test(text) };
  return { inFile: (text) => (inLoop.test(text) ? inLoop : undefined) };
}
