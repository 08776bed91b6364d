/** `textDocument/codeLens`: how the goroutines of a document end, said above the statements that start them. */
import type { CodeLens, CodeLensParams, Connection } from 'vscode-languageserver';
import type { Analyzer } from './analyzer.ts';
import { rangeIn } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { answer, type Log } from './log.ts';
import type { Projects } from './projects.ts';

export class CodeLenses {
  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly projects: Projects,
    private readonly log: Log,
  ) {}

  register(connection: Connection): void {
    connection.onCodeLens(
      answer<CodeLensParams, CodeLens[]>(this.log, 'textDocument/codeLens', [], (params) => this.list(params)),
    );
  }

  private async list({ textDocument }: CodeLensParams): Promise<CodeLens[]> {
    const { codeLens } = await this.projects.editorOf(this.documents.get(textDocument.uri)?.folder);
    if (codeLens === 'off') return [];
    const analysis = await this.analyzer.current(textDocument.uri);
    const opened = this.documents.get(textDocument.uri);
    if (!analysis || opened?.document.version !== analysis.version) return [];
    return (
      analysis
        .goroutines()
        .filter(({ ends }) => codeLens === 'all' || ends === 'none')
        // A command without a name is shown as plain text.
        .map((goroutine) => ({ range: rangeIn(opened, goroutine), command: { title: goroutine.title, command: '' } }))
    );
  }
}
