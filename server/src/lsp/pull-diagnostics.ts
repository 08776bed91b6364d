/** `textDocument/diagnostic`, for clients that ask. */
import type { Analyzer } from './analyzer.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import {
  DocumentDiagnosticReportKind,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from './library.ts';
import { answer, type Log } from './log.ts';

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

export class PullDiagnostics {
  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly diagnostics: Diagnostics,
    private readonly log: Log,
  ) {}

  register(connection: Connection): void {
    connection.languages.diagnostics.on(
      answer<DocumentDiagnosticParams, DocumentDiagnosticReport>(
        this.log,
        'textDocument/diagnostic',
        NOTHING,
        (params) => this.report(params),
      ),
    );
  }

  private async report({
    textDocument,
    previousResultId,
  }: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> {
    const analysis = await this.analyzer.current(textDocument.uri);
    const opened = this.documents.get(textDocument.uri);
    if (!analysis || opened?.document.version !== analysis.version) return NOTHING;
    const { resultId } = analysis;
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return {
      kind: DocumentDiagnosticReportKind.Full,
      resultId,
      items: this.diagnostics.ofDocument(analysis, opened),
    };
  }
}
