import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, findings, LEAK, append, open, untilFindings, workspaceFile } from './support.ts';

interface Counts {
  files: number;
  findings: number;
  cancelled: boolean;
  skipped: unknown[];
}
const scan = () => vscode.commands.executeCommand<Counts>('goroutineHygiene.scanWorkspace');
const clear = () => vscode.commands.executeCommand('goroutineHygiene.clearScan');

describe('workspace scan', () => {
  const leaks = () => workspaceFile('leaks.go');
  const worker = () => workspaceFile('worker', 'worker.go');

  before(closeAll);
  afterEach(async () => {
    await clear();
    await closeAll();
  });

  it('publishes the findings of files that are not open', async () => {
    assert.deepEqual(findings(leaks()), []);
    const counts = await scan();
    assert.equal(counts.files, 3);
    assert.equal(counts.cancelled, false);
    assert.deepEqual(counts.skipped, []);
    await untilFindings(leaks(), 'lost-cancel', 1);
    await untilFindings(worker(), 'ticker-not-stopped', 1);
    assert.equal(counts.findings, findings(leaks()).length + findings(worker()).length);
    assert.deepEqual(findings(workspaceFile('clean.go')), []);
  });

  it('can be cleared', async () => {
    await scan();
    await untilFindings(leaks(), 'lost-cancel', 1);
    await clear();
    await untilFindings(leaks(), 'lost-cancel', 0);
    await untilFindings(worker(), 'ticker-not-stopped', 0);
  });

  it('leaves open files to the editor, which knows their unsaved text', async () => {
    const editor = await open('leaks.go');
    await append(editor, LEAK);
    await untilFindings(leaks(), 'lost-cancel', 2);
    await scan();
    await untilFindings(worker(), 'ticker-not-stopped', 1);
    assert.equal(findings(leaks(), 'lost-cancel').length, 2);
    await clear();
    await untilFindings(worker(), 'ticker-not-stopped', 0);
    assert.equal(findings(leaks(), 'lost-cancel').length, 2);
  });

  it('shows a finding once while its file is opened and closed', async () => {
    await scan();
    await untilFindings(leaks(), 'lost-cancel', 1);
    const { document } = await open('leaks.go');
    await untilFindings(document.uri, 'lost-cancel', 1);
    await closeAll();
    await untilFindings(leaks(), 'lost-cancel', 1);
  });
});
