/** Removes an import whose last use an edit takes away: Go does not compile unused imports. */
import type { TextEdit } from '../engine/finding.ts';
import { inFile, type FileEdit } from './file-edit.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { ImportDecl, ImportSpec } from '../syntax/declarations.ts';
import { isFirstOnLine, isLastOnLine, lineEnd, lineStart, nextLine } from './source-lines.ts';

/**
 * Edits that remove the import of `path` when every use of it lies inside `removed`.
 * @param removed parts of the file that another edit of the same fix removes or replaces, as file offsets
 * @returns no edits while the import is still needed, or when it has no name (`_`, `.`); undefined when it would have to
 * be removed but shares its line with something else
 */
export function unusedImportEdits(
  file: SourceFile,
  path: string,
  removed: readonly { start: number; end: number }[],
): FileEdit[] | undefined {
  const name = [...file.imports].find(([, imported]) => imported === path)?.[0];
  if (name === undefined) return [];
  const used = qualifierUses(file, name).some((at) => !removed.some((r) => r.start <= at && at < r.end));
  if (used) return [];
  for (const decl of file.outline.imports) {
    const spec = decl.specs.find((s) => s.path === path && s.name !== '_' && s.name !== '.');
    const edits = spec && removeSpec(file.text, decl, spec);
    if (spec) return edits && inFile(file, edits);
  }
  return [];
}

/** The only import of a file, of `path`, becomes one of another package. Undefined when there are others. */
export function replaceOnlyImport(file: SourceFile, path: string, by: string): FileEdit[] | undefined {
  const [spec, ...more] = file.outline.imports.flatMap(({ specs }) => specs);
  if (spec?.path !== path || more.length > 0) return undefined;
  return [{ file, start: spec.start, end: spec.end, newText: JSON.stringify(by) }];
}

/** Comments, strings, runes; then a word with what stands around it. Enough to tell code from the rest. */
const TOKENS =
  /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*(?=\s*\.)/gu;

const uses = new WeakMap<SourceFile, Map<string, number[]>>();

/** Offsets where `name.` is written in code. The file is read once for all its findings. */
function qualifierUses(file: SourceFile, name: string): readonly number[] {
  let byName = uses.get(file);
  if (!byName) {
    uses.set(file, (byName = new Map()));
    for (const { 0: word, index } of file.text.matchAll(TOKENS)) {
      if (!file.imports.has(word)) continue;
      const offsets = byName.get(word);
      if (offsets) offsets.push(index);
      else byName.set(word, [index]);
    }
  }
  return byName.get(name) ?? [];
}

function removeSpec(text: string, decl: ImportDecl, spec: ImportSpec): TextEdit[] | undefined {
  const { start, end } = decl.specs.length === 1 ? decl : spec;
  return isFirstOnLine(text, start) && isLastOnLine(text, end) ? [removeLines(text, start, end)] : undefined;
}

/** The lines of a range; with the blank line below when there is one above (or the start of a group), as gofmt would. */
function removeLines(text: string, start: number, end: number): TextEdit {
  const first = lineStart(text, start);
  let next = nextLine(text, end);
  const above = first === 0 ? '' : text.slice(lineStart(text, first - 1), lineEnd(text, first - 1)).trim();
  const below = text.slice(next, lineEnd(text, next)).trim();
  if ((above === '' || above.endsWith('(')) && below === '' && next < text.length) next = nextLine(text, next);
  if (below === ')' && above === '') return { start: lineStart(text, first - 1), end: next, newText: '' };
  return { start: first, end: next, newText: '' };
}
