/** What scans found, published for files that are not open; an open document shows its own findings instead. */
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Finding, Notice } from '../engine/finding.ts';
import type { Locale } from '../rules/rule.ts';
import type { Analyzer } from './analyzer.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { isWithin } from './uris.ts';

export class ScanResults {
  private readonly results = new Map<string, Diagnostic[]>();
  /** Files the last scans looked at, with or without findings. */
  private readonly covered = new Set<string>();
  private connection?: Connection;

  constructor(
    private readonly documents: Documents,
    private readonly analyzer: Analyzer,
    private readonly diagnostics: Diagnostics,
    private readonly pulls: () => boolean,
  ) {}

  register(connection: Connection): void {
    this.connection = connection;
    this.documents.on('open', ({ key, document }) => {
      // A pulling client keeps pushed and pulled diagnostics side by side; a pushing one gets the new ones in a moment.
      if (this.pulls() && this.results.has(key)) this.publish(document.uri, []);
    });
    this.documents.on('change', ({ key }) => this.results.delete(key));
    this.documents.on('save', ({ key }) => void this.saved(key));
    this.documents.on('close', ({ key, document }) => {
      const found = this.results.get(key);
      if (found || !this.pulls()) this.publish(document.uri, found ?? []);
    });
  }

  /** Remembers that a scan looked at a file. */
  cover(key: string): void {
    this.covered.add(key);
  }

  /** Replaces what is known of a file; `locale` is that of its findings. */
  set(key: string, findings: readonly Finding[], notices: readonly Notice[], locale: Locale): void {
    this.covered.add(key);
    const found = this.diagnostics.ofFile(findings, notices, locale);
    const known = this.results.has(key);
    if (found.length > 0) this.results.set(key, found);
    else this.results.delete(key);
    if ((known || found.length > 0) && !this.documents.get(key)) this.publish(key, found);
  }

  /** Takes back what is known of a file that changed on disk. */
  drop(key: string): void {
    if (this.documents.get(key)) return;
    if (this.results.delete(key)) this.publish(key, []);
  }

  /** Takes back everything, or what is below a folder and not in `keep`. */
  clear(folder?: string, keep?: ReadonlySet<string>): void {
    for (const key of [...this.covered]) {
      if ((folder !== undefined && !isWithin(folder, key)) || keep?.has(key)) continue;
      this.covered.delete(key);
      if (this.results.delete(key) && !this.documents.get(key)) this.publish(key, []);
    }
  }

  /** A saved document that was part of a scan has its new findings to fall back to, so that they do not vanish on close. */
  private async saved(key: string): Promise<void> {
    if (!this.covered.has(key)) return;
    const version = this.documents.get(key)?.document.version;
    const analysis = await this.analyzer.current(key);
    if (analysis && analysis.version === version && this.documents.get(key))
      this.set(key, analysis.findings, analysis.notices, analysis.project.settings.locale);
  }

  private publish(uri: string, diagnostics: Diagnostic[]): void {
    void this.connection?.sendDiagnostics({ uri, diagnostics });
  }
}
