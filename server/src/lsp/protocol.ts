/**
 * Requests and notifications beyond the Language Server Protocol: names and payloads, shared by server and client.
 * This file imports nothing, so that either side can bundle it alone.
 */

/** Client → server: analyse whole folders. Carries a `workDoneToken`; cancel through it or with `$/cancelRequest`. */
export const ScanRequest = 'goroutineHygiene/scan';
export interface ScanParams {
  /** URIs of folders to scan; all workspace folders when absent. */
  folders?: string[];
  workDoneToken?: string | number;
}
export interface ScanSkipped {
  uri: string;
  reason: string;
}
export interface ScanResult {
  /** Go files looked at. */
  files: number;
  /** Unsuppressed findings in them. */
  findings: number;
  durationMs: number;
  /** True when the scan was stopped early; what was found until then stays published. */
  cancelled: boolean;
  skipped: ScanSkipped[];
}

/** Client → server: take the published results of scans back. No parameters, result null. */
export const ClearScanRequest = 'goroutineHygiene/clearScan';

/** Server → client notification. */
export const StatusNotification = 'goroutineHygiene/status';
export interface StatusParams {
  state: 'ready' | 'scanning' | 'error';
  /** Localised text for people. */
  message?: string;
}

/** Server → client: bytes of a file the server cannot read by itself; null when there is none. */
export const ReadFileRequest = 'goroutineHygiene/readFile';
export interface ReadFileParams {
  uri: string;
}
export type ReadFileResult = { base64: string } | null;

// Server → client: URIs of the files of a folder that match a glob relative to it, e.g. `*.go` or `**/*.go`.
export const FindFilesRequest = 'goroutineHygiene/findFiles';
export interface FindFilesParams {
  /** URI of the folder. */
  folder: string;
  pattern: string;
}
export type FindFilesResult = string[];

/** `initializationOptions`; every field is optional. */
export interface InitializationOptions {
  /** Language of messages when the setting `goroutineHygiene.locale` does not name one. */
  locale?: string;
  /** URI of the folder that holds the rule pages, `<rule>.md` and `zh-cn/<rule>.md`; absent: diagnostics carry no link. */
  docsBase?: string;
  /** The client shows message and steps of a diagnostic in hovers itself; those of the server then leave them out. */
  diagnosticsInHover?: boolean;
  /** Values of `goroutineHygiene.*` for clients without `workspace/configuration`. */
  settings?: Record<string, unknown>;
}

/** `data` of a diagnostic. */
export interface DiagnosticData {
  /** Document version the finding was made for; null for files that were not open. */
  version: number | null;
  /** Index among the findings of that version. */
  index: number;
}
