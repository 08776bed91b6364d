/** Log lines for the client's output channel, and the wrapper that keeps a failing handler from failing the connection. */
import type { Notice } from '../engine/finding.ts';
import { LSPErrorCodes, RAL, ResponseError, type CancellationToken, type RemoteConsole } from './library.ts';

export class Log {
  private readonly said = new Set<string>();

  constructor(private readonly console: Pick<RemoteConsole, 'error' | 'warn'>) {}

  warn(message: string): void {
    this.console.warn(message);
  }

  /** Says each distinct message once. */
  warnOnce(message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.console.warn(message);
  }

  /** Says once what is to be known of a file but is no matter of its diagnostics. */
  notice(uri: string, { message, code, range }: Notice): void {
    this.warnOnce(`${uri}${range ? `:${range.start.line + 1}` : ''}: ${message} (${code})`);
  }

  error(what: string, error: unknown): void {
    this.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/**
 * Wraps a request handler: a cancelled request gets the protocol's error, a failing one is logged and answered with
 * `fallback`. `ResponseError`s the handler returns pass through.
 */
export function answer<P, R>(
  log: Log,
  what: string,
  fallback: R,
  handler: (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    try {
      await nextTurn();
      if (token.isCancellationRequested) return cancelled();
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      log.error(what, error);
      return fallback;
    }
  };
}

/** The response to a request whose client no longer wants it. */
export function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/** Lets messages that are already waiting (a newer change, a cancellation) be handled first. */
export function nextTurn(): Promise<void> {
  // Not a timer of zero, which node rounds up to a millisecond.
  return new Promise((resolve) => void RAL().timer.setImmediate(resolve));
}
