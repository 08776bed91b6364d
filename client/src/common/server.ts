import * as vscode from 'vscode';
import {
  RevealOutputChannelOn,
  State,
  type BaseLanguageClient,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import { StatusNotification, type InitializationOptions, type StatusParams } from '../../../server/src/lsp/protocol.ts';
import { leaveHistoryAlone, pullWhen } from './documents.ts';
import { serveFiles } from './files.ts';
import { GO } from './selector.ts';
import type { Status } from './status.ts';

/** A language client, not started yet, and what ends its server should it hang. */
export interface Launched {
  client: BaseLanguageClient;
  kill?(): void;
}
export type Launcher = (options: LanguageClientOptions) => Launched;

/** Owns the language client of the moment. A restart makes a new one, so nothing of a failed server stays behind. */
export class Server {
  private current: Launched | undefined;
  private readonly options: LanguageClientOptions;

  constructor(
    private readonly launch: Launcher,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: Status,
    docs: vscode.Uri,
  ) {
    const initializationOptions: InitializationOptions = {
      locale: vscode.env.language,
      docsBase: docs.toString(),
      diagnosticsInHover: true,
    };
    this.options = {
      documentSelector: GO,
      outputChannel: log,
      // Problems of the server are for the log and the status item; they never take the focus.
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      diagnosticPullOptions: pullWhen(),
      middleware: leaveHistoryAlone(),
    };
  }

  /** The running client, or nothing while the server is down. */
  get client(): BaseLanguageClient | undefined {
    return this.current?.client.state === State.Running ? this.current.client : undefined;
  }

  /** Start the server. A failure is logged and shown in the status item, so that the restart command stays usable. */
  async start(): Promise<void> {
    const launched = this.launch(this.options);
    const { client } = launched;
    this.current = launched;
    client.onDidChangeState(({ newState }) => {
      if (this.current === launched) this.showState(newState);
    });
    client.onNotification(StatusNotification, (params: StatusParams) => {
      if (this.current === launched) this.status.show(params.state, params.message);
    });
    serveFiles(client);
    try {
      await client.start();
    } catch (error) {
      this.log.error('The language server did not start.', error instanceof Error ? error : String(error));
      this.showState(State.StartFailed);
    }
  }

  async stop(): Promise<void> {
    const launched = this.current;
    this.current = undefined;
    if (launched === undefined) return;
    try {
      await launched.client.dispose();
    } catch (error) {
      this.log.warn('The language server did not stop in time.', error instanceof Error ? error : String(error));
    } finally {
      launched.kill?.();
    }
  }

  async restart(): Promise<void> {
    this.log.info('Restarting the language server.');
    this.status.show('starting');
    await this.stop();
    await this.start();
  }

  private showState(state: State): void {
    if (state === State.Running) this.status.show('ready');
    else if (state === State.Starting) this.status.show('starting');
    else this.status.show('error', vscode.l10n.t('The language server is not running'));
  }
}
