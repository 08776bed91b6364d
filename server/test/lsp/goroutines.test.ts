import assert from 'node:assert/strict';
import type { CodeLens, MarkupContent } from 'vscode-languageserver';
import { Client, FULL, PLAIN } from './support/client.ts';
import { TestWorkspace } from './support/workspace.ts';

const SOURCE = `package demo

import (
	"context"
	"sync"
)

func start(ctx context.Context, wg *sync.WaitGroup) {
	go func() {
		<-ctx.Done()
	}()
	wg.Go(drain)
	go func() {
		for {
			println()
		}
	}()
}
`;
const DRAIN = 'package demo\n\nvar jobs = make(chan int)\n\nfunc drain() {\n\tfor range jobs {\n\t}\n}\n';
const STOP = '\nfunc stop() {\n\tclose(jobs)\n}\n';

describe('goroutines in the editor', function () {
  this.timeout(20_000);
  let folder: TestWorkspace;
  let client: Client;
  const open = async (options: Parameters<typeof Client.start>[0] = {}) => {
    client = await Client.start({ folders: [folder.uri], ...options });
    const uri = folder.file('a.go');
    await client.open(uri, SOURCE);
    return uri;
  };
  const lenses = async (uri: string) => {
    const found = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    return found.map(({ range, command }) => `${range.start.line}:${range.start.character} ${command?.title}`);
  };
  const text = async (uri: string, line: number, character: number) =>
    ((await client.hover(uri, line, character))?.contents as MarkupContent | undefined)?.value;

  beforeEach(() => (folder = new TestWorkspace({ '.git/HEAD': '', 'b.go': DRAIN + STOP })));
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  it('are explained by hovers on the keyword and on the name of the method', async () => {
    const uri = await open({ capabilities: PLAIN });
    const done = 'This goroutine ends when `ctx` is done (line 10).';
    assert.equal(await text(uri, 8, 1), done);
    assert.equal(await text(uri, 8, 2), done);
    assert.equal(await text(uri, 8, 5), undefined);
    assert.deepEqual((await client.hover(uri, 11, 5))?.range, {
      start: { line: 11, character: 4 },
      end: { line: 11, character: 6 },
    });
    assert.equal(await text(uri, 11, 5), 'This goroutine ends when `jobs` is closed (`b.go:6`, `close` in `b.go:11`).');
    assert.equal(await text(uri, 11, 2), undefined);
  });

  it('are explained below a finding in the same place', async () => {
    const uri = await open();
    const value = await text(uri, 12, 1);
    assert.match(
      value ?? '',
      /`goroutine-never-exits`[^]*---\n\nNo end found\\: nothing leads out of the loop in line 14/,
    );
  });

  it('have a lens where no end was found, or everywhere, or nowhere', async () => {
    const uri = await open();
    assert.deepEqual(await lenses(uri), ['12:1 no end found']);
    const set = async (codeLens: string) => {
      client.settings = { codeLens };
      await client.notify('workspace/didChangeConfiguration', { settings: null });
    };
    await set('all');
    assert.deepEqual(await lenses(uri), [
      '8:1 ends when ctx is done',
      '11:1 ends when jobs is closed',
      '12:1 no end found',
    ]);
    await set('off');
    assert.deepEqual(await lenses(uri), []);
    await set('some');
    assert.deepEqual(await lenses(uri), []);
    assert.ok(client.logged.some((line) => line.includes('goroutineHygiene.codeLens')));
  });

  it('are told anew when the package changes, and the client is asked to renew its lenses', async () => {
    const workspace = { ...FULL.workspace, codeLens: { refreshSupport: true } };
    const uri = await open({ capabilities: { ...FULL, workspace }, settings: { codeLens: 'all' } });
    let renewed = 0;
    client.connection.onRequest('workspace/codeLens/refresh', () => {
      renewed++;
      return null;
    });
    assert.deepEqual((await lenses(uri))[1], '11:1 ends when jobs is closed');
    folder.write('b.go', DRAIN);
    const changes = [{ uri: folder.file('b.go'), type: 2 }];
    await client.notify('workspace/didChangeWatchedFiles', { changes });
    await client.until('a refresh', () => renewed > 0);
    assert.deepEqual((await lenses(uri))[1], '11:1 no end found');
  });

  it('are not looked at where the editor or the config leaves the file out', async () => {
    const uri = await open({ settings: { enable: false, codeLens: 'all' } });
    assert.deepEqual(await lenses(uri), []);
    assert.equal(await client.hover(uri, 8, 1), null);
  });

  it('are told in the language of the person', async () => {
    const uri = await open({ capabilities: PLAIN, options: { locale: 'zh-cn' } });
    assert.equal(await text(uri, 8, 1), '该 goroutine 在 `ctx` 结束（第 10 行）时结束。');
    assert.deepEqual(await lenses(uri), ['12:1 未发现结束途径']);
  });
});
