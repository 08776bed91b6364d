import * as vscode from 'vscode';
import { LSPErrorCodes, ResponseError, WorkDoneProgress, type BaseLanguageClient } from 'vscode-languageclient';
import { ClearScanRequest, ScanRequest, type ScanParams, type ScanResult } from '../../../server/src/lsp/protocol.ts';
import { Command, ID, NAME } from './names.ts';
import type { Server } from './server.ts';
import { summary } from './summary.ts';

/** The scan command: progress, cancel and a summary. The server analyses and publishes the findings itself. */
export class Scans {
  private running = false;
  private count = 0;

  constructor(
    private readonly server: Server,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /**
   * Scan all workspace folders.
   * @returns what the server counted; nothing when there was no scan
   */
  async scanWorkspace(): Promise<ScanResult | undefined> {
    const { client } = this.server;
    if (client === undefined) return this.refuse(vscode.l10n.t('The language server is not running'));
    if (!vscode.workspace.workspaceFolders?.length) return this.refuse(vscode.l10n.t('Open a folder to scan it.'));
    if (this.running) return this.refuse(vscode.l10n.t('A scan is already running.'));
    this.running = true;
    try {
      const result = await this.scanWithProgress(client);
      if (result !== undefined) this.tell(result);
      return result;
    } catch (error) {
      this.log.error('The scan failed.', error instanceof Error ? error : String(error));
      const reason = error instanceof Error ? error.message : String(error);
      void this.offerLog(vscode.l10n.t('The scan failed: {0}', reason));
      return undefined;
    } finally {
      this.running = false;
    }
  }

  /** Take the findings of earlier scans out of Problems; those of open files stay. */
  async clear(): Promise<void> {
    await this.server.client?.sendRequest(ClearScanRequest);
  }

  private scanWithProgress(client: BaseLanguageClient): Thenable<ScanResult | undefined> {
    const options = { location: vscode.ProgressLocation.Notification, title: NAME, cancellable: true };
    return vscode.window.withProgress(options, async (progress, cancellation) => {
      let message = vscode.l10n.t('scanning the workspace');
      progress.report({ message });
      const workDoneToken = `${ID}.scan.${++this.count}`;
      let reached = 0;
      const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind === 'end') return;
        const percentage = step.percentage ?? reached;
        // A report without a message would take the one on the screen away.
        message = step.message ?? message;
        progress.report({ message, increment: percentage - reached });
        reached = percentage;
      });
      const params: ScanParams = { workDoneToken };
      try {
        return await client.sendRequest<ScanResult>(ScanRequest, params, cancellation);
      } catch (error) {
        if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled) return undefined;
        throw error;
      } finally {
        listening.dispose();
      }
    });
  }

  /** Not awaited: the command is done when the scan is, whether or not somebody reads the message. */
  private tell(result: ScanResult): void {
    for (const { uri, reason } of result.skipped) this.log.warn(`Skipped ${uri}: ${reason}`);
    const text = summary(result);
    this.log.info(text);
    if (result.findings === 0 && result.skipped.length > 0) void this.offerLog(text);
    else if (result.findings === 0) void vscode.window.showInformationMessage(text);
    else void this.offerProblems(text);
  }

  private async offerProblems(text: string): Promise<void> {
    const show = vscode.l10n.t('Show Problems');
    const chosen = await vscode.window.showInformationMessage(text, show);
    if (chosen === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
  }

  private async offerLog(text: string): Promise<void> {
    const show = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showWarningMessage(text, show);
    if (chosen === show) await vscode.commands.executeCommand(Command.showLog);
  }

  private refuse(text: string): undefined {
    void vscode.window.showWarningMessage(text);
    return undefined;
  }
}
