/** Work-done progress of a scan: the client's token, or one made for a client that can show progress but sent none. */
import {
  CancellationTokenSource,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type CancellationToken,
  type Connection,
  type ProgressToken,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from './library.ts';

/** Milliseconds between two reports. */
const INTERVAL_MS = 100;

export class ScanProgress {
  private last = 0;

  constructor(
    private readonly connection: Connection,
    private readonly token: ProgressToken | undefined,
  ) {}

  begin(title: string): void {
    this.send({ kind: 'begin', title, percentage: 0, cancellable: true });
  }

  /** Reports that come too fast are dropped. */
  report(fraction: number, message: string): void {
    const now = performance.now();
    if (now - this.last < INTERVAL_MS) return;
    this.last = now;
    this.send({ kind: 'report', percentage: Math.floor(fraction * 100), message });
  }

  end(message: string): void {
    this.send({ kind: 'end', message });
  }

  private send(value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    if (this.token !== undefined) void this.connection.sendProgress(WorkDoneProgress.type, this.token, value);
  }
}

/** Knows which scan a progress token belongs to, so that the client can cancel it through the token. */
export class ProgressTokens {
  private readonly sources = new Map<ProgressToken, CancellationTokenSource>();
  private made = 0;

  register(connection: Connection): void {
    connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) =>
      this.sources.get(token)?.cancel(),
    );
  }

  /** The token to report under; makes one when there is none and the client can show it. */
  async tokenFor(
    connection: Connection,
    given: ProgressToken | undefined,
    canCreate: boolean,
  ): Promise<ProgressToken | undefined> {
    if (given !== undefined || !canCreate) return given;
    const token = `goroutine-hygiene-scan-${++this.made}`;
    try {
      await connection.sendRequest(WorkDoneProgressCreateRequest.type, { token });
      return token;
    } catch {
      return undefined;
    }
  }

  /** Runs work with a token that is cancelled by the request, by the progress, or by the returned source. */
  async run<T>(
    progress: ProgressToken | undefined,
    request: CancellationToken,
    work: (source: CancellationTokenSource) => Promise<T>,
  ): Promise<T> {
    const source = new CancellationTokenSource();
    const listening = request.onCancellationRequested(() => source.cancel());
    if (request.isCancellationRequested) source.cancel();
    if (progress !== undefined) this.sources.set(progress, source);
    try {
      return await work(source);
    } finally {
      listening.dispose();
      source.dispose();
      if (progress !== undefined) this.sources.delete(progress);
    }
  }
}
