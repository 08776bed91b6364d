/** What the engine gives a rule. */
import type { Node } from '../syntax/ast.ts';
import type { Severity } from '../engine/finding.ts';
import type { FileEdit } from '../fixes/file-edit.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { SourceFile } from '../golang/source-file.ts';
import type { DeclUnit } from '../golang/unit.ts';

/** A place: a node of the declaration being checked, or of another one. Offsets of nodes are relative to their own unit. */
export interface Place {
  unit?: DeclUnit;
  node: { start: number; end: number } | Node;
}

export interface FixSpec {
  id: string;
  /** Message id of the title, with its arguments. */
  title: string;
  args?: Record<string, string | number>;
  preferred?: boolean;
  safe?: boolean;
  kind?: 'quickfix' | 'refactor.rewrite';
  /**
   * File offsets, as the builders in `fixes/` make them, in one file of the directory or several. `undefined`: the fix cannot be made right
   * here and is not offered.
   */
  edits: FileEdit[] | undefined;
}

export interface StepSpec extends Place {
  message: string;
  args?: Record<string, string | number>;
}

export interface ReportSpec extends Place, Report {
  steps?: StepSpec[];
}

export interface Report {
  /** Message id. */
  message: string;
  /**
   * A level milder than the rule's, for a finding that matters less than the others of its rule. It counts only while the
   * rule has its default level: a level that the user has set is that of all its findings.
   */
  level?: Severity;
  args?: Record<string, string | number>;
  fixes?: FixSpec[];
}

export interface RuleContext {
  /** The declaration to look at. */
  unit: DeclUnit;
  /** Types, control flow graphs, summaries: everything known about the package. */
  analysis: Analysis;
  /** True when the file's Go language version is at least `version` ("1.22"). An unknown version counts as the newest. */
  goAtLeast(version: string): boolean;
  /** 1-based line number of a place, for use in messages. */
  line(place: Place): number;
  report(spec: ReportSpec): void;
}

/** A comment, or names of rules in it, for which there was nothing to silence. */
export interface UnusedSuppression {
  /** File offsets of the comment. */
  start: number;
  end: number;
  /** The comment stands on a line of its own. */
  ownLine: boolean;
  /** All rules it names, in order, and those of which no finding was there. */
  rules: readonly string[];
  unused: readonly string[];
}

/** What the engine gives a rule that looks at comments. */
export interface SuppressionContext {
  file: SourceFile;
  suppressions: readonly UnusedSuppression[];
  /** Reports a range of the file. */
  report(range: { start: number; end: number }, spec: Report): void;
}
