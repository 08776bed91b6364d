/** `goroutineHygiene/scan` and `goroutineHygiene/clearScan`. */
import type { CancellationToken, CancellationTokenSource, Connection } from 'vscode-languageserver';
import type { ClientFeatures } from './client-features.ts';
import type { Folders } from './folders.ts';
import { say } from './messages.ts';
import { ClearScanRequest, ScanRequest, type ScanParams, type ScanResult } from './protocol.ts';
import { ProgressTokens, ScanProgress } from './scan-progress.ts';
import { ScanRun, type ScanParts } from './scan-run.ts';
import type { Status } from './status.ts';
import { uriKey } from './uris.ts';

export class Scan {
  private readonly tokens = new ProgressTokens();
  private running?: CancellationTokenSource;

  constructor(
    private readonly parts: ScanParts,
    private readonly folders: Folders,
    private readonly status: Status,
    private readonly features: () => ClientFeatures,
  ) {}

  register(connection: Connection): void {
    this.tokens.register(connection);
    connection.onRequest(ScanRequest, (params: ScanParams | null, token: CancellationToken) =>
      this.scan(connection, params ?? {}, token),
    );
    connection.onRequest(ClearScanRequest, () => {
      this.running?.cancel();
      this.parts.results.clear();
      return null;
    });
  }

  /** One scan at a time: a new one ends the one before. A cancelled scan still answers, with what it did until then. */
  private async scan(connection: Connection, params: ScanParams, request: CancellationToken): Promise<ScanResult> {
    const given = Array.isArray(params.folders) ? params.folders.filter((uri) => typeof uri === 'string') : undefined;
    const folders = (given ?? this.folders.all()).map(uriKey);
    const token = await this.tokens.tokenFor(connection, params.workDoneToken, this.features().createProgress);
    const locale = await this.parts.projects.locale();
    const progress = new ScanProgress(connection, token);
    return this.tokens.run(token, request, async (source) => {
      this.running?.cancel();
      this.running = source;
      const run = new ScanRun(this.parts, source.token, progress, locale);
      progress.begin(say('scanTitle', locale));
      this.status.scanStarted();
      try {
        return await run.scan(folders);
      } finally {
        progress.end(say('scanEnd', locale, { findings: run.result.findings }));
        if (this.running === source) this.running = undefined;
        this.status.scanEnded();
      }
    });
  }
}
