/** `goroutineHygiene/status`: one word for the client's status item. A failed start stays visible. */
import type { Connection } from 'vscode-languageserver';
import { StatusNotification, type StatusParams } from './protocol.ts';

export class Status {
  private lasting: StatusParams = { state: 'ready' };
  /** Scans that are running. */
  private scans = 0;

  constructor(private readonly connection: Connection) {}

  /** What holds until further notice; told when no scan is running any more. */
  settle(state: 'ready' | 'error', message?: string): void {
    this.lasting = { state, ...(message !== undefined && { message }) };
    if (this.scans === 0) this.send(this.lasting);
  }

  scanStarted(): void {
    this.scans++;
    this.send({ state: 'scanning' });
  }

  scanEnded(): void {
    if (--this.scans === 0) this.send(this.lasting);
  }

  private send(status: StatusParams): void {
    void this.connection.sendNotification(StatusNotification, status);
  }
}
