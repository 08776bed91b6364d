/** Functions that return, told from their text: few never do, and most need not be parsed to see that they are none of them. */
import type { DeclarationText } from './declaration-text.ts';
import type { PackageMember } from './package.ts';
import { noteDeclaration } from './reads.ts';

/** A `return` where a statement can begin. */
const RETURN = /(?:^|[{};])[ \t]*return\b/m;
/** Function literals have returns of their own; in raw strings and comments of several lines anything may begin a line. */
const MISLEADING = /\bfunc\b|`|\/\*/;

const known = new WeakMap<DeclarationText, boolean>();

/**
 * True when a function has a `return` statement, of which is taken that something comes to it: one after a `panic` is from times
 * when the compiler asked for it.
 */
export function returnsByText({ file, declaration }: PackageMember): boolean {
  if (declaration.body < 0) return false;
  noteDeclaration(declaration);
  const of = file.declarationText(declaration);
  let returns = known.get(of);
  if (returns === undefined) {
    const body = of.text.slice(declaration.body - declaration.base);
    returns = RETURN.test(body) && !MISLEADING.test(body);
    known.set(of, returns);
  }
  return returns;
}
