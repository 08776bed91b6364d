import assert from 'node:assert/strict';
import type { CodeAction, Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Client, PLAIN } from './support/client.ts';
import { DISCARDED, REPAIRED } from './support/go.ts';
import { TestWorkspace } from './support/workspace.ts';

const AT: Range = { start: { line: 5, character: 6 }, end: { line: 5, character: 6 } };
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

describe('code actions', function () {
  this.timeout(20_000);
  let folder: TestWorkspace;
  let client: Client;
  let uri: string;
  const start = async (text: string, options: Parameters<typeof Client.start>[0] = {}) => {
    client = await Client.start({ folders: [folder.uri], ...options });
    await client.open(uri, text);
  };

  beforeEach(() => {
    folder = new TestWorkspace({ 'go.mod': 'module example.com/demo\n\ngo 1.22\n' });
    uri = folder.file('a.go');
  });
  afterEach(() => {
    client.process.kill('SIGKILL');
    folder.remove();
  });

  const resolve = (action: CodeAction) => client.request<CodeAction>('codeAction/resolve', action);
  const titles = (actions: CodeAction[]) => actions.map(({ title }) => title);

  /** The text after the action's edit; checks that it is meant for `version`. */
  function applied(text: string, { edit }: CodeAction, version: number): string {
    const [change, ...more] = edit?.documentChanges ?? [];
    assert.deepEqual(more, []);
    assert.ok(change && 'edits' in change);
    assert.deepEqual(change.textDocument, { uri, version });
    return TextDocument.applyEdits(TextDocument.create(uri, 'go', version, text), change.edits as TextEdit[]);
  }

  it('offer the fix first and a suppression last, and resolve them against the version', async () => {
    await start(DISCARDED);
    const diagnostics = await client.diagnostics(uri);
    const actions = await client.actions(uri, AT, { diagnostics });
    assert.deepEqual(titles(actions), [
      'Add `defer cancel()`',
      'Suppress lost-cancel here with a reason',
      'Suppress lost-cancel in the whole declaration with a reason',
      'Suppress lost-cancel in the whole file with a reason',
    ]);
    const [fix, suppress] = actions as [CodeAction, CodeAction];
    assert.equal(fix.isPreferred, true);
    assert.equal(suppress.isPreferred, undefined);
    assert.deepEqual([fix.kind, suppress.kind], ['quickfix', 'quickfix']);
    assert.deepEqual(fix.diagnostics, diagnostics);
    assert.equal(fix.edit, undefined);
    assert.equal(applied(DISCARDED, await resolve(fix), 1), REPAIRED);
  });

  it('remove the finding when applied', async () => {
    await start(DISCARDED);
    for (const [index, action] of (await client.actions(uri, AT)).entries()) {
      const version = 1 + 2 * index;
      const [same] = (await client.actions(uri, AT)).filter(({ title }) => title === action.title);
      const text = applied(DISCARDED, await resolve(same!), version);
      await client.change(uri, version + 1, { text });
      assert.deepEqual(await client.diagnostics(uri), [], text);
      await client.change(uri, version + 2, { text: DISCARDED });
    }
  });

  it('refuse to resolve for a version that is gone', async () => {
    await start(DISCARDED);
    const [fix] = await client.actions(uri, AT);
    await client.change(uri, 2, { range: { start: AT.start, end: AT.start }, text: ' ' });
    await assert.rejects(resolve(fix!), { code: -32801 });
    await client.close(uri);
    await assert.rejects(resolve(fix!), { code: -32801 });
  });

  it('honour the kinds and the diagnostics asked for', async () => {
    await start(DISCARDED);
    const at = (only: string[]) => client.actions(uri, AT, { only });
    assert.equal((await at(['quickfix'])).length, 4);
    assert.deepEqual(await at(['source.organizeImports']), []);
    assert.deepEqual(await at(['refactor']), []);
    assert.deepEqual(await at(['source.fixAll.eslint']), []);
    const [diagnostic] = await client.diagnostics(uri);
    const elsewhere = { ...diagnostic!, code: 'other-rule' };
    assert.deepEqual(await client.actions(uri, AT, { diagnostics: [elsewhere] }), []);
    const foreign = { ...diagnostic!, source: 'gopls' };
    assert.equal((await client.actions(uri, AT, { diagnostics: [foreign] })).length, 4);
    const below = { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } };
    assert.deepEqual(await client.actions(uri, below), []);
  });

  it('carry their edits at once for clients that do not resolve', async () => {
    await start(DISCARDED, { capabilities: PLAIN });
    const [fix] = await client.actions(uri, AT);
    assert.equal(fix?.data, undefined);
    const edits = fix?.edit?.changes?.[uri];
    assert.ok(edits);
    assert.equal(TextDocument.applyEdits(TextDocument.create(uri, 'go', 1, DISCARDED), edits), REPAIRED);
  });

  it('suppress with a comment of the same indentation and line end', async () => {
    const text = DISCARDED.replaceAll('\n', '\r\n');
    await start(text);
    const suppress = (await client.actions(uri, AT))[1]!;
    const lines = applied(text, await resolve(suppress), 1).split('\r\n');
    assert.match(lines[5]!, /^\t\/\/hygiene:ignore lost-cancel \S/);
    assert.equal(lines[6], '\tctx, _ := context.WithCancel(parent)');
  });

  it('refactor where nothing is wrong, also beside findings', async () => {
    const text = [
      'package demo\n\nimport "context"\n',
      'func a() {\n\tctx, _ := context.WithCancel(b())\n\t<-ctx.Done()\n}\n',
      'func b() context.Context { return context.Background() }\n',
    ].join('\n');
    await start(text);
    const at = { start: { line: 9, character: 5 }, end: { line: 9, character: 5 } };
    const title = 'Add parameter `ctx context.Context` to `b` and its callers';
    assert.deepEqual(await client.actions(uri, at, { only: ['quickfix'] }), []);
    for (const only of [undefined, ['refactor'], ['refactor.rewrite']]) {
      const [action, ...others] = await client.actions(uri, at, only && { only });
      assert.deepEqual([action?.title, action?.kind, others], [title, 'refactor.rewrite', []]);
    }
    const [action] = await client.actions(uri, at);
    const after = applied(text, await resolve(action!), 1);
    assert.ok(after.includes('func b(ctx context.Context)') && after.includes('b(context.TODO())'), after);
    await client.change(uri, 2, { text: `// Code generated by hand. DO NOT EDIT.\n\n${text}` });
    assert.deepEqual(await client.actions(uri, ALL), []);
  });

  it('never touch generated files', async () => {
    const generated = `// Code generated by hand. DO NOT EDIT.\n\n${DISCARDED}`;
    await start(generated, { settings: { includeGenerated: true } });
    assert.equal((await client.diagnostics(uri)).length, 1);
    assert.deepEqual(await client.actions(uri, ALL), []);
    assert.deepEqual(await client.actions(uri, ALL, { only: ['source.fixAll'] }), []);
  });

  it('fix all that is safe, sharing imports, only when asked', async () => {
    const text = 'package a\n\nimport "fmt"\n\n// LEAK(a) SAFE\n// LEAK(b)\n// LEAK(c) SAFE\n';
    await start(text, { server: 'scripted' });
    assert.ok(!titles(await client.actions(uri, ALL)).some((title) => /safe/.test(title)));
    for (const only of [['source'], ['source.fixAll'], ['source.fixAll.goroutineHygiene']]) {
      const [all, ...others] = await client.actions(uri, ALL, { only });
      assert.deepEqual(others, []);
      assert.equal(all?.kind, 'source.fixAll.goroutineHygiene');
      const fixed = 'package a\n\nimport "time"\nimport "fmt"\n\n// ok SAFE\n// LEAK(b)\n// ok SAFE\n';
      assert.equal(applied(text, await resolve(all), 1), fixed);
    }
    await client.change(uri, 2, { text: 'package a // LEAK(b)\n' });
    assert.deepEqual(await client.actions(uri, ALL, { only: ['source.fixAll'] }), []);
  });

  it('fix all that is safe with the real rules, once and for all', async () => {
    const text = [
      'package demo\n',
      'import (\n\t"os"\n\t"os/signal"\n)\n',
      'func a() {\n\tc := make(chan os.Signal)\n\tsignal.Notify(c, os.Interrupt)\n\t<-c\n}\n',
      'func b() {\n\td := make(chan os.Signal)\n\tsignal.Notify(d, os.Interrupt)\n\t<-d\n}\n',
    ].join('\n');
    await start(text);
    const [all, ...others] = await client.actions(uri, ALL, { only: ['source.fixAll'] });
    assert.deepEqual([all?.kind, others], ['source.fixAll.goroutineHygiene', []]);
    const fixed = applied(text, await resolve(all!), 1);
    assert.equal(fixed, text.replaceAll('make(chan os.Signal)', 'make(chan os.Signal, 1)'));
    await client.change(uri, 2, { text: fixed });
    assert.deepEqual(await client.actions(uri, ALL, { only: ['source.fixAll'] }), []);
  });

  it('speak Chinese where the editor does', async () => {
    await start(DISCARDED, { options: { locale: 'zh-Hans' } });
    assert.deepEqual(titles(await client.actions(uri, AT)), [
      '添加 `defer cancel()`',
      '在此处抑制 lost-cancel 并说明原因',
      '在整个声明中抑制 lost-cancel 并说明原因',
      '在整个文件中抑制 lost-cancel 并说明原因',
    ]);
  });

  it('come with a hover that explains the finding', async () => {
    const text = DISCARDED.replace('<-ctx.Done()', 'println(ctx)')
      .replace('ctx, _', 'ctx, cancel')
      .replace('\tprintln', '\tif ctx == nil {\n\t\tcancel()\n\t}\n\tprintln');
    await start(text, { options: { docsBase: 'file:///ext/docs/rules/' } });
    const [diagnostic] = await client.diagnostics(uri);
    assert.ok(diagnostic);
    const related = diagnostic.relatedInformation ?? [];
    assert.ok(related.length > 0, 'there are steps');
    assert.ok(related.every(({ location }) => location.uri === uri));
    const hover = await client.hover(uri, diagnostic.range.start.line, diagnostic.range.start.character);
    assert.deepEqual(hover?.range, diagnostic.range);
    const { kind, value } = hover!.contents as { kind: string; value: string };
    assert.equal(kind, 'markdown');
    assert.match(value, /Why it matters/);
    assert.match(value, /\]\(file:\/\/\/ext\/docs\/rules\/lost-cancel\.md\)/);
    assert.ok(value.includes(`1. ${String(related[0]!.message).startsWith('`') ? '`' : ''}`), value);
    assert.match(value, /\[a\\\.go\\:\d+\]\(file:.*a\.go#L\d+\)/);
    assert.equal(await client.hover(uri, 0, 0), null);
  });

  it('leave to the editor what it shows in the hover itself, and link to the page in its language', async () => {
    const options = { docsBase: 'file:///docs', diagnosticsInHover: true, locale: 'zh-cn' };
    await start(DISCARDED, { options });
    const [diagnostic] = await client.diagnostics(uri);
    const { value } = (await client.hover(uri, AT.start.line, AT.start.character))!.contents as { value: string };
    assert.ok(diagnostic);
    assert.equal(diagnostic.codeDescription?.href, 'file:///docs/zh-cn/lost-cancel.md');
    assert.match(value, /^\*\*为什么重要\*\*/);
    assert.match(value, /\]\(file:\/\/\/docs\/zh-cn\/lost-cancel\.md\)$/);
  });

  it('give plain text hovers to clients without Markdown, and explain suppressed findings', async () => {
    const text = DISCARDED.replace('\tctx', '\t//hygiene:ignore lost-cancel <b>ends</b> with the process\n\tctx');
    await start(text, { capabilities: PLAIN });
    const hover = await client.hover(uri, 6, 6);
    const { kind, value } = hover!.contents as { kind: string; value: string };
    assert.equal(kind, 'plaintext');
    assert.match(value, /Suppressed: <b>ends<\/b> with the process/);
    assert.deepEqual(
      await client.actions(uri, { start: { line: 6, character: 6 }, end: { line: 6, character: 6 } }),
      [],
    );
  });
});
