import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { append, closeAll, findings, LEAK, open, set, until, untilFindings } from './support.ts';

describe('settings', () => {
  afterEach(async () => {
    for (const name of ['rules', 'enable', 'run']) await set(name, undefined);
    await closeAll();
  });

  it('change the severity of a rule', async () => {
    const { uri } = (await open('leaks.go')).document;
    const severity = () => findings(uri, 'lost-cancel').map((each) => each.severity);
    await untilFindings(uri, 'lost-cancel', 1);
    assert.deepEqual(severity(), [vscode.DiagnosticSeverity.Warning]);
    await set('rules', { 'lost-cancel': 'error' });
    await until(
      () => severity()[0] === vscode.DiagnosticSeverity.Error,
      () => `an error, there is severity ${severity().join()}`,
    );
    await set('rules', undefined);
    await until(
      () => severity()[0] === vscode.DiagnosticSeverity.Warning,
      () => `a warning, there is severity ${severity().join()}`,
    );
  });

  it('switch a rule off and on', async () => {
    const { uri } = (await open('leaks.go')).document;
    await untilFindings(uri, 'lost-cancel', 1);
    await set('rules', { 'lost-cancel': 'off' });
    await untilFindings(uri, 'lost-cancel', 0);
    await set('rules', undefined);
    await untilFindings(uri, 'lost-cancel', 1);
  });

  it('switch the extension off', async () => {
    const { uri } = (await open('leaks.go')).document;
    await untilFindings(uri, 'lost-cancel', 1);
    await set('enable', false);
    await untilFindings(uri, 'lost-cancel', 0);
  });

  it('check on save only', async () => {
    await set('run', 'onSave');
    const editor = await open('clean.go');
    const { document } = editor;
    const before = document.getText();
    // A changed setting makes the server ask for a fresh look at all open documents; that one is not meant.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await append(editor, LEAK);
    // The other way round cannot be waited for: two seconds are ample for a check while typing.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.deepEqual(findings(document.uri, 'lost-cancel'), []);
    assert.ok(await document.save());
    await untilFindings(document.uri, 'lost-cancel', 1);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    assert.ok(await editor.edit((edit) => edit.replace(whole, before)));
    assert.ok(await document.save());
    await untilFindings(document.uri, 'lost-cancel', 0);
  });
});
