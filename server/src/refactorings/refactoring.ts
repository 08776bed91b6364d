/** What a refactoring is: an edit that somebody asks for at a place, where nothing needs to be wrong. */
import type { FileEdit } from '../fixes/file-edit.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { Localized } from '../rules/rule.ts';

/** Where it was asked for. */
export interface RefactoringContext {
  analysis: Analysis;
  /** The declaration that is selected; it parses. */
  unit: DeclUnit;
  /** The selection, in offsets of the declaration; both are equal for a cursor. */
  start: number;
  end: number;
  /** True when the file's Go language version is at least `version`. An unknown version counts as the newest. */
  goAtLeast(version: string): boolean;
  /** True when go.mod is known to require a module directly. */
  isRequired(module: string): boolean;
}

export interface Refactoring {
  /** kebab-case. */
  id: string;
  /** With `{name}` placeholders. */
  title: Localized;
  /**
   * The edits, in files of the package, and what the title says of them. Undefined where it does not apply, or cannot be made
   * right. Must not throw on any input.
   */
  find(context: RefactoringContext): Refactored | undefined;
}

export interface Refactored {
  edits: FileEdit[];
  args?: Record<string, string>;
}

/** Identity function that gives a refactoring its type. */
export function defineRefactoring(refactoring: Refactoring): Refactoring {
  return refactoring;
}

/** True when the selection touches a range of the declaration. */
export function touches({ start, end }: RefactoringContext, range: { start: number; end: number }): boolean {
  return start <= range.end && range.start <= end;
}
