import * as vscode from 'vscode';
import type { ScanResult } from '../../../server/src/lsp/protocol.ts';

/** One sentence, or a few, about a finished scan. */
export function summary({ files, findings, durationMs, cancelled, skipped }: ScanResult): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const parts = [
    cancelled
      ? vscode.l10n.t('Scan cancelled after {0} Go files; findings so far: {1}.', files, findings)
      : vscode.l10n.t('{0} Go files scanned in {1} s; findings: {2}.', files, seconds, findings),
  ];
  if (skipped.length > 0) parts.push(vscode.l10n.t('Skipped: {0}, see the log.', skipped.length));
  return parts.join(' ');
}
