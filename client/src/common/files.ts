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

/** Bytes turned into a binary string at a time; far below the argument limit of any engine. */
const CHUNK = 0x8000;

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

/** `btoa` is what a browser and Node have in common. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}
