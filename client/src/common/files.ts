import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FindFilesRequest,
  ReadFileRequest,
  type FindFilesParams,
  type FindFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../../../server/src/lsp/protocol.ts';
import { toBase64 } from './base64.ts';
import { nameTest } from './name-glob.ts';

/** Answer the server's questions about files it cannot reach itself: in a browser and in virtual workspaces. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(ReadFileRequest, ({ uri }: ReadFileParams) => readFile(vscode.Uri.parse(uri)));
  client.onRequest(FindFilesRequest, ({ folder, pattern }: FindFilesParams) =>
    findFiles(vscode.Uri.parse(folder), pattern),
  );
}

/** Any failure but a missing file reaches the server as an error, which names it as the reason to skip the file. */
async function readFile(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    return { base64: toBase64(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}

/** A search of a whole tree leaves out what `files.exclude` names; a folder alone is listed as it is. */
async function findFiles(folder: vscode.Uri, pattern: string): Promise<FindFilesResult> {
  const recursive = pattern.startsWith('**/');
  let found = recursive ? await search(folder, pattern) : [];
  // Few of the file systems that extensions provide can be searched: then walk.
  if (found.length === 0) found = await walk(folder, nameTest(pattern), recursive);
  return found.map((uri) => uri.toString());
}

async function search(folder: vscode.Uri, pattern: string): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern));
  } catch {
    return [];
  }
}

async function walk(folder: vscode.Uri, wanted: (name: string) => boolean, recursive: boolean): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type & vscode.FileType.File) {
      if (wanted(name)) found.push(uri);
      // Links may lead round in circles; the go command ignores folders named `.x` and `_x`.
    } else if (recursive && type === vscode.FileType.Directory && !/^[._]/.test(name)) {
      found.push(...(await walk(uri, wanted, recursive)));
    }
  }
  return found;
}
