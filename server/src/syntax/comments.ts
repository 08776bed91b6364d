/** Comments that mean something to tools: directives, and what stands above the package clause. */
import { goBuildVersion, isForOldGo, isIgnored } from './build-constraint.ts';
import { BOM, CR, LF, SPACE, TAB } from './chars.ts';
import type { Directive, Outline } from './declarations.ts';

const DIRECTIVE = /(?:hygiene:|nolint(?![\p{L}\p{N}_-])|lint:(?:file-)?ignore )/uy;
const GENERATED = /^\/\/ Code generated .* DO NOT EDIT\.$/;
const BUILD = /^\/\/go:build\s/;
const PLUS_BUILD = /^\/\/\s*\+build\s+(?!.*\s\S)/;

/** The directive in the `//` comment from `start` to its line break at `stop`. */
export function directiveAt(text: string, start: number, stop: number): Directive | undefined {
  const first = text.charCodeAt(start + 2);
  // h, l, n: the first letters of directives; most comments are told apart without a regular expression.
  if (first !== 104 && first !== 108 && first !== 110) return undefined;
  DIRECTIVE.lastIndex = start + 2;
  if (!DIRECTIVE.test(text)) return undefined;
  const end = withoutCr(text, stop);
  let before = start - 1;
  while (text.charCodeAt(before) === SPACE || text.charCodeAt(before) === TAB) before--;
  const ownLine = before < 0 || text.charCodeAt(before) === LF || text.charCodeAt(before) === BOM;
  return { text: text.slice(start + 2, end), start, end, ownLine };
}

/** Notes in `outline` what a `//` comment above the package clause says about the file. */
export function readHeaderComment(text: string, start: number, stop: number, outline: Outline): void {
  const line = text.slice(start, withoutCr(text, stop));
  if (GENERATED.test(line)) outline.generated = true;
  const constraint = BUILD.exec(line) ?? PLUS_BUILD.exec(line);
  const expression = constraint && line.slice(constraint[0].length);
  if (expression && isIgnored(expression)) outline.ignored = true;
  if (expression && isForOldGo(expression)) outline.forOldGo = true;
  if (outline.goBuildVersion !== undefined || !BUILD.test(line)) return;
  const version = goBuildVersion(line.slice('//go:build'.length));
  if (version !== undefined) outline.goBuildVersion = version;
}

function withoutCr(text: string, stop: number): number {
  return text.charCodeAt(stop - 1) === CR ? stop - 1 : stop;
}
