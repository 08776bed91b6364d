/** The refactorings that apply to a selection. */
import type { Analysis } from '../golang/analysis.ts';
import { EffortExceeded, withEffort } from '../golang/effort.ts';
import type { GoPackage } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { REFACTORINGS } from '../refactorings/registry.ts';
import type { Refactored, Refactoring, RefactoringContext } from '../refactorings/refactoring.ts';
import { formatMessage } from '../rules/format.ts';
import type { Locale } from '../rules/rule.ts';
import type { RefactoringResult } from './api.ts';
import { changeOf } from './change.ts';
import { MAX_DECLARATION } from './check-file.ts';
import { atLeast, fileVersion } from './levels.ts';

/** Steps (see `golang/effort.ts`) one refactoring may take. */
const EFFORT = 1_000_000;

/** What go.mod says of the package's module, see `PackageInput`. */
interface Module {
  goVersion: string | undefined;
  requires: readonly string[] | undefined;
}

/** In the order of the menu; none where the selection is in no single declaration that parses. */
export function refactoringsAt(
  analysis: Analysis,
  pkg: GoPackage,
  file: SourceFile,
  { start, end }: { start: number; end: number },
  { goVersion, requires, locale }: Module & { locale: Locale },
): RefactoringResult[] {
  const declaration = file.outline.decls.find((d) => d.base <= start && end <= d.end);
  if (!declaration || declaration.end - declaration.base > MAX_DECLARATION) return [];
  const unit = pkg.unit({ file, declaration });
  if (unit.hasError) return [];
  const version = fileVersion(file, goVersion);
  const context: RefactoringContext = {
    analysis,
    unit,
    start: start - unit.base,
    end: end - unit.base,
    goAtLeast: (wanted) => atLeast(version, wanted),
    isRequired: (module) => requires?.includes(module) ?? false,
  };
  return REFACTORINGS.flatMap((refactoring) => {
    const found = attempt(refactoring, context);
    if (!found) return [];
    const title = formatMessage(refactoring.title[locale], found.args ?? {});
    const change = changeOf(file, pkg, found.edits, title, locale);
    return change ? [{ id: refactoring.id, ...change }] : [];
  });
}

/** What takes too much work is not offered. */
function attempt(refactoring: Refactoring, context: RefactoringContext): Refactored | undefined {
  try {
    return withEffort(EFFORT, () => refactoring.find(context));
  } catch (e) {
    if (e instanceof EffortExceeded) return undefined;
    throw e;
  }
}
