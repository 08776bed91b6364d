/** Runs the browser bundle in a realm that has what a web worker has and nothing of Node. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';

type Listener = (event: { data: unknown }) => void;

const GLOBALS = {
  AbortController,
  atob,
  btoa,
  clearInterval,
  clearTimeout,
  console,
  performance,
  queueMicrotask,
  setInterval,
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
  WebAssembly,
};

class Worker {
  private readonly listeners = new Set<Listener>();
  private readonly received = new Set<DataCallback>();
  private readonly scope: { onmessage?: Listener; Uint8Array: Uint8ArrayConstructor; JSON: JSON };

  constructor(bundle: string) {
    const self: Record<string, unknown> = {
      ...GLOBALS,
      location: { href: 'https://example.com/dist/server.browser.js' },
      addEventListener: (type: string, listener: Listener) => type === 'message' && this.listeners.add(listener),
      removeEventListener: (_: string, listener: Listener) => this.listeners.delete(listener),
      postMessage: (message: Message) => {
        const copy = JSON.parse(JSON.stringify(message)) as Message;
        setTimeout(() => this.received.forEach((callback) => callback(copy)), 0);
      },
    };
    self['self'] = self;
    createContext(self);
    runInContext(readFileSync(bundle, 'utf8'), self, { filename: bundle });
    this.scope = runInContext('this', self) as typeof this.scope;
  }

  /** Bytes as an array of the worker's own realm, as structured cloning gives them. */
  bytes(file: string): Uint8Array {
    return new this.scope.Uint8Array(readFileSync(file));
  }

  /** Messages arrive in order, each in a turn of its own. */
  post(data: unknown): void {
    setTimeout(() => {
      for (const listener of [...this.listeners]) listener({ data });
      // A listener that was set by this message does not see it.
      if (!isWasm(data)) this.scope.onmessage?.({ data: this.scope.JSON.parse(JSON.stringify(data)) });
    }, 0);
  }

  listen(callback: DataCallback): Disposable {
    this.received.add(callback);
    return { dispose: () => this.received.delete(callback) };
  }
}

function isWasm(data: unknown): boolean {
  return (data as { type?: string }).type === 'wasm';
}

class Reader extends AbstractMessageReader {
  constructor(private readonly worker: Worker) {
    super();
  }
  listen(callback: DataCallback): Disposable {
    return this.worker.listen(callback);
  }
}

class Writer extends AbstractMessageWriter {
  constructor(private readonly worker: Worker) {
    super();
  }
  write(message: Message): Promise<void> {
    this.worker.post(message);
    return Promise.resolve();
  }
  end(): void {}
}

/** Starts the bundle and sends it the grammar, as the client in a browser does. */
export function startWorker(bundle: string, grammars: string): [MessageReader, MessageWriter] {
  const worker = new Worker(bundle);
  const runtime = worker.bytes(`${grammars}/web-tree-sitter.wasm`);
  const grammar = worker.bytes(`${grammars}/tree-sitter-go.wasm`);
  worker.post({ type: 'wasm', runtime, grammar });
  return [new Reader(worker), new Writer(worker)];
}
