/** `goroutineHygiene/status`: one word for the client's status item. A failed start stays visible. */
import type { Connection } from 'vscode-languageserver';
import { StatusNotification, type StatusParams } from './protocol.ts';

export class Status {
  private lasting: StatusParams = { state: 'ready' };

  constructor(private readonly connection: Connection) {}

  /** What holds until further notice, scans aside. */
  settle(state: 'ready' | 'error', message?: string): void {
    this.lasting = { state, ...(message !== undefined && { message }) };
    this.restore();
  }

  set(state: StatusParams['state'], message?: string): void {
    void this.connection.sendNotification(StatusNotification, { state, ...(message !== undefined && { message }) });
  }

  /** Says again what was settled. */
  restore(): void {
    void this.connection.sendNotification(StatusNotification, this.lasting);
  }
}
