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

/** Answer the server's questions about files it cannot reach itself: in a browser and in virtual workspaces. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(ReadFileRequest, ({ uri }: ReadFileParams) => readFile(vscode.Uri.parse(uri)));
  client.onRequest(FindFilesRequest, ({ folder, pattern }: FindFilesParams) => findFiles(folder, pattern));
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

/** Leaves out what `files.exclude` names. */
async function findFiles(folder: string, pattern: string): Promise<FindFilesResult> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(vscode.Uri.parse(folder), pattern));
  return found.map((uri) => uri.toString());
}
