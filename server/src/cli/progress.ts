/** One line on stderr that says how far the scan is; only where a person watches. */
import { printable } from '../report/code-frame.ts';
import type { ScanProgress } from '../workspace/scan.ts';
import type { Terminal } from './host.ts';

const INTERVAL_MS = 100;
const CLEAR_LINE = '\r\x1b[2K';

export class ProgressLine {
  private shownAt = 0;
  private visible = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly enabled: boolean,
  ) {}

  update({ filesDone, filesTotal, directory }: ScanProgress): void {
    const now = Date.now();
    if (!this.enabled || now - this.shownAt < INTERVAL_MS) return;
    this.shownAt = now;
    this.visible = true;
    const line = `${filesDone}/${filesTotal} files  ${printable(directory)}`;
    this.terminal.write(CLEAR_LINE + line.slice(0, (this.terminal.columns ?? 80) - 1));
  }

  /** Removes the line; call it before anything else is printed to the same terminal. */
  clear(): void {
    if (this.visible) this.terminal.write(CLEAR_LINE);
    this.visible = false;
  }
}
