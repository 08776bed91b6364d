import * as vscode from 'vscode';
import { Command, NAME } from './names.ts';
import { Scans } from './scan.ts';
import { Server, type Launcher } from './server.ts';
import { Status } from './status.ts';

/**
 * Everything the extension does, on every platform: start the server and offer the commands.
 * @param launch makes the platform's language client
 * @returns the running server; stop it when the extension is deactivated
 */
export async function activateExtension(context: vscode.ExtensionContext, launch: Launcher): Promise<Server> {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const status = new Status();
  const server = new Server(launch, log, status, vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules'));
  const scans = new Scans(server, log);
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand(Command.showLog, () => log.show()),
    vscode.commands.registerCommand(Command.restart, () => server.restart()),
    vscode.commands.registerCommand(Command.scanWorkspace, () => scans.scanWorkspace()),
    vscode.commands.registerCommand(Command.clearScan, () => scans.clear()),
  );
  await server.start();
  return server;
}
