import * as vscode from 'vscode';
import { LEAK, append, closeAll, open, untilFindings } from './support.ts';

describe('language server', () => {
  afterEach(closeAll);

  it('comes back after a restart and knows the unsaved text', async () => {
    const editor = await open('clean.go');
    const { uri } = editor.document;
    await append(editor, LEAK);
    await untilFindings(uri, 'lost-cancel', 1);
    await vscode.commands.executeCommand('goroutineHygiene.restart');
    await untilFindings(uri, 'lost-cancel', 1);
    await append(editor, LEAK.replace('forgetful', 'absentMinded'));
    await untilFindings(uri, 'lost-cancel', 2);
  });

  it('drops the findings of the old server', async () => {
    const { uri } = (await open('leaks.go')).document;
    await untilFindings(uri, 'lost-cancel', 1);
    await closeAll();
    await vscode.commands.executeCommand('goroutineHygiene.scanWorkspace');
    await untilFindings(uri, 'lost-cancel', 1);
    await vscode.commands.executeCommand('goroutineHygiene.restart');
    await untilFindings(uri, 'lost-cancel', 0);
  });

  it('shows its log', async () => {
    await vscode.commands.executeCommand('goroutineHygiene.showLog');
  });
});
