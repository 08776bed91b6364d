import assert from 'node:assert/strict';
import { escapeMarkdown, link, messageMarkdown } from '../../src/lsp/markdown.ts';
import { checkSettings, DEFAULT_SETTINGS } from '../../src/lsp/settings.ts';
import { childOf, folderOf, isWithin, pathUri, uriKey, uriPath } from '../../src/lsp/uris.ts';

describe('Markdown', () => {
  it('takes nothing from code as markup', () => {
    assert.equal(escapeMarkdown('a [x](y) <b> *c*\n# d'), 'a \\[x\\]\\(y\\) \\<b\\> \\*c\\* \\# d');
    assert.equal(messageMarkdown('`a[*p]` is *lost*'), '`a[*p]` is \\*lost\\*');
    assert.equal(messageMarkdown('a lone ` and <b>'), 'a lone \\` and \\<b\\>');
    assert.equal(link('a.go', 'file:///x (1)/a.go#L3'), '[a\\.go](file:///x%20%281%29/a.go#L3)');
  });
});

describe('URIs', () => {
  it('have one spelling', () => {
    assert.equal(uriKey('file:///c%3A/a%20b/x.go'), uriKey('file:///c:/a b/x.go'));
    assert.equal(uriKey('no uri at all'), 'no uri at all');
  });

  it('become paths and come back, wherever they are from', () => {
    for (const uri of ['file:///a/b%20c/d.go', 'vscode-vfs://github/o/r/d.go', 'vscode-vfs://github+7b/o/%23.go'])
      assert.equal(pathUri(uriPath(uri), uri), uriKey(uri));
    assert.equal(folderOf('vscode-vfs://github/o/r/d.go'), 'vscode-vfs://github/o/r');
    assert.equal(childOf('file:///a', 'b c.go'), 'file:///a/b%20c.go');
  });

  it('know what is inside', () => {
    assert.ok(isWithin('file:///a', 'file:///a/b'));
    assert.ok(isWithin('file:///a', 'file:///a'));
    assert.ok(!isWithin('file:///a', 'file:///ab'));
  });
});

describe('editor settings', () => {
  const check = (raw: unknown, previous = DEFAULT_SETTINGS) => {
    const problems: string[] = [];
    const settings = checkSettings(raw, previous, (problem) => problems.push(problem), new Set(['lost-cancel']));
    return { settings, problems };
  };

  it('have defaults', () => {
    for (const raw of [undefined, null, {}]) assert.deepEqual(check(raw), { settings: DEFAULT_SETTINGS, problems: [] });
  });

  it('keep the old value of what is wrong, and say so', () => {
    const previous = { ...DEFAULT_SETTINGS, run: 'onSave' as const, rules: { 'lost-cancel': 'off' as const } };
    const { settings, problems } = check(
      {
        run: 'never',
        rules: { 'lost-cancel': 'loud' },
        enable: 'yes',
        leaveTo: 'go vet',
        locale: 'fr',
        includeGenerated: true,
      },
      previous,
    );
    assert.deepEqual(settings, { ...previous, includeGenerated: true });
    assert.equal(problems.length, 5);
    assert.match(problems.join('\n'), /goroutineHygiene\.run is "never", but must be "onType" or "onSave"; kept/);
    assert.deepEqual(check([], previous).settings, previous);
  });

  it('name rules that exist', () => {
    assert.match(check({ rules: { 'lost-cancle': 'off' } }).problems.join(), /"lost-cancle", which does not exist/);
  });
});
