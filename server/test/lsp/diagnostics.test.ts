import assert from 'node:assert/strict';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { Client, FULL, pause, PLAIN } from './support/client.ts';
import { DISCARDED, REPAIRED } from './support/go.ts';
import { TestWorkspace } from './support/workspace.ts';

const GO_MOD = 'module example.com/demo\n\ngo 1.22\n';

describe('diagnostics of open documents', function () {
  this.timeout(20_000);
  let folder: TestWorkspace;
  let client: Client;
  const start = async (...args: Parameters<typeof Client.start>) => (client = await Client.start(...args));

  beforeEach(() => (folder = new TestWorkspace({ 'go.mod': GO_MOD })));
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  describe('pulled', () => {
    it('name the rule, the place and the page', async () => {
      await start({ folders: [folder.uri], options: { docsBase: 'file:///ext/docs/rules' } });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED);
      const [diagnostic, ...others] = await client.diagnostics(uri);
      assert.deepEqual(others, []);
      assert.ok(diagnostic);
      assert.deepEqual(diagnostic.range, { start: { line: 5, character: 6 }, end: { line: 5, character: 7 } });
      assert.equal(diagnostic.code, 'lost-cancel');
      assert.equal(diagnostic.severity, 2);
      assert.equal(diagnostic.source, 'goroutine-hygiene');
      assert.equal(diagnostic.codeDescription?.href, 'file:///ext/docs/rules/lost-cancel.md');
      assert.deepEqual(diagnostic.data, { version: 1, index: 0 });
      assert.match(String(diagnostic.message), /cancel/);
    });

    it('declare that files depend on each other and never offer workspace diagnostics', async () => {
      await start();
      const { capabilities } = client.initialized;
      assert.deepEqual(capabilities.diagnosticProvider, {
        identifier: 'goroutine-hygiene',
        interFileDependencies: true,
        workspaceDiagnostics: false,
      });
    });

    it('follow incremental edits and say when nothing changed', async () => {
      await start({ folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED);
      const first = (await client.pull(uri)) as { kind: string; resultId: string };
      const again = (await client.pull(uri, first.resultId)) as { kind: string };
      assert.equal(again.kind, 'unchanged');
      const range = { start: { line: 5, character: 6 }, end: { line: 5, character: 7 } };
      const after = { start: { line: 5, character: 42 }, end: { line: 5, character: 42 } };
      await client.change(uri, 2, { range, text: 'cancel' }, { range: after, text: '\n\tdefer cancel()' });
      const repaired = await client.pull(uri, first.resultId);
      assert.deepEqual(repaired.kind === 'full' && repaired.items, []);
      await client.change(uri, 3, { text: DISCARDED });
      assert.equal((await client.diagnostics(uri)).length, 1);
    });

    it('push nothing while the client can ask', async () => {
      await start({ folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED);
      await client.diagnostics(uri);
      await client.close(uri);
      assert.deepEqual((await client.pull(uri)) as { items: unknown[] }, { kind: 'full', items: [] });
      assert.deepEqual(client.published, []);
    });

    it('answer a cancelled request with the error the protocol has for it', async () => {
      await start({ server: 'scripted', folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, 'package a // SLOW LEAK(x)\n');
      const slow = client.pull(uri);
      await client.change(uri, 2, { text: 'package a // SLOW LEAK(y)\n' });
      const { CancellationTokenSource } = await import('vscode-jsonrpc');
      const source = new CancellationTokenSource();
      const params = { textDocument: { uri } };
      const cancelled = client.connection.sendRequest<DocumentDiagnosticReport>(
        'textDocument/diagnostic',
        params,
        source.token,
      );
      source.cancel();
      await assert.rejects(cancelled, { code: -32800 });
      const report = await slow;
      assert.ok(report.kind === 'full' && report.items.every(({ message }) => String(message).startsWith('y ')));
    });

    it('count columns in UTF-16 units', async () => {
      await start({ folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED.replace('\tctx, _', '\t/* 🐹🐹 é世 */ ctx, _'));
      const [diagnostic] = await client.diagnostics(uri);
      // Two hamsters count two units each, the other characters one.
      assert.deepEqual(diagnostic?.range.start, { line: 5, character: 6 + '/* 🐹🐹 é世 */ '.length });
    });

    it('are the same with CRLF line ends', async () => {
      await start({ folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED.replaceAll('\n', '\r\n'));
      const [diagnostic] = await client.diagnostics(uri);
      assert.deepEqual(diagnostic?.range, { start: { line: 5, character: 6 }, end: { line: 5, character: 7 } });
    });

    it('survive a huge file of one line, and text that is no Go', async () => {
      await start({ folders: [folder.uri] });
      const [huge, broken] = [folder.file('huge.go'), folder.file('broken.go')];
      await client.open(huge, `package demo; var s = "${'WithCancel '.repeat(400_000)}"`);
      assert.deepEqual(await client.diagnostics(huge), []);
      await client.open(broken, 'package demo\nfunc ( { context.WithCancel(\u0000 "');
      assert.deepEqual(await client.diagnostics(broken), []);
      await client.change(broken, 2, { text: DISCARDED });
      assert.equal((await client.diagnostics(broken)).length, 1);
    });

    it('work for a document that was never saved', async () => {
      await start();
      await client.open('untitled:Untitled-1', DISCARDED);
      assert.equal((await client.diagnostics('untitled:Untitled-1')).length, 1);
    });

    it('leave other languages alone', async () => {
      await start();
      await client.open('untitled:Untitled-1', DISCARDED, 1, 'plaintext');
      assert.deepEqual(await client.diagnostics('untitled:Untitled-1'), []);
    });

    it('tell of a suppression without a reason', async () => {
      await start({ folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED.replace('\tctx', '\t//hygiene:ignore lost-cancel\n\tctx'));
      const codes = (await client.diagnostics(uri)).map(({ code, severity }) => [code, severity]);
      assert.deepEqual(codes, [
        ['lost-cancel', 2],
        ['suppression-without-reason', 2],
      ]);
    });

    it('spare dependencies: vendored ones and the module cache', async () => {
      await start({ folders: [folder.uri] });
      for (const name of ['vendor/x/a.go', 'go/pkg/mod/example.com/x@v1.2.3/a.go']) {
        await client.open(folder.file(name), DISCARDED);
        assert.deepEqual(await client.diagnostics(folder.file(name)), [], name);
      }
      await client.open(folder.file('vendors/a.go'), DISCARDED);
      assert.equal((await client.diagnostics(folder.file('vendors/a.go'))).length, 1);
    });

    it('see siblings as they are in the editor, else as on disk, and the go directive', async () => {
      folder.write('b.go', 'package demo\n');
      await start({ server: 'scripted', folders: [folder.uri] });
      const [a, c] = [folder.file('a.go'), folder.file('c.go')];
      await client.open(a, 'package demo // LEAK(x)\n');
      assert.equal((await client.diagnostics(a))[0]?.message, 'x leaks beside 1 in go 1.22');
      await client.open(c, 'package demo\n');
      assert.equal((await client.diagnostics(a))[0]?.message, 'x leaks beside 2 in go 1.22');
    });
  });

  describe('pushed', () => {
    it('come with the version, without what the client did not ask for, and go on close', async () => {
      await start({ capabilities: PLAIN, folders: [folder.uri], options: { docsBase: 'file:///ext' } });
      assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED, 7);
      await client.until('diagnostics', () => client.last(uri)?.version === 7);
      const [diagnostic] = client.last(uri)!.diagnostics;
      assert.equal(diagnostic?.code, 'lost-cancel');
      assert.deepEqual(
        [diagnostic?.codeDescription, diagnostic?.data, diagnostic?.relatedInformation],
        [undefined, undefined, undefined],
      );
      await client.change(uri, 8, { text: REPAIRED });
      await client.until('the repaired version', () => client.last(uri)?.version === 8);
      assert.deepEqual(client.last(uri)?.diagnostics, []);
      await client.change(uri, 9, { text: DISCARDED });
      await client.until('the leak again', () => client.last(uri)?.version === 9);
      await client.close(uri);
      await client.until('the findings to go', () => client.last(uri)?.diagnostics.length === 0);
    });

    it('never speak of a version that is gone, nor after close', async () => {
      await start({ server: 'scripted', capabilities: PLAIN, folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, 'package a // SLOW LEAK(v1)\n');
      for (let version = 2; version <= 6; version++) {
        await client.change(uri, version, { text: `package a // SLOW LEAK(v${version})\n` });
        await pause(40);
      }
      await client.until('the last version', () => client.last(uri)?.version === 6);
      for (const { version, diagnostics } of client.published)
        assert.ok(diagnostics.every(({ message }) => String(message).startsWith(`v${version} `)));
      assert.ok(client.published.length < 6, 'edits in quick succession are gathered');
      await client.change(uri, 7, { text: 'package a // SLOW LEAK(v7)\n' });
      await client.close(uri);
      await pause(900);
      assert.deepEqual(client.last(uri), { uri, diagnostics: [] });
    });

    it('of siblings follow edits, and forget those that were not saved', async () => {
      folder.write('b.go', 'package demo\n');
      await start({ server: 'scripted', capabilities: PLAIN, folders: [folder.uri] });
      const [a, b, c] = [folder.file('a.go'), folder.file('b.go'), folder.file('c.go')];
      const message = () => String(client.last(a)?.diagnostics[0]?.message);
      await client.open(a, 'package demo // LEAK(x)\n');
      await client.until('the first', () => message() === 'x leaks beside 1 in go 1.22');
      await client.open(c, 'package demo\n');
      await client.change(c, 2, { text: 'package demo // edited\n' });
      await client.until('the new sibling', () => message() === 'x leaks beside 2 in go 1.22');
      await client.close(c);
      await client.until('it to be gone', () => message() === 'x leaks beside 1 in go 1.22');
      assert.equal(client.last(b), undefined);
    });

    it('wait for save when the settings say so', async () => {
      const options = { settings: { run: 'onSave' } };
      await start({ capabilities: PLAIN, folders: [folder.uri], options });
      const uri = folder.file('a.go');
      await client.open(uri, REPAIRED);
      await client.until('the first diagnostics', () => client.last(uri)?.version === 1);
      await client.change(uri, 2, { text: DISCARDED });
      await pause(500);
      assert.equal(client.last(uri)?.version, 1);
      await client.save(uri);
      await client.until('diagnostics after save', () => client.last(uri)?.version === 2);
      assert.equal(client.last(uri)?.diagnostics.length, 1);
    });
  });

  it('are given for VS Code and for plain clients alike', async () => {
    const messages = [];
    for (const capabilities of [FULL, { ...FULL, textDocument: { ...FULL.textDocument, diagnostic: undefined } }]) {
      await start({ capabilities, folders: [folder.uri] });
      const uri = folder.file('a.go');
      await client.open(uri, DISCARDED);
      if (capabilities === FULL) messages.push(await client.diagnostics(uri));
      else {
        await client.until('diagnostics', () => client.last(uri) !== undefined);
        messages.push(client.last(uri)!.diagnostics);
      }
      client.process.kill('SIGKILL');
    }
    assert.deepEqual(messages[0], messages[1]);
  });
});
