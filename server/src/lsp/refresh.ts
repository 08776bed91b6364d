/** Makes clients renew what they show for open documents after something around them changed. */
import type { ClientFeatures } from './client-features.ts';
import { CodeLensRefreshRequest, type Connection } from './library.ts';
import type { PushDiagnostics } from './push-diagnostics.ts';

/** Milliseconds in which several reasons become one refresh: a branch switch changes many files. */
const GATHER_MS = 100;

export class Refresh {
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly connection: Connection,
    private readonly features: ClientFeatures,
    private readonly push: PushDiagnostics,
  ) {}

  request(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // A client may refuse; it then asks again with its next change.
      if (this.features.refreshCodeLens)
        this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
      if (!this.features.pullDiagnostics) this.push.refresh();
      else if (this.features.refreshDiagnostics) this.connection.languages.diagnostics.refresh().catch(() => undefined);
    }, GATHER_MS);
  }
}
