/** Starts a built server as VS Code does: over node's ipc channel, or over a named pipe. */
import { spawn } from 'node:child_process';
import {
  createClientPipeTransport,
  generateRandomPipeName,
  IPCMessageReader,
  IPCMessageWriter,
} from 'vscode-jsonrpc/node';
import { Client } from './client.ts';

export async function overTransport(bundle: string, transport: 'ipc' | 'pipe'): Promise<Client> {
  if (transport === 'ipc') {
    const child = spawn(process.execPath, [bundle, '--node-ipc'], { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
    return Client.over(child, new IPCMessageReader(child), new IPCMessageWriter(child));
  }
  const name = generateRandomPipeName();
  const pipe = await createClientPipeTransport(name);
  const child = spawn(process.execPath, [bundle, `--pipe=${name}`], { stdio: 'pipe' });
  return Client.over(child, ...(await pipe.onConnected()));
}
