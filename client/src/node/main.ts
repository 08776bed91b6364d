/** Entry point on desktop and remote: the server is a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import { activateExtension } from '../common/extension.ts';
import { ID, NAME } from '../common/names.ts';
import type { Server } from '../common/server.ts';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const run: NodeModule = { module: context.asAbsolutePath('dist/server.node.cjs'), transport: TransportKind.ipc };
  const debug: NodeModule = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  server = await activateExtension(context, (options) => ({
    client: new LanguageClient(ID, NAME, { run, debug }, options),
  }));
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
