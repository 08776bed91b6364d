/** What every output format implements. */
import type { FileResult } from '../engine/api.ts';
import type { Finding, Severity } from '../engine/finding.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import type { SourceReader } from './sources.ts';

export interface ReportOptions {
  /** Absolute directory that paths in the report are relative to. */
  root: string;
  /** The tool's own version. */
  version: string;
  rules: readonly Rule[];
  locale: Locale;
  /** Reads the text of a file again, for code frames and line contents. */
  sources: SourceReader;
}

export interface ReportSummary {
  /** Go files looked at. */
  files: number;
  /** Unsuppressed findings in the report. */
  counts: Record<Severity, number>;
  suppressed: number;
  notices: number;
  filesWithFindings: number;
  /** False when something kept the scan from being complete. */
  successful: boolean;
}

/** Both methods return what is to be written; formats that need everything at once return it at the end. */
export interface Reporter {
  /** One file's findings (suppressed ones included) and notices; called in the order of the report. */
  file(result: FileResult): Promise<string>;
  end(summary: ReportSummary): Promise<string>;
}

/** Findings of a file by place, then rule: the order of every report. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1));
}
