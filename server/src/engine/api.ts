/**
 * The engine's contract with its callers (`workspace/`, `cli/`, `lsp/`). Text in, findings out; no I/O.
 * Implemented in `engine.ts`.
 */
import type { ModelStatistics } from '../concurrency/model/statistics.ts';
import type { Change, Finding, Level, Notice, Severity } from './finding.ts';
import type { OwnResource } from '../golang/own-names.ts';
import type { Goroutine } from './goroutines.ts';
import type { Locale } from '../rules/rule.ts';

export interface GoFile {
  /** Absolute path or URI; only compared and echoed. */
  path: string;
  text: string;
}

/** Packages of the workspace besides the one that is analysed, for those that it imports. */
export interface Imports {
  /**
   * The Go files of a package by its import path, without tests: the same array as long as none of them changes. Undefined for a package
   * that is not in the workspace, or whose files are not there yet.
   */
  files(importPath: string): readonly GoFile[] | undefined;
  /** True when a package of that import path would be in the workspace, if there is one. */
  covers(importPath: string): boolean;
  /** What such a package imports itself, without its tests. Undefined for one that is not in the workspace, or where it cannot be told at once. */
  importsOf(importPath: string): ReadonlySet<string> | undefined;
}

/** Settings after files, editor settings and defaults were merged. */
export interface EngineSettings {
  /** Levels set by the user, by rule id. Rules not named have their default. */
  levels: Record<string, Level>;
  locale: Locale;
  /** Analyse `// Code generated` files too. */
  includeGenerated: boolean;
  /** Leave rules whose metadata names an overlap with one of these tools to them: `go vet`, `staticcheck`. */
  leaveTo: string[];
  /** What functions of the user's own libraries acquire. */
  resources?: readonly OwnResource[];
  /** Findings below this level are not wanted: rules that can give no others do not run. Absent: all are wanted. */
  least?: Severity;
}

export interface PackageInput {
  /** All Go files of one directory, tests included. */
  files: GoFile[];
  /** Paths to report on; all files when absent. */
  targets?: string[];
  /**
   * Of these, files for which `mayMatter` said no: what rules look for by themselves is not searched for again. They are there because
   * of `mayMatterToOthers`.
   */
  plain?: string[];
  /** `go` directive of the nearest go.mod, e.g. `1.22`; absent when unknown. */
  goVersion?: string;
  /** Paths of the modules that the nearest go.mod requires directly; absent when unknown. */
  requires?: readonly string[];
  /** Import path of the directory when known. */
  importPath?: string;
  /** Where packages that the files import are found; asked as far as the analysis needs them. */
  imports?: Imports;
  /** Say of every goroutine how it ends, too. */
  goroutines?: boolean;
}

export interface FileResult {
  path: string;
  findings: Finding[];
  notices: Notice[];
  /** In source order; present when asked for and there are any. */
  goroutines?: Goroutine[];
}

/** A refactoring that applies somewhere. */
export interface RefactoringResult extends Change {
  id: string;
  /** Localised title shown in the menu. */
  title: string;
}

export interface EngineStatistics {
  files: number;
  filesAnalysed: number;
  declarations: number;
  declarationsParsed: number;
  bytes: number;
  /** Milliseconds per rule, when timing was asked for. */
  ruleMs: Record<string, number>;
  /** What exploring interleavings cost. */
  model: ModelStatistics;
}

export interface Engine {
  /**
   * Analyse one directory. Never throws for any text; a declaration on which a rule fails yields a notice.
   * Declarations whose text is unchanged since the last call for the same path are not parsed again.
   */
  analyze(input: PackageInput, settings: EngineSettings): FileResult[];
  /** The goroutines that the targets start and how they end, without findings. Throws as little as `analyze`. */
  goroutines(input: PackageInput, settings: EngineSettings): Goroutine[];
  /**
   * The refactorings that apply to a range of one of the files, in UTF-16 offsets of it; both are equal for a cursor. Throws as
   * little as `analyze`.
   */
  refactorings(
    input: PackageInput,
    settings: EngineSettings,
    at: { path: string; start: number; end: number },
  ): RefactoringResult[];
  /**
   * True when there may be something to say about the text: it contains what a rule that runs looks for, or is not well formed. Other
   * files need not be analysed (they still count as package files).
   */
  mayMatter(text: string, settings: EngineSettings): boolean;
  /** True when there may be something to say about other files of a package because of what a file with this text declares. */
  mayMatterToOthers(text: string, settings: EngineSettings): boolean;
  /** Forget cached declarations of a file (closed or deleted). */
  forget(path: string): void;
  readonly statistics: EngineStatistics;
}

export interface EngineOptions {
  /** Measure the time each rule takes, and that for each function whose interleavings are explored. */
  timing?: boolean;
  /** Keep tree-sitter trees of recent declarations, so that edited ones are parsed incrementally: for editors. */
  incremental?: boolean;
}

/** `createEngine` in `engine.ts` has this type. wasm bytes come from the entry point; resolves when the parser is ready. */
export type CreateEngine = (
  wasm: { runtime: Uint8Array; grammar: Uint8Array },
  options?: EngineOptions,
) => Promise<Engine>;
