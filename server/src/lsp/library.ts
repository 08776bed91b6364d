/**
 * What the server uses of `vscode-languageserver`. Only this file imports it for more than types: a bundle copies the library's
 * several hundred names for every file that does, which was a tenth of the time until `initialize` was answered.
 */
export type * from 'vscode-languageserver';
export {
  CancellationTokenSource,
  CodeActionKind,
  CodeLensRefreshRequest,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  FileChangeType,
  LSPErrorCodes,
  MarkupKind,
  RAL,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver';
