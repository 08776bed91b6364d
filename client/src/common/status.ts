import * as vscode from 'vscode';
import type { StatusParams } from '../../../server/src/lsp/protocol.ts';
import { Command, ID, NAME } from './names.ts';
import { GO } from './selector.ts';

/** The entry of the language status menu beside `Go`: what the server is doing, and the way to its log. */
export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem(`${ID}.status`, GO);

  constructor() {
    this.item.name = NAME;
    this.show('starting');
  }

  /** @param message shown below the state; the server's own words when it has any */
  show(state: StatusParams['state'] | 'starting', message?: string): void {
    const { item } = this;
    item.text = `${NAME}: ${textOf(state)}`;
    item.detail = message;
    item.busy = state === 'starting' || state === 'scanning';
    item.severity = state === 'error' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    // On an error the next step is to look for the reason, then to restart; the log leads there.
    item.command = { command: Command.showLog, title: vscode.l10n.t('Show Log') };
  }

  dispose(): void {
    this.item.dispose();
  }
}

function textOf(state: StatusParams['state'] | 'starting'): string {
  switch (state) {
    case 'ready':
      return vscode.l10n.t('ready');
    case 'starting':
      return vscode.l10n.t('starting');
    case 'scanning':
      return vscode.l10n.t('scanning');
    case 'error':
      return vscode.l10n.t('error');
  }
}
