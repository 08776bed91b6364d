/** What the engine hands out: plain, serialisable data. Offsets are UTF-16 offsets in the file named by `path`. */

export type Severity = 'error' | 'warning' | 'information' | 'hint';
/** From the gravest on. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** True when `severity` is as grave as `threshold` or graver. */
export function isAsGraveAs(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** A rule's configured level. */
export type Level = Severity | 'off';

export interface Position {
  /** 0-based line. */
  line: number;
  /** 0-based UTF-16 code unit in the line. */
  character: number;
}
export interface Range {
  start: Position;
  end: Position;
}
export interface TextEdit {
  start: number;
  end: number;
  newText: string;
}

/** Edits of one file, sorted and not overlapping. */
export interface FileEdits {
  path: string;
  edits: TextEdit[];
}

/** Edits that belong together: all of them are made, or none. */
export interface Change {
  /** In the file it was asked for, or that of the finding, sorted and not overlapping. None where all that has to change is in other files. */
  edits: TextEdit[];
  /** Edits of other files of the directory. Absent where there are none. */
  elsewhere?: FileEdits[];
}

/** One way to repair a finding. */
export interface Fix extends Change {
  /** Stable kebab-case name of the kind of fix, e.g. `defer-cancel`. */
  id: string;
  /** Localised title shown in the menu. */
  title: string;
  kind: 'quickfix' | 'refactor.rewrite';
  /** The one fix most people want. At most one per finding. */
  preferred: boolean;
  /** Cannot change what a correct program does: part of `source.fixAll`. */
  safe: boolean;
}

/** The edits of a change by file, that of the finding first. */
export function editsByFile({ path }: { path: string }, { edits, elsewhere = [] }: Change): FileEdits[] {
  return edits.length > 0 ? [{ path, edits }, ...elsewhere] : elsewhere;
}

/** One step of the way to the leak, shown as related information. */
export interface WitnessStep {
  path: string;
  start: number;
  end: number;
  range: Range;
  message: string;
}

export interface Finding {
  rule: string;
  messageId: string;
  /** Localised; plain text. */
  message: string;
  severity: Severity;
  path: string;
  start: number;
  end: number;
  range: Range;
  steps: WitnessStep[];
  fixes: Fix[];
  /** Set when a comment silences it; such findings are kept for SARIF and for unused-suppression checks. */
  suppressed?: { reason: string; kind: 'hygiene' | 'nolint' | 'lint' };
}

/** Something about a file that is not a rule's finding: not UTF-8, unbalanced, too large, quarantined. */
export interface Notice {
  path: string;
  severity: Severity;
  /** kebab-case, e.g. `invalid-utf8`. */
  code: string;
  message: string;
  /** Where in the file, when it is about one place. */
  range?: Range;
}
