import * as vscode from 'vscode';
import { DiagnosticPullMode, type DiagnosticPullOptions, type Middleware } from 'vscode-languageclient';
import { ID } from './names.ts';

/** When an open document is checked again: while typing or on save, as the setting `run` says. */
export function pullWhen(): DiagnosticPullOptions {
  return {
    onChange: true,
    onSave: true,
    filter: (_document, mode) => {
      const chosen = vscode.workspace.getConfiguration(ID).get<string>('run', 'onType');
      return mode !== (chosen === 'onSave' ? DiagnosticPullMode.onSave : DiagnosticPullMode.onType);
    },
  };
}

/**
 * Keep documents nobody can edit from the server: the old side of a diff, a pull request under review.
 * Their findings would appear in Problems beside those of the real file.
 */
export function leaveHistoryAlone(): Middleware {
  return {
    didOpen: (document, next) => (isHistory(document.uri) ? Promise.resolve() : next(document)),
    didChange: (event, next) => (isHistory(event.document.uri) ? Promise.resolve() : next(event)),
    didSave: (document, next) => (isHistory(document.uri) ? Promise.resolve() : next(document)),
    didClose: (document, next) => (isHistory(document.uri) ? Promise.resolve() : next(document)),
    provideDiagnostics: (document, previous, token, next) =>
      isHistory(document instanceof vscode.Uri ? document : document.uri) ? undefined : next(document, previous, token),
  };
}

/** A read-only file system that is not the workspace's own: a read-only workspace is checked like any other. */
function isHistory({ scheme }: vscode.Uri): boolean {
  if (vscode.workspace.fs.isWritableFileSystem(scheme) !== false) return false;
  return !vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme);
}
