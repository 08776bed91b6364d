import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION, closeAll, open } from './support.ts';

describe('activation', () => {
  after(closeAll);

  it('waits for a Go document', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, 'the extension is installed');
    assert.equal(extension.isActive, false);
    await open('clean.go');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the manifest', async () => {
    const manifest = vscode.extensions.getExtension(EXTENSION)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(registered.has(command), command);
  });
});
