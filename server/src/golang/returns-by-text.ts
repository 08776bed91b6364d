/** Functions that return, told from their text: few never do, and most need not be parsed to see that they are none of them. */
import type { DeclarationText } from './declaration-text.ts';
import type { PackageMember } from './package.ts';
import { noteDeclaration } from './reads.ts';

/** A `return` where a statement can begin. */
const RETURN = /(?:^|[{};])[ \t]*return\b/m;
/** The same in the block of the function itself, as gofmt indents it. */
const OUTER_RETURN = /^\treturn\b/m;
/** These have returns of their own. */
const LITERAL = /\bfunc\b/;
/** In raw strings and comments of several lines anything may begin a line. */
const MISLEADING = /`|\/\*/;

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
    returns = (LITERAL.test(body) ? OUTER_RETURN : RETURN).test(body) && !MISLEADING.test(body);
    known.set(of, returns);
  }
  return returns;
}
