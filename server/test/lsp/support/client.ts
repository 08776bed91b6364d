/** A scripted editor: speaks the protocol with a server over stdio and remembers what it is told. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  CodeAction,
  CodeActionContext,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
  Registration,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import type { InitializationOptions } from '../../../src/lsp/protocol.ts';
import { startServer, type ServerName } from './servers.ts';

/** Everything VS Code can do that matters here. */
export const FULL: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: { relatedDocumentSupport: false },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll', 'refactor.rewrite'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** An editor that knows the protocol as it was before pull diagnostics and resolve. */
export const PLAIN: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {},
    hover: { contentFormat: ['plaintext'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

export interface StartOptions {
  server?: ServerName;
  capabilities?: ClientCapabilities;
  folders?: string[];
  options?: InitializationOptions;
  settings?: unknown;
  env?: Record<string, string>;
  /** The process the server shall not outlive; this one when absent. */
  processId?: number;
}

export class Client {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly statuses: { state: string; message?: string }[] = [];
  readonly registrations: Registration[] = [];
  readonly progress: { kind: string; percentage?: number; message?: string }[] = [];
  refreshes = 0;
  /** What the editor's `goroutineHygiene` settings are. */
  settings: unknown = {};
  initialized!: InitializeResult;
  stderr = '';

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
  ) {}

  /** Starts a server without saying anything to it. */
  static async launch(server: ServerName = 'real', env: Record<string, string> = {}): Promise<Client> {
    return Client.over(await startServer(server, env));
  }

  /** Speaks with a process over its standard input and output, or over streams of its own. */
  static over(
    child: ChildProcess,
    reader: MessageReader = new StreamMessageReader(child.stdout!),
    writer: MessageWriter = new StreamMessageWriter(child.stdin!),
  ): Client {
    const connection = createMessageConnection(reader, writer);
    const client = new Client(child, connection);
    child.stderr!.on('data', (data: Buffer) => (client.stderr += data.toString()));
    client.listen();
    return client;
  }

  static async start(start: StartOptions = {}): Promise<Client> {
    const client = await Client.launch(start.server, start.env);
    client.settings = start.settings ?? {};
    await client.initialize(start);
    return client;
  }

  async initialize({ capabilities = FULL, folders = [], options, processId }: StartOptions = {}): Promise<void> {
    const params: InitializeParams = {
      processId: processId ?? process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      initializationOptions: options,
    };
    this.initialized = await this.connection.sendRequest('initialize', params);
    await this.connection.sendNotification('initialized', {});
  }

  private listen(): void {
    const { connection } = this;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    connection.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void this.logged.push(message),
    );
    connection.onNotification(
      'goroutineHygiene/status',
      (status: { state: string }) => void this.statuses.push(status),
    );
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => void this.progress.push(value));
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: Registration[] }) => {
      this.registrations.push(...registrations);
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      return null;
    });
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
  }

  request<R>(method: string, params?: unknown): Promise<R> {
    return this.connection.sendRequest(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  open(uri: string, text: string, version = 1, languageId = 'go'): Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  save(uri: string): Promise<void> {
    return this.notify('textDocument/didSave', { textDocument: { uri } });
  }

  close(uri: string): Promise<void> {
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  /** Pulled diagnostics of a document. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.pull(uri);
    return report.kind === 'full' ? report.items : [];
  }

  actions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const full = { diagnostics: [], ...context };
    return this.request('textDocument/codeAction', { textDocument: { uri }, range, context: full });
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  }

  /** Diagnostics published last for a document; `undefined` when none were. */
  last(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast((params) => params.uri === uri);
  }

  /** Waits until a condition holds. */
  async until(what: string, holds: () => boolean, milliseconds = 8000): Promise<void> {
    for (const end = Date.now() + milliseconds; !holds(); await pause(10))
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; log: ${this.logged.join('\n')}${this.stderr}`);
  }

  /** Shuts the server down as the protocol wants it; its exit code. */
  async stop(): Promise<number | null> {
    const exited = this.exited();
    await this.request('shutdown');
    await this.notify('exit', undefined);
    return exited;
  }

  async exited(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const [code] = (await once(this.process, 'exit')) as [number | null];
    return code;
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
