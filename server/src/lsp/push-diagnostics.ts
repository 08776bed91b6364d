/** `textDocument/publishDiagnostics` for open documents, for clients that cannot ask. */
import type { Connection } from 'vscode-languageserver';
import type { Analyzer } from './analyzer.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Documents, OpenDocument } from './documents.ts';
import type { Log } from './log.ts';
import type { SettingsStore } from './settings.ts';

/** Milliseconds of quiet before a changed document is analysed. */
const DEBOUNCE_MS = 150;

export class PushDiagnostics {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private connection?: Connection;

  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly diagnostics: Diagnostics,
    private readonly settings: SettingsStore,
    private readonly log: Log,
  ) {}

  register(connection: Connection): void {
    this.connection = connection;
    this.documents.on('open', (opened) => this.schedule(opened, 0));
    this.documents.on('save', (opened) => this.schedule(opened, 0));
    this.documents.on('change', (opened) => void this.changed(opened));
    this.documents.on('close', ({ key }) => {
      clearTimeout(this.timers.get(key));
      this.timers.delete(key);
    });
  }

  /** Renews the documents of a folder, or all. */
  refresh(folder?: string): void {
    const affected = folder === undefined ? this.documents.all() : this.documents.inFolder(folder);
    for (const opened of affected) this.schedule(opened, DEBOUNCE_MS);
  }

  private async changed({ key, folder }: OpenDocument): Promise<void> {
    if ((await this.settings.get(undefined)).run === 'onSave') return;
    const opened = this.documents.get(key);
    if (!opened) return;
    if (folder === undefined) this.schedule(opened, DEBOUNCE_MS);
    else this.refresh(folder);
  }

  private schedule({ key }: OpenDocument, delay: number): void {
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.publish(key).catch((error: unknown) => this.log.error(`Diagnostics of ${key}`, error));
    }, delay);
    this.timers.set(key, timer);
  }

  /** Publishes nothing for a document that was closed or edited meanwhile; an edit has scheduled its own run. */
  private async publish(key: string): Promise<void> {
    const analysis = await this.analyzer.current(key);
    const opened = this.documents.get(key);
    if (!analysis || opened?.document.version !== analysis.version) return;
    const diagnostics = this.diagnostics.ofDocument(analysis, opened);
    const { uri, version } = opened.document;
    await this.connection?.sendDiagnostics({ uri, version, diagnostics });
  }
}
