/** Entry point in a browser: the server is a web worker that gets the grammar from us, for it cannot read files. */
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { LanguageClient, BrowserMessageReader, BrowserMessageWriter } from 'vscode-languageclient/browser';
import { activateExtension } from '../common/extension.ts';
import { ID, NAME } from '../common/names.ts';
import type { Server } from '../common/server.ts';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const file = (...path: string[]) => Uri.joinPath(context.extensionUri, ...path);

  async function startWorker(): Promise<Worker> {
    const [runtime, grammar] = await Promise.all([
      workspace.fs.readFile(file('grammars', 'web-tree-sitter.wasm')),
      workspace.fs.readFile(file('grammars', 'tree-sitter-go.wasm')),
    ]);
    const worker = new Worker(file('dist', 'server.browser.js').toString(true));
    worker.postMessage({ type: 'wasm', runtime, grammar });
    return worker;
  }

  server = await activateExtension(context, (options) => {
    let worker: Worker | undefined;
    const connect = async () => {
      // After a crash the client connects anew.
      worker?.terminate();
      worker = await startWorker();
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return { client: new LanguageClient(ID, NAME, connect, options), kill: () => worker?.terminate() };
  });
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
