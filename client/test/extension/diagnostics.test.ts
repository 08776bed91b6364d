import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LEAK, append, closeAll, findings, open, ruleOf, untilFindings, workspaceFile } from './support.ts';

describe('diagnostics', () => {
  afterEach(closeAll);

  it('appear for a leak in an edit that is not saved', async () => {
    const editor = await open('clean.go');
    const { uri } = editor.document;
    assert.deepEqual(findings(uri).map(ruleOf), []);
    await append(editor, LEAK);
    const [finding] = await untilFindings(uri, 'lost-cancel', 1);
    assert.ok(editor.document.isDirty);
    assert.match(finding!.message, /cancel/);
    assert.match(editor.document.lineAt(finding!.range.start).text, /context\.WithCancel\(parent\)/);
  });

  it('link to the page of their rule', async () => {
    const { document } = await open('leaks.go');
    const [finding] = await untilFindings(document.uri, 'lost-cancel', 1);
    const { code } = finding!;
    assert.ok(typeof code === 'object', 'the code carries a link');
    assert.match(code.target.path, /docs\/rules\/lost-cancel\.md$/);
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(code.target)), /lost-cancel/);
  });

  it('vanish when the text is repaired by hand', async () => {
    const editor = await open('leaks.go');
    const { document } = editor;
    await untilFindings(document.uri, 'lost-cancel', 1);
    const line = document.positionAt(document.getText().indexOf('context.WithCancel')).line;
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(line + 1, 0), '\tdefer cancel()\n')));
    await untilFindings(document.uri, 'lost-cancel', 0);
  });

  it('appear in a document that was never saved', async () => {
    const content = `package scratch\n\nimport "context"\n${LEAK}`;
    const document = await vscode.workspace.openTextDocument({ language: 'go', content });
    await vscode.window.showTextDocument(document);
    await untilFindings(document.uri, 'lost-cancel', 1);
  });

  it('go when the file is closed', async () => {
    const uri = workspaceFile('leaks.go');
    await open('leaks.go');
    await untilFindings(uri, 'lost-cancel', 1);
    await closeAll();
    await untilFindings(uri, 'lost-cancel', 0);
  });

  it('survive text that does not parse', async () => {
    const editor = await open('leaks.go');
    await append(editor, '\nfunc broken( {\n');
    await untilFindings(editor.document.uri, 'lost-cancel', 1);
  });
});
